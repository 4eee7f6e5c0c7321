import Agreement
import Answers
import ArgumentParser
import Foundation
import Journal
import StoreSQLite
import Testing
import Vocabulary

@testable import interlock

private let zonesAreMissing = !FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/Europe/Berlin")

/// `interlock sign`, from outside, on the example company.
@Suite(.disabled(if: zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct SignCommandTests {
    private static let everybody = ["maria", "carlos", "ada", "revops"]

    @Test func aVersionTakesForceAndALaterOneReplacesIt() throws {
        let office = try SigningOffice(Self.everybody)
        let first = try office.sign(office.agreement, "maria", "marketing", at: "2026-01-28T10:00Z")
        #expect(first.contains("it waits for sales, carlos@northwind.example; the executive's own signature"))
        try office.sign(office.agreement, "carlos", "sales", at: "2026-01-29T10:00Z")
        let last = try office.sign(office.agreement, "ada", "executive", at: "2026-01-30T10:00Z")
        #expect(last.contains("In force from Monday 2 February 2026 at 00:00 (CET, UTC+1): 2026-02-01T23:00:00Z."))

        // Its day has passed: it is in force from the last signature, and the executive is not needed.
        let next = try office.changed("acceptance: 70%", "acceptance: 75%", as: "next.yaml")
        try office.sign(next, "carlos", "sales", at: "2026-03-03T10:00Z")
        try office.sign(next, "maria", "marketing", at: "2026-03-05T10:00Z")
        let mission = try office.changed("marketing: fill_pipeline", "marketing: both", as: "mission.yaml")
        try office.sign(mission, "carlos", "sales", at: "2026-04-03T10:00Z")
        try office.sign(mission, "maria", "marketing", at: "2026-04-05T10:00Z")

        let status = try office.status()
        #expect(status.versions.map(\.standing) == ["replaced", "in force", "waiting"])
        #expect(status.versions.map(\.from) == ["2026-02-01T23:00:00Z", "2026-03-05T10:00:00Z", nil])
        #expect(status.versions.map(\.until) == ["2026-03-05T10:00:00Z", nil, nil])
        #expect(
            status.versions[2].missing == [
                .init(what: "mission", party: "executive", person: "ada@northwind.example")
            ])
        #expect(status.notCounted.isEmpty)
        #expect(
            try office.status(at: "2026-02-01T22:59Z").versions.map(\.standing) == [
                "scheduled", "scheduled", "waiting",
            ])

        // Told for audit, once for each.
        let told = try office.run(["journal", "list", "--kind", "agreement-in-force", "--json"]).output
        #expect(told.split(separator: "\n").count == 2 && told.contains("\"occurred\":\"2026-03-05T10:00:00.000Z\""))
        #expect(try office.run(["journal", "verify"]).code == 0)

        // The journal alone rebuilds it: the files may be gone, and the journal elsewhere.
        try FileManager.default.removeItem(atPath: office.folder.path + "/northwind")
        let export = office.folder.path + "/export.ndjson"
        #expect(try office.run(["journal", "export", "--to", export]).code == 0)
        #expect(try office.run(["journal", "restore", export, "--journal", office.folder.path + "/other"]).code == 0)
        let arguments = ["status", "--json", "--at", "2026-06-01"]
        let restored = try office.sign(arguments + ["--journal", office.folder.path + "/other"])
        #expect(try restored.output == office.sign(arguments).output && restored.code == 0)
    }

    @Test func onBehalfIsTold() throws {
        let office = try SigningOffice(Self.everybody)
        let outcome = try office.sign([
            office.agreement, "--as", office.mail("revops"), "--on-behalf-of", office.mail("carlos"), "--side", "sales",
            "--key", office.key("revops"), "--at", "2026-01-28T10:00Z",
        ])
        #expect(outcome.output.contains("by revops@northwind.example on behalf of carlos@northwind.example, at"))
        #expect(
            try office.status().versions[0].signatures == [
                .init(
                    side: "sales", signer: "revops@northwind.example", at: "2026-01-28T10:00:00Z",
                    onBehalfOf: "carlos@northwind.example")
            ])
        let text = try office.sign(["status"])
        #expect(text.output.contains("sales  revops@northwind.example on behalf of carlos@northwind.example"))
        let fact = try office.run(["journal", "list", "--kind", "agreement-signed", "--json"]).output
        #expect(fact.contains("\"on_behalf_of\":\"carlos@northwind.example\""))
    }

    @Test func signingTwiceSaysSoAndAddsNothing() throws {
        let office = try SigningOffice(["maria"])
        try office.sign(office.agreement, "maria", "marketing", at: "2026-01-28T10:00Z")
        let head = try office.run(["journal", "head"]).output
        let again = try office.sign(office.agreement, "maria", "marketing", at: "2026-01-29T10:00Z")
        #expect(again.contains("signed agreement") && again.contains("at 2026-01-28T10:00:00Z already."))
        #expect(try office.run(["journal", "head"]).output == head)
    }

    /// Each is refused with its code and leaves the journal as it was.
    @Test(arguments: [
        ("eve", "sales", "eve", [], "not-an-officer: ", "`parties`"),
        ("maria", "sales", "maria", [], "not-an-officer: ", "`parties`"),
        ("maria", "marketing", "carlos", [], "other-key: ", "each signs with their own key"),
        ("ines", "sales", "eve", [], "other-key: ", "each signs with their own key"),
        (
            "maria", "sales", "maria", ["--on-behalf-of", "carlos@northwind.example"], "may-not-stand-in: ",
            "operations"
        ),
        (
            "revops", "executive", "revops", ["--on-behalf-of", "ada@northwind.example"], "in-person: ",
            "--on-behalf-of"
        ),
        ("maria", "marketing", "maria", ["--at", "2026-01-02T00:00Z"], "too-early: ", "--at"),
    ])
    func isRefused(
        name: String, side: String, key: String, options: [String], code: String, remedy: String
    ) throws {
        let office = try SigningOffice(Self.everybody + ["eve"])
        let head = try office.run(["journal", "head"]).output
        let outcome = try office.sign(
            [office.agreement, "--as", office.mail(name), "--side", side, "--key", office.key(key)]
                + (options.contains("--at") ? options : options + ["--at", "2026-01-28T10:00Z"]))
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("interlock: \(code)") && outcome.errors.contains(remedy), "\(outcome.errors)")
        #expect(try office.run(["journal", "head"]).output == head)
    }

    @Test func onePersonDoesNotSignOnBehalfOfBothSides() throws {
        let office = try SigningOffice(Self.everybody)
        func stand(in side: String, for officer: String) throws -> ProgramUnderTest.Outcome {
            try office.sign([
                office.agreement, "--as", office.mail("revops"), "--on-behalf-of", office.mail(officer), "--side", side,
                "--key", office.key("revops"),
            ])
        }
        #expect(try stand(in: "sales", for: "carlos").code == 0)
        let second = try stand(in: "marketing", for: "maria")
        #expect(second.code == 1 && second.errors.contains("interlock: both-sides: "), "\(second.errors)")
    }

    @Test func whatHasErrorsIsNotSigned() throws {
        let office = try SigningOffice(["maria"])
        let bad = try office.changed("acceptance: 70%", "acceptance: many", as: "bad.yaml")
        let outcome = try office.sign([
            bad, "--as", office.mail("maria"), "--side", "marketing", "--key", office.key("maria"),
        ])
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("bad-share") && outcome.errors.contains("interlock: has-errors: "))
    }

    /// An error of the process, which the text alone does not show.
    @Test func aProcessWithErrorsIsNotSigned() throws {
        let office = try SigningOffice(["maria"])
        let bad = try office.changed("after: 2 business hours", "after: 30 business minutes", as: "bad.yaml")
        let outcome = try office.sign([
            bad, "--as", office.mail("maria"), "--side", "marketing", "--key", office.key("maria"),
        ])
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("ladder-before-deadline") && outcome.errors.contains("interlock: has-errors: "))
        #expect(try office.run(["journal", "list", "--kind", "agreement-proposed"]).output.isEmpty)
    }

    @Test func aReplacedTextIsNotSignedAgain() throws {
        let office = try SigningOffice(Self.everybody)
        try office.signByAll(office.agreement, at: "2026-01-28T10:00Z")
        let next = try office.changed("acceptance: 70%", "acceptance: 75%", as: "next.yaml")
        try office.sign(next, "maria", "marketing", at: "2026-03-03T10:00Z")
        try office.sign(next, "carlos", "sales", at: "2026-03-03T10:00Z")
        let outcome = try office.sign([
            office.agreement, "--as", office.mail("maria"), "--side", "marketing", "--key", office.key("maria"),
        ])
        #expect(outcome.code == 1 && outcome.errors.contains("interlock: was-replaced: "), "\(outcome.errors)")
    }

    @Test(arguments: [
        (["--as", "maria", "--side", "marketing", "--key", "x"], "--as: “maria” is no mail address"),
        (["--as", "m@n.example", "--side", "finance", "--key", "x"], "side"),
        (["--as", "m@n.example", "--side", "sales"], "--key"),
        (["--as", "m@n.example", "--side", "sales", "--key", "x", "--on-behalf-of", "c"], "--on-behalf-of: “c”"),
    ])
    func aWrongCommandLineIsTold(options: [String], says: String) throws {
        let outcome = try SigningOffice().sign(["agreement.yaml"] + options)
        #expect(outcome.code == 2 && outcome.errors.contains(says), "\(outcome.errors)")
    }

    @Test func aStatusOfNothing() throws {
        let office = try SigningOffice(["maria"])
        let outcome = try office.sign(["status"])
        #expect(
            outcome.output.hasPrefix(
                "Nobody has signed an agreement in this journal.\n\nKeys, by fingerprint\n  maria@"))
        #expect(outcome.code == 0)
    }

    @Test func confirmationsAreCountedBySide() throws {
        let office = try SigningOffice(Self.everybody + ["jonas", "eve"])
        func confirm(_ name: String) throws -> ProgramUnderTest.Outcome {
            try office.sign(["confirm", office.agreement, "--as", office.mail(name), "--key", office.key(name)])
        }
        #expect(try confirm("jonas").errors.contains("interlock: no-text: "))
        try office.sign(office.agreement, "maria", "marketing", at: "2026-01-28T10:00Z")
        let outcome = try confirm("jonas")
        #expect(outcome.code == 0 && outcome.output.contains("Read by 0 of 1 in marketing, 1 of 6 in sales"))
        #expect(try confirm("jonas").output.contains("already"))
        let stranger = try confirm("eve")
        #expect(stranger.code == 1 && stranger.errors.contains("interlock: not-named: "))
        let version = try office.status().versions[0]
        #expect(
            version.read == [
                .init(side: "marketing", named: 1, confirmed: 0), .init(side: "sales", named: 6, confirmed: 1),
                .init(side: "operations", named: 1, confirmed: 0), .init(side: "executive", named: 1, confirmed: 0),
            ])
        #expect(!version.notReadBy.contains(office.mail("jonas")) && version.notReadBy.count == 8)
    }

    /// Somebody who can write into the journal writes a signature of their own.
    @Test func aForgedSignatureIsToldAndCountsForNothing() throws {
        let office = try SigningOffice(Self.everybody)
        try office.sign(office.agreement, "maria", "marketing", at: "2026-01-28T10:00Z")
        let digest = try office.status().versions[0].digest
        let at = try Instant(text: "2026-01-29T10:00:00Z")
        let forged = SignedStatement(
            Statement(
                by: NamedPerson(office.mail("carlos")), number: 2, at: at,
                .signs(digest: digest, side: .sales, onBehalfOf: nil)), signature: [UInt8](repeating: 7, count: 64))
        var batch = FactBatch()
        batch.append(forged.fact(recorded: at))
        let store = try SQLiteJournal(path: office.journal) {
            PersonKey(drawing: { 0 })
        }
        _ = try store.append(JournalGroup([batch]))
        try store.close()
        let outcome = try office.sign(["status"])
        #expect(outcome.code == 1)
        #expect(
            outcome.output.contains(
                "Not counted\n  forged: carlos@northwind.example, statement 2: it is not signed with the key"))
        #expect(try office.status().versions[0].signatures.map(\.side) == ["marketing"])
        // The number is taken; Carlos signs under the next.
        try office.sign(office.agreement, "carlos", "sales", at: "2026-01-30T10:00Z")
        #expect(try office.status().versions[0].signatures.map(\.side) == ["marketing", "sales"])
    }

    /// What fills many screens is cut in lists for people, and whole in JSON.
    @Test func recordedTextsAreListedShortly() throws {
        let office = try SigningOffice(["maria"])
        try office.sign(office.agreement, "maria", "marketing", at: "2026-01-28T10:00Z")
        let listed = try office.run(["journal", "list", "--kind", "company"]).output
        #expect(listed.contains("text=interlock: 1\\u{a}company: Northwind") && listed.contains(" characters)"))
        #expect(listed.split(separator: "\n").allSatisfy { $0.count < 700 })
        #expect(try office.run(["journal", "list", "--kind", "company", "--json"]).output.contains("check_ins:"))
    }
}

