internal import Agreement
package import Engine
internal import ICalendar
package import Journal
package import Vocabulary

//  Who is away, and who has left: dated facts of the company, beside what the agreement says of its teams
//
//      stated ─▶ company fact “absence” (rep, from, until) or “departure” (rep, from) ─▶ Staff ─▶ who may receive a lead
//
//  Of one rep and one first day the latest statement counts, so that an absence can be made shorter, longer or taken back.

/// Somebody is away, or gone for good.
package struct Absence: Hashable, Sendable {
    package let rep: String
    package let from: CivilDate
    /// The last day; `nil`: gone for good.
    package let until: CivilDate?
    package let reason: String

    package init(rep: String, from: CivilDate, until: CivilDate?, reason: String = "") {
        (self.rep, self.from, self.until, self.reason) = (rep, from, until, reason)
    }

    package var isDeparture: Bool { until == nil }

    /// Whether any of it is still to come, or is now.
    package func isOver(on day: CivilDate) -> Bool { until.map { $0 < day } ?? false }

    /// What is said of it, by whom; `isWithdrawn` takes it back.
    package func fact(by author: String?, at instant: Instant, isWithdrawn: Bool = false) -> Fact {
        var properties = [Property("rep", .text(rep)), Property("from", .date(from))]
        if let until { properties.append(Property("until", .date(until))) }
        if !reason.isEmpty { properties.append(Property("reason", .text(reason))) }
        if isWithdrawn { properties.append(Property("withdrawn", .flag(true))) }
        let name = isDeparture ? "departure" : "absence"
        // Of one instant, what takes back comes behind what was said.
        let aspect = "\(isWithdrawn ? "withdrawn" : "stated")@\(instant.milliseconds)"
        return Fact(
            key: FactKey(source: "interlock", object: name, id: "\(rep)/\(from)", aspect: aspect),
            kind: .company, name: name, occurred: instant, known: instant, recorded: instant,
            actor: author.map { Identifier(.email, $0) }, properties: properties)
    }
}

/// Everything said of absences and departures, as it stands.
package struct Absences: Sendable {
    /// By rep and first day.
    package let all: [Absence]

    package init(_ history: Engine.History) {
        var standing: [String: Absence] = [:]
        for fact in history.company.map(\.fact) where ["absence", "departure"].contains(fact.name) {
            guard case .text(let rep)? = fact["rep"], case .date(let from)? = fact["from"] else { continue }
            var (until, reason): (CivilDate?, String) = (nil, "")
            if case .date(let last)? = fact["until"] { until = last }
            if case .text(let text)? = fact["reason"] { reason = text }
            if fact.name == "absence", until == nil { continue }
            let absence = Absence(rep: rep, from: from, until: fact.name == "departure" ? nil : until, reason: reason)
            standing["\(fact.name) \(rep) \(from)"] = fact["withdrawn"] == .flag(true) ? nil : absence
        }
        all = standing.values.sorted {
            $0.rep != $1.rep ? $0.rep.utf8.lexicographicallyPrecedes($1.rep.utf8) : $0.from < $1.from
        }
    }

    package func absence(of rep: String, from day: CivilDate, isDeparture: Bool = false) -> Absence? {
        all.first { $0.rep == rep && $0.from == day && $0.isDeparture == isDeparture }
    }
}

/// Why an absence cannot be stated.
package enum AbsenceFault: Error, Hashable, Sendable {
    case unknownRep(String, known: [String])
    case endsBeforeItBegins
    case tooLong
    case notStated(String, CivilDate)
    case nothingInFile
    /// What is wrong with it, and in which line.
    case unreadable(String, line: Int?)

    package var sentence: String {
        switch self {
        case .unknownRep(let rep, let known):
            "\(rep) is no rep of the agreement in force"
                + (known.isEmpty ? "; it has none." : ". There are \(known.joined(separator: ", ")).")
        case .endsBeforeItBegins: "The last day is before the first."
        case .tooLong: "An absence of more than two years is a departure: say that they have left."
        case .notStated(let rep, let day): "Nobody has said that \(rep) is away from \(day) on."
        case .nothingInFile: "The file has no event of whole days. Meetings with a time of day are no absence."
        case .unreadable(let what, let line):
            "This is no calendar that can be read\(line.map { ", line \($0)" } ?? ""): \(what). Export it again, as iCalendar."
        }
    }
}

extension Absence {
    /// What keeps it from being stated; `nil`: nothing does.
    package func fault(among staff: Staff, _ texts: Texts) -> AbsenceFault? {
        let known = staff.reps.map { texts[$0.name] }
        guard known.contains(rep) else { return .unknownRep(rep, known: known) }
        guard let until else { return nil }
        if until < from { return .endsBeforeItBegins }
        return until.daysSinceEpoch - from.daysSinceEpoch > 731 ? .tooLong : nil
    }

    /// The absences of a calendar file: whole days, those that follow one another as one.
    package static func all(
        inICS bytes: [UInt8], of rep: String, years: ClosedRange<Int>
    ) throws(AbsenceFault) -> [Absence] {
        let days: [Holiday]
        do {
            days = try holidays(inICS: bytes, years: years).holidays
        } catch {
            throw .unreadable("\(error)", line: error.line)
        }
        guard !days.isEmpty else { throw .nothingInFile }
        var absences: [Absence] = []
        for day in days {
            if let last = absences.last, last.until?.adding(days: 1) == day.date {
                absences[absences.count - 1] = Absence(rep: rep, from: last.from, until: day.date, reason: last.reason)
            } else {
                absences.append(Absence(rep: rep, from: day.date, until: day.date, reason: ""))
            }
        }
        return absences
    }
}
