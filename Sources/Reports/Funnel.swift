public import Engine
internal import Journal
public import Vocabulary

/// Where a cohort begins.
public enum FunnelStart: Hashable, Sendable {
    case stage(String)
    /// The first of these activities of each person.
    case activity(String)
}

/// One person on the way, in one pass.
public struct FunnelRecord: Hashable, Sendable {
    public let person: Int32
    public let entered: Instant
    public let reached: Instant?
    public let isSkipped: Bool
    public let isMature: Bool
    /// Reached within the horizon.
    public let isConverted: Bool
}

public struct FunnelCell: Hashable, Sendable {
    /// Indices of records.
    public let mature: [Int]
    public let converted: [Int]
    public let immature: [Int]
    public let conversion: Share
    /// Of the converted that did not skip the start.
    public let median: HalfMilliseconds?
}

/// Cohort conversion from a start to a stage, once for each person: their first entry, and what they reached in that pass.
public func funnel(
    from start: FunnelStart, to stage: String, within horizon: Elapsed?, by segment: Segment? = nil,
    _ outcome: Outcome, in world: FoldWorld
) -> Report<FunnelRecord, FunnelCell> {
    var records: [FunnelRecord] = []
    for account in outcome.accounts {
        let ends = firstEntries(into: stage, account, world)
        for (person, entry) in starts(start, account, world).sorted(by: { $0.key < $1.key }) {
            let reached = ends[person].flatMap { entry.pass < 0 || $0.pass == entry.pass ? $0.instant : nil }
            let isMature = horizon.map { world.until - entry.instant >= $0 } ?? true
            let isInTime = reached.map { reached in horizon.map { reached - entry.instant <= $0 } ?? true } ?? false
            records.append(
                FunnelRecord(
                    person: person, entered: entry.instant, reached: reached, isSkipped: entry.isSkipped,
                    isMature: isMature, isConverted: isMature && isInTime))
        }
    }
    let names = segment.map { segment in records.map { name(of: $0, by: segment, world) } } ?? []
    return Report(
        question: Question(
            population: "each person once, at the first \(start.text)",
            measure:
                "who reaches stage \(stage) in the same pass \(horizon.map { "within \($0.milliseconds) ms" } ?? "so far")",
            segment: segment?.text ?? "all", asOf: world.until, zone: world.staff.zone.name),
        records: records, total: funnelCell(Array(records.indices), records),
        cells: cells(names) { funnelCell($0, records) }, warnings: warnings(records))
}

extension FunnelStart {
    fileprivate var text: String {
        switch self {
        case .stage(let name): "entry into stage \(name)"
        case .activity(let name): "activity “\(name)”"
        }
    }
}

private struct Entry {
    let instant: Instant
    /// −1: of no pass.
    let pass: Int32
    let isSkipped: Bool
}

private func starts(_ start: FunnelStart, _ account: AccountOutcome, _ world: FoldWorld) -> [Int32: Entry] {
    switch start {
    case .stage(let name): return firstEntries(into: name, account, world)
    case .activity(let name): return firstActivities(name, account, world)
    }
}

private func firstEntries(into stage: String, _ account: AccountOutcome, _ world: FoldWorld) -> [Int32: Entry] {
    var entries: [Int32: Entry] = [:]
    for move in account.moves where move.person >= 0 && entries[move.person] == nil {
        guard move.change == .entered || move.change == .skipped || move.change == .imported else { continue }
        let program = world.versions[Int(move.version)].program
        guard program.names[Int(program.stages[Int(move.stage)].name)] == stage else { continue }
        entries[move.person] = Entry(instant: move.instant, pass: move.pass, isSkipped: move.change == .skipped)
    }
    return entries
}

private func firstActivities(_ name: String, _ account: AccountOutcome, _ world: FoldWorld) -> [Int32: Entry] {
    let history = world.history
    guard let name = history.texts.number(of: name) else { return [:] }
    var entries: [Int32: Entry] = [:]
    for fact in history.accounts[Int(account.account)].facts where history.at(Int(fact)) <= world.until {
        let (act, person) = (history.acts[Int(history.act[Int(fact)])], history.person[Int(fact)])
        guard act.kind == .activity, act.name == name, person >= 0, entries[person] == nil else { continue }
        entries[person] = Entry(instant: history.at(Int(fact)), pass: -1, isSkipped: false)
    }
    return entries
}

private func name(of record: FunnelRecord, by segment: Segment, _ world: FoldWorld) -> String {
    switch segment {
    case .property(let property):
        let number = world.history.texts.number(of: property)
        return world.history.firstValue(of: number, person: record.person) ?? unsaid
    case .month:
        let (year, month, _) = world.staff.zone.civil(at: record.entered).date.fields
        return "\(year)-\(month < 10 ? "0" : "")\(month)"
    }
}

private func funnelCell(_ members: [Int], _ records: [FunnelRecord]) -> FunnelCell {
    let mature = members.filter { records[$0].isMature }
    let converted = mature.filter { records[$0].isConverted }
    let times = converted.filter { !records[$0].isSkipped }.compactMap { index in
        records[index].reached.map { ($0 - records[index].entered).milliseconds }
    }
    return FunnelCell(
        mature: mature, converted: converted, immature: members.filter { !records[$0].isMature },
        conversion: Share(converted.count, of: mature.count), median: middle(of: times))
}

private func warnings(_ records: [FunnelRecord]) -> [ReportWarning] {
    if records.isEmpty { return [.noRecords] }
    let immature = records.count { !$0.isMature }
    let reversed = records.count { record in record.reached.map { $0 < record.entered } ?? false }
    let skipped = records.count { $0.isSkipped }
    return [
        immature > 0 ? ReportWarning.immature(immature) : nil,
        reversed > 0 ? .reachedBeforeStart(reversed) : nil,
        skipped > 0 ? .skipped(skipped) : nil,
    ].compactMap { $0 }
}
