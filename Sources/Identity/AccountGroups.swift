internal import Journal

/// Which account identifiers are one company: those that facts name together, and those with one registrable domain.
struct AccountGroups {
    private let mentions: Mentions
    private let registrableDomain: (String) -> String?
    /// Those of the mentions, and the registrable domains behind them.
    private(set) var identifiers: IdentifierTable
    private(set) var group: [Int32] = []
    /// Of an identifier: the domain by which it belongs to a company; −1: none.
    private(set) var domain: [Int32]
    /// Whether an account identifier says nothing about which company: a provider's domain.
    private var isVague: [Bool]
    private var found: [String: Int32] = [:]

    init(_ mentions: Mentions, _ registrableDomain: @escaping (String) -> String?) {
        (self.mentions, self.registrableDomain) = (mentions, registrableDomain)
        identifiers = mentions.identifiers
        domain = Array(repeating: -1, count: identifiers.count)
        isVague = Array(repeating: false, count: identifiers.count)
        for identifier in 0..<Int32(mentions.identifiers.count) { findDomain(identifier) }
    }

    private mutating func findDomain(_ identifier: Int32) {
        switch identifiers.scheme(identifier) {
        case .email:
            let address = identifiers.legibleValue(identifier)
            guard let at = address.lastIndex(of: "@") else { return }
            domain[Int(identifier)] = company(String(address[address.index(after: at)...]))
        case .domain:
            domain[Int(identifier)] = company(identifiers.legibleValue(identifier))
            isVague[Int(identifier)] = domain[Int(identifier)] < 0
        case .record, .phone, .anonymous: break
        }
    }

    /// The number of the registrable domain, where it is a company's.
    private mutating func company(_ name: String) -> Int32 {
        if let known = found[name] { return known }
        var number: Int32 = -1
        if let registrable = registrableDomain(name), FreeMail.namesACompany(registrable) {
            number = identifiers.number(Identifier(.domain, registrable))
        }
        found[name] = number
        return number
    }

    mutating func join(_ facts: FactTimes) {
        let vague = isVague
        let mentions = mentions
        var joining = Joining(
            mentions, count: identifiers.count, decisions: mentions.accountDecisions
        ) { mention in mentions.accounts(mention).filter { !vague[Int($0)] } }
        for identifier in 0..<Int32(mentions.identifiers.count)
        where identifiers.scheme(identifier) == .domain && domain[Int(identifier)] >= 0 {
            joining.alwaysJoin(identifier, domain[Int(identifier)])
        }
        joining.join(facts)
        var groups = joining.groups
        group = (0..<Int32(identifiers.count)).map { groups.root($0) }
    }

    /// The group of the company that a mention names; −1: none, or nothing but a provider's domain.
    func company(_ mention: Int32) -> Int32 {
        for account in mentions.accounts(mention) where !isVague[Int(account)] { return group[Int(account)] }
        return -1
    }

    /// The group of the account that a mention names, be it only a provider; −1: none.
    func account(_ mention: Int32) -> Int32 {
        let company = company(mention)
        return company >= 0 ? company : mentions.accounts(mention).first.map { group[Int($0)] } ?? -1
    }

    /// The group of the company by whose domain a person writes; −1: none.
    func company(byMailOf identifier: Int32) -> Int32 {
        let domain = domain[Int(identifier)]
        return domain < 0 || identifiers.scheme(identifier) != .email ? -1 : group[Int(domain)]
    }

    /// Every identifier that names an account somewhere.
    func namedIdentifiers() -> [Int32] {
        var isNamed = Array(repeating: false, count: identifiers.count)
        for mention in 0..<Int32(mentions.count) {
            for identifier in mentions.accounts(mention) { isNamed[Int(identifier)] = true }
        }
        for decision in mentions.accountDecisions {
            for member in decision.members { isNamed[Int(member)] = true }
        }
        return (0..<Int32(isNamed.count)).filter { isNamed[Int($0)] }
    }

    /// The registrable domains of companies.
    func domains() -> [Int32] { found.values.filter { $0 >= 0 } }
}
