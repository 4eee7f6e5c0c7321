import Foundation
import Testing

private let zonesAreMissing = !FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/Europe/Berlin")

/// `interlock describe` and `interlock diff`, from outside.
@Suite(.disabled(if: zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct ContractCommandTests {
    private static let example = CommandRun.package.appendingPathComponent("Examples/northwind")

    @Test(arguments: [
        ([], "The agreement of Northwind Instruments\n====", "\n3. What sales promises\n"),
        (["--format", "markdown"], "# The agreement of Northwind Instruments\n", "\n## What sales promises\n"),
        (["--format", "html"], "<!DOCTYPE html>\n", "id=\"promises.sales.respond.within\""),
        (["--data-entry"], "Data entry at Northwind Instruments\n====", "\n3. Rep upload\n"),
    ])
    func describes(options: [String], beginning: String, part: String) throws {
        let result = try CommandRun(["describe", "Examples/northwind/agreement.yaml"] + options)
        #expect(result.output.hasPrefix(beginning))
        #expect(result.output.contains(part))
        #expect(result.exitCode == 0, "\(result.errors)")
    }

    @Test(arguments: [
        ("# F30", "# another comment", "Both say the same.\n", 0),
        ("acceptance: 70%", "acceptance: 75%", "What marketing promises\n  promises.marketing.quality.acceptance:", 1),
        ("acceptance: 70%", "acceptance: many", "", 2),
    ])
    func tellsDifferences(old: String, new: String, beginning: String, exitCode: Int32) throws {
        try withTemporaryFolder { folder in
            let copy = folder.appendingPathComponent("northwind")
            try FileManager.default.copyItem(at: Self.example, to: copy)
            let file = copy.appendingPathComponent("agreement.yaml")
            let text = try String(contentsOf: file, encoding: .utf8)
            try #require(text.contains(old))
            try text.replacing(old, with: new).write(to: file, atomically: true, encoding: .utf8)
            let result = try CommandRun(["diff", "Examples/northwind/agreement.yaml", file.path])
            #expect(result.output.hasPrefix(beginning) && result.output.isEmpty == beginning.isEmpty)
            #expect(result.exitCode == exitCode, "\(result.errors)")
        }
    }

    @Test(arguments: [
        ["Examples/northwind/agreement.yaml", "no-such-file.yaml"], ["no-such-file.yaml", "no-such-file.yaml"],
        ["Examples", "Examples/northwind/agreement.yaml"], ["Examples/northwind/agreement.yaml"],
        ["Examples/northwind/agreement.yaml", "Examples/northwind/rates.csv"],
    ])
    func whatCannotBeComparedIsTrouble(arguments: [String]) throws {
        let result = try CommandRun(["diff"] + arguments)
        #expect(result.exitCode == 2 && result.output.isEmpty && !result.errors.isEmpty)
    }

    @Test func theExitCodesOfDiffAreExplained() throws {
        let help = try CommandRun(["diff", "--help"]).output.split { " \n".contains($0) }.joined(separator: " ")
        #expect(help.contains("0 where both say the same, 1 where they differ, 2 where one"))
    }
}
