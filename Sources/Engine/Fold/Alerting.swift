internal import Vocabulary

// Whom the agreement wants told when somebody does a named thing. An alert is judged at each thing done that its condition
// names, once everything of the fact is noted; nothing is told twice, since a fact is judged once.

/// An alert that asks about what has just happened.
struct HeededAlert: Equatable {
    let alert: Int32
    let person: Int
}

extension AccountFold {
    mutating func heed(_ happening: Int32, _ person: Int) {
        for index in program.alerts.range(Int(happening)) {
            let heeded = HeededAlert(alert: program.alerts[at: index], person: person)
            if !self.heeded.contains(heeded) { self.heeded.append(heeded) }
        }
    }

    /// Nothing from before go-live is told, and nothing that was learned of too late to be acted on.
    mutating func raiseAlerts() {
        guard !heeded.isEmpty else { return }
        defer { heeded.removeAll(keepingCapacity: true) }
        if let starts = program.program.history.starts, present < starts { return }
        for entry in heeded where isRaised(entry) {
            let raised = RaisedAlert(
                instant: present, person: entry.person < size - 1 ? global(entry.person) : -1, alert: entry.alert,
                version: version, fact: fact, owner: owner(of: entry.person))
            edit { $0.alerts.append(raised) }
        }
    }

    private func isRaised(_ entry: HeededAlert) -> Bool {
        let (alert, state) = (program.program.alerts[Int(entry.alert)], persons[entry.person])
        guard !state.isIgnored, !state.isErased, !isLearnedLate(entry.person), holds(alert.when, entry.person) else {
            return false
        }
        guard let limit = alert.limit else { return true }
        let person = entry.person < size - 1 ? global(entry.person) : -1
        let recent = outcome.alerts.count {
            $0.alert == entry.alert && $0.version == version && $0.person == person
                && present - $0.instant < limit.within
        }
        return recent < limit.count
    }

    private func owner(of person: Int) -> Int32 {
        let index = Int(persons[person].handOver)
        return index >= 0 && outcome.handOvers[index].isOpen ? outcome.handOvers[index].owner : accountOwner
    }
}
