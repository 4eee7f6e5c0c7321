internal import Access
internal import Agreement
internal import Answers
internal import Engine
internal import HTTPTypes
internal import Hummingbird
internal import Journal
internal import Reports
internal import Roles
internal import Vocabulary

/// A rep's day: their leads in the order that the agreement wants, and what can be done about each with two keys.
enum DayPage {
    static let routes: [Route] = [
        Route(.get, "/day", .giveVerdict) { asked in
            let present = try await asked.site.company.present()
            return try await Blocking.run { try page(asked, present) }
        },
        Route(.post, "/day", .giveVerdict) { try await work($0) },
    ]

    private static func page(
        _ asked: Asked, _ present: Present, stated: StatedDeed? = nil, fault: String? = nil,
        _ status: HTTPResponse.Status = .ok
    ) throws -> Response {
        guard let leads = VisibleLeads(present, asked) else {
            return NothingInForce.page("Your day", at: "/day", present, asked)
        }
        let view = try DayView(asked, leads, stated: stated, fault: fault)
        return Layout.page(view.title, at: "/day", asked, live: present, try view.content, status: status)
    }

    private static func work(_ asked: Asked) async throws -> Response {
        let present = try await asked.site.company.upToDate()
        guard let leads = VisibleLeads(present, asked), let stated = StatedDeed(asked.form) else {
            throw Problem(
                .unprocessableContent, "no-deed", "This form says of nothing to be done.",
                remedy: "Go back, load the page anew and send it again.")
        }
        let worker = Worker(try asked.session().member)
        let open = leads.openLead(of: stated.subject)
        let (register, journal) = (leads.present.leads.get(), asked.site.journal)
        if try await Blocking.run({ try stated.isDone(in: leads.company, register, journal) }) {
            return back(asked, stated)
        }
        if let fault = stated.fault(of: open, by: worker, under: leads.company) {
            return try await Blocking.run {
                try page(asked, present, stated: stated, fault: fault, .unprocessableContent)
            }
        }
        try await asked.site.doDeed(stated, by: worker, in: present, at: asked.now)
        return back(asked, stated)
    }

    private static func back(_ asked: Asked, _ stated: StatedDeed) -> Response {
        if asked.form["back"] == "lead" { return .redirect(to: PersonName(stated.subject.person).path) }
        let who = PercentText.encoded(stated.subject.person)
        let whose = asked.form["of"].isEmpty ? "" : "&of=\(PercentText.encoded(asked.form["of"]))"
        return .redirect(to: "/day?done=\(stated.deed.rawValue)&who=\(who)\(whose)")
    }
}

extension VisibleLeads {
    /// The open lead that a form speaks of, as it stands now.
    func openLead(of subject: DeedSubject) -> OpenLead? {
        let register = present.leads.get()
        return register.person(called: subject.person, in: company.world.history)
            .flatMap { register.lead($0) }.flatMap { OpenLead($0, company) }
    }

    /// What somebody has that is open, as whoever asks may see it; −1: what nobody has.
    func open(of owner: Int32) -> [OpenLead] {
        all.compactMap { $0.owner == owner ? OpenLead($0, company) : nil }
    }
}

extension Site {
    /// Makes a deed a fact, and has everybody's pages know of it. The same form sent twice does it once.
    func doDeed(_ stated: StatedDeed, by worker: Worker, in present: Present, at now: Instant) async throws {
        guard let person = Identifier(text: stated.subject.person) else { throw Problem.notFound }
        let receipts = try await append([stated.fact(about: person, by: worker, at: now)])
        if receipts.contains(where: { $0.verdict == .erasedPerson }) {
            throw Problem(
                .conflict, "erased", "This person asked to be forgotten; nothing is noted of them any more.",
                remedy: "Go back to your day.")
        }
        _ = try await company.upToDate()
    }
}
