internal import Access
internal import Agreement
internal import Answers
internal import Dispatch
internal import Engine
internal import Journal
internal import Logging
internal import Reports
internal import ServiceLifecycle
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
    private let append: @Sendable (FactBatch) async throws -> [Receipt]
    private let token: @Sendable (String) -> String
    private let deeds: DeedLinks
    private let alerts: AlertWatch
    private let clock: @Sendable () -> Instant
    private let logger: Logger
    private let meters: Meters
    private let state = Mutex(State())
    private let keys = FactKeys()
    private let roads = DispatchQueue(label: "interlock.courier", attributes: .concurrent)

    private struct State {
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

    private static let lease = Elapsed.seconds(120)
    /// How many letters are under way at once, and of them to one receiver other than the mail server: one that never answers
    /// must not hold up the others.
    private static let (hands, handsForOne) = (12, 2)
    private static let beat = Duration.milliseconds(250)

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

    // MARK: Errands

    /// Sends what is due by now, waits for it, and tells the journal what was sent.
    func errands() async throws {
        let claims = try await claim()
        guard let standing = state.withLock({ $0.standing }) else { return }
        await withTaskGroup(of: Void.self) { group in
            for claim in claims { group.addTask { await self.run(claim, standing) } }
        }
        try await record(standing)
    }

    /// Whether there may be more to do at once.
    func hasMore() async throws -> Bool {
        let (outbox, now) = (bag.outbox, clock())
        return try await Blocking.run { try outbox.nextDue().map { $0 <= now } ?? false }
    }

    /// Sends whatever falls due, until the task is cancelled. Nothing waits for a receiver that is slow but what goes to it.
    func keepAtErrands() async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                var hasMore = false
                do {
                    let claims = try await claim()
                    // Read after the claim: an older one might not know what was claimed.
                    if let standing = state.withLock({ $0.standing }) {
                        for claim in claims { group.addTask { await self.run(claim, standing) } }
                        try await record(standing)
                    }
                    hasMore = !claims.isEmpty
                } catch is CancellationError {
                    return
                } catch {
                    logger.error("errands failed", metadata: ["error": "\(type(of: error))"])
                }
                if !hasMore, (try? await Task.sleep(for: Courier.beat)) == nil { return }
            }
        }
    }

    /// As much as there are hands for. Empty while nothing has been looked at since the start.
    private func claim() async throws -> [Claim] {
        guard state.withLock({ $0.standing != nil }) else { return [] }
        let (outbox, now) = (bag.outbox, clock())
        return try await Blocking.run {
            var claims: [Claim] = []
            while let busy = self.busy(),
                let claim = try outbox.claim(1, at: now, lease: Courier.lease, except: busy).first
            {
                self.state.withLock { $0.underWay[claim.target, default: 0] += 1 }
                claims.append(claim)
            }
            return claims
        }
    }

    /// Receivers that get no more at once; `nil`: no hand is free.
    private func busy() -> Set<String>? {
        let underWay = state.withLock { $0.underWay }
        guard underWay.values.reduce(0, +) < Courier.hands else { return nil }
        return Set(underWay.filter { $0.key != "mail" && $0.value >= Courier.handsForOne }.keys)
    }

    private func back(from target: String) {
        state.withLock { state in
            let left = (state.underWay[target] ?? 1) - 1
            state.underWay[target] = left > 0 ? left : nil
        }
    }

    private func run(_ claim: Claim, _ standing: Standing) async {
        await withCheckedContinuation { continuation in
            roads.async {
                do {
                    try self.deliver(claim, standing)
                } catch {
                    // The lease ends by itself, and it is tried again with the same id.
                    self.logger.error("not told", metadata: ["error": "\(type(of: error))"])
                }
                self.back(from: claim.target)
                continuation.resume()
            }
        }
    }

    private func deliver(_ claim: Claim, _ standing: Standing) throws {
        let gone = claim.keeping { standing.messages[$0.message] == nil }
        if !gone.entries.isEmpty { try end(gone, .cancelled(why: Reason.gone)) }
        let rest = claim.keeping { standing.messages[$0.message] != nil }
        guard let first = rest.entries.first else { return }
        let messages = rest.entries.compactMap { standing.messages[$0.message] }
        let delivered = try send(messages, first, standing)
        switch delivered {
        case .accepted: try end(rest, .sent)
        case .refused(let problem): try end(rest, .dead(problem: problem))
        case .gone:
            try bag.outbox.end(target: first.target, at: clock())
            meters.note(told: rest.entries.count, as: "cancelled")
            logger.warning("endpoint gone", metadata: ["target": "\(first.target)"])
        case .later(let problem, let seconds):
            let delay = Delays.after(
                attempts: first.attempts, key: first.sendingID, atLeast: seconds.map { .seconds(min($0, 86_400)) })
            try end(rest, delay.map { .retry(at: clock() + $0, problem: problem) } ?? .dead(problem: problem))
        }
    }

    private func end(_ claim: Claim, _ ending: Ending) throws {
        guard try bag.outbox.complete(claim, ending, at: clock()) else {
            return logger.warning("claim lost", metadata: ["entries": "\(claim.entries.count)"])
        }
        state.withLock { state in
            for entry in claim.entries {
                if case .sent = ending { state.books?.told.insert(entry.message) }
                if ending == .cancelled(why: Reason.gone) { state.books?.gone.insert(entry.key) }
                if case .retry = ending { continue }
                state.books?.waiting[entry.key] = nil
            }
        }
        meters.note(told: claim.entries.count, as: ending.word)
        var words: Logger.Metadata = ["what": "\(claim.entries[0].kind)", "by": "\(claim.entries[0].target)"]
        if let problem = ending.problem { words["why"] = "\(problem)" }
        logger.log(level: ending.level, "\(ending.word)", metadata: words)
    }

    private func send(_ messages: [WantedMessage], _ entry: OutboxEntry, _ standing: Standing) throws -> Delivered {
        guard let judged = standing.present.judged else { return .later(problem: "nothing is in force", seconds: nil) }
        let reader = bag.settings.person(entry.recipient)
        let zone = reader.hasZone ? reader.habits.zone : judged.company.zone(of: entry.recipient)
        // A channel that many read is no place for what only the owner may do.
        let deeds = entry.target == "mail" ? deeds : nil
        let office = LetterOffice(judged, zone: zone, address: bag.address, deeds: deeds, at: clock())
        let letters = messages.map { office.letter($0) }
        let id = entry.sendingID
        if entry.target == "mail" {
            guard let from = bag.from else { return .refused(problem: "no mail server is named") }
            let isDigest = entry.bundle.hasPrefix("digest|")
            let letter = Letter(
                together: letters, isDigest: isDigest, waiting: isDigest ? office.waiting(for: entry.recipient) : nil)
            let domain = from.split(separator: "@").last.map(String.init) ?? "interlock"
            let mail = Mail(
                from: from, to: entry.recipient, subject: letter.subject, text: letter.text,
                html: letter.html.text, messageID: "\(id)@\(domain)", date: clock(),
                unsubscribe: isDigest ? bag.address + "/unsubscribe/" + token(entry.recipient) : nil)
            return bag.transport.send(mail.bytes, from: from, to: entry.recipient)
        }
        guard let endpoint = bag.settings.endpoint(of: entry.target) else {
            return .refused(problem: "no endpoint of this name is in the settings any more")
        }
        let letter = Letter(together: letters, isDigest: false)
        if endpoint.secrets.isEmpty {
            return bag.transport.post(
                Array(letter.slack.utf8), to: endpoint.url, headers: [("content-type", "application/json")])
        }
        let body = Array(office.payload(messages[0], at: clock()).utf8)
        let hook = SignedWebhook(id: id, body: body, secrets: endpoint.secrets)
        return bag.transport.post(body, to: endpoint.url, headers: hook.headers(at: clock()))
    }

    // MARK: What was sent is a fact

    private func record(_ standing: Standing) async throws {
        let outbox = bag.outbox
        let sent = try await Blocking.run { try outbox.unrecorded(limit: 500) }
        guard !sent.isEmpty else { return }
        var batch = FactBatch()
        let now = clock()
        for entry in sent {
            let person = standing.messages[entry.message].flatMap { standing.present.identifier(of: $0.person) }
            batch.append(SentFact(entry, at: entry.ended ?? now, about: person).fact(recorded: now))
        }
        _ = try await append(batch)
        let keys = sent.map(\.key)
        try await Blocking.run { try outbox.noteRecorded(keys) }
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

extension Ending {
    fileprivate var word: String {
        switch self {
        case .sent: "told"
        case .retry: "told later"
        case .dead: "dead letter"
        case .cancelled: "not told"
        }
    }

    fileprivate var problem: String? {
        switch self {
        case .sent: nil
        case .retry(_, let problem), .dead(let problem), .cancelled(let problem): problem
        }
    }

    fileprivate var level: Logger.Level {
        switch self {
        case .sent, .cancelled: .info
        case .retry, .dead: .warning
        }
    }
}

extension Present {
    func identifier(of person: Int32) -> Identifier? {
        person < 0 ? nil : Identifier(text: history.texts[history.persons[Int(person)].name])
    }
}

extension JudgedCompany {
    /// By which clock somebody of ours lives: that of their team, else the company's.
    fileprivate func zone(of address: String) -> Zone {
        guard let number = world.history.texts.number(of: address),
            world.staff.rep(number) != nil || world.staff.teams.contains(where: { $0.manager == number })
        else { return zone }
        return world.staff.calendar(of: number).calendar.zone
    }
}

/// Keys of facts, read from the journal once: a fact keeps its number and its key for ever.
final class FactKeys: Sendable {
    private let known = Mutex<[Int64: FactKey]>([:])

    func key(_ sequence: Int64, in journal: any JournalStore) throws -> FactKey {
        if let key = known.withLock({ $0[sequence] }) { return key }
        guard let stored = try journal.stored(after: sequence - 1, limit: 1).first, stored.sequence == sequence else {
            throw JournalError.damaged("fact \(sequence) is not there")
        }
        let key = FactKey(
            source: stored.shape.source, object: stored.shape.object, id: stored.id, aspect: stored.aspect)
        known.withLock { $0[sequence] = key }
        return key
    }
}

extension WantedSources {
    init(_ judged: Present.Judged, in journal: any JournalStore, keys: FactKeys) {
        let world = judged.company.world
        let (runs, agreements) = (judged.evaluation.agreements.versions, judged.company.agreements)
        let agreement = judged.company.agreement
        self.init(
            factKey: { try keys.key(Int64(world.history.sequence[Int($0)]), in: journal) },
            clause: { runs[Int($1)].compiled.clause($0)?.address ?? "" },
            version: { runs[Int($0)].digest },
            marketing: agreement.parties.marketing?.value.words, operations: agreement.parties.operations?.value.words,
            side: { name, version in
                Party(rawValue: name).flatMap { agreements[Int(version)].parties[$0]?.value.words }
            },
            alertReader: { version, alert in
                let alerts = agreements[Int(version)].alerts
                guard alerts.indices.contains(Int(alert)) else { return nil }
                switch alerts[Int(alert)].tell.value {
                case .owner: return .owner
                case .manager: return .manager
                case .side(let party):
                    return agreements[Int(version)].parties[party].map { .address($0.value.words) }
                case .person(let address): return .address(address.words)
                }
            })
    }
}

/// Runs beside the server: a round for every moment of the company, errands as they fall due.
struct CourierService: Service {
    let courier: Courier
    let site: Site

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await rounds() }
                group.addTask { await courier.keepAtErrands() }
            }
        }
    }

    private func rounds() async {
        let changes = site.company.changes()
        await round { try await site.company.upToDate() }
        for await present in changes { await round { present } }
    }

    private func round(_ present: () async throws -> Present) async {
        do {
            try await courier.round(try await present())
        } catch is CancellationError {
        } catch {
            site.logger.error("nobody told", metadata: ["error": "\(type(of: error))"])
        }
    }
}

extension Claim {
    /// Where all of it goes.
    fileprivate var target: String { entries.first?.target ?? "" }
}
