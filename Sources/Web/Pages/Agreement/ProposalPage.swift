internal import Access
internal import Agreement
internal import Answers
internal import Findings
internal import HTTPTypes
internal import Hummingbird
internal import Journal
internal import Roles
internal import Vocabulary

//  A change of the agreement, from its first letter to a proposal
//
//      text ─▶ AgreementDraft ─▶ findings, what changes in words ─▶ back-test ─▶ proposed: a fact, which both sides can sign
//
//  What is proposed is what was looked at: the form carries the digest that it showed, and another one is shown first.

enum ProposalPage {
    static let routes: [Route] = [
        Route(.get, "/agreement/propose", .proposeChange) { try await open($0) },
        Route(.post, "/agreement/propose", .proposeChange, bodyLimit: textLimit) { try await take($0) },
        Route(.post, "/agreement/propose/findings", .proposeChange, bodyLimit: textLimit) { asked in
            let view = try await ProposalView(asked, asked.form["text"], base: asked.form["base"])
            return .text(view.verdict.text, type: "text/html; charset=utf-8")
        },
        Route(.get, "/agreement.js", .lookWhetherItRuns, .api) { _ in
            var response = Response.text(ProposalScript.text, type: "text/javascript; charset=utf-8")
            response.headers[.cacheControl] = "public, max-age=300"
            return response
        },
    ]

    /// A form takes up to three bytes for one of the text.
    private static let textLimit = 2 << 20

    /// With a version's text: the one in force where none is named.
    private static func open(_ asked: Asked) async throws -> Response {
        let present = try await asked.site.company.present()
        let base = asked.query["from"].isEmpty ? present.inForce : try present.version(asked.query["from"])
        let written = base.map { String(decoding: $0.text.main.bytes, as: UTF8.self) } ?? ""
        return try await ProposalView(asked, written, base: base?.name ?? "").page()
    }

    private static func take(_ asked: Asked) async throws -> Response {
        let form = asked.form
        let view = try await ProposalView(asked, form["text"], base: form["base"])
        switch form["do"] {
        case "backtest": return try await view.backtest()
        case "propose": return try await view.propose(seen: form["seen"])
        default: return view.page()
        }
    }
}

/// A text, read as a proposal, for whoever asks.
private struct ProposalView {
    private let asked: Asked
    private let written: String
    private let base: AgreementVersion?
    private let present: Present
    private let draft: AgreementDraft
    private let diff: AgreementDiff?

    /// Zones take a while to read, and stay the same while the server runs.
    private static let surroundings = Result { try Surroundings.withoutFiles() }

    init(_ asked: Asked, _ written: String, base name: String) async throws {
        let present = try await asked.site.company.present()
        (self.asked, self.written, self.present) = (asked, written, present)
        let base = name.isEmpty ? present.inForce : try present.version(name)
        self.base = base
        let (now, inForce) = (asked.now, present.inForce)
        (draft, diff) = try await tellingRefusals {
            try await Blocking.run {
                let draft = AgreementDraft(written, beside: base, in: try ProposalView.surroundings.get(), at: now)
                return (draft, ProposalView.difference(inForce, draft))
            }
        }
    }

    private static func difference(_ inForce: AgreementVersion?, _ draft: AgreementDraft) -> AgreementDiff? {
        guard let inForce, let agreement = draft.agreement else { return nil }
        return AgreementDiff(from: inForce.agreement, to: agreement)
    }

    // MARK: What can be done with it

    func backtest() async throws -> Response {
        guard draft.agreement != nil else {
            return page(
                fault: "A text with errors could never take force, so it cannot be back-tested.", .unprocessableContent)
        }
        let (site, present) = (asked.site, try await asked.site.company.upToDate())
        let trial = try site.backtests.begin(written, draft, base: base?.name ?? "", present, clock: site.clock)
        return .redirect(to: "/agreement/backtests/\(trial.id)")
    }

    func propose(seen: String) async throws -> Response {
        guard let agreement = draft.agreement else {
            return page(
                fault: "A text with errors could never take force, so it cannot be proposed.", .unprocessableContent)
        }
        guard seen == mark else {
            return page(
                fault: """
                    The text, or what is in force, is not what you last looked at. Nothing was proposed: read below what changes, \
                    then propose it.
                    """, .conflict)
        }
        let (digest, member, site, now) = (agreement.digest, try asked.session().member, asked.site, asked.now)
        let version = String(digest.prefix(12))
        if present.versions.version(digest) == nil {
            let facts = draft.text.facts(digest: digest, by: NamedPerson(member.email), at: now, recorded: now)
            try await tellingRefusals {
                try await Blocking.run {
                    let journal = try AgreementJournal(site.journal)
                    try journal.refuseGoingBack(to: now, now: now)
                    _ = try journal.record(facts, [], on: digest, at: now, recorded: now)
                    try site.access.note(
                        at: now, actor: asked.actor.text, deed: "proposed an agreement", subject: "version \(version)")
                }
            }
            site.company.factsCame()
            _ = try await site.company.upToDate()
        }
        return .redirect(to: "/agreement/versions/\(version)")
    }

