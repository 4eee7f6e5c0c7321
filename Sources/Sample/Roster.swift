internal import Vocabulary

/// How a rep treats the leads of the sample. Each is planted to be found.
enum Trait: String, Sendable {
    case ordinary, fast, slow
    /// Touches good leads within the hour and the others late or never.
    case cherryPicker = "cherry_picker"
    /// Rejects nearly all, whatever they are worth.
    case rejectsEverything = "rejects_everything"
    /// Leaves the company with open leads.
    case leaver
}

struct Rep: Sendable {
    let firstName: String
    let lastName: String
    let email: String
    let territory: Territory
    let trait: Trait
    /// Working minutes from assignment to first response.
    let medianResponse: Int
    /// Percent of a full share.
    let weight: Int
    /// Hand-overs a calendar month.
    let capacity: Int
    /// First and last day in the team; `nil` when neither lies within the simulation.
    var since: Int?
    var until: Int?
    var absences: [(days: Range<Int>, reason: String)] = []

    /// The first instant at which the rep works no more.
    var gone: UnixTime { until.map { ($0 + 1) * secondsPerDay } ?? .max }

    func isActive(_ at: UnixTime) -> Bool {
        let day = at / secondsPerDay
        return (since ?? .min) <= day && at < gone && !absences.contains { $0.days.contains(day) }
    }

    /// The first day after the absence that `at` falls into, if it falls into one.
    func back(_ at: UnixTime) -> UnixTime? {
        absences.first { $0.days.contains(at / secondsPerDay) }.map { $0.days.upperBound * secondsPerDay }
    }
}

/// The sales side.
struct Roster: Sendable {
    let reps: [Rep]
    let calendars: [WorkCalendar]
    let emails: Words

    static let managers = ["ines@northwind.example", "ruth@northwind.example", "dana@northwind.example"]

    func calendar(_ territory: Territory) -> WorkCalendar { calendars[territory.rawValue] }

    func manager(_ territory: Territory) -> String { Roster.managers[territory.rawValue] }

    func reps(of territory: Territory) -> [Int] { reps.indices.filter { reps[$0].territory == territory } }

    func rep(_ trait: Trait) -> Int { reps.firstIndex { $0.trait == trait }! }

    /// About one rep for every 40 hand-overs a month, eight at least.
    init(options: SampleOptions, timeline: Timeline, handOversAMonth: Int) {
        let wanted = max(8, handOversAMonth / 40)
        let capacity = max(6, handOversAMonth * 13 / 10 / wanted)
        var reps = Roster.named(capacity, timeline)
        for index in 8..<wanted { reps.append(Roster.further(index, capacity, options.seed)) }
        for index in reps.indices { reps[index].absences += Roster.absences(index, reps[index], timeline) }
        self.reps = reps
        emails = Words(reps.map(\.email) + Roster.managers)
        calendars = Roster.calendars(timeline.days.lowerBound..<timeline.days.upperBound + 400)
    }

    private static func named(_ capacity: Int, _ timeline: Timeline) -> [Rep] {
        func rep(
            _ first: String, _ last: String, _ territory: Territory, _ trait: Trait, _ median: Int, weight: Int = 100,
            since: Int? = nil, until: Int? = nil
        ) -> Rep {
            Rep(
                firstName: first, lastName: last, email: "\(first.lowercased())@northwind.example",
                territory: territory, trait: trait, medianResponse: median, weight: weight,
                capacity: max(1, capacity * weight / 100), since: since, until: until)
        }
        return [
            rep("Jonas", "Reiter", .dach, .fast, 12),
            rep("Mira", "Sommer", .dach, .ordinary, 45, weight: 50),
            rep("Lena", "Voss", .dach, .cherryPicker, 20),
            rep("Kofi", "Mensah", .international, .slow, 540),
            rep("Oliver", "Marsh", .international, .rejectsEverything, 50),
            rep("Priya", "Raman", .international, .leaver, 55, until: timeline.leaving),
            rep("Grace", "Hollis", .northAmerica, .ordinary, 35),
            rep("Tyler", "Boone", .northAmerica, .ordinary, 60),
            rep("Sofia", "Lindgren", .international, .ordinary, 40, since: timeline.leaving + 17),
        ]
    }

    /// Reps of a larger company: 45 % for the home market, 35 % international, 20 % North America.
    private static func further(_ index: Int, _ capacity: Int, _ seed: UInt64) -> Rep {
        var dice = Dice(seed: seed, .roster, index)
        let territory = Territory.allCases[[0, 1, 0, 1, 2, 0, 1, 0, 1, 0, 2, 0, 1, 2, 0, 1, 0, 1, 2, 0][index % 20]]
        let lexicon = Lexicon.shared
        let first = String(decoding: lexicon.firstNames[territory.rawValue][index % 48], as: UTF8.self)
        let last = String(
            decoding: lexicon.lastNames[territory.rawValue][(index / 48 * 5 + index * 11) % 64], as: UTF8.self)
        return Rep(
            firstName: first, lastName: last,
            email: "\(Lexicon.address(first)).\(Lexicon.address(last))@northwind.example", territory: territory,
            trait: .ordinary, medianResponse: dice.within(25...90), weight: 100, capacity: capacity)
    }

    /// Two weeks of holiday somewhere in each half year of the written time.
    private static func absences(_ index: Int, _ rep: Rep, _ timeline: Timeline) -> [(days: Range<Int>, reason: String)]
    {
        guard rep.trait != .leaver else { return [] }
        let mondays = stride(from: timeline.startDay, to: timeline.endDay - 60, by: 182).map { half in
            Int(CivilDate(daysSinceEpoch: Int32(half + 20 + index * 37 % 140)).next(.monday).daysSinceEpoch)
        }
        return mondays.filter { $0 >= rep.since ?? .min }.map { ($0..<$0 + 12, "holiday") }
    }

    private static func calendars(_ days: Range<Int>) -> [WorkCalendar] {
        func minutes(_ hours: String...) -> [Range<Int>] {
            hours.map { block in
                let ends = block.split(separator: "-").map { clock in
                    clock.split(separator: ":").reduce(0) { $0 * 60 + Int($1)! }
                }
                return ends[0]..<ends[1]
            }
        }
        let free: [Range<Int>] = []
        let long = minutes("08:30-12:00", "13:00-17:30")
        let munich = [long, long, long, long, minutes("08:30-15:00"), free, free]
        let london = Array(repeating: minutes("09:00-17:30"), count: 5) + [free, free]
        let chicago = Array(repeating: minutes("08:00-12:00", "13:00-17:00"), count: 5) + [free, free]
        return [
            WorkCalendar("munich", .berlin, .bavaria, week: munich, exceptions: munichExceptions(days), days: days),
            WorkCalendar("london", .london, .england, week: london, days: days),
            WorkCalendar("chicago", .chicago, .unitedStates, week: chicago, days: days),
        ]
    }

    /// Half of Christmas Eve where it is a weekday, nothing on New Year's Eve.
    static func munichExceptions(_ days: Range<Int>) -> [Int: [Range<Int>]] {
        var exceptions: [Int: [Range<Int>]] = [:]
        for year in WorkCalendar.years(days) {
            let eve = Int(CivilDate(year: year, month: 12, day: 24)!.daysSinceEpoch)
            if !Seasons.isWeekend(eve) { exceptions[eve] = [510..<720] }
            exceptions[eve + 7] = []
        }
        return exceptions
    }
}

extension Lexicon {
    static let shared = Lexicon()
}
