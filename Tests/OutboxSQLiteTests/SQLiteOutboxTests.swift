import Foundation
import GRDB
import OutboxContract
import OutboxSQLite
import Sync
import Testing
import Vocabulary

@Suite struct SQLiteOutboxTests {
    private let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "interlock-outbox-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    @Test(arguments: OutboxContract.promises)
    func keeps(_ promise: OutboxContract.Promise) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let outbox = try SQLiteOutbox(folder: folder)
        try promise.isKept(outbox)
        try outbox.close()
    }

    @Test func everythingIsThereAgainAfterItWasClosed() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let now = Instant(milliseconds: 1_770_000_000_000)
        let entry = OutboxEntry("a", kind: "lead", recipient: "a@b.example", target: "mail", made: now, due: now)
        let first = try SQLiteOutbox(folder: folder)
        _ = try first.add([entry])
        let claim = try #require(try first.claim(1, at: now, lease: .seconds(9)).first)
        try first.close()
        try first.close()
        let second = try SQLiteOutbox(folder: folder)
        #expect(try second.entry(entry.key)?.state == .claimed)
        #expect(try second.add([entry]) == 0)
        // The number of a claim is never given again, also by another process.
        let again = try #require(try second.claim(1, at: now + .seconds(9), lease: .seconds(9)).first)
        #expect(again.fence > claim.fence)
        try second.close()
    }

    @Test func whatIsNoOutboxIsLeftAlone() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/" + SQLiteOutbox.file
        let other = try DatabaseQueue(path: path)
        try other.write { try $0.execute(sql: "CREATE TABLE a (b)") }
        try other.close()
        #expect(throws: OutboxError.notOurs(path)) { try SQLiteOutbox(folder: folder) }
        try Data("no database at all, and long enough to be one".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: OutboxError.self) { try SQLiteOutbox(folder: folder) }
    }

    @Test func onlyItsOwnerReadsIt() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let outbox = try SQLiteOutbox(folder: folder)
        let attributes = try FileManager.default.attributesOfItem(atPath: outbox.path)
        #expect((attributes[.posixPermissions] as? Int) == 0o600)
        try outbox.close()
    }
}
