internal import Agreement
internal import Engine
internal import Reports
internal import Roles
internal import Vocabulary

/// What was said of a lead, and whatever became of it since.
struct SaidVerdict: Sendable {
    let verdict: Engine.Verdict
    let handOver: HandOver
    /// Whether it is what holds now, and no earlier one.
    let isLast: Bool

    /// Of everybody, the latest first.
    static func all(in company: JudgedCompany) -> [SaidVerdict] {
        var said: [SaidVerdict] = []
        for account in company.outcome.accounts {
            for handOver in account.handOvers where !handOver.isBeforeStart {
                said += handOver.earlierVerdicts.map { SaidVerdict(verdict: $0, handOver: handOver, isLast: false) }
                if let verdict = handOver.verdict {
                    said.append(SaidVerdict(verdict: verdict, handOver: handOver, isLast: true))
                }
            }
        }
        return said.sorted { $0.verdict.instant > $1.verdict.instant }
    }

    /// Until when it may be disputed; `nil`: it may not be.
    func disputable(in company: JudgedCompany) -> Instant? {
        guard let clause = company.agreement.verdicts.dispute, isLast, handOver.dispute == nil, !verdict.isAccepted,
            verdict.manner == .spoken, verdict.reason >= 0
        else { return nil }
        let end = company.world.deadline(ofDispute: clause.within.value, from: verdict.instant)
        return end.flatMap { company.world.until <= $0 ? $0 : nil }
    }

    /// Until when the arbiter has to rule; `nil`: no ruling is waited for.
    func rulingDue(in company: JudgedCompany) -> Instant? {
        guard let clause = company.agreement.verdicts.dispute, let dispute = handOver.dispute, isLast,
            dispute.ruling == .pending
        else { return nil }
        return company.world.deadline(ofDispute: clause.rulingWithin.value, from: dispute.raised)
    }
}

extension Role {
    /// For which party of the agreement somebody speaks; `nil`: for none.
    var party: Party? {
        switch self {
        case .operator: .operations
        case .marketing: .marketing
        case .salesManager, .rep: .sales
        case .executive: .executive
        case .auditor: nil
        }
    }
}
