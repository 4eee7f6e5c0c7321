import Answers
import Foundation
import Testing

@testable import interlock

/// What is written for people's eyes alone: whole or not at all, for its owner alone, and in place of nothing else.
@Suite struct PrivateFileTests {
    @Test func appearsWholeAndForItsOwnerAlone() throws {
        try withTemporaryFolder { folder in
            let path = folder.path + "/sheet.csv"
            let file = try PrivateFile(replacing: path)
            try file.handle.write(contentsOf: Data("id\n1\n".utf8))
            #expect(!FileManager.default.fileExists(atPath: path))
            try file.commit()
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "id\n1\n")
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test func replacesNeitherWorkNorDevices() throws {
        try withTemporaryFolder { folder in
            let path = folder.path + "/sheet.csv"
            try Data("mended".utf8).write(to: URL(fileURLWithPath: path))
            #expect(throws: Trouble.self) { try PrivateFile(replacing: path, isNew: true) }
            #expect(throws: Trouble.self) { try PrivateFile(replacing: folder.path) }
            mkfifo(folder.path + "/pipe", 0o600)
            #expect(throws: Trouble.self) { try PrivateFile(replacing: folder.path + "/pipe") }
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "mended")
        }
    }
}
