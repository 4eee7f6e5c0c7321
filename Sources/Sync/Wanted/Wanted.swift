public import Engine
public import Journal
public import Vocabulary

//  What must have been told by now
//
//      outcome ─┬─ owners that nobody has decided on ──▶ WantedDecision   into the journal, before anything is sent
//               └─ leads, warnings, steps, verdicts … ──▶ WantedMessage    − what was sent = what the outbox still has to send
//
//  Computed anew from everything that is known, so a reason that has gone is simply not among them any more.

/// Who is told of an alert.
public enum AlertReader: Hashable, Sendable {
    case owner, manager
    case address(String)
}

/// What the engine's outcome does not say itself.
public struct WantedSources: Sendable {
    public var factKey: @Sendable (Int32) throws -> FactKey
    public var clause: @Sendable (ClauseID, Int32) -> String
    /// The digest of a version.
    public var version: @Sendable (Int32) -> String
    /// Of the sides of the version in force; `nil`: nobody speaks for it.
    public var marketing: String?
    public var operations: String?
    /// Who speaks for one of the sides, by its name and version; `nil`: nobody, or it is none.
    public var side: @Sendable (String, Int32) -> String?
    /// By version and alert.
    public var alertReader: @Sendable (Int32, Int32) -> AlertReader?

    public init(
        factKey: @escaping @Sendable (Int32) throws -> FactKey, clause: @escaping @Sendable (ClauseID, Int32) -> String,
        version: @escaping @Sendable (Int32) -> String, marketing: String?, operations: String?,
        side: @escaping @Sendable (String, Int32) -> String?,
        alertReader: @escaping @Sendable (Int32, Int32) -> AlertReader?
    ) {
        (self.factKey, self.clause, self.version) = (factKey, clause, version)
        (self.marketing, self.operations, self.side) = (marketing, operations, side)
        self.alertReader = alertReader
    }
}

/// What must have been told, and decided, by an instant.
public struct Wanted: Sendable {
    public private(set) var decisions: [WantedDecision] = []
    public private(set) var messages: [WantedMessage] = []
    private var places: [String: Int] = [:]

    let outcome: Outcome
    let world: FoldWorld
    let times: LiveTimes
    let sources: WantedSources
    let oldest: Instant

    /// What lies further back has been told, or nobody can use it any more.
    public static let horizon = Elapsed.days(14)
    /// A form's facts come one after the other: who is held for a moment is no news.
    static let patience = Elapsed.minutes(5)

    /// `heeded` is what happened that somebody wants to hear of for themselves.
    public init(
        _ outcome: Outcome, in world: FoldWorld, times: LiveTimes, _ sources: WantedSources,
        heeded: [HeededFact] = []
    ) throws {
        (self.outcome, self.world, self.times, self.sources) = (outcome, world, times, sources)
        oldest = world.until - Wanted.horizon
        guard times.tells(of: world.until) else { return }
        for account in outcome.accounts {
            for index in account.handOvers.indices { try tell(account, index) }
            for index in account.alerts.indices { try tellAlert(account, index) }
            for index in account.corrections.indices { try tellCorrection(account, index) }
        }
        for fact in heeded { try tellHeeded(fact) }
    }

    public subscript(key: String) -> WantedMessage? { places[key].map { messages[$0] } }

    /// Nothing from times at which nobody was to be told, nothing too old.
    func isToBeTold(_ instant: Instant?) -> Bool {
        instant.map { $0 >= oldest && $0 <= world.until && times.tells(of: $0) } ?? false
    }

    func text(_ number: Int32) -> String? { number < 0 ? nil : world.history.texts[number] }

    func factText(_ fact: Int32) throws -> String { fact < 0 ? "" : try sources.factKey(fact).text }

    /// When what a fact says came to be known; its own instant for what time alone decided.
    func known(_ fact: Int32, or instant: Instant) -> Instant {
        fact < 0 ? instant : max(instant, Instant(milliseconds: world.history.known(Int(fact))))
    }

    mutating func want(_ message: WantedMessage) {
        guard places[message.key] == nil, message.recipient.contains("@") else { return }
        places[message.key] = messages.count
        messages.append(message)
    }
}

// One lead.

extension Wanted {
    private mutating func tell(_ account: AccountOutcome, _ index: Int) throws {
        let handOver = account.handOvers[index]
        guard handOver.person >= 0, !handOver.isBeforeStart else { return }
        guard let ready = handOver.ready else { return try tellHeld(account, index) }
        let isFresh =
            isToBeTold(ready) || isToBeTold(handOver.owners.last?.since) || isToBeTold(handOver.ended)
            || handOver.isOpen
        guard isFresh else { return }
        let lead = try leadKey(handOver)
        let telling = LeadTelling(account: account, index: index, handOver: handOver, ready: ready, lead: lead)
        decisions += try wantedDecisions(telling)
        tellNobodys(telling)
        try tellOwner(telling)
        try tellClocks(telling)
        try tellVerdicts(telling)
        try tellEnd(telling)
    }

