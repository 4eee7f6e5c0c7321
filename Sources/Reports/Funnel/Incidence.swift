internal import Engine
internal import Vocabulary

/// How likely it is to have reached an end by an age, where some leave sideways and others are still on their way: Aalen and
/// Johansen's estimate. Where nobody leaves it is 1 − Kaplan and Meier's.
struct Incidence: Sendable {
    enum End: Hashable, Sendable { case reached, left, stillOnTheWay }

    /// Shares are whole numbers of 1 / 2^62; each step loses less than one of them.
    static let whole: UInt64 = 1 << 62
    private var steps: [(age: Int64, reached: UInt64, left: UInt64)] = []

    /// Ages in milliseconds. Who ends at an age is at risk until then, whoever is censored at it too.
    init(_ ends: [(age: Int64, end: End)]) {
        let sorted = ends.sorted {
            ($0.age, $0.end == .stillOnTheWay ? 1 : 0) < ($1.age, $1.end == .stillOnTheWay ? 1 : 0)
        }
        var (waiting, reached, left) = (Incidence.whole, UInt64(0), UInt64(0))
        var place = 0
        while place < sorted.count {
            let next = sorted[place...].firstIndex { $0.age != sorted[place].age } ?? sorted.count
            let atRisk = UInt64(sorted.count - place)
            let reaching = part(sorted[place..<next].count { $0.end == .reached }, of: atRisk, waiting)
            let leaving = part(sorted[place..<next].count { $0.end == .left }, of: atRisk, waiting)
            waiting -= reaching + leaving
            (reached, left) = (reached + reaching, left + leaving)
            if reaching + leaving > 0 { steps.append((sorted[place].age, reached, left)) }
            place = next
        }
    }

    private func part(_ events: Int, of atRisk: UInt64, _ waiting: UInt64) -> UInt64 {
        atRisk.dividingFullWidth(waiting.multipliedFullWidth(by: UInt64(events))).quotient
    }

    func reached(by age: Elapsed) -> UInt64 { steps.last { $0.age <= age.milliseconds }?.reached ?? 0 }
    func left(by age: Elapsed) -> UInt64 { steps.last { $0.age <= age.milliseconds }?.left ?? 0 }

    /// Of a whole, in percent with three decimals.
    static func percent(_ share: UInt64) -> ReportValue {
        ReportValue(Ratio(Int128(share) * 100, Int128(whole), decimals: 3))
    }
}

private let ages: [(key: String, title: String, age: Elapsed)] = [
    ("d1", "1 day", .days(1)), ("d7", "7 days", .days(7)), ("d14", "14 days", .days(14)), ("d30", "30 days", .days(30)),
    ("d60", "60 days", .days(60)), ("d90", "90 days", .days(90)), ("d180", "180 days", .days(180)),
    ("d365", "365 days", .days(365)),
]

func incidenceFunnel(_ inquiry: Inquiry) throws(ReportProblem) -> ReportDefinition.Found {
    let ways = try inquiry.ways()
    let entries = StageEntries(inquiry.company)
    let table = inquiry.table(inquiry.passages(ways, entries), ways)
    let until = inquiry.world.until
    let byAge = ages.map { age in
        Measure<Passage>.statistic(age.key, "% in \(age.title)", .number, of: { !$0.isStartSkipped }) { passages in
            guard !passages.isEmpty else { return .nothing }
            return Incidence.percent(Incidence(passages.map { $0.end(until: until) }).reached(by: age.age))
        }
    }
    let measures: [Measure<Passage>] =
        [
            .count("entered", "entered") { !$0.isStartSkipped },
            .count("reached", "reached") { !$0.isStartSkipped && $0.end(until: until).end == .reached },
            .count("left", "left sideways") { !$0.isStartSkipped && $0.end(until: until).end == .left },
            .count("waiting", "on the way") { !$0.isStartSkipped && $0.end(until: until).end == .stillOnTheWay },
        ] + byAge + [
            .quantile("median", "half reach or leave in", 50) { passage in
                guard !passage.isStartSkipped else { return nil }
                let end = passage.end(until: until)
                return (Elapsed(milliseconds: end.age), end.end != .stillOnTheWay)
            }
        ]
    let skipped = table.records.count { $0.isStartSkipped }
    return ReportDefinition.Found(
        population:
            "each person once in a pass, each deal once, at an entry into the first stage that was not passed over",
        measure:
            "how likely it is to have reached the second stage by an age, in percent; who leaves into a detour competes",
        sections: table.sections(inquiry, ways, measures),
        warnings: table.records.isEmpty ? [.noRecords] : skipped > 0 ? [.skipped(skipped)] : [])
}

extension Passage {
    /// How a passage ended, and at which age. What ended before it began ended at once.
    func end(until: Instant) -> (age: Int64, end: Incidence.End) {
        func age(_ instant: Instant) -> Int64 { max(0, (instant - entered).milliseconds) }
        if let reached { return (age(reached), .reached) }
        if let left { return (age(left), .left) }
        return (age(until), .stillOnTheWay)
    }
}
