public import Agreement
internal import Engine
internal import Findings
public import Vocabulary

/// A request as it is understood of one company: names looked up, the window in instants. What a report is given.
public struct Inquiry: Sendable {
    public let request: ReportRequest
    public private(set) var company: JudgedCompany
    /// Half-open; `nil`: without a beginning.
    public let from: Instant?
    /// Never after what is known.
    public let to: Instant
    /// The days of the period that is asked about, also those that are still to come.
    public let days: Range<CivilDate>
    public let segment: Segment?
    public let team: Int32?
    /// The name of a kind of deal.
    public let kind: String?
    public let firstPassOnly: Bool
    public let horizon: Elapsed?
    /// One of the report's, the first where nothing is said.
    public let mode: String
    private var filters: [Filter]
    private var firstValues: FirstValues?

    private struct Filter: Sendable {
        let segment: Segment
        let value: String
        let firstValues: FirstValues?
    }

    init(_ request: ReportRequest, of company: JudgedCompany, modes: [String]) throws(ReportProblem) {
        (self.request, self.company) = (request, company)
        (from, to) = try request.window(in: company)
        days = try request.days(in: company, from, to)
        segment = try request[.by].map { name throws(ReportProblem) in try company.segment(named: name) }
        firstValues = company.firstValues(of: segment)
        var filters: [Filter] = []
        for text in request.all(.segment) { filters.append(try Inquiry.filter(text, company)) }
        self.filters = filters
        team = try request[.team].map { name throws(ReportProblem) in try company.team(named: name) }
        kind = try request[.kind].map { name throws(ReportProblem) in try company.kind(named: name) }
        firstPassOnly = try request.firstPassOnly()
        horizon = try request.horizon()
        mode = try request.mode(of: modes)
    }

    /// The same question where the company is as it was known earlier: its facts have other places, and some are not there.
    func put(to earlier: JudgedCompany) -> Inquiry {
        var inquiry = self
        inquiry.company = earlier
        inquiry.firstValues = earlier.firstValues(of: segment)
        inquiry.filters = filters.map {
            Filter(segment: $0.segment, value: $0.value, firstValues: earlier.firstValues(of: $0.segment))
        }
        return inquiry
    }

    private static func filter(_ text: String, _ company: JudgedCompany) throws(ReportProblem) -> Filter {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty else {
            throw .unreadable(.segment, text, "names no value", remedy: "Write --segment country=DE.")
        }
        let segment = try company.segment(named: parts[0])
        return Filter(segment: segment, value: parts[1], firstValues: company.firstValues(of: segment))
    }
}

// MARK: Choosing

extension Inquiry {
    public var agreement: Agreement { company.agreement }
    var world: FoldWorld { company.world }
    var outcome: Outcome { company.outcome }

    func isInWindow(_ instant: Instant) -> Bool { instant < to && from.map { $0 <= instant } ?? true }

    /// Whether the options choose a subject. The window is the report's own affair.
    func isChosen(_ subject: Subject) -> Bool {
        if let team, company.team(of: subject) != team { return false }
        if let kind, subject.deal != nil, company.text(subject.kind) != kind { return false }
        return filters.allSatisfy { company.name(of: subject, by: $0.segment, $0.firstValues) == $0.value }
    }

    /// The segment of a subject; `nil` where none was asked for.
    func segmentName(_ subject: Subject) -> String? {
        segment.map { company.name(of: subject, by: $0, firstValues) }
    }

    /// A stage of the agreement in force, by the request's option, else `otherwise`.
    func stage(_ option: ReportOption, otherwise: String? = nil) throws(ReportProblem) -> String? {
        guard let name = request[option] else { return otherwise }
        let names = agreement.stages.map(\.name)
        guard names.contains(name) else { throw .unknown("stage", name, among: names) }
        return name
    }
}

// MARK: Understanding

extension JudgedCompany {
    func segment(named name: String) throws(ReportProblem) -> Segment {
        let segment = Segment(named: name)
        guard case .property(let property) = segment else { return segment }
        let fields = agreement.fields.map(\.name)
        let known = world.history.propertyNames
        guard known.contains(property) || fields.contains(property) else {
            throw .unknown("segment", name, among: Segment.words + known)
        }
        return segment
    }

    fileprivate func firstValues(of segment: Segment?) -> FirstValues? {
        guard case .property(let name)? = segment else { return nil }
        return FirstValues(name, world.history)
    }