/// Keys: whose they are, and how one takes another's place.
@Suite(.disabled(if: zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct SignKeyCommandTests {
    private func key(_ office: SigningOffice, _ name: String, out: String, _ options: [String] = []) throws
        -> ProgramUnderTest.Outcome
    {
        try office.sign(["key", "--as", office.mail(name), "--out", office.key(out)] + options)
    }

    @Test func theFileIsForItsOwnerAlone() throws {
        let office = try SigningOffice(["maria"])
        let mode = try FileManager.default.attributesOfItem(atPath: office.key("maria"))[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let again = try key(office, "carlos", out: "maria")
        #expect(again.code == 3 && again.errors.contains("is there already"))
        #expect(try office.status().keys.count == 1)

        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: office.key("maria"))
        let open = try office.sign([
            office.agreement, "--as", office.mail("maria"), "--side", "marketing", "--key", office.key("maria"),
        ])
        #expect(open.code == 3 && open.errors.contains("can be read by others"))
        let other = try office.folder.write("maria", to: "other.key")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: other)
        for (path, says) in [(other, "is no key for signing"), (office.key("nobody"), "cannot be read")] {
            let none = try office.sign([
                office.agreement, "--as", office.mail("maria"), "--side", "marketing", "--key", path,
            ])
            #expect(none.code == 3 && none.errors.contains(says), "\(none.errors)")
        }
    }

    @Test func aSecondKeyNeedsAWord() throws {
        let office = try SigningOffice(["maria", "carlos", "ada", "revops"])
        let bare = try key(office, "maria", out: "second")
        #expect(bare.code == 1 && bare.errors.contains("interlock: not-vouched: "))
        #expect(!FileManager.default.fileExists(atPath: office.key("second")))
        let early = try key(
            office, "maria", out: "second",
            ["--vouched-by", office.mail("revops"), "--voucher-key", office.key("revops")])
        #expect(early.code == 1 && early.errors.contains("interlock: not-vouched: "))
        let stranger = try key(office, "maria", out: "second", ["--old-key", office.key("carlos")])
        #expect(stranger.code == 1 && stranger.errors.contains("interlock: other-key: "))

        try office.signByAll(office.agreement, at: "2026-01-28T10:00Z")
        let replaced = try key(office, "maria", out: "second", ["--old-key", office.key("maria")])
        #expect(replaced.code == 0, "\(replaced.errors)")
        let vouched = try key(
            office, "carlos", out: "third",
            ["--vouched-by", office.mail("revops"), "--voucher-key", office.key("revops")])
        #expect(vouched.code == 0, "\(vouched.errors)")
        let status = try office.status()
        #expect(status.notCounted.isEmpty && status.versions[0].standing == "in force")
        #expect(status.keys.map(\.current) == [true, false, true, false, true, true])
        #expect(
            status.keys.compactMap(\.vouchedBy) == [office.mail("revops"), office.mail("maria")])

        let next = try office.changed("acceptance: 70%", "acceptance: 75%", as: "next.yaml")
        let old = try office.sign([
            next, "--as", office.mail("maria"), "--side", "marketing", "--key", office.key("maria"),
        ])
        #expect(old.code == 1 && old.errors.contains("interlock: other-key: "))
        let new = try office.sign([
            next, "--as", office.mail("maria"), "--side", "marketing", "--key", office.key("second"),
        ])
        #expect(new.code == 0, "\(new.errors)")
    }

    @Test func whoHasNoKeySignsNothing() throws {
        let (office, other) = (try SigningOffice(["maria"]), try SigningOffice(["carlos"]))
        let outcome = try office.sign([
            office.agreement, "--as", office.mail("carlos"), "--side", "sales", "--key", other.key("carlos"),
        ])
        #expect(outcome.code == 1 && outcome.errors.contains("interlock: unknown-key: "), "\(outcome.errors)")
    }

    @Test(arguments: [
        (["--vouched-by", "r@n.example"], "go together"), (["--voucher-key", "x"], "go together"),
        (["--old-key", "x", "--vouched-by", "r@n.example", "--voucher-key", "y"], "choose one"),
    ])
    func waysAreNotMixed(options: [String], says: String) throws {
        let outcome = try key(try SigningOffice(), "maria", out: "maria", options)
        #expect(outcome.code == 2 && outcome.errors.contains(says))
    }
}

