internal import Crypto
internal import Intake
internal import Journal
internal import StoreSQLite
internal import Vocabulary

/// The ids that a complete file holds, by object, in temporary files.
final class RecordList {
    /// False once a row could not be read at all.
    private(set) var isWhole = true
    private var tables: [String: ScratchTable] = [:]
    private let asOf: Instant
    private var latest: Instant

    init(_ mapping: Mapping, asOf: Instant) throws {
        self.asOf = asOf
        latest = asOf
        for rule in mapping.facts where rule.kind == .observed { tables[rule.object] = try ScratchTable() }
    }

    /// As of when the list speaks: a list that shows a modification of its own day was made after it. Modifications
    /// beyond that day are the source's mistakes.
    var day: Instant { latest }

    func add(_ step: ImportStep) throws {
        let batch = step.batch
        for index in batch.entries.indices where batch.shapes[batch.entries[index].shape].kind == .observed {
            let entry = batch.entries[index]
            let key = batch.keys[batch.keyRange(index)]
            let end = key.firstIndex(of: FactKey.separator) ?? key.endIndex
            try tables[batch.shapes[entry.shape].object]?.add(Array(key[..<end]))
            if entry.statement == .dated, entry.occurred < asOf + .hours(24) { latest = max(latest, entry.occurred) }
        }
        for record in step.refusedRecords { try tables[record.object]?.add(record.id) }
        if step.unknownRows > 0 { isWhole = false }
    }

    func holds(_ id: String, _ object: String) throws -> Bool {
        try tables[object]?.contains(Array(id.utf8)) ?? true
    }

    func count(_ object: String) throws -> Int { try tables[object]?.count() ?? 0 }

    /// Stands for the ids in their order.
    func digest(_ object: String) throws -> String {
        var hash = SHA256()
        try tables[object]?.inOrder { hash.update(data: $0 + [FactKey.separator]) }
        return Hex.text(Array(hash.finalize().prefix(16)))
    }
}

extension ImportRun {
    /// The facts that arise from comparing the file with complete lists read before; counts them in the summary.
    func whoIsGone(_ list: RecordList?, _ startedAfter: Int64, _ summary: inout Summary) throws -> FactBatch {
        var batch = FactBatch()
        var objects: Set<String> = []
        for rule in mapping.facts where rule.kind == .observed && rule.statesRecord {
            guard objects.insert(rule.object).inserted else { continue }
            let census = Census(
                source: mapping.source, object: rule.object, concerns: concern(rule),
                list: list.map { list in
                    Census.List(asOf: list.day, isWhole: list.isWhole) { try list.holds($0, rule.object) }
                }, undatedAsOf: rule.time == .asOf ? facts.asOf : nil, startedAfter: startedAfter,
                recorded: facts.recorded)
            try conclude(census, list, &batch, &summary)
        }
        return batch
    }

    private func concern(_ rule: FactRule) -> Census.Concern {
        if rule.persons.contains(where: { $0.scheme == .record && $0.object == nil }) { return .persons }
        return rule.accounts.contains { $0.scheme == .record && $0.object == nil } ? .accounts : .records
    }

    private func conclude(
        _ census: Census, _ list: RecordList?, _ batch: inout FactBatch, _ summary: inout Summary
    ) throws {
        let lists = Census.lists(
            in: try journal.stored(source: census.source, object: census.object, id: Census.listID).map {
                RecordStatements.Statement(aspect: $0.aspect, kind: $0.shape.kind, sequence: $0.sequence)
            })
        guard census.list != nil || !lists.isEmpty else { return }
        let before = batch.count
        var doubted: [(id: String, Census.Confirmation)] = []
        try journal.statements(source: census.source, object: census.object) { record in
            guard record.id != Census.listID else { return true }
            for fact in try census.conclusions(on: record, lists: lists) {
                if fact.kind == .deleted { summary.deleted += 1 } else { summary.restored += 1 }
                batch.append(fact)
            }
            doubted += census.confirmations(of: record, lists: lists).map { (record.id, $0) }
            return true
        }
        for (id, confirmation) in doubted { try confirm(confirmation, id, census, &batch) }
        summary.counts.factsAdded += batch.count - before
        guard let list, let asOf = census.list?.asOf, !lists.contains(where: { $0.asOf == asOf }) else { return }
        let counted = census.counted(
            records: try list.count(census.object), digest: try list.digest(census.object))
        if let counted {
            batch.append(counted)
            summary.counts.factsAdded += 1
        } else {
            summary.notices.note(Notice(.listNotWhole, column: census.object), line: 0)
        }
    }

    /// States again what a list had confirmed. What was erased since is not.
    private func confirm(
        _ confirmation: Census.Confirmation, _ id: String, _ census: Census, _ batch: inout FactBatch
    ) throws {
        let stored = try journal.stored(source: census.source, object: census.object, id: id)
        guard let earlier = stored.first(where: { $0.aspect == confirmation.of }) else { return }
        let values = try earlier.person.map { try journal.values(ofPerson: $0) }
        if earlier.person != nil, values?.isEmpty ?? true { return }
        var fact = try earlier.asWritten { values?[$0] }
        fact.key.aspect = confirmation.aspect
        (fact.occurred, fact.known, fact.recorded) = (confirmation.at, confirmation.at, facts.recorded)
        batch.append(fact, .restated)
    }
}
