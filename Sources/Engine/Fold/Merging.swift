internal import Journal
internal import Vocabulary

// Whoever turns out to be one person was one all along: what happened under both names lies in one account, in order of time.
// Only who keeps them has to be settled, where both were handed over.

extension AccountFold {
    /// Whoever accepted them first keeps them; what runs against the other is withdrawn.
    mutating func merge(_ person: Int) {
        let index = Int(persons[person].handOver)
        guard index >= 0, outcome.handOvers[index].isOpen, outcome.handOvers[index].joins < 0, !isUndoneLater(person)
        else { return }
        let keeper = outcome.handOvers[index].firstAccepter
        guard keeper >= 0, keeper != outcome.handOvers[index].owner, isAmongOwners(keeper, of: index) else { return }
        withdrawClocks(of: Int32(index), .merged)
        let ownership = Ownership(owner: keeper, since: present, why: .merged, rule: -1, fact: fact)
        edit { $0.handOvers[index].owners.append(ownership) }
        own(index, isFirst: false)
    }

    /// A manager may have accepted on behalf of somebody; that does not make them an owner.
    private func isAmongOwners(_ keeper: Int32, of index: Int) -> Bool {
        world.staff.rep(keeper) != nil || outcome.handOvers[index].owners.contains { $0.owner == keeper }
    }

    /// Whom a later fact parts again, the merge never joined.
    private func isUndoneLater(_ person: Int) -> Bool {
        account.facts.contains { place in
            history.person[Int(place)] == global(person) && history.acts[Int(history.act[Int(place)])].kind == .unmerged
                && (present...world.until).contains(history.at(Int(place)))
        }
    }
}

extension HandOver {
    /// A text; −1: nobody has accepted by word.
    fileprivate var firstAccepter: Int32 {
        (earlierVerdicts + (verdict.map { [$0] } ?? [])).first { $0.isAccepted && $0.manner == .spoken }?.by ?? -1
    }
}
