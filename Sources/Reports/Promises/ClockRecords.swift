internal import Agreement
public import Engine
internal import Vocabulary

/// One promise of sales about one hand-over, as it stands at the end.
struct ClockRecord: Hashable, Sendable {
    /// The address of the promise: `promises.sales.respond`.
    let promise: String
    let account: Int32
    let person: Int32
    let pass: Int32
    /// A text; −1: a queue's.
    let owner: Int32
    let start: Instant
    let due: Instant?
    let state: Clock.State
    let missedAt: Instant?
    let ended: Instant?
    /// Of the time from start to due, what it stood still.
    let paused: Elapsed
    let withdrawal: Clock.Withdrawal
    let fact: Int32
    let subject: Subject

    /// Met or missed, also where it was made good later.
    var isDecided: Bool { state == .met || wasMissed }
    var wasMissed: Bool { state == .missed || state == .metLate }
    /// Missed, and nothing has been done since.
    var isOverdue: Bool { state == .missed }
}

extension Inquiry {
    /// The clocks that fell due in the window; those without a due instant by their start.
    func clocks() -> [ClockRecord] {
        let names = PromiseNames(company)
        return outcome.accounts.flatMap { account in
            account.clocks.compactMap { clock -> ClockRecord? in
                let handOver = account.handOvers[Int(clock.handOver)]
                guard !firstPassOnly || handOver.pass <= 1, isInWindow(clock.due ?? clock.start) else { return nil }
                let record = record(clock, handOver, account.account, names)
                return isChosen(record.subject) ? record : nil
            }
        }
    }

    private func record(
        _ clock: Clock, _ handOver: HandOver, _ account: Int32, _ names: PromiseNames
    ) -> ClockRecord {
        let owner = company.owner(of: handOver)
        // By the hour of the week it counts when the lead came, by longer times when an answer was due.
        let instant = segment == .hour ? clock.start : clock.due ?? clock.start
        return ClockRecord(
            promise: names[clock], account: account, person: clock.person, pass: handOver.pass, owner: clock.owner,
            start: clock.start, due: clock.due, state: clock.state, missedAt: clock.missedAt, ended: clock.ended,
            paused: clock.pauses.reduce(.zero) { $0 + ($1.upperBound - $1.lowerBound) }, withdrawal: clock.withdrawal,
            fact: clock.fact,
            subject: Subject(
                at: instant, person: clock.person, owner: clock.owner, team: owner.team, grade: owner.grade))
    }
}

/// The address of the promise that each clock of each version is of.
public struct PromiseNames: Sendable {
    private let names: [[String]]

    public init(_ company: JudgedCompany) {
        names = company.world.versions.indices.map { version in
            let promises = company.agreements[version].promises.sales.addresses
            return company.world.versions[version].program.clocks.map { clock in
                let clause = company.address(of: clock.clause, Int32(version))
                return promises.first { clause.hasPrefix($0 + ".") } ?? clause
            }
        }
    }

    public subscript(clock: Clock) -> String { names[Int(clock.version)][Int(clock.program)] }
}

extension SalesPromises {
    /// Of the promises that are kept or missed lead by lead; the longer first where one begins with another.
    var addresses: [String] {
        let all =
            respond.map(\.address) + decide.map(\.address) + explain.map(\.address) + pursue.map(\.address)
            + qualify.map(\.address)
        return all.sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
    }
}
