internal import Journal

/// What may make two identifiers one, or put them into one account: being named together, being decided on together, and a
/// company's domain. Kept up as mentions come, so that whoever knows some of them finds all that may depend on them without
/// looking at the rest.
public struct MentionLinks: Sendable {
    /// Of an identifier, its last place in a mention; of a place, the mention, and the place before of the same identifier.
    private var last: [Int32] = []
    private var mentionOfPlace: [Int32] = []
    private var before: [Int32] = []
    /// Of an identifier, the decisions about it.
    private var personDecisions: [Int32: [Int32]] = [:]
    private var accountDecisions: [Int32: [Int32]] = [:]
    /// Of an identifier, the number of the company's domain by which it belongs to an account; −1: none.
    private var domain: [Int32] = []
    /// Whether it says nothing about which company: a provider's domain.
    private var isVague: [Bool] = []
    private var domains: [String: Int32] = [:]
    private var taken = (mentions: Int32(0), persons: 0, accounts: 0)

    public init() {}

    /// Takes note of what has come since.
    public mutating func take(_ mentions: Mentions, registrableDomain: (String) -> String?) {
        let identifiers = mentions.identifiers
        for identifier in Int32(domain.count)..<Int32(max(domain.count, identifiers.count)) {
            let found = company(identifiers, identifier, registrableDomain)
            domain.append(found)
            isVague.append(found < 0 && identifiers.scheme(identifier) == .domain)
            last.append(-1)
        }
        for mention in taken.mentions..<Int32(mentions.count) {
            for identifier in mentions.identifiers(of: mention) {
                before.append(last[Int(identifier)])
                last[Int(identifier)] = Int32(mentionOfPlace.count)
                mentionOfPlace.append(mention)
            }
        }
        for (number, decision) in mentions.personDecisions.enumerated().dropFirst(taken.persons) {
            for member in decision.members { personDecisions[member, default: []].append(Int32(number)) }
        }
        for (number, decision) in mentions.accountDecisions.enumerated().dropFirst(taken.accounts) {
            for member in decision.members { accountDecisions[member, default: []].append(Int32(number)) }
        }
        taken = (Int32(mentions.count), mentions.personDecisions.count, mentions.accountDecisions.count)
    }

    private mutating func company(
        _ identifiers: IdentifierTable, _ identifier: Int32, _ registrableDomain: (String) -> String?
    ) -> Int32 {
        let value = identifiers.legibleValue(identifier)
        let name: Substring
        switch identifiers.scheme(identifier) {
        case .email:
            guard let at = value.lastIndex(of: "@") else { return -1 }
            name = value[value.index(after: at)...]
        case .domain: name = value[...]
        case .record, .phone, .anonymous: return -1
        }
        guard let registrable = registrableDomain(String(name)), FreeMail.namesACompany(registrable) else { return -1 }
        if let known = domains[registrable] { return known }
        let number = Int32(domains.count)
        domains[registrable] = number
        return number
    }

    /// Of a registrable domain.
    public func number(ofDomain name: String) -> Int32? { domains[name] }

    /// The number of the domain by which accounts are told apart; −1: none.
    public func domain(_ identifier: Int32) -> Int32 { domain[Int(identifier)] }

    /// Whether it links nothing: a provider's domain.
    public func linksNothing(_ identifier: Int32) -> Bool { isVague[Int(identifier)] }

    /// Every mention that names an identifier.
    public func forEachMention(of identifier: Int32, _ body: (Int32) -> Void) {
        var place = last[Int(identifier)]
        while place >= 0 {
            body(mentionOfPlace[Int(place)])
            place = before[Int(place)]
        }
    }

    /// All that decisions about an identifier are also about.
    public func decidedWith(_ identifier: Int32, _ mentions: Mentions) -> [Int32] {
        let persons = personDecisions[identifier, default: []].flatMap { mentions.personDecisions[Int($0)].members }
        let accounts = accountDecisions[identifier, default: []].flatMap { mentions.accountDecisions[Int($0)].members }
        return persons + accounts
    }
}

extension Mentions {
    /// Persons and accounts.
    public func identifiers(of mention: Int32) -> ArraySlice<Int32> {
        flat[start(mention) + 1..<Int(ends[Int(mention)])]
    }

    /// Some of them alone, with all decisions about what they name; and the number of each there.
    public func part(_ mentions: some Sequence<Int32>) -> (mentions: Mentions, numbers: [Int32: Int32]) {
        var part = Mentions()
        var numbers: [Int32: Int32] = [:]
        var adopted: [Int32: Int32] = [:]
        func adopt(_ identifier: Int32) -> Int32 {
            if let known = adopted[identifier] { return known }
            let number = part.identifiers.adopt(identifier, of: identifiers)
            adopted[identifier] = number
            return number
        }
        for mention in mentions where numbers[mention] == nil {
            part.room.removeAll(keepingCapacity: true)
            part.room.append(flat[start(mention)])
            for identifier in persons(mention) { part.room.append(adopt(identifier)) }
            let personEnd = part.room.count
            for identifier in accounts(mention) { part.room.append(adopt(identifier)) }
            numbers[mention] = part.intern(personEnd)
        }
        func decisions(_ all: [Decision]) -> [Decision] {
            all.filter { $0.members.contains { adopted[$0] != nil } }.map {
                Decision(occurred: $0.occurred, joins: $0.joins, members: $0.members.map(adopt))
            }
        }
        part.personDecisions = decisions(personDecisions)
        part.accountDecisions = decisions(accountDecisions)
        return (part, numbers)
    }
}
