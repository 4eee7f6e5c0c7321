internal import Access
internal import Answers
internal import Engine
internal import HTTPTypes
internal import Hummingbird
internal import Journal
internal import Roles
internal import Vocabulary

/// Who is away, and who has left: reps say it of themselves, managers and operators of everybody.
enum AbsencesPage {
    static let routes: [Route] = [
        Route(.get, "/absences", .seeLeads) { asked in
            AbsencesView(asked, try await asked.site.company.present()).page()
        },
        Route(.post, "/absences", .stateAbsence) { try await state($0) },
        Route(.post, "/absences/withdraw", .stateAbsence) { try await withdraw($0) },
        Route(.post, "/absences/calendar", .stateAbsence, bodyLimit: calendarLimit) { try await takeCalendar($0) },
    ]

    /// A form takes up to three bytes for one of the text.
    private static let calendarLimit = 1 << 20

    private static func state(_ asked: Asked) async throws -> Response {
        let present = try await asked.site.company.upToDate()
        let form = StatedAbsence(asked.form)
        switch form.absence(asked, present) {
        case .failure(let fault):
            return AbsencesView(asked, present, stated: form, fault: fault.sentence).page(.unprocessableContent)
        case .success(let absence): return try await append([absence.fact(by: asked.email, at: asked.now)], asked)
        }
    }

    private static func withdraw(_ asked: Asked) async throws -> Response {
        let present = try await asked.site.company.upToDate()
        let form = StatedAbsence(asked.form)
        guard form.isOf(asked) else { throw notYours }
        let stated = form.from.flatMap {
            Absences(present.history).absence(of: form.rep, from: $0, isDeparture: form.isDeparture)
        }
        // Twice is once: whoever takes back what is not there any more has what they want.
        guard let stated else { return .redirect(to: "/absences") }
        return try await append([stated.fact(by: asked.email, at: asked.now, isWithdrawn: true)], asked)
    }

    private static func takeCalendar(_ asked: Asked) async throws -> Response {
        let present = try await asked.site.company.upToDate()
        let form = StatedAbsence(asked.form)
        guard form.isOf(asked) else { throw notYours }
        func page(_ fault: String) -> Response {
            AbsencesView(asked, present, stated: form, fault: fault).page(.unprocessableContent)
        }
        guard let judged = present.judged else { return page("No agreement is in force, so nobody is a rep yet.") }
        let today = present.zone.civil(at: asked.now).date
        do {
            let absences = try Absence.all(
                inICS: Array(asked.form["calendar"].utf8), of: form.rep, years: (today.year - 1)...(today.year + 2))
            let (staff, texts) = (judged.evaluation.world.staff, judged.evaluation.world.history.texts)
            if let fault = absences.lazy.compactMap({ $0.fault(among: staff, texts) }).first {
                return page(fault.sentence)
            }
            return try await append(absences.map { $0.fact(by: asked.email, at: asked.now) }, asked)
        } catch let fault as AbsenceFault {
            return page(fault.sentence)
        }
    }

    private static func append(_ facts: [Fact], _ asked: Asked) async throws -> Response {
        try await asked.site.state(facts)
        _ = try await asked.site.company.upToDate()
        return .redirect(to: "/absences")
    }

    private static let notYours = Problem(
        .forbidden, "not-yours", "You say of yourself that you are away, not of others.",
        remedy: "Ask their manager, or an operator.")
}

extension Asked {
    /// The address under which somebody signed in.
    fileprivate var email: String? { try? session().member.email }
}

/// What a form says of an absence.
private struct StatedAbsence {
    let rep: String
    let from: CivilDate?
    let until: CivilDate?
    let isDeparture: Bool
    let reason: String
    private let written: (from: String, until: String)

    init(_ form: FormFields) {
        rep = form["rep"].lowercased()
        written = (form["from"], form["until"])
        from = try? CivilDate(text: form["from"])
        until = try? CivilDate(text: form["until"])
        isDeparture = form["what"] == "departure"
        reason = form["reason"]
    }

    struct Fault: Error { let sentence: String }

    /// Reps only of themselves.
    func isOf(_ asked: Asked) -> Bool {
        guard let member = try? asked.session().member else { return false }
        return member.role != .rep || rep.isEmpty || member.email == rep
    }

    func absence(_ asked: Asked, _ present: Present) -> Result<Absence, Fault> {
        guard isOf(asked) else {
            return .failure(Fault(sentence: "You say of yourself that you are away, not of others: ask their manager."))
        }
        guard let judged = present.judged else {
            return .failure(Fault(sentence: "No agreement is in force, so nobody is a rep yet."))
        }
        guard let from, isDeparture || until != nil else {
            return .failure(Fault(sentence: "Say the first day and the last, as in 2026-08-03."))
        }
        let absence = Absence(rep: rep, from: from, until: isDeparture ? nil : until, reason: reason)
        let world = judged.evaluation.world
        if let fault = absence.fault(among: world.staff, world.history.texts) {
            return .failure(Fault(sentence: fault.sentence))
        }
        return .success(absence)
    }

