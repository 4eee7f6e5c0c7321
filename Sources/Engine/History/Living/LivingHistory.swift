internal import Identity
public import Journal
internal import Vocabulary

//  A history that grows as facts come
//
//      new facts ─▶ Neighbourhood: all facts that they may move ─▶ HistoryBuilder.part ─▶ the history of these alone
//                ─▶ History.replacing: put in the places of the accounts they were in
//
//  What comes out says the same as a history built of all facts at once, in the same order of accounts, persons and facts;
//  only numbers of texts, acts and property sets may be others, and those mean nothing. Where the neighbourhood is large, or is
//  not surely closed, all is built anew.

/// The history of a company that facts keep coming to.
public struct LivingHistory {
    private var builder = HistoryBuilder()
    private var links = MentionLinks()
    private var web = FactWeb()
    private var living = LivingAccounts()
    private var acts = ActTable()
    /// How many facts of the builder the history has.
    private var laidOut = 0
    private var dealOrigins: Set<String> = []
    /// Texts that have numbers whether or not a fact says them.
    private var kept: Set<String> = []
    private let registrableDomain: (String) -> String?
    /// How often everything was built, and how often only a part of it.
    public private(set) var (built, grown) = (0, 0)

    /// What the company says of itself, and what the engine does not judge by: so many facts.
    public var factsApart: Int { builder.company.count + builder.others.count }

    public init(registrableDomain: @escaping (String) -> String?) { self.registrableDomain = registrableDomain }

    public mutating func add(_ recorded: RecordedFact) { builder.add(recorded) }

    /// Takes in what came to a journal after a fact. Returns the last one's number. Throws what the store throws.
    public mutating func add(journal store: any JournalStore, after sequence: Int64) throws -> Int64 {
        try builder.add(journal: store, after: sequence)
    }

    /// Of all that was taken in so far.
    public mutating func history() -> History {
        if laidOut < builder.facts.count || built == 0 {
            links.take(builder.mentions, registrableDomain: registrableDomain)
            web.take(builder)
            if !grow() { build() }
            laidOut = builder.facts.count
            dealOrigins = builder.dealOrigins
        }
        var history = living.history
        history.unplaced = builder.facts.count - history.count
        builder.addCompany(to: &history)
        return history
    }

    /// A neighbourhood of more than this is not worth the search for it.
    private var most: Int { 2_000 + laidOut / 50 }

    /// Gives numbers to what agreements say, so that programs bound to the history keep theirs while it grows.
    public mutating func keep(names: some Sequence<String>) {
        kept.formUnion(names)
        for name in names { living.intern(name) }
    }

    private mutating func build() {
        var (history, rows, words) = builder.laidOut(registrableDomain: registrableDomain)
        history.lineage = Lineage()
        for name in kept.sorted() { _ = history.texts.intern(name) }
        // What was noted down by numbers of texts means nothing any more.
        living = LivingAccounts()
        living.become(history, rows)
        acts = words.acts
        web.forget(0..<Int32(web.count))
        web.place(rows, of: history)
        living.note(history.accounts, links)
        built += 1
    }

    /// `false` where all is to be built.
    private mutating func grow() -> Bool {
        // Records of a source that tells of deals for the first time become deals, wherever they are.
        guard laidOut > 0, dealOrigins == builder.dealOrigins, builder.facts.count - laidOut <= most else {
            return false
        }
        let near = Neighbourhood(of: laidOut..<builder.facts.count, builder, links, web, living, most: most)
        guard !near.isUnbounded else { return false }
        let facts = near.facts.sorted()
        let part = builder.part(facts).laidOut(registrableDomain: registrableDomain)
        let gone = near.accounts.map { living.place(ofAccount: $0, in: living.history.texts) }
        let replaced = living.history.replacing(
            Set(gone.lazy.filter(\.isThere).map(\.place)), by: part.history, rows: living.rows,
            rowsOfPart: part.rows.map { facts[Int($0)] }, in: living, &acts)
        guard let replaced else { return false }
        let (history, rows) = replaced
        web.forget(facts)
        living.become(history, rows)
        let named = part.history.accounts.map { living.place(ofAccount: $0.name, in: part.history.texts).place }
        web.place(rows, of: history, accounts: named)
        living.note(named.map { history.accounts[$0] }, links)
        grown += 1
        return true
    }
}
