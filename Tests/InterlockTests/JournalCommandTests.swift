import Answers
import Foundation
import Journal
import StoreSQLite
import Testing
import Vocabulary

@testable import interlock

/// `interlock journal …`, from outside, on a small journal.
struct JournalCommandTests {
    /// A journal of five facts: Ann observed twice, Bob once, a visit, and a deal.
    private func withJournal(_ body: (URL) throws -> Void) throws {
        try withTemporaryFolder { (folder: URL) throws in
            let store = try JournalOption.open(folder.appending(path: "j").path)
            var batch = FactBatch()
            batch.append(contact("7", day: 1, country: "DE", email: "ann@acme.example"), .dated)
            batch.append(contact("8", day: 2, country: "FR", email: "bob@other.example"), .dated)
            batch.append(contact("7", day: 3, country: "AT", email: "ann@acme.example"), .dated)
            batch.append(
                fact("web", "event", "v1", .activity, day: 4, name: "page_view", persons: [.email("ann@acme.example")]))
            batch.append(
                fact(
                    "crm", "deal", "d1", .dealWon, day: 5, accounts: [Identifier(.domain, "acme.example")],
                    properties: [
                        Property("amount", .money(Money(minorUnits: 4_800_000, currency: Currency(code: "EUR")!))),
                        Property("stage", .text("won\u{1B}[31m")),
                    ]))
            _ = try store.append(JournalGroup([batch]))
            try store.close()
            try body(folder)
        }
    }

    private func contact(_ id: String, day: Int64, country: String, email: String) -> Fact {
        var fact = fact(
            "crm", "contact", id, .observed, day: day, persons: [.record("crm", "contact", id), .email(email)],
            properties: [Property("country", .text(country)), Property("email", .personal(.known(email)))])
        fact.key.aspect = FactKey.aspect("values", since: fact.occurred)
        return fact
    }

    private func fact(
        _ source: String, _ object: String, _ id: String, _ kind: FactKind, day: Int64, name: String = "",
        persons: [Identifier] = [], accounts: [Identifier] = [], properties: [Property] = []
    ) -> Fact {
        let instant = Instant(milliseconds: 1_769_904_000_000 + day * 86_400_000)
        return Fact(
            key: FactKey(source: source, object: object, id: id), kind: kind, name: name, occurred: instant,
            recorded: instant, persons: persons, accounts: accounts, properties: properties)
    }

    private func run(_ folder: URL, _ arguments: String..., journal: String = "j") throws -> CommandRun {
        try CommandRun(
            ["journal"] + arguments, environment: ["INTERLOCK_JOURNAL": folder.appending(path: journal).path],
            in: folder)
    }

