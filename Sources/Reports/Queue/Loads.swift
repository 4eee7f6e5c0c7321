internal import Agreement
internal import Engine
internal import Vocabulary

// What teams receive, against what they can take.

/// A team over a time.
struct TeamLoad: Hashable, Sendable {
    /// A text.
    let team: Int32
    let name: String
    /// Part of handles.
    let key: String
    /// In millionths of a lead: of those there, for as long as they were there; `nil`: without limit.
    let capacity: Int64?
    /// In millionths: as many as worked there on average.
    let reps: Int64
    /// Indices of turns.
    let members: [Int32]
}

extension Inquiry {
    /// When the turns of a report begin, at the earliest.
    func beginning(of turns: [Turn]) -> Instant { from ?? turns.map(\.told).min() ?? to }

    /// Each team over the whole window, in the order of the agreement.
    func teamLoads(_ turns: [Turn]) -> [TeamLoad] {
        let window = beginning(of: turns)..<max(to, beginning(of: turns))
        return world.staff.teams.indices.map { load(of: $0, over: window, turns, named: "") }
    }

    /// Each team month by month, the fullest first.
    func monthlyLoads(_ turns: [Turn]) -> [TeamLoad] {
        let months = months(from: beginning(of: turns), to: to)
        let loads = world.staff.teams.indices.flatMap { team in
            months.map { load(of: team, over: $0.days, turns, named: $0.name) }
        }
        return loads.filter { !$0.members.isEmpty }.sorted { $0.isFuller(than: $1) }
    }

    private func months(from: Instant, to: Instant) -> [(name: String, days: Range<Instant>)] {
        var date = company.zone.civil(at: from).date
        date = date.adding(days: 1 - date.day)
        var months: [(String, Range<Instant>)] = []
        while company.zone.startOfDay(date) < to {
            let next = date.adding(days: CivilDate.daysIn(month: date.month, year: date.year))
            let days = max(from, company.zone.startOfDay(date))..<min(to, company.zone.startOfDay(next))
            if !days.isEmpty { months.append((String(date.description.prefix(7)), days)) }
            date = next
        }
        return months
    }

    private func load(of team: Int, over window: Range<Instant>, _ turns: [Turn], named month: String) -> TeamLoad {
        let staff = world.staff
        let name = staff.teams[team].name
        let members = turns.indices.filter { index in
            turns[index].isFirst && window.contains(turns[index].told)
                && company.team(of: turns[index].subject) == name
        }
        var (capacity, reps): (Int64?, Int64) = (0, 0)
        let length = (window.upperBound - window.lowerBound).milliseconds
        for rep in staff.reps where rep.team == team {
            let there = rep.timeThere(within: window).milliseconds
            if length > 0 { reps += Int64(Int128(there) * 1_000_000 / Int128(length)) }
            guard let monthly = rep.capacity else {
                if there > 0 { capacity = nil }
                continue
            }
            capacity = capacity.map { $0 + Int64(Int128(monthly) * Int128(there) / Int128(averageMonth)) }
        }
        let text = world.history.texts[name]
        return TeamLoad(
            team: name, name: month.isEmpty ? text : "\(text), \(month)",
            key: month.isEmpty ? text : "\(text)-\(month)",
            capacity: capacity, reps: reps, members: members.map { Int32($0) })
    }
}

/// 30.4375 days.
private let averageMonth: Int64 = 2_629_800_000

extension TeamLoad {
    /// Received leads as a part of the capacity; `nil`: there is none, or no limit.
    var used: Ratio? {
        capacity.flatMap { Ratio(100 * 1_000_000 * Int128(members.count), Int128($0), decimals: 1) }
    }

    var perRep: Ratio? { Ratio(1_000_000 * Int128(members.count), Int128(reps)) }

    fileprivate func isFuller(than other: TeamLoad) -> Bool {
        let (a, b) = (
            Int128(members.count) * Int128(other.capacity ?? .max),
            Int128(other.members.count) * Int128(capacity ?? .max)
        )
        return a != b ? a > b : key < other.key
    }

    /// Received more than it can take.
    var isOver: Bool { capacity.map { Int128(members.count) * 1_000_000 > Int128($0) } ?? false }

    /// Gets less than half of what all get for their capacity, or, where some have no limit, for their number.
    func isStarving(among all: [TeamLoad]) -> Bool {
        let received = Int128(all.reduce(0) { $0 + $1.members.count })
        let whole = all.reduce(Int128(0)) { $0 + $1.size(among: all) }
        return whole > 0 && received > 0 && 2 * Int128(members.count) * whole < received * size(among: all)
    }

    func getsLess(than other: TeamLoad, among all: [TeamLoad]) -> Bool {
        let (a, b) = (
            Int128(members.count) * other.size(among: all), Int128(other.members.count) * size(among: all)
        )
        return a != b ? a < b : name < other.name
    }

    private func size(among all: [TeamLoad]) -> Int128 {
        all.allSatisfy { $0.capacity != nil } ? Int128(capacity ?? 0) : Int128(reps)
    }
}

extension Staff.Rep {
    /// How long the rep was there to take leads.
    func timeThere(within window: Range<Instant>) -> Elapsed {
        let start = max(window.lowerBound, since ?? window.lowerBound)
        let end = min(window.upperBound, left ?? window.upperBound)
        guard start < end else { return .zero }
        let gone = away.map { $0.clamped(to: start..<end) }.reduce(Elapsed.zero) {
            $0 + ($1.upperBound - $1.lowerBound)
        }
        return max(.zero, end - start - gone)
    }
}
