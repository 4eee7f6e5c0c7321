public import Vocabulary

// A condition, after its names and types have been checked. Nothing can fail when it is evaluated:
//
//     Condition   true or false       engagement >= 50 and grade in (A, B)
//     Term        a value, or unknown engagement, employees, time since demo_request, 50, today - 30 days
//     Happening   facts of some kind  demo_request, deal won, page where path matches '/pricing*'
//
// Truth has two values. A comparison, `between`, `in` or `matches` with an unknown value is false, and `not` of it is true;
// `a != b` is `not a = b`. A division by nought and a number beyond nine trillion are unknown.
//
// Equality looks at what is said, never at where it is written.

/// What must hold.
public struct Condition: Hashable, Sendable {
    public indirect enum Node: Hashable, Sendable {
        case always
        case not(Condition)
        /// Two or more, none of which is itself an `all`.
        case all([Condition])
        /// Two or more, none of which is itself an `any`.
        case any([Condition])
        case compares(Term, Comparison, Term)
        /// Both ends belong to it.
        case between(Term, Term, Term)
        case isOneOf(Term, [Literal])
        /// `*` stands for any text, also none; everything else for itself, without regard to case.
        case matches(Term, pattern: String)
        case isKnown(Term)
        /// The address is at a provider of mailboxes for everybody.
        case isFreeMail(Term)
        /// A field, property or other term of yes and no.
        case isTrue(Term)
        /// At least so many times: within the time before now where one is given, else since the pass began.
        case happened(Happening, atLeast: Int, within: Budget?)
        case accountInTargets
        /// Of more than this, where given.
        case accountHasOpenDeal(above: Money?)
        case accountHasOpenHandOver
        case dealIsOpen
        /// The date lies in the period a report asks about.
        case inPeriod(Term)
        /// A clock of this promise ended unmet in this pass.
        case missed(PromiseName)
    }

    public let node: Node
    /// Where it is written, in UTF-8 bytes of the clause's text.
    public let span: Range<Int>

    public init(_ node: Node, span: Range<Int> = 0..<0) {
        (self.node, self.span) = (node, span)
    }

    public static let always = Condition(.always)

    public static func == (a: Condition, b: Condition) -> Bool { a.node == b.node }
    public func hash(into hasher: inout Hasher) { hasher.combine(node) }
}

extension Condition: Statable {
    public var words: String { text }
}

public enum Comparison: String, CaseIterable, Hashable, Sendable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="
}

/// A value that is compared.
public struct Term: Hashable, Sendable {
    public indirect enum Node: Hashable, Sendable {
        case literal(Literal)
        /// A field of the golden record.
        case field(String)
        /// A property of the fact that a happening is about.
        case property(String)
        /// What a deal is: its pipeline, stage, kind, amount, close date.
        case deal(DealTerm)
        case score(ScoreName)
        /// The letter of the fit.
        case grade
        /// The furthest stage the person stands in.
        case stage
        /// 1 at first, one more after each return.
        case pass
        /// The local date, in the company's zone.
        case today
        /// Physical time since an activity last happened, in this pass or before; unknown where it never did.
        case timeSince(String)
        /// Physical time since this stage was entered in this pass; unknown where it was not.
        case timeIn(String)
        case arithmetic(Term, Arithmetic, Term)
    }

    public let node: Node
    public let type: ValueType
    /// Where it is written, in UTF-8 bytes of the clause's text.
    public let span: Range<Int>

    public init(_ node: Node, _ type: ValueType, span: Range<Int> = 0..<0) {
        (self.node, self.type, self.span) = (node, type, span)
    }

    public static func == (a: Term, b: Term) -> Bool { a.node == b.node && a.type == b.type }
    public func hash(into hasher: inout Hasher) { hasher.combine(node) }
}

extension Term: Statable {
    public var words: String { text }
}

public enum DealTerm: String, CaseIterable, Hashable, Sendable {
    case pipeline, stage, kind, amount
    case closeDate = "close_date"
}

public enum Arithmetic: String, CaseIterable, Hashable, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case over = "/"
}

/// What kind of value a term has, and so what may be asked of it.
public enum ValueType: Hashable, Sendable {
    /// Exact to a millionth.
    case number
    case money
    /// Physical time.
    case duration
    case date
    case text
    case email
    case country
    case yesNo
    /// One of these names.
    case choice([String])
    /// A property of a fact, about which nothing is declared: it is whatever it is compared with.
    case undeclared
}

/// A value that is written down.
public enum Literal: Hashable, Sendable {
    case number(Number)
    case money(Money)
    /// Never business time: a condition belongs to no calendar.
    case duration(Budget)
    case date(CivilDate)
    case text(String)
    /// A country's two letters, or a name of a choice, a stage, a grade.
    case name(String)
    case yesNo(Bool)
}

/// Promises whose clocks can end unmet, as conditions call them.
public enum PromiseName: String, CaseIterable, Hashable, Sendable {
    case respond, decide, explain, pursue, qualify
}
