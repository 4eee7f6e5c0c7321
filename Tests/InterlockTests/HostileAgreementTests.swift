import Foundation
import Testing

private let zonesAreMissing = !FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/Europe/Berlin")

/// Agreements, and files beside them, that mean harm: refused with a clear error, soon, in bounded memory. From outside.
@Suite("Hostile agreements", .disabled(if: zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct HostileAgreementTests {
    private static let memoryLimit = 200 << 20
    private static let stages = "stages: {lead: {side: sales, enter: always}}\n"

    /// Whatever hangs is killed, and then has no exit code.
    private func checked(_ agreement: String, in folder: TemporaryFolder) throws -> ProgramUnderTest.Outcome {
        let outcome = try ProgramUnderTest(folder: folder).run("check", agreement, killedAfter: 30)
        #expect(outcome.peakMemory > 1 << 20 && outcome.peakMemory < Self.memoryLimit, "\(outcome.peakMemory >> 20) MB")
        return outcome
    }

    private func expectRefused(
        _ outcome: ProgramUnderTest.Outcome, _ code: String, _ words: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(outcome.code == 1, "\(outcome.errors)", sourceLocation: sourceLocation)
        let said = outcome.output.prefix(20_000)
        #expect(
            said.contains(": \(code)\n") && said.contains(words), "\(said.prefix(3000))", sourceLocation: sourceLocation
        )
        #expect(outcome.output.utf8.count < 2 << 20, "nobody reads more", sourceLocation: sourceLocation)
    }

    // One file.

    private static let bomb: String = {
        var text = "company: N\na: &a [x, x, x, x, x, x, x, x, x]\n"
        for (name, last) in zip("bcdefghijkl", "abcdefghijk") {
            text += "\(name): &\(name) [" + [String](repeating: "*\(last)", count: 9).joined(separator: ", ") + "]\n"
        }
        return text
    }()

    private static func repeated(_ unit: String, _ count: Int) -> String { String(repeating: unit, count: count) }

    struct Hostile: CustomTestStringConvertible, Sendable {
        let what: String
        let code: String
        let words: String
        let text: @Sendable () -> String

        init(_ what: String, _ code: String, _ words: String, _ text: @autoclosure @escaping @Sendable () -> String) {
            (self.what, self.code, self.words, self.text) = (what, code, words, text)
        }

        var testDescription: String { what }
    }

    private static let hostile: [Hostile] = [
        Hostile("an alias bomb", "unsupported-yaml", "aliases", bomb),
        Hostile("10,000 levels of brackets", "too-deep", "64 levels", "company: " + repeated("[", 10_000)),
        Hostile("10,000 levels of lists", "too-deep", "64 levels", repeated("- ", 10_000) + "x"),
        Hostile("10,000 levels of mappings", "too-large", "at most 4 MB", levels(10_000)),
        Hostile("2,000 levels of mappings", "too-deep", "64 levels", levels(2_000)),
        Hostile("a scalar of 100 MB", "too-large", "at most 4 MB", "company: " + repeated("x", 100 << 20)),
        Hostile("100 MB of comments", "too-large", "at most 4 MB", repeated("# comment\n", 10 << 20)),
        Hostile("two million members", "too-large", "more than 500000", "x: [" + repeated("a,", 2_000_000) + "]"),
        Hostile("300,000 keys", "too-large", "more than 500000", numbered(300_000) { "k\($0): 1\n" }),
        Hostile("10,000 unknown keys", "unknown-key", "has no \"k", numbered(10_000) { "k\($0): 1\n" }),
        Hostile("a condition of brackets", "bad-condition", "4000 are the most", condition(repeated("(", 1_000_000))),
        Hostile(
            "a condition of half a million words", "bad-condition", "4000 are the most",
            condition(repeated("not ", 500_000) + "always")),
        Hostile(
            "a number of three million digits", "bad-share", "is not a share",
            "company: N\nplan: {win_rate: \(repeated("9", 3_000_000))%}\n" + stages),
        Hostile(
            "5,000 stages", "too-large", "at most 200 stages",
            "company: N\nstages: {" + numbered(5000) { "s\($0): {side: sales, enter: always}, " } + "}"),
        Hostile(
            "10,000 rules", "too-large", "at most 500 rules",
            "company: N\n\(stages)routing: {rules: [" + numbered(10_000) { "{name: r\($0), to: account owner}, " }
                + "]}"),
        Hostile(
            "10,000 segments", "too-large", "at most 100 segments",
            "company: N\n\(stages)plan: {win_rate: ["
                + numbered(10_000) { _ in "{where: account in targets, is: 1%}, " } + "{otherwise: 1%}]}"),
        Hostile("zeros", "not-text", "0x00", repeated("\0", 1 << 20)),
    ]

    private static func levels(_ count: Int) -> String {
        (0..<count).map { repeated(" ", $0) + "a:\n" }.joined()
    }

    private static func numbered(_ count: Int, _ text: (Int) -> String) -> String {
        (0..<count).map(text).joined()
    }

    @Test(arguments: hostile)
    func isRefused(hostile: Hostile) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(hostile.text(), to: "agreement.yaml")
        expectRefused(try checked(file, in: folder), hostile.code, hostile.words)
    }

    private static func condition(_ text: String) -> String {
        "company: N\nstages: {lead: {side: sales, enter: \"\(text)\"}}\n"
    }

    @Test func fmtAndDescribeRefuseThemToo() throws {
        let folder = try TemporaryFolder()
        let bomb = try folder.write(Self.bomb, to: "bomb.yaml")
        let deep = try folder.write(Self.repeated("[", 100_000), to: "deep.yaml")
        for arguments in [["fmt", bomb], ["fmt", deep], ["describe", bomb], ["fmt", "--check", bomb, deep]] {
            let outcome = try ProgramUnderTest(folder: folder).run(ProgramUnderTest.path, arguments, killedAfter: 30)
            #expect(outcome.code == 1 && outcome.peakMemory < Self.memoryLimit, "\(arguments)")
        }
    }

    // Files beside it. Each clause that names one; none of these files can name another.

    private static let clauses = [
        ("holidays", "calendars: {c: {hours: {mon: 09:00-10:00}, holidays: FILE}}\n"),
        ("rates", "currencies: {rates: FILE}\n"),
        ("targets", "targets: {accounts: FILE}\n"),
    ]

    private func expectRefusal(
        of file: String, _ code: String, _ words: String, _ prepare: (TemporaryFolder) throws -> Void
    ) throws {
        for (name, clause) in Self.clauses {
            let folder = try TemporaryFolder()
            try FileManager.default.createDirectory(atPath: folder.path + "/inner", withIntermediateDirectories: true)
            try prepare(folder)
            let text = "company: N\n" + Self.stages + clause.replacing("FILE", with: file)
            let agreement = try folder.write(text, to: "inner/agreement.yaml")
            let outcome = try checked(agreement, in: folder)
            expectRefused(outcome, code, words)
            #expect(outcome.seconds < 25, "\(name)")
        }
    }

    private static let outside = [
        "../outside.csv", "/etc/passwd", "a/../../outside.csv", "./outside.csv", "a//b", "..", "'..\\outside.csv'",
    ]

    @Test(arguments: outside)
    func anIncludeOutsideTheFolder(path: String) throws {
        try expectRefusal(of: path, "include-outside", "does not name a file in the folder") {
            _ = try $0.write("month,currency,per_eur\n", to: "outside.csv")
        }
    }

    @Test func aLinkThatLeadsOutside() throws {
        try expectRefusal(of: "link.csv", "include-unreadable", "somewhere outside the folder") {
            try $0.write("domain\nn.example\n", to: "outside.csv")
            try FileManager.default.createSymbolicLink(
                atPath: $0.path + "/inner/link.csv", withDestinationPath: "../outside.csv")
        }
        try expectRefusal(of: "folder/passwd", "include-unreadable", "somewhere outside the folder") {
            try FileManager.default.createSymbolicLink(atPath: $0.path + "/inner/folder", withDestinationPath: "/etc")
        }
    }

    @Test func linksThatGoRoundInACircle() throws {
        try expectRefusal(of: "a.csv", "include-unreadable", "\"a.csv\" cannot be read") {
            for (link, target) in [("a.csv", "b.csv"), ("b.csv", "a.csv")] {
                try FileManager.default.createSymbolicLink(
                    atPath: $0.path + "/inner/\(link)", withDestinationPath: target)
            }
        }
    }

    @Test func aFolder() throws {
        try expectRefusal(of: "folder.csv", "include-unreadable", "it is a folder") {
            try FileManager.default.createDirectory(
                atPath: $0.path + "/inner/folder.csv", withIntermediateDirectories: true)
        }
    }

    @Test func aPipeThatNobodyWritesTo() throws {
        try expectRefusal(of: "pipe.csv", "include-unreadable", "it is no plain file") {
            #expect(mkfifo($0.path + "/inner/pipe.csv", 0o600) == 0)
        }
    }

    /// `/dev/zero` never ends. Making a device takes rights that most have not.
    @Test func aDevice() throws {
        try expectRefusal(of: "zero.csv", "include-unreadable", "outside the folder") {
            try FileManager.default.createSymbolicLink(
                atPath: $0.path + "/inner/zero.csv", withDestinationPath: "/dev/zero")
        }
        let folder = try TemporaryFolder()
        guard mknod(folder.path + "/zero", S_IFCHR | 0o600, makeDevice(major: 1, minor: 5)) == 0 else { return }
        try expectRefusal(of: "zero.csv", "include-unreadable", "it is no plain file") {
            #expect(mknod($0.path + "/inner/zero.csv", S_IFCHR | 0o600, makeDevice(major: 1, minor: 5)) == 0)
        }
    }

    private func makeDevice(major: dev_t, minor: dev_t) -> dev_t { major << 8 | minor }

    @Test func aFileOf100MB() throws {
        let line = "2026-01,GBP,0.8671,0017Q00000A1mAe,n.example\n"
        let bytes =
            Array("month,currency,per_eur,account_id,domain\n".utf8)
            + Array(Self.repeated(line, (100 << 20) / line.utf8.count).utf8)
        try expectRefusal(of: "large.csv", "too-large", "more than 4 MB") { try $0.write(bytes, to: "inner/large.csv") }
    }

    /// No file beside an agreement can name another, so the shortest circle is the agreement itself: it is read as what the
    /// clause asks for, which it is not.
    @Test func theAgreementItself() throws {
        for (code, clause) in zip(["bad-holidays", "bad-include", "bad-include"], Self.clauses.map(\.1)) {
            let folder = try TemporaryFolder()
            let text = "company: N\n" + Self.stages + clause.replacing("FILE", with: "agreement.yaml")
            let outcome = try checked(folder.write(text, to: "agreement.yaml"), in: folder)
            expectRefused(outcome, code, "agreement.yaml")
        }
    }

    // What is named on the command line.

    @Test func aPipeNamedByHandIsReadAndNeverWaitedFor() throws {
        let folder = try TemporaryFolder()
        let pipe = folder.path + "/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        expectRefused(try checked(pipe, in: folder), "missing-key", "The file is empty.")
        let agreement = try folder.write("company: N\n" + Self.stages, to: "agreement.yaml")
        let piped = try ProgramUnderTest(folder: folder).run(
            "/bin/sh", ["-c", "cat '\(agreement)' | '\(ProgramUnderTest.path)' check /dev/stdin"], killedAfter: 30)
        #expect(piped.code == 0 && piped.output == "/dev/stdin: no findings.\n", "\(piped.output) \(piped.errors)")
    }

    @Test(arguments: [("/dev/zero", 1, "too-large"), (".", 3, "it is a folder"), ("missing.yaml", 3, "no such file")])
    func somethingElseNamedByHand(path: String, code: Int32, words: String) throws {
        let folder = try TemporaryFolder()
        let outcome = try checked(path, in: folder)
        #expect(outcome.code == code && (outcome.output + outcome.errors).contains(words), "\(outcome.errors)")
    }
}
