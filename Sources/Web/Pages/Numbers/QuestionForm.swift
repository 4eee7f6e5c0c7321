internal import Agreement
internal import Engine
internal import Reports
internal import Vocabulary

/// The form above a page of numbers: period, team and segment at once, everything else that the report takes when it is
/// opened. It is sent with GET: what is asked stands in the address.
struct QuestionForm {
    let question: ReportQuestion
    let company: JudgedCompany?

    private static let first: [ReportOption] = [.period, .team, .segment]

    var html: HTML {
        let definition = question.definition
        let firsts = QuestionForm.first.filter { definition.takes($0) }
        let others = ReportOption.allCases.filter { definition.takes($0) && !QuestionForm.first.contains($0) }
        let isOpen = others.contains { question.request[$0] != nil }
        let more: HTML = """
            <details\(isOpen ? " open" : "" as HTML)><summary>More of the question</summary>
            <div class="fields">\(others.html(field))</div></details>
            """
        return """
            <form class="question" method="get" action="\(definition.room)"><div class="fields">\(firsts.html(field))
            <button>Show</button></div>\(others.isEmpty ? "" : more)</form>
            """
    }

    private func field(_ option: ReportOption) -> HTML {
        switch option {
        case .period: choice(option, periods, none: "All of it")
        case .team: choice(option, [("", teams)], none: "All teams")
        case .kind: choice(option, [("", kinds)], none: "All kinds")
        case .mode: choice(option, [("", question.definition.modes.map(\.name))], none: nil)
        case .passes: choice(option, [("", ["all", "first"])], none: nil)
        case .stage: choice(option, [("", stages)], none: "Every stage")
        case .segment: segments
        case .by: text(option, hint: "month, rep, team, source", list: Segment.words + fields)
        case .from, .to, .asOf, .until: text(option, hint: "2026-02-02")
        case .within: text(option, hint: "90 days")
        case .start: text(option, hint: "a stage or an activity", list: stages + activities)
        case .who: text(option, hint: "an id, or a name that records show")
        }
    }

    // MARK: Fields

    /// A value that is not on offer stays chosen: nothing of what was asked is lost.
    private func choice(
        _ option: ReportOption, _ groups: [(name: String, values: [String])], none: String?
    ) -> HTML {
        let (said, names) = (question.request[option], PeriodNames(company))
        func item(_ value: String) -> HTML {
            let mark: HTML = value == said ? " selected" : ""
            return "<option value=\"\(value)\"\(mark)>\(names.inWords(value))</option>"
        }
        let isOnOffer = said.map { said in groups.contains { $0.values.contains(said) } } ?? true
        let offered = groups.filter { !$0.values.isEmpty }.html { group in
            group.name.isEmpty
                ? group.values.html(item)
                : "<optgroup label=\"\(group.name)\">\(group.values.html(item))</optgroup>"
        }
        let nothing: HTML = none.map { "<option value=\"\">\($0)</option>" } ?? ""
        let own: HTML = isOnOffer ? "" : said.map(item) ?? ""
        return """
            <label>\(option.label)<select name="\(option.rawValue)">\(nothing)\(own)\(offered)</select></label>
            """
    }

    private func text(_ option: ReportOption, hint: String, list: [String] = []) -> HTML {
        let id = "list-\(option.rawValue)"
        let known: HTML =
            list.isEmpty
            ? "" : "<datalist id=\"\(id)\">\(list.html { "<option value=\"\($0)\"></option>" })</datalist>"
        let listed: HTML = list.isEmpty ? "" : " list=\"\(id)\""
        return """
            <label>\(option.label)<input name="\(option.rawValue)" value="\(question.request[option] ?? "")"\(listed)
            placeholder="\(hint)" autocomplete="off"></label>\(known)
            """
    }

    /// One field for each segment that is said, and one more.
    private var segments: HTML {
        let said = question.request.all(.segment) + [""]
        let known = fields.map { "\($0)=" }
        let list: HTML =
            "<datalist id=\"list-segment\">\(known.html { "<option value=\"\($0)\"></option>" })</datalist>"
        return said.html { value in
            """
            <label>Only<input name="segment" value="\(value)" list="list-segment" placeholder="country=DE"
            autocomplete="off"></label>
            """
        } + list
    }

    // MARK: What is on offer

    private var teams: [String] {
        company.map { company in company.world.staff.teams.map { company.text($0.name) } } ?? []
    }
    private var kinds: [String] { company?.agreement.deals.kinds.map(\.name) ?? [] }
    private var stages: [String] { company?.agreement.stages.map(\.name) ?? [] }
    private var fields: [String] { company?.agreement.fields.filter { !$0.isPersonal.value }.map(\.name) ?? [] }
    private var activities: [String] { company?.agreement.activities.map(\.name) ?? [] }

    private var periods: [(name: String, values: [String])] {
        guard let company else { return [] }
        let known = FiscalPeriods(company)
        return [("Years", known.years), ("Quarters", known.quarters), ("Months", known.months)]
    }
}

/// The fiscal periods that have begun, the latest first.
struct FiscalPeriods {
    let years: [String]
    let quarters: [String]
    let months: [String]

    init(_ company: JudgedCompany) {
        let (calendar, zone, now) = (company.fiscalCalendar, company.zone, company.world.until)
        let today = zone.civil(at: now).date
        let first = company.world.history.occurred.min().map { zone.civil(at: Instant(milliseconds: $0)).date } ?? today
        func names(_ latest: FiscalPeriod, most: Int) -> [String] {
            var (names, period) = ([String](), latest)
            while names.count < most, let days = calendar.days(of: period), days.upperBound > first {
                names.append(period.description)
                period = period.previous
            }
            return names
        }
        years = names(calendar.year(containing: today), most: 5)
        quarters = names(calendar.quarter(containing: today), most: 9)
        months = names(calendar.month(containing: today), most: 18)
    }
}
