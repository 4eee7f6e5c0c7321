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

/// One person, everything: what happened across both systems, by which clause it moved them, what runs now, and why they are
/// not further.
enum LeadPage {
    static let routes: [Route] = [Route(.get, "/leads/{person}", .seeLeads) { try await page($0) }]

    private static func page(_ asked: Asked) async throws -> Response {
        let (name, site) = (try asked.text("person"), asked.site)
        let present = try await site.company.present()
        return try await Blocking.run {
            guard let leads = VisibleLeads(present, asked) else {
                return NothingInForce.page("Lead", at: "/leads", present, asked)
            }
            let register = leads.present.leads.get()
            guard let person = register.person(called: name, in: leads.company.world.history) else {
                return try other(name, leads, site.company, present)
            }
            let lead = register.lead(person)
            guard leads.sees(person: person) else { throw Problem.notYours }
            let explanation = try Explanation(leads.present.words.get(), person, citing: site.journal)
            let view = LeadView(explanation: explanation, lead: lead, leads: leads, asked: asked)
            return Layout.page(
                lead?.title ?? PersonName(name).text, at: "/leads", asked, live: present,
                view.content)
        }
    }

    /// Somebody who goes by another name: an address, the record of another system.
    private static func other(
        _ name: String, _ leads: VisibleLeads, _ company: LivingCompany, _ present: Present
    ) throws -> Response {
        guard let identifier = Identifier(text: name),
            let person = try company.persons([identifier], in: present)[identifier]
        else {
            throw Problem(
                .notFound, "unknown-person", "Nobody of this name is known.",
                remedy: "Search for them under “Leads”, by name, address or company.")
        }
        return .redirect(to: PersonName(leads.company.personName(person)).path)
    }
}

/// The page of one person.
private struct LeadView {
    let explanation: Explanation
    /// `nil`: the person has come into no stage.
    let lead: Lead?
    let leads: VisibleLeads
    let asked: Asked

    private var now: Instant { asked.now }
    private var zone: Zone { explanation.zone }

    var content: HTML {
        """
        <div data-renews></div>\(standing)\(deeds)\(next)\(gate)\(obstacles)\(score)\(handOvers)\(timeline)
        """
    }

    // MARK: Where they stand

    private var standing: HTML {
        let present = explanation.present
        let words: HTML =
            lead.map { lead in
                """
                <strong>\(lead.stage)</strong>\(lead.isInDetour ? ", a detour," : "" as HTML) since
                \(lead.since.shown(in: zone))\(present.pass > 1 ? ", pass \(present.pass)" : "" as HTML)
                """
            } ?? "no stage yet"
        let owner = lead.map { leads.company.text($0.owner, none: "") } ?? ""
        let pairs: [(String, String)] = [
            ("Company", lead?.company ?? explanation.accountName), ("E-mail", lead?.email ?? ""),
            ("Source", lead?.source ?? ""), ("Owner", owner.isEmpty ? "nobody" : owner), ("Grade", lead?.grade ?? ""),
            ("Engagement", present.engagement.shown), ("Fit", present.fit.shown),
            ("Known as", PersonName(explanation.name).text),
        ].filter { !$0.1.isEmpty }
        return """
            <p class="lead">\(words)</p>\(alert)
            <dl class="facts">\(pairs.html { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" })</dl>
            """
    }

    private var alert: HTML {
        guard asked.may(.setAlerts) else { return "" }
        let person = PercentText.encoded(leads.company.personName(explanation.person))
        return "<p><a href=\"/alerts?person=\(person)#set\">Tell me when they do something</a></p>"
    }

    // MARK: What whoever has them may do

    private var deeds: HTML {
        guard asked.may(.giveVerdict), let session = try? asked.session(), let lead,
            let open = OpenLead(lead, leads.company)
        else { return "" }
        let worker = Worker(session.member)
        guard worker.mayWork(open, leads.company) else { return "" }
        let carried: HTML = "\(asked.formToken)<input type=\"hidden\" name=\"back\" value=\"lead\">"
        let forms = DeedForms(
            open: open, company: leads.company, worker: worker, action: "/day", carried: carried, now: now)
        return "<section><h2>What you do about it</h2>\(forms.html)</section>"
    }

    // MARK: What happens next

    private var next: HTML {
        let running = explanation.outcome.clocks.filter { $0.person == explanation.person && $0.isOwed }
            .sorted { ($0.due ?? .latest) < ($1.due ?? .latest) }
        let moves = explanation.outcome.next.map { next in
            "<p class=\"soft\">Without a new fact nothing changes before \(next.shown(in: zone)).</p>" as HTML
        }
        guard !running.isEmpty else {
            return """
                <section><h2>What happens next</h2><p>No promise runs for them.</p>\(moves ?? "")</section>
                """
        }
        return """
            <section><h2>What happens next</h2><ul class="clocks">\(running.html(clock))</ul>\(moves ?? "")</section>
            """
    }

