/// Texts that the engine itself looks for in facts, as the history's numbers; −2 where no fact says them.
struct FactWords: Hashable, Sendable {
    let channel, direction, outward, automatic, outcome, askedForLater, until, email, reason, mark, note: Int64
    let typed, flag, reply, phone, call: Int64
    let handedOver, reassigned, to, rule, why, burst, ready, assigns: Int64
    let purpose, all, basis, proof, expires, request, ruling, overturned, onBehalfOf, bounced: Int64
    let pipeline, stage, amount, closeDate, kind, value, role, meeting: Int64

    init(_ texts: Texts) {
        func number(_ text: String) -> Int64 { texts.number(of: text).map(Int64.init) ?? -2 }
        (channel, direction, outward, automatic) = (
            number("channel"), number("direction"), number("outward"), number("automatic")
        )
        (outcome, askedForLater, until) = (number("outcome"), number("asked_for_later"), number("until"))
        (email, reason, mark, note) = (number("email"), number("reason"), number("mark"), number("note"))
        (purpose, all, basis, proof) = (number("purpose"), number("all"), number("basis"), number("proof"))
        (expires, request, ruling, overturned) = (
            number("expires"), number("request"), number("ruling"), number("overturned")
        )
        (onBehalfOf, bounced) = (number("on_behalf_of"), number("bounced"))
        (typed, flag, reply) = (number("typed"), number("flag"), number("reply"))
        (phone, call) = (number("phone"), number("call"))
        (handedOver, reassigned, to) = (number("handed over"), number("reassigned"), number("to"))
        (rule, why, burst) = (number("rule"), number("why"), number("burst"))
        (ready, assigns) = (number("ready"), number("assigns"))
        (pipeline, stage, amount, closeDate) = (
            number("pipeline"), number("stage"), number("amount"), number("close_date")
        )
        (kind, value, role, meeting) = (number("kind"), number("value"), number("role"), number("meeting"))
    }
}
