import Foundation
import GRDB
import Testing

@testable import Access

@Suite struct MigrationTests {
    private static var next: DatabaseMigrator {
        var migrator = AccessSchema.migrations
        migrator.registerMigration("next") { try $0.execute(sql: "ALTER TABLE member ADD COLUMN phone TEXT") }
        return migrator
    }

    private static var failing: DatabaseMigrator {
        var migrator = next
        migrator.registerMigration("failing") { try $0.execute(sql: "ALTER TABLE nothing ADD COLUMN phone TEXT") }
        return migrator
    }

    @Test func beforeAFileGetsAnotherFormACopyOfItIsKeptAndIsTheWayBack() throws {
        let office = try Office()
        try office.join("ann@acme.example")
        try office.store.close()
        try AccessStore(folder: office.folder, migrations: MigrationTests.next).close()
        // The program of before leaves the newer file alone.
        #expect(throws: AccessError.newer(office.store.path)) { try AccessStore(folder: office.folder) }
        for ending in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: office.store.path + ending) }
        try Data(contentsOf: URL(fileURLWithPath: office.store.path + ".format-2"))
            .write(to: URL(fileURLWithPath: office.store.path))
        let back = try AccessStore(folder: office.folder)
        #expect(try back.members().map(\.email) == ["ann@acme.example"])
        #expect(try back.verifyAudit().isSound)
    }

    @Test func aMigrationThatFailsLeavesWhatItFound() throws {
        let office = try Office()
        try office.join("ann@acme.example")
        try office.store.close()
        try AccessStore(folder: office.folder, migrations: MigrationTests.next).close()
        #expect(throws: AccessError.self) { try AccessStore(folder: office.folder, migrations: MigrationTests.failing) }
        let kept = try AccessStore(folder: office.folder, migrations: MigrationTests.next)
        #expect(try kept.members().map(\.email) == ["ann@acme.example"])
    }

    @Test func aDamagedFileIsNotMigrated() throws {
        let office = try Office()
        for number in 1...300 {
            try office.store.note(at: office.now, actor: "member 1", deed: "did", subject: "thing \(number)")
        }
        try office.store.close()
        var bytes = try Data(contentsOf: URL(fileURLWithPath: office.store.path))
        bytes.replaceSubrange(bytes.count / 2..<bytes.count / 2 + 8192, with: Data(repeating: 0xFF, count: 8192))
        try bytes.write(to: URL(fileURLWithPath: office.store.path))
        #expect { try AccessStore(folder: office.folder, migrations: MigrationTests.next) } throws: { error in
            if case .damaged = error as? AccessError { true } else { false }
        }
    }

    @Test func aFileThatIsNotOursIsLeftAlone() throws {
        let folder = NSTemporaryDirectory() + "interlock-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/" + AccessStore.file
        try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE other (x)") }
        #expect(throws: AccessError.notOurs(path)) { try AccessStore(folder: folder) }
        try Data("no database at all, but long enough to look like one".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: AccessError.notOurs(path)) { try AccessStore(folder: folder) }
    }

    @Test func theFileIsForItsOwnerAlone() throws {
        let office = try Office()
        let rights = try FileManager.default.attributesOfItem(atPath: office.store.path)[.posixPermissions] as? Int
        #expect(rights == 0o600)
    }
}
