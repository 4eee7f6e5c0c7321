import Foundation
import Testing

/// The small example company, copied into a folder of its own with its journal, for tests from outside.
struct BirchCompany {
    let folder: TemporaryFolder
    private let program: ProgramUnderTest

    init(importing: Bool = true) throws {
        folder = try TemporaryFolder()
        program = ProgramUnderTest(folder: folder, environment: ["INTERLOCK_JOURNAL": folder.path + "/journal"])
        try FileManager.default.copyItem(
            at: CommandRun.package.appendingPathComponent("Examples/birch"),
            to: URL(fileURLWithPath: folder.path + "/birch"))
        guard importing else { return }
        for name in ["contacts", "happenings"] {
            let run = try self.run("import", file("\(name).csv"), "--mapping", file("\(name).yaml"))
            try #require(run.code == 0, "\(run.errors)")
        }
    }

    func file(_ name: String) -> String { folder.path + "/birch/" + name }
    var agreement: String { file("agreement.yaml") }
    var draft: String { file("draft.yaml") }

    func run(_ arguments: String...) throws -> ProgramUnderTest.Outcome {
        try program.run(ProgramUnderTest.path, arguments)
    }

    func run(_ arguments: [String]) throws -> ProgramUnderTest.Outcome {
        try program.run(ProgramUnderTest.path, arguments)
    }

    func json(_ arguments: String...) throws -> [String: Any] {
        let outcome = try run(arguments + ["--json"])
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
        return try #require(object as? [String: Any], "\(outcome.errors)")
    }

    /// An agreement with a change, as a file of its own beside it.
    func changed(_ old: String, _ new: String, as name: String) throws -> String {
        let text = try String(contentsOfFile: agreement, encoding: .utf8)
        try #require(text.contains(old))
        return try folder.write(text.replacing(old, with: new), to: "birch/" + name)
    }

    private static let officers = [("maria", "marketing"), ("carlos", "sales"), ("ada", "executive")]

    /// Signed by all who must, with keys made for it.
    func sign(_ file: String, at instant: String) throws {
        for (name, _) in Self.officers where !FileManager.default.fileExists(atPath: key(name)) {
            let made = try run(
                "sign", "key", "--as", "\(name)@birch.example", "--out", key(name), "--at", "2025-12-01T09:00Z")
            try #require(made.code == 0, "\(made.errors)")
        }
        for (name, side) in Self.officers {
            let signed = try run(
                "sign", file, "--as", "\(name)@birch.example", "--side", side, "--key", key(name), "--at", instant)
            try #require(signed.code == 0, "\(signed.errors)")
        }
    }

    private func key(_ name: String) -> String { folder.path + "/\(name).key" }
}

let zonesOfBirchAreMissing = !FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/Europe/Berlin")
