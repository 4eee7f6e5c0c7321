internal import Foundation
internal import GRDB
internal import Journal
internal import Vocabulary

/// Recomputes the chain over every fact in order and compares it with what stands beside each.
struct ChainVerifier {
    private let facts: RawStatement
    private let seals: RowCursor
    private let catalog: Catalog
    private let expected: JournalHead?
    private var nextSeal: Row?
    private var lastSealed: Int64 = 0
    private var chain = Chain.beginning
    private var sequence: Int64 = 0
    private var expectedLink: [UInt8]?
    private var scratch: [UInt8] = []

    /// Stops at the first damage: what follows hangs on it.
    static func run(_ db: Database, catalog: Catalog, expected: JournalHead?) throws -> Verification {
        var verifier = try ChainVerifier(db, catalog: catalog, expected: expected)
        defer { verifier.facts.reset() }
        var found: [Verification.Damage]
        do {
            found = try verifier.firstDamage().map { [$0] } ?? []
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
            found = [verifier.damage(error.message ?? "SQLite cannot read it")]
        }
        if found.isEmpty {
            found = Verification.damage(
                expected: expected, found: verifier.expectedLink, facts: verifier.sequence)
        }
        return Verification(
            facts: verifier.sequence, personalValues: 0, erasedPeople: 0,
            head: JournalHead(sequence: verifier.sequence, link: verifier.chain.link), damage: found)
    }

    private init(_ db: Database, catalog: Catalog, expected: JournalHead?) throws {
        facts = try RawStatement(
            db,
            "SELECT sequence, key, shape, occurred, known, recorded, mark, body, person FROM fact ORDER BY sequence")
        seals = try Row.fetchCursor(db, sql: "SELECT sequence, link FROM sealed ORDER BY sequence")
        self.catalog = catalog
        self.expected = expected
        nextSeal = try seals.next()
        expectedLink = expected?.sequence == 0 ? chain.link : nil
    }

    private mutating func firstDamage() throws -> Verification.Damage? {
        while try facts.step() {
            if let what = try damageOfNext() { return damage(what) }
        }
        if let seal = nextSeal {
            return damage("facts up to \(try seal.read("sequence", Int64.self)) were sealed, and they are missing")
        }
        return lastSealed == sequence
            ? nil : Verification.Damage(sequence: lastSealed + 1, what: "no seal was set on it")
    }

    private func damage(_ what: String) -> Verification.Damage {
        Verification.Damage(sequence: sequence + 1, what: what)
    }

    /// What is wrong with the fact under the cursor; `nil` when it is the one that was written.
    private mutating func damageOfNext() throws -> String? {
        guard facts.integer(0) == sequence + 1 else { return "fact \(facts.integer(0)) stands in its place" }
        guard let entry = catalog.shapes[facts.integer(2)] else { return "its shape is missing" }
        let key = facts.blob(1)
        guard key.count > StoredKey.streamBytes, Int64(key[0]) << 8 | Int64(key[1]) == entry.stream else {
            return "its key is not of its source and object"
        }
        var extended = chain
        let mark = extended.extend(
            shape: entry.digest, occurred: Instant(milliseconds: facts.integer(3)),
            known: Instant(milliseconds: facts.integer(4)), recorded: Instant(milliseconds: facts.integer(5)),
            person: facts.isNull(8) ? nil : facts.integer(8),
            key: UnsafeBufferPointer(rebasing: key[StoredKey.streamBytes...]), body: facts.blob(7),
            scratch: &scratch)
        guard mark == facts.integer(6) else { return "it is not what was written" }
        if let what = try damageOfSeal(extended) { return what }
        chain = extended
        sequence += 1
        if sequence == expected?.sequence { expectedLink = chain.link }
        return nil
    }

    private mutating func damageOfSeal(_ extended: Chain) throws -> String? {
        guard let seal = nextSeal, try seal.read("sequence") == sequence + 1 else { return nil }
        guard Array(try seal.read("link", Data.self)) == extended.link else {
            return "the seal on it is not the one that was set"
        }
        lastSealed = sequence + 1
        nextSeal = try seals.next()
        return nil
    }
}
