import Agreement
import Engine
import Identity
import Journal
import PublicSuffixes
import Vocabulary

/// A journal under an agreement, ready to be asked about somebody.
struct Evaluation {
    let agreement: Agreement
    let world: FoldWorld
    let targets: Set<Int32>

    /// Reads the whole journal: some seconds for a million facts.
    init(of store: any JournalStore, under agreement: Agreement, until: Instant) throws {
        self.agreement = agreement
        var builder = HistoryBuilder()
        try builder.add(journal: store)
        let suffixes = PublicSuffixList()
        var history = builder.build { suffixes.registrableDomain(of: $0) }
        let bound = BoundProgram(compile(agreement), to: &history, zone: agreement.zone) { address in
            FreeMail.isProvider(domain: address.split(separator: "@").last.map(String.init) ?? address)
        }
        let staff = staff(of: agreement, in: &history, years: history.years(until: until))
        targets = history.accounts(in: agreement.targets?.accounts.value.accounts ?? [])
        world = FoldWorld(
            history: history, versions: [bound], staff: staff, assigning: .recorded, until: until)
    }

    /// Whoever a fact with this identifier is about, as an index in `History.persons`.
    func person(_ identifier: Identifier, in store: any JournalStore) throws -> Int32? {
        var filter = FactFilter()
        filter.person = identifier
        var search = FactSearch(filter, in: store)
        while let found = try search.next() {
            for fact in found {
                let place = world.history.sequence.firstIndex(of: UInt32(clamping: fact.stored.sequence))
                if let place, world.history.person[place] >= 0 { return world.history.person[place] }
            }
        }
        return nil
    }

    /// What became of the account of a person.
    func outcome(ofAccountOf person: Int32) -> AccountOutcome {
        var fold = AccountFold(world.history.persons[Int(person)].account, in: world, targets: targets)
        fold.run()
        return fold.outcome
    }
}

extension Engine.History {
    /// The years that calendars must cover.
    func years(until: Instant) -> ClosedRange<Int> {
        let first = Instant(milliseconds: occurred.min() ?? until.milliseconds)
        let zone = Zone.utc
        let years = [first, until].map { zone.civil(at: $0).date.fields.year }
        return (min(years[0], years[1]) - 1)...(max(years[0], years[1]) + 2)
    }

    /// The identifiers of accounts that stand in a list of targets.
    fileprivate func accounts(in list: [TargetList.Account]) -> Set<Int32> {
        let ids = Set(list.compactMap(\.id))
        let domains = Set(list.compactMap(\.domain))
        var found: Set<Int32> = []
        for identifier in accounts.flatMap(\.identifiers) {
            let text = texts[identifier]
            let value = text.split(separator: "/").last.map(String.init) ?? text
            if ids.contains(value) || domains.contains(text.replacing("domain:", with: "")) { found.insert(identifier) }
        }
        return found
    }
}
