internal import Engine
internal import Vocabulary

/// One lead while it is looked at.
struct LeadTelling {
    let account: AccountOutcome
    let index: Int
    let handOver: HandOver
    let ready: Instant
    let lead: String

    func message(
        _ key: String, _ what: WantedMessage.What, to recipient: String, at instant: Instant
    ) -> WantedMessage {
        WantedMessage(
            key: key, what: what, recipient: recipient, lead: lead, account: account.account, handOver: Int32(index),
            person: handOver.person, at: instant, known: instant)
    }
}
