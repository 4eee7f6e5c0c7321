public import Findings
public import Vocabulary

/// Every check, in the order run. One file each; `docs/findings.md` is written from this list.
let checks: [Check] = [
    .unreachableStage,
    .stageNeverLeft,
    .thresholdTooHigh,
    .ruleNeverMatches,
    .alertOfNothing,
    .ruleShadowed,
    .territoriesOverlap,
    .territoryMissing,
    .territoryWithoutConsent,
    .repWithoutCalendar,
    .repWithoutQuota,
    .capacityBelowVolume,
    .promiseBeyondTimer,
    .ladderBeforeDeadline,
    .promiseWithoutEvidence,
    .requiredFieldUnwritable,
    .unmappedDealStage,
    .noOwner,
    .rejectReasonAstray,
    .reasonUndefined,
    .outsideMission,
    .planBelowQuota,
    .coverageBelowNeed,
    .noLastResort,
    .checkInWithoutAttendees,
    .silenceRots,
    .reviewOverdue,
    .needlessComplexity,
]

/// What is wrong with the process an agreement describes, although each sentence of it can be read: findings in order of
/// line and column, then of the checks.
///
/// - Parameters:
///   - text: What the agreement was read from, for excerpts.
///   - today: The local date in the company's zone.
public func checkAgreement(_ agreement: Agreement, in text: SourceText, today: CivilDate) -> [Finding] {
    let checked = CheckedAgreement(
        agreement: agreement, today: today, circumstances: Circumstances(of: agreement))
    let findings = checks.flatMap { check in check.run(checked).map { $0.finding(check.code, in: text) } }
    let ordered = findings.enumerated().sorted {
        ($0.element.place.line, $0.element.place.column, $0.offset)
            < ($1.element.place.line, $1.element.place.column, $1.offset)
    }
    return ordered.map(\.element)
}
