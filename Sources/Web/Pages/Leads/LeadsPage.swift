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

/// The leads: who they are, where they stand, whose they are, and who waits.
enum LeadsPage {
    static let routes: [Route] = [
        Route(.get, "/leads", .seeLeads) { try await page($0) },
        Route(.post, "/views", .seeLeads) { try await keepView($0) },
        Route(.post, "/views/{id}/remove", .seeLeads) { asked in
            let (session, site, id) = (try asked.session(), asked.site, try asked.number("id"))
            try await Blocking.run { try site.access.removeView(id, of: session.member) }
            return .redirect(to: "/leads")
        },
        Route(.get, "/leads-export", .exportLeads) { try await LeadExport.preview($0) },
        Route(.post, "/leads-export", .exportLeads) { try await LeadExport.file($0) },
    ]

    private static func page(
        _ asked: Asked, _ filter: LeadFilter? = nil, fault: HTML = "", _ status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let (site, filter) = (asked.site, filter ?? LeadFilter(asked.query))
        let present = try await site.company.present()
        return try await Blocking.run {
            guard let leads = VisibleLeads(present, asked) else {
                return NothingInForce.page("Leads", at: "/leads", present, asked)
            }
            var views: [SavedView] = []
            if case .member(let session) = asked.caller { views = try site.access.views(of: session.member) }
            let chosen = filter.chosen(of: leads)
            if chosen.isEmpty, let found = try person(called: filter.search, leads, site.company, present) {
                return .redirect(to: found.path)
            }
            let list = LeadList(
                leads: leads, chosen: chosen, filter: filter, views: views, asked: asked, zone: present.zone,
                page: max(1, Int(asked.query["page"]) ?? 1))
            return Layout.page("Leads", at: "/leads", asked, live: present, fault + list.html, status: status)
        }
    }

    /// Somebody who is known by an address that no field of theirs says.
    private static func person(
        called search: String, _ leads: VisibleLeads, _ company: LivingCompany, _ present: Present
    ) throws -> Lead? {
        guard search.contains("@"), let address = WrittenAddress(search).identifier else { return nil }
        let person = try company.persons([address], in: present)[address]
        return person.flatMap { leads.present.leads.get().lead($0) }.flatMap { leads.sees($0) ? $0 : nil }
    }

    private static func keepView(_ asked: Asked) async throws -> Response {
        let (session, site, form) = (try asked.session(), asked.site, asked.form)
        let filter = LeadFilter(form)
        let query = filter.query.map { "\(PercentText.encoded($0.name))=\(PercentText.encoded($0.value))" }
        do {
            try await Blocking.run {
                try site.access.keepView(
                    form["name"], query.joined(separator: "&"), of: session.member, at: asked.now)
            }
            return .redirect(to: filter.path())
        } catch let fault as ViewFault {
            return try await page(
                asked, filter, fault: "<p class=\"note bad\" role=\"alert\">\(fault.sentence)</p>",
                .unprocessableContent)
        }
    }
}

/// One page of the list.
private struct LeadList {
    let leads: VisibleLeads
    let chosen: [Lead]
    let filter: LeadFilter
    let views: [SavedView]
    let asked: Asked
    let zone: Zone
    let page: Int
    private let length = 50

    init(
        leads: VisibleLeads, chosen: [Lead], filter: LeadFilter, views: [SavedView], asked: Asked, zone: Zone, page: Int
    ) {
        (self.leads, self.chosen, self.filter, self.views) = (leads, chosen, filter, views)
        (self.asked, self.zone, self.page) = (asked, zone, page)
    }

    var html: HTML { kept + form + summary + table + pages }

    // MARK: Views and the filter

    private var kept: HTML {
        let items = views.html { view in
            """
            <li><a href="/leads?\(view.query)">\(view.name)</a>
            <form method="post" action="/views/\(view.id)/remove">\(asked.formToken)<button class="quiet small"
            aria-label="Remove the view \(view.name)">×</button></form></li>
            """
        }
        return views.isEmpty ? "" : "<nav aria-label=\"Your views\"><ul class=\"views\">\(items)</ul></nav>"
    }

    private var form: HTML {
        let all = leads.all
        let stages =
            leads.company.agreement.stages.map(\.name) + leads.company.agreement.detours.map(\.name)
        let owners = Set(all.map { leads.owner(of: $0) }).subtracting([""]).sorted() + [LeadFilter.nobody]
        let sources = Set(all.map(\.source)).subtracting([""]).sorted()
        let grades = Set(all.map(\.grade)).subtracting([""]).sorted()
        return """
            <form class="question" method="get" action="/leads" role="search"><div class="fields">
            <label>Search <input type="search" name="q" value="\(filter.search)" placeholder="name, address, company"></label>
            \(choice("stage", "Stage", filter.stage, plain(stages)))\(choice("owner", "Owner", filter.owner, plain(owners)))
            \(choice("source", "Source", filter.source, plain(sources)))\(choice("grade", "Grade", filter.grade, plain(grades)))
            \(choice("waiting", "Waiting", filter.waiting, LeadFilter.waits))
            \(choice("sort", "Order by", filter.sort, LeadFilter.sorts, isFree: false))<button>Show</button></div></form>
            """
    }

