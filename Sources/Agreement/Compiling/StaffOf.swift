public import Engine
internal import Journal
internal import Vocabulary

/// The staff of an agreement, with what dated company facts say of rosters, absences and departures. Where both speak of a rep,
/// the facts win: they change weekly, the agreement does not.
///
/// Facts are named `roster` (rep, team, manager, calendar, weight, capacity, since, until), `absence` (rep, from, until) and
/// `departure` (rep, from). Of one rep and one first day the latest counts; one that is `withdrawn` takes it back.
public func staff(
    of agreement: Agreement, in history: inout Engine.History, years: ClosedRange<Int>
) -> Staff {
    var roster = Roster(agreement, years: years)
    for fact in history.company { roster.note(fact) }
    return roster.staff(&history, years: years)
}

private struct Roster {
    private struct Person {
        var team: String
        var weight: Int64 = 1_000_000
        var capacity: Int64?
        var since: CivilDate?
        var last: CivilDate?
        var ramp: [Int64] = []
    }

    private let agreement: Agreement
    private var people: [String: Person] = [:]
    private var managers: [String: String] = [:]
    private var calendars: [String: String] = [:]
    private var teamNames: [String] = []
    /// By first day, the last one.
    private var away: [String: [CivilDate: CivilDate]] = [:]
    private var departures: [String: CivilDate] = [:]

    init(_ agreement: Agreement, years: ClosedRange<Int>) {
        self.agreement = agreement
        for team in agreement.teams {
            teamNames.append(team.name)
            managers[team.name] = team.manager?.value.text
            calendars[team.name] = team.calendar?.value
            for rep in team.reps { note(rep, of: team.name) }
        }
    }

    private mutating func note(_ rep: Rep, of team: String) {
        var person = Person(team: team)
        person.weight = rep.weight.value.millionths ?? 1_000_000
        person.capacity = rep.capacity.map { $0.value.millionthsPerMonth }
        person.since = rep.since?.value
        person.last = rep.until?.value
        person.ramp = rep.ramp?.value.shares.map(\.millionths) ?? []
        people[rep.email.value.text] = person
        for days in rep.away.value { away[rep.email.value.text, default: [:]][days.first] = days.last }
    }

    mutating func note(_ fact: CompanyFact) {
        switch fact.fact.name {
        case "roster": noteRoster(fact)
        case "absence":
            guard let rep = fact.text("rep"), let first = fact.date("from"), let last = fact.date("until"),
                first <= last
            else { return }
            away[rep, default: [:]][first] = fact.isWithdrawn ? nil : last
        case "departure":
            guard let rep = fact.text("rep"), let from = fact.date("from") else { return }
            departures[rep] = fact.isWithdrawn ? nil : from
        default: return
        }
    }

    private mutating func noteRoster(_ fact: CompanyFact) {
        guard let rep = fact.text("rep"), let team = fact.text("team") ?? people[rep]?.team else { return }
        var person = people[rep] ?? Person(team: team)
        person.team = team
        if let weight = fact.number("weight") { person.weight = weight }
        if let capacity = fact.number("capacity") { person.capacity = capacity }
        person.since = fact.date("since") ?? person.since
        person.last = fact.date("until") ?? person.last
        people[rep] = person
        if !teamNames.contains(team) { teamNames.append(team) }
        if let manager = fact.text("manager") { managers[team] = manager }
        if let calendar = fact.text("calendar") { calendars[team] = calendar }
    }

    func staff(_ history: inout Engine.History, years: ClosedRange<Int>) -> Staff {
        let teams = teamNames.map { name in
            Staff.Team(
                name: history.intern(name), manager: managers[name].map { history.intern($0) } ?? -1,
                calendar: calendar(of: name, years))
        }
        let reps = people.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.compactMap { address in
            people[address].flatMap { rep(address, $0, &history) }
        }
        var gone: [Int32: Instant] = [:]
        for address in departures.keys.sorted() {
            gone[history.intern(address)] = departures[address].map { agreement.zone.startOfDay($0) }
        }
        return Staff(
            teams: teams, reps: reps, departures: gone, zone: agreement.zone, years: years, texts: history.texts)
    }

    private func rep(_ address: String, _ person: Person, _ history: inout Engine.History) -> Staff.Rep? {
        guard let team = teamNames.firstIndex(of: person.team) else { return nil }
        let zone = agreement.zone
        let left = [
            person.last.map { zone.startOfDay($0.adding(days: 1)) }, departures[address].map { zone.startOfDay($0) },
        ].compactMap { $0 }.min()
        let absences = (away[address] ?? [:]).sorted { $0.key < $1.key }.map {
            zone.startOfDay($0.key)..<zone.startOfDay($0.value.adding(days: 1))
        }
        return Staff.Rep(
            name: history.intern(address), team: team, weight: person.weight, capacity: person.capacity,
            since: person.since.map { zone.startOfDay($0) }, left: left,
            away: absences, ramp: person.ramp)
    }

    private func calendar(of team: String, _ years: ClosedRange<Int>) -> WorkingTime {
        if let name = calendars[team], let named = agreement.calendar(named: name) {
            return WorkingTime(named.calendar, years: years)
        }
        let wholeDay = (try? DayHours([.wholeDay])) ?? .closed
        let hours = Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, wholeDay) })
        return WorkingTime(BusinessCalendar(zone: agreement.zone, hours: hours), years: years)
    }
}

extension Number {
    fileprivate var millionths: Int64? { (try? Points(self))?.micropoints }
}

extension Volume {
    /// A month has a twelfth of a year's work, 30.4375 days, 4.348125 weeks.
    fileprivate var millionthsPerMonth: Int64 {
        let count = Int64(self.count)
        return switch per {
        case .hour: count * 730_500_000
        case .day: count * 30_437_500
        case .week: count * 4_348_125
        case .month: count * 1_000_000
        case .quarter: count * 1_000_000 / 3
        case .year: count * 1_000_000 / 12
        }
    }
}

extension CompanyFact {
    fileprivate var isWithdrawn: Bool { fact["withdrawn"] == .flag(true) }

    fileprivate func text(_ name: String) -> String? {
        guard case .text(let text)? = fact[name], !text.isEmpty else { return nil }
        return text
    }

    fileprivate func date(_ name: String) -> CivilDate? {
        guard case .date(let date)? = fact[name] else { return nil }
        return date
    }

    fileprivate func number(_ name: String) -> Int64? {
        guard case .number(let number)? = fact[name] else { return nil }
        return number.millionths
    }
}
