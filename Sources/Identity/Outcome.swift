extension PersonNames {
    /// Persons and accounts by number, in the order of their names.
    func resolution(_ groups: AccountGroups, _ belonging: Belonging.Found) -> Resolution {
        var resolution = Resolution(identifiers: groups.identifiers, owners: owners)
        (resolution.leading, resolution.personOfGroup) = (leading, personOfGroup)
        let drafts = accountDrafts(groups, belonging)
        let order = drafts.indices.sorted { drafts[$0].name.precedesInBytes(drafts[$1].name) }
        resolution.accounts = order.map {
            Resolution.Account(name: drafts[$0].name, identifiers: drafts[$0].identifiers)
        }
        var ofGroup = Array(repeating: Int32(-1), count: groups.group.count)
        var ofPerson = Array(repeating: Int32(-1), count: names.count)
        for (number, draft) in order.enumerated() {
            if drafts[draft].group >= 0 { ofGroup[Int(drafts[draft].group)] = Int32(number) }
            if drafts[draft].person >= 0 { ofPerson[Int(drafts[draft].person)] = Int32(number) }
        }
        for (person, group) in belonging.group.enumerated() where group >= 0 { ofPerson[person] = ofGroup[Int(group)] }
        resolution.persons = zip(names, ofPerson).map { Resolution.Person(name: $0, account: $1) }
        resolution.memberships = belonging.changes.map {
            Resolution.Membership(person: $0.person, account: ofGroup[Int($0.group)], since: $0.since)
        }
        resolution.accountOfMention = (0..<Int32(mentions.count)).map {
            let group = groups.account($0)
            return group < 0 ? -1 : ofGroup[Int(group)]
        }
        resolution.accountOfIdentifier = groups.group.map { ofGroup[Int($0)] }
        return resolution
    }

    private struct Draft {
        var name: String
        var identifiers: [Int32] = []
        var group: Int32 = -1
        var person: Int32 = -1
    }

    private func accountDrafts(_ groups: AccountGroups, _ belonging: Belonging.Found) -> [Draft] {
        var drafts: [Draft] = []
        for (group, identifiers) in groups.members(used: belonging) {
            let name = groups.identifiers.bareText(identifiers[0])
            drafts.append(Draft(name: name, identifiers: identifiers, group: group))
        }
        for (person, group) in belonging.group.enumerated() where group < 0 {
            drafts.append(Draft(name: groups.identifiers.text(names[person]), person: Int32(person)))
        }
        return drafts
    }
}

extension AccountGroups {
    /// Each group that facts name or persons belong to, with its identifiers in order.
    func members(used belonging: Belonging.Found) -> [(group: Int32, identifiers: [Int32])] {
        var isUsed = Array(repeating: false, count: group.count)
        for place in belonging.group where place >= 0 { isUsed[Int(place)] = true }
        let named = namedIdentifiers()
        for identifier in named { isUsed[Int(group[Int(identifier)])] = true }
        var members: [Int32: [Int32]] = [:]
        for identifier in named + domains() where isUsed[Int(group[Int(identifier)])] {
            members[group[Int(identifier)], default: []].append(identifier)
        }
        return members.map { group, identifiers in
            (group, Array(Set(identifiers)).sorted(by: self.identifiers.precedes))
        }
    }

    /// Of a group, by the identifier that stands for it: the first of its members.
    func leastMembers() -> [Int32] {
        var least = Array(repeating: Int32(-1), count: group.count)
        for identifier in 0..<Int32(group.count) {
            let own = Int(group[Int(identifier)])
            if least[own] < 0 || identifiers.precedes(identifier, least[own]) { least[own] = identifier }
        }
        return least
    }
}
