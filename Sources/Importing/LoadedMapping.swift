internal import Answers
package import Findings
internal import Foundation
package import Intake

/// A mapping with its text and the folder in which its joined files lie.
package struct LoadedMapping {
    package let mapping: Mapping
    package let text: String
    package let folder: String
    package let name: String

    /// The text stays as it was written, so that what is wrong with it is shown where it stands; `stated` goes to the mapping.
    /// Throws `MappingTrouble`.
    package init(text: String, name: String, folder: String, _ stated: StatedClauses = StatedClauses()) throws {
        (self.text, self.name, self.folder) = (text, name, folder)
        do {
            mapping = stated.applied(to: try MappingText(bytes: Array(text.utf8)).mapping)
        } catch let problems as MappingProblems {
            throw LoadedMapping.trouble(problems, in: name, text)
        }
    }

    package init(preset: Preset, _ stated: StatedClauses = StatedClauses()) throws {
        try self.init(text: preset.text, name: "preset:\(preset.name)", folder: ".", stated)
    }

    package init(file path: String, _ stated: StatedClauses = StatedClauses()) throws {
        let file = try InputFile(path)
        guard file.size <= LoadedMapping.sizeLimit else {
            throw Trouble("\(path) is larger than a mapping can be (1 MiB)", remedy: "Did you name the data file?")
        }
        let parent = (path as NSString).deletingLastPathComponent
        try self.init(
            text: String(decoding: try file.head(LoadedMapping.sizeLimit), as: UTF8.self), name: path,
            folder: parent.isEmpty ? "." : parent, stated)
    }

    package static let sizeLimit = 1 << 20

    /// What does not fit the file that is being read, shown where the mapping says it.
    package func trouble(_ problems: MappingProblems) -> any Error {
        var located = problems
        located.positions = (try? MappingText(text).positions) ?? [:]
        return LoadedMapping.trouble(located, in: name, text)
    }

    private static func trouble(_ problems: MappingProblems, in name: String, _ text: String) -> any Error {
        MappingTrouble(findings: problems.findings(in: SourceText(file: name, bytes: Array(text.utf8))))
    }
}

/// A mapping that does not fit: printed with excerpts.
package struct MappingTrouble: Error, CustomStringConvertible {
    package var findings: [Finding]

    package var description: String { findings.map(\.text).joined(separator: "\n") }
}
