/// To which account a person belongs: the latest that a source links them to, else the latest they dealt with, else the
/// company by whose domain they write, else none but themselves.
struct Belonging {
    private let mentions: Mentions
    private let persons: PersonNames
    private let accounts: AccountGroups

    /// What was said of persons, by how much it counts.
    private enum Ground: Int, CaseIterable { case link, tie, mail }

    private struct Claim {
        let person: Int32
        let group: Int32
        let since: Int64
    }

    /// What became of each person: the group of the account, −1: none; and all changes of those who had several.
    struct Found {
        var group: [Int32]
        var changes: [(person: Int32, group: Int32, since: Int64)]
    }

    init(_ mentions: Mentions, _ persons: PersonNames, _ accounts: AccountGroups) {
        (self.mentions, self.persons, self.accounts) = (mentions, persons, accounts)
    }

    func find(_ facts: FactTimes, _ ties: [Tie]) -> Found {
        var found = Found(group: Array(repeating: -1, count: persons.names.count), changes: [])
        let names = accounts.leastMembers()
        for ground in Ground.allCases {
            let open = found.group.map { $0 < 0 }
            let sole = sole(ground, open, ties)
            for (person, group) in sole.enumerated() where group >= 0 { found.group[person] = group }
            guard sole.contains(Belonging.several) else { continue }
            settle(claims(ground, sole, facts, ties), names: names, &found)
        }
        return found
    }

    private static let several: Int32 = -2

    /// The only account a person was named with; −1: none; `several`.
    private func sole(_ ground: Ground, _ open: [Bool], _ ties: [Tie]) -> [Int32] {
        var sole = Array(repeating: Int32(-1), count: open.count)
        func add(_ person: Int32, _ group: Int32) {
            guard person >= 0, open[Int(person)], sole[Int(person)] != group else { return }
            sole[Int(person)] = sole[Int(person)] == -1 ? group : Belonging.several
        }
        /// Whose a shared device was, only the instant tells.
        func add(whoeverOf mention: Int32, _ group: Int32) {
            let all = persons.persons(mention)
            for person in all { add(person, all.count == 1 ? group : Belonging.several) }
        }
        switch ground {
        case .tie: for tie in ties { add(whoeverOf: tie.mention, accounts.group[Int(tie.account)]) }
        case .link, .mail:
            for mention in 0..<Int32(mentions.count) {
                for (person, group) in stated(ground, mention) {
                    if person >= 0 { add(person, group) } else { add(whoeverOf: mention, group) }
                }
            }
        }
        return sole
    }

    /// What a mention says of whom; the person −1: of whose it is then.
    private func stated(_ ground: Ground, _ mention: Int32) -> [(person: Int32, group: Int32)] {
        if mentions.parts(mention) { return [] }
        switch ground {
        case .tie: return []
        case .link:
            let company = accounts.company(mention)
            guard company >= 0, persons.leading[Int(mention)] >= 0 else { return [] }
            return [(-1, company)]
        case .mail:
            return mentions.persons(mention).compactMap { identifier in
                let company = accounts.company(byMailOf: identifier)
                let person = company < 0 ? -1 : persons.person(always: identifier)
                return person < 0 ? nil : (person, company)
            }
        }
    }

    private func claims(_ ground: Ground, _ sole: [Int32], _ facts: FactTimes, _ ties: [Tie]) -> [Claim] {
        var claims: [Claim] = []
        func add(_ person: Int32, _ group: Int32, _ since: Int64) {
            guard person >= 0, sole[Int(person)] == Belonging.several else { return }
            claims.append(Claim(person: person, group: group, since: since))
        }
        if ground == .tie {
            for tie in ties {
                add(persons.person(tie.mention, at: tie.occurred), accounts.group[Int(tie.account)], tie.occurred)
            }
            return claims
        }
        let statements = (0..<Int32(mentions.count)).map { stated(ground, $0) }
        for fact in 0..<facts.count {
            let (mention, at) = (facts.mention[fact], facts.occurred[fact])
            for (person, group) in statements[Int(mention)] {
                add(person >= 0 ? person : persons.person(mention, at: at), group, at)
            }
        }
        return claims
    }

    /// Of several accounts named at one instant, the first by name counts.
    private func settle(_ claims: [Claim], names: [Int32], _ found: inout Found) {
        let table = accounts.identifiers
        let sorted = claims.sorted { a, b in
            if a.person != b.person { return a.person < b.person }
            if a.since != b.since { return a.since < b.since }
            return a.group != b.group && table.precedes(names[Int(a.group)], names[Int(b.group)])
        }
        var (last, standing): (Claim?, Claim?) = (nil, nil)
        for claim in sorted {
            defer { last = claim }
            if let last, last.person == claim.person, last.since == claim.since { continue }
            if let standing, standing.person == claim.person, standing.group == claim.group { continue }
            found.changes.append((claim.person, claim.group, claim.since))
            found.group[Int(claim.person)] = claim.group
            standing = claim
        }
    }
}
