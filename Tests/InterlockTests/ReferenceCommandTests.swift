import Foundation
import Testing

private let zonesAreMissing = !FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/Europe/Berlin")

/// The commands that `docs/agreement/` shows work on the agreements it shows.
@Suite(.disabled(if: zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct ReferenceCommandTests {
    private static let folder = CommandRun.package.appendingPathComponent("docs/agreement")
    private static let pages =
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { $0.hasSuffix(".md") }
        .sorted()

    @Test func commandsWork() throws {
        var count = 0
        for page in Self.pages {
            let text = try String(contentsOf: Self.folder.appendingPathComponent(page), encoding: .utf8)
            var agreement = ""
            for block in blocks(of: text) {
                if block.info == "yaml agreement" { agreement = block.text }
                guard block.info == "sh" else { continue }
                count += try run(block.text, with: agreement, page)
            }
        }
        #expect(count > 5)
    }

    /// In a folder of their own, with the agreement that stands before them on the page unless they write it themselves.
    private func run(_ commands: String, with agreement: String, _ page: String) throws -> Int {
        let lines = commands.replacing("\\\n", with: " ").split(separator: "\n").map(String.init)
        try withTemporaryFolder { folder in
            if !commands.contains("interlock init") {
                try Data(agreement.utf8).write(to: folder.appendingPathComponent("agreement.yaml"))
            }
            for line in lines {
                let arguments = words(of: line)
                #expect(arguments.first == "interlock", "\(page): \(line)")
                let result = try CommandRun(Array(arguments.dropFirst()), in: folder)
                #expect(result.exitCode == 0, "\(page): \(line)\n\(result.output)\(result.errors)")
            }
        }
        return lines.count
    }

    /// Parted by spaces, but for those within double quotes.
    private func words(of line: String) -> [String] {
        line.split(separator: "\"", omittingEmptySubsequences: false).enumerated().flatMap { number, part in
            number.isMultiple(of: 2) ? part.split(separator: " ").map(String.init) : [String(part)]
        }
    }

    private func blocks(of text: String) -> [(info: String, text: String)] {
        let parts = ("\n" + text).components(separatedBy: "\n```")
        return parts.enumerated().filter { !$0.offset.isMultiple(of: 2) }.map { _, part in
            let lines = part.split(separator: "\n", omittingEmptySubsequences: false)
            return (String(lines[0]), lines.dropFirst().joined(separator: "\n") + "\n")
        }
    }
}
