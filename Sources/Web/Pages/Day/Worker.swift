internal import Access
internal import Engine
internal import Reports
internal import Roles

/// Somebody who works leads: signed in, or come by a link that was sent to them.
struct Worker: Sendable {
    let address: String
    /// What the names of their forms begin with, so that nobody sends another's again.
    let mark: String
    private let isManager: Bool

    init(_ member: Member) {
        (address, mark) = (member.email, "\(member.id)-")
        isManager = member.role == .salesManager
    }

    /// Whoever got a link does what its owner may do, and no more.
    init(linkedTo address: String, mark: String) { (self.address, self.mark, isManager) = (address, mark, false) }

    /// Its owner works a lead, their manager where the agreement shows them the rep's numbers, and anybody of sales one that
    /// nobody has.
    func mayWork(_ open: OpenLead, _ company: JudgedCompany) -> Bool {
        let owner = open.handOver.owner
        if owner < 0 || company.world.history.texts[owner] == address { return true }
        return isManager && company.seesNumbers(of: owner)
    }
}
