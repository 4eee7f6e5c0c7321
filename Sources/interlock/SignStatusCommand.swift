import Agreement
import Answers
import ArgumentParser
import Journal
import Vocabulary

/// `interlock sign status`: which versions there are, who signed what, what is missing.
struct SignStatus: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Which versions there are, who signed them, and which is in force.",
        discussion: """
            The exit code is 1 where something in the journal does not count: a signature that is not what it says, or by \
            somebody who may not give it. It is printed with its reason and changes nothing.
            """)

    @OptionGroup var journal: JournalOption
    @Option(help: ArgumentHelp("What is in force at this instant; now by default.", valueName: "instant"))
    var at: Instant?
    @Flag(help: "Print one JSON object.") var json = false

    func run() throws {
        try reportingTrouble {
            let versions = try AgreementJournal(try journal.open()).versions
            let instant = at ?? .now
            print(json ? VersionsJSON(versions, at: instant).text : VersionsInWords(versions, at: instant).text)
            if !versions.uncounted.isEmpty { throw Exits.findings }
        }
    }
}

private struct VersionsInWords {
    private let versions: AgreementVersions
    private let instant: Instant

    init(_ versions: AgreementVersions, at instant: Instant) { (self.versions, self.instant) = (versions, instant) }

    var text: String {
        let nothing = versions.all.isEmpty ? ["Nobody has signed an agreement in this journal."] : []
        return (nothing + versions.all.map(paragraph) + [keys, uncounted].compactMap { $0 }).joined(separator: "\n\n")
    }

    private func paragraph(_ version: AgreementVersion) -> String {
        let title = version.title.prefix(1).uppercased() + version.title.dropFirst()
        let zone = version.agreement.zone
        let rows = version.signatures.map { signature in
            let officer = signature.onBehalfOf.map { " on behalf of \($0)" } ?? ""
            return ["  \(signature.side)", "\(signature.signer)\(officer)", signature.at.inWords(zone)]
        }
        let table = rows.isEmpty ? [] : [TextTable(rows: rows).text]
        let lines = [title, "  " + version.standing(at: instant).sentence] + table + ["  " + version.readersInWords]
        return lines.joined(separator: "\n")
    }

    private var keys: String? {
        guard !versions.keys.isEmpty else { return nil }
        let rows = versions.keys.map { key in
            let isCurrent = versions.key(of: key.person) == key
            let voucher =
                key.voucher.map { $0 == key.person ? ", after the key before it" : ", vouched for by \($0)" } ?? ""
            return [
                "  \(key.person)", key.key.fingerprint, "since \(key.at)\(voucher)\(isCurrent ? "" : ", replaced")",
            ]
        }
        return "Keys, by fingerprint\n" + TextTable(rows: rows).text
    }

    private var uncounted: String? {
        guard !versions.uncounted.isEmpty else { return nil }
        return "Not counted\n"
            + versions.uncounted.map { "  \($0.fault.rawValue): \($0.sentence)" }.joined(separator: "\n")
    }
}

private struct VersionsJSON {
    private let versions: AgreementVersions
    private let instant: Instant

    init(_ versions: AgreementVersions, at instant: Instant) { (self.versions, self.instant) = (versions, instant) }

    var text: String {
        var json = JSONText()
        json.object { json in
            json.member("at", "\(instant)")
            json.member("versions")
            json.array { json in for version in versions.all { json.object { version.write(to: &$0, at: instant) } } }
            json.member("keys")
            json.array { json in for key in versions.keys { json.object { write(key, to: &$0) } } }
            json.member("not_counted")
            json.array { json in for fault in versions.uncounted { json.object { write(fault, to: &$0) } } }
        }
        return json.text
    }

    private func write(_ key: RegisteredKey, to json: inout JSONText) {
        json.member("person", key.person.address)
        json.member("fingerprint", key.key.fingerprint)
        json.member("key", key.key.text)
        json.member("since", "\(key.at)")
        json.member("current", versions.key(of: key.person) == key)
        if let voucher = key.voucher { json.member("vouched_by", voucher.address) }
    }

    private func write(_ fault: Uncounted, to json: inout JSONText) {
        json.member("code", fault.fault.rawValue)
        json.member("fact", fault.key.text)
        json.member("sentence", fault.sentence)
    }
}