    @Test func listsFactsForPeople() throws {
        try withJournal { (folder: URL) throws in
            #expect(
                try run(folder).output == """
                    1  2026-02-02T00:00:00Z  observed             record:crm/contact/7 email:•••  country=DE email=•••
                    2  2026-02-03T00:00:00Z  observed             record:crm/contact/8 email:•••  country=FR email=•••
                    3  2026-02-04T00:00:00Z  observed             record:crm/contact/7 email:•••  country=AT email=•••
                    4  2026-02-05T00:00:00Z  activity: page_view  email:•••                       \("")
                    5  2026-02-06T00:00:00Z  deal won             domain:acme.example             \
                    amount=48000.00 EUR stage=won\\u{1b}[31m

                    """)
        }
    }

    private static let selections: [(String, [Int])] = [
        ("--kind observed", [1, 2, 3]), ("--kind deal-won --kind activity", [4, 5]), ("--source web", [4]),
        ("--object contact --limit 2", [1, 2]), ("--after 3", [4, 5]),
        ("--person email:ann@acme.example", [1, 3, 4]),
        ("--person record:crm/contact/8", [2]), ("--account domain:acme.example", [5]),
        ("--since 2026-02-05", [4, 5]),
        ("--until 2026-02-05", [1, 2, 3]), ("--known-by 2026-02-03", [1, 2]),
        ("--since 2026-02-03 --until 2026-02-06T00:00:00Z --source crm", [2, 3]), ("--source nobody", []),
    ]

    @Test(arguments: selections)
    func listsOnlyWhatIsAskedFor(_ options: String, _ sequences: [Int]) throws {
        try withJournal { (folder: URL) throws in
            let environment = ["INTERLOCK_JOURNAL": folder.appending(path: "j").path]
            let listed = try CommandRun(
                ["journal", "list", "--json"] + options.split(separator: " ").map(String.init), environment: environment
            )
            let found = listed.output.split(separator: "\n").map { Int($0.dropFirst(7).prefix { $0 != "," }) }
            #expect(found == sequences, "\(listed.errors)")
        }
    }

    @Test func personalValuesAreShownOnlyWhenAskedFor() throws {
        try withJournal { (folder: URL) throws in
            for arguments in [
                ["list"], ["list", "--json"], ["values", "crm/contact/7"], ["values", "crm/contact/7", "--json"],
            ] {
                let environment = ["INTERLOCK_JOURNAL": folder.appending(path: "j").path]
                let hidden = try CommandRun(["journal"] + arguments, environment: environment).output
                let shown = try CommandRun(["journal"] + arguments + ["--personal"], environment: environment).output
                #expect(
                    !hidden.isEmpty && !hidden.contains("ann@") && shown.contains("ann@acme.example"), "\(arguments)")
            }
        }
    }

    /// Ends because --limit does.
    @Test func followingShowsFactsAsTheyCome() throws {
        try withJournal { (folder: URL) throws in
            let appending = Thread { try? appendOneMore(to: folder) }
            appending.start()
            let listed = try run(folder, "list", "--json", "--after", "4", "--follow", "--limit", "2")
            #expect(listed.output.split(separator: "\n").count == 2)
        }
    }

    private func appendOneMore(to folder: URL) throws {
        Thread.sleep(forTimeInterval: 0.5)
        let store = try JournalOption.open(folder.appending(path: "j").path)
        var batch = FactBatch()
        batch.append(contact("9", day: 6, country: "DE", email: "eve@acme.example"))
        _ = try store.append(JournalGroup([batch]))
        try store.close()
    }

    @Test func showsARecordsValuesAsTheyWereKnown() throws {
        try withJournal { (folder: URL) throws in
            #expect(
                try run(folder, "values", "crm/contact/7", "--as-of", "2026-02-03").output == """
                    crm/contact/7
                      country  DE   since 2026-02-02T00:00:00Z
                      email    •••  since 2026-02-02T00:00:00Z

                    """)
            #expect(try run(folder, "values", "crm/contact/7").output.contains("country  AT   since 2026-02-04"))
            #expect(
                try run(folder, "values", "--person", "email:bob@other.example").output.hasPrefix("crm/contact/8\n"))
            let changes = try run(folder, "values", "crm/contact/7", "--changes").output.split(separator: "\n")
            #expect(changes.count == 4)
            #expect(try run(folder, "values", "crm/contact/9").exitCode == 3)
        }
    }

    @Test func exportRestoresToTheSameJournal() throws {
        try withJournal { (folder: URL) throws in
            let head = try run(folder, "head").output.trimmingCharacters(in: .newlines)
            #expect(try run(folder, "erase", "--person", "record:crm/contact/8", "--yes").exitCode == 0)
            #expect(try run(folder, "export", "--to", "x.ndjson").exitCode == 0)
            let export = try String(contentsOf: folder.appending(path: "x.ndjson"), encoding: .utf8)
            let restored = try run(folder, "restore", "x.ndjson", journal: "copy")
            #expect(restored.exitCode == 0, "\(restored.errors)")
            #expect(try run(folder, "export", journal: "copy").output == export)
            #expect(try run(folder, "verify", "--head", head, journal: "copy").output.hasSuffix("Sound.\n"))
            #expect(try !run(folder, "list", "--personal", journal: "copy").output.contains("bob@"))
            #expect(try run(folder, "restore", "x.ndjson", journal: "copy").exitCode == 3)
            #expect(try run(folder, "export", "--without-keys").output.contains("\"person\":1,\"subject\"") == false)
            #expect(try run(folder, "export", "--without-personal").output.contains("ann@") == false)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["copy", "j", "x.ndjson"])
        }
    }

    @Test func aCutExportLeavesNothingBehind() throws {
        try withJournal { (folder: URL) throws in
            _ = try run(folder, "export", "--to", "x.ndjson")
            let export = try String(contentsOf: folder.appending(path: "x.ndjson"), encoding: .utf8)
            let cut = export.split(separator: "\n").dropLast().joined(separator: "\n")
            try cut.write(to: folder.appending(path: "cut.ndjson"), atomically: true, encoding: .utf8)
            let restored = try run(folder, "restore", "cut.ndjson", journal: "copy")
            #expect(restored.exitCode == 3)
            #expect(
                restored.errors == """
                    interlock: cut.ndjson, line 10: the export ends here, before the line that says it is whole.
                      Nothing was restored. Take the export again, or another copy of it.

                    """)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
                    "cut.ndjson", "j", "x.ndjson",
                ])
        }
    }

    @Test func anErasureFindsAPersonUnderEveryName() throws {
        try withJournal { (folder: URL) throws in
            #expect(try run(folder, "erase", "--person", "email:ann@acme.example").exitCode == 2, "nobody to ask")
            let erased = try run(folder, "erase", "--person", "email:ann@acme.example", "--yes")
            #expect(
                erased.output.hasPrefix("Destroyed 2 values, 2 keys and 0 rejected rows."),
                "\(erased.output)\(erased.errors)")
            #expect(try !run(folder, "list", "--personal").output.contains("ann@acme"))
            #expect(try run(folder, "verify").output.contains("2 people erased"))
            #expect(
                try run(folder, "erase", "--person", "email:ann@acme.example", "--yes").output.hasPrefix(
                    "The journal holds no"))
        }
    }

    @Test func damageIsFoundAndGivesItsExitCode() throws {
        try withJournal { (folder: URL) throws in
            let head = try run(folder, "head").output.trimmingCharacters(in: .newlines)
            #expect(try run(folder, "verify", "--head", head).exitCode == 0)
            let further = "6:" + head.dropFirst(2)
            let found = try run(folder, "verify", "--head", further)
            #expect(found.exitCode == 1)
            #expect(found.output.contains("Damaged at fact 6: 1 facts are missing at the end."))
            let file = folder.appending(path: "j/journal.sqlite")
            var bytes = try Data(contentsOf: file)
            for index in stride(from: 9000, to: bytes.count, by: 512) { bytes[index] ^= 1 }
            try bytes.write(to: file)
            #expect(try run(folder, "verify").exitCode == 1)
        }
    }

    @Test func countsAndSweeps() throws {
        try withJournal { (folder: URL) throws in
            #expect(
                try run(folder, "counts").output == """
                    3  crm  contact  observed
                    1  crm  deal     deal won
                    1  web  event    activity
                    5  facts in all

                    """)
            #expect(
                try run(folder, "counts", "--json").output.hasPrefix(
                    #"{"source":"crm","object":"contact","kind":"observed","facts":3}"#))
            #expect(try run(folder, "sweep").output == "Removed 0 people and 0 values without a fact.\n")
        }
    }

    private static let mistakes: [([String], Int32)] = [
        (["list"], 3), (["list", "--limit", "0"], 2), (["list", "--kind", "sneezed"], 2),
        (["list", "--since", "soon"], 2),
        (["values"], 2), (["values", "crm/7"], 2), (["verify", "--head", "x"], 2), (["erase"], 2),
        (["restore", "nothing.ndjson"], 3), (["export", "--to", "no/such/folder/x"], 3),
    ]

    @Test(arguments: mistakes)
    func whatIsWrongGivesItsExitCode(_ arguments: [String], _ code: Int32) throws {
        try withTemporaryFolder { (folder: URL) throws in
            let run = try CommandRun(["journal"] + arguments + ["--journal", "none"], in: folder)
            #expect(run.exitCode == code && run.output.isEmpty && !run.errors.isEmpty, "\(run.errors)")
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "none").path))
        }
    }
}

