internal import Agreement
internal import Engine
internal import Vocabulary

// What the units of the other tables are told apart by, where no column of theirs says it: who is in which team, in which week
// an instant lies, what facts say.

extension OutcomeTable {
    static let rep = OutcomeTable(
        "rep", "Somebody who receives hand-overs.",
        fields: { (fields: inout TableFields<Staff.Rep>) in
            fields.text("rep", "the address") { $1.text($0.name) }
            fields.text("team", "the team") { $1.text($1.world.staff.teams[$0.team].name) }
        }
    ) { $0.world.staff.reps }

    static let team = OutcomeTable(
        "team", "A team.",
        fields: { (fields: inout TableFields<Staff.Team>) in
            fields.text("team", "its name") { $1.text($0.name) }
            fields.text("manager", "who leads it; empty: nobody") { $1.text($0.manager) }
        }
    ) { $0.world.staff.teams }

    static let period = OutcomeTable(
        "period",
        "A stretch of time in the company's zone and fiscal calendar, in which anything of these tables lies.",
        lookedUpBy: ["kind", "from_ms"],
        fields: { (fields: inout TableFields<PeriodRow>) in
            fields.text("kind", "week, month, quarter, year or hour (of the week)") { record, _ in record.segment.word }
            fields.text("name", "as reports call it") { record, _ in record.name }
            fields.instant("from", "when it begins") { record, _ in record.from }
            fields.instant("to", "when it has ended") { record, _ in record.to }
        }
    ) { PeriodRow.all($0) }

    static let personField = OutcomeTable(
        "person_field", "What facts first said of a person, for each field of the agreement that is not personal.",
        lookedUpBy: ["person", "field"],
        fields: { (fields: inout TableFields<FieldRow>) in
            fields.text("person", "the person") { record, source in source.person(record.of) }
            fields.text("field", "the field") { record, _ in record.field }
            fields.text("value", "what was said, as reports show it") { record, _ in record.value }
        }
    ) { source in
        source.plainFields.flatMap { field -> [FieldRow] in
            let values = FirstValues(field, source.world.history)
            return source.world.history.persons.indices.compactMap { person in
                values[Int32(person)].map { FieldRow(of: Int32(person), field: field, value: $0) }
            }
        }
    }

    static let dealField = OutcomeTable(
        "deal_field", "What facts last said of a deal, for each field of the agreement that is not personal.",
        lookedUpBy: ["deal", "field"],
        fields: { (fields: inout TableFields<FieldRow>) in
            fields.text("deal", "the deal's record") { record, source in source.text(record.of) }
            fields.text("field", "the field") { record, _ in record.field }
            fields.text("value", "what was said, as reports show it") { record, _ in record.value }
        }
    ) { source in
        let deals = source.company.outcome.accounts.flatMap(\.deals)
        return source.plainFields.flatMap { field in
            deals.compactMap { deal in
                source.company.lastSaid(field, of: deal).map { FieldRow(of: deal.record, field: field, value: $0) }
            }
        }
    }
}

struct FieldRow: Sendable {
    /// A person, or the text of a deal's record.
    let of: Int32
    let field: String
    let value: String
}

struct PeriodRow: Sendable {
    let segment: Segment
    let name: String
    let from: Instant
    let to: Instant

    /// Only where anything lies: a single fact of long ago makes no thousands of empty hours.
    static func all(_ source: TableSource) -> [PeriodRow] {
        let zone = source.company.zone
        let instants = source.countedInstants
        let days = Set(instants.map { zone.civil(at: $0).date }).sorted()
        let periods = [Segment.week, .month, .quarter, .year].flatMap { segment -> [PeriodRow] in
            var rows: [PeriodRow] = []
            for day in days where rows.last.map({ $0.to <= zone.startOfDay(day) }) ?? true {
                guard let period = source.company.days(of: segment, containing: day) else { continue }
                let from = zone.startOfDay(period.lowerBound)
                rows.append(
                    PeriodRow(
                        segment: segment, name: source.company.periodName(day, segment), from: from,
                        to: zone.startOfDay(period.upperBound)))
            }
            return rows
        }
        return periods + hours(of: instants, source.company)
    }

    private static func hours(of instants: Set<Instant>, _ company: JudgedCompany) -> [PeriodRow] {
        let hour: Int64 = 3_600_000
        let starts = Set(
            instants.map { instant in
                let local = (instant + company.zone.offset(at: instant)).milliseconds
                return Instant(milliseconds: instant.milliseconds - (local % hour + hour) % hour)
            })
        return starts.sorted().map { start in
            PeriodRow(
                segment: .hour, name: company.hourName(start), from: start, to: start + Elapsed(milliseconds: hour))
        }
    }
}

extension TableSource {
    /// The fields of the agreement in force by which anybody may tell people apart.
    fileprivate var plainFields: [String] {
        company.agreement.fields.filter { !$0.isPersonal.value }.map(\.name)
    }

    /// Every instant by which a report may count a unit of these tables.
    fileprivate var countedInstants: Set<Instant> {
        var instants: Set<Instant> = [world.until]
        instants.formUnion(entries.entries.map(\.instant))
        for account in company.outcome.accounts {
            instants.formUnion(account.standings.map(\.since))
            instants.formUnion(account.deals.flatMap(\.changes).map(\.instant))
            instants.formUnion(account.clocks.flatMap { [$0.start, $0.due].compactMap { $0 } })
            for handOver in account.handOvers {
                guard let ready = handOver.ready else { continue }
                instants.formUnion([ready, max(ready, handOver.owners.first?.since ?? ready)])
            }
        }
        return instants
    }
}

extension JudgedCompany {
    fileprivate func days(of segment: Segment, containing day: CivilDate) -> Range<CivilDate>? {
        switch segment {
        case .week:
            let monday = day.adding(days: -Int(day.weekday.rawValue))
            return monday..<monday.adding(days: 7)
        case .month:
            let first = day.adding(days: 1 - day.fields.day)
            return first..<first.adding(days: CivilDate.daysIn(month: day.fields.month, year: day.fields.year))
        case .quarter: return fiscalCalendar.days(of: fiscalCalendar.quarter(containing: day))
        case .year: return fiscalCalendar.days(of: fiscalCalendar.year(containing: day))
        case .hour, .rep, .team, .manager, .grade, .kind, .property: return nil
        }
    }
}
