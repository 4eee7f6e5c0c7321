internal import Access
internal import Agreement
internal import Engine
internal import Journal
internal import Reports
internal import Sync
internal import Vocabulary

/// The page of alerts of one member.
struct AlertsView {
    let asked: Asked
    let member: Member
    let present: Present
    let leads: VisibleLeads
    let alerts: [SetAlert]
    /// By alert, what came about of it lately.
    let heeded: [Int64: [HeededFact]]
    /// What the form says already.
    let said: SaidAlert
    let fault: String?

    private static let mostShown = 30

    var content: HTML {
        """
        <div data-renews></div>\(fault.map { HTML.bad($0) } ?? "")
        <p>Be told when somebody does something that matters to you. What the agreement tells everybody stands in
        <a href="/agreement#alerts">its own alerts</a>.</p>
        \(delivery)<p><button type="button" class="quiet" data-notices hidden></button></p>\(list)\(form)\(recent)
        """
    }

    /// Where nothing is told, it is said here and not found out by waiting.
    private var delivery: HTML {
        let isLive = LiveTimes(present.history, until: present.instant).tells(of: present.instant)
        let mails = asked.site.courier?.bag.from != nil
        guard !isLive || !mails else { return "" }
        let why =
            isLive
            ? "This server sends no mail"
            : "Interlock does not tell anybody anything yet: an operator begins with “interlock live begin”"
        return "<p class=\"soft\">\(why). What your alerts would tell of stands below.</p>"
    }

    // MARK: Those that are set

    private var list: HTML {
        guard !alerts.isEmpty else { return "<p class=\"soft\">You have set no alert.</p>" }
        let rows = alerts.html { alert in
            let words = "\(whom(OwnAlert(alert, of: member))) \(OwnAlert(alert, of: member).deedInWords)"
            let mark = alert.isPaused ? StateMark(.still, "paused").html : StateMark(.good, "runs").html
            let count = heeded[alert.id, default: []].count
            return """
                <tr><th scope="row">\(words)</th><td data-label="State">\(mark)</td>
                <td data-label="Since">\(alert.since.shown)</td>
                <td class="number" data-label="In 14 days">\(count)</td>
                <td>\(button(alert, alert.isPaused ? "resume" : "pause", alert.isPaused ? "Go on" : "Pause", words))
                \(button(alert, "end", "End", words))</td></tr>
                """
        }
        return """
            <section><h2 id="yours">Your alerts</h2><div class="scroll" tabindex="0" role="region" aria-labelledby="yours">
            <table class="cards"><thead><tr><th scope="col">When</th><th scope="col">State</th><th scope="col">Since</th>
            <th scope="col" class="number">In 14 days</th><th scope="col"><span class="soft">Change</span></th></tr></thead>
            <tbody>\(rows)</tbody></table></div></section>
            """
    }

    private func button(_ alert: SetAlert, _ deed: String, _ word: String, _ words: String) -> HTML {
        """
        <form class="inline" method="post" action="/alerts/\(alert.id)/\(deed)">\(asked.formToken)
        <button class="quiet small" aria-label="\(word): \(words)">\(word)</button></form>
        """
    }

    private func whom(_ alert: OwnAlert) -> String {
        switch alert.whom {
        case .anybody: "Anybody"
        case .person(let identifier):
            leads.present.leads.get().person(called: identifier.text, in: present.history).map(title)
                ?? PersonName(identifier.text).text
        case .account(let identifier): "Anybody of \(identifier.value)"
        }
    }

    private func title(_ person: Int32) -> String {
        guard person >= 0 else { return "Somebody" }
        return leads.present.leads.get().lead(person)?.title ?? PersonName(leads.company.personName(person)).text
    }

    // MARK: Another one

    private var form: HTML {
        let acts = knownActs.html { "<option value=\"\($0)\"></option>" }
        return """
            <section><h2 id="set">Set an alert</h2><form class="stack" method="post" action="/alerts">\(asked.formToken)
            <label>Person <small>An address, or leave it empty.</small>
            <input name="person" maxlength="500" value="\(said.person)" autocomplete="off"></label>
            <label>Or company <small>The domain of its mail: everybody there.</small>
            <input name="account" maxlength="500" value="\(said.account)" autocomplete="off"></label>
            <label>Does <small>One of the things that systems tell of; empty: anything.</small>
            <input name="act" maxlength="500" list="acts" value="\(said.act)"></label><datalist id="acts">\(acts)</datalist>
            <label>On a page with <small>A part of its address or title, such as /pricing; empty: anywhere.</small>
            <input name="page" maxlength="500" value="\(said.page)"></label>
            <button>Tell me</button></form></section>
            """
    }

    /// In the words of the systems, each once.
    private var knownActs: [String] {
        let history = present.history
        let names = Set(history.acts.filter { $0.kind.isDoneByAPerson && $0.name >= 0 }.map(\.name))
        return names.map { history.texts[$0] }.filter { !$0.isEmpty }.sorted().prefix(200).map { $0 }
    }

    // MARK: What came of them

    private var recent: HTML {
        let facts = Set(heeded.values.joined().map { Heeded(fact: $0.fact, person: $0.person, account: $0.account) })
            .sorted {
                (present.history.occurred[Int($0.fact)], $0.fact) > (present.history.occurred[Int($1.fact)], $1.fact)
            }
        guard !facts.isEmpty else { return "" }
        let items = facts.prefix(AlertsView.mostShown).html { heeded in
            let act = present.history.acts[Int(present.history.act[Int(heeded.fact)])]
            let name = act.name >= 0 ? present.history.texts[act.name] : ""
            let who: HTML =
                heeded.person >= 0
                ? "<a href=\"\(PersonName(leads.company.personName(heeded.person)).path)\">\(title(heeded.person))</a>"
                : HTML("Somebody of \(leads.company.accountName(heeded.account))")
            return """
                <li>\(present.history.at(Int(heeded.fact)).shown)
                <span>\(who): \(name.isEmpty ? act.kind.word : name)</span></li>
                """
        }
        let more = facts.count - AlertsView.mostShown
        let rest: HTML = more > 0 ? "<p class=\"soft\">And \(more) more.</p>" : ""
        return """
            <section><h2>What they told of in the last 14 days</h2><ol class="timeline">\(items)</ol>\(rest)</section>
            """
    }

    /// Two alerts may be about the same.
    private struct Heeded: Hashable {
        let fact: Int32
        let person: Int32
        let account: Int32
    }
}