    private func plain(_ values: [String]) -> [(key: String, name: String)] { values.map { ($0, $0) } }

    private func choice(
        _ name: String, _ label: String, _ said: String, _ values: [(key: String, name: String)], isFree: Bool = true
    ) -> HTML {
        let known = values.contains { $0.key == said } || said.isEmpty ? values : values + [(said, said)]
        let options = known.html { value in
            let mark: HTML = value.key == said ? " selected" : ""
            return "<option value=\"\(value.key)\"\(mark)>\(value.name)</option>"
        }
        let any: HTML = isFree ? "<option value=\"\">any</option>" : ""
        return "<label>\(label)<select name=\"\(name)\">\(any)\(options)</select></label>"
    }

    private var hidden: HTML {
        filter.query.html { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" }
    }

    private var summary: HTML {
        let count = grouped(Int64(chosen.count)) + (chosen.count == 1 ? " lead" : " leads")
        let keep: HTML = """
            <details class="menu"><summary>Keep this view</summary><form class="row" method="post" action="/views">
            \(asked.formToken)\(hidden)<label>Name <input name="name" required maxlength="60"></label>
            <button>Keep</button></form></details>
            """
        let export: HTML =
            asked.may(.exportLeads) && !chosen.isEmpty ? "<a href=\"\(filter.path("/leads-export"))\">Export</a>" : ""
        return "<div class=\"tools\"><p><strong>\(count)</strong></p>\(keep)\(export)</div>"
    }

    // MARK: The list

    private var shown: Range<Int> {
        let start = min((page - 1) * length, chosen.count)
        return start..<min(start + length, chosen.count)
    }

    private var table: HTML {
        guard !chosen.isEmpty else {
            return """
                <p>Nobody fits. <a href="/leads">Show all leads</a>, or search for another name, address or company.</p>
                """
        }
        return """
            <div class="scroll" data-keys data-renews tabindex="0" role="region" aria-label="Leads"><table class="cards leads"><thead>
            <tr><th scope="col">Who</th><th scope="col">Stage</th><th scope="col">Due</th><th scope="col">Owner</th>
            <th scope="col">Grade and score</th><th scope="col">Source</th></tr></thead>
            <tbody>\(shown.html { row(chosen[$0]) })</tbody></table></div>
            <p class="soft keys">Keys: j and k go down and up, Enter opens, / searches.</p>
            """
    }

    private func row(_ lead: Lead) -> HTML {
        let owner = leads.owner(of: lead)
        let waiting: HTML = lead.waitingSince.map { ", waits \((asked.now - $0).roughly)" } ?? ""
        let due: HTML =
            lead.due.map { due in
                """
                \(DueTime(due: due.instant, now: asked.now).html)
                <div class="soft">\(due.promise.plainAddress)\(waiting)</div>
                """
            } ?? ""
        let grade: HTML = lead.grade.isEmpty ? "–" : HTML(lead.grade)
        return """
            <tr><th scope="row"><a href="\(lead.path)">\(lead.title)</a><div class="soft">\(lead.company)</div></th>
            \(cell("Stage", "\(lead.stage)<div class=\"soft\">since \(zone.civil(at: lead.since).date.shortText)</div>"))
            \(cell("Due", due))\(cell("Owner", owner.isEmpty ? "" : HTML(owner)))
            \(cell("Grade", "\(grade) <span class=\"soft\">\(lead.engagement.shown)</span>"))
            \(cell("Source", HTML(lead.source)))</tr>
            """
    }

    /// On a phone each cell says what it is.
    private func cell(_ label: String, _ content: HTML) -> HTML {
        content.text.isEmpty ? "<td class=\"empty\"></td>" : "<td data-label=\"\(label)\">\(content)</td>"
    }

    private var pages: HTML {
        let last = max(1, (chosen.count + length - 1) / length)
        guard last > 1 else { return "" }
        func link(_ number: Int, _ text: String) -> HTML {
            "<a href=\"\(filter.path("/leads", [("page", String(number))]))\">\(text)</a>"
        }
        return """
            <nav class="pages" aria-label="Pages">\(page > 1 ? link(page - 1, "Earlier") : "")
            <span>Page \(min(page, last)) of \(last)</span>\(page < last ? link(page + 1, "Further") : "")</nav>
            """
    }
}
