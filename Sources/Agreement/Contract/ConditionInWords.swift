internal import Vocabulary

// Conditions as people say them: "there were at least three pricing visits within 14 days". Reads behind "when" or "where".

extension Condition {
    var inWords: String {
        switch node {
        case .always: "always"
        case .not(let inner): inner.negation
        case .all(let parts): parts.map(\.part).joined(separator: " and ")
        case .any(let parts): parts.map(\.part).joined(separator: " or ")
        case .compares(let left, let comparison, let right):
            "\(left.inWords) \(comparison.inWords) \(right.inWords)"
        case .between(let term, let low, let high): "\(term.inWords) is between \(low.inWords) and \(high.inWords)"
        case .isOneOf(let term, let values): "\(term.inWords) is \(values.map(\.text).listed("or"))"
        case .matches(let term, let pattern): "\(term.inWords) reads like \(quoted(pattern))"
        case .isKnown(let term): "\(term.inWords) is known"
        case .isFreeMail(let term): "\(term.inWords) is at a free mail provider"
        case .isTrue(let term): "\(term.inWords) is yes"
        case .happened(let happening, let count, let window): happening.counted(atLeast: count, within: window)
        case .accountInTargets: "the account is a target account"
        case .accountHasOpenDeal(let above):
            "the account has an open deal" + (above.map { " above \($0.words)" } ?? "")
        case .accountHasOpenHandOver: "the account has an open hand-over"
        case .dealIsOpen: "the deal is open"
        case .inPeriod(let term): "\(term.inWords) lies in the period asked about"
        case .missed(let promise): "the promise to \(promise.rawValue) was missed"
        }
    }

    /// As part of another condition.
    private var part: String {
        switch node {
        case .all, .any: "(\(inWords))"
        default: inWords
        }
    }

    private var negation: String {
        switch node {
        case .isOneOf(let term, let values): "\(term.inWords) is not \(values.map(\.text).listed("or"))"
        case .isKnown(let term): "\(term.inWords) is not known"
        case .isFreeMail(let term): "\(term.inWords) is not at a free mail provider"
        case .accountInTargets: "the account is no target account"
        default: "it is not so that (\(inWords))"
        }
    }
}

extension Comparison {
    fileprivate var inWords: String {
        switch self {
        case .equal: "is"
        case .notEqual: "is not"
        case .less: "is below"
        case .atMost: "is at most"
        case .greater: "is above"
        case .atLeast: "is at least"
        }
    }
}

extension Term {
    var inWords: String {
        switch node {
        case .literal(let literal): literal.text
        case .field(let name), .property(let name): "the \(name.spaced)"
        case .deal(.pipeline): "the deal's pipeline"
        case .deal(.stage): "the deal's stage"
        case .deal(.kind): "the deal's kind"
        case .deal(.amount): "the deal's amount"
        case .deal(.closeDate): "the deal's close date"
        case .score(let score): "the score of \(score.rawValue)"
        case .grade: "the grade"
        case .stage: "the stage"
        case .pass: "the number of the pass"
        case .today: "today"
        case .timeSince(let activity): "the time since the last \(activity.spaced)"
        case .timeIn(let stage): "the time in \(stage)"
        case .arithmetic(let left, let operation, let right):
            "(\(left.inWords) \(operation.rawValue) \(right.inWords))"
        }
    }
}

extension Happening {
    /// For a definition: `a view of a page whose path reads like '/pricing*'`.
    var inWords: String {
        switch node {
        case .activity(let name): "a \(name.spaced)"
        case .event(let test, let condition): "an event \(test.inWords)" + about(condition)
        case .page(let condition): "a page view" + about(condition)
        case .touch(let condition): "a contact" + about(condition)
        case .meeting(let change): "a meeting \(change.rawValue)"
        case .consent(let change, let purpose): "consent for \(purpose.spaced) \(change.rawValue)"
        case .deal(.enters(let stage)): "a deal entering \(plainOrQuoted(stage))"
        case .deal(let change): "a deal \(change.text)"
        case .verdict(.recycled, let stage): "being sent back" + at(stage)
        case .verdict(let word, let stage): "being \(word.rawValue)" + at(stage)
        case .any(let parts): parts.map(\.inWords).joined(separator: " or ")
        }
    }

    /// For a condition: `there were at least three pricing visits within 14 days`, `a meeting is held`.
    fileprivate func counted(atLeast count: Int, within window: Budget?) -> String {
        let limit = window.map { " within the last \($0)" } ?? ""
        if case .activity(let name) = node {
            return count == 1
                ? "there was at least one \(name.spaced)\(limit)"
                : "there were at least \(number(count)) \(plural(name.spaced))\(limit)"
        }
        return sentence + (count == 1 ? "" : " at least \(number(count)) times") + limit
    }

    private var sentence: String {
        switch node {
        case .meeting(let change): "a meeting is \(change.rawValue)"
        case .consent(let change, let purpose): "consent for \(purpose.spaced) is \(change.rawValue)"
        case .deal(.enters(let stage)): "a deal enters \(plainOrQuoted(stage))"
        case .deal(let change): "a deal is \(change.text)"
        case .verdict(.recycled, let stage): "the person is sent back" + at(stage)
        case .verdict(.disqualified, let stage): "the person is disqualified" + at(stage)
        case .verdict(let word, let stage): "the hand-over is \(word.rawValue)" + at(stage)
        case .any(let parts): parts.map(\.sentence).joined(separator: " or ")
        case .activity, .event, .page, .touch: "there was \(inWords)"
        }
    }

    private func about(_ condition: Condition?) -> String { condition.map { " where \($0.inWords)" } ?? "" }
    private func at(_ stage: String?) -> String { stage.map { " at \($0)" } ?? "" }
}

extension NameTest {
    fileprivate var inWords: String {
        switch self {
        case .named(let names): "called \(names.map(quoted).listed("or"))"
        case .matching(let pattern): "called something like \(quoted(pattern))"
        }
    }
}

/// Small numbers are words.
private func number(_ count: Int) -> String {
    let words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    return words.indices.contains(count) ? words[count] : String(count)
}

private func plural(_ noun: String) -> String { noun.hasSuffix("s") ? noun : noun + "s" }
