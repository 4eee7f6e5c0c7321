import Access
import Answers
import ArgumentParser
import Crypto
import Foundation
import Importing
import Journal
import OutboxSQLite
import StoreSQLite
import Sync
import Vocabulary

struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy everything that cannot be rebuilt, while the server runs, and prove the copy.",
        discussion: """
            interlock backup --to backups/2026-02-02

            The folder is a journal like any other: to restore, stop the server and name it with --journal. It holds the \
            people and the keys to their values, so keep it as you keep the journal. Backups made before an erasure still \
            hold what was erased.
            """)

    @OptionGroup var journal: JournalOption
    @Option(name: .customLong("to"), help: "A folder that is not there yet.", completion: .directory) var folder: String
    @Flag(help: "Print what was copied as JSON.") var json = false

    func run() throws {
        try reportingTrouble {
            let store = try journal.open()
            let copy = try BackupFolder(folder)
            let began = Instant.now
            let head = try store.copy(to: copy.partial)
            if AccessStore.exists(in: store.path) {
                let access = try AccessStore(folder: store.path)
                try access.copy(to: copy.partial + "/" + AccessStore.file)
                try access.close()
            }
            // After the journal: what it says was sent, the outbox knows too, so that nothing is sent again.
            if SQLiteOutbox.exists(in: store.path) {
                let outbox = try SQLiteOutbox(folder: store.path)
                try outbox.copy(to: copy.partial + "/" + SQLiteOutbox.file)
                try outbox.close()
            }
            let proof = try BackupProof(of: copy.partial, expecting: head)
            try copy.finish(with: proof.manifest(made: began))
            print(json ? proof.manifest(made: began) : proof.text(folder: folder))
        }
    }
}

/// A folder that appears whole or not at all, for its owner alone.
private struct BackupFolder {
    let path: String
    var partial: String { path + ".partial" }

    init(_ path: String) throws {
        self.path = path
        guard !FileManager.default.fileExists(atPath: path) else {
            throw Trouble("\(path) is there already", remedy: "Name a folder that is not there yet.")
        }
        try? FileManager.default.removeItem(atPath: path + ".partial")
        do {
            try FileManager.default.createDirectory(
                atPath: path + ".partial", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Trouble("\(path) cannot be made", remedy: "Check the folder it is to lie in and who may write there.")
        }
    }

    func finish(with manifest: String) throws {
        let file = try PrivateFile(replacing: partial + "/backup.json")
        file.handle.write(Data((manifest + "\n").utf8))
        try file.commit()
        guard rename(partial, path) == 0 else {
            throw Trouble("\(path) cannot be made", remedy: "What was copied is in \(partial).")
        }
    }
}

/// What a backup holds, once it has been opened and checked as whoever restores it would.
private struct BackupProof {
    private let verification: Verification
    private let audit: AuditHead?
    private let files: [(name: String, bytes: Int, digest: String)]

    init(of folder: String, expecting head: JournalHead) throws {
        let copy = try JournalOption.open(folder)
        verification = try copy.verify(expecting: head)
        try copy.close()
        guard verification.isSound, verification.head == head else {
            let what = verification.damage.first?.what ?? "it ends elsewhere"
            throw Trouble(
                "the copy is not sound: \(what)", remedy: "Run `interlock journal verify`: the journal may be damaged.")
        }
        audit = try BackupProof.checkAccess(in: folder)
        try BackupProof.checkOutbox(in: folder)
        files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            .filter { $0.hasSuffix(".sqlite") }.map { name in
                let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name), options: .alwaysMapped)
                return (name, data.count, Hex.text(Array(SHA256.hash(data: data))))
            }
    }

    private static func checkAccess(in folder: String) throws -> AuditHead? {
        guard AccessStore.exists(in: folder) else { return nil }
        let access = try AccessStore(folder: folder)
        defer { try? access.close() }
        let found = try access.verifyAudit()
        guard let damage = found.damage else { return found.head }
        throw Trouble(
            "the copy's audit trail is not sound: entry \(damage.sequence), \(damage.what)",
            remedy: "Run `interlock audit verify`: the trail may be damaged.")
    }

    private static func checkOutbox(in folder: String) throws {
        guard SQLiteOutbox.exists(in: folder) else { return }
        let outbox = try SQLiteOutbox(folder: folder)
        defer { try? outbox.close() }
        do {
            try outbox.checkIntegrity()
        } catch OutboxError.damaged(let what) {
            throw Trouble(
                "the copy's outbox is not sound: \(what)", remedy: OutboxError.damaged(what).remedy)
        }
    }

    func text(folder: String) -> String {
        """
        Copied to \(folder): \(grouped(Int(verification.facts))) facts, \(grouped(Int(verification.personalValues))) personal \
        values. The copy was opened and is sound.
        Head: \(verification.head.text)
        """
    }

    func manifest(made: Instant) -> String {
        var json = JSONText()
        json.object { json in
            json.member("interlock", "backup")
            json.member("format", 1)
            json.member("made", made.fixedWidthText)
            json.member("facts", verification.facts)
            json.member("head", verification.head.text)
            if let audit { json.member("audit_head", audit.text) }
            json.member("files")
            json.array { json in
                for file in files {
                    json.object { json in
                        json.member("name", file.name)
                        json.member("bytes", Int64(file.bytes))
                        json.member("sha256", file.digest)
                    }
                }
            }
        }
        return json.text
    }
}
