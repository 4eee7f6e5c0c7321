internal import Journal
public import Vocabulary

// What was told once stays told. A hand-over that was sent is known by its decision; what facts that came later would have
// made of it is a correction, never a second notice.

/// What a decision that was carried out would be now.
public struct Correction: Hashable, Sendable {
    /// When what changed it became known.
    public var instant: Instant
    public var person: Int32
    /// The decision, a fact, and when it was made.
    public var decision: Int32
    public var decided: Instant
    public var stage: Int32
    /// An index in `AccountOutcome.handOvers`; −1: it would not be handed over.
    public var handOver: Int32
    /// The fact that changed it; −1: none can be named.
    public var fact: Int32
    /// Who was told, a text; −1: the decision does not say.
    public var told: Int32 = -1
}

/// A hand-over that somebody was told of.
struct Anchor {
    let fact: Int32
    let person: Int32
    let stage: Int32
    let instant: Instant
    /// The instant that it was about: when the hand-over was ready.
    let about: Instant
    let told: Int32
}

extension AccountFold {
    mutating func noteDecision(_ act: Act, _ person: Int) {
        guard person < size - 1, let entry = world.decisions.entry(fact, of: global(person)) else { return }
        let stage = program.stage(named: entry.stage)
        guard stage >= 0 else { return }
        if entry.isHandOver {
            anchors.append(
                Anchor(
                    fact: fact, person: global(person), stage: stage, instant: present, about: entry.about,
                    told: entry.told))
        } else if world.heedsRecords, entry.owner >= 0 {
            // What was told stands, also where later facts would have given no reason for it.
            assignAsRecorded(entry.owner, person, decision: fact)
        }
    }

    /// Each decision that would be another now.
    var corrections: [Correction] {
        var bound: Set<Int> = []
        return anchors.compactMap { anchor in
            let index = bindings[anchor.fact].flatMap { bound.insert($0).inserted ? $0 : nil }
            let ready = index.flatMap { outcome.handOvers[$0].ready }
            guard ready != anchor.about else { return nil }
            let cause = index.map { outcome.handOvers[$0].readyFact } ?? lastKnown(of: anchor)
            let known = cause >= 0 ? Instant(milliseconds: history.known(Int(cause))) : anchor.instant
            return Correction(
                instant: max(known, anchor.instant), person: anchor.person, decision: anchor.fact,
                decided: anchor.instant, stage: anchor.stage, handOver: Int32(index ?? -1), fact: cause,
                told: anchor.told)
        }
    }

    /// Of the person's facts from before the decision, the one that became known last after it; −1: none did.
    private func lastKnown(of anchor: Anchor) -> Int32 {
        let late = account.facts.prefix { history.at(Int($0)) <= anchor.instant }.filter {
            history.person[Int($0)] == anchor.person && history.known(Int($0)) > anchor.instant.milliseconds
        }
        return late.max { (history.known(Int($0)), $0) < (history.known(Int($1)), $1) } ?? noFact
    }
}
