internal import Agreement
internal import Answers
internal import Engine
internal import Reports
internal import Vocabulary

/// What can be done about one lead, each in a form of its own that a key opens.
struct DeedForms {
    let open: OpenLead
    let company: JudgedCompany
    let worker: Worker
    /// Where the forms are sent, and what they carry beside their own fields.
    let action: String
    let carried: HTML
    let now: Instant
    /// The one that stands open, and what was written in it.
    var stated: StatedDeed?
    var opened: Deed?

    private var agreement: Agreement { company.agreement }
    private var title: String { open.lead.title }

    var html: HTML {
        "<div class=\"deeds\">\(forms.html { $0 })</div>"
    }

    private var forms: [HTML] {
        var forms: [HTML] = []
        if !open.waitsForRuling {
            if !open.isDecided || owesMark { forms.append(accept) }
            if open.handOver.verdict?.isAccepted != false || !open.isDecided || owesReason { forms.append(reject) }
        }
        forms.append(touch)
        forms.append(heard)
        if agreement.takesBackRecycled, open.handOver.verdict?.isAccepted == true { forms.append(recycle) }
        return forms
    }

    private var owesMark: Bool {
        guard let verdict = open.handOver.verdict, agreement.verdicts.acceptMark != nil else { return false }
        return verdict.isAccepted && verdict.mark == nil
    }

    private var owesReason: Bool {
        open.handOver.verdict.map { !$0.isAccepted && $0.reason < 0 } ?? false
    }

    // MARK: Each form

    private var accept: HTML {
        let marks = agreement.verdicts.acceptMark?.value
        let buttons: HTML =
            marks.map { range in
                """
                <span class="soft">How good, \(range.highest) being best?</span>
                <span class="row">\((range.lowest...range.highest).html { "<button name=\"mark\" value=\"\($0)\">\($0)</button>" })
                \(owesMark ? "" : "<button class=\"quiet\" name=\"mark\" value=\"\">No mark yet</button>" as HTML)</span>
                """
            } ?? "<button>Accept</button>"
        return form(.accept, owesMark ? "Give a mark" : "Accept", "a", "\(noteField("A note for marketing"))\(buttons)")
    }

    private var reject: HTML {
        let reasons = agreement.verdicts.rejectReasons
        let buttons: HTML =
            reasons.isEmpty
            ? "<button>Reject</button>"
            : """
            <span class="soft">Why? The reason decides what follows.</span><span class="reasons">\(reasons.html { reason in
                """
                <button name="reason" value="\(reason.name)">\(reason.name.asWords)
                <small>\(reason.leadsTo.value.follows)</small></button>
                """
            })</span>
            """
        let isReturn = open.handOver.verdict?.isAccepted == true && open.isDecided
        return form(
            .reject, owesReason ? "Give the reason" : isReturn ? "Reject after all" : "Reject", "r",
            "\(noteField("A note for marketing"))\(buttons)")
    }

    private var touch: HTML {
        let ways = TouchWay.allCases.html { "<option value=\"\($0.rawValue)\">\($0.words)</option>" }
        let outcomes = StatedDeed.outcomes.html { "<option value=\"\($0)\">\($0.asWords)</option>" }
        let pause: HTML =
            agreement.promises.pauses == nil
            ? ""
            : "<label>If they asked you to wait: until <input type=\"date\" name=\"until\"></label>"
        return form(
            .touch, "Note a touch", "t",
            """
            <label>How <select name="way">\(ways)</select></label>
            <label>Who turned to whom <select name="direction"><option value="outward">you to them</option>
            <option value="inward">they to you</option></select></label>
            <label>What came of it <select name="outcome"><option value="">–</option>\(outcomes)</select></label>\(pause)
            <button>Note it</button>
            """)
    }

    private var heard: HTML {
        form(
            .heard, "Pass on a question", "h",
            """
            <label>The question or concern, in their words
            <textarea name="note" rows="2" required maxlength="2000">\(written(.heard))</textarea></label>
            <button>Tell marketing</button>
            """)
    }

    private var recycle: HTML {
        form(
            .recycle, "Send back", "b",
            "\(noteField("What would have to change"))<button>Send back to marketing</button>")
    }

    // MARK: Pieces

    private func form(_ deed: Deed, _ words: String, _ key: String, _ fields: HTML) -> HTML {
        let isOpen = opened == deed || stated?.deed == deed
        let subject = DeedSubject(
            person: open.lead.identifier, stage: open.stage(company), pass: open.pass, mark: worker.mark, at: now)
        return """
            <details class="menu deed" data-key="\(key)"\(isOpen ? " open" : "" as HTML)><summary>\(words)</summary>
            <form class="stack" method="post" action="\(action)" aria-label="\(words): \(title)">\(carried)\(subject.fields)
            <input type="hidden" name="deed" value="\(deed.rawValue)">\(fields)</form></details>
            """
    }

    private func noteField(_ words: String) -> HTML {
        """
        <label><span class="soft">\(words)</span> <input name="note" maxlength="2000" value="\(written(.accept, .reject, .recycle))"></label>
        """
    }

    private func written(_ deeds: Deed...) -> String {
        stated.flatMap { deeds.contains($0.deed) ? $0.note : nil } ?? ""
    }
}

extension RejectOutcome {
    /// What happens to the lead then.
    fileprivate var follows: String {
        switch self {
        case .detour(let name): "goes to \(name.asWords)"
        case .reroute: "goes to another rep"
        case .accountOwner: "goes to the account’s owner"
        }
    }
}
