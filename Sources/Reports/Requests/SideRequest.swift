public import Agreement
internal import Engine
internal import Journal
public import Vocabulary

/// What one side asked of the other, and what came of it.
public struct SideRequest: Hashable, Sendable {
    public enum State: String, CaseIterable, Hashable, Sendable {
        case open, overdue
        case inTime = "answered in time"
        case late = "answered late"
    }

    /// Its name, by which an answer is told to belong to it.
    public let name: String
    public let to: Party
    /// Who asked, an address; empty where nobody is named.
    public let by: String
    /// Material, a campaign, a data fix; empty where it is not said.
    public let kind: String
    public let what: String
    public let asked: Instant
    /// `nil`: the calendar leaves no time for it.
    public let due: Instant?
    /// By the first word that does it or declines it; a question back is no answer.
    public let answer: Answer?
    /// Whoever answered asks back.
    public let questions: Int
    public let state: State
    /// Its number in the journal.
    public let fact: Int64

    public struct Answer: Hashable, Sendable {
        public let instant: Instant
        public let by: String
        /// `done` or `declined`.
        public let verdict: String
        public let note: String
        public let fact: Int64
    }

    public var isDecided: Bool { state != .open }
    public var isKept: Bool { state == .inTime }
}

extension JudgedCompany {
    /// Every request that sides made of each other until now, in the order in which they were made.
    public var sideRequests: [SideRequest] {
        let said = SaidRequests(world)
        return said.requests.compactMap { request in
            let agreement = agreements[world.versions.lastIndex { $0.from <= request.instant } ?? 0]
            guard let clause = agreement.requests, let to = Party(rawValue: request["to"] ?? ""),
                clause.between.value.contains(to)
            else { return nil }
            let calendar = world.staff.teams.first?.calendar ?? world.staff.always
            let due = try? calendar.deadline(from: request.instant, budget: clause.answerWithin.value)
            return SideRequest(request, to: to, due: due, answers: said.answers(to: request), now: world.until)
        }
    }
}

extension SideRequest {
    fileprivate init(_ request: SaidRequest, to: Party, due: Instant?, answers: [SaidRequest], now: Instant) {
        let last = answers.first { ["done", "declined"].contains($0["verdict"]) }
        (name, self.to, by) = (request.name, to, request.actor)
        (kind, what, asked) = (request["kind"] ?? "", request["what"] ?? "", request.instant)
        (self.due, fact) = (due, request.sequence)
        questions = answers.count { $0["verdict"] == "unclear" }
        answer = last.map {
            Answer(
                instant: $0.instant, by: $0.actor, verdict: $0["verdict"] ?? "", note: $0["note"] ?? "",
                fact: $0.sequence)
        }
        let ended = answer?.instant ?? now
        let isInTime = due.map { ended <= $0 } ?? true
        state = answer == nil ? (isInTime ? .open : .overdue) : (isInTime ? .inTime : .late)
    }
}

/// A request or an answer, as a fact says it.
private struct SaidRequest {
    let kind: FactKind
    let name: String
    let instant: Instant
    let actor: String
    let sequence: Int64
    let properties: [String: String]

    subscript(property: String) -> String? { properties[property] }
}

/// What facts say of requests: those that name nobody stand apart, the others in the accounts of whom they name.
private struct SaidRequests {
    private(set) var requests: [SaidRequest] = []
    private var answers: [String: [SaidRequest]] = [:]

    init(_ world: FoldWorld) {
        let said = (SaidRequests.apart(world.history) + SaidRequests.inAccounts(world.history))
            .filter { $0.instant <= world.until }.sorted { ($0.instant, $0.sequence) < ($1.instant, $1.sequence) }
        requests = said.filter { $0.kind == .requested }
        answers = Dictionary(grouping: said.filter { $0.kind == .requestAnswered }, by: \.name)
    }

    /// From when it was asked, in order of time.
    func answers(to request: SaidRequest) -> [SaidRequest] {
        (answers[request.name] ?? []).filter { $0.instant >= request.instant }
    }

    private static func apart(_ history: Engine.History) -> [SaidRequest] {
        history.apart.filter { $0.fact.kind.family == .request }.map { entry in
            var properties: [String: String] = [:]
            for property in entry.fact.properties {
                if case .text(let text) = property.value { properties[property.name] = text }
            }
            return SaidRequest(
                kind: entry.fact.kind, name: properties["request"] ?? entry.fact.key.id, instant: entry.occurred,
                actor: entry.fact.actor?.value ?? "", sequence: entry.sequence, properties: properties)
        }
    }

    private static let names = ["request", "to", "kind", "what", "verdict", "note"]

    /// One walk over all facts, where there is one of them at all.
    private static func inAccounts(_ history: Engine.History) -> [SaidRequest] {
        let isRequest = history.acts.map { $0.kind.family == .request }
        guard isRequest.contains(true) else { return [] }
        let numbers = names.map { (name: $0, number: history.texts.number(of: $0)) }
        return (0..<history.count).compactMap { fact -> SaidRequest? in
            guard isRequest[Int(history.act[fact])] else { return nil }
            let act = history.acts[Int(history.act[fact])]
            var properties: [String: String] = [:]
            for (name, number) in numbers {
                if let number { properties[name] = history.shown(number, in: Int32(fact)) }
            }
            let sequence = Int64(history.sequence[fact])
            return SaidRequest(
                kind: act.kind, name: properties["request"] ?? "fact \(sequence)", instant: history.at(fact),
                actor: act.actor < 0 ? "" : history.texts[act.actor], sequence: sequence, properties: properties)
        }
    }
}
