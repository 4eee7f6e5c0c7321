internal import Agreement
internal import Engine
internal import Vocabulary

/// Somebody who came into the first stage.
private struct Arrival: Hashable, Sendable {
    let account: Int32
    let person: Int32
    let instant: Instant
    let day: CivilDate
    let origin: String
    let fact: Int32
}

extension Inquiry {
    /// The ten days and origins that brought most people, against an ordinary day.
    func busiestDays() -> ReportSection {
        let company = company
        let table = Tabulation(
            arrivals(),
            listing: [
                Listed("who", "who", .text) { .text(company.personName($0.person)) },
                Listed("account", "account", .text) { .text(company.accountName($0.account)) },
                Listed("origin", "origin", .text) { .text($0.origin) },
                Listed("instant", "came", .instant) { .instant($0.instant) },
                Listed("fact", "fact", .fact) { company.fact($0.fact) },
            ])
        let days = daysOfWindow(table.records)
        let all = Int128(table.records.count)
        let measures: [Measure<Arrival>] = [
            .count("people", "people"),
            .statistic("usual", "usual", .number) { _ in ReportValue(Ratio(all, Int128(days))) },
            .statistic("times", "times the usual", .number) { people in
                ReportValue(Ratio(Int128(people.count) * Int128(days), all, decimals: 1))
            },
        ]
        let groups = Dictionary(grouping: table.all) { index in
            "\(table.records[Int(index)].origin), \(table.records[Int(index)].day)"
        }
        let busiest = groups.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.prefix(10)
        return ReportSection(
            key: "busiest", title: "Busiest days", rowsAre: "origin and day", columns: measures.map(\.column),
            rows: busiest.map { table.row($0.key, $0.key, $0.value, measures) }, records: table.list)
    }

    private func arrivals() -> [Arrival] {
        let owners = PassOwners(company)
        let origins = FirstValues(Inquiry.origin, world.history)
        return StageEntries(company).entries(into: 0).compactMap { entry in
            guard isInWindow(entry.instant), entry.unit.pass <= 1, isChosen(subject(of: entry, owners)) else {
                return nil
            }
            return Arrival(
                account: entry.unit.account, person: entry.unit.person, instant: entry.instant,
                day: company.zone.civil(at: entry.instant).date, origin: origins[entry.unit.person] ?? unsaid,
                fact: entry.fact)
        }
    }

    private func daysOfWindow(_ arrivals: [Arrival]) -> Int {
        guard let first = arrivals.map(\.instant).min() else { return 0 }
        let begin = company.zone.civil(at: from ?? first).date.daysSinceEpoch
        let end = company.zone.civil(at: to).date.daysSinceEpoch
        return max(1, Int(end - begin))
    }
}