    fileprivate func team(named name: String) throws(ReportProblem) -> Int32 {
        let teams = world.staff.teams.map(\.name)
        guard let found = teams.first(where: { world.history.texts[$0] == name }) else {
            throw .unknown("team", name, among: teams.map { world.history.texts[$0] })
        }
        return found
    }

    fileprivate func kind(named name: String) throws(ReportProblem) -> String {
        let kinds = agreement.deals.kinds.map(\.name)
        guard kinds.contains(name) else { throw .unknown("kind", name, among: kinds) }
        return name
    }
}

extension ReportRequest {
    fileprivate func window(in company: JudgedCompany) throws(ReportProblem) -> (from: Instant?, to: Instant) {
        let until = company.world.until
        if let text = self[.period] {
            let days = try days(ofPeriod: text, company)
            let from = company.zone.startOfDay(days.lowerBound)
            guard from < until else { throw notYet(from, until) }
            return (from, min(company.zone.startOfDay(days.upperBound), until))
        }
        let from = try instant(.from, in: company.zone)
        let to = try instant(.to, in: company.zone)
        if let from, let to, to <= from {
            throw ReportProblem(
                "window-ends-before-it-starts", "the window ends at \(to), before it starts at \(from)",
                remedy: "Give a --to that is later than --from; a day stands for its beginning.")
        }
        if let from, from >= until { throw notYet(from, until) }
        return (from, min(to ?? until, until))
    }

    /// Those of the window; without a beginning those of the fiscal quarter in which it ends.
    fileprivate func days(
        in company: JudgedCompany, _ from: Instant?, _ to: Instant
    ) throws(ReportProblem) -> Range<CivilDate> {
        if let text = self[.period] { return try days(ofPeriod: text, company) }
        let last = company.zone.civil(at: to - Elapsed(milliseconds: 1)).date
        let quarter = company.fiscalCalendar.days(of: company.fiscalCalendar.quarter(containing: last))
        guard let from else { return quarter ?? last..<last.adding(days: 1) }
        return company.zone.civil(at: from).date..<last.adding(days: 1)
    }

    private func days(ofPeriod text: String, _ company: JudgedCompany) throws(ReportProblem) -> Range<CivilDate> {
        guard self[.from] == nil, self[.to] == nil else {
            throw ReportProblem(
                "two-windows", "--period is a window of its own", remedy: "Give --period, or --from and --to.")
        }
        guard let period = FiscalPeriod(text: text), let days = company.fiscalCalendar.days(of: period) else {
            throw .unreadable(
                .period, text, "is no fiscal period",
                remedy: "Write 2026, 2026-Q1 or 2026-M03, in the company's own year.")
        }
        return days
    }

    private func notYet(_ from: Instant, _ until: Instant) -> ReportProblem {
        ReportProblem(
            "window-not-reached", "the window starts at \(from), and what is looked at ends at \(until)",
            remedy: "Give an earlier --from, or a later --as-of.")
    }

    /// An instant, or a day for its beginning in the company's zone.
    public func instant(_ option: ReportOption, in zone: Zone) throws(ReportProblem) -> Instant? {
        guard let text = self[option] else { return nil }
        if let instant = try? Instant(text: text) { return instant }
        if let date = try? CivilDate(text: text) { return zone.startOfDay(date) }
        throw .unreadable(
            option, text, "is neither a day nor an instant", remedy: "Write 2026-02-02 or 2026-02-02T08:00:00Z.")
    }

    fileprivate func firstPassOnly() throws(ReportProblem) -> Bool {
        switch self[.passes] {
        case nil, "all": return false
        case "first": return true
        case let text?: throw .unreadable(.passes, text, "says neither first nor all", remedy: "Write first or all.")
        }
    }

    fileprivate func horizon() throws(ReportProblem) -> Elapsed? {
        guard let text = self[.within], text != "ever" else { return nil }
        guard let budget = try? Budget(text: text), case .physical(let elapsed) = budget.measure else {
            throw .unreadable(
                .within, text, "is no length of physical time", remedy: "Write 90 days, 24 hours, or ever.")
        }
        return elapsed
    }

    fileprivate func mode(of modes: [String]) throws(ReportProblem) -> String {
        guard let text = self[.mode] else { return modes.first ?? "" }
        guard modes.contains(text) else { throw .unknown("mode", text, among: modes) }
        return text
    }
}
