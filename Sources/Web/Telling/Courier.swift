internal import Access
internal import Dispatch
internal import Engine
internal import Journal
internal import Logging
internal import Reports
public import Sync
internal import Synchronization
internal import Vocabulary

//  Who tells people what they must know
//
//      Present ─▶ Wanted ─▶ decisions into the journal ─▶ entries into the outbox        the round, on every new Present
//      outbox ─▶ claim ─▶ still wanted? ─▶ letter ─▶ network ─▶ ended ─▶ facts: told      the errands, as things fall due

/// What a server needs to tell anybody anything.
public struct CourierBag: Sendable {
    public let outbox: any OutboxStore
    public let transport: any Transport
    public let settings: NoticeSettings
    /// The sender of mails; `nil`: none are sent.
    public let from: String?
    /// Where links in letters lead: `https://interlock.acme.example`, without a slash at its end.
    public let address: String

    public init(
        outbox: any OutboxStore, transport: any Transport, settings: NoticeSettings, from: String?, address: String
    ) {
        (self.outbox, self.transport, self.settings) = (outbox, transport, settings)
        (self.from, self.address) = (from, address)
    }
}

final class Courier: Sendable {
    let bag: CourierBag
    private let journal: any JournalStore
    let append: @Sendable (FactBatch) async throws -> [Receipt]
    let token: @Sendable (String) -> String
    let deeds: DeedLinks
    private let alerts: AlertWatch
    let clock: @Sendable () -> Instant
    let logger: Logger
    let meters: Meters
    let state = Mutex(State())
    private let keys = FactKeys()
    let roads = DispatchQueue(label: "interlock.courier", attributes: .concurrent)

    struct State {
        /// What was wanted last; `nil`: nothing has been looked at since the start.
        var standing: Standing?
        var books: OutboxBooks?
        /// How many letters are on their way, by target.
        var underWay: [String: Int] = [:]
        /// Since when each message is wanted; what was so when the server began is no news.
        var wantedSince: [String: Instant] = [:]
    }

    /// What a letter is written from.
    struct Standing: Sendable {
        let present: Present
        let messages: [String: WantedMessage]
    }

    init(_ bag: CourierBag, of site: Site) {
        self.bag = bag
        (journal, clock, logger, meters) = (site.journal, site.clock, site.logger, site.meters)
        let (commit, company, access) = (site.commit, site.company, site.access)
        append = { batch in
            let receipts = try await commit.append(batch)
            company.factsCame()
            return receipts
        }
        token = { access.linkToken(.digests, saying: $0) }
        deeds = DeedLinks(access, address: bag.address)
        alerts = AlertWatch(access, company)
    }

    // MARK: The round

    /// Decides and notes down what is to be told, by what is known at a moment.
    func round(_ present: Present) async throws {
        guard let judged = present.judged else { return }
        let times = LiveTimes(present.history, until: present.instant)
        let keys = keys
        let (journal, company, alerts) = (journal, judged.company, alerts)
        let wanted = try await Blocking.run {
            let heeded = times.tells(of: present.instant) ? try alerts.facts(present, within: Wanted.horizon) : []
            return try Wanted(
                company.outcome, in: company.world, times: times,
                WantedSources(judged, in: journal, keys: keys), heeded: heeded)
        }
        let undecided = try await decide(wanted.decisions, at: present.instant)
        try await Blocking.run { try self.note(wanted, present, without: undecided) }
    }

    /// Gives the leads that could not be decided: somebody else has used their key.
    private func decide(_ decisions: [WantedDecision], at instant: Instant) async throws -> Set<String> {
        guard !decisions.isEmpty else { return [] }
        var batch = FactBatch()
        let now = clock()
        for decision in decisions { batch.append(decision.fact(at: instant, recorded: now)) }
        let receipts = try await append(batch)
        let kept = zip(decisions, receipts)
        logger.info("decided", metadata: ["owners": "\(decisions.count)"])
        meters.note(told: decisions.count, as: "decided")
        return Set(kept.filter { ![.accepted, .repeated].contains($1.verdict) }.map(\.0.key))
    }

