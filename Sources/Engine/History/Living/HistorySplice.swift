internal import Identity

extension History {
    /// The same history with some accounts gone and those of another in their places in the order of names; and of each row
    /// the fact behind it. Numbers of texts and acts stay, so that what was said keeps its number.
    ///
    /// Costs a copy of the columns, and of the other history the numbering anew. `nil` where an account would be there twice.
    func replacing(
        _ gone: Set<Int>, by part: History, rows: [Int32], rowsOfPart: [Int32], in living: LivingAccounts,
        _ acts: inout ActTable
    ) -> (history: History, rows: [Int32])? {
        var numbering = Numbering(
            part.acts, part.texts, part.properties, isOfFew: true,
            into: NumberedWords(acts: acts, properties: properties, texts: texts))
        var splice = Splice(self, rows, part, rowsOfPart)
        var next = 0
        for (number, account) in part.accounts.enumerated() {
            let (place, isThere) = living.place(ofAccount: account.name, in: part.texts)
            // One of that name that has no facts is nobody's neighbour; the new one takes its place.
            guard !isThere || gone.contains(place) || accounts[place].facts.isEmpty && accounts[place].persons.isEmpty
            else { return nil }
            splice.keep(next..<place, without: gone)
            splice.take(number, &numbering)
            next = isThere ? place + 1 : place
        }
        splice.keep(next..<accounts.count, without: gone)
        let words = numbering.words
        acts = words.acts
        splice.history.texts = words.texts
        splice.history.properties = words.properties
        splice.history.acts = words.acts.all
        splice.history.lineage = lineage
        return (splice.history, splice.rows)
    }
}

/// Puts a history together from runs of one and accounts of another.
private struct Splice {
    private(set) var rows: [Int32] = []
    var history = History()
    private let old: History
    private let oldRows: [Int32]
    private let part: History
    private let rowsOfPart: [Int32]
    /// How far `old` was looked through.
    private var (late, assumed) = (0, 0)

    init(_ old: History, _ oldRows: [Int32], _ part: History, _ rowsOfPart: [Int32]) {
        (self.old, self.oldRows, self.part, self.rowsOfPart) = (old, oldRows, part, rowsOfPart)
        let room = old.count + part.count
        rows.reserveCapacity(room)
        history.occurred.reserveCapacity(room)
        history.act.reserveCapacity(room)
        history.person.reserveCapacity(room)
        history.sequence.reserveCapacity(room)
        history.accounts.reserveCapacity(old.accounts.count + part.accounts.count)
        history.persons.reserveCapacity(old.persons.count + part.persons.count)
    }

    /// A run of accounts as they are, in pieces around those that go.
    mutating func keep(_ run: Range<Int>, without gone: Set<Int>) {
        var start = run.lowerBound
        for place in gone.filter(run.contains).sorted() {
            keep(start..<place)
            start = place + 1
        }
        keep(start..<run.upperBound)
    }

    private mutating func keep(_ run: Range<Int>) {
        guard let first = run.first, let last = run.last else { return }
        let facts = Int(old.accounts[first].facts.lowerBound)..<Int(old.accounts[last].facts.upperBound)
        let persons = Int(old.accounts[first].persons.lowerBound)..<Int(old.accounts[last].persons.upperBound)
        let byFacts = Int32(history.occurred.count - facts.lowerBound)
        let byPersons = Int32(history.persons.count - persons.lowerBound)
        let byAccounts = Int32(history.accounts.count - first)
        rows += oldRows[facts]
        history.occurred += old.occurred[facts]
        history.act += old.act[facts]
        history.sequence += old.sequence[facts]
        if byPersons == 0 {
            history.person += old.person[facts]
        } else {
            history.person += old.person[facts].lazy.map { $0 < 0 ? $0 : $0 + byPersons }
        }
        history.persons += old.persons[persons].lazy.map {
            PersonEntry(name: $0.name, account: $0.account + byAccounts)
        }
        history.accounts += old.accounts[run].lazy.map { $0.moved(facts: byFacts, persons: byPersons) }
        moveLate(facts, by: byFacts)
    }

    /// Rows whose facts came late or are assumed, of a run of rows of the old history.
    private mutating func moveLate(_ facts: Range<Int>, by shift: Int32) {
        late = old.lateFacts.firstIndex(notBefore: facts.lowerBound, from: late)
        while late < old.lateFacts.count, Int(old.lateFacts[late]) < facts.upperBound {
            history.lateFacts.append(old.lateFacts[late] + shift)
            history.lateKnown.append(old.lateKnown[late])
            late += 1
        }
        assumed = old.assumedFacts.firstIndex(notBefore: facts.lowerBound, from: assumed)
        while assumed < old.assumedFacts.count, Int(old.assumedFacts[assumed]) < facts.upperBound {
            history.assumedFacts.append(old.assumedFacts[assumed] + shift)
            history.assumedSince.append(old.assumedSince[assumed])
            assumed += 1
        }
    }

    /// An account of the other history.
    mutating func take(_ number: Int, _ numbering: inout Numbering) {
        let entry = part.accounts[number]
        let byFacts = Int32(history.occurred.count) - entry.facts.lowerBound
        let byPersons = Int32(history.persons.count) - entry.persons.lowerBound
        for person in entry.persons {
            history.persons.append(
                PersonEntry(
                    name: numbering.text(part.persons[Int(person)].name), account: Int32(history.accounts.count)))
        }
        for fact in entry.facts.lazy.map(Int.init) {
            rows.append(rowsOfPart[fact])
            history.occurred.append(part.occurred[fact])
            history.act.append(numbering.act(part.act[fact]))
            history.sequence.append(part.sequence[fact])
            history.person.append(part.person[fact] < 0 ? -1 : part.person[fact] + byPersons)
            if part.known(fact) != part.occurred[fact] {
                history.lateFacts.append(Int32(fact) + byFacts)
                history.lateKnown.append(part.known(fact))
            }
        }
        for (place, fact) in part.assumedFacts.enumerated() where entry.facts.contains(fact) {
            history.assumedFacts.append(fact + byFacts)
            history.assumedSince.append(part.assumedSince[place])
        }
        let name = numbering.text(entry.name)
        let identifiers = entry.identifiers.map { numbering.text($0) }
        history.accounts.append(
            AccountEntry(name: name, identifiers: identifiers, facts: entry.facts, persons: entry.persons)
                .moved(facts: byFacts, persons: byPersons))
    }
}

extension AccountEntry {
    fileprivate func moved(facts: Int32, persons: Int32) -> AccountEntry {
        AccountEntry(
            name: name, identifiers: identifiers,
            facts: self.facts.lowerBound + facts..<self.facts.upperBound + facts,
            persons: self.persons.lowerBound + persons..<self.persons.upperBound + persons)
    }
}

extension [Int32] {
    /// In a list in order, from a place on.
    fileprivate func firstIndex(notBefore fact: Int, from place: Int) -> Int {
        var (low, high) = (place, count)
        while low < high {
            let middle = (low + high) / 2
            if Int(self[middle]) < fact { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
