internal import Journal
internal import Vocabulary

// What Interlock decided and told others, found again by whom it was about. A hand-over that was decided goes to whom it was
// given to, whatever the rules would say now; only what nobody has decided yet is routed.

/// All decisions on owners, by person, in the order of what they were about: several may have been made at one moment.
struct Decisions: Sendable {
    struct Entry: Sendable {
        let fact: Int32
        let instant: Instant
        let isHandOver: Bool
        /// A text.
        let stage: Int32
        /// A text; −1: the decision gave it to nobody, it only says that somebody was told.
        let owner: Int32
        /// Who was told, a text; −1: the decision does not say.
        let told: Int32
        /// The text of the rule's name; −1: a last resort, or none.
        let rule: Int32
        /// Why another owner was wanted, a text; −1: it was handed over.
        let why: Int32
        let isBurst: Bool
        /// The instant that it was about; the decision's own where it does not say.
        let about: Instant
    }

    private var byPerson: [Int32: [Entry]] = [:]

    init() {}

    init(_ history: History, _ words: FactWords) {
        guard words.handedOver >= 0 || words.reassigned >= 0 else { return }
        let names = [words.handedOver, words.reassigned]
        let isOfOwner = history.acts.map { $0.kind == .decision && names.contains(Int64($0.name)) }
        guard isOfOwner.contains(true) else { return }
        for fact in 0..<history.count where isOfOwner[Int(history.act[fact])] && history.person[fact] >= 0 {
            guard let entry = Entry(Int32(fact), history, words) else { continue }
            byPerson[history.person[fact], default: []].append(entry)
        }
        for (person, entries) in byPerson where entries.count > 1 {
            byPerson[person] = entries.sorted { ($0.about, $0.instant, $0.fact) < ($1.about, $1.instant, $1.fact) }
        }
    }

    func of(_ person: Int32) -> [Entry] { byPerson[person] ?? [] }

    func entry(_ fact: Int32, of person: Int32) -> Entry? { of(person).first { $0.fact == fact } }
}

extension Decisions.Entry {
    init?(_ place: Int32, _ history: History, _ words: FactWords) {
        let act = history.acts[Int(history.act[Int(place)])]
        func property(_ name: Int64) -> PropertyTable.Property? {
            name < 0 ? nil : history.properties.property(Int32(name), of: act.properties)
        }
        func text(_ name: Int64) -> Int32? {
            property(name).flatMap { $0.kind == .text ? Int32($0.bits) : nil }
        }
        guard let stage = text(words.stage) else { return nil }
        let assigns = property(words.assigns).map { $0.kind != .flag || $0.bits == 1 } ?? true
        (fact, instant, self.stage) = (place, history.at(Int(place)), stage)
        isHandOver = Int64(act.name) == words.handedOver
        told = text(words.to) ?? -1
        owner = assigns ? told : -1
        (rule, why) = (text(words.rule) ?? -1, text(words.why) ?? -1)
        isBurst = property(words.burst).map { $0.kind == .flag && $0.bits == 1 } ?? false
        let ready = property(words.ready).flatMap { $0.kind == .instant ? Instant(milliseconds: $0.bits) : nil }
        about = ready ?? history.at(Int(place))
    }
}

/// Who was decided upon, when, and by which rule.
public struct DecidedOwner: Hashable, Sendable {
    /// A text.
    public let owner: Int32
    /// An index in `Program.routing`; −1: a last resort, or none.
    public let rule: Int32
    public let isBurst: Bool
    /// The decision.
    public let fact: Int32
}

extension AccountFold {
    /// The decision on a hand-over that is ready now: of its person and stage the first that no other was bound to, or only
    /// one that had ended by then. Afterwards it is bound to this one.
    mutating func bindDecision(to index: Int) -> Decisions.Entry? {
        let handOver = outcome.handOvers[index]
        let stage = stageName(of: index)
        let entry = world.decisions.of(handOver.person).first { entry in
            guard entry.isHandOver, entry.stage == stage, entry.instant <= world.until else { return false }
            guard let other = bindings[entry.fact] else { return true }
            return outcome.handOvers[other].ended.map { $0 <= entry.instant } ?? false
        }
        guard let entry else { return nil }
        bindings[entry.fact] = index
        edit { $0.handOvers[index].decision = entry.fact }
        return entry
    }

    /// The next decision to give a hand-over to somebody else for this reason.
    mutating func bindReassignment(of index: Int, _ why: OwnerRequest.Why) -> Decisions.Entry? {
        let stage = stageName(of: index)
        let entry = world.decisions.of(outcome.handOvers[index].person).first { entry in
            !entry.isHandOver && entry.stage == stage && entry.instant >= present && entry.instant <= world.until
                && bindings[entry.fact] == nil && entry.why >= 0 && history.texts[entry.why] == why.word
        }
        if let entry { bindings[entry.fact] = index }
        return entry
    }

    func decided(by entry: Decisions.Entry) -> DecidedOwner {
        let rule = program.program.routing.firstIndex { program.name($0.name) == entry.rule }
        return DecidedOwner(
            owner: entry.owner, rule: rule.map { Int32($0) } ?? -1, isBurst: entry.isBurst, fact: entry.fact)
    }
}

extension OwnerRequest.Why {
    /// As decisions say it.
    public var word: String {
        switch self {
        case .handedOver: "handed over"
        case .rejected: "rejected"
        case .toAccountOwner: "to account owner"
        case .ownerAway: "owner away"
        case .ownerLeft: "owner left"
        case .escalated: "escalated"
        case .invalid: "invalid"
        case .turn: "turn"
        }
    }
}
