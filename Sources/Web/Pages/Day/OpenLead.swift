internal import Agreement
internal import Engine
internal import Reports
internal import Vocabulary

/// A lead that somebody has now: handed over, and neither gone back nor at the last stage.
struct OpenLead: Sendable {
    let lead: Lead
    let account: AccountOutcome
    /// An index in `account.handOvers`.
    let index: Int

    /// `nil`: nothing of the person is open.
    init?(_ lead: Lead, _ company: JudgedCompany) {
        account = company.outcome.accounts[Int(company.world.history.persons[Int(lead.person)].account)]
        let open = account.handOvers.lastIndex {
            $0.person == lead.person && $0.isOpen && !$0.isBeforeStart
        }
        guard let open else { return nil }
        (self.lead, index) = (lead, open)
    }

    var handOver: HandOver { account.handOvers[index] }
    var pass: Int32 { handOver.pass }

    /// What its owner owes on it, the first due first.
    var owed: [Clock] {
        account.clocks.filter { $0.handOver == Int32(index) && $0.isOwed && $0.owner == handOver.owner }
            .sorted { ($0.due ?? .latest) < ($1.due ?? .latest) }
    }

    var due: Instant? { owed.first?.due }

    /// Somebody has said in words whether it is good.
    var isDecided: Bool { handOver.verdict?.manner == .spoken }
    var waitsForRuling: Bool { handOver.dispute?.ruling == .pending }

    func stage(_ company: JudgedCompany) -> String { company.stageName(handOver.stage, handOver.version) }

    /// What routing reckons it to be worth, in millionths: by its grade at the hand-over.
    fileprivate func value(_ company: JudgedCompany) -> Int64 {
        let values = company.world.versions[Int(handOver.version)].program.assigning.values
        return values.first { $0.grade == handOver.grade }?.value ?? 0
    }
}

extension WorkOrder {
    /// In the order that the agreement wants; what it leaves open, by age and then by name.
    func sorted(_ leads: [OpenLead], _ company: JudgedCompany) -> [OpenLead] {
        let ranked = leads.map { (lead: $0, rank: rank(of: $0, company)) }
        return ranked.sorted { a, b in
            if a.rank != b.rank { return a.rank.lexicographicallyPrecedes(b.rank) }
            return a.lead.lead.identifier.utf8.lexicographicallyPrecedes(b.lead.lead.identifier.utf8)
        }.map(\.lead)
    }

    /// The smallest comes first.
    private func rank(of open: OpenLead, _ company: JudgedCompany) -> [Int64] {
        let grades = company.agreement.scoring.fit.grades
        return (keys + [.age]).map { key in
            switch key {
            case .due: (open.due ?? .latest).milliseconds
            case .score: -open.lead.engagement.micropoints
            case .grade: Int64(grades.firstIndex { $0.name == open.lead.grade } ?? grades.count)
            case .value: -open.value(company)
            case .age: (open.handOver.owners.first?.since ?? open.handOver.ready ?? .latest).milliseconds
            }
        }
    }
}
