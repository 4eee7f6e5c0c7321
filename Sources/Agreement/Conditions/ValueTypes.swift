internal import Vocabulary

extension ValueType {
    /// Whether one can be more than another.
    var isOrdered: Bool {
        switch self {
        case .number, .money, .duration, .date, .undeclared: true
        case .text, .email, .country, .yesNo, .choice: false
        }
    }

    /// Whether a value of the other type can stand on the other side of a comparison.
    func takes(_ other: ValueType) -> Bool {
        switch (self, other) {
        case (.undeclared, _), (_, .undeclared): true
        case (.text, .email), (.email, .text): true
        case (.choice, .choice): false  // names of different lists; equal lists are compared by name
        default: self == other
        }
    }

    /// For messages: `an amount of money`.
    var words: String {
        switch self {
        case .number: "a number"
        case .money: "an amount of money"
        case .duration: "a duration"
        case .date: "a date"
        case .text: "a text"
        case .email: "a mail address"
        case .country: "a country"
        case .yesNo: "yes or no"
        case .choice: "a name out of a list"
        case .undeclared: "a value of unknown kind"
        }
    }

    var remedy: String {
        switch self {
        case .number: "Compare it with a number."
        case .money: "Write the amount with its currency."
        case .duration: "Write a number and a unit of time."
        case .date: "Write a date as year, month and day."
        case .text, .email: "Put the text in quotes."
        case .country: "Write the two letters of a country."
        case .yesNo: "Compare it with yes or no."
        case .choice: "Write one of its names."
        case .undeclared: "Compare it with a value."
        }
    }

    func example(_ name: String) -> String {
        switch self {
        case .number: "\(name) >= 50"
        case .money: "\(name) > 100k EUR"
        case .duration: "\(name) > 14 days"
        case .date: "\(name) >= 2026-02-01"
        case .text, .email: "\(name) = 'Northwind'"
        case .country: "\(name) in (DE, AT, CH)"
        case .yesNo: "\(name) = yes"
        case .choice(let names): "\(name) = \(plainOrQuoted(names.first ?? "name"))"
        case .undeclared: "\(name) = 'Whitepaper'"
        }
    }
}

extension Arithmetic {
    /// The type of the result; `nil` where there is none.
    func type(_ left: ValueType, _ right: ValueType) -> ValueType? {
        switch (left, self, right) {
        case (.number, _, .number): .number
        case (.duration, .plus, .duration), (.duration, .minus, .duration): .duration
        case (.duration, .times, .number), (.duration, .over, .number), (.number, .times, .duration): .duration
        case (.date, .plus, .duration), (.date, .minus, .duration): .date
        case (.date, .minus, .date): .duration
        default: nil
        }
    }
}

extension Literal {
    var type: ValueType {
        switch self {
        case .number: .number
        case .money: .money
        case .duration: .duration
        case .date: .date
        case .text, .name: .text
        case .yesNo: .yesNo
        }
    }
}

extension Number {
    /// Whether it is a whole number of millionths.
    var fits: Bool { (try? Points(self)) != nil }
}

extension ConditionSyntax {
    /// Written down, not looked up.
    var isValue: Bool {
        if case .literal = node { return true }
        return false
    }
}

extension Term {
    /// The same whatever the facts are.
    var isConstant: Bool {
        switch node {
        case .literal: true
        case .arithmetic(let left, _, let right): left.isConstant && right.isConstant
        default: false
        }
    }

    /// For comparing two literals of one type: a number, cents, milliseconds or days. Of two currencies nobody knows.
    var order: Int64? {
        guard case .literal(let literal) = node else { return nil }
        switch literal {
        case .number(let number): return (try? Points(number))?.micropoints
        case .money(let money): return money.minorUnits
        case .duration(let budget): return Int64(budget.count) * budget.unit.elapsed.milliseconds
        case .date(let date): return Int64(date.daysSinceEpoch)
        case .text, .name, .yesNo: return nil
        }
    }
}
