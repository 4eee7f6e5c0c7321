internal import Agreement
internal import Engine
internal import Vocabulary

/// A report by name: what it answers, which options it takes, how each number is computed, and the function that does it.
public struct ReportDefinition: Sendable {
    public let name: String
    public let title: String
    /// What it answers, in a sentence.
    public let answers: String
    /// Beside `as-of` and `until`, which every report takes.
    public let options: [ReportOption]
    /// The first is taken where none is asked for; empty: it has only one way.
    public let modes: [Mode]
    public let formulas: [Formula]
    let compute: @Sendable (Inquiry) throws(ReportProblem) -> Found

    public struct Mode: Hashable, Sendable {
        public let name: String
        public let meaning: String
    }

    /// What a report finds; the frame adds the rest of the question and the handle.
    struct Found {
        let population: String
        let measure: String
        let sections: [ReportSection]
        let warnings: [ReportWarning]
    }

    init(
        _ name: String, _ title: String, answers: String, options: [ReportOption], modes: [Mode] = [],
        formulas: [Formula], _ compute: @escaping @Sendable (Inquiry) throws(ReportProblem) -> Found
    ) {
        (self.name, self.title, self.answers, self.options) = (name, title, answers, options)
        (self.modes, self.formulas, self.compute) = (modes, formulas, compute)
    }
}

/// How a number is computed.
public struct Formula: Sendable {
    /// The columns it explains, by title.
    public let number: String
    public let formula: String
    /// Where it comes from: a row of section 7 of `docs/semantics.md`, a publication.
    public let source: String
    private let published: PublishedSQL?

    init(_ number: String, _ formula: String, source: String, sql: PublishedSQL? = nil) {
        (self.number, self.formula, self.source, published) = (number, formula, source, sql)
    }

    /// The same number over the outcome tables; `nil` where SQL would say it no clearer.
    public var sql: String? { published?.text(by: nil) }

    /// The same told apart, a row for each segment of which there is anything; `nil` where there is no SQL, or the report never
    /// tells the number apart.
    public func sql(by segment: Segment) -> String? {
        published.flatMap { $0.isToldApart ? $0.text(by: segment) : nil }
    }
}

extension ReportDefinition {
    /// Answers a request that names this report.
    public func report(_ request: ReportRequest, of company: JudgedCompany) throws(ReportProblem) -> Report {
        try checkOptions(request)
        let inquiry = try Inquiry(request, of: company, modes: modes.map(\.name))
        let found = try compute(inquiry)
        let digest = String(company.agreement.digest.prefix(12))
        return Report(
            name: name, title: title, question: question(inquiry, found, digest), sections: found.sections,
            warnings: found.warnings, handle: ReportHandle(fixed(request, company), agreement: digest))
    }

    func checkOptions(_ request: ReportRequest) throws(ReportProblem) {
        for said in request.options where said.option != .asOf && said.option != .until {
            let isTaken = options.contains(said.option) || said.option == .mode && !modes.isEmpty
            guard isTaken else {
                let taken = (options + (modes.isEmpty ? [] : [.mode]) + [.asOf]).map { "--\($0.rawValue)" }
                throw ReportProblem(
                    "option-not-taken", "the report \(name) has no use for --\(said.option.rawValue)",
                    remedy: "It takes \(taken.joined(separator: ", ")).")
            }
        }
    }

    /// The request as it will mean the same tomorrow.
    private func fixed(_ request: ReportRequest, _ company: JudgedCompany) -> ReportRequest {
        guard request[.asOf] == nil else { return request.saying(.until, nil) }
        return request.saying(.until, company.world.until.description)
    }

    private func question(_ inquiry: Inquiry, _ found: Found, _ digest: String) -> Question {
        let company = inquiry.company
        return Question(
            population: found.population, measure: found.measure, mode: inquiry.mode, from: inquiry.from,
            to: inquiry.to,
            knownBy: company.knownBy, until: company.world.until, segment: inquiry.segment?.text ?? "",
            chosen: inquiry.chosen, zone: company.zone.name,
            currency: company.agreement.company.currencies.base.value.code, agreement: digest,
            company: company.agreement.company.name.value)
    }
}

extension Inquiry {
    fileprivate var chosen: [String] {
        let team = request[.team].map { "team \($0)" }
        let kind = self.kind.map { "deals of kind \($0)" }
        let passes = firstPassOnly ? "first passes only" : nil
        return [team, kind, passes].compactMap { $0 } + request.all(.segment)
    }
}
