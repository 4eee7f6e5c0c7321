internal import Dispatch
internal import Journal
internal import Logging
internal import Sync
internal import Synchronization
internal import Vocabulary

// What falls due is sent, and what was sent becomes a fact.

extension Courier {
    private static let lease = Elapsed.seconds(120)
    /// How many letters are under way at once, and of them to one receiver other than the mail server: one that never answers
    /// must not hold up the others.
    private static let (hands, handsForOne) = (12, 2)
    private static let beat = Duration.milliseconds(250)

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

extension Claim {
    /// Where all of it goes.
    fileprivate var target: String { entries.first?.target ?? "" }
}
