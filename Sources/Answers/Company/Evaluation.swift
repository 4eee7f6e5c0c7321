package import Agreement
package import Engine
internal import Identity
package import Journal
internal import PublicSuffixes
package import Vocabulary

/// A journal under its agreements, ready to be asked about somebody.
package struct Evaluation: Sendable {
    package let agreements: AgreementsOfRun
    package let world: FoldWorld
    package let targets: Set<Int32>

    package init(of store: any JournalStore, under agreements: AgreementsOfRun, until: Instant) throws {
        try self.init(of: try Evaluation.history(of: store), under: agreements, until: until)
    }

    /// `agreements` are bound in their order; owners are those that systems recorded. `before` is an evaluation of a history
    /// that this one may have grown out of: what it knows of the same versions is not found out again.
    package init(
        of history: Engine.History, under agreements: AgreementsOfRun, until: Instant, after before: Evaluation? = nil
    ) throws {
        self.agreements = agreements
        var history = history
        let bound = agreements.versions.map { version in
            BoundProgram(
                version.compiled.program, to: &history, zone: version.agreement.zone, from: version.from ?? .earliest,
                after: before?.bound(version), isFreeMail: isFreeMail)
        }
        let present = agreements.version(at: until).agreement
        let staff = staff(of: present, in: &history, years: history.years(until: until))
        targets = history.targets(present, until: until)
        let times = LiveTimes(history, until: until).assigning
        world = FoldWorld(
            history: history, versions: bound, staff: staff, assigning: times.isEmpty ? .recorded : .live(times),
            until: until)
    }

    private func bound(_ version: RunVersion) -> BoundProgram? {
        let place = agreements.versions.firstIndex { $0.digest == version.digest && $0.from == version.from }
        return place.map { world.versions[$0] }
    }

    /// Reads the whole journal: some seconds for a million facts.
    package static func history(of store: any JournalStore) throws -> Engine.History {
        var builder = HistoryBuilder()
        try builder.add(journal: store)
        return builder.history
    }

    /// The same, with owners by the rules of routing.
    package var routed: FoldWorld {
        FoldWorld(
            history: world.history, versions: world.versions, staff: world.staff, assigning: .routed,
            until: world.until)
    }

    /// What became of the account of a person.
    package func outcome(ofAccountOf person: Int32) -> AccountOutcome {
        var fold = AccountFold(world.history.persons[Int(person)].account, in: world, targets: targets)
        fold.run()
        return fold.outcome
    }

    /// The person as they stood at an instant.
    package func person(_ person: Int32, at instant: Instant) -> PersonAt {
        PersonAt(person, at: instant, in: world, targets: targets)
    }

    /// The number of the version that decided at an instant.
    package func version(at instant: Instant) -> Int32 { Int32(agreements.index(at: instant)) }
}

extension LivingHistory {
    /// With accounts by the machine's Public Suffix List.
    package init() {
        let suffixes = PublicSuffixList()
        self.init { suffixes.registrableDomain(of: $0) }
    }
}

extension HistoryBuilder {
    /// Of what was taken in so far, with accounts by the machine's Public Suffix List.
    package var history: Engine.History {
        let suffixes = PublicSuffixList()
        return build { suffixes.registrableDomain(of: $0) }
    }
}

extension AgreementsOfRun {
    fileprivate func index(at instant: Instant) -> Int {
        versions.lastIndex { $0.from.map { $0 <= instant } ?? true } ?? 0
    }

    package func version(at instant: Instant) -> RunVersion { versions[index(at: instant)] }
}

@Sendable package func isFreeMail(_ address: String) -> Bool {
    FreeMail.isProvider(domain: address.split(separator: "@").last.map(String.init) ?? address)
}

extension Engine.History {
    /// The years that calendars must cover.
    package func years(until: Instant) -> ClosedRange<Int> {
        let first = Instant(milliseconds: occurred.min() ?? until.milliseconds)
        let zone = Zone.utc
        let years = [first, until].map { zone.civil(at: $0).date.fields.year }
        return (min(years[0], years[1]) - 1)...(max(years[0], years[1]) + 2)
    }

    /// The identifiers of accounts on the list of targets: the agreement's, and what dated company facts add to it.
    package func targets(_ agreement: Agreement, until: Instant) -> Set<Int32> {
        let list = agreement.targets?.accounts.value.accounts ?? []
        let stated = company.filter { $0.fact.name == "target" && $0.occurred <= until }.flatMap(\.fact.accounts)
        let names = stated.map(\.text) + list.compactMap(\.domain).map { "domain:" + $0 }
        let named = Set(names.compactMap { texts.number(of: $0) })
        let ids = Set(list.compactMap(\.id).map { Substring($0) })
        guard !named.isEmpty || !ids.isEmpty else { return [] }
        let identifiers = Set(accounts.lazy.flatMap(\.identifiers))
        return named.intersection(identifiers).union(
            ids.isEmpty ? [] : identifiers.filter { ids.contains(texts[$0].afterLastSlash) })
    }
}

extension String {
    /// The id of a record: all of a text that has none.
    fileprivate var afterLastSlash: Substring {
        utf8.lastIndex(of: UInt8(ascii: "/")).map { self[utf8.index(after: $0)...] } ?? self[...]
    }
}
