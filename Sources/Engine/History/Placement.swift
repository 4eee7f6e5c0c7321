internal import Identity
internal import Journal

/// Whose each fact is: of which person, in which account.
///
/// A fact that names a person lies in the person's account. Of a deal, all other facts lie in one account: the latest that a
/// fact of the deal names, else that of the first person tied to it, else one of its own. What names nobody is looked up by
/// its record.
struct Placement {
    /// In any order; those of `resolution` first, then one for each deal of nobody.
    private(set) var accountNames: [String]
    let resolution: Resolution
    /// Of a fact; −1: it concerns nobody and is left out.
    private(set) var account: [Int32]
    private(set) var person: [Int32]

    init(
        _ facts: FactColumns, _ acts: [Act], _ texts: Texts, _ properties: PropertyTable, _ mentions: Mentions,
        dealOrigins: Set<String>, matching: some PersonMatching, registrableDomain: @escaping (String) -> String?
    ) {
        let times = FactTimes(occurred: facts.occurred, mention: facts.mention)
        var deals = Deals(facts, acts, texts, properties, mentions, origins: dealOrigins)
        resolution = resolve(
            mentions, times, ties: deals.ties, matching: matching, registrableDomain: registrableDomain)
        accountNames = resolution.accounts.map(\.name)
        account = Array(repeating: -1, count: facts.count)
        person = Array(repeating: -1, count: facts.count)
        placePersons(facts, acts, texts)
        deals.findAccounts(facts, resolution, persons: person)
        placeOthers(facts, acts, texts, deals)
    }

    private mutating func placePersons(_ facts: FactColumns, _ acts: [Act], _ texts: Texts) {
        for fact in 0..<facts.count {
            var person = resolution.person(facts.mention[fact], at: facts.occurred[fact])
            if person < 0, resolution.account(facts.mention[fact]) < 0 {
                let record = identifier(acts[Int(facts.act[fact])].record, texts)
                if record >= 0 { person = resolution.person(identifier: record, at: facts.occurred[fact]) }
            }
            guard person >= 0 else { continue }
            self.person[fact] = person
            account[fact] = resolution.persons[Int(person)].account
        }
    }

    private mutating func placeOthers(_ facts: FactColumns, _ acts: [Act], _ texts: Texts, _ deals: Deals) {
        var ownAccounts: [Int32: Int32] = [:]
        for fact in 0..<facts.count where account[fact] < 0 {
            let record = acts[Int(facts.act[fact])].record
            let deal = deals.deal(facts.act[fact])
            if deal >= 0 {
                account[fact] = deals.account(deal) ?? ownAccount(deal, deals, texts, &ownAccounts)
            } else {
                account[fact] = resolution.account(facts.mention[fact])
                let known = account[fact] < 0 ? identifier(record, texts) : -1
                if known >= 0 { account[fact] = resolution.account(identifier: known) }
            }
        }
    }

    private mutating func ownAccount(
        _ deal: Int32, _ deals: Deals, _ texts: Texts, _ known: inout [Int32: Int32]
    ) -> Int32 {
        if let account = known[deal] { return account }
        let account = Int32(accountNames.count)
        accountNames.append(texts[deals.name(deal)])
        known[deal] = account
        return account
    }

    /// The number of the identifier that names the record; −1: none does.
    private func identifier(_ record: Int32, _ texts: Texts) -> Int32 {
        guard record >= 0, let identifier = Identifier(text: "record:" + texts[record]) else { return -1 }
        return resolution.identifiers.existing(identifier) ?? -1
    }
}
