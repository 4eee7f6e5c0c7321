internal import Engine
internal import Reports
internal import Vocabulary

/// What waits when a digest goes out: how many leads of the reader wait for an answer or a verdict, by when the first of what is
/// owed on each falls due; for a manager also those of the team, as far as the agreement shows them its numbers.
struct WaitingLeads: Hashable, Sendable {
    /// By the days of the reader's own clock.
    enum Term: Int, CaseIterable, Hashable, Sendable {
        case overdue, today, tomorrow, later
        /// Nothing that is owed has an end, as of a lead that was learned of late.
        case endless
    }

    /// Of one person who has something that waits.
    struct Share: Hashable, Sendable {
        /// As the reader may see it.
        let owner: String
        fileprivate(set) var counts: [Term: Int] = [:]

        var total: Int { counts.values.reduce(0, +) }
    }

    /// `nil`: nothing of the reader's own waits.
    let own: Share?
    /// By the addresses of the reps.
    let team: [Share]

    /// `nil`: nothing waits for this reader.
    init?(_ company: JudgedCompany, _ leads: LeadRegister, for reader: String, at now: Instant, in zone: Zone) {
        guard let number = company.world.history.texts.number(of: reader) else { return nil }
        let seen = company.seen(by: .person(reader))
        let staff = company.world.staff
        let reps = staff.reps.map(\.name).filter { rep in
            rep != number && staff.manager(of: rep) == number && seen.seesNumbers(of: rep)
        }
        var shares: [Int32: Share] = [:]
        for owner in [number] + reps { shares[owner] = Share(owner: seen.repName(owner)) }
        for lead in leads.leads where shares[lead.owner] != nil {
            guard let open = OpenLead(lead, company), open.waits else { continue }
            shares[lead.owner]?.counts[Term(of: open, at: now, in: zone), default: 0] += 1
        }
        func share(_ owner: Int32) -> Share? { shares[owner].flatMap { $0.total > 0 ? $0 : nil } }
        (own, team) = (share(number), reps.compactMap(share))
        if own == nil, team.isEmpty { return nil }
    }
}

extension OpenLead {
    /// For its owner to answer, or to say whether it is good.
    fileprivate var waits: Bool { lead.waitingSince != nil || handOver.verdict == nil }
}

extension WaitingLeads.Term {
    fileprivate init(of open: OpenLead, at now: Instant, in zone: Zone) {
        guard let first = open.owed.first, let due = first.due else {
            self = .endless
            return
        }
        let days = zone.civil(at: due).date.daysSinceEpoch - zone.civil(at: now).date.daysSinceEpoch
        self =
            if first.state == .missed || due < now { .overdue } else {
                switch days {
                case 0: .today
                case 1: .tomorrow
                default: .later
                }
            }
    }
}