struct TextTableTests {
    @Test func columnsAreAsWideAsTheirWidestCell() {
        let table = TextTable(
            rows: [["1", "a", "x"], ["20", "bcd", ""], ["3", "a longer last cell"]], rightAligned: [0])
        #expect(table.text == " 1  a    x\n20  bcd  \n 3  a longer last cell")
    }

    @Test func aTableMayBeEmpty() {
        #expect(TextTable(rows: []).text == "")
    }
}

struct LineReaderTests {
    static let texts: [(text: String, lines: [String])] = [
        ("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\nb", ["a", "b"]), ("\n\n", ["", ""]),
        ("abc\ndefgh\n\ni\n", ["abc", "defgh", "", "i"]),
    ]

    @Test(arguments: LineReaderTests.texts, [1, 2, 3, 100])
    func splitsWhateverThePortions(_ given: (text: String, lines: [String]), portion: Int) throws {
        var rest = Array(given.text.utf8)[...]
        var reader = LineReader { buffer in
            let taken = rest.prefix(portion)
            buffer.copyBytes(from: taken)
            rest = rest.dropFirst(taken.count)
            return taken.count
        }
        var lines: [String] = []
        while let line = try reader.next() { lines.append(String(decoding: line, as: UTF8.self)) }
        #expect(lines == given.lines)
    }
}
