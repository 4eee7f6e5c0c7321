public import Vocabulary

// Who works where, when and how much. Made of the agreement's teams and of dated company facts, which win where they speak.

/// The people who receive hand-overs, and their teams.
public struct Staff: Sendable {
    public struct Team: Sendable {
        /// A text.
        public var name: Int32
        /// A text; −1: nobody.
        public var manager: Int32
        public var calendar: WorkingTime

        public init(name: Int32, manager: Int32, calendar: WorkingTime) {
            (self.name, self.manager, self.calendar) = (name, manager, calendar)
        }
    }

    public struct Rep: Sendable {
        /// A text: the address.
        public var name: Int32
        /// An index in `teams`.
        public var team: Int
        /// The share of a pool, in millionths.
        public var weight: Int64
        /// Leads in a calendar month, in millionths; `nil`: without limit.
        public var capacity: Int64?
        public var since: Instant?
        /// Gone from here on.
        public var left: Instant?
        public var away: [Range<Instant>]
        /// The parts of the capacity in the first months, in millionths.
        public var ramp: [Int64]

        public init(
            name: Int32, team: Int, weight: Int64, capacity: Int64?, since: Instant?, left: Instant?,
            away: [Range<Instant>], ramp: [Int64]
        ) {
            (self.name, self.team, self.weight, self.capacity) = (name, team, weight, capacity)
            (self.since, self.left, self.away, self.ramp) = (since, left, away, ramp)
        }
    }

    public private(set) var teams: [Team]
    /// In the order of their addresses by bytes.
    public private(set) var reps: [Rep]
    public let zone: Zone
    /// For whom no team's calendar applies: round the clock.
    public let always: WorkingTime
    /// When somebody who is no rep, such as a manager, left.
    private let departures: [Int32: Instant]
    private var byName: [Int32: Int] = [:]

    /// `reps` in any order, each address once.
    public init(
        teams: [Team], reps: [Rep], departures: [Int32: Instant] = [:], zone: Zone, years: ClosedRange<Int>,
        texts: Texts
    ) {
        self.teams = teams
        self.departures = departures
        self.zone = zone
        self.reps = reps.sorted { texts[$0.name].utf8.lexicographicallyPrecedes(texts[$1.name].utf8) }
        let wholeDay = (try? DayHours([.wholeDay])) ?? .closed
        always = WorkingTime(
            BusinessCalendar(
                zone: zone, hours: Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, wholeDay) })),
            years: years)
        for (index, rep) in self.reps.enumerated() { byName[rep.name] = index }
    }

    public func rep(_ name: Int32) -> Rep? { byName[name].map { reps[$0] } }
    public func index(of name: Int32) -> Int? { byName[name] }

    /// The calendar of whoever owes the work; that of `team`, where a queue does.
    public func calendar(of owner: Int32, orTeam team: Int32 = -1) -> WorkingTime {
        if let rep = rep(owner) { return teams[rep.team].calendar }
        if let managed = teams.first(where: { $0.manager == owner && owner >= 0 }) { return managed.calendar }
        return teams.first { $0.name == team }?.calendar ?? (teams.count == 1 ? teams[0].calendar : always)
    }

    public func hasLeft(_ name: Int32, at instant: Instant) -> Bool {
        (rep(name)?.left ?? departures[name]).map { $0 <= instant } ?? false
    }

    public func areOfOneTeam(_ a: Int32, _ b: Int32) -> Bool {
        guard let first = rep(a), let second = rep(b) else { return false }
        return first.team == second.team
    }

    public func manager(of owner: Int32) -> Int32 { rep(owner).map { teams[$0.team].manager } ?? -1 }

    /// When the owner begins not to be there, from an instant on: at once, for one who is away. The last is that of being
    /// gone.
    public func absences(of owner: Int32, from instant: Instant) -> [Instant] {
        guard let rep = rep(owner) else { return [] }
        let away = rep.away.filter { $0.upperBound > instant }.map { max($0.lowerBound, instant) }
        return away + (rep.left.map { [max($0, instant)] } ?? [])
    }
}

extension Staff.Rep {
    /// Whether the rep is there to take anything.
    public func isActive(at instant: Instant) -> Bool {
        since.map { $0 <= instant } ?? true && left.map { instant < $0 } ?? true
            && !away.contains { $0.contains(instant) }
    }
}
