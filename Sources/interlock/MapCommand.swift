import Answers
import ArgumentParser
import Foundation
import Importing
import Intake
import Journal
import Vocabulary

struct MapCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "map",
        abstract: "Propose a mapping for an exported file.",
        discussion: """
            Reads the first rows and writes a mapping with the reason for every choice as a comment: “sure” where every \
            value says so, “guess” where it is likely, “check” where only a person can say. Files of known systems get \
            the preset for them.

              interlock map contacts.csv --output contacts.yaml
              interlock map --presets
              interlock map --preset hubspot/contacts --output our-contacts.yaml
            """)

    @Argument(help: "A CSV or NDJSON file, plain or gzipped.", completion: .file())
    var file: String?

    @Flag(help: "List the presets.")
    var presets = false

    @Option(help: "Print this preset.")
    var preset: String?

    @Option(help: "Write the mapping to this file instead of printing it.", completion: .file(extensions: ["yaml"]))
    var output: String?

    @Flag(help: "Print what was found as JSON.")
    var json = false

    func validate() throws {
        let asked = [file != nil, presets, preset != nil].count { $0 }
        if asked != 1 { throw ValidationError("name a file, or say --presets, or --preset NAME") }
    }

    func run() throws {
        try reportingTrouble {
            if presets {
                print(json ? Preset.json : Preset.list)
            } else if let preset {
                try write(Preset.meant(by: preset).text)
            } else if let file {
                try propose(file)
            }
        }
    }

    private func propose(_ path: String) throws {
        let file = try InputFile(path)
        let proposal = try MappingProposal(
            fileName: file.name, written: Instant(milliseconds: file.modified)
        ) {
            try file.seek(to: 0)
            return file.pull
        }
        if json {
            print(proposal.json)
            if let output { try save(proposal.text, to: output) }
        } else {
            try write(proposal.text)
        }
    }

    private func write(_ text: String) throws {
        if let output { try save(text, to: output) } else { print(text, terminator: "") }
    }

    /// Never over a mapping that somebody may have mended.
    private func save(_ text: String, to path: String) throws {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
        } catch CocoaError.fileWriteFileExists {
            throw Trouble("\(path) is there already", remedy: "Name another file, or remove it first.")
        }
    }
}

extension Preset {
    fileprivate static var list: String {
        let width = all.map(\.name.count).max() ?? 0
        return all.map { preset in
            preset.name + String(repeating: " ", count: width - preset.name.count + 2) + preset.firstSentence
        }.joined(separator: "\n")
    }

    private var firstSentence: String {
        purpose.range(of: ". ").map { String(purpose[..<$0.lowerBound]) + "." } ?? purpose
    }

    fileprivate static var json: String {
        var json = JSONText()
        json.array { json in
            for preset in all {
                json.object { json in
                    json.member("name", preset.name)
                    json.member("purpose", preset.purpose)
                }
            }
        }
        return json.text
    }
}

extension MappingProposal {
    fileprivate var json: String {
        var json = JSONText()
        json.object { json in
            json.member("file", fileName)
            json.member("rows_read", Int64(rowsRead))
            if let preset { json.member("preset", preset.name) }
            json.member("presets")
            json.array { json in
                for fit in fits.prefix(5) { json.write(fit) }
            }
            json.member("columns")
            json.array { json in
                for column in columns { json.write(column) }
            }
            json.member("mapping", text)
        }
        return json.text
    }
}

extension JSONText {
    fileprivate mutating func write(_ fit: PresetFit) {
        object { json in
            json.member("name", fit.preset.name)
            json.member("score", Int64(fit.score))
            json.member("understood")
            json.array { json in for name in fit.understood { json.string(name) } }
            json.member("not_understood")
            json.array { json in for name in fit.notUnderstood { json.string(name) } }
        }
    }

    fileprivate mutating func write(_ column: ColumnReading) {
        object { json in
            json.member("header", column.header)
            json.member("name", column.name)
            json.member("as", column.type.rawValue)
            if let format = column.format { json.member("format", format) }
            if column.isPersonal { json.member("personal", true) }
            if !column.choices.isEmpty {
                json.member("of")
                json.array { json in for choice in column.choices { json.string(choice) } }
            }
            json.member("certainty", column.certainty.rawValue)
            json.member("why", column.why)
        }
    }
}
