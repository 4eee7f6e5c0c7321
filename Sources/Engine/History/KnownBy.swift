public import Vocabulary

extension History {
    /// Without the facts that sources came to hold later than the instant. Persons, accounts, texts and acts keep their
    /// numbers, so that programs bound to this history are bound to that one too. Linear in facts.
    public func known(by instant: Instant) -> History {
        let isKnown = (0..<count).map { known($0) <= instant.milliseconds }
        var history = self
        history.occurred = kept(occurred, isKnown)
        history.act = kept(act, isKnown)
        history.person = kept(person, isKnown)
        history.sequence = kept(sequence, isKnown)
        let places = placesAfter(isKnown)
        let late = lateFacts.indices.filter { isKnown[Int(lateFacts[$0])] }
        history.lateFacts = late.map { places[Int(lateFacts[$0])] }
        history.lateKnown = late.map { lateKnown[$0] }
        history.accounts = accounts.map { account in
            let facts = places[Int(account.facts.lowerBound)]..<places[Int(account.facts.upperBound)]
            return AccountEntry(
                name: account.name, identifiers: account.identifiers, facts: facts, persons: account.persons)
        }
        history.company = company.filter { $0.known <= instant }
        history.apart = apart.filter { $0.known <= instant }
        return history
    }

    private func kept<Value>(_ column: [Value], _ isKnown: [Bool]) -> [Value] {
        column.indices.filter { isKnown[$0] }.map { column[$0] }
    }

    /// Of each fact, how many before it are kept; at the end, of all.
    private func placesAfter(_ isKnown: [Bool]) -> [Int32] {
        var places: [Int32] = [0]
        places.reserveCapacity(count + 1)
        for known in isKnown { places.append((places.last ?? 0) + (known ? 1 : 0)) }
        return places
    }
}
