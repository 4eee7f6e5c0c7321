/// Which facts are meant.
public struct Happening: Hashable, Sendable {
    public indirect enum Node: Hashable, Sendable {
        /// What `activities` calls by this name.
        case activity(String)
        /// An activity whose source names it so.
        case event(NameTest, where: Condition?)
        /// An activity that is the view of a page.
        case page(where: Condition?)
        case touch(where: Condition?)
        case meeting(MeetingChange)
        case consent(ConsentChange, purpose: String)
        case deal(DealChange)
        /// A verdict on the hand-over into this stage; without one, on the latest.
        case verdict(VerdictWord, at: String?)
        /// Two or more, each of which will do; none of them is itself an `any`.
        case any([Happening])
    }

    public let node: Node
    /// Where it is written, in UTF-8 bytes of the clause's text.
    public let span: Range<Int>

    public init(_ node: Node, span: Range<Int> = 0..<0) {
        (self.node, self.span) = (node, span)
    }

    public static func == (a: Happening, b: Happening) -> Bool { a.node == b.node }
    public func hash(into hasher: inout Hasher) { hasher.combine(node) }
}

extension Happening: Statable {
    public var words: String { text }
}

/// How a source's name for an event is recognised.
public enum NameTest: Hashable, Sendable {
    /// One of these.
    case named([String])
    /// `*` stands for any text.
    case matching(String)
}

public enum MeetingChange: String, CaseIterable, Hashable, Sendable {
    case booked, held, missed
}

public enum ConsentChange: String, CaseIterable, Hashable, Sendable {
    case given, withdrawn, objected
}

public enum DealChange: Hashable, Sendable {
    case opened, won, lost, reopened
    /// A stage, in the CRM's words.
    case enters(String)
}

public enum VerdictWord: String, CaseIterable, Hashable, Sendable {
    case accepted, rejected, recycled, disqualified, disputed
}
