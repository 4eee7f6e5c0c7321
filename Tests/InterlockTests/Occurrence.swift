import Journal
import Vocabulary

/// A change of a value, or of whether the record is there, without the number of the fact it arises from.
struct Occurrence: Hashable, CustomStringConvertible {
    var at: Instant
    var what: String

    static func all(in history: RecordHistory) -> [Occurrence] {
        let values = history.changes.map { Occurrence(at: $0.occurred, what: "\($0.field) = \($0.value)") }
        return values + history.turns.map { Occurrence(at: $0.occurred, what: "\($0.standing)") }
    }

    var description: String { "\(at.fixedWidthText) \(what)" }
}