    /// Blocks.
    private func note(_ wanted: Wanted, _ present: Present, without undecided: Set<String>) throws {
        let now = clock()
        var books = try state.withLock { $0.books } ?? readBooks()
        let stopped = try bag.outbox.digestsStopped()
        let plan = Reconciliation(wanted, books, at: now) { message in
            undecided.contains(message.lead)
                ? [] : bag.settings.ways(message, at: now, mails: bag.from != nil, digestsStopped: stopped)
        }
        // Before anybody can claim what is added now: whoever claims it must find its message.
        let messages = Dictionary(wanted.messages.map { ($0.key, $0) }) { first, _ in first }
        state.withLock { state in
            let begins = state.standing == nil ? Instant.earliest : now
            state.wantedSince = messages.mapValues { state.wantedSince[$0.key] ?? begins }
            state.standing = Standing(present: present, messages: messages)
        }
        if !plan.adding.isEmpty {
            _ = try bag.outbox.add(plan.adding)
            for entry in plan.adding { books.note(entry) }
            meters.note(told: plan.adding.count, as: "noted")
        }
        for key in plan.cancelling {
            guard try bag.outbox.cancel(key, why: Reason.gone, at: now) else {
                // It is under way, or was ended meanwhile.
                if try bag.outbox.entry(key)?.isOpen != true { books.waiting[key] = nil }
                continue
            }
            books.waiting[key] = nil
            books.gone.insert(key)
            logger.info("not told", metadata: ["why": "\(Reason.gone)"])
            meters.note(told: 1, as: "cancelled")
        }
        for entry in plan.reviving where try bag.outbox.resend(entry.key, at: entry.due) {
            books.gone.remove(entry.key)
            books.waiting[entry.key] = entry.message
        }
        state.withLock { state in
            // What was sent meanwhile stays known.
            if let meanwhile = state.books {
                books.told.formUnion(meanwhile.told)
                books.gone.formUnion(meanwhile.gone.subtracting(plan.reviving.map(\.key)))
            }
            state.books = books
        }
    }

    /// What the outbox and the journal know: the journal also of what an outbox that is gone sent.
    private func readBooks() throws -> OutboxBooks {
        var books = OutboxBooks()
        for entry in try bag.outbox.entries(Set(OutboxEntry.State.allCases), limit: .max) { books.note(entry) }
        try journal.statements(source: SentFact.source, object: SentFact.object) { record in
            books.known.insert(record.id)
            for statement in record.statements { books.told.insert(statement.aspect) }
            return true
        }
        return books
    }

    // MARK: For open pages

    /// What somebody has come to be told after an instant, up to now, for their browser to show: in the order in which it came.
    func notices(for address: String, after instant: Instant) -> [Notice] {
        let now = clock()
        let (standing, since, told) = state.withLock { ($0.standing, $0.wantedSince, $0.books?.told ?? []) }
        guard let standing, let judged = standing.present.judged else { return [] }
        let person = bag.settings.person(address)
        let news = standing.messages.values.compactMap { message -> (message: WantedMessage, at: Instant)? in
            guard message.recipient == address, !person.not.contains(message.what.word),
                message.after.map(told.contains) ?? true, let wanted = since[message.key]
            else { return nil }
            let at = max(wanted, message.notBefore ?? wanted)
            return at > instant && at <= now ? (message, at) : nil
        }
        let zone = person.hasZone ? person.habits.zone : judged.company.zone(of: address)
        let office = LetterOffice(judged, zone: zone, address: "", deeds: nil, at: now)
        return news.sorted { ($0.at, $0.message.key) < ($1.at, $1.message.key) }.map { office.notice($0.message) }
    }

    // MARK: For pages and meters

    func counts() throws -> [OutboxEntry.State: Int] { try bag.outbox.counts() }

    /// An entry that somebody sends anew, or has cancelled, is known to the books again.
    func forgetBooks() { state.withLock { $0.books = nil } }
}

extension Present {
    func identifier(of person: Int32) -> Identifier? {
        person < 0 ? nil : Identifier(text: history.texts[history.persons[Int(person)].name])
    }
}

extension JudgedCompany {
    /// By which clock somebody of ours lives: that of their team, else the company's.
    func zone(of address: String) -> Zone {
        guard let number = world.history.texts.number(of: address),
            world.staff.rep(number) != nil || world.staff.teams.contains(where: { $0.manager == number })
        else { return zone }
        return world.staff.calendar(of: number).calendar.zone
    }
}
