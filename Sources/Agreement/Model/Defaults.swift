internal import Vocabulary

/// What holds where the agreement is silent, and why. `describe` prints each; nothing else in the program may assume
/// anything. Changing one changes the digest of every agreement that relies on it, and so asks for new signatures.
enum Defaults {
    /// The one zone without daylight saving and without a country.
    static let timezone = "UTC"
    /// The currency of most companies this was written for; one that has another says so in its first amount.
    static let currency = Currency(code: "EUR")!
    /// Finance closes months, and a month's rate does not move under a report.
    static let rateInstant = RateInstant.closeMonth
    /// Years of the calendar, as most tax laws have it.
    static let fiscalYear = FiscalYear(calendar: .calendarYear)
    /// No system's old claims count before somebody vouches for them.
    static let stagesFrom: [String] = []
    /// A hand-over older than a long weekend is better introduced anew.
    static let actWithin = days(3)
    /// The advice of practice: fill the pipeline first, add a revenue target once that is mastered.
    static let aim = Aim.fillPipeline
    /// Numbers about a person are for that person and their manager; more is a works council's matter.
    static let repNumbers: [Viewer] = [.self, .manager]
    static let domains: [String] = []
    /// Mail scanners follow links within seconds; a privacy proxy opens what nobody read.
    static let machine: [MachineSign] = [.clicksWithin(seconds: 5), .opensByPrivacyProxy]
    /// Everybody the same share.
    static let weight = Number(1)
    static let away: [DateSpan] = []
    /// What names a human being must be erasable.
    static func isPersonal(_ type: FieldType) -> Bool { type == .email || type == .phone }
    /// The latest value is the truth, unless somebody says the first is.
    static let isWriteOnce = false
    static let aliases: [ChoiceAlias] = []
    static let ignoredStages: [String] = []
    /// Half of a month-old interest is left: the usual starting point.
    static let halfLife = days(30)
    static let origin = Origin.any
    static let forgets: [ScoreName] = []
    static let reasons: [String] = []
    /// A new version must not flood anybody on its first morning.
    static let onChange = OnChange.wait
    /// Nobody loses a lead for the hour at which it came.
    static let isInHoursOnly = false
    /// What is due soonest first; among those, who is most interested.
    static let workOrder = WorkOrder(keys: [.due, .score])
    static let burstRelease = BurstRelease.atCapacity
    /// Unknown means no.
    static let consent = Consent.Answer.deny
    static let unknownZone = ContactHours.UnknownZone.company
    static let deliverUnit = PromiseUnit.company
    static let coverageUnit = PromiseUnit.rep
    /// What is missing at the start of a quarter can still be filled.
    static let coverageAt = PeriodPoint(.start, of: .quarter)
    static let targetsBy = PeriodPoint(.end, of: .quarter)
    static let coverageBase = CoverageBase.remainingQuota
    /// Every open deal.
    static let pipelineCounts = "deal is open"
    static let pipelineValue = "amount"
    static let tolerance = Share(millionths: 100_000)
    /// One false alarm in twenty years.
    static let falseAlarms = Share(millionths: 50_000)
    static let models: [AttributionModel] = [.first, .last, .wShaped]
    /// First touch, lead, opportunity: the three moments this agreement names.
    static let primaryModel = AttributionModel.wShaped
    /// Half a year, longer than most sales cycles.
    static let attributionWindow = days(180)

    private static func days(_ count: Int) -> Budget {
        guard let budget = try? Budget(count, .day) else { preconditionFailure("a few days are a duration") }
        return budget
    }
}