    /// The id of the decision where there is one: later facts may show it to rest upon another first fact.
    private func leadKey(_ handOver: HandOver) throws -> String {
        if handOver.decision >= 0 {
            let key = try sources.factKey(handOver.decision)
            if key.source == SentFact.source { return key.id }
        }
        let evidence =
            handOver.fact < 0 ? "\(personName(handOver.person))@\(handOver.entered)" : try factText(handOver.fact)
        return StableKey.of(
            "handed over", sources.clause(handOver.clause, handOver.version), evidence, "\(handOver.pass)")
    }

    private func personName(_ person: Int32) -> String {
        world.history.texts[world.history.persons[Int(person)].name]
    }

    private func wantedDecisions(_ telling: LeadTelling) throws -> [WantedDecision] {
        let handOver = telling.handOver
        guard handOver.isOpen, let person = Identifier(text: personName(handOver.person)) else { return [] }
        var found: [WantedDecision] = []
        for (number, ownership) in handOver.owners.enumerated() where ownership.owner >= 0 {
            let isFirst = number == 0
            let isOurs = ![.recorded, .joined, .merged].contains(ownership.why)
            guard isFirst ? handOver.decision < 0 : isOurs && ownership.decision < 0,
                times.tells(of: telling.ready) || !isFirst, isToBeTold(ownership.since), !handOver.isDenied
            else { continue }
            let version = world.versions[Int(handOver.version)]
            let rules = version.program.routing
            let hasRule = rules.indices.contains(Int(ownership.rule))
            found.append(
                WantedDecision(
                    key: ownershipKey(telling, number), name: isFirst ? .handedOver : .reassigned, person: person,
                    stage: version.program.names[Int(version.program.stages[Int(handOver.stage)].name)],
                    to: text(ownership.owner) ?? "", assigns: isOurs, why: ownership.why.word,
                    rule: hasRule ? version.program.names[Int(rules[Int(ownership.rule)].name)] : "",
                    clause: sources.clause(
                        hasRule ? rules[Int(ownership.rule)].clause : handOver.clause, handOver.version),
                    version: sources.version(handOver.version), evidence: try factText(handOver.fact),
                    ready: telling.ready, isBurst: handOver.isBurst,
                    tried: tried(telling, ownership, version.program)))
        }
        return found
    }

    /// What each rule said when this owner was looked for.
    private func tried(_ telling: LeadTelling, _ ownership: Ownership, _ program: Program) -> [String] {
        let routed = outcome.routing.last { routed in
            routed.request.account == telling.account.account && routed.request.handOver == Int32(telling.index)
                && routed.answer.owner == ownership.owner && routed.request.decided == nil
        }
        return (routed?.steps ?? []).map { step in
            let name = step.rule < 0 ? "last resort" : program.names[Int(program.routing[Int(step.rule)].name)]
            let owner = text(step.owner).map { ": \($0)" } ?? ""
            return "\(name): \(step.answer)\(owner)"
        }
    }

    /// What an ownership is known by.
    private func ownershipKey(_ telling: LeadTelling, _ number: Int) -> String {
        let ownership = telling.handOver.owners[number]
        if number == 0 { return telling.lead }
        if ownership.decision >= 0, let key = try? sources.factKey(ownership.decision) { return key.id }
        if [.recorded, .merged].contains(ownership.why), ownership.fact >= 0,
            let key = try? sources.factKey(ownership.fact)
        {
            return StableKey.of(telling.lead, key.text)
        }
        return StableKey.of(telling.lead, ownership.why.word, "\(number)")
    }

    /// The key of the message by which the owner of a number learned of it.
    func ownerMessageKey(_ telling: LeadTelling, _ number: Int) -> String {
        let recipient = text(telling.handOver.owners[number].owner) ?? ""
        return number == 0
            ? StableKey.of(telling.lead, "lead", recipient)
            : StableKey.of(ownershipKey(telling, number), "given", recipient)
    }

    private mutating func tellOwner(_ telling: LeadTelling) throws {
        let handOver = telling.handOver
        guard handOver.isOpen, !handOver.isDenied, let ownership = handOver.owners.last,
            let recipient = text(ownership.owner)
        else { return }
        let number = handOver.owners.count - 1
        guard times.tells(of: telling.ready) || number > 0, isToBeTold(ownership.since) else { return }
        var message = telling.message(
            ownerMessageKey(telling, number),
            number > 0 ? .givenTo(ownership.why) : handOver.joins >= 0 ? .joined : .handedOver,
            to: recipient, at: number == 0 ? telling.ready : ownership.since)
        message.known = known(number == 0 ? handOver.readyFact : ownership.fact, or: message.at)
        if number == 0, handOver.isBurst { message.bundle = "burst|\(recipient)|\(ownership.since.milliseconds)" }
        want(message)
        guard number > 0, ownership.why != .ownerLeft, let before = text(handOver.owners[number - 1].owner),
            before != recipient
        else { return }
        var taken = telling.message(
            StableKey.of(ownershipKey(telling, number), "taken", before), .takenAway(ownership.why), to: before,
            at: ownership.since)
        taken.after = ownerMessageKey(telling, number - 1)
        want(taken)
    }

