internal import Agreement
internal import Answers
internal import Engine
internal import Journal
internal import Reports
internal import Vocabulary

/// What a rep must know before they call: why now, what the person did and asked, how they may be contacted, what is owed.
struct LeadBriefing {
    private let open: OpenLead
    private let leads: VisibleLeads
    private let now: Instant
    private let words: WordsOfRun
    private let clause: CitedClause?
    /// What they did that made them a lead.
    private let cause: String?
    private let did: [TimelineEntry]
    private let gate: [ExplainedGate]
    private let heard: [Heard]

    private static let mostDeeds = 5

    init(_ open: OpenLead, _ leads: VisibleLeads, _ journal: any JournalStore, at now: Instant) throws {
        (self.open, self.leads, self.now) = (open, leads, now)
        words = leads.present.words.get()
        let citations = Citations(evaluation: words.evaluation, store: journal)
        clause = citations.clause(open.handOver.clause, open.handOver.version)
        let person = words.evaluation.person(open.lead.person, at: leads.present.evaluation.world.until)
        let timeline = try Timeline(open.lead.person, open.account, person.scoreParts, words, citations)
        let evidence = open.handOver.fact
        let sequence = evidence < 0 ? -1 : Int64(words.history.sequence[Int(evidence)])
        cause = timeline.entries.first { $0.kind == .fact && $0.fact?.sequence == sequence }?.what
        did = timeline.entries.filter(\.isDeed).suffix(LeadBriefing.mostDeeds).reversed()
        gate = try ExplainedGate.all(of: person, words, citations)
        heard = Heard.all(of: open.lead.person, in: leads.company)
    }

    private var company: JudgedCompany { leads.company }
    private var zone: Zone { company.zone }

    /// Time left, in the corner of the card.
    var left: HTML {
        if open.waitsForRuling { return StateMark(.warn, "disputed").html }
        guard let clock = open.owed.first, let due = clock.due else { return "" }
        return "<span>\(DueTime(due: due, now: now).html) <span class=\"soft\">to \(clock.promise.asked)</span></span>"
    }

    var html: HTML {
        """
        <dl class="pairs">\(pair("Why now", why))\(pair("How", contact))\(pair("Between you", deeds))\(pair("Asked", questions))
        \(pair("Owed", owed))</dl>
        """
    }

    private func pair(_ name: String, _ content: HTML) -> HTML {
        content.text.isEmpty ? "" : "<dt>\(name)</dt><dd>\(content)</dd>"
    }

    private var why: HTML {
        let handOver = open.handOver
        let grade: HTML = open.lead.grade.isEmpty ? "" : ", grade \(open.lead.grade)"
        let since = handOver.owners.first?.since ?? handOver.ready ?? handOver.entered
        let cite: HTML =
            clause.map { clause in
                """
                <a class="cite" href="/agreement#\(PercentText.encoded(clause.address))" title="\(clause.text)">\(clause.address)</a>
                """
            } ?? ""
        let cause: HTML = cause.map { " by \($0)" } ?? ""
        return """
            \(open.stage(company)) since \(since.shown(in: zone))\(cause)\(grade), engagement \(open.lead.engagement.shown)\(said) \(cite)
            """
    }

    /// What was said of it so far.
    private var said: HTML {
        guard let verdict = open.handOver.verdict else { return "" }
        let by = verdict.manner == .spoken ? "" : verdict.manner == .silence ? " by silence" : " by deed"
        return "; \(verdict.isAccepted ? "accepted" : "rejected")\(by)"
    }

    private var contact: HTML {
        var items: [HTML] = []
        if !open.lead.email.isEmpty { items.append("<a href=\"mailto:\(open.lead.email)\">\(open.lead.email)</a>") }
        items += gate.map { one in
            let mark = StateMark(one.answer.isAllowed ? .good : .bad, one.answer.word(zone))
            return "\(one.purpose.asWords) \(mark.html)"
        }
        return items.enumerated().html { $0.offset == 0 ? $0.element : " · \($0.element)" }
    }

    private var deeds: HTML {
        guard !did.isEmpty else { return "" }
        let items = did.html { entry in
            "<li>\(entry.what)\(entry.times > 1 ? " × \(entry.times)" : "") <span class=\"soft\">\((now - entry.instant).roughly) ago</span></li>"
        }
        return "<ul class=\"brief\">\(items)</ul>"
    }

    private var questions: HTML {
        heard.isEmpty
            ? ""
            : "<ul class=\"brief\">\(heard.html { "<li>\($0.note) <span class=\"soft\">heard \($0.instant.shown(in: zone))</span></li>" })</ul>"
    }

    private var owed: HTML {
        let items = open.owed.filter { $0.due != nil }.dropFirst()
        return items.enumerated().html { item in
            let due: HTML = item.element.due.map { DueTime(due: $0, now: now).html } ?? ""
            return "\(item.offset == 0 ? "" : " · " as HTML)\(item.element.promise.asked): \(due)"
        }
    }
}

extension ProgramPromise {
    /// What its owner is to do.
    var asked: String {
        switch self {
        case .respond: "answer"
        case .decide: "accept or reject"
        case .explain: "give the reason"
        case .pursue: "keep trying"
        case .qualify: "qualify"
        }
    }
}

extension TimelineEntry {
    /// Something that the person did, or that was done towards them: no record, no owner, no consent.
    fileprivate var isDeed: Bool {
        kind == .fact && fact.map { [.activity, .touch, .meeting].contains($0.kind.family) } ?? false
    }
}
