internal import Answers
internal import HTTPTypes
internal import Hummingbird
internal import Reports
internal import Roles
internal import Vocabulary

/// What each rule of routing said, who would get what by them, and how fair that is: the past routed once more, beside what
/// systems recorded.
enum RoutingPage {
    static let routes: [Route] = [
        Route(.get, "/routing", .seeRouting) { asked in
            let last = try shown(asked, by: 20, most: 500)
            return try await answering(asked, last: last) { replay, company in
                RoutingView(replay: replay, company: company, last: last).page(asked)
            }
        },
        Route(.get, "/routing/assignments.csv", .seeRouting) { asked in
            let present = try await asked.site.company.present()
            return try await Blocking.run {
                guard let judged = present.judged else {
                    return NothingInForce.page("Routing", at: "/routing", present, asked)
                }
                return .csv(Assignments.csv(judged.company), named: "assignments")
            }
        },
        Route(.get, "/routing.csv", .seeRouting) { asked in
            try await answering(asked, last: try shown(asked, by: 10_000, most: 1_000_000)) { replay, _ in
                .csv(replay.csv, named: "routing")
            }
        },
    ]

    private static func shown(_ asked: Asked, by standard: Int, most: Int) throws -> Int {
        let text = asked.query["last"]
        guard !text.isEmpty else { return standard }
        guard let last = Int(text), (1...most).contains(last) else {
            throw Problem(
                .unprocessableContent, "last",
                "Of how many hand-overs the rules are told is a number from 1 to \(most).")
        }
        return last
    }

    private static func answering(
        _ asked: Asked, last: Int, _ show: @escaping @Sendable (RoutingReplay, JudgedCompany) -> Response
    ) async throws -> Response {
        let (present, viewpoint) = (try await asked.site.company.present(), asked.viewpoint)
        let journal = asked.site.journal
        return try await Blocking.run {
            guard let judged = present.judged else {
                return NothingInForce.page("Routing", at: "/routing", present, asked)
            }
            return show(
                try RoutingReplay(judged.evaluation, last: last, citing: journal), judged.company.seen(by: viewpoint))
        }
    }
}

private struct RoutingView {
    let replay: RoutingReplay
    /// As whoever asks may see it.
    let company: JudgedCompany
    let last: Int

    func page(_ asked: Asked) -> Response {
        let same: HTML =
            replay.same.of == 0
            ? "No system has recorded to whom it gave one."
            : "Of \(replay.same.of) that a system gave to somebody, \(replay.same.count) went to the same person."
        return Layout.page(
            "Routing", at: "/routing", asked,
            """
            <p>The past, routed once more by the rules of <a href="/agreement#routing">the agreement</a>, with nobody told:
            \(replay.count) assignments. \(same) Beside another assignment this is shadow mode.</p>
            \(fairness)
            <p class="soft">A lead that another rep called in truth counts as untouched by whom the rules give it, so steps of the
            ladder follow that life would not have seen; they count in “due” and “by rules”. \(replay.standing)</p>
            <h2>The latest \(replay.entries.count)</h2>
            <p class="pages"><a href="/routing.csv">All as CSV, a row for each rule tried</a>
            <a href="/routing/assignments.csv">Who has which lead now, for the CRM</a></p>
            \(replay.entries.reversed().html(entry))
            """)
    }

    private var fairness: HTML {
        guard !replay.parts.isEmpty else { return "<p>No pool has a rep.</p>" }
        let shown = replay.parts.filter { company.repName($0.rep) == $0.rep }
        let rows = shown.html { row($0.rep, $0) } + totals.html { row("all of the team", $0) }
        let note: HTML =
            shown.count == replay.parts.count
            ? ""
            : """
            <p class="soft">Numbers of single reps are shown to whom <a href="/agreement#visibility.rep_numbers">the agreement</a>
            names.</p>
            """
        let heads: HTML = ["weight", "due", "by rules", "more than due", "recorded", "more than due", "mean value"].html
        {
            "<th scope=\"col\" class=\"number\">\($0)</th>"
        }
        return """
            <section><h2 id="fairness">What each was due and got</h2>
            <div class="scroll" tabindex="0" role="region" aria-labelledby="fairness"><table><thead><tr><th scope="col">Rep</th>
            <th scope="col">Team</th>\(heads)</tr></thead><tbody>\(rows)</tbody></table></div>\(note)</section>
            """
    }

    /// Of each team of more than one.
    private var totals: [RoutingReplay.Part] {
        let teams = replay.parts.map(\.team).reduce(into: [String]()) { if $0.last != $1 { $0.append($1) } }
        return teams.compactMap { team in
            let parts = replay.parts.filter { $0.team == team }
            return parts.count > 1 ? RoutingReplay.Part(of: parts) : nil
        }
    }

    private func row(_ name: String, _ part: RoutingReplay.Part) -> HTML {
        func number(_ text: String) -> HTML { "<td class=\"number\">\(text)</td>" }
        return """
            <tr><th scope="row">\(name)</th><td>\(part.team)</td>\(number(part.weight.millionthsInWords))
            \(number(part.due.millionthsInWords))\(number("\(part.byRules)"))
            \(number(part.ahead(by: part.byRules).millionthsInWords))\(number("\(part.recorded)"))
            \(number(part.ahead(by: part.recorded).millionthsInWords))
            \(number(part.meanValue?.millionthsInWords ?? "–"))</tr>
            """
    }

    private func entry(_ entry: RoutingReplay.Entry) -> HTML {
        let truth: HTML =
            entry.recorded.map { recorded in
                entry.isSame ? ", as recorded" : ", recorded: \(recorded.isEmpty ? "nobody" : recorded)"
            } ?? ", nothing recorded"
        let rules = entry.rules.html { rule in
            let clause: HTML =
                rule.clause.map { "<a href=\"/agreement#\(PercentText.encoded($0.address))\">\(rule.name)</a>" }
                ?? HTML(rule.name)
            return "<tr><th scope=\"row\">\(clause)</th><td>\(rule.outcome)</td></tr>"
        }
        let grade = entry.grade.map { ", grade \($0)" } ?? ""
        return """
            <section><h3>\(entry.instant.shown(in: replay.zone)): <a href="\(PersonName(entry.person).path)">\(entry.person)</a></h3>
            <p>\(entry.why.inWords)\(grade) → <strong>\(entry.owner.isEmpty ? "nobody" : entry.owner)</strong>\(truth)</p>
            <table><thead><tr><th scope="col">Rule</th><th scope="col">What it said</th></tr></thead><tbody>\(rules)</tbody></table>
            </section>
            """
    }
}
