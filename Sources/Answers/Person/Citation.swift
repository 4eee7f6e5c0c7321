internal import Agreement
package import Engine
internal import Findings
package import Journal
internal import Vocabulary

/// The clause behind a decision: where it is written, and in which version.
package struct CitedClause: Hashable {
    package let address: String
    package let file: String
    package let line: Int
    /// The beginning of the version's digest.
    package let version: String

    /// `stages.mql.enter (agreement.yaml:91)`.
    package var text: String { "\(address) (\(file):\(line))" }
}

/// The fact behind a decision, as its source names it.
package struct CitedFact: Hashable {
    package let sequence: Int64
    package let source: String
    package let object: String
    package let id: String
    package let kind: FactKind

    /// `salesforce/task/00T17, fact 4711`.
    package var text: String { "\(source)/\(object)/\(id), fact \(sequence)" }
}

/// Looks up what a decision names.
package struct Citations {
    package let evaluation: Evaluation
    package let store: any JournalStore

    package init(evaluation: Evaluation, store: any JournalStore) {
        (self.evaluation, self.store) = (evaluation, store)
    }

    package func clause(_ id: ClauseID, _ version: Int32) -> CitedClause? {
        let version = evaluation.agreements.versions[Int(version)]
        guard let entry = version.compiled.clause(id) else { return nil }
        return CitedClause(
            address: entry.address, file: entry.place.file, line: entry.place.line, version: version.name)
    }

    /// `nil` for what the passing of time decided.
    package func fact(_ place: Int32) throws -> CitedFact? {
        guard place >= 0 else { return nil }
        let sequence = Int64(evaluation.world.history.sequence[Int(place)])
        return try store.stored(after: sequence - 1, limit: 1).first.map { stored in
            CitedFact(
                sequence: sequence, source: stored.shape.source, object: stored.shape.object, id: stored.id,
                kind: stored.shape.kind)
        }
    }
}
