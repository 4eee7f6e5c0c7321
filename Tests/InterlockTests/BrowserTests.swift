import Foundation
import Testing

/// Every room in a real browser, light and dark, wide and narrow, on a sample company under a signed agreement:
/// `Tests/Browser/rooms.txt` lists the rooms, `Tests/Browser/look.py` looks at them and asks axe about WCAG 2.2 AA. And a walk
/// through a new server, from its first start to a change that both sides have signed: `Tests/Browser/walk.py`.
@Suite(.serialized) struct BrowserTests {
    private static let browser = "/usr/bin/chromium"

    @Test(.enabled(if: LongTests.areWanted, "a long test: set INTERLOCK_LONG_TESTS=1"))
    func everyRoomIsFitToBeSeenInEveryLight() async throws {
        let folder = try TemporaryFolder()
        let program = ProgramUnderTest(folder: folder)
        guard let python = try BrowserTests.python(with: program) else { return }
        let journal = try BrowserTests.sampleCompany(in: folder)
        let server = try await RunningServer(journal: journal)
        let seen = try program.run(
            python,
            [
                BrowserTests.script("look.py"), "http://127.0.0.1:\(server.port)",
                try BrowserTests.firstLink(of: server),
                BrowserTests.pictures, BrowserTests.browser,
            ])
        #expect(seen.code == 0, "\(seen.output.suffix(6000))\(seen.errors.suffix(2000))")
        #expect(server.stop() == 0)
    }

    @Test(.enabled(if: LongTests.areWanted, "a long test: set INTERLOCK_LONG_TESTS=1"))
    func aNewServerIsWalkedThroughByEverybody() async throws {
        let folder = try TemporaryFolder()
        let program = ProgramUnderTest(folder: folder)
        guard let python = try BrowserTests.python(with: program) else { return }
        let agreement = folder.path + "/agreement.yaml"
        try BrowserTests.disputableAgreement().write(toFile: agreement, atomically: true, encoding: .utf8)
        let server = try await RunningServer(journal: folder.path + "/journal")
        // Reps are told of what another system assigns.
        let live = try program.run(
            ProgramUnderTest.path,
            [
                "live", "begin", "--by", "otto@birch.example", "--owners", "recorded", "--journal",
                folder.path + "/journal",
            ])
        try #require(live.code == 0, "\(live.errors)")
        let walked = try program.run(
            python,
            [
                BrowserTests.script("walk.py"), "http://127.0.0.1:\(server.port)",
                try BrowserTests.firstLink(of: server),
                agreement, BrowserTests.pictures, BrowserTests.browser,
            ])
        #expect(walked.code == 0, "\(walked.output)\(walked.errors.suffix(4000))")
        #expect(walked.output.contains("the change is in force"))
        #expect(server.stop() == 0)
    }

    /// That of the small example company, with a clause about disputes.
    private static func disputableAgreement() throws -> String {
        let example = CommandRun.package.appendingPathComponent("Examples/birch/agreement.yaml")
        return try String(contentsOf: example, encoding: .utf8)
            .replacing(
                "  accept_mark: 1..3\n",
                with: """
                      accept_mark: 1..3
                      dispute: {by: marketing, within: 1 business day, arbiter: operations, ruling_within: 5 business days}

                    """
            )
            .replacing(
                "sales: carlos@birch.example}", with: "sales: carlos@birch.example, operations: otto@birch.example}")
    }

    private static let pictures = CommandRun.package.appendingPathComponent(".build/screenshots").path

    private static func script(_ name: String) -> String {
        CommandRun.package.appendingPathComponent("Tests/Browser/\(name)").path
    }

    /// By which the first operator joins.
    private static func firstLink(of server: RunningServer) throws -> String {
        try #require(
            server.greeting.firstMatch(of: /http:\/\/[^ \n]*\/join\/[^ \n]+/).map { String($0.output) },
            "it printed: \(server.greeting)")
    }

    /// A Python that drives a browser; `nil`, and a word about it, where there is none to drive or PyPI cannot be reached.
    private static func python(with program: ProgramUnderTest) throws -> String? {
        guard FileManager.default.isExecutableFile(atPath: BrowserTests.browser) else {
            print("Skipped: there is no \(BrowserTests.browser); apt-get install chromium.")
            return nil
        }
        let python = try installed(with: program)
        if python == nil { print("Skipped: playwright and axe-playwright-python could not be installed from PyPI.") }
        return python
    }

    private static func installed(with program: ProgramUnderTest) throws -> String? {
        let environment = program.folder.path + "/python"
        guard try program.run("python3", ["-m", "venv", environment]).code == 0 else { return nil }
        let installed = try program.run(
            environment + "/bin/pip",
            ["install", "--quiet", "playwright==\(playwright)", "axe-playwright-python==\(axe)"])
        return installed.code == 0 ? environment + "/bin/python" : nil
    }

    /// From PyPI.
    private static let (playwright, axe) = ("1.65.2", "0.1.8")

    // MARK: The company

    /// A year of it that ends with this month, so that promises run and leads wait.
    static func sampleCompany(in folder: TemporaryFolder, persons: Int = 600) throws -> String {
        let company = folder.path + "/company"
        let journal = company + "/journal"
        let program = ProgramUnderTest(folder: folder, environment: ["INTERLOCK_JOURNAL": journal])
        func run(_ arguments: [String]) throws {
            let outcome = try program.run(ProgramUnderTest.path, arguments)
            try #require(outcome.code == 0, "interlock \(arguments.joined(separator: " ")): \(outcome.errors)")
        }
        let (first, before) = days()
        try run(["sample", "--out", company, "--persons", String(persons), "--months", "12", "--start", first])
        _ = try SampleImport.all(URL(fileURLWithPath: company))
        for (hour, name, side) in [("09", "maria", "marketing"), ("10", "carlos", "sales"), ("11", "ada", "executive")]
        {
            let (address, key) = ("\(name)@northwind.example", "\(company)/\(name).key")
            try run(["sign", "key", "--as", address, "--out", key, "--at", "\(before)T\(hour):00Z"])
            try run([
                "sign", "\(company)/agreement.yaml", "--as", address, "--side", side, "--key", key, "--at",
                "\(before)T\(hour):30Z",
            ])
        }
        return journal
    }

    /// The first of the month eleven months ago, and a day before it.
    private static func days() -> (first: String, before: String) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let now = calendar.dateComponents([.year, .month], from: Date())
        let months = (now.year ?? 0) * 12 + (now.month ?? 1) - 1 - 11
        func text(_ month: Int, _ day: Int) -> String {
            let number = month % 12 + 1
            return "\(month / 12)-\(number < 10 ? "0" : "")\(number)-\(day < 10 ? "0" : "")\(day)"
        }
        return (text(months, 1), text(months - 1, 20))
    }
}