    private func clock(_ clock: Clock) -> HTML {
        let words = leads.present.words.get()
        let program = words.program(clock.version).clocks[Int(clock.program)]
        let owner = clock.owner < 0 ? "The queue" : leads.company.text(clock.owner)
        let mark = clock.state == .missed ? StateMark(.bad, "missed") : StateMark(.warn, "running")
        let due: HTML =
            clock.due.map { due in
                "\(DueTime(due: due, now: now).html), due \(due.shown(in: zone))"
            } ?? "the calendar leaves no time for it"
        return """
            <li>\(mark.html) <strong>\(owner)</strong> owes “\("\(clock.promise)")” within \("\(program.within)"): \(due)
            \(clause(explanation.citations.clause(program.clause, clock.version)))</li>
            """
    }

    // MARK: The gate

    private var gate: HTML {
        guard !explanation.gate.isEmpty else { return "" }
        let rows = explanation.gate.html { gate in
            let mark = StateMark(gate.answer.isAllowed ? .good : .bad, gate.answer.word(zone))
            let until: HTML = gate.answer.expires.map { ", until \($0.shown(in: zone))" } ?? ""
            return """
                <tr><th scope="row">\(gate.purpose)<div class="soft">by \(gate.channel)</div></th><td>\(mark.html)</td>
                <td>\(gate.answer.reason)\(until) \(clause(gate.clause)) \(fact(gate.fact))</td></tr>
                """
        }
        return section(
            "gate", "May they be contacted?",
            "<th scope=\"col\">What for</th><th scope=\"col\">Answer</th><th scope=\"col\">Why</th>", rows)
    }

    // MARK: Why not further

    private var obstacles: HTML {
        guard !explanation.obstacles.isEmpty else { return "" }
        let items = explanation.obstacles.html { obstacle in
            let lines: HTML =
                obstacle.shortfall.map { "<ul>\($0.lines.html { "<li>\($0.withoutBullet)</li>" })</ul>" }
                ?? (obstacle.note == nil ? "<p>Nothing is missing.</p>" : "")
            let note: HTML = obstacle.note.map { "<p>\($0)</p>" } ?? ""
            let asks: HTML =
                obstacle.condition.isEmpty ? "" : "<p class=\"soft\"><code>\(obstacle.condition)</code></p>"
            return "<li><h3>\(obstacle.aim) \(clause(obstacle.clause))</h3>\(note)\(lines)\(asks)</li>"
        }
        return "<section><h2>Why not further</h2><ul class=\"obstacles\">\(items)</ul></section>"
    }

    // MARK: Score

    private var score: HTML { contributions + fit }

    private var contributions: HTML {
        guard !explanation.score.isEmpty else { return "" }
        let highest = max(1, explanation.score.map(\.points.micropoints).max() ?? 1)
        let rows = explanation.score.reversed().html { part in
            """
            <tr><th scope="row">\(part.activity)<div class="soft">\(part.instant.shown(in: zone)),
            \(part.age.roughly) ago</div></th><td class="number" data-label="Points">\(part.points.shown)</td>
            <td class="number" data-label="Left">\(part.left.shown)</td>
            <td>\(decay(part.left.micropoints, part.points.micropoints, of: highest))</td>
            <td>\(clause(part.clause)) \(fact(part.fact))</td></tr>
            """
        }
        return section(
            "score", "Engagement \(explanation.present.engagement.shown), and what it is made of",
            """
            <th scope="col">What</th><th scope="col" class="number">Points</th><th scope="col" class="number">Left</th>
            <th scope="col">Fading</th><th scope="col">By</th>
            """, rows)
    }

    /// What is left of a contribution, filled, within what it was.
    private func decay(_ left: Int64, _ points: Int64, of highest: Int64) -> HTML {
        let (whole, rest) = (max(0, points) * 100 / highest, max(0, left) * 100 / highest)
        return """
            <svg class="decay" viewBox="0 0 100 12" width="100" height="12" aria-hidden="true" focusable="false"><rect
            class="whole" x="0" y="1" width="\(whole)" height="10"/><rect class="left" x="0" y="1" width="\(rest)"
            height="10"/></svg>
            """
    }

    private var fit: HTML {
        guard !explanation.fit.isEmpty else { return "" }
        let rows = explanation.fit.html { rule in
            let mark = rule.holds ? StateMark(.good, "holds") : StateMark(.still, "does not hold")
            return """
                <tr><th scope="row"><code>\(rule.condition)</code></th><td class="number" data-label="Points">\(rule.points.shown)</td>
                <td>\(mark.html) \(rule.because ?? "")</td><td>\(clause(rule.clause))</td></tr>
                """
        }
        return section(
            "fit", "Fit \(explanation.present.fit.shown), rule by rule",
            """
            <th scope="col">When</th><th scope="col" class="number">Points</th><th scope="col">So?</th>
            <th scope="col">By</th>
            """, rows)
    }

