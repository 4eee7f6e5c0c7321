/// Why a row cannot become facts: which column, which value, what to do.
public struct MappingFault: Error, Hashable, Sendable {
    /// Stable: one of `Cause`, or an `UnreadableValue`'s, or a `Malformed.Reason`'s.
    public var code: String
    public var column: String
    public var value: String
    public var reason: String
    public var remedy: String

    init(_ cause: Cause, column: String, value: String = "") {
        code = cause.rawValue
        self.column = column
        self.value = value
        reason = cause.sentence
        remedy = cause.remedy
    }

    init(_ unreadable: UnreadableValue, column: String, value: String) {
        code = unreadable.rawValue
        self.column = column
        self.value = value
        reason = unreadable.cause
        remedy = unreadable.remedy
    }

    public enum Cause: String, CaseIterable, Sendable {
        case noCurrency = "no-currency"
        case otherCurrency = "other-currency"
        case emptyID = "empty-id"
        case undated = "undated"
        case nobody = "nobody"
        case missingValue = "missing-value"
        case notAllowed = "not-allowed"
        case controlCharacter = "control-character"
        case keyReused = "key-reused"
        case erasedPerson = "erased-person"

        public var sentence: String {
            switch self {
            case .noCurrency: "The amount has no currency, and the mapping gives none."
            case .otherCurrency: "The sign beside the amount is not one of the currency that the mapping gives."
            case .emptyID: "The id is empty, so the row cannot be told from others."
            case .undated: "No column says when it happened."
            case .nobody: "The row names nobody, and a fact of this kind must."
            case .missingValue: "A value that facts of this kind must have is empty."
            case .notAllowed: "A fact of this kind cannot have this value."
            case .controlCharacter: "An id cannot hold control characters."
            case .keyReused: "A fact with this key is in the journal with other content."
            case .erasedPerson: "It speaks of a person who was erased, of the time before."
            }
        }

        public var remedy: String {
            switch self {
            case .noCurrency: "Say `--currency`, or `currency:` in the mapping, or name the column that holds it."
            case .otherCurrency: "Check the currency in the mapping, or correct the amount at its source."
            case .emptyID: "Give the row an id, or use `id: row` for rows that have none."
            case .undated: "Name another column, or say `else: as_of`."
            case .nobody: "Fill in whom it concerns, or say `if_nobody: skip`."
            case .missingValue: "Fill it in, or give `empty:` a value in the mapping."
            case .notAllowed: "Translate the value with `aliases:`."
            case .controlCharacter: "Mend the value and re-feed the row."
            case .keyReused:
                "If the row was corrected at its source, map the column that says when (`since:`); if the mapping now "
                    + "says more of the row than before, give the fact an `aspect:` of its own."
            case .erasedPerson: "Nothing: who was erased stays erased."
            }
        }
    }
}
