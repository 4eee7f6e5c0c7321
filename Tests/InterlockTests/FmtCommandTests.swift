import Foundation
import Testing

/// `interlock fmt`, from outside.
@Suite struct FmtCommandTests {
    private let untidy = "company:   N   # us\n\n\nstages: {lead: {side: marketing,enter: always}}"
    private let tidy = "company: N     # us\n\nstages: {lead: {side: marketing, enter: always}}\n"

    private func permissions(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    @Test func writesTheFileInItsPlace() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(untidy, to: "agreement.yaml")
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file)
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/link.yaml", withDestinationPath: "agreement.yaml")
        let result = try CommandRun(["fmt", folder.path + "/link.yaml"])
        #expect(result.exitCode == 0 && result.output.isEmpty && result.errors.isEmpty)
        #expect(try text(file) == tidy)
        #expect(try permissions(file) == 0o640)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.sorted() == ["agreement.yaml", "link.yaml"])
        #expect(
            try FileManager.default.destinationOfSymbolicLink(atPath: folder.path + "/link.yaml") == "agreement.yaml")
    }

    @Test func checkTellsAndWritesNothing() throws {
        let folder = try TemporaryFolder()
        let (file, other) = (try folder.write(untidy, to: "a.yaml"), try folder.write(tidy, to: "b.yaml"))
        let result = try CommandRun(["fmt", "--check", other, file])
        #expect(result.exitCode == 1)
        #expect(
            result.output == """
                \(file):1
                -company:   N   # us
                +company: N     # us
                \(file):3
                -
                \(file):4
                -stages: {lead: {side: marketing,enter: always}}
                +stages: {lead: {side: marketing, enter: always}}
                \(file) is not laid out: interlock fmt \(file)

                """)
        #expect(try text(file) == untidy)
        #expect(try CommandRun(["fmt", "--check", other]).exitCode == 0)
    }

    @Test(arguments: [
        ("company: [N\n", "not-yaml"), ("company:\tN\n", "tab"), ("company: &a N\n", "unsupported-yaml"),
        ("company: N\ncompany: M\n", "duplicate-key"),
    ])
    func whatCannotBeReadIsLeftAsItIs(yaml: String, code: String) throws {
        let folder = try TemporaryFolder()
        let (file, other) = (try folder.write(yaml, to: "a.yaml"), try folder.write(untidy, to: "b.yaml"))
        let result = try CommandRun(["fmt", file, other])
        #expect(result.exitCode == 1 && result.errors.contains(": \(code)\n"), "\(result.errors)")
        #expect(result.errors.contains("a.yaml is left as it is."))
        #expect(try text(file) == yaml)
        #expect(try text(other) != untidy, "the others are laid out all the same")
    }

    @Test func whatCannotBeWrittenIsTrouble() throws {
        let folder = try TemporaryFolder()
        let missing = try CommandRun(["fmt", folder.path + "/missing.yaml"])
        #expect(missing.exitCode == 3 && missing.errors.contains("no such file"), "\(missing.errors)")
        let file = try folder.write(untidy, to: "a.yaml")
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.path)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path) }
        guard !FileManager.default.isWritableFile(atPath: folder.path) else { return }
        let result = try CommandRun(["fmt", file])
        #expect(result.exitCode == 3 && result.errors.contains("cannot be written"), "\(result.errors)")
        #expect(try text(file) == untidy)
    }
}
