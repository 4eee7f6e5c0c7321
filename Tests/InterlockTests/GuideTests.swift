import Foundation
import Testing

/// docs/explain.md, docs/routing.md and docs/backtest.md say nothing that is not so: their commands are run, in order, and print what they show.
///
/// With RECORD_GOLDEN=1 what is printed is written into the pages instead; the diff is the review.
@Suite(.disabled(if: zonesOfBirchAreMissing, "no time zone data: apt-get install tzdata"))
struct GuideTests {
    @Test(arguments: [("explain", 2), ("backtest", 2), ("routing", 1)])
    func everyCommandPrintsWhatIsShown(name: String, blocks: Int) throws {
        let page = CommandRun.package.appendingPathComponent("docs/\(name).md")
        var parts = try String(contentsOf: page, encoding: .utf8).components(separatedBy: "```")
        let birch = try BirchCompany(importing: false)
        var (printed, run, shown) = ("", 0, 0)
        for index in parts.indices where index % 2 == 1 {
            let lines = parts[index].split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            if lines[0] == "sh" {
                for line in lines[1].split(separator: "\n") {
                    printed = try output(of: String(line), birch)
                    run += 1
                }
            } else if lines[0] == "text" {
                shown += 1
                if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
                    parts[index] = "text\n" + printed
                } else {
                    #expect(String(lines[1]) == printed, "docs/\(name).md, block \(shown)")
                }
            }
        }
        #expect(run > blocks && shown >= blocks)
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
            try parts.joined(separator: "```").write(to: page, atomically: true, encoding: .utf8)
        }
    }

    /// Without the spaces at the ends of lines, which no editor keeps. Denied people end with 1.
    private func output(of line: String, _ birch: BirchCompany) throws -> String {
        let words = line.split(separator: " ").map(String.init)
        try #require(words[0] == "interlock")
        let run = try CommandRun(
            Array(words.dropFirst()), environment: ["INTERLOCK_JOURNAL": birch.folder.path + "/journal"],
            in: URL(fileURLWithPath: birch.folder.path))
        #expect(run.exitCode <= 1 && !run.errors.contains("interlock:"), "\(line): \(run.errors)")
        return run.output.split(separator: "\n", omittingEmptySubsequences: false)
            .map { line in String(line.reversed().drop { $0 == " " }.reversed()) }.joined(separator: "\n")
    }
}
