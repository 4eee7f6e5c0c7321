internal import Synchronization
public import Vocabulary

/// A journal in memory: for tests, dry runs and back-tests. Slow where being obvious costs speed.
public final class MemoryJournal: JournalStore {
    fileprivate struct State: Sendable {
        var facts: [StoredFact] = []
        var chain = Chain.beginning
        var byKey: [FactKey: Int] = [:]
        var byRecord: [FactKey: [Int]] = [:]
        var people: [PersonRecord] = []
        var values: [Int64: [Commitment: String]] = [:]
        var marks: [String: ImportMark] = [:]
        var markOrder: [String] = []
        var rejects: [KeptReject] = []
        var settled: Set<Int64> = []
    }

    private let state = Mutex(State())
    private let makeKey: @Sendable () -> PersonKey

    /// `makeKey` draws a person's key; the shell gives one that draws from the system.
    public init(makeKey: @escaping @Sendable () -> PersonKey) {
        self.makeKey = makeKey
    }

    public func head() throws -> JournalHead {
        state.withLock { JournalHead(sequence: Int64($0.facts.count), link: $0.chain.link) }
    }

    public func append(_ group: JournalGroup) throws -> [[Receipt]] {
        try state.withLock { state in
            var next = state
            let receipts = try group.batches.map { try next.append($0, makeKey) }
            for reject in group.rejects { next.keep(reject) }
            for mark in group.marks { next.keep(mark) }
            state = next
            return receipts
        }
    }

    public func stored(after sequence: Int64, limit: Int) throws -> [StoredFact] {
        state.withLock { Array($0.facts.dropFirst(Int(sequence)).prefix(limit)) }
    }

    public func values(ofPerson person: Int64) throws -> [Commitment: String] {
        state.withLock { $0.values[person] ?? [:] }
    }

    public func stored(source: String, object: String, id: String) throws -> [StoredFact] {
        state.withLock { state in
            let places = state.byRecord[FactKey(source: source, object: object, id: id)] ?? []
            return places.map { state.facts[$0] }.sorted { $0.aspect.utf8.lexicographicallyPrecedes($1.aspect.utf8) }
        }
    }

    public func statements(source: String, object: String, _ body: (RecordStatements) throws -> Bool) throws {
        let records = state.withLock { state in
            state.byRecord.filter { $0.key.source == source && $0.key.object == object }
                .map { key, places in
                    let statements = places.map { place in
                        RecordStatements.Statement(
                            aspect: state.facts[place].aspect, kind: state.facts[place].shape.kind,
                            sequence: Int64(place) + 1)
                    }
                    return RecordStatements(
                        id: key.id,
                        statements: statements.sorted {
                            $0.aspect.utf8.lexicographicallyPrecedes($1.aspect.utf8)
                        })
                }
                .sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
        }
        for record in records { guard try body(record) else { return } }
    }

    public func erase(_ subjects: [Subject], at instant: Instant) throws -> Int {
        try state.withLock { state in
            var destroyed = 0
            for subject in subjects { destroyed += try state.erase(subject, at: instant, makeKey) }
            return destroyed
        }
    }

    public func people(after person: Int64, limit: Int) throws -> [PersonRecord] {
        state.withLock { state in Array(state.people.filter { $0.person > person }.prefix(limit)) }
    }

    public func adopt(_ people: [PersonRecord]) throws {
        try state.withLock { state in
            for person in people {
                guard person.person > state.lastPerson else { throw JournalError.outOfOrder(person: person.person) }
                state.people.append(person)
            }
        }
    }

    public func sweep() throws -> Swept { state.withLock { $0.sweep() } }

    public func verify(expecting expected: JournalHead?) throws -> Verification {
        state.withLock { $0.verify(expecting: expected) }
    }

    public func importMark(_ id: String) throws -> ImportMark? { state.withLock { $0.marks[id] } }

    public func importMarks() throws -> [ImportMark] {
        state.withLock { state in state.markOrder.compactMap { state.marks[$0] } }
    }

    public func rejects(ofImport id: String?, after reject: Int64, limit: Int) throws -> [KeptReject] {
        state.withLock { state in
            let waiting = state.rejects.filter { kept in
                kept.number > reject && !state.settled.contains(kept.number)
                    && (id == nil || kept.reject.importID == id)
            }
            return Array(waiting.prefix(limit))
        }
    }

    public func settle(_ rejects: [Int64], as settlement: String) throws {
        state.withLock { state in
            for number in rejects where number >= 1 && number <= state.rejects.count {
                state.settled.insert(number)
                state.rejects[Int(number) - 1].reject = state.rejects[Int(number) - 1].reject.withoutContent
            }
        }
    }

    public func counts() throws -> [FactCount] {
        state.withLock { state in
            var counts: [FactCount: Int64] = [:]
            for fact in state.facts {
                let shape = fact.shape
                counts[FactCount(source: shape.source, object: shape.object, kind: shape.kind, facts: 0), default: 0] +=
                    1
            }
            return counts.map { count, facts in
                FactCount(source: count.source, object: count.object, kind: count.kind, facts: facts)
            }.sorted { ($0.source, $0.object, $0.kind.rawValue) < ($1.source, $1.object, $1.kind.rawValue) }
        }
    }
}

