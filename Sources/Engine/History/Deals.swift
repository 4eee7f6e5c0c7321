internal import Identity
internal import Journal

/// The deals that facts tell of, and whose they are. Two deals of which one was merged into the other are one here, so that
/// their facts lie in one account.
struct Deals {
    /// Of an act: the record of its deal, a text; −1: it tells of no deal.
    private var dealOfAct: [Int32]
    private var groups: Groups
    /// For each fact of a deal that names a person, the account identifier that the deal has in the end.
    private(set) var ties: [Tie] = []
    private var named: [Int32: Named] = [:]
    private var accounts: [Int32: Int32] = [:]
    private var least: [Int32: Int32] = [:]

    /// The account that a deal's latest fact names. Of two at one instant, the first by bytes.
    private struct Named {
        var occurred: Int64
        var account: Int32
    }

    init(
        _ facts: FactColumns, _ acts: [Act], _ texts: Texts, _ properties: PropertyTable, _ mentions: Mentions,
        origins: Set<String>
    ) {
        groups = Groups(count: texts.count)
        dealOfAct = Deals.deals(acts, facts, origins)
        joinMerged(acts, texts, properties)
        for act in dealOfAct.indices where dealOfAct[act] >= 0 {
            let record = dealOfAct[act]
            let group = groups.root(record)
            if let known = least[group], !texts[record].precedesInBytes(texts[known]) {} else { least[group] = record }
            dealOfAct[act] = group
        }
        findNamed(facts, mentions)
        for fact in 0..<facts.count {
            guard let named = named[deal(facts.act[fact])], !mentions.persons(facts.mention[fact]).isEmpty else {
                continue
            }
            ties.append(Tie(mention: facts.mention[fact], account: named.account, occurred: facts.occurred[fact]))
        }
    }

    /// A deal is what a fact of a deal tells of, and any record of the same source and object, or of one called so. `origins`
    /// are known to have deals, whatever these facts say.
    private static func deals(_ acts: [Act], _ facts: FactColumns, _ origins: Set<String>) -> [Int32] {
        var isDeal = Array(repeating: false, count: facts.origins.count)
        for (origin, name) in facts.origins.all.enumerated() {
            isDeal[origin] = name.hasSuffix("\u{1F}deal") || origins.contains(name)
        }
        for fact in 0..<facts.count where acts[Int(facts.act[fact])].kind.family == .deal {
            isDeal[Int(facts.origin[fact])] = true
        }
        var deals = Array(repeating: Int32(-1), count: acts.count)
        for fact in 0..<facts.count {
            let act = Int(facts.act[fact])
            if acts[act].kind.family == .deal || isDeal[Int(facts.origin[fact])] { deals[act] = acts[act].record }
        }
        return deals
    }

    private mutating func joinMerged(_ acts: [Act], _ texts: Texts, _ properties: PropertyTable) {
        guard let into = texts.number(of: "into") else { return }
        for (number, act) in acts.enumerated() where act.kind == .mergedAway && dealOfAct[number] >= 0 {
            guard let remaining = properties.property(into, of: act.properties), remaining.kind == .text else {
                continue
            }
            let gone = texts[act.record].split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
            let record = "\(gone[0])/\(gone[1])/\(texts[Int32(remaining.bits)])"
            if let known = texts.number(of: record) { groups.join(act.record, known) }
        }
    }

    private mutating func findNamed(_ facts: FactColumns, _ mentions: Mentions) {
        for fact in 0..<facts.count {
            let deal = deal(facts.act[fact])
            guard deal >= 0, let account = mentions.accounts(facts.mention[fact]).first else { continue }
            let occurred = facts.occurred[fact]
            if let known = named[deal], occurred < known.occurred { continue }
            if let known = named[deal], occurred == known.occurred,
                !mentions.identifiers.precedes(account, known.account)
            {
                continue
            }
            named[deal] = Named(occurred: occurred, account: account)
        }
    }

    /// Where no fact of a deal names an account, the deal is its first person's. Of two at one instant, the first by name.
    mutating func findAccounts(_ facts: FactColumns, _ resolution: Resolution, persons: [Int32]) {
        for (deal, named) in named { accounts[deal] = resolution.account(identifier: named.account) }
        var first: [Int32: (occurred: Int64, person: Int32)] = [:]
        for fact in 0..<facts.count where persons[fact] >= 0 {
            let deal = deal(facts.act[fact])
            guard deal >= 0, named[deal] == nil else { continue }
            let mine = (occurred: facts.occurred[fact], person: persons[fact])
            if let known = first[deal], (known.occurred, known.person) <= (mine.occurred, mine.person) { continue }
            first[deal] = mine
        }
        for (deal, tie) in first { accounts[deal] = resolution.persons[Int(tie.person)].account }
    }

    /// The deal an act tells of; −1: none.
    func deal(_ act: Int32) -> Int32 { dealOfAct[Int(act)] }

    /// `nil` for a deal of nobody.
    func account(_ deal: Int32) -> Int32? { accounts[deal] }

    /// The first by bytes of the records that are this deal.
    func name(_ deal: Int32) -> Int32 { least[deal] ?? deal }
}
