internal import Agreement
internal import Engine
internal import Vocabulary

// What sales promised. A promise about every lead is kept in a period where none that fell due in it was missed.

extension Commitments {
    mutating func sales(_ agreement: Agreement, _ period: PromisePeriod, _ sources: CommitmentSources) {
        let due = sources.clocks.filter { $0.isDecided && $0.due.map { period.contains($0) } ?? false }
        for promise in agreement.promises.sales.inWords {
            let counted = due.filter { $0.promise == promise.address }.map { clock in
                CommitmentRecord(
                    promise: promise.address, period: period.name, person: clock.person, account: clock.account,
                    owner: clock.owner, instant: clock.due ?? clock.start, isPart: !clock.wasMissed, fact: clock.fact)
            }
            add(
                .sales, promise.address, period, promised: promise.words, counted, Commitments.share(atLeast: 1_000_000)
            )
        }
        permission(agreement, period, sources)
    }

    private mutating func permission(_ agreement: Agreement, _ period: PromisePeriod, _ sources: CommitmentSources) {
        guard let permission = agreement.promises.sales.permission else { return }
        let promised = permission.otherwise.value.words
        guard permission.cases.isEmpty else {
            return cannotSay(.sales, permission.address, period, promised: promised, differsBySegment)
        }
        let counted = sources.contacts.filter { period.contains($0.instant) }.map { contact in
            CommitmentRecord(
                promise: permission.address, period: period.name, person: contact.person, account: contact.account,
                owner: contact.actor, instant: contact.instant, isPart: contact.isAllowed, fact: contact.fact)
        }
        add(
            .sales, permission.address, period, promised: promised, counted,
            Commitments.share(atLeast: permission.otherwise.value.millionths))
    }
}

let differsBySegment = "it differs by segment, and the report does not tell yet in which segment somebody was then"

extension SalesPromises {
    /// Each promise lead by lead, by address, in the order of the agreement, as it stands there.
    var inWords: [(address: String, words: String)] {
        respond.map { ($0.address, $0.all.map { "within \($0.within.value)" }.joined(separator: " or ")) }
            + decide.map { ($0.address, $0.all.map { "within \($0.within.value)" }.joined(separator: " or ")) }
            + explain.map { ($0.address, $0.all.map { "within \($0.within.value)" }.joined(separator: " or ")) }
            + pursue.map { promise in
                (
                    promise.address,
                    promise.all.map { "\($0.touches.value) touches over \($0.over.value)" }.joined(separator: " or ")
                )
            }
            + qualify.map { ($0.address, $0.all.map { "within \($0.within.value)" }.joined(separator: " or ")) }
    }
}
