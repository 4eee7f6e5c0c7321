internal import Foundation
internal import GRDB
internal import Journal
internal import Vocabulary

/// Recomputes the chain over every fact in order and compares it with what stands beside each.
struct JournalVerifier {
    private let facts: RawStatement
    private let seals: RowCursor
    private let catalog: Catalog
    private let expected: JournalHead?
    private var nextSeal: Row?
    private var chain = Chain.beginning
    private var sequence: Int64 = 0
    private var expectedLink: [UInt8]?
    private var scratch: [UInt8] = []

    init(_ db: Database, catalog: Catalog, expected: JournalHead?) throws {
        facts = try RawStatement(
            db, "SELECT sequence, key, shape, occurred, known, recorded, mark, body FROM fact ORDER BY sequence")
        seals = try Row.fetchCursor(db, sql: "SELECT sequence, link FROM sealed ORDER BY sequence")
        self.catalog = catalog
        self.expected = expected
        nextSeal = try seals.next()
        expectedLink = expected?.sequence == 0 ? chain.link : nil
    }

    /// Stops at the first damage: what follows hangs on it.
    mutating func run() throws -> Verification {
        defer { facts.reset() }
        while try facts.step() {
            if let what = try damage() {
                return verification([Verification.Damage(sequence: sequence + 1, what: what)])
            }
        }
        if let seal = nextSeal {
            let missing = (seal["sequence"] as Int64) - sequence
            return verification([
                Verification.Damage(sequence: sequence + 1, what: "\(missing) facts are missing before the next seal")
            ])
        }
        return verification(Verification.damage(expected: expected, found: expectedLink, facts: sequence))
    }

    private func verification(_ damage: [Verification.Damage]) -> Verification {
        Verification(
            facts: sequence, personalValues: 0, erasedPeople: 0,
            head: JournalHead(sequence: sequence, link: chain.link), damage: damage)
    }

    /// What is wrong with the fact under the cursor; `nil` when it is the one that was written.
    private mutating func damage() throws -> String? {
        guard facts.integer(0) == sequence + 1 else {
            return "\(facts.integer(0) - sequence - 1) facts are missing before it"
        }
        guard let entry = catalog.shapes[facts.integer(2)] else { return "its shape is missing" }
        let key = facts.blob(1)
        guard key.count > StoredKey.streamBytes, Int64(key[0]) << 8 | Int64(key[1]) == entry.stream else {
            return "its key is not of its source and object"
        }
        let mark = chain.extend(
            shape: entry.digest, occurred: Instant(milliseconds: facts.integer(3)),
            known: Instant(milliseconds: facts.integer(4)), recorded: Instant(milliseconds: facts.integer(5)),
            key: UnsafeBufferPointer(rebasing: key[StoredKey.streamBytes...]), body: facts.blob(7),
            scratch: &scratch)
        guard mark == facts.integer(6) else { return "it is not what was written" }
        sequence += 1
        if sequence == expected?.sequence { expectedLink = chain.link }
        return try sealDamage()
    }

    private mutating func sealDamage() throws -> String? {
        guard let seal = nextSeal, seal["sequence"] == sequence else { return nil }
        nextSeal = try seals.next()
        return Array(seal["link"] as Data) == chain.link ? nil : "the seal on it is not the one that was set"
    }
}
