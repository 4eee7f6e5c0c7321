public import Findings
public import Vocabulary

/// `promises`: service levels in both directions (F30, F31). A promise that may be made several times, for several
/// hand-overs, is a list.
public struct Promises: Sendable {
    public let sales: SalesPromises
    public let marketing: MarketingPromises
    public let pauses: Pauses?

    /// `asked_for_later`: the one thing that stops a receiver's clock.
    public struct Pauses: Sendable {
        public let until: Clause<PauseEnd>
        public let atMost: Clause<Budget>
    }
}

public enum PauseEnd: String, CaseIterable, Statable {
    case givenDate = "given date"

    public var words: String { rawValue }
}

public struct SalesPromises: Sendable {
    public let respond: [Promise<Respond>]
    public let decide: [Promise<Decide>]
    public let explain: [Promise<Explain>]
    public let pursue: [Promise<Pursue>]
    public let qualify: [Promise<Qualify>]
    /// The share of outward touches that the consent gate allowed.
    public let permission: Segmented<Share>?
}

public struct MarketingPromises: Sendable {
    public let deliver: Promise<Deliver>?
    public let quality: Promise<Quality>?
    public let complete: Promise<Complete>?
    public let consent: Promise<ValidConsent>?
    public let pipeline: Promise<SourcedPipeline>?
    public let coverage: Promise<CoverageKept>?
    public let targetAccounts: Promise<TargetAccountsReached>?
}

/// One promise with its terms, which may differ by segment.
public struct Promise<Terms: Sendable>: Sendable {
    public struct Case: Sendable {
        /// `promises.sales.respond.1.where`.
        public let condition: Clause<Condition>
        public let terms: Terms
    }

    /// `promises.sales.respond`; where it is made several times, `promises.sales.respond.mql`.
    public let address: String
    public let place: Place
    /// In the order of the file; the first that holds applies.
    public let cases: [Case]
    public let otherwise: Terms

    /// Every form it takes, `otherwise` last.
    public var all: [Terms] { cases.map(\.terms) + [otherwise] }
}

/// The owner turns to the person in time.
public struct Respond: Sendable {
    /// The stage whose hand-over it answers.
    public let to: Clause<String>
    public let by: Clause<[Channel]>
    public let within: Clause<Budget>
    /// The share of the time after which the owner is warned.
    public let warnAt: Clause<Share>?
    public let then: [LadderStep]
}

/// How a rep reaches somebody.
public enum Channel: String, CaseIterable, Statable {
    case call, email, meeting, chat, social, letter, other

    public var words: String { rawValue }
}

/// What happens when a promise stays broken.
public struct LadderStep: Sendable {
    /// `promises.sales.respond.then.1`.
    public let address: String
    /// From the start of the clock, so it must exceed the promise.
    public let after: Clause<Budget>
    public let action: Clause<LadderAction>
}

public enum LadderAction: Statable {
    case tellManager
    case reassign
    case tell(MailAddress)
    case tellSide(Party)
    /// Both sides talk about it at the next check-in of this name.
    case checkIn(String)

    public var words: String {
        switch self {
        case .tellManager: "tell manager"
        case .reassign: "reassign"
        case .tell(let address): "tell \(address.words)"
        case .tellSide(let party): "tell \(party.words)"
        case .checkIn(let name): "check-in \(name)"
        }
    }
}

/// The receiver accepts or rejects in time.
public struct Decide: Sendable {
    public let about: Clause<String>
    public let within: Clause<Budget>
}

/// A verdict comes with its reason or mark in time.
public struct Explain: Sendable {
    public let about: Clause<[Explained]>
    public let within: Clause<Budget>
}

public enum Explained: String, CaseIterable, Statable {
    case rejection, acceptance, disqualification, loss

    public var words: String { rawValue }
}

/// So many attempts before giving up.
public struct Pursue: Sendable {
    public let touches: Clause<Int>
    public let channels: Clause<[Channel]>
    public let over: Clause<Budget>
}

/// From one stage to another in time, else a detour.
public struct Qualify: Sendable {
    public let from: Clause<String>
    public let to: Clause<String>
    public let within: Clause<Budget>
    public let otherwise: Clause<String>?
}

/// So many people in each stage.
public struct Deliver: Sendable {
    public let amounts: [Amount]
    public let each: Clause<PromiseUnit>

    public struct Amount: Sendable {
        /// A stage, or `visitors`.
        public let what: String
        public let volume: Clause<PlannedVolume>
    }
}

public enum PlannedVolume: Statable {
    /// As `plan` implies.
    case fromPlan
    case volume(Volume)

    public var words: String {
        switch self {
        case .fromPlan: "from plan"
        case .volume(let volume): volume.words
        }
    }
}

/// For whom a promise is counted.
public enum PromiseUnit: String, CaseIterable, Statable {
    case company, team, rep

    public var words: String { rawValue }
}

/// The share of hand-overs that are accepted.
public struct Quality: Sendable {
    public let acceptance: Clause<Share>
}

/// The share of hand-overs with every required field.
public struct Complete: Sendable {
    public let requiredFields: Clause<Share>
}

/// The share of hand-overs with a valid consent.
public struct ValidConsent: Sendable {
    public let valid: Clause<Share>
}

/// Pipeline that marketing is the source of.
public struct SourcedPipeline: Sendable {
    public let sourced: Clause<MoneyRate>
}

/// Pipeline as a multiple of what is left of the quota.
public struct CoverageKept: Sendable {
    public let each: Clause<PromiseUnit>
    public let atLeast: Clause<Number>
    public let at: Clause<PeriodPoint>
}

/// How far the target accounts have come.
public struct TargetAccountsReached: Sendable {
    public let reached: Clause<Share>?
    public let engaged: Clause<Share>?
    public let withPipeline: Clause<Share>?
    public let by: Clause<PeriodPoint>
}
