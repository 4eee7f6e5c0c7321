internal import Agreement
internal import Engine
internal import Vocabulary

// What both sides promised about what they ask of each other: kept in a month in which nothing that fell due went unanswered.

extension Commitments {
    mutating func requests(_ agreement: Agreement, _ period: PromisePeriod, _ asked: [SideRequest]) {
        guard let clause = agreement.requests else { return }
        for side in [Party.marketing, .sales] where clause.between.value.contains(side) {
            let due = asked.filter { request in
                request.to == side && request.isDecided && request.due.map { period.contains($0) } ?? false
            }
            let counted = due.map { request in
                CommitmentRecord(
                    promise: clause.answerWithin.address, period: period.name, about: request.what,
                    instant: request.due ?? request.asked, isPart: request.isKept)
            }
            add(
                side, clause.answerWithin.address, period, promised: "within \(clause.answerWithin.value)", counted,
                Commitments.share(atLeast: 1_000_000))
        }
    }
}
