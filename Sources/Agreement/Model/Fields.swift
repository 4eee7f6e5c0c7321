/// One of `fields`: a field of the golden record and who answers for it (F14, F15).
public struct Field: Sendable {
    public let name: String
    public let type: Clause<FieldType>
    /// Kept under the person's key and erasable.
    public let isPersonal: Clause<Bool>
    public let owner: Clause<Party>?
    /// The stage from which on it must be filled.
    public let requiredAt: Clause<String>?
    /// The first value stays.
    public let isWriteOnce: Clause<Bool>
    /// What other spellings mean, for a choice; in the order of the file.
    public let aliases: Clause<[ChoiceAlias]>

    public var address: String { "fields.\(name)" }
}

/// What values a field holds, and so what conditions may ask of it.
public enum FieldType: Statable {
    case text, email, phone, country, integer, number, date, money
    case yesNo
    /// One of these.
    case choice([String])

    /// As `type:` names it.
    public var name: String {
        switch self {
        case .text: "text"
        case .email: "email"
        case .phone: "phone"
        case .country: "country"
        case .integer: "integer"
        case .number: "number"
        case .date: "date"
        case .money: "money"
        case .yesNo: "yes_no"
        case .choice: "choice"
        }
    }

    public static let names = [
        "text", "email", "phone", "country", "integer", "number", "date", "money", "yes_no", "choice",
    ]

    public var words: String {
        if case .choice(let values) = self { return "choice of \(values.words)" }
        return name
    }
}

public struct ChoiceAlias: Statable {
    public let written: String
    public let means: String

    public var words: String { "\(written): \(means)" }
}
