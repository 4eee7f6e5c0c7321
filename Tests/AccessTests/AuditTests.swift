import Access
import Foundation
import GRDB
import Roles
import Testing
import Vocabulary

@Suite struct AuditTests {
    @Test func everyChangeIsWrittenDown() throws {
        let office = try Office()
        let ann = try office.join("ann@acme.example")
        _ = try office.signIn("ann@acme.example", "falsch")
        let session = try #require(try office.session(office.cookie("ann@acme.example")))
        let key = try office.store.makeKey(
            KeyRequest(name: "Site", scopes: [.send], source: "web"), by: .member(ann.id), at: office.now
        ).key
        try office.store.revokeKey(key.id, by: .member(ann.id), at: office.now)
        try office.store.signOut(session, at: office.now)
        try office.store.note(at: office.now, actor: "member 1", deed: "erased", subject: "record:crm/contact/7")
        #expect(
            try office.audit() == [
                "the program invited: invitation 1 (operator)", "member 1 joined: invitation 1 (operator)",
                "somebody gave a wrong password: member 1", "member 1 signed in: sign-in 1",
                "member 1 made a key: key 1 (send)", "member 1 revoked a key: key 1", "member 1 signed out: sign-in 1",
                "member 1 erased: record:crm/contact/7",
            ])
        #expect(try office.store.verifyAudit().isSound)
    }

    /// What somebody with the file in their hands may do to it, and the entry at which it shows.
    @Test(arguments: [
        ("UPDATE audit SET detail = 'rep' WHERE sequence = 20", 20),
        ("UPDATE audit SET at = at + 1 WHERE sequence = 1", 1),
        ("UPDATE audit SET actor = 'member 2' WHERE sequence = 40", 40),
        ("UPDATE audit SET actor = actor || substr(deed, 1, 1), deed = substr(deed, 2) WHERE sequence = 7", 7),
        ("DELETE FROM audit WHERE sequence = 12", 12), ("DELETE FROM audit WHERE sequence <= 3", 1),
        ("DELETE FROM audit WHERE sequence > 38", 38),
        (
            "UPDATE audit SET sequence = -sequence WHERE sequence IN (5, 6); UPDATE audit SET sequence = 11 + sequence WHERE sequence < 0",
            5
        ),
        ("INSERT INTO audit SELECT 41, at, actor, deed, subject, detail, link FROM audit WHERE sequence = 40", 41),
        ("UPDATE audit SET link = zeroblob(32) WHERE sequence = 40", 40),
    ])
    func whatIsChangedShowsAtThatEntry(sql: String, sequence: Int64) throws {
        let office = try Office()
        for number in 1...40 {
            try office.store.note(at: office.now, actor: "member 1", deed: "did", subject: "thing \(number)")
        }
        let head = try office.store.auditHead()
        #expect(try office.store.verifyAudit(expecting: head).isSound)
        let file = try DatabaseQueue(path: office.store.path)
        if !sql.hasPrefix("INSERT") {
            #expect(throws: DatabaseError.self) { try file.write { try $0.execute(sql: sql) } }
        }
        try file.write { db in
            try db.execute(sql: "DROP TRIGGER audit_is_never_updated; DROP TRIGGER audit_is_never_deleted")
            try db.execute(sql: sql)
        }
        let found = try office.store.verifyAudit(expecting: head)
        #expect(found.damage?.sequence == sequence, "\(found.damage?.what ?? "nothing")")
    }

    @Test func aTrailWrittenAnewIsToldByTheHeadThatWasWrittenDown() throws {
        let (office, other) = (try Office(), try Office())
        for number in 1...5 {
            try office.store.note(at: office.now, actor: "member 1", deed: "did", subject: "thing \(number)")
            try other.store.note(at: other.now, actor: "member 2", deed: "did", subject: "thing \(number)")
        }
        #expect(try other.store.verifyAudit().isSound)
        #expect(try other.store.verifyAudit(expecting: office.store.auditHead()).damage?.sequence == 5)
        let text = try office.store.auditHead().text
        #expect(AuditHead(text: text) == (try office.store.auditHead()))
        #expect(AuditHead(text: "5:zz") == nil)
    }
}