/// By which agreement a command goes.
@Suite(.disabled(if: zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct AgreementChoiceTests {
    private static let at = Instant(milliseconds: 1_772_500_000_000)  // 2026-03-03

    private func choose(
        _ arguments: [String], _ purpose: AgreementChoice.Purpose, in office: SigningOffice?
    ) throws -> ChosenAgreement {
        let journal = try office.map { office in
            try AgreementJournal(try SQLiteJournal(path: office.journal) { PersonKey(drawing: { 0 }) })
        }
        return try AgreementChoice.parse(arguments).chosen(for: purpose, in: journal, at: Self.at)
    }

    @Test func theVersionInForceIsTaken() throws {
        let office = try SigningOffice(["maria", "carlos", "ada"])
        let nothing = try #require(throws: Refusal.self) { try choose([], .acting, in: office) }
        #expect(nothing.code == "nothing-in-force")
        try office.signByAll(office.agreement, at: "2026-01-28T10:00Z")
        let next = try office.changed("acceptance: 70%", "acceptance: 75%", as: "next.yaml")
        for arguments in [[], ["--agreement", office.agreement]] {
            let chosen = try choose(arguments, .acting, in: office)
            #expect(chosen.version != nil && chosen.warning == nil)
            #expect(chosen.agreement.company.name.value == "Northwind Instruments")
        }
        let dry = try choose(["--agreement", next], .dryRun, in: office)
        #expect(dry.version == nil)
        #expect(dry.warning?.hasPrefix("This agreement is not signed: ") ?? false)
        let refused = try #require(throws: Refusal.self) { try choose(["--agreement", next], .acting, in: office) }
        #expect(refused.code == "unsigned" && refused.cause.contains("nobody has signed it"))
        #expect(refused.remedy.contains("--unsigned"))
        try office.sign(next, "maria", "marketing", at: "2026-02-28T10:00Z")
        let halfSigned = try #require(throws: Refusal.self) { try choose(["--agreement", next], .acting, in: office) }
        #expect(halfSigned.cause.contains("signatures are missing"))
        let said = try choose(["--agreement", next, "--unsigned"], .acting, in: office)
        #expect(said.version == nil && said.warning?.contains("signatures are missing") ?? false)
    }

    @Test func aFileWithoutAJournalIsUnsigned() throws {
        let office = try SigningOffice()
        #expect(try choose(["--agreement", office.agreement], .dryRun, in: nil).warning != nil)
        #expect(throws: Refusal.self) { try choose(["--agreement", office.agreement], .acting, in: nil) }
    }

    @Test func unsignedGoesWithAFile() {
        #expect(throws: (any Error).self) { try AgreementChoice.parse(["--unsigned"]) }
    }
}

/// docs/signing.md says nothing that is not so: its commands are run, in order, and print what it shows.
@Suite(.disabled(if: zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct SigningGuideTests {
    private static let guide =
        (try? String(contentsOf: CommandRun.package.appendingPathComponent("docs/signing.md"), encoding: .utf8)) ?? ""

    @Test func everyCommandPrintsWhatIsShown() throws {
        let office = try SigningOffice()
        _ = try office.changed("acceptance: 70%", "acceptance: 75%", as: "next.yaml")
        var (printed, run, shown) = ("", 0, 0)
        for (language, text) in blocks() {
            if language == "sh" {
                for line in text.split(separator: "\n") {
                    let words = line.split(separator: " ").map(String.init)
                    try #require(words[0] == "interlock")
                    let folder = URL(fileURLWithPath: office.folder.path)
                    let program = try CommandRun(
                        Array(words.dropFirst()), environment: ["INTERLOCK_JOURNAL": office.journal], in: folder)
                    #expect(program.exitCode == 0, "\(line): \(program.errors)")
                    printed = program.output
                    run += 1
                }
            } else if language == "text" {
                #expect(matches(printed, text), "\(printed)\nis not\n\(text)")
                shown += 1
            }
        }
        #expect(run >= 10 && shown >= 5)
    }

    @Test(arguments: StatementFault.allCases)
    func everyCodeHasARow(fault: StatementFault) {
        #expect(Self.guide.contains("| `\(fault.rawValue)` |"))
    }

    private func blocks() -> [(language: String, text: String)] {
        var blocks: [(String, String)] = []
        for (index, part) in Self.guide.components(separatedBy: "```").enumerated() where index % 2 == 1 {
            let lines = part.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            blocks.append((String(lines[0]), String(lines[1])))
        }
        return blocks
    }

    /// `…` stands for anything.
    private func matches(_ printed: String, _ shown: String) -> Bool {
        var rest = printed.trimmingCharacters(in: .newlines)[...]
        let parts = shown.trimmingCharacters(in: .newlines).components(separatedBy: "…")
        guard rest.hasPrefix(parts[0]) else { return false }
        for part in parts {
            guard let range = part.isEmpty ? rest.startIndex..<rest.startIndex : rest.range(of: part) else {
                return false
            }
            rest = rest[range.upperBound...]
        }
        return rest.isEmpty || parts[parts.count - 1].isEmpty
    }
}