extension MemoryJournal.State {
    mutating func append(_ batch: FactBatch, _ makeKey: () -> PersonKey) throws -> [Receipt] {
        try batch.entries.indices.map { index in
            let entry = batch.entries[index]
            let shape = batch.shapes[entry.shape]
            let parts = batch.keys[batch.keyRange(index)].split(
                separator: FactKey.separator, maxSplits: 1, omittingEmptySubsequences: false)
            let key = FactKey(
                source: shape.source, object: shape.object, id: String(decoding: parts[0], as: UTF8.self),
                aspect: String(decoding: parts[1], as: UTF8.self))
            return try append(key, shape, entry, Array(batch.bodies[batch.bodyRange(index)]), makeKey)
        }
    }

    private mutating func append(
        _ key: FactKey, _ shape: FactShape, _ entry: FactBatch.Entry, _ body: [UInt8], _ makeKey: () -> PersonKey
    ) throws -> Receipt {
        guard entry.holdsPersonal else {
            try checkAdopted(entry.person)
            return append(key, shape, entry, body, person: entry.person)
        }
        guard let person = try holder(key, entry, body, makeKey) else {
            return byKey[key].map { Receipt(.repeated, Int64($0) + 1) } ?? Receipt(.erasedPerson, 0)
        }
        let sealed = try body.withUnsafeBufferPointer {
            try Sealing.seal($0, valueCount: shape.properties.count, under: person.key!)
        }
        let receipt = append(key, shape, entry, sealed.body, person: person.person)
        guard receipt.verdict == .accepted else { return receipt }
        if person.person > lastPerson { people.append(person) }
        for (commitment, value) in sealed.values {
            values[person.person, default: [:]][commitment] = String(decoding: value, as: UTF8.self)
        }
        return receipt
    }

    private mutating func append(
        _ key: FactKey, _ shape: FactShape, _ entry: FactBatch.Entry, _ body: [UInt8], person: Int64?
    ) -> Receipt {
        if let place = byKey[key] {
            let there = facts[place]
            let equal =
                says(there, shape, body) && there.occurred == entry.occurred || lies(there, underErasedNot: person)
            return Receipt(equal ? entry.statement.verdictOfEqual : .keyReused, there.sequence)
        }
        if entry.statement == .restated, let earlier = statedBefore(key), says(earlier, shape, body) {
            return Receipt(.unchanged, earlier.sequence)
        }
        keep(key, shape, entry, body, person)
        return Receipt(.accepted, Int64(facts.count))
    }

    private func says(_ fact: StoredFact, _ shape: FactShape, _ body: [UInt8]) -> Bool {
        fact.shape == shape && fact.body == body
    }

    /// What an erased fact said can no longer be compared: its key alone tells that it is the same.
    private func lies(_ fact: StoredFact, underErasedNot person: Int64?) -> Bool {
        guard let holder = fact.person, let person, holder != person else { return false }
        return people.contains { $0.person == holder && $0.key == nil }
    }

    private mutating func keep(
        _ key: FactKey, _ shape: FactShape, _ entry: FactBatch.Entry, _ body: [UInt8], _ person: Int64?
    ) {
        let fact = StoredFact(
            sequence: Int64(facts.count) + 1, shape: shape, id: key.id, aspect: key.aspect, occurred: entry.occurred,
            known: entry.known, recorded: entry.recorded, body: body, person: person)
        chain.extend(by: fact)
        facts.append(fact)
        byKey[key] = facts.count - 1
        byRecord[FactKey(source: key.source, object: key.object, id: key.id), default: []].append(facts.count - 1)
    }

    /// The nearest earlier statement of the same thing: same key up to the instant at the end of the aspect.
    private func statedBefore(_ key: FactKey) -> StoredFact? {
        let aspect = Array(key.aspect.utf8)
        guard let at = aspect.lastIndex(of: UInt8(ascii: "@")) else { return nil }
        let record = FactKey(source: key.source, object: key.object, id: key.id)
        return (byRecord[record] ?? []).map { facts[$0] }
            .filter { $0.aspect.utf8.starts(with: aspect[...at]) && $0.aspect.utf8.lexicographicallyPrecedes(aspect) }
            .max { $0.aspect.utf8.lexicographicallyPrecedes($1.aspect.utf8) }
    }

    /// The person to keep values under, not yet among `people` when new; `nil` when the fact speaks of an erased time.
    private func holder(
        _ key: FactKey, _ entry: FactBatch.Entry, _ body: [UInt8], _ makeKey: () -> PersonKey
    ) throws -> PersonRecord? {
        if let adopted = entry.person { return try self.adopted(adopted) }
        let subject = try body.withUnsafeBufferPointer { try Sealing.subject(ofBody: $0, else: key) }
        switch KeyHolder(among: people.filter { $0.subject == subject }, at: entry.occurred) {
        case .person(let person): return person
        case .new: return PersonRecord(person: lastPerson + 1, subject: subject, key: makeKey(), erased: nil)
        case .erased: return nil
        }
    }

