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
    /// Where everybody stood at an instant: what their moves before it come to.
    func places(at instant: Instant) -> [Place] {
        let (stages, owners) = (StageNumbers(company), PassOwners(company))
        var places: [Place] = []
        for account in outcome.accounts {
            var standing: [Int32: (stage: Int, detour: String, move: Move)] = [:]
            for move in account.moves where move.person >= 0 && move.instant < instant {
                switch move.change {
                case .skipped: continue
                case .expanded: standing[move.person] = nil
                case .wentAway: standing[move.person] = (-1, detourName(move), move)
                case .entered, .imported, .returned, .restored, .alsoOnDeal:
                    let stage = stages[move.version, move.stage] ?? -1
                    let known = standing[move.person]
                    // A deal moves whom it is credited to only further.
                    let isBehind = known.map { $0.detour.isEmpty && $0.move.pass == move.pass && $0.stage >= stage }
                    if isBehind == true, move.change != .restored { continue }
                    standing[move.person] = (stage, "", move)
                }
            }
            for (person, found) in standing.sorted(by: { $0.key < $1.key })
            where found.stage >= 0 || !found.detour.isEmpty {
                let owner = owners[person, found.move.pass]
                let subject = Subject(
                    at: found.move.instant, person: person, owner: owner?.owner ?? -1, team: owner?.team ?? -1,
                    grade: owner?.grade ?? -1)
                guard isChosen(subject), !firstPassOnly || found.move.pass <= 1 else { continue }
                places.append(
                    Place(
                        account: account.account, person: person, pass: found.move.pass, stage: found.stage,
                        detour: found.detour, since: found.move.instant, fact: found.move.fact, subject: subject))
            }
        }
        return places
    }

    private func detourName(_ move: Move) -> String {
        let program = world.versions[Int(move.version)].program
        return program.names[Int(program.detours[Int(move.stage)].name)]
    }
}
