internal import Agreement
internal import Answers
internal import Engine
internal import Journal
internal import Reports
internal import Sync
internal import Synchronization

/// Keys of facts, read from the journal once: a fact keeps its number and its key for ever.
final class FactKeys: Sendable {
    private let known = Mutex<[Int64: FactKey]>([:])

    func key(_ sequence: Int64, in journal: any JournalStore) throws -> FactKey {
        if let key = known.withLock({ $0[sequence] }) { return key }
        guard let stored = try journal.stored(after: sequence - 1, limit: 1).first, stored.sequence == sequence else {
            throw JournalError.damaged("fact \(sequence) is not there")
        }
        let key = FactKey(
            source: stored.shape.source, object: stored.shape.object, id: stored.id, aspect: stored.aspect)
        known.withLock { $0[sequence] = key }
        return key
    }
}

extension WantedSources {
    init(_ judged: Present.Judged, in journal: any JournalStore, keys: FactKeys) {
        let world = judged.company.world
        let (runs, agreements) = (judged.evaluation.agreements.versions, judged.company.agreements)
        let agreement = judged.company.agreement
        self.init(
            factKey: { try keys.key(Int64(world.history.sequence[Int($0)]), in: journal) },
            clause: { runs[Int($1)].compiled.clause($0)?.address ?? "" },
            version: { runs[Int($0)].digest },
            marketing: agreement.parties.marketing?.value.words, operations: agreement.parties.operations?.value.words,
            side: { name, version in
                Party(rawValue: name).flatMap { agreements[Int(version)].parties[$0]?.value.words }
            },
            alertReader: { version, alert in
                let alerts = agreements[Int(version)].alerts
                guard alerts.indices.contains(Int(alert)) else { return nil }
                switch alerts[Int(alert)].tell.value {
                case .owner: return .owner
                case .manager: return .manager
                case .side(let party):
                    return agreements[Int(version)].parties[party].map { .address($0.value.words) }
                case .person(let address): return .address(address.words)
                }
            })
    }
}
