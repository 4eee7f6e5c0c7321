internal import Agreement
internal import Answers
internal import Engine
internal import Journal
internal import Reports
internal import Synchronization
internal import Vocabulary

/// The company as it stood at one instant, by all facts up to one: what every page of one moment is made from.
///
/// It never changes. Pages that are made from the same one agree with each other.
final class Present: Sendable {
    /// The last fact it knows.
    let sequence: Int64
    let instant: Instant
    let history: Engine.History
    let versions: AgreementVersions
    /// `nil` while no agreement is in force: then nothing can be judged.
    let judged: Judged?
    /// When something may change though no fact arrives; `nil`: never.
    let next: Instant?
    /// How long it took to make.
    let took: Duration
    private let reports = Mutex(RecentReports())
    private let named: Once<PersonNumbers>

    struct Judged: Sendable {
        let evaluation: Evaluation
        /// For the eyes of everybody; pages show it as `seen(by:)` those who ask.
        let company: JudgedCompany
        /// What explanations need of the whole company.
        let words: Once<WordsOfRun>
        let leads: Once<LeadRegister>
    }

    init(
        _ sequence: Int64, _ history: Engine.History, _ versions: AgreementVersions, at instant: Instant,
        after before: Present?, began: ContinuousClock.Instant
    ) throws {
        (self.sequence, self.instant, self.history, self.versions) = (sequence, instant, history, versions)
        named = Once { PersonNumbers(history) }
        let agreements = AgreementsOfRun(inForce: versions.all, at: instant)
        judged =
            try agreements.versions.isEmpty
            ? nil : Judged(history, agreements, at: instant, after: before?.judged?.evaluation)
        let changes = judged?.company.outcome.accounts.lazy.compactMap(\.next).min()
        let takesForce = versions.all.lazy.compactMap(\.from).filter { $0 > instant }.min()
        next = [changes, takesForce].compactMap { $0 }.min()
        took = ContinuousClock.now - began
    }

    /// Under which numbers people are called.
    var numbers: PersonNumbers { named.get() }

    /// The same facts, judged up to another instant; `nil` while no agreement is in force.
    func evaluation(at instant: Instant) throws -> Evaluation? {
        guard judged != nil else { return nil }
        return try Evaluation(
            of: history, under: AgreementsOfRun(inForce: versions.all, at: instant), until: instant)
    }

    /// A report for whoever asks. The same question is answered once.
    func report(_ request: ReportRequest, seenBy viewpoint: Viewpoint) throws -> Report? {
        guard let judged else { return nil }
        let asked = AskedReport(request: request, viewpoint: viewpoint)
        if let known = reports.withLock({ $0[asked] }) { return known }
        let definition = try ReportRegistry.report(named: request.name)
        let company = try judged.company.seen(by: viewpoint).wanted(by: request)
        let report = try definition.report(request, of: company)
        reports.withLock { $0.keep(report, for: asked) }
        return report
    }
}

extension Present.Judged {
    fileprivate init(
        _ history: Engine.History, _ agreements: AgreementsOfRun, at instant: Instant, after before: Evaluation?
    ) throws {
        evaluation = try Evaluation(of: history, under: agreements, until: instant, after: before)
        let company = JudgedCompany(
            evaluation.world, agreements: agreements.versions.map(\.agreement), targets: evaluation.targets,
            by: wholeCrew)
        guard let company else {
            preconditionFailure("a run has at least one version, and its world has as many")
        }
        self.company = company
        let evaluation = evaluation
        words = Once { WordsOfRun(evaluation) }
        leads = Once { LeadRegister(company) }
    }
}

/// A question and who put it.
private struct AskedReport: Hashable, Sendable {
    let request: ReportRequest
    let viewpoint: Viewpoint
}

/// The answers that were asked for last: a few, since each is of one moment only.
private struct RecentReports: Sendable {
    private var answers: [AskedReport: Report] = [:]
    private var order: [AskedReport] = []
    private static let most = 64

    subscript(asked: AskedReport) -> Report? { answers[asked] }

    mutating func keep(_ report: Report, for asked: AskedReport) {
        guard answers.updateValue(report, forKey: asked) == nil else { return }
        order.append(asked)
        if order.count > RecentReports.most { answers[order.removeFirst()] = nil }
    }
}
