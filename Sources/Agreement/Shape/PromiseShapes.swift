internal import Vocabulary

// What `Reading/PromiseSections.swift` reads.

extension SectionShape {
    static let promises = SectionShape(
        "promises", "Service levels in both directions.",
        [
            .may("sales", "What sales promises.", .keys(.salesPromises)),
            .may("marketing", "What marketing promises.", .keys(.marketingPromises)),
            .may("pauses", "What stops a receiver's clock.", .keys(.pauses)),
        ])

    static let salesPromises = SectionShape(
        "sales_promises", "What sales promises.",
        [
            .may("respond", "The owner turns to the person in time.", .promise(.respond)),
            .may("decide", "The receiver accepts or rejects in time.", .promise(.decide)),
            .may("explain", "A verdict comes with its reason or mark in time.", .promise(.explain)),
            .may("pursue", "So many attempts before giving up.", .promise(.pursue)),
            .may("qualify", "From one stage to another in time.", .promise(.qualify)),
            .may("permission", "The share of outward touches that consent allowed.", .segmented(.share)),
        ])

    static let marketingPromises = SectionShape(
        "marketing_promises", "What marketing promises.",
        [
            .may("deliver", "So many people in each stage.", .promise(.deliver)),
            .may("quality", "The share of hand-overs that are accepted.", .promise(.quality)),
            .may("complete", "The share of hand-overs with every required field.", .promise(.complete)),
            .may("consent", "The share of hand-overs with a valid consent.", .promise(.validConsent)),
            .may("pipeline", "Pipeline that marketing is the source of.", .promise(.sourcedPipeline)),
            .may("coverage", "Pipeline as a multiple of what is left of the quota.", .promise(.coverageKept)),
            .may("target_accounts", "How far the target accounts have come.", .promise(.targetAccountsReached)),
        ])

    static let pauses = SectionShape(
        "pauses", "What stops a receiver's clock.",
        [.must("asked_for_later", "The person asked to be contacted later.", .keys(.pause))])

    static let pause = SectionShape(
        "pause", "How long a clock stands still.",
        [
            .must(
                "until", "When it goes on.",
                Shape.text("pause_end", "An end of a pause.", Shape.choices(PauseEnd.self), ["given date"])),
            .must("at_most", "After so long it goes on all the same.", .duration),
        ])

    /// Keys that every promise may have where it differs by segment.
    static let segmentKeys: [Key] = [
        .may("where", "Whom these terms are for; the first that holds applies.", .profileCondition),
        .may("otherwise", "True: these terms are for everybody else.", .flag),
    ]
}

// What sales promises.

extension SectionShape {
    static let respond = SectionShape(
        "respond", "The owner turns to the person in time.",
        [
            .must("to", "The stage whose hand-over it answers.", .stageName),
            .must("by", "How, any of these.", .list(.channel)),
            .must("within", "How soon.", .duration),
            .may("warn_at", "The share of the time after which the owner is warned.", .share),
            .may("then", "What happens when it stays broken.", .list(.keys(.ladderStep))),
        ])

    static let ladderStep = SectionShape(
        "ladder_step", "What happens when a promise stays broken.",
        [
            .must("after", "From the start of the clock, so longer than the promise.", .duration),
            .must(
                "do", "Tell the manager, a side or a person, reassign, or bring it to a check-in.",
                .either([
                    Shape.text("ladder_act", "What is done.", .oneOf(["tell manager", "reassign"]), ["tell manager"]),
                    Shape.text(
                        "ladder_tell", "Who is told.", .matching(#"^tell (\#(Party.names)|[^@\s]+@[^@\s]+)$"#),
                        ["tell operations"]),
                    Shape.text(
                        "ladder_check_in", "At which check-in both sides talk about it.",
                        .matching(#"^check-in [^\s]+$"#), ["check-in weekly"]),
                ])),
        ])

    static let decide = SectionShape(
        "decide", "The receiver accepts or rejects in time.",
        [.must("about", "The stage whose hand-over it is about.", .stageName), .must("within", "How soon.", .duration)])

    static let explain = SectionShape(
        "explain", "A verdict comes with its reason or mark in time.",
        [
            .must(
                "about", "What is explained.",
                .list(
                    Shape.text("explained", "A verdict.", Shape.choices(Explained.self), ["rejection", "acceptance"]))),
            .must("within", "How soon.", .duration),
        ])

    static let pursue = SectionShape(
        "pursue", "So many attempts before giving up.",
        [
            .must("touches", "How many.", .count),
            .must("channels", "How, any of these.", .list(.channel)),
            .must("over", "Over how long.", .duration),
        ])

    static let qualify = SectionShape(
        "qualify", "From one stage to another in time.",
        [
            .must("from", "The stage it begins in.", .stageName),
            .must("to", "The stage it leads to.", .stageName),
            .must("within", "How soon.", .duration),
            .may("otherwise", "The detour that who is not qualified in time goes into.", .detourName),
        ])
}

// What marketing promises.

extension SectionShape {
    static let deliver = SectionShape(
        "deliver", "So many people in each stage, by the stage's name.",
        [
            .may("visitors", "So many visitors.", .plannedVolume),
            .may("each", "For whom it is counted.", .promiseUnit, unless: Defaults.deliverUnit),
        ], others: NamesShape(.plannedVolume, like: ["mql"]))

    static let quality = SectionShape(
        "quality", "The share of hand-overs that are accepted.", [.must("acceptance", "How many are accepted.", .share)]
    )

    static let complete = SectionShape(
        "complete", "The share of hand-overs with every required field.",
        [.must("required_fields", "How many have them all.", .share)])

    static let validConsent = SectionShape(
        "valid_consent", "The share of hand-overs with a valid consent.", [.must("valid", "How many have one.", .share)]
    )

    static let sourcedPipeline = SectionShape(
        "sourced_pipeline", "Pipeline that marketing is the source of.",
        [.must("sourced", "How much in a period.", .moneyRate)])

    static let coverageKept = SectionShape(
        "coverage_kept", "Pipeline as a multiple of what is left of the quota.",
        [
            .may("each", "For whom it is counted.", .promiseUnit, unless: Defaults.coverageUnit),
            .must("at_least", "The multiple.", .positive),
            .may("at", "When it is looked at.", .periodPoint, unless: Defaults.coverageAt),
        ])

    static let targetAccountsReached = SectionShape(
        "target_accounts_reached", "How far the target accounts have come.",
        [
            .may("reached", "The share in which somebody is known.", .share),
            .may("engaged", "The share in which somebody is interested.", .share),
            .may("with_pipeline", "The share with an open deal.", .share),
            .may("by", "When it is looked at.", .periodPoint, unless: Defaults.targetsBy),
        ])
}

extension Shape {
    static let promiseUnit = text("promise_unit", "Whom it is counted for.", choices(PromiseUnit.self), ["company"])
    static let plannedVolume = Shape.either([
        text("from_plan", "As the plan implies.", .oneOf(["from plan"]), ["from plan"]), .volume,
    ])
    static let positive = text("positive_number", "A number above 0.", .number, ["4.5"])
}

extension Party {
    /// `marketing|sales|operations|executive`.
    fileprivate static let names = allCases.map(\.rawValue).joined(separator: "|")
}