    // MARK: Hand-overs

    private var handOvers: HTML {
        guard !explanation.handOvers.isEmpty else { return "" }
        return "<section><h2>Hand-overs</h2>\(explanation.handOvers.reversed().html(handOver))</section>"
    }

    private func handOver(_ one: ExplainedHandOver) -> HTML {
        let ready: HTML =
            one.handOver.ready.map { "handed over \($0.shown(in: zone))" } ?? "held: \(one.held ?? "not ready")"
        let owners = one.owners.html { owner in
            "<li>\(owner.since.shown(in: zone)): \(owner.name), \(owner.why)</li>"
        }
        let ownership: HTML = owners.text.isEmpty ? "" : "<h4>Owners</h4><ul>\(owners)</ul>"
        let verdict: HTML = one.verdict.map { "<p>It was \($0).</p>" } ?? "<p>There is no verdict yet.</p>"
        let dispute: HTML = one.dispute.map { "<p>\($0.capitalizedFirst).</p>" } ?? ""
        return """
            <details class="handover"\(one.handOver.isOpen ? " open" : "" as HTML)><summary>\(one.stage), pass
            \(Int(one.handOver.pass)): \(ready)</summary><p>\(clause(one.clause)) \(fact(one.readyFact ?? one.fact))</p>
            \(verdict)\(dispute)\(ownership)
            \(promises(one))\(rules(one))</details>
            """
    }

    private func promises(_ one: ExplainedHandOver) -> HTML {
        let items = one.promises.html { promise in
            let due: HTML = promise.due.map { ", due \($0.shown(in: zone))" } ?? ""
            return """
                <li>\(promise.name) of \(promise.owner) within \(promise.within)\(due): it \(promise.ending)
                \(clause(promise.clause)) \(fact(promise.fact))</li>
                """
        }
        return one.promises.isEmpty ? "" : "<h4>Promises</h4><ul>\(items)</ul>"
    }

    private func rules(_ one: ExplainedHandOver) -> HTML {
        let items = one.rules.html { rule in
            let mark = rule.holds ? StateMark(.good, "holds") : StateMark(.still, "does not hold")
            return "<li>\(mark.html) \(rule.name): \(rule.outcome) \(clause(rule.clause))</li>"
        }
        let owner: HTML = one.ownerByRules.map { "<p>By the rules it is \($0)’s.</p>" } ?? ""
        return one.rules.isEmpty ? "" : "<h4>Rules tried, in order</h4>\(owner)<ol>\(items)</ol>"
    }

    // MARK: The timeline

    private var timeline: HTML {
        let items = explanation.timeline.reversed().html { entry in
            let times: HTML = entry.times > 1 ? " <span class=\"soft\">× \(entry.times)</span>" : ""
            return """
                <li class="\(entry.isDecision ? "decided" : "happened")">\(entry.instant.shown(in: zone))
                <span>\(entry.what)\(times) \(clause(entry.clause)) \(fact(entry.fact))</span></li>
                """
        }
        return """
            <section><h2>What happened, the latest first</h2><p class="soft">\(explanation.evaluation.agreements.standing)</p>
            <ol class="timeline">\(items)</ol></section>
            """
    }

    // MARK: Pieces

    private func section(_ id: String, _ title: String, _ heads: HTML, _ rows: HTML) -> HTML {
        """
        <section><h2 id="\(id)">\(title)</h2><div class="scroll" tabindex="0" role="region" aria-labelledby="\(id)"><table class="cards">
        <thead><tr>\(heads)</tr></thead><tbody>\(rows)</tbody></table></div></section>
        """
    }

    private func clause(_ clause: CitedClause?) -> HTML {
        clause.map { clause in
            """
            <a class="cite" href="/agreement#\(PercentText.encoded(clause.address))"
            title="\(clause.text), version \(clause.version)">\(clause.address)</a>
            """
        } ?? ""
    }

    private func fact(_ fact: CitedFact?) -> HTML {
        fact.map {
            "<span class=\"cite soft\" title=\"\($0.id)\">\($0.source)/\($0.object), fact \($0.sequence)</span>"
        }
            ?? ""
    }
}

extension TimelineEntry {
    /// What the agreement made of facts, and not a fact itself.
    fileprivate var isDecision: Bool { kind != .fact }
}

extension String {
    fileprivate var withoutBullet: String {
        String(drop { $0 == " " || $0 == "*" })
    }
}
