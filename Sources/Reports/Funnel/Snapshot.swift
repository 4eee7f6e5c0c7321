internal import Agreement
internal import Engine
internal import Vocabulary

/// Somebody in a stage or a detour at an instant.
struct Place: Hashable, Sendable {
    let account: Int32
    let person: Int32
    let pass: Int32
    /// An index in the stages of the agreement in force; −1: of a detour, by `detour`.
    let stage: Int
    let detour: String
    let since: Instant
    let fact: Int32
    let subject: Subject
}

func snapshotFunnel(_ inquiry: Inquiry) -> ReportDefinition.Found {
    let names = inquiry.agreement.stages.map(\.name)
    let detours = inquiry.agreement.detours.map(\.name)
    let places = inquiry.places(at: inquiry.to)
    let company = inquiry.company
    let table = Tabulation(
        places,
        listing: [
            Listed("who", "who", .text) { .text(company.personName($0.person)) },
            Listed("account", "account", .text) { .text(company.accountName($0.account)) },
            Listed("place", "stage", .text) { .text($0.stage < 0 ? $0.detour : names[$0.stage]) },
            Listed("pass", "pass", .count) { .count(Int($0.pass)) },
            Listed("owner", "owner", .text) { .text(company.repName($0.subject.owner)) },
            Listed("since", "since", .instant) { .instant($0.since) },
            Listed("fact", "fact", .fact) { company.fact($0.fact) },
        ])
    let at = inquiry.to
    let measures: [Measure<Place>] = [
        .count("people", "people"),
        .quantile("waited", "median stay so far", 50) { (at - $0.since, true) },
    ]
    let everywhere =
        names.enumerated().map { (name: $0.element, stage: $0.offset) } + detours.map { (name: $0, stage: -1) }
    let groups = everywhere.map { place in
        let members = table.all.filter { index in
            let record = table.records[Int(index)]
            return record.stage == place.stage && (place.stage >= 0 || record.detour == place.name)
        }
        return (name: place.name, members: members)
    }
    var sections = [
        table.section("stages", "People in each stage", rowsAre: "stage", groups: groups, measures)
    ]
    if inquiry.segment != nil {
        sections.append(table.section("segments", "People by segment", by: inquiry, measures) { $0.subject })
    }
    return ReportDefinition.Found(
        population: "people in a stage or a detour at \(inquiry.to)", measure: "how many stand where",
        sections: sections, warnings: places.isEmpty ? [.noRecords] : [])
}

extension Inquiry {
    /// Where everybody stood just before an instant.
    func places(at instant: Instant) -> [Place] {
        let then = instant < world.until ? company.stood(at: instant - Elapsed(milliseconds: 1)) : company
        let (stages, owners) = (StageNumbers(then), PassOwners(then))
        let version = Int32(then.world.versions.lastIndex { $0.from <= then.world.until } ?? 0)
        return then.outcome.accounts.flatMap { account in
            account.standings.compactMap { standing -> Place? in
                guard standing.stage >= 0 || standing.detour >= 0 else { return nil }
                let owner = owners[standing.person, standing.pass]
                let subject = Subject(
                    at: standing.since, person: standing.person, owner: owner?.owner ?? -1, team: owner?.team ?? -1,
                    grade: owner?.grade ?? -1)
                guard isChosen(subject), !firstPassOnly || standing.pass <= 1 else { return nil }
                let move = account.moves.last { $0.person == standing.person && $0.change != .alsoOnDeal }
                return Place(
                    account: account.account, person: standing.person, pass: standing.pass,
                    stage: standing.detour >= 0 ? -1 : stages[version, standing.stage] ?? -1,
                    detour: then.detourName(standing.detour, version), since: standing.since,
                    fact: move?.fact ?? noFact, subject: subject)
            }
        }
    }
}

extension JudgedCompany {
    fileprivate func detourName(_ detour: Int32, _ version: Int32) -> String {
        let program = world.versions[Int(version)].program
        return detour < 0 ? "" : program.names[Int(program.detours[Int(detour)].name)]
    }
}
