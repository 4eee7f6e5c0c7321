internal import Journal

/// Decides who is who.
///
/// - `ties` say with which account a person dealt, such as by a deal; they count where no source links the person to one.
/// - `registrableDomain` gives `acme.co.uk` for `mail.acme.co.uk`, and `nil` for a public suffix.
public func resolve(
    _ mentions: Mentions, _ facts: FactTimes, ties: [Tie] = [], matching: some PersonMatching = ExactKeys(),
    registrableDomain: @escaping (String) -> String?
) -> Resolution {
    let owners = findOwners(mentions, facts, matching)
    var accounts = AccountGroups(mentions, registrableDomain)
    accounts.join(facts)
    let persons = PersonNames(mentions, owners)
    let memberships = Belonging(mentions, persons, accounts).find(facts, ties)
    return persons.resolution(accounts, memberships)
}

/// A person dealt with an account.
public struct Tie: Hashable, Sendable {
    /// What named the person.
    public let mention: Int32
    /// An identifier of the account.
    public let account: Int32
    public let occurred: Int64

    public init(mention: Int32, account: Int32, occurred: Int64) {
        (self.mention, self.account, self.occurred) = (mention, account, occurred)
    }
}

private func findOwners(_ mentions: Mentions, _ facts: FactTimes, _ matching: some PersonMatching) -> Owners {
    let identifiers = mentions.identifiers
    let strengths = (0..<Int32(identifiers.count)).map(identifiers.strength)
    var joining = Joining(
        mentions, count: identifiers.count, decisions: mentions.personDecisions.map { $0.among(strengths) },
        probable: probable(matching, mentions)
    ) { mention in
        joined(mentions.persons(mention), strengths)
    }
    joining.join(facts)
    var groups = joining.groups
    var owners = Owners(group: (0..<Int32(identifiers.count)).map { groups.root($0) }, strengths: strengths)
    owners.find(mentions, facts)
    return owners
}

/// Those of a fact's persons that are one: the firm ones; among strangers, browsers named together.
private func joined(_ persons: ArraySlice<Int32>, _ strengths: [Strength]) -> [Int32] {
    guard persons.count > 1, let strongest = persons.map({ strengths[Int($0)] }).min() else { return [] }
    guard strongest == .firm || strongest == .anonymous else { return [] }
    return persons.filter { strengths[Int($0)] == strongest }
}

extension Mentions.Decision {
    /// Of browsers and telephones no decision makes a person's own; they go where they are named.
    fileprivate func among(_ strengths: [Strength]) -> Mentions.Decision {
        let joined = joined(members[...], strengths)
        return Mentions.Decision(occurred: occurred, joins: joins, members: joined)
    }
}

/// The likeliest first.
private func probable(_ matching: some PersonMatching, _ mentions: Mentions) -> [[Int32]] {
    let identifiers = mentions.identifiers
    let joins = matching.joins(among: mentions).filter { $0.probability >= matching.threshold }
    let known = joins.compactMap { join -> (probability: Int64, pair: [Int32])? in
        guard let one = identifiers.existing(join.one), let other = identifiers.existing(join.other) else { return nil }
        return (join.probability, [one, other].sorted(by: identifiers.precedes))
    }
    return known.sorted { a, b in
        a.probability != b.probability ? a.probability > b.probability : mentions.precedes(a.pair, b.pair)
    }.map(\.pair)
}

extension IdentifierTable {
    func strength(_ identifier: Int32) -> Strength {
        switch scheme(identifier) {
        case .record: .firm
        case .email: RoleMailbox.isOne(legibleValue(identifier)) ? .roleMailbox : .firm
        case .phone: .phone
        case .anonymous: .anonymous
        case .domain: .none
        }
    }
}
