internal import Identity
internal import Journal

/// Puts placed facts in order, and gives accounts, persons, acts and texts their numbers in that order: so numbers too are
/// the same in whichever order facts came.
struct HistoryLayout {
    private let facts: FactColumns
    private let acts: [Act]
    private let placement: Placement
    private var numbering: Numbering
    private var history = History()
    /// In the order of the rows of the history, the facts.
    private(set) var laid: [Int32] = []

    init(
        _ facts: FactColumns, _ acts: [Act], _ texts: Texts, _ properties: PropertyTable, _ placement: Placement
    ) {
        (self.facts, self.acts, self.placement) = (facts, acts, placement)
        numbering = Numbering(acts, texts, properties)
    }

    mutating func layOut() -> History {
        let names = placement.accountNames
        let order = names.indices.sorted { names[$0].precedesInBytes(names[$1]) }
        let persons = personsByAccount(order)
        let (sorted, starts) = factsByAccount(order)
        laid = sorted
        writeFacts(sorted, persons.number)
        writeAccounts(order, starts, persons.starts, persons.order)
        (history.texts, history.properties) = (words.texts, words.properties)
        history.acts = words.acts.all
        history.unplaced = facts.count - sorted.count
        return history
    }

    /// What the history’s numbers mean.
    var words: NumberedWords { numbering.words }

    // MARK: Persons

    /// Persons in the order of their accounts, within one in that of their names; of each account, where its persons start.
    private func personsByAccount(_ order: [Int]) -> (order: [Int32], number: [Int32], starts: [Int32]) {
        let persons = placement.resolution.persons
        let sorted = Buckets(order, persons.map(\.account))
        var number = Array(repeating: Int32(0), count: persons.count)
        for (place, person) in sorted.members.enumerated() { number[Int(person)] = Int32(place) }
        return (sorted.members, number, sorted.starts)
    }

    // MARK: Facts

    /// The facts of each account in order, account by account.
    private func factsByAccount(_ order: [Int]) -> (facts: [Int32], starts: [Int32]) {
        var buckets = Buckets(order, placement.account)
        let places = facts.originPlaces()
        for account in order.indices { buckets.sort(account) { isBefore(Int($0), Int($1), places) } }
        return (buckets.members, buckets.starts)
    }

    /// By when it occurred, by kind, by key.
    private func isBefore(_ a: Int, _ b: Int, _ origins: [Int32]) -> Bool {
        if facts.occurred[a] != facts.occurred[b] { return facts.occurred[a] < facts.occurred[b] }
        let (left, right) = (acts[Int(facts.act[a])].kind, acts[Int(facts.act[b])].kind)
        if left.place != right.place { return left.place < right.place }
        if facts.origin[a] != facts.origin[b] { return origins[Int(facts.origin[a])] < origins[Int(facts.origin[b])] }
        return facts.keyPrecedes(a, b)
    }

    private mutating func writeFacts(_ sorted: [Int32], _ numberOfPerson: [Int32]) {
        history.occurred.reserveCapacity(sorted.count)
        history.act.reserveCapacity(sorted.count)
        history.person.reserveCapacity(sorted.count)
        history.sequence.reserveCapacity(sorted.count)
        var snapshots = Snapshots(acts, numbering)
        for fact in sorted.lazy.map(Int.init) {
            if let created = snapshots.creation(facts.act[fact], occurred: facts.occurred[fact]) {
                history.assumedFacts.append(Int32(history.occurred.count))
                history.assumedSince.append(created)
            }
            if facts.known[fact] > facts.occurred[fact] {
                history.lateFacts.append(Int32(history.occurred.count))
                history.lateKnown.append(facts.known[fact])
            }
            history.occurred.append(facts.occurred[fact])
            history.act.append(numbering.act(facts.act[fact]))
            let person = placement.person[fact]
            history.person.append(person < 0 ? -1 : numberOfPerson[Int(person)])
            history.sequence.append(facts.sequence[fact])
        }
    }

    // MARK: Accounts

    private mutating func writeAccounts(
        _ order: [Int], _ factStarts: [Int32], _ personStarts: [Int32], _ persons: [Int32]
    ) {
        let resolution = placement.resolution
        for (number, account) in order.enumerated() {
            let known = account < resolution.accounts.count ? resolution.accounts[account].identifiers : []
            let name = numbering.text(placement.accountNames[account])
            let members = personStarts[number]..<personStarts[number + 1]
            let identifiers = known.map { numbering.text(resolution.identifiers.text($0)) }
            history.accounts.append(
                AccountEntry(
                    name: name, identifiers: identifiers, facts: factStarts[number]..<factStarts[number + 1],
                    persons: members))
            for person in persons[Int(members.lowerBound)..<Int(members.upperBound)] {
                let name = resolution.identifiers.text(resolution.persons[Int(person)].name)
                history.persons.append(PersonEntry(name: numbering.text(name), account: Int32(number)))
            }
        }
    }
}

/// Finds the first observation of each record that says when the record was made, unless its source also gave the changes.
private struct Snapshots {
    private let acts: [Act]
    /// By act; earliest: it says nothing of it.
    private let created: [Int32: Int64]
    private let withHistory: Set<Int32>
    private var seen: Set<Int32> = []

    init(_ acts: [Act], _ numbering: Numbering) {
        self.acts = acts
        withHistory = Set(acts.lazy.filter { $0.kind == .fieldChanged }.map(\.record))
        var created: [Int32: Int64] = [:]
        for (number, act) in acts.enumerated() where act.kind == .observed && act.record >= 0 {
            if let instant = numbering.instant(named: "created", of: act) { created[Int32(number)] = instant }
        }
        self.created = created
    }

    mutating func creation(_ act: Int32, occurred: Int64) -> Int64? {
        guard !created.isEmpty, let since = created[act], since < occurred else { return nil }
        let record = acts[Int(act)].record
        return withHistory.contains(record) || !seen.insert(record).inserted ? nil : since
    }
}

/// Numbers put together by what they belong to, in two passes.
struct Buckets {
    /// Bucket by bucket, in one in the order in which they came.
    private(set) var members: [Int32]
    /// Where each bucket starts, and where the last ends.
    private(set) var starts: [Int32]

    /// `order` gives the buckets in order; what belongs to −1 is left out.
    init(_ order: [Int], _ bucketOf: [Int32]) {
        var place = Array(repeating: 0, count: order.count)
        for (number, bucket) in order.enumerated() { place[bucket] = number }
        starts = Array(repeating: 0, count: order.count + 1)
        for bucket in bucketOf where bucket >= 0 { starts[place[Int(bucket)] + 1] += 1 }
        for number in order.indices { starts[number + 1] += starts[number] }
        var next = starts
        members = Array(repeating: 0, count: Int(starts[order.count]))
        for (member, bucket) in bucketOf.enumerated() where bucket >= 0 {
            let number = place[Int(bucket)]
            members[Int(next[number])] = Int32(member)
            next[number] += 1
        }
    }

    mutating func sort(_ bucket: Int, _ isBefore: (Int32, Int32) -> Bool) {
        let range = Int(starts[bucket])..<Int(starts[bucket + 1])
        if range.count > 1 { members[range].sort(by: isBefore) }
    }
}
