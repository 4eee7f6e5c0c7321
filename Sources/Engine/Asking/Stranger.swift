/// Somebody about whom there is no fact at all, so that a list can be answered whole: the agreement says what holds then.
extension FoldWorld {
    /// This world with one more person of whom nothing is known, and their index.
    public func withStranger() -> (world: FoldWorld, person: Int32) {
        var history = self.history
        let (person, facts) = (Int32(history.persons.count), Int32(history.count))
        let name = history.intern("")
        history.accounts.append(
            AccountEntry(name: name, identifiers: [], facts: facts..<facts, persons: person..<person + 1))
        history.persons.append(PersonEntry(name: name, account: Int32(history.accounts.count - 1)))
        return (
            FoldWorld(
                history: history, versions: versions, staff: staff, assigning: assigning, until: until), person
        )
    }
}
