internal import Access
internal import Agreement
internal import Answers
internal import Engine
internal import Reports
internal import Roles
internal import Vocabulary

/// The day of one rep.
struct DayView {
    private let asked: Asked
    private let leads: VisibleLeads
    private let member: Member
    private let worker: Worker
    /// Whose leads are shown.
    private let whose: String
    private let stated: StatedDeed?
    private let fault: String?
    /// More than anybody works in a day: the rest is a search away.
    private static let most = 40

    init(_ asked: Asked, _ leads: VisibleLeads, stated: StatedDeed?, fault: String?) throws {
        (self.asked, self.leads, self.stated, self.fault) = (asked, leads, stated, fault)
        member = try asked.session().member
        worker = Worker(member)
        let wanted = asked.query["of"].isEmpty ? asked.form["of"] : asked.query["of"]
        whose = wanted.isEmpty ? member.email : wanted
    }

    private var company: JudgedCompany { leads.company }
    private var zone: Zone { company.zone }
    private var isOwn: Bool { whose == member.email }

    var title: String { isOwn ? "Your day" : "The day of \(whose)" }

    var content: HTML {
        get throws {
            let owner = company.world.history.texts.number(of: whose) ?? -1
            let all = owner < 0 ? [] : leads.open(of: owner).filter { worker.mayWork($0, company) }
            let order = company.agreement.workOrder.value
            let decide = order.sorted(all.filter { !$0.isDecided }, company)
            let work = order.sorted(all.filter(\.isDecided), company)
            let queue = isOwn ? order.sorted(leads.open(of: -1), company) : []
            return """
                \(fault.map { HTML.bad($0) } ?? "")\(done)\(reps)
                <div data-day\(fault == nil ? " data-renews" : "" as HTML)>
                \(try section("decide", "To accept or reject", decide, "Every lead of yours has a verdict."))
                \(try section("work", "Yours to work", work, "Nothing else is open."))
                \(queue.isEmpty ? "" : try section("queue", "Nobody has these yet", queue, ""))</div>
                <p class="soft keys">Keys: j and k go down and up, a accepts, r rejects, t notes a touch, h passes on what you
                heard, b sends back; then a digit presses that button. Escape closes.</p>
                """
        }
    }

    // MARK: Above the list

    private var done: HTML {
        guard let deed = Deed(rawValue: asked.query["done"]) else { return "" }
        let register = leads.present.leads.get()
        let lead = register.person(called: asked.query["who"], in: company.world.history)
            .flatMap { register.lead($0) }.flatMap { leads.sees($0) ? $0 : nil }
        guard let lead else { return "<p class=\"note\" role=\"status\">\(deed.done).</p>" }
        return """
            <p class="note" role="status">\(deed.done): <a href="\(lead.path)">\(lead.title)</a>, now in \(lead.stage.asWords).</p>
            """
    }

    /// Managers look at the days of those whose numbers they may see.
    private var reps: HTML {
        guard member.role == .salesManager else { return "" }
        let staff = company.world.staff.reps.filter { company.seesNumbers(of: $0.name) }
        let names = staff.map { company.world.history.texts[$0.name] }.filter { $0 != member.email }
        guard !names.isEmpty else { return "" }
        let options = names.html { name in
            "<option value=\"\(name)\"\(name == whose ? " selected" : "" as HTML)>\(name)</option>"
        }
        return """
            <form class="question" method="get" action="/day"><div class="fields"><label>Whose day <select name="of">
            <option value="\(member.email)">your own</option>\(options)</select></label><button>Show</button></div></form>
            """
    }

    // MARK: The list

    private func section(_ id: String, _ title: String, _ open: [OpenLead], _ none: String) throws -> HTML {
        guard !open.isEmpty else {
            return "<section><h2 id=\"\(id)\">\(title)</h2><p class=\"soft\">\(none)</p></section>"
        }
        let order = company.agreement.workOrder.value.words
        let more: HTML =
            open.count > DayView.most
            ? "<p class=\"soft\">The first \(DayView.most) of \(grouped(Int64(open.count))).</p>" : ""
        let cards = try open.prefix(DayView.most).map { try card($0) }
        return """
            <section><h2 id="\(id)">\(title) <span class="soft">\(open.count)</span></h2>
            <p class="soft">\(order.capitalizedFirst), as <a href="/agreement#work_order">the agreement</a> says.</p>
            \(cards.html { $0 })\(more)</section>
            """
    }

    private func card(_ open: OpenLead) throws -> HTML {
        let lead = open.lead
        let about = try LeadBriefing(open, leads, asked.site.journal, at: asked.now)
        let opened = stated.flatMap { $0.subject.person == lead.identifier ? $0 : nil }
        let carried: HTML =
            "\(asked.formToken)\(isOwn ? "" : "<input type=\"hidden\" name=\"of\" value=\"\(whose)\">" as HTML)"
        let forms = DeedForms(
            open: open, company: company, worker: worker, action: "/day", carried: carried, now: asked.now,
            stated: opened)
        return """
            <article class="card" tabindex="-1"><header><h3><a href="\(lead.path)">\(lead.title)</a>
            <span class="soft">\(lead.company == lead.title ? "" : lead.company)</span></h3>\(about.left)</header>
            \(about.html)\(forms.html)</article>
            """
    }
}
