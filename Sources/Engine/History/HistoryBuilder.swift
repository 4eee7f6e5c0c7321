public import Identity
public import Journal
public import Vocabulary

/// Puts facts that come in any order into a `History`: persons and accounts told apart, the facts of each account together
/// and in order, what facts say stored once. The same facts give the same history, in whichever order they came.
///
///     add ─▶ acts, properties, texts, mentions by number; columns in order of arrival
///     build ─▶ Identity.resolve ─▶ Placement: whose each fact is ─▶ HistoryLayout: in order, numbers given anew
public struct HistoryBuilder {
    let knownBy: Instant?
    private(set) var texts = Texts()
    private(set) var properties = PropertyTable()
    private(set) var acts = ActTable()
    private(set) var mentions = Mentions()
    private(set) var facts = FactColumns()
    /// Sources and objects that tell of deals: all their records are deals.
    private(set) var dealOrigins: Set<String> = []
    /// What the company says of itself: rosters, rates, keys.
    public private(set) var company: [CompanyFact] = []

    /// Facts that the engine does not judge by: agreements, measures, lists counted, and what names nobody.
    public private(set) var others: [CompanyFact] = []

    /// With `knownBy`, only of what sources held by then.
    public init(knownBy: Instant? = nil) {
        self.knownBy = knownBy
    }

    public mutating func add(_ recorded: RecordedFact) { _ = take(recorded) }

    /// Gives the numbers of what it says and whom it names, where it is one that the engine judges by.
    mutating func take(_ recorded: RecordedFact) -> (act: Int32, mention: Int32)? {
        let fact = recorded.fact
        if let knownBy, fact.known > knownBy { return nil }
        switch fact.kind {
        case .company: company.append(CompanyFact(recorded))
        case .agreementProposed, .agreementSigned, .agreementInForce, .measure, .counted:
            others.append(CompanyFact(recorded))
        default:
            guard fact.kind.isOfRecord || !(fact.persons.isEmpty && fact.accounts.isEmpty) else {
                others.append(CompanyFact(recorded))
                return nil
            }
            let numbers = (act: act(fact), mention: mentions.note(fact))
            facts.append(recorded, act: numbers.act, mention: numbers.mention)
            if fact.kind.family == .deal { dealOrigins.insert(facts.lastOrigin) }
            return numbers
        }
        return nil
    }

    /// Takes a fact whose act and mention are known.
    mutating func append(_ stored: StoredFact, act: Int32, mention: Int32) {
        facts.append(
            FactColumns.Stamp(
                sequence: stored.sequence, occurred: stored.occurred, known: stored.known, id: stored.id,
                aspect: stored.aspect, source: stored.shape.source, object: stored.shape.object),
            act: act, mention: mention)
    }

    private mutating func act(_ fact: Fact) -> Int32 {
        let packed = fact.properties.map { $0.packed(&texts) }.sorted { $0.name < $1.name }
        return acts.intern(
            Act(
                kind: fact.kind, name: texts.intern(fact.name), source: texts.intern(fact.key.source),
                actor: fact.actor.map { texts.intern($0.value) } ?? -1,
                record: fact.kind.isOfRecord ? texts.intern(fact.record) : -1, properties: properties.intern(packed)))
    }

    /// `registrableDomain` gives `acme.co.uk` for `mail.acme.co.uk`, and `nil` for a public suffix.
    public func build(
        matching: some PersonMatching = ExactKeys(), registrableDomain: @escaping (String) -> String?
    ) -> History {
        var history = laidOut(matching: matching, registrableDomain: registrableDomain).history
        addCompany(to: &history)
        return history
    }

    /// All that concerns somebody, with the fact behind each row and what numbers are given by.
    func laidOut(
        matching: some PersonMatching = ExactKeys(), registrableDomain: @escaping (String) -> String?
    ) -> (history: History, rows: [Int32], words: NumberedWords) {
        let placement = Placement(
            facts, acts.all, texts, properties, mentions, dealOrigins: dealOrigins, matching: matching,
            registrableDomain: registrableDomain)
        var layout = HistoryLayout(facts, acts.all, texts, properties, placement)
        let history = layout.layOut()
        return (history, layout.laid, layout.words)
    }

    /// What concerns nobody.
    func addCompany(to history: inout History) {
        history.company = company.sorted(by: CompanyFact.isBefore)
        history.apart = others.sorted(by: CompanyFact.isBefore)
    }

    /// Some of the facts alone, in their order here.
    func part(_ some: [Int32]) -> HistoryBuilder {
        var part = HistoryBuilder(knownBy: knownBy)
        var numbering = Numbering(acts.all, texts, properties, isOfFew: true)
        let numbers: [Int32: Int32]
        (part.mentions, numbers) = mentions.part(some.lazy.map { facts.mention[Int($0)] })
        for fact in some.lazy.map(Int.init) {
            part.facts.append(
                fact, of: facts, act: numbering.act(facts.act[fact]), mention: numbers[facts.mention[fact]] ?? -1)
        }
        let words = numbering.words
        (part.acts, part.properties, part.texts) = (words.acts, words.properties, words.texts)
        part.dealOrigins = dealOrigins
        return part
    }
}

extension Fact {
    /// The record of which it states something: `salesforce/deal/006`. A tie between a deal and somebody has an id of its own
    /// and names the deal.
    fileprivate var record: String {
        if kind.family == .deal, case .text(let deal)? = self["deal"], !deal.isEmpty {
            return "\(key.source)/deal/\(deal)"
        }
        return "\(key.source)/\(key.object)/\(key.id)"
    }
}

extension CompanyFact {
    /// By when it occurred, then by its key.
    fileprivate static func isBefore(_ a: CompanyFact, _ b: CompanyFact) -> Bool {
        a.occurred != b.occurred ? a.occurred < b.occurred : a.fact.key < b.fact.key
    }
}
