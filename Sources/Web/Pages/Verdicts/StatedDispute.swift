internal import Access
internal import Agreement
internal import Engine
internal import Foundation
internal import Journal
internal import Reports
internal import Roles
internal import Vocabulary

/// An objection to a rejection, or the ruling on one, as somebody states it in a form.
struct StatedDispute: Sendable {
    let subject: DeedSubject
    let note: String
    /// `nil`: an objection.
    let ruling: String?
    private let member: Member

    init(objection form: FormFields, by member: Member) { self.init(form, nil, member) }
    init(ruling form: FormFields, by member: Member) { self.init(form, form["ruling"], member) }

    private init(_ form: FormFields, _ ruling: String?, _ member: Member) {
        (subject, self.ruling, self.member) = (DeedSubject(form), ruling, member)
        note = form["note"].trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// What keeps it from being so; `nil`: nothing does.
    func fault(of said: SaidVerdict?, under company: JudgedCompany) -> String? {
        guard let clause = company.agreement.verdicts.dispute else {
            return "The agreement in force has no clause about disputes."
        }
        let party = ruling == nil ? clause.by.value : clause.arbiter.value
        guard member.role.party == party else {
            return ruling == nil
                ? "By the agreement only \(party.words) may dispute a verdict."
                : "By the agreement \(party.words) rules on disputes."
        }
        guard let said else { return "This lead has moved on since the page was shown. Look where it stands now." }
        guard subject.form.hasPrefix("\(member.id)-"), subject.form.utf8.count <= 64 else {
            return "This form is not whole any more. Open the page again."
        }
        guard note.utf8.count <= 2000 else { return "That is longer than 2,000 bytes. Say it in fewer words." }
        return ruling == nil ? faultOfObjection(said, company) : faultOfRuling(said, company)
    }

    private func faultOfObjection(_ said: SaidVerdict, _ company: JudgedCompany) -> String? {
        if said.handOver.dispute != nil { return "This verdict is disputed already." }
        guard said.disputable(in: company) != nil else {
            return "The time in which this verdict could be disputed is over."
        }
        return note.isEmpty ? "Say why the lead was good." : nil
    }

    private func faultOfRuling(_ said: SaidVerdict, _ company: JudgedCompany) -> String? {
        guard said.rulingDue(in: company) != nil else { return "No ruling is waited for any more." }
        return ["upheld", "overturned"].contains(ruling) ? nil : "Say whether the rejection stands."
    }

    var kind: FactKind { ruling == nil ? .disputed : .ruled }

    func fact(about person: Identifier, under company: JudgedCompany, at instant: Instant) -> Fact {
        let clause = company.agreement.verdicts.dispute
        let officer = (ruling == nil ? clause?.by : clause?.arbiter).flatMap {
            company.agreement.parties[$0.value]?.value.text
        }
        var properties = ruling.map { [Property("ruling", .text($0))] } ?? []
        if !note.isEmpty { properties.append(Property("note", .personal(.known(note)))) }
        // Whoever is of the side speaks for its head, and says so.
        if let officer, officer != member.email { properties.append(Property("on_behalf_of", .text(officer))) }
        return Fact(
            key: subject.key(ruling == nil ? "dispute" : "ruling"), kind: kind, occurred: instant, known: instant,
            recorded: instant, persons: [person], actor: Identifier(.email, member.email), properties: properties)
    }
}

extension Asked {
    /// Makes an objection or a ruling a fact. Gives what is wrong with it, if anything is.
    func state(_ stated: StatedDispute, _ present: Present) async throws -> String? {
        guard let judged = present.judged, let person = Identifier(text: stated.subject.person) else {
            throw Problem.notFound
        }
        let (company, register, site) = (judged.company, judged.leads.get(), site)
        let isDone = try await Blocking.run {
            try stated.subject.isStated(as: stated.kind, in: company, register, site.journal)
        }
        if isDone { return nil }
        if let fault = stated.fault(of: company.verdict(on: stated.subject, register), under: company) { return fault }
        try await site.state([stated.fact(about: person, under: company, at: now)])
        _ = try await site.company.upToDate()
        return nil
    }
}

extension JudgedCompany {
    /// What stands of the hand-over that a form speaks of.
    func verdict(on subject: DeedSubject, _ register: LeadRegister) -> SaidVerdict? {
        guard let person = register.person(called: subject.person, in: world.history) else { return nil }
        let account = outcome.accounts[Int(world.history.persons[Int(person)].account)]
        let handOver = account.handOvers.last { $0.person == person && $0.ready != nil }
        guard let handOver, let verdict = handOver.verdict,
            stageName(handOver.stage, handOver.version) == subject.stage, String(handOver.pass) == subject.pass
        else { return nil }
        return SaidVerdict(verdict: verdict, handOver: handOver, isLast: true)
    }
}
