internal import Journal

/// The persons behind all identifiers, each with the name it keeps.
struct PersonNames {
    let mentions: Mentions
    let owners: Owners
    /// Of a mention: the identifier that says whose its facts are; −1: nobody.
    private(set) var leading: [Int32] = []
    /// Of a group: the person; −1: none.
    private(set) var personOfGroup: [Int32]
    /// In the order of their names.
    private(set) var names: [Int32] = []

    init(_ mentions: Mentions, _ owners: Owners) {
        (self.mentions, self.owners) = (mentions, owners)
        personOfGroup = Array(repeating: -1, count: mentions.identifiers.count)
        leading = (0..<Int32(mentions.count)).map { owners.leading(mentions.persons($0)) ?? -1 }
        let least = leastNames()
        names = least.values.sorted(by: precedes)
        for (number, name) in names.enumerated() { personOfGroup[Int(owners.settled(name))] = Int32(number) }
    }

    /// Of each group that is a person, the identifier that names it.
    private func leastNames() -> [Int32: Int32] {
        var least: [Int32: Int32] = [:]
        for identifier in named() where !owners.isShared(identifier) {
            let group = owners.settled(identifier)
            if let known = least[group], !precedes(identifier, known) { continue }
            least[group] = identifier
        }
        return least
    }

    /// Every identifier that names a person somewhere.
    private func named() -> [Int32] {
        var isNamed = Array(repeating: false, count: mentions.identifiers.count)
        for mention in 0..<Int32(mentions.count) {
            for identifier in mentions.persons(mention) where owners.strengths[Int(identifier)] != .none {
                isNamed[Int(identifier)] = true
            }
        }
        for decision in mentions.personDecisions {
            for member in decision.members where owners.strengths[Int(member)] != .none { isNamed[Int(member)] = true }
        }
        return (0..<Int32(isNamed.count)).filter { isNamed[Int($0)] }
    }

    /// What is not personal comes first, because names outlive erasures.
    private func precedes(_ a: Int32, _ b: Int32) -> Bool {
        let table = mentions.identifiers
        let (x, y) = (table.scheme(a).isPersonal, table.scheme(b).isPersonal)
        return x == y ? table.precedes(a, b) : y
    }

    /// −1: nobody.
    func person(_ mention: Int32, at instant: Int64) -> Int32 {
        let leading = leading[Int(mention)]
        return leading < 0 ? -1 : personOfGroup[Int(owners.holder(leading, at: instant))]
    }

    /// Everyone whose facts the mention's may be.
    func persons(_ mention: Int32) -> [Int32] {
        let leading = leading[Int(mention)]
        guard leading >= 0 else { return [] }
        if !owners.isShared(leading) { return [personOfGroup[Int(owners.settled(leading))]] }
        return owners.holders(leading).map { personOfGroup[Int($0)] }
    }

    /// The one whose an identifier always was; −1: several, or nobody.
    func person(always identifier: Int32) -> Int32 {
        owners.isShared(identifier) ? -1 : personOfGroup[Int(owners.settled(identifier))]
    }
}
