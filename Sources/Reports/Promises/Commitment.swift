internal import Agreement
internal import Engine
internal import Vocabulary

// Promises of both sides, period by period. One promise, one vote: however many leads it is about, it was kept or it was not.
//
//     Commitments ─ records ─ what counts: a lead, a clock, a deal, a day's visitors
//                 ─ all ───── for each promise and period: promised, achieved, and whether that is enough

/// One promise over one period.
struct Commitment: Hashable, Sendable {
    enum State: Hashable, Sendable {
        case kept, broken
        /// The period is not over.
        case running
        /// Nothing that it is about happened.
        case nothingDue
        /// It cannot be said, and why.
        case unmeasured(String)
    }

    enum Achieved: Hashable, Sendable {
        case nothing
        case count(Int)
        case share(Share)
        case money(Money)
    }

    let side: Party
    /// The address of its clause: `promises.marketing.deliver.mql`.
    let promise: String
    let period: PromisePeriod
    /// As the agreement says it, or what the plan comes to.
    let promised: String
    let achieved: Achieved
    let state: State
    /// Indices of records.
    let members: [Int32]
    /// The period is not over, and going on like this would not be enough.
    let isBehind: Bool

    var isDue: Bool { state == .kept || state == .broken }
}

/// Something that counts for a promise.
struct CommitmentRecord: Hashable, Sendable {
    let promise: String
    let period: String
    /// −1: none.
    var person: Int32 = -1
    var account: Int32 = -1
    /// A text, the deal's record; −1: none.
    var deal: Int32 = -1
    /// A text; −1: none.
    var owner: Int32 = -1
    /// What else it is about: a rep with a quota, a target account that no fact names.
    var about = ""
    let instant: Instant
    /// How many it stands for: more than one only for visitors.
    var count = 1
    /// Counts in favour of the promise. Of a volume, what came for the first time.
    var isPart = true
    var value: Money?
    var fact: Int32 = noFact
}

/// The promises of both sides over the periods of a window.
struct Commitments: Sendable {
    private(set) var records: [CommitmentRecord] = []
    private(set) var all: [Commitment] = []
    let inquiry: Inquiry
    /// Whether coverage is looked up, which costs an evaluation of the company for each period.
    let withCoverage: Bool

    init(_ inquiry: Inquiry, withCoverage: Bool = true) {
        (self.inquiry, self.withCoverage) = (inquiry, withCoverage)
        let sources = CommitmentSources(inquiry)
        let asked = inquiry.company.sideRequests
        for length in PromiseLength.allCases {
            for period in inquiry.promisePeriods(length) {
                let agreement = inquiry.agreement(at: period.from)
                marketing(agreement, length, period, sources)
                guard length == .month else { continue }
                sales(agreement, period, sources)
                requests(agreement, period, asked)
            }
        }
    }

    /// Adds a promise with what counts for it.
    mutating func add(
        _ side: Party, _ promise: String, _ period: PromisePeriod, promised: String, _ counted: [CommitmentRecord],
        volume: Quotient? = nil,
        _ judge: ([CommitmentRecord]) -> (achieved: Commitment.Achieved, isKept: Bool?)
    ) {
        let members = records.count..<records.count + counted.count
        records += counted
        let (achieved, isKept) = judge(counted)
        let isOver = period.to <= inquiry.to
        let state: Commitment.State =
            isKept.map { isOver ? ($0 ? .kept : .broken) : .running } ?? (isOver ? .nothingDue : .running)
        all.append(
            Commitment(
                side: side, promise: promise, period: period, promised: promised, achieved: achieved, state: state,
                members: members.map { Int32($0) },
                isBehind: state == .running && isBehind(achieved, isKept, volume, period)))
    }

    /// Of a volume as much must have come as of the period is over; everything else must hold at every instant.
    private func isBehind(
        _ achieved: Commitment.Achieved, _ isKept: Bool?, _ volume: Quotient?, _ period: PromisePeriod
    ) -> Bool {
        guard let volume, let amount = achieved.amount else { return isKept == false }
        let whole = Int128((period.to - period.from).milliseconds)
        let over = Int128(max(0, (inquiry.to - period.from).milliseconds))
        return Int128(amount) * volume.denominator * whole < volume.numerator * over
    }

    mutating func cannotSay(_ side: Party, _ promise: String, _ period: PromisePeriod, promised: String, _ why: String)
    {
        all.append(
            Commitment(
                side: side, promise: promise, period: period, promised: promised, achieved: .nothing,
                state: .unmeasured(why), members: [], isBehind: false))
    }

    /// A share of what there was; `nil` where there was nothing.
    static func share(
        atLeast millionths: Int64
    ) -> ([CommitmentRecord]) -> (achieved: Commitment.Achieved, isKept: Bool?) {
        { counted in
            let share = Share(counted.count { $0.isPart }, of: counted.count)
            guard share.whole > 0 else { return (.nothing, nil) }
            return (.share(share), Int128(share.part) * 1_000_000 >= Int128(share.whole) * Int128(millionths))
        }
    }
}

extension Commitment.State {
    var words: String {
        switch self {
        case .kept: "kept"
        case .broken: "broken"
        case .running: "running"
        case .nothingDue: "nothing due"
        case .unmeasured: "not measured"
        }
    }
}

extension Commitment {
    /// How a period that is not over stands; `nil` of one that is, and where nothing can be said.
    var outlook: String? {
        guard state == .running else { return nil }
        return achieved == .nothing ? "nothing yet" : isBehind ? "at risk" : "on track"
    }
}

extension Commitment.Achieved {
    /// Of a volume: how many, or minor units.
    fileprivate var amount: Int64? {
        switch self {
        case .count(let count): Int64(count)
        case .money(let money): money.minorUnits
        case .nothing, .share: nil
        }
    }

    var value: ReportValue {
        switch self {
        case .nothing: .nothing
        case .count(let count): .count(count)
        case .share(let share): .share(share)
        case .money(let money): .money([money])
        }
    }
}
