internal import Vocabulary

// Conditions in canonical words: keywords small, one space, parentheses only where they are needed. What is printed is read
// back as the same condition.

extension Condition {
    /// `(engagement >= 50 and grade in (A, B)) or demo_request within 7 days`.
    public var text: String {
        switch node {
        case .always: "always"
        case .not(let inner): "not \(inner.operand)"
        case .all(let parts): parts.map(\.operand).joined(separator: " and ")
        case .any(let parts): parts.map(\.operand).joined(separator: " or ")
        case .compares(let left, let comparison, let right): "\(left.text) \(comparison.rawValue) \(right.text)"
        case .between(let term, let low, let high): "\(term.text) between \(low.text) and \(high.text)"
        case .isOneOf(let term, let values): "\(term.text) in (\(values.map(\.text).joined(separator: ", ")))"
        case .matches(let term, let pattern): "\(term.text) matches \(quoted(pattern))"
        case .isKnown(let term): "\(term.text) is known"
        case .isFreeMail(let term): "\(term.text) is free_mail"
        case .isTrue(let term): term.text
        case .happened(let happening, let count, let window): happening.counted(count, window)
        case .accountInTargets: "account in targets"
        case .accountHasOpenDeal(let above): "account has open deal" + (above.map { " above \($0.words)" } ?? "")
        case .accountHasOpenHandOver: "account has open hand_over"
        case .dealIsOpen: "deal is open"
        case .inPeriod(let term): "\(term.text) in period"
        case .missed(let promise): "\(promise.rawValue) missed"
        }
    }

    /// As part of another condition.
    fileprivate var operand: String {
        switch node {
        case .all, .any, .not: "(\(text))"
        default: text
        }
    }
}

extension Term {
    /// `time since demo_request + 2 days`.
    public var text: String {
        switch node {
        case .literal(let literal): literal.text
        case .field(let name), .property(let name): name
        case .deal(let term): term.rawValue
        case .score(let score): score.rawValue
        case .grade: "grade"
        case .stage: "stage"
        case .pass: "pass"
        case .today: "today"
        case .timeSince(let activity): "time since \(activity)"
        case .timeIn(let stage): "time in \(stage)"
        case .arithmetic(let left, let operation, let right):
            "\(left.operand(of: operation, isRight: false)) \(operation.rawValue) "
                + right.operand(of: operation, isRight: true)
        }
    }

    /// A product within a sum needs no parentheses, nor a sum or product at the left end of its own kind.
    private func operand(of parent: Arithmetic, isRight: Bool) -> String {
        guard case .arithmetic(_, let own, _) = node else { return text }
        let binds = own.isProduct ? !parent.isProduct || !isRight : !parent.isProduct && !isRight
        return binds ? text : "(\(text))"
    }
}

extension Arithmetic {
    var isProduct: Bool { self == .times || self == .over }
}

extension Literal {
    /// `'Business Inc.'`, `DE`, `400k EUR`.
    public var text: String {
        switch self {
        case .number(let number): number.description
        case .money(let money): money.words
        case .duration(let budget): budget.description
        case .date(let date): date.description
        case .text(let text): quoted(text)
        case .name(let name): ["AT", "IN", "IS", "NO"].contains(name) ? name : plainOrQuoted(name)
        case .yesNo(let flag): flag ? "yes" : "no"
        }
    }
}

extension Happening {
    /// `page where path matches '/pricing*'`.
    public var text: String {
        switch node {
        case .activity(let name): name
        case .event(let test, let condition): "event \(test.text)" + clause(condition)
        case .page(let condition): "page" + clause(condition)
        case .touch(let condition): "touch" + clause(condition)
        case .meeting(let change): "meeting \(change.rawValue)"
        case .consent(let change, let purpose): "consent \(change.rawValue) for \(purpose)"
        case .deal(let change): "deal \(change.text)"
        case .verdict(let word, let stage): word.rawValue + (stage.map { " at \($0)" } ?? "")
        case .any(let parts): parts.map(\.text).joined(separator: " or ")
        }
    }

    private func clause(_ condition: Condition?) -> String { condition.map { " where \($0.operand)" } ?? "" }

    fileprivate func counted(_ count: Int, _ window: Budget?) -> String {
        let times = count == 1 ? "" : " at least \(count) times"
        return text + times + (window.map { " within \($0)" } ?? "")
    }
}

extension NameTest {
    var text: String {
        switch self {
        case .named(let names) where names.count == 1: "= \(quoted(names[0]))"
        case .named(let names): "in (\(names.map(quoted).joined(separator: ", ")))"
        case .matching(let pattern): "matches \(quoted(pattern))"
        }
    }
}

extension DealChange {
    var text: String {
        switch self {
        case .opened: "opened"
        case .won: "won"
        case .lost: "lost"
        case .reopened: "reopened"
        case .enters(let stage): "enters \(plainOrQuoted(stage))"
        }
    }
}

/// `'it''s'`: single quotes, doubled within. Scalar by scalar: a mark that combines with a quote makes it another character,
/// and yet it is read as a quote.
func quoted(_ text: String) -> String {
    var quoted = "'"
    for scalar in text.unicodeScalars {
        quoted.unicodeScalars.append(scalar)
        if scalar == "'" { quoted.unicodeScalars.append(scalar) }
    }
    return quoted + "'"
}

/// A name as it stands where it is one word and no keyword, else in quotes.
func plainOrQuoted(_ name: String) -> String { isPlainName(name) ? name : quoted(name) }

/// Letters, digits, `_` and `-` after a letter or `_`, and none of the words of the condition language.
func isPlainName(_ name: String) -> Bool {
    guard let first = name.utf8.first, isNameStart(first), name.utf8.allSatisfy(isNamePart) else { return false }
    return !conditionKeywords.contains(name.lowercased())
}

/// Bytes above 127 belong to letters of other alphabets.
func isNameStart(_ byte: UInt8) -> Bool {
    (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "_") || byte >= 128
}

func isNamePart(_ byte: UInt8) -> Bool {
    isNameStart(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "-")
}

/// Words that cannot name an activity, a field, a stage or a choice without quotes.
let conditionKeywords: Set<String> = [
    "always", "and", "or", "not", "between", "in", "matches", "is", "known", "free_mail", "within", "at", "least",
    "times",
    "where", "for", "yes", "no", "true", "false",
]
