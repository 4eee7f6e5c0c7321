import ArgumentParser
import Importing
import Journal
import StoreSQLite

struct VerifyJournal: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Prove that the journal is what was written: every fact, value and seal.",
        discussion: """
            Each fact is tied to all before it, so a flipped bit, a lost row or a changed value shows at that very fact. \
            Only a head written down elsewhere can tell that facts are missing at the end, or that everything was \
            written anew: keep `interlock journal head` where the journal's owner cannot change it.
            """)

    @OptionGroup var journal: JournalOption
    @Option(help: "A head written down earlier.") var head: JournalHead?
    @Flag(help: "Print the result as JSON.") var json = false

    func run() throws {
        try reportingTrouble {
            let verification = try verification()
            print(json ? line(verification) : text(verification))
            if !verification.isSound { throw Exits.findings }
        }
    }

    /// A journal too damaged to be opened is a finding, as any other damage.
    private func verification() throws -> Verification {
        do {
            return try journal.open().verify(expecting: head)
        } catch JournalError.damaged(let what) {
            return Verification(
                facts: 0, personalValues: 0, erasedPeople: 0, head: .empty,
                damage: [Verification.Damage(sequence: 0, what: what)])
        }
    }

    private func text(_ found: Verification) -> String {
        let counted =
            "\(grouped(Int(found.facts))) facts, \(grouped(Int(found.personalValues))) personal values, "
            + "\(grouped(Int(found.erasedPeople))) people erased.\nHead: \(found.head.text)"
        guard found.isSound else {
            let lines = found.damage.map { damage in
                damage.sequence == 0
                    ? "Damaged: \(damage.what)." : "Damaged at fact \(damage.sequence): \(damage.what)."
            }
            return ([counted] + lines + ["Restore from an export or a backup: `interlock journal restore`."])
                .joined(separator: "\n")
        }
        return counted
            + (head == nil ? "\nSound, as far as it goes; --head tells whether it goes far enough." : "\nSound.")
    }

    private func line(_ found: Verification) -> String {
        var json = JSONText()
        json.object { json in
            json.member("sound", found.isSound)
            json.member("facts", found.facts)
            json.member("personal_values", found.personalValues)
            json.member("people_erased", found.erasedPeople)
            json.member("head", found.head.text)
            json.member("damage")
            json.array { json in
                for damage in found.damage {
                    json.object { json in
                        json.member("seq", damage.sequence)
                        json.member("what", damage.what)
                    }
                }
            }
        }
        return json.text
    }
}

struct PrintHead: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "head", abstract: "Print the head: how far the journal goes, and what stands for everything in it."
    )

    @OptionGroup var journal: JournalOption

    func run() throws {
        try reportingTrouble { print(try journal.open().head().text) }
    }
}
