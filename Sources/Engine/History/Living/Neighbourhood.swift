internal import Identity
internal import Journal

/// All facts that new ones may move: whose person, account or deal may become another because of them, and whatever lies
/// beside those. What is outside of it stays where it is.
///
/// From a fact to whom it names and the record it is of; from an identifier to all mentions and decisions that name it, and to
/// the account of its company's domain; from an account to all of its facts.
struct Neighbourhood {
    private(set) var facts: Set<Int32> = []
    /// By their names, texts of the history.
    private(set) var accounts: Set<Int32> = []
    /// It became too large to be worth it, or is linked in a way that is not followed.
    private(set) var isUnbounded = false

    private let builder: HistoryBuilder
    private let links: MentionLinks
    private let web: FactWeb
    private let living: LivingAccounts
    private let most: Int
    private var mentions: Set<Int32> = []
    private var identifiers: Set<Int32> = []
    private var records: Set<Int32> = []
    private var open: [Node] = []

    private enum Node { case mention(Int32), identifier(Int32), record(Int32), account(Int32) }

    init(
        of new: Range<Int>, _ builder: HistoryBuilder, _ links: MentionLinks, _ web: FactWeb, _ living: LivingAccounts,
        most: Int
    ) {
        (self.builder, self.links, self.web, self.living, self.most) = (builder, links, web, living, most)
        for fact in new { add(Int32(fact)) }
        while let node = open.popLast(), !isUnbounded { visit(node) }
    }

    private mutating func add(_ fact: Int32) {
        guard facts.insert(fact).inserted else { return }
        if facts.count > most { isUnbounded = true }
        let mention = builder.facts.mention[Int(fact)]
        if mentions.insert(mention).inserted { open.append(.mention(mention)) }
        let record = builder.acts[builder.facts.act[Int(fact)]].record
        if record >= 0 { meet(record: record) }
        let account = web.account[Int(fact)]
        if account >= 0 { meet(account: account) }
    }

    private mutating func meet(record: Int32) {
        if records.insert(record).inserted { open.append(.record(record)) }
    }

    private mutating func meet(account: Int32) {
        if accounts.insert(account).inserted { open.append(.account(account)) }
    }

    private mutating func meet(identifier: Int32) {
        if identifiers.insert(identifier).inserted { open.append(.identifier(identifier)) }
    }

    private mutating func visit(_ node: Node) {
        var found: [Int32] = []
        switch node {
        case .mention(let mention):
            let named = builder.mentions.identifiers(of: mention)
            // Facts of nobody but a provider's domain lie together; how far that goes is not followed.
            if !named.isEmpty, named.allSatisfy(links.linksNothing) { isUnbounded = true }
            for identifier in named { meet(identifier: identifier) }
            web.forEachFact(ofMention: mention) { found.append($0) }
            for fact in found { add(fact) }
        case .identifier(let identifier):
            guard !links.linksNothing(identifier) else { return }
            links.forEachMention(of: identifier) { found.append($0) }
            for mention in found where mentions.insert(mention).inserted { open.append(.mention(mention)) }
            for other in links.decidedWith(identifier, builder.mentions) { meet(identifier: other) }
            let domain = links.domain(identifier)
            if domain >= 0, let account = living.account(ofDomain: domain) { meet(account: account) }
            let text = builder.mentions.identifiers.text(identifier)
            if let account = living.account(ofSilent: text) { meet(account: account) }
            if builder.mentions.identifiers.scheme(identifier) == .record,
                let record = builder.texts.number(of: builder.mentions.identifiers.bareText(identifier))
            {
                meet(record: record)
            }
        case .record(let record):
            web.forEachFact(ofRecord: record) { found.append($0) }
            for fact in found { add(fact) }
            for other in web.mergedWith(record) { meet(record: other) }
            if let identifier = Identifier(text: "record:" + builder.texts[record]),
                let number = builder.mentions.identifiers.existing(identifier)
            {
                meet(identifier: number)
            }
        case .account(let account):
            guard let entry = living.entry(account) else { return }
            for fact in living.facts(of: entry) { add(fact) }
            for name in living.names(of: entry) {
                if let identifier = Identifier(text: name).flatMap(builder.mentions.identifiers.existing) {
                    meet(identifier: identifier)
                }
            }
        }
    }
}
