import Foundation
import Testing

/// The table of ARCHITECTURE.md, as a test: which module may import what.
@Suite struct ModuleBoundaryTests {
    private static let allowed: [String: Set<String>] = [
        "Vocabulary": [],
        "ICalendar": ["Vocabulary", "CLibical"],
        "Findings": ["Yams"],
        "Reports": ["Vocabulary", "Findings", "Engine", "Journal", "Agreement"],
        "Agreement": ["Vocabulary", "Findings", "Engine", "Journal"],
        "PublicSuffixes": ["CPSL"],
        "Identity": ["Vocabulary", "Journal"],
        "Engine": ["Vocabulary", "Journal", "Identity", "Synchronization"],
        "Journal": ["Vocabulary", "Crypto", "Synchronization", "Dispatch"],
        "SQLiteFiles": ["GRDB", "Foundation"],
        "StoreSQLite": [
            "Vocabulary", "Journal", "SQLiteFiles", "GRDB", "GRDBSQLite", "Crypto", "Synchronization", "Foundation",
            "Dispatch",
        ],
        "Intake": ["Vocabulary", "Findings", "Journal", "Crypto"],
        "Sample": ["Vocabulary"],
        "Roles": [],
        "Sync": ["Vocabulary", "Findings", "Journal", "Engine", "Crypto", "Synchronization"],
        "OutboxSQLite": ["Vocabulary", "Sync", "SQLiteFiles", "GRDB", "Foundation", "Synchronization"],
        "Postman": ["Sync", "CCurl", "Glibc"],
        "Inbound": ["Vocabulary", "Journal", "Intake", "Crypto"],
        "OpenID": ["Vocabulary", "Crypto", "JWTKit", "Foundation"],
        "Importing": [
            "Vocabulary", "Findings", "Journal", "Intake", "Answers", "StoreSQLite", "CZlib", "Crypto", "Foundation",
        ],
        "Access": [
            "Vocabulary", "Journal", "Roles", "SQLiteFiles", "CSodium", "Crypto", "GRDB", "Foundation",
            "Synchronization",
        ],
        "Answers": [
            "Vocabulary", "Findings", "Engine", "Identity", "Journal", "Agreement", "Reports", "Intake", "ICalendar",
            "PublicSuffixes", "Foundation", "Dispatch", "Synchronization",
        ],
        "Web": [
            "Vocabulary", "Findings", "Journal", "Engine", "Agreement", "Reports", "Answers", "Intake", "Importing",
            "Inbound", "Roles", "Sync", "CZlib",
            "Access", "OpenID", "AsyncHTTPClient", "Hummingbird", "HummingbirdCore", "HTTPTypes",
            "Logging",
            "NIOCore", "NIOHTTP1", "NIOHTTPTypes", "NIOPosix", "ServiceLifecycle", "UnixSignals", "Synchronization",
            "Foundation",
            "Dispatch",
        ],
    ]

    @Test(arguments: ModuleBoundaryTests.allowed.keys.sorted())
    func everyFileImportsOnlyWhatItsModuleMay(module: String) throws {
        let folder = packageRoot.appendingPathComponent("Sources/\(module)")
        var strangers: [String] = []
        for file in try swiftFiles(in: folder) {
            let imports = try importedModules(file)
            strangers += imports.subtracting(Self.allowed[module]!).sorted().map { "\(file.lastPathComponent): \($0)" }
        }
        #expect(strangers.isEmpty)
    }

    @Test func everyModuleHasARow() throws {
        let sources = packageRoot.appendingPathComponent("Sources")
        let folders = try FileManager.default.contentsOfDirectory(atPath: sources.path)
            .filter { !$0.hasPrefix(".") && !$0.hasPrefix("C") && $0 != "interlock" }
        #expect(Set(folders) == Set(Self.allowed.keys))
    }

    @Test func theTableIsWhatArchitectureSays() throws {
        let text = try String(contentsOf: packageRoot.appendingPathComponent("ARCHITECTURE.md"), encoding: .utf8)
        for module in Self.allowed.keys { #expect(text.contains("| `\(module)` |")) }
    }
}

private let packageRoot = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

private func swiftFiles(in folder: URL) throws -> [URL] {
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return paths.filter { $0.hasSuffix(".swift") }.map { folder.appendingPathComponent($0) }
}

/// `internal import struct Foundation.Date` imports Foundation.
private func importedModules(_ file: URL) throws -> Set<String> {
    let pattern =
        /^(?:@[a-zA-Z_]+(?:\([a-zA-Z]*\))? +)?(?:public |package |internal |fileprivate |private )?import (?:(?:struct|class|enum|func|protocol|typealias|let|var) )?([A-Za-z0-9_]+)/
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    return Set(lines.compactMap { $0.firstMatch(of: pattern).map { String($0.1) } })
}
