import Findings
import Foundation
import Testing
import Vocabulary

@testable import Agreement

/// The day on which the examples are checked.
private let today = CivilDate(year: 2026, month: 2, day: 2)!

private let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

private let isRecording = ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1"

/// The file that triggers a check. Its first line says where: `# finds: 5:34, 7:3`.
private struct Trigger {
    let text: SourceText
    let places: [String]

    init(_ code: FindingCode) throws {
        let file = "Tests/AgreementTests/Findings/\(code.name).yaml"
        let bytes = try Data(contentsOf: package.appendingPathComponent(file))
        text = SourceText(file: "\(code.name).yaml", bytes: Array(bytes))
        let prefix = "# finds: "
        #expect(text.line(1).hasPrefix(prefix))
        places = text.line(1).dropFirst(prefix.count).split(separator: ", ").map(String.init)
    }

    func findings() throws -> [Finding] {
        let reading = readAgreement(text, in: surroundings())
        let agreement = try #require(reading.agreement, "\(reading.findings.map(\.text))")
        return checkAgreement(agreement, in: text, today: today)
    }
}

@Suite(.disabled(if: zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct CheckTests {
    @Test(arguments: checks.map(\.code))
    func findsWhatItsFileShowsAndNothingElse(code: FindingCode) throws {
        let trigger = try Trigger(code)
        let findings = try trigger.findings()
        #expect(Set(findings.map(\.code)) == [code], "\(findings.map(\.text))")
        #expect(findings.map { "\($0.place.line):\($0.place.column)" } == trigger.places, "\(findings.map(\.text))")
    }

    @Test func everyFileBelongsToACheck() throws {
        let folder = package.appendingPathComponent("Tests/AgreementTests/Findings")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(files.sorted() == checks.map { $0.code.name + ".yaml" }.sorted())
    }

    @Test func codesAreNotThoseOfTheReader() {
        let names = (checks.map(\.code) + FindingCode.ofAgreements).map(\.name)
        #expect(Set(names).count == names.count)
    }

    /// A stage without a way out always stands before one that cannot be entered, so these come together.
    @Test(arguments: [
        ("detours: {out: {side: sales, from: [lead], enters: disqualified}}", ["6 unreachable-stage"]),
        (
            "detours: {out: {side: sales, from: any, enters: recycled and not recycled}}",
            ["5 stage-never-left", "6 unreachable-stage", "7 rule-never-matches"]
        ),
        (
            "detours: {out: {side: sales, from: [customer], enters: disqualified}}",
            ["5 stage-never-left", "6 unreachable-stage"]
        ),
    ])
    func aStageIsLeftByALaterStageOrADetour(detours: String, verdict: [String]) throws {
        let yaml = """
            company: N
            fields: {email: {type: email}, size: {type: number}}

            stages:
              lead: {side: marketing, enter: email is known}
              customer: {side: sales, enter: size > 5 and size < 5}
            \(detours)
            """
        let text = SourceText(file: "agreement.yaml", bytes: Array(yaml.utf8))
        let reading = readAgreement(text, in: surroundings())
        let agreement = try #require(reading.agreement, "\(reading.findings.map(\.text))")
        let findings = checkAgreement(agreement, in: text, today: today)
        #expect(findings.map { "\($0.place.line) \($0.code.name)" } == verdict)
    }

    @Test func theExampleShowsNothing() throws {
        let folder = package.appendingPathComponent("Examples/northwind")
        let text = SourceText(
            file: "agreement.yaml", bytes: Array(try Data(contentsOf: folder.appendingPathComponent("agreement.yaml"))))
        let names = ["rates.csv", "targets.csv", "holidays/de-by.ics"]
        let files = try names.map { ($0, try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8)) }
        let reading = readAgreement(text, in: surroundings(Dictionary(uniqueKeysWithValues: files)))
        let agreement = try #require(reading.agreement, "\(reading.findings.map(\.text))")
        let findings = checkAgreement(agreement, in: text, today: today)
        #expect(findings.isEmpty, "\(findings.map(\.text).joined(separator: "\n"))")
    }

    @Test(arguments: ["orders/mql-sal-sql", "orders/mql-sql-sal", "waterfall/agreement", "birch/agreement"])
    func otherExamplesShowNoError(name: String) throws {
        let bytes = try Data(contentsOf: package.appendingPathComponent("Examples/\(name).yaml"))
        let text = SourceText(file: "\(name).yaml", bytes: Array(bytes))
        let reading = readAgreement(text, in: surroundings())
        let agreement = try #require(reading.agreement, "\(reading.findings.map(\.text))")
        let errors = checkAgreement(agreement, in: text, today: today).filter { $0.level == .error }
        #expect(errors.isEmpty, "\(errors.map(\.text).joined(separator: "\n"))")
    }

    @Test func theReferenceIsUpToDate() throws {
        let file = package.appendingPathComponent("docs/findings.md")
        let written = try reference()
        if isRecording { try Data(written.utf8).write(to: file) }
        #expect(try String(contentsOf: file, encoding: .utf8) == written, "RECORD_GOLDEN=1 writes it anew")
    }

    /// `docs/findings.md`.
    private func reference() throws -> String {
        let sections = try checks.map { check in
            let shown = try Trigger(check.code).findings().map(\.text).joined(separator: "\n")
            return "## \(check.code.name)\n\n\(check.finds)\n\n```text\n\(shown)```\n"
        }
        return """
            # Findings about the process

            What `checkAgreement` finds in an agreement that can be read, in the order in which it is asked. A finding of \
            level error keeps an agreement from running. Written from the checks and from the files in \
            `Tests/AgreementTests/Findings` that trigger them; `RECORD_GOLDEN=1 swift test` writes it anew.

            No finding is false: where something cannot be shown, nothing is said.

            | code | level |
            |---|---|
            \(checks.map { "| [\($0.code.name)](#\($0.code.name)) | \($0.code.level.rawValue) |" }.joined(separator: "\n"))

            \(sections.joined(separator: "\n"))
            """
    }
}
