/// Why a field's text is not a value of the kind that a mapping expects. The raw values are stable codes.
public enum UnreadableValue: String, Error, CaseIterable, Sendable {
    case empty
    case notATime = "not-a-time"
    case impossibleDate = "impossible-date"
    case impossibleTime = "impossible-time"
    case absurdDate = "absurd-date"
    case ambiguousDate = "ambiguous-date"
    case notANumber = "not-a-number"
    case wrongGrouping = "wrong-grouping"
    case numberTooLarge = "number-too-large"
    case numberTooPrecise = "number-too-precise"
    case notABoolean = "not-a-boolean"
    case notAChoice = "not-a-choice"
    case notAnEmail = "not-an-email"
    case notACountry = "not-a-country"
}

extension UnreadableValue {
    /// The cause, a full sentence.
    public var cause: String {
        switch self {
        case .empty: "There is no value."
        case .notATime: "This is not a time in the format that the mapping names."
        case .impossibleDate: "The calendar has no such day."
        case .impossibleTime: "The day has no such time."
        case .absurdDate:
            "The year is not one in which business was done; such dates stand for nothing in some systems."
        case .ambiguousDate: "The day could be the month and the month the day."
        case .notANumber: "This is not a number."
        case .wrongGrouping: "The digits are not grouped as in the style that the mapping names."
        case .numberTooLarge: "The number has more than 18 digits."
        case .numberTooPrecise: "The number has more than 18 decimals."
        case .notABoolean: "This is neither yes nor no."
        case .notAChoice: "This is none of the values that the mapping knows."
        case .notAnEmail: "This is not an e-mail address."
        case .notACountry: "No country of that name or code is known."
        }
    }

    /// What to do about it, a full sentence.
    public var remedy: String {
        switch self {
        case .empty: "Fill it in, or mark the field optional in the mapping."
        case .notATime: "Name the format in the mapping, or a list of formats to try in order."
        case .impossibleDate, .impossibleTime: "Correct it in the source, or check the order of day and month."
        case .absurdDate: "Leave the field empty where there is no date; check seconds against milliseconds."
        case .ambiguousDate: "Name one format with day first or one with month first, not both."
        case .notANumber, .wrongGrouping: "Check in the mapping whether the decimal sign is a point or a comma."
        case .numberTooLarge, .numberTooPrecise: "Round it in the source."
        case .notABoolean: "Write true or false, yes or no, 1 or 0."
        case .notAChoice: "Add it to the mapping as a value or as an alias of one."
        case .notAnEmail: "Write it as name@example.com, one address only."
        case .notACountry: "Write the English name or the ISO code of two or three letters."
        }
    }
}
