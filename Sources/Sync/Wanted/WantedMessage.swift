public import Engine
public import Vocabulary

/// Something that somebody must be told.
public struct WantedMessage: Hashable, Sendable {
    public enum What: Hashable, Sendable {
        /// A lead is theirs now, for the first time it is anybody's.
        case handedOver
        /// Somebody of an account whose open lead they have.
        case joined
        /// A lead came to them from somebody else.
        case givenTo(Ownership.Why)
        /// A lead went from them to somebody else.
        case takenAway(Ownership.Why)
        case warned
        /// A step of a ladder, an index in the clock's ladder.
        case step(Int32)
        /// They were told of a step, and what was missing had been there in time.
        case standDown(Int32)
        case verdict(Verdict)
        case disputed
        case ruled
        case returned
        case held
        /// A lead is ready and nobody has it.
        case nobodys
        case withdrawn(Clock.Withdrawal)
        /// An index in `AccountOutcome.corrections`.
        case correction(Int32)
        /// An index in `AccountOutcome.alerts`.
        case alert(Int32)
        /// What the reader asked to be told of, for themselves.
        case ownAlert(HeededFact)

        /// As settings and lists call it.
        public var word: String {
            switch self {
            case .handedOver, .joined, .givenTo: "lead"
            case .takenAway: "taken away"
            case .warned: "warning"
            case .step: "escalation"
            case .standDown: "all-clear"
            case .verdict: "verdict"
            case .disputed, .ruled: "dispute"
            case .returned: "returned"
            case .held: "held"
            case .nobodys: "nobody's"
            case .withdrawn: "withdrawn"
            case .correction: "correction"
            case .alert: "alert"
            case .ownAlert: "own alert"
            }
        }

        public static let words = [
            "lead", "taken away", "warning", "escalation", "all-clear", "verdict", "dispute", "returned", "held",
            "nobody's", "withdrawn", "correction", "alert", "own alert",
        ]

        /// What channels that many read may hear.
        public static let wordsForMany = words.filter { $0 != "own alert" }
    }

    public var key: String
    public var what: What
    /// An address.
    public var recipient: String
    /// What the lead is known by: the id of the decision that hands it over. Empty where there is none.
    public var lead: String
    public var account: Int32
    /// An index in `AccountOutcome.handOvers`; −1: it is about none.
    public var handOver: Int32 = -1
    public var person: Int32
    /// An index in `AccountOutcome.clocks`; −1: it is about none.
    public var clock: Int32 = -1
    /// What it tells of, and when that came to be known.
    public var at: Instant
    public var known: Instant
    /// Told only to whom this message went before.
    public var after: String?
    /// Told together with others of the same bundle.
    public var bundle: String?
    public var notBefore: Instant?
    /// The same goes to somebody else too, and they come first: channels that many read hear it once.
    public var isEcho = false

    /// Nobody's business but the reader's.
    var isOwn: Bool { if case .ownAlert = what { true } else { false } }
}

/// A link in a notice, by which its reader does something.
public struct DeedLink: Hashable, Sendable {
    public let words: String
    public let url: String

    public init(words: String, url: String) { (self.words, self.url) = (words, url) }
}
