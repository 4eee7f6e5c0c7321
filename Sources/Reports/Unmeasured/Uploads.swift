internal import Agreement
internal import Engine
internal import Journal
internal import Vocabulary

/// Somebody whom a user of ours made, with no consent known then.
struct UploadedPerson: Hashable, Sendable {
    let account: Int32
    let person: Int32
    /// A text.
    let by: Int32
    let made: Instant
    /// Given since.
    let consented: Instant?
    /// The first thing we did towards the person, by hand or by machine.
    let contacted: Instant?
    let fact: Int32
}

/// Persons made by one user within the agreed time, at least as many as the agreement calls an upload.
struct Upload: Hashable, Sendable {
    let by: Int32
    let from: Instant
    let through: Instant
    /// Indices of persons.
    let members: [Int32]
}

extension Inquiry {
    /// Whoever a user of ours made in the window without a consent.
    func uploadedPersons() -> [UploadedPerson] {
        let history = world.history
        let words = ResponseWords(history.texts)
        return history.accounts.enumerated().flatMap { number, account -> [UploadedPerson] in
            var seen: Set<Int32> = []
            let made = account.facts.filter { fact in
                history.person[Int(fact)] >= 0 && seen.insert(history.person[Int(fact)]).inserted
            }
            return made.compactMap { fact in
                let act = history.acts[Int(history.act[Int(fact)])]
                guard act.kind.family == .field, act.actor >= 0, isInWindow(history.at(Int(fact))) else { return nil }
                return uploaded(fact, by: act.actor, Int32(number), account.facts, words)
            }
        }
    }

    private func uploaded(
        _ made: Int32, by actor: Int32, _ account: Int32, _ facts: Range<Int32>, _ words: ResponseWords
    ) -> UploadedPerson? {
        let history = world.history
        let (person, instant) = (history.person[Int(made)], history.at(Int(made)))
        var consented, contacted: Instant?
        for fact in facts where history.person[Int(fact)] == person && history.at(Int(fact)) <= to {
            let act = history.acts[Int(history.act[Int(fact)])]
            if act.kind == .consentGiven { consented = consented ?? history.at(Int(fact)) }
            if act.kind == .touch, words.isOutward(act, history) { contacted = contacted ?? history.at(Int(fact)) }
        }
        if let consented, consented <= instant { return nil }
        return UploadedPerson(
            account: account, person: person, by: actor, made: instant, consented: consented, contacted: contacted,
            fact: made)
    }

    /// The largest first. Without a clause about uploads there is none.
    func uploads(_ persons: [UploadedPerson]) -> [Upload] {
        guard let sign = agreement.consent.upload else { return [] }
        let budget = sign.within.value
        let window = Elapsed(milliseconds: Int64(budget.count) * budget.unit.elapsed.milliseconds)
        let byUser = Dictionary(grouping: persons.indices) { persons[$0].by }
        return byUser.flatMap { user, members in
            let sorted = members.sorted { (persons[$0].made, $0) < (persons[$1].made, $1) }
            return crowded(sorted.map { persons[$0].made }, over: sign.persons.value - 1, within: window).map { range in
                Upload(
                    by: user, from: persons[sorted[range.lowerBound]].made,
                    through: persons[sorted[range.upperBound - 1]].made, members: range.map { Int32(sorted[$0]) })
            }
        }.sorted { ($1.members.count, $0.from) < ($0.members.count, $1.from) }
    }
}
