internal import Vocabulary

// What `Reading/JudgingSections.swift` reads.

extension SectionShape {
    static let deals = SectionShape(
        "deals", "What the CRM's own words mean here.",
        [
            .may(
                "pipelines", "The CRM's pipelines, and which of their stages are open, won and lost.",
                .named(NamesShape(.keys(.dealPipeline), like: ["new"]))),
            .may(
                "ignore", "Stages of the CRM whose deals are none.", .list(.anything), unless: Defaults.ignoredStages),
            .may(
                "kind", "Kinds of deals; the first whose condition holds names a deal's kind.",
                .named(NamesShape(.dealKindCondition, like: ["new"]))),
        ])

    static let dealPipeline = SectionShape(
        "deal_pipeline", "A pipeline of the CRM.",
        [
            .must("open", "Its stages in which a deal is open.", .list(.anything)),
            .must("won", "Its stages in which a deal is won.", .list(.anything)),
            .must("lost", "Its stages in which a deal is lost.", .list(.anything)),
        ])

    static let journeyStep = SectionShape(
        "journey_step", "A step of the buyer's way.",
        [
            .must("led_by", "The side that leads it.", .side),
            .must("activities", "The activities by which it shows.", .list(.activityName)),
        ])
}

// Scoring.

extension SectionShape {
    static let scoring = SectionShape(
        "scoring", "Who fits, and who is interested.",
        [
            .may("fit", "Points for what somebody is.", .keys(.fit)),
            .may("engagement", "Points for what somebody does, fading.", .keys(.engagement)),
        ])

    static let fit = SectionShape(
        "fit", "Points for what somebody is.",
        [
            .may("rules", "Each rule that holds adds its points.", .list(.keys(.fitRule))),
            .may(
                "grades", "A letter for a fit of at least so many points.",
                .named(NamesShape(.points, like: ["A", "B"]))),
        ])

    static let fitRule = SectionShape(
        "fit_rule", "Points for what somebody is.",
        [
            .must("when", "For whom.", .profileCondition),
            .must("points", "How many; negative ones are taken away.", .points),
        ])

    static let engagement = SectionShape(
        "engagement", "Points for what somebody does, fading.",
        [
            .may(
                "half_life", "After so long half of the points are left.", .segmented(.physicalDuration),
                unless: Defaults.halfLife),
            .may("rules", "Each activity adds the points of its rules.", .list(.keys(.engagementRule))),
        ])

    static let engagementRule = SectionShape(
        "engagement_rule", "Points for what somebody does.",
        [
            .must("for", "The activity.", .activityName),
            .must("points", "How many; negative ones are taken away.", .points),
            .may(
                "at_most", "How often it counts within a time.",
                Shape.text(
                    "cap", "A number within a time.", .matching("^[1-9][0-9]* within \(Pattern.physicalDuration)$"),
                    ["3 within 7 days"])),
            .may("once_per", "A property of the activity; each value of it counts once.", .anything),
        ])
}

// Stages, detours and verdicts.

extension SectionShape {
    static let stage = SectionShape(
        "stage", "A stage on the way to a customer.",
        [
            .must("side", "Whose it is.", .side),
            .must("enter", "What brings somebody into it.", .segmented(.condition)),
            .may(
                "hand_over", "To whom a person who enters is handed over.",
                .either([.side, .teamName])),
        ])

    static let detour = SectionShape(
        "detour", "A way back or out.",
        [
            .must("side", "Whose it is.", .side),
            .may(
                "from", "The stages from which it is entered.",
                .either([Shape.text("any_stage", "Any stage.", .oneOf(["any"]), ["any"]), .list(.stageName)]),
                unless: Defaults.origin),
            .must("enters", "What brings somebody into it.", .segmented(.condition)),
            .may("returns", "What ends it; without it, it is a way out.", .segmented(.condition)),
            .may("not_before", "How long only always_returns ends it.", .duration),
            .may("always_returns", "What ends it at any time.", .condition),
            .may("to", "The stage somebody returns to.", .stageName),
            .may(
                "forgets", "Scores that begin anew.",
                .list(Shape.text("score_name", "A score.", Shape.choices(ScoreName.self), ["engagement"])),
                unless: Defaults.forgets),
            .may(
                "reasons", "The reasons that lead here apart from those for rejecting.", .list(.anything),
                unless: Defaults.reasons),
        ])

    static let verdicts = SectionShape(
        "verdicts", "What the receiver's answer to a hand-over leads to.",
        [
            .may(
                "reject_reasons", "Each reason for rejecting, and where it leads: a detour, reroute, or account owner.",
                .named(
                    NamesShape(
                        Shape.text(
                            "reject_outcome", "A detour of this agreement, reroute, or account owner.", .anything,
                            ["nurture", "reroute", "account owner"]), like: ["wrong_person"]))),
            .may(
                "accept_mark", "The quality marks that an acceptance may carry, from the lowest to the highest.",
                Shape.text("mark_range", "A range of marks.", .matching(#"^[0-9]{1,3}\.\.[0-9]{1,3}$"#), ["1..3"])),
            .may("silence", "What it means when the receiver says nothing.", .keys(.silence)),
            .may("dispute", "Who may object to a verdict, and who rules.", .keys(.dispute)),
        ])

    static let silence = SectionShape(
        "silence", "What it means when the receiver says nothing.",
        [
            .must("after", "After how long.", .segmented(.duration)),
            .must(
                "means", "What it means then.",
                Shape.text("silence_meaning", "A meaning of silence.", Shape.choices(SilenceMeaning.self), ["accepted"])
            ),
        ])

    static let dispute = SectionShape(
        "dispute", "Who may object to a verdict, and who rules.",
        [
            .must("by", "The side that may object.", .side),
            .must("within", "For how long.", .duration),
            .must("arbiter", "Who rules.", .party),
            .must("ruling_within", "How soon.", .duration),
        ])
}