    /// What is ready and nobody's is told to whoever must see to it: no system has given it to anybody.
    private mutating func tellNobodys(_ telling: LeadTelling) {
        let handOver = telling.handOver
        guard handOver.isOpen, !handOver.isDenied, handOver.owner < 0, handOver.verdict == nil,
            isToBeTold(telling.ready), let reader = sources.operations ?? sources.marketing
        else { return }
        var message = telling.message(
            StableKey.of(telling.lead, "nobody's"), .nobodys, to: reader, at: telling.ready)
        message.known = known(handOver.readyFact, or: message.at)
        message.notBefore = message.known + Wanted.patience
        want(message)
    }

    private mutating func tellHeld(_ account: AccountOutcome, _ index: Int) throws {
        let handOver = account.handOvers[index]
        guard handOver.end == .open, handOver.hold != nil, isToBeTold(handOver.entered),
            let marketing = sources.marketing
        else { return }
        let lead = try leadKey(handOver)
        let telling = LeadTelling(
            account: account, index: index, handOver: handOver, ready: handOver.entered, lead: lead)
        var message = telling.message(StableKey.of(lead, "held"), .held, to: marketing, at: handOver.entered)
        message.notBefore = handOver.entered + Wanted.patience
        want(message)
    }

    private mutating func tellVerdicts(_ telling: LeadTelling) throws {
        let handOver = telling.handOver
        for verdict in handOver.earlierVerdicts + (handOver.verdict.map { [$0] } ?? [])
        where isToBeTold(verdict.instant) {
            let what =
                verdict.fact >= 0 ? try factText(verdict.fact) : "\(verdict.manner)@\(verdict.instant.milliseconds)"
            for (place, reader) in verdictReaders(verdict, handOver).enumerated() {
                var message = telling.message(
                    StableKey.of(telling.lead, "verdict", what, reader), .verdict(verdict), to: reader,
                    at: verdict.instant)
                message.known = known(verdict.fact, or: verdict.instant)
                message.isEcho = place > 0
                want(message)
            }
        }
        try tellDispute(telling)
    }

    private mutating func tellDispute(_ telling: LeadTelling) throws {
        let handOver = telling.handOver
        guard let dispute = handOver.dispute else { return }
        let program = world.versions[Int(handOver.version)].program
        let arbiter = program.dispute.flatMap { $0.arbiter >= 0 ? program.names[Int($0.arbiter)] : nil }
        let owner = text(handOver.owner)
        if isToBeTold(dispute.raised), dispute.ruling == .pending {
            tellAll([arbiter ?? sources.operations, owner], .disputed, "disputed", telling, at: dispute.raised)
        }
        if let ruled = dispute.ruled, isToBeTold(ruled) {
            tellAll([sources.marketing, owner], .ruled, "ruled", telling, at: ruled)
        }
    }

    private mutating func tellAll(
        _ readers: [String?], _ what: WantedMessage.What, _ word: String, _ telling: LeadTelling, at instant: Instant
    ) {
        for (place, reader) in Set(readers.compactMap { $0 }).sorted().enumerated() {
            var message = telling.message(StableKey.of(telling.lead, word, reader), what, to: reader, at: instant)
            message.isEcho = place > 0
            want(message)
        }
    }

    /// Marketing hears every verdict; of silence and of deeds the owner hears too, who has said nothing.
    private func verdictReaders(_ verdict: Verdict, _ handOver: HandOver) -> [String] {
        let owner = verdict.manner == .spoken ? nil : text(handOver.owner)
        return Set([sources.marketing, owner].compactMap { $0 }).sorted()
    }

    private mutating func tellEnd(_ telling: LeadTelling) throws {
        let handOver = telling.handOver
        guard handOver.end == .recycled, isToBeTold(handOver.ended), let ended = handOver.ended else { return }
        tellAll([sources.marketing, text(handOver.owner)], .returned, "returned", telling, at: ended)
    }
}

extension Ownership.Why {
    /// As decisions say it.
    var word: String {
        switch self {
        case .routed: OwnerRequest.Why.handedOver.word
        case .recorded: "recorded"
        case .rerouted: OwnerRequest.Why.rejected.word
        case .toAccountOwner: OwnerRequest.Why.toAccountOwner.word
        case .joined: "joined"
        case .ownerAway: OwnerRequest.Why.ownerAway.word
        case .ownerLeft: OwnerRequest.Why.ownerLeft.word
        case .escalated: OwnerRequest.Why.escalated.word
        case .merged: "merged"
        }
    }
}

extension ProgramPromise {
    var word: String { "\(self)" }
}
