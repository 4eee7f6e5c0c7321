internal import Findings

/// What can be wrong with an agreement. Names are stable: never rename, never reuse.
extension FindingCode {
    static let wrongShape = FindingCode("wrong-shape")
    static let unknownVersion = FindingCode("unknown-version")
    static let unknownKey = FindingCode("unknown-key")
    static let missingKey = FindingCode("missing-key")
    static let ambiguousName = FindingCode("ambiguous-name")
    static let unknownZone = FindingCode("unknown-zone")
    static let unknownDay = FindingCode("unknown-day")
    static let dayTwice = FindingCode("day-twice")
    static let badHours = FindingCode("bad-hours")
    static let blocksOverlap = FindingCode("blocks-overlap")
    static let badDate = FindingCode("bad-date")
    static let badDuration = FindingCode("bad-duration")
    static let badCondition = FindingCode("bad-condition")
    static let unknownName = FindingCode("unknown-name")
    static let typeMismatch = FindingCode("type-mismatch")
    static let impossibleComparison = FindingCode("impossible-comparison")
    static let badValue = FindingCode("bad-value")
    static let badNumber = FindingCode("bad-number")
    static let badAmount = FindingCode("bad-amount")
    static let badShare = FindingCode("bad-share")
    static let badInclude = FindingCode("bad-include")
    static let nameTwice = FindingCode("name-twice")
    static let reservedName = FindingCode("reserved-name")
    static let noOtherwise = FindingCode("no-otherwise")
    static let neverOpens = FindingCode("never-opens")
    static let includeOutside = FindingCode("include-outside")
    static let includeUnreadable = FindingCode("include-unreadable")
    static let badHolidays = FindingCode("bad-holidays")
    static let skippedEvents = FindingCode("skipped-events", .warning)

    /// All of them, in this order.
    static let ofAgreements: [FindingCode] =
        FindingCode.ofAnyFile + [
            .wrongShape, .unknownVersion, .unknownKey, .missingKey, .ambiguousName, .unknownZone, .unknownDay,
            .dayTwice, .badHours, .blocksOverlap, .badDate, .badDuration, .neverOpens, .includeOutside,
            .includeUnreadable, .badHolidays, .skippedEvents, .badCondition, .unknownName, .typeMismatch,
            .impossibleComparison, .badValue, .badNumber, .badAmount, .badShare, .badInclude, .nameTwice,
            .reservedName, .noOtherwise,
        ]
}
