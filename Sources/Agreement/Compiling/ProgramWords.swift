internal import Engine
internal import Journal
internal import Vocabulary

// What the language calls things, as the engine and the journal call them.

/// Lists whose names are compared by position.
enum NameList {
    case stages, grades
}

extension Term {
    var names: NameList? {
        switch node {
        case .stage: .stages
        case .grade: .grades
        default: nil
        }
    }

    /// Of a literal amount.
    var currency: Currency? {
        guard case .literal(let literal) = node else { return nil }
        return literal.currency
    }
}

extension Literal {
    /// Whether it is compared by the id of a name, and not by a position in one of the lists.
    func isText(among names: NameList?) -> Bool {
        switch self {
        case .text: true
        case .name: names == nil
        case .number, .money, .duration, .date, .yesNo: false
        }
    }

    var currency: Currency? {
        guard case .money(let money) = self else { return nil }
        return money.currency
    }
}

extension ValueType {
    var kind: ValueKind {
        switch self {
        case .number: .number
        case .money: .money
        case .duration: .duration
        case .date: .date
        case .yesNo: .truth
        case .text, .email, .country, .choice, .undeclared: .text
        }
    }
}

extension DealTerm {
    var operation: ProgramOperation {
        switch self {
        case .pipeline: .dealPipeline
        case .stage: .dealStage
        case .kind: .dealKind
        case .closeDate: .dealCloseDate
        case .amount: preconditionFailure("an amount needs a currency; the compiler asks for it by itself")
        }
    }
}

extension Comparison {
    var program: ProgramComparison {
        switch self {
        case .equal: .equal
        case .notEqual: .notEqual
        case .less: .less
        case .atMost: .atMost
        case .greater: .greater
        case .atLeast: .atLeast
        }
    }
}

extension PromiseName {
    var program: ProgramPromise {
        switch self {
        case .respond: .respond
        case .decide: .decide
        case .explain: .explain
        case .pursue: .pursue
        case .qualify: .qualify
        }
    }
}

extension MeetingChange {
    var fact: FactKind {
        switch self {
        case .booked: .meetingBooked
        case .held: .meetingHeld
        case .missed: .meetingMissed
        }
    }
}

extension ConsentChange {
    var fact: FactKind {
        switch self {
        case .given: .consentGiven
        case .withdrawn: .consentWithdrawn
        case .objected: .consentObjected
        }
    }
}

extension DealChange {
    var fact: FactKind {
        switch self {
        case .opened: .dealOpened
        case .won: .dealWon
        case .lost: .dealLost
        case .reopened: .dealReopened
        case .enters: .dealChanged
        }
    }
}

extension VerdictWord {
    var fact: FactKind {
        switch self {
        case .accepted: .accepted
        case .rejected: .rejected
        case .recycled: .recycled
        case .disqualified: .disqualified
        case .disputed: .disputed
        }
    }
}
