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
    /// Whoever a user of ours made in the window without a consent. A person is made by the first fact about a record of
    /// theirs; which other systems may tell of in the same minutes.
    func uploadedPersons() -> [UploadedPerson] {
        guard let window = uploadWindow else { return [] }
        let words = ResponseWords(world.history.texts)
        return world.history.accounts.indices.flatMap { number -> [UploadedPerson] in
            makers(in: Int32(number), within: window).compactMap { uploaded($0, Int32(number), words) }
        }
    }

    private var uploadWindow: Elapsed? {
        agreement.consent.upload.map { sign in
            Elapsed(milliseconds: Int64(sign.within.value.count) * sign.within.value.unit.elapsed.milliseconds)
        }
    }

    /// Of each person of an account the first fact by a user of ours, where it made the person.
    private func makers(in account: Int32, within window: Elapsed) -> [Int32] {
        let history = world.history
        var (made, makers): ([Int32: Instant], [Int32: Int32]) = ([:], [:])
        for fact in history.accounts[Int(account)].facts {
            let (person, instant) = (history.person[Int(fact)], history.at(Int(fact)))
            let act = history.acts[Int(history.act[Int(fact)])]
            guard person >= 0, act.kind.family == .field else { continue }
            let first = made[person] ?? instant
            made[person] = first
            if act.actor >= 0, makers[person] == nil, instant - first < window { makers[person] = fact }
        }
        return makers.values.filter { isInWindow(history.at(Int($0))) }.sorted()
    }

    private func uploaded(_ made: Int32, _ account: Int32, _ words: ResponseWords) -> UploadedPerson? {
        let history = world.history
        let (person, instant) = (history.person[Int(made)], history.at(Int(made)))
        var consented, contacted: Instant?
        for fact in history.accounts[Int(account)].facts where history.person[Int(fact)] == person {
            let at = history.at(Int(fact))
            guard at <= to else { break }
            let act = history.acts[Int(history.act[Int(fact)])]
            if act.kind == .consentGiven { consented = consented ?? at }
            if act.kind == .touch, words.isOutward(act, history), at >= instant { contacted = contacted ?? at }
        }
        if let consented, consented <= instant { return nil }
        return UploadedPerson(
            account: account, person: person, by: history.acts[Int(history.act[Int(made)])].actor, made: instant,
            consented: consented, contacted: contacted, fact: made)
    }

    /// The largest first. Without a clause about uploads there is none.
    func uploads(_ persons: [UploadedPerson]) -> [Upload] {
        guard let sign = agreement.consent.upload, let window = uploadWindow else { return [] }
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