    /// Of what the form shows: the text and what it is compared with.
    private var mark: String {
        draft.agreement.map { "\($0.digest.prefix(16))-\(present.inForce?.name ?? "none")" } ?? ""
    }

    // MARK: The page

    func page(fault: String? = nil, _ status: HTTPResponse.Status = .ok) -> Response {
        var response = Layout.page(
            "Propose a change", at: "/agreement", asked,
            (fault.map { .bad($0) } ?? "") + introduction + form + others)
        response.status = status
        return response
    }

    private var introduction: HTML {
        let start: HTML =
            base.map { "It starts from <a href=\"\($0.link)\">version \($0.name)</a>." }
            ?? "Nothing is in force yet: write the first one, or paste what <code>interlock init</code> made."
        return "<p>Write what should hold. Nothing changes before both sides have signed. \(start)</p>\(files)"
    }

    /// What a text written here can include.
    private var files: HTML {
        let known = base?.text.beside.map(\.name) ?? []
        let names: HTML = known.isEmpty ? "none" : known.enumerated().html { "\($0 > 0 ? ", " : "")<code>\($1)</code>" }
        return """
            <p class="soft">A text written here can include only files that were recorded with the version it starts from:
            \(names). To bring another file, or another content of one, sign the first time with <code>interlock sign</code>.</p>
            """
    }

    private var form: HTML {
        """
        <form class="draft" method="post" action="/agreement/propose">\(asked.formToken)
        <input type="hidden" name="base" value="\(base?.name ?? "")">
        <label for="text">The agreement <small>Drop a file on it to read it in.</small></label>
        <textarea id="text" name="text" rows="28" spellcheck="false" autocomplete="off" wrap="off">\n\(written)</textarea>
        <p class="actions"><button name="do" value="check" class="quiet">Check</button>
        <button name="do" value="backtest" class="quiet">Back-test it</button></p>
        <div id="verdict" aria-live="polite">\(verdict)</div></form>
        <script src="/agreement.js" defer></script>
        """
    }

    /// Findings, what changes, and the button to propose just that.
    var verdict: HTML { found + changes + proposing }

    private var found: HTML {
        guard !draft.findings.isEmpty else { return "<h2>Findings</h2><p class=\"good\">Nothing is wrong with it.</p>" }
        let errors = draft.findings.count { $0.level == .error }
        let counts = [counted(errors, "error"), counted(draft.findings.count - errors, "warning")]
        return """
            <h2>Findings: \(counts.joined(separator: ", "))</h2>
            <ol class="findings">\(draft.findings.prefix(100).html { $0.html })</ol>
            """
    }

    private var changes: HTML {
        guard let diff else { return "" }
        return "<h2>What it changes</h2><p>\(diff.summary)</p>\(diff.html { _ in nil })"
    }

    private var proposing: HTML {
        guard let agreement = draft.agreement else {
            return "<p class=\"soft\">Mend the errors; then it can be back-tested and proposed.</p>"
        }
        if let known = present.versions.version(agreement.digest) {
            return "<p>This is <a href=\"\(known.link)\">version \(known.name)</a>: it was proposed already.</p>"
        }
        return """
            <input type="hidden" name="seen" value="\(mark)">
            <p class="actions"><button name="do" value="propose">Propose this text</button>
            <span class="soft">It is recorded whole, under your name; then both sides can sign.</span></p>
            """
    }

    /// Back-tests that are kept, those of others too: a link shows a colleague the same.
    private var others: HTML {
        let trials = asked.site.backtests.all
        guard !trials.isEmpty else { return "" }
        let rows = trials.html { trial in
            """
            <li><a href="/agreement/backtests/\(trial.id)">Of \(trial.began.shown)</a>
            <span class="soft">\(trial.state.words)</span></li>
            """
        }
        return "<h2>Back-tests</h2><ul>\(rows)</ul>"
    }
}

extension BacktestDesk.State {
    fileprivate var words: String {
        switch self {
        case .waiting: "waits"
        case .running: "is running"
        case .done(let plan): plan.isWithoutDifference ? "no difference" : "done"
        case .refused: "could not be run"
        }
    }
}

extension Finding {
    /// Place, excerpt with what is meant marked, cause, remedy, and something to paste.
    var html: HTML {
        let level = level == .error ? "Error" : "Warning"
        let sample: HTML = example.map { "<p>For example:</p><pre tabindex=\"0\"><code>\($0)</code></pre>" } ?? ""
        return """
            <li class="finding \(self.level.rawValue)"><p><strong>\(level)</strong> in line \(place.line), column \(place.column)
            <code class="soft">\(code.name)</code></p>\(marked)<p>\(cause) \(remedy)</p>\(sample)</li>
            """
    }

    private var marked: HTML {
        guard !excerpt.isEmpty else { return "" }
        let start = min(place.column - 1, excerpt.count)
        let (before, rest) = (excerpt.prefix(start), excerpt.dropFirst(start))
        return """
            <pre tabindex="0"><code>\(String(before))<mark>\(String(rest.prefix(length)))</mark>\(String(rest.dropFirst(length)))</code></pre>
            """
    }
}
