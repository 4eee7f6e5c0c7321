public import Engine
internal import Journal
public import Vocabulary

/// In which time waits are measured.
public enum WaitingTime: Hashable, Sendable {
    /// In the working time of the first owner; of the receiving team, where a queue owns it.
    case business
    case physical
}

/// One hand-over, from told to the first response.
public struct ResponseRecord: Hashable, Sendable {
    public let account: Int32
    /// An index in `AccountOutcome.handOvers`.
    public let handOver: Int32
    public let told: Instant
    public let responded: Instant?
    /// Until the response, or until the end of what is known.
    public let wait: Elapsed
    /// What became of the promise to respond; `nil`: it was not promised, or is not decided.
    public let isInTime: Bool?
}

public struct ResponseCell: Hashable, Sendable {
    public let answered: [Int]
    public let unanswered: [Int]
    /// Answered within each bound, in the order of the bounds.
    public let within: [[Int]]
    /// `nil`: so few are answered that it is not reached.
    public let median: HalfMilliseconds?
    public let p90: HalfMilliseconds?
    public let inTime: Share
}

/// From being told to the first response by anyone: an outward touch that is not automatic, or a meeting booked.
public func response(
    to stage: String, in time: WaitingTime, bounds: [Elapsed], _ outcome: Outcome, in world: FoldWorld
) -> Report<ResponseRecord, ResponseCell> {
    let words = ResponseWords(world.history.texts)
    var records: [ResponseRecord] = []
    for account in outcome.accounts {
        for (number, handOver) in account.handOvers.enumerated() where isMeant(handOver, stage, world) {
            guard let ready = handOver.ready, !handOver.isBeforeStart else { continue }
            let told = max(ready, handOver.owners.first?.since ?? ready)
            let responded = firstResponse(to: handOver.person, from: told, account, words, world)
            let end = max(told, responded ?? world.until)
            let wait = time == .physical ? end - told : calendar(of: handOver, world).elapsed(from: told, to: end)
            records.append(
                ResponseRecord(
                    account: account.account, handOver: Int32(number), told: told, responded: responded, wait: wait,
                    isInTime: isInTime(Int32(number), account)))
        }
    }
    let total = responseCell(Array(records.indices), records, bounds)
    let measure = time == .physical ? "physical time" : "the working time of the first owner or the receiving team"
    let warnings =
        records.isEmpty
        ? [.noRecords] : total.unanswered.isEmpty ? [] : [ReportWarning.unanswered(total.unanswered.count)]
    return Report(
        question: Question(
            population: "hand-overs at stage \(stage) that were ready",
            measure: "from told to the first outward touch, not automatic, or meeting booked, in \(measure)",
            segment: "all", asOf: world.until, zone: world.staff.zone.name),
        records: records, total: total, cells: [], warnings: warnings)
}

private func stageProgram(_ handOver: HandOver, _ world: FoldWorld) -> (Program, StageProgram) {
    let program = world.versions[Int(handOver.version)].program
    return (program, program.stages[Int(handOver.stage)])
}

private func isMeant(_ handOver: HandOver, _ stage: String, _ world: FoldWorld) -> Bool {
    let (program, its) = stageProgram(handOver, world)
    return program.names[Int(its.name)] == stage
}

private func calendar(of handOver: HandOver, _ world: FoldWorld) -> WorkingTime {
    let (program, stage) = stageProgram(handOver, world)
    let team = stage.team < 0 ? nil : world.history.texts.number(of: program.names[Int(stage.team)])
    return world.staff.calendar(of: handOver.owners.first?.owner ?? -1, orTeam: team ?? -1)
}

private func isInTime(_ handOver: Int32, _ account: AccountOutcome) -> Bool? {
    let clock = account.clocks.first { $0.handOver == handOver && $0.promise == .respond }
    switch clock?.state {
    case .met: return true
    case .missed, .metLate: return false
    case .running, .withdrawn, .rested, nil: return nil
    }
}

private struct ResponseWords {
    let direction, outward, automatic, typed: Int32

    init(_ texts: Texts) {
        func number(_ text: String) -> Int32 { texts.number(of: text) ?? -2 }
        (direction, outward, automatic, typed) = (
            number("direction"), number("outward"), number("automatic"), number("typed")
        )
    }
}

private func firstResponse(
    to person: Int32, from told: Instant, _ account: AccountOutcome, _ words: ResponseWords, _ world: FoldWorld
) -> Instant? {
    let history = world.history
    var first: Instant?
    for fact in history.accounts[Int(account.account)].facts where history.person[Int(fact)] == person {
        let act = history.acts[Int(history.act[Int(fact)])]
        guard act.kind == .touch || act.kind == .meetingBooked else { continue }
        func property(_ name: Int32) -> Int64? { history.properties.property(name, of: act.properties)?.bits }
        if act.kind == .touch, property(words.direction) != Int64(words.outward) || property(words.automatic) == 1 {
            continue
        }
        // A hand-typed one counts from when it was written down.
        let known = Instant(milliseconds: history.known(Int(fact)))
        let instant = property(words.typed) == 1 ? max(known, history.at(Int(fact))) : history.at(Int(fact))
        if instant >= told, instant <= world.until { first = min(first ?? instant, instant) }
    }
    return first
}

private func responseCell(_ members: [Int], _ records: [ResponseRecord], _ bounds: [Elapsed]) -> ResponseCell {
    let answered = members.filter { records[$0].responded != nil }
    let decided = members.compactMap { records[$0].isInTime }
    let survival = Survival(members.map { (records[$0].wait.milliseconds, records[$0].responded != nil) })
    return ResponseCell(
        answered: answered, unanswered: members.filter { records[$0].responded == nil },
        within: bounds.map { bound in answered.filter { records[$0].wait <= bound } }, median: survival.quantile(50),
        p90: survival.quantile(90), inTime: Share(decided.count { $0 }, of: decided.count))
}

/// Kaplan and Meier's estimate of who still waits after how long; whoever was not answered is censored.
struct Survival {
    private static let whole: UInt64 = 1 << 62
    /// Rounding of each step loses less than one unit; what is this near counts as equal.
    private static let near: UInt64 = 1 << 32
    private var steps: [(wait: Int64, waiting: UInt64)] = []

    init(_ waits: [(wait: Int64, isAnswered: Bool)]) {
        let sorted = waits.sorted { ($0.wait, $0.isAnswered ? 0 : 1) < ($1.wait, $1.isAnswered ? 0 : 1) }
        var waiting = Self.whole
        var place = 0
        while place < sorted.count {
            let end = sorted[place...].firstIndex { $0.wait != sorted[place].wait } ?? sorted.count
            let answered = sorted[place..<end].count { $0.isAnswered }
            if answered > 0 {
                let atRisk = UInt64(sorted.count - place)
                let product = waiting.multipliedFullWidth(by: atRisk - UInt64(answered))
                waiting = atRisk.dividingFullWidth(product).quotient
                steps.append((sorted[place].wait, waiting))
            }
            place = end
        }
    }

    /// The first wait after which at most the rest still waits; the middle of two, where it is exactly the rest.
    func quantile(_ percent: UInt64) -> HalfMilliseconds? {
        let rest = Self.whole / 100 * (100 - percent)
        guard let index = steps.firstIndex(where: { $0.waiting <= rest + Self.near }) else { return nil }
        let isEqual = steps[index].waiting + Self.near >= rest
        let second = isEqual && index + 1 < steps.count ? steps[index + 1].wait : steps[index].wait
        return HalfMilliseconds(count: steps[index].wait + second)
    }
}