    var writtenFrom: String { written.from }
    var writtenUntil: String { written.until }
}

private struct AbsencesView {
    private let asked: Asked
    private let present: Present
    private let stated: StatedAbsence?
    private let fault: String?

    init(_ asked: Asked, _ present: Present, stated: StatedAbsence? = nil, fault: String? = nil) {
        (self.asked, self.present, self.stated, self.fault) = (asked, present, stated, fault)
    }

    private var member: Member? { try? asked.session().member }
    private var isRep: Bool { member?.role == .rep }

    /// Whom the form may be about.
    private var reps: [String] {
        guard let world = present.judged?.evaluation.world else { return [] }
        let all = world.staff.reps.map { world.history.texts[$0.name] }
        return isRep ? all.filter { $0 == member?.email } : all
    }

    func page(_ status: HTTPResponse.Status = .ok) -> Response {
        Layout.page(
            "Absences", at: "/absences", asked, live: present,
            """
            \(fault.map { HTML.bad($0) } ?? "")
            <p>Whoever is away receives no lead. When it begins, leads that nobody has turned to yet go to others; whoever leaves
            hands those over at once, and the open ones go to the manager, as <a href="/agreement#routing">the agreement</a>
            says.</p>\(list)\(forms)
            """, status: status)
    }

    private var list: HTML {
        let today = present.zone.civil(at: asked.now).date
        let shown = Absences(present.history).all.filter { !$0.isOver(on: today) }
        guard !shown.isEmpty else { return "<p class=\"soft\">Nobody has said that anybody will be away.</p>" }
        let rows = shown.html { absence in
            let mayChange = asked.may(.stateAbsence) && (!isRep || absence.rep == member?.email)
            let isNow = absence.from <= today
            let mark = isNow ? StateMark(.warn, absence.isDeparture ? "gone" : "away now").html : "" as HTML
            return """
                <tr><th scope="row">\(absence.rep)</th><td>\(absence.from.description)</td>
                <td>\(absence.until?.description ?? "for good")</td><td>\(mayChange ? HTML(absence.reason) : "")</td>
                <td>\(mark)</td><td>\(mayChange ? takeBack(absence) : "")</td></tr>
                """
        }
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="Absences"><table><thead><tr><th scope="col">Who</th>
            <th scope="col">From</th><th scope="col">Through</th><th scope="col">Why</th><th scope="col">Now</th>
            <th scope="col"><span class="soft">Change</span></th></tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    private func takeBack(_ absence: Absence) -> HTML {
        """
        <form method="post" action="/absences/withdraw">\(asked.formToken)
        <input type="hidden" name="rep" value="\(absence.rep)"><input type="hidden" name="from" value="\(absence.from.description)">
        <input type="hidden" name="what" value="\(absence.isDeparture ? "departure" : "absence")">
        <button class="quiet">Take back</button></form>
        """
    }

    private var forms: HTML {
        guard asked.may(.stateAbsence), !reps.isEmpty else { return "" }
        let who = reps.html { rep in
            "<option value=\"\(rep)\"\(stated?.rep == rep ? " selected" : "" as HTML)>\(rep)</option>"
        }
        let leaves: HTML =
            isRep
            ? ""
            : """
            <label>What <select name="what"><option value="absence">is away</option>
            <option value="departure"\(stated?.isDeparture == true ? " selected" : "" as HTML)>leaves for good</option>
            </select></label>
            """
        return """
            <section><h2>Somebody will be away</h2><form class="stack" method="post" action="/absences">\(asked.formToken)
            <label>Who <select name="rep">\(who)</select></label>\(leaves)
            <label>First day <input name="from" type="date" required value="\(stated?.writtenFrom ?? "")"></label>
            <label>Last day <input name="until" type="date" value="\(stated?.writtenUntil ?? "")"></label>
            <label>Why <small>Seen by whoever may change it.</small>
            <input name="reason" maxlength="200" value="\(stated?.reason ?? "")"></label><button>Say so</button></form></section>
            <section><h2>Out of a calendar</h2><form class="stack" method="post" action="/absences/calendar">\(asked.formToken)
            <label>Who <select name="rep">\(who)</select></label>
            <label>The text of an .ics file <small>Events of whole days count; meetings with a time of day do not.</small>
            <textarea name="calendar" rows="6" required></textarea></label><button>Take over</button></form></section>
            """
    }
}
