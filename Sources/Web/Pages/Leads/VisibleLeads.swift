internal import Access
internal import Engine
internal import HTTPTypes
internal import Reports
internal import Roles

/// The leads that somebody may see: a rep those of whose owners the agreement shows them numbers, and those that nobody has;
/// everybody else all of them.
struct VisibleLeads: Sendable {
    let present: Present.Judged
    /// As whoever asks sees it.
    let company: JudgedCompany
    private let isRep: Bool

    init?(_ present: Present, _ asked: Asked) {
        guard let judged = present.judged else { return nil }
        self.present = judged
        company = judged.company.seen(by: asked.viewpoint)
        isRep = asked.caller.standing == .person(.rep)
    }

    /// Those of somebody who is not asking now.
    init?(_ present: Present, _ member: Member) {
        guard let judged = present.judged else { return nil }
        self.present = judged
        company = judged.company.seen(by: .person(member.email))
        isRep = member.role == .rep
    }

    /// Those of somebody who came by a link that went to them.
    init?(_ present: Present, linkedTo address: String) {
        guard let judged = present.judged else { return nil }
        self.present = judged
        company = judged.company.seen(by: .person(address))
        isRep = true
    }

    var all: [Lead] {
        let leads = present.leads.get().leads
        return isRep ? leads.filter(sees) : leads
    }

    func sees(_ lead: Lead) -> Bool { !isRep || lead.owner < 0 || company.seesNumbers(of: lead.owner) }

    /// Somebody who has come into no stage is nobody's lead.
    func sees(person: Int32) -> Bool { !isRep || person < 0 || present.leads.get().lead(person).map(sees) ?? true }

    /// Of a lead that they may see, as its own page says it: what `visibility` keeps apart are numbers. Empty: nobody has it.
    func owner(of lead: Lead) -> String { lead.owner < 0 ? "" : company.world.history.texts[lead.owner] }
}

extension Problem {
    static let notYours = Problem(
        .forbidden, "not-yours", "This lead is somebody else’s, and the agreement shows you only your own.",
        remedy: "Ask your manager, or see the clause visibility.rep_numbers of the agreement.")
}
