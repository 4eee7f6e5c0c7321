public import Access
import Answers
public import ArgumentParser
import Importing
import Journal
import StoreSQLite
import Vocabulary

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Who changed what of who may do what, and proof that nothing of it was changed.",
        subcommands: [VerifyAudit.self, ListAudit.self, PrintAuditHead.self])
}

extension JournalOption {
    /// The store of who may come in. A folder that was never served has none.
    func openAccess() throws -> AccessStore {
        guard AccessStore.exists(in: path) else {
            throw Trouble(
                "nobody was ever let in to \(path)",
                remedy: "Name the folder of a journal that is served, with --journal, or start `interlock serve`.")
        }
        return try AccessStore(folder: path)
    }
}

struct VerifyAudit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Prove that the audit trail is what was written.",
        discussion: """
            Each entry is tied to all before it, so one that was changed, removed or moved shows at that very entry. Only a \
            head written down elsewhere can tell that entries are missing at the end, or that everything was written anew: \
            keep `interlock audit head` where the server's owner cannot change it.
            """)

    @OptionGroup var journal: JournalOption
    @Option(help: "A head written down earlier.") var head: AuditHead?
    @Flag(help: "Print the result as JSON.") var json = false

    func run() throws {
        try reportingTrouble {
            let found = try journal.openAccess().verifyAudit(expecting: head)
            print(json ? line(found) : text(found))
            if !found.isSound { throw Exits.findings }
        }
    }

    private func text(_ found: AuditVerification) -> String {
        let counted = "\(grouped(Int(found.entries))) entries.\nHead: \(found.head.text)"
        guard let damage = found.damage else {
            return counted
                + (head == nil ? "\nSound, as far as it goes; --head tells whether it goes far enough." : "\nSound.")
        }
        return counted + "\nDamaged at entry \(damage.sequence): \(damage.what)."
    }

    private func line(_ found: AuditVerification) -> String {
        var json = JSONText()
        json.object { json in
            json.member("sound", found.isSound)
            json.member("entries", found.entries)
            json.member("head", found.head.text)
            guard let damage = found.damage else { return }
            json.member("damaged_at", damage.sequence)
            json.member("what", damage.what)
        }
        return json.text
    }
}

struct ListAudit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Print the audit trail, the newest entry first.")

    @OptionGroup var journal: JournalOption
    @Option(help: "How many entries at most.") var limit = 100
    @Flag(help: "Print them as JSON, one object a line.") var json = false

    func run() throws {
        try reportingTrouble {
            let entries = try journal.openAccess().auditEntries(limit: limit)
            if json { return entries.forEach { print(line($0)) } }
            print(
                TextTable(
                    rows: entries.map {
                        [String($0.sequence), $0.at.description, $0.actor, $0.deed, $0.subject, $0.detail]
                    }, rightAligned: [0]
                ).text)
        }
    }

    private func line(_ entry: AuditEntry) -> String {
        var json = JSONText()
        json.object { json in
            json.member("seq", entry.sequence)
            json.member("at", entry.at.fixedWidthText)
            json.member("actor", entry.actor)
            json.member("deed", entry.deed)
            json.member("subject", entry.subject)
            json.member("detail", entry.detail)
            json.member("link", Hex.text(entry.link))
        }
        return json.text
    }
}

struct PrintAuditHead: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "head", abstract: "Print the head: how far the trail goes, and what stands for everything in it.")

    @OptionGroup var journal: JournalOption

    func run() throws {
        try reportingTrouble { print(try journal.openAccess().auditHead().text) }
    }
}

extension AuditHead: ExpressibleByArgument {
    public init?(argument: String) { self.init(text: argument) }
}
