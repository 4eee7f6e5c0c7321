import Agreement
import Engine
import Journal
import Vocabulary

// Alerts: at each thing done that the condition names, where it holds then. Those about verdicts and deals are left to worked
// cases.

extension ReferenceAccount {
    mutating func raiseAlerts() {
        let entry = facts[noted - 1]
        let starts = agreed.agreement.company.starts.map { agreed.agreement.zone.startOfDay($0.value) }
        guard starts.map({ now >= $0 }) ?? true, !isIgnored(entry.person, before: noted), !states[entry.person].isErased
        else { return }
        for alert in agreed.agreement.alerts where isRaised(alert, entry) {
            told.alerts.append(
                ToldAlert(
                    instant: now, who: who(entry.person), clause: alert.when.address, version: version,
                    fact: entry.key, owner: holder(of: entry.person)))
        }
    }

    private func isRaised(_ alert: Alert, _ entry: ReferenceFact) -> Bool {
        let isNamed = alert.when.value.happenings.contains { isOccurrence(entry.fact, of: $0) }
        guard isNamed, holds(alert.when.value, entry.person), !isLearnedLate(entry) else { return false }
        guard let limit = alert.atMost?.value else { return true }
        let hours: [Period: Int64] = [.hour: 1, .day: 24, .week: 168, .month: 744, .quarter: 2208, .year: 8784]
        let recent = told.alerts.filter {
            $0.clause == alert.when.address && $0.version == version && $0.who == who(entry.person)
                && (now - $0.instant).milliseconds < (hours[limit.per] ?? 0) * 3_600_000
        }
        return recent.count < limit.count
    }

    private func isLearnedLate(_ entry: ReferenceFact) -> Bool {
        guard let within = agreed.agreement.company.history.actWithin.value as Budget? else { return false }
        let limit = try? world.staff.always.deadline(from: now, budget: within)
        return limit.map { entry.fact.known > $0 } ?? false
    }

    private func holder(of person: Int) -> String {
        if let index = states[person].handOver, told.handOvers[index].isOpen { return told.handOvers[index].owner }
        return accountOwner
    }
}
