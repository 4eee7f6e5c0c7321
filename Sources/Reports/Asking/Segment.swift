public import Engine
internal import Journal
public import Vocabulary

/// By what the subjects of a report are told apart.
public enum Segment: Hashable, Sendable {
    /// Of the instant by which the report counts, in the company's zone; quarters and years are the company's own.
    case week, month, quarter, year
    /// The hour of the week: `tue 14`.
    case hour
    /// Whoever owns it.
    case rep, team, manager
    case grade
    case kind
    /// What facts say of the person or the deal under this name.
    case property(String)

    public static let words = ["week", "month", "quarter", "year", "hour", "rep", "team", "manager", "grade", "kind"]

    /// As `--by` and `--segment` say it.
    public init(named name: String) {
        self =
            switch name {
            case "week": .week
            case "month": .month
            case "quarter": .quarter
            case "year": .year
            case "hour": .hour
            case "rep": .rep
            case "team": .team
            case "manager": .manager
            case "grade": .grade
            case "kind": .kind
            // What facts say under a name that is a word of ours.
            default: .property(name.hasPrefix("facts.") ? String(name.dropFirst(6)) : name)
            }
    }

    /// As it is asked for.
    public var word: String { self == .hour ? "hour" : text }

    public var text: String {
        switch self {
        case .week: "week"
        case .month: "month"
        case .quarter: "quarter"
        case .year: "year"
        case .hour: "hour of the week"
        case .rep: "rep"
        case .team: "team"
        case .manager: "manager"
        case .grade: "grade"
        case .kind: "kind"
        case .property(let name): Segment.words.contains(name) ? "facts." + name : name
        }
    }
}

/// What a record of a report is about, as far as it is told apart and chosen by.
public struct Subject: Hashable, Sendable {
    /// The instant by which the report counts it.
    public var instant: Instant
    /// −1: none.
    public var person: Int32
    /// A text; −1: nobody.
    public var owner: Int32
    /// A text, where a queue has it; −1: the owner's.
    public var team: Int32
    /// A text; −1: none.
    public var grade: Int32
    public var deal: DealOutcome?
    /// A text, the kind of the deal; −1: none.
    public var kind: Int32

    public init(
        at instant: Instant, person: Int32 = -1, owner: Int32 = -1, team: Int32 = -1, grade: Int32 = -1,
        deal: DealOutcome? = nil, kind: Int32 = -1
    ) {
        (self.instant, self.person, self.owner, self.team) = (instant, person, owner, team)
        (self.grade, self.deal, self.kind) = (grade, deal, kind)
    }
}

/// What is said under a name of nobody's.
let unsaid = "(not said)"

extension JudgedCompany {
    /// The name of the segment a subject is in. `firstValues` are those of `.property`.
    func name(of subject: Subject, by segment: Segment, _ firstValues: FirstValues?) -> String {
        switch segment {
        case .week, .month, .quarter, .year: periodName(zone.civil(at: subject.instant).date, segment)
        case .hour: hourName(subject.instant)
        case .rep: repName(subject.owner)
        case .team: text(team(of: subject), none: JudgedCompany.nobody)
        case .manager: managerName(of: subject)
        case .grade: text(subject.grade, none: unsaid)
        case .kind: text(subject.kind, none: unsaid)
        case .property(let name):
            subject.deal.flatMap { lastSaid(name, of: $0) } ?? firstValues?[subject.person] ?? unsaid
        }
    }

    /// The team that has a subject, a text; −1: none.
    func team(of subject: Subject) -> Int32 {
        let owners = team(of: subject.owner)
        return owners >= 0 ? owners : subject.team
    }

    private func managerName(of subject: Subject) -> String {
        let team = world.staff.teams.first { $0.name == self.team(of: subject) && $0.name >= 0 }
        return text(team?.manager ?? -1, none: JudgedCompany.nobody)
    }

    func periodName(_ date: CivilDate, _ segment: Segment) -> String {
        switch segment {
        case .week:
            let monday = date.adding(days: -Int(date.weekday.rawValue))
            return "week of \(monday)"
        case .month: return String(date.description.prefix(7))
        case .quarter: return fiscalCalendar.quarter(containing: date).description
        default: return fiscalCalendar.year(containing: date).description
        }
    }

    /// `1 mon 09`: so that names are in the order of the week.
    func hourName(_ instant: Instant) -> String {
        let local = zone.civil(at: instant)
        let (day, hour) = (local.date.weekday, local.time.hour)
        return "\(day.rawValue + 1) \(day.shortName) \(hour < 10 ? "0" : "")\(hour)"
    }

    /// What the deal's facts last say under a name.
    func lastSaid(_ name: String, of deal: DealOutcome) -> String? {
        guard let number = world.history.texts.number(of: name) else { return nil }
        for change in deal.changes.reversed() where change.fact >= 0 {
            if let value = world.history.shown(number, in: change.fact) { return value }
        }
        return nil
    }
}

/// What each person's facts first say under one name: one walk over all facts.
public struct FirstValues: Sendable {
    private let values: [Int32: String]

    public init(_ name: String, _ history: History) {
        var values: [Int32: String] = [:]
        if let number = history.texts.number(of: name) {
            for fact in 0..<history.count {
                let person = history.person[fact]
                guard person >= 0, values[person] == nil else { continue }
                if let value = history.shown(number, in: Int32(fact)) { values[person] = value }
            }
        }
        self.values = values
    }

    public subscript(person: Int32) -> String? { values[person] }
}

extension History {
    /// What a fact says under a name, in words.
    public func shown(_ name: Int32, in fact: Int32) -> String? {
        let act = acts[Int(act[Int(fact)])]
        if act.kind == .fieldChanged, act.name == name, let value = texts.number(of: "value") {
            return properties.property(value, of: act.properties).flatMap(words)
        }
        return properties.property(name, of: act.properties).flatMap(words)
    }

    private func words(_ property: PropertyTable.Property) -> String? {
        switch property.kind {
        case .text: texts[Int32(property.bits)]
        case .number: Number(mantissa: property.bits, scale: 6).description
        case .flag: property.bits == 1 ? "yes" : "no"
        case .date: CivilDate(daysSinceEpoch: Int32(clamping: property.bits)).description
        case .instant: Instant(milliseconds: property.bits).description
        case .other: property.bits < 0 ? nil : texts[Int32(property.bits)]
        case .money, .cleared: nil
        }
    }

    /// Every name that facts use, in the order of bytes.
    public var propertyNames: [String] {
        Set(properties.all.map(\.name)).map { texts[$0] }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
