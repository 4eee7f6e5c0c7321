internal import Access
internal import Sync
internal import Vocabulary

/// What a link in a notice lets its reader do: say what only the owner of one lead may say, for a while.
struct DeedTicket: Sendable {
    /// A digest of what the person goes by, so that no address stands in a link.
    let lead: String
    let stage: String
    let pass: Int32
    let owner: String
    let until: Instant

    static let life = Elapsed.days(14)

    static func lead(_ person: String) -> String { StableKey.of("lead", person) }

    init(lead: String, stage: String, pass: Int32, owner: String, until: Instant) {
        (self.lead, self.stage, self.pass, self.owner, self.until) = (lead, stage, pass, owner, until)
    }

    fileprivate init?(_ text: String) {
        let parts = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, let pass = Int32(parts[2]), let until = Int64(parts[4]) else { return nil }
        self.init(
            lead: parts[0], stage: parts[1], pass: pass, owner: parts[3], until: Instant(milliseconds: until))
    }

    fileprivate var text: String {
        [lead, stage, String(pass), owner, String(until.milliseconds)].joined(separator: "\n")
    }
}

/// Makes such links, and reads them.
struct DeedLinks: Sendable {
    private let access: AccessStore
    private let address: String

    init(_ access: AccessStore, address: String = "") { (self.access, self.address) = (access, address) }

    func links(_ ticket: DeedTicket) -> [DeedLink] {
        let page = address + "/deeds/" + access.linkToken(.deed, saying: ticket.text)
        return [
            DeedLink(words: "Accept", url: page + "?deed=accept"),
            DeedLink(words: "Reject", url: page + "?deed=reject"),
        ]
    }

    /// `nil` for a token that is none of ours.
    func ticket(in token: String) -> DeedTicket? {
        access.text(inLinkToken: token, for: .deed).flatMap { DeedTicket($0) }
    }
}