    private func adopted(_ person: Int64) throws -> PersonRecord {
        guard let record = people.first(where: { $0.person == person }), record.key != nil else {
            throw JournalError.unknownPerson(person)
        }
        return record
    }

    private func checkAdopted(_ person: Int64?) throws {
        guard let person, !people.contains(where: { $0.person == person }) else { return }
        throw JournalError.unknownPerson(person)
    }

    var lastPerson: Int64 { people.last?.person ?? 0 }

    mutating func erase(_ subject: Subject, at instant: Instant, _ makeKey: () -> PersonKey) throws -> Int {
        guard let place = people.lastIndex(where: { $0.subject == subject && $0.key != nil }) else { return 0 }
        let person = people[place].person
        let destroyed = values.removeValue(forKey: person)?.count ?? 0
        people[place].key = nil
        people[place].erased = instant
        var batch = FactBatch()
        batch.append(Fact.erased(subject, values: destroyed, at: instant))
        _ = try append(batch, makeKey)
        return destroyed
    }

    mutating func sweep() -> Swept {
        let referred = Dictionary(grouping: facts.filter { $0.person != nil }, by: { $0.person! })
        let orphans = people.filter { $0.key != nil && referred[$0.person] == nil }
        var swept = Swept(people: Int64(orphans.count), values: 0)
        for orphan in orphans { swept.values += Int64(values.removeValue(forKey: orphan.person)?.count ?? 0) }
        people.removeAll { orphans.contains($0) }
        for person in values.keys {
            let needed = Set((referred[person] ?? []).flatMap { (try? $0.commitments()) ?? [] })
            let kept = values[person]!.filter { needed.contains($0.key) }
            swept.values += Int64(values[person]!.count - kept.count)
            values[person] = kept
        }
        return swept
    }

    mutating func keep(_ reject: Reject) {
        guard !rejects.contains(where: { $0.reject.isOfSamePlace(as: reject) }) else { return }
        rejects.append(KeptReject(number: Int64(rejects.count) + 1, reject: reject))
    }

    mutating func keep(_ mark: ImportMark) {
        if marks[mark.id] == nil { markOrder.append(mark.id) }
        marks[mark.id] = mark
    }

    func verify(expecting expected: JournalHead?) -> Verification {
        var chain = Chain.beginning
        var atExpected = expected?.sequence == 0 ? chain.link : nil
        for fact in facts {
            chain.extend(by: fact)
            if fact.sequence == expected?.sequence { atExpected = chain.link }
        }
        return Verification(
            facts: Int64(facts.count), personalValues: Int64(values.values.reduce(0) { $0 + $1.count }),
            erasedPeople: Int64(people.count { $0.erased != nil }),
            head: JournalHead(sequence: Int64(facts.count), link: chain.link),
            damage: Verification.damage(expected: expected, found: atExpected, facts: Int64(facts.count)))
    }
}

extension Chain {
    /// Adds a fact as a store holds it.
    public mutating func extend(by fact: StoredFact) {
        var scratch: [UInt8] = []
        let key = Array(fact.id.utf8) + [FactKey.separator] + Array(fact.aspect.utf8)
        key.withUnsafeBufferPointer { key in
            fact.body.withUnsafeBufferPointer { body in
                _ = extend(
                    shape: fact.shape.digest, occurred: fact.occurred, known: fact.known, recorded: fact.recorded,
                    person: fact.person, key: key, body: body, scratch: &scratch)
            }
        }
    }
}

extension Verification {
    /// What a head written down earlier tells: the journal was shortened, or rewritten before that point.
    public static func damage(expected: JournalHead?, found: [UInt8]?, facts: Int64) -> [Damage] {
        guard let expected, found != expected.link else { return [] }
        return expected.sequence > facts
            ? [Damage(sequence: facts + 1, what: "\(expected.sequence - facts) facts are missing at the end")]
            : [Damage(sequence: expected.sequence, what: "it is not the fact that the given head was taken from")]
    }
}

extension Fact {
    /// The trace an erasure leaves: that it happened, when, and how many values went; not whose, beyond the pseudonym. A record
    /// is such a pseudonym: by it the facts that stay are told that nobody may turn to this person any more.
    public static func erased(_ subject: Subject, values: Int, at instant: Instant) -> Fact {
        let record = Identifier(text: subject.text).flatMap { $0.scheme == .record ? $0 : nil }
        return Fact(
            key: FactKey(
                source: "interlock", object: "erasure", id: subject.text,
                aspect: FactKey.aspect("erased", since: instant)),
            kind: .erased, occurred: instant, recorded: instant, persons: record.map { [$0] } ?? [],
            properties: [Property("values", .number(Number(Int64(values))))])
    }
}
