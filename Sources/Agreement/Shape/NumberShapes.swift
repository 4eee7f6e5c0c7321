internal import Vocabulary

// What `Reading/NumberSections.swift` reads.

extension SectionShape {
    static let pipelineCounts = SectionShape(
        "pipeline_counts", "Which deals count, for how much, and how much is enough.",
        [
            .may("counts", "Which deals count.", .dealCondition, unless: Defaults.pipelineCounts),
            .may("value", "What a deal is worth.", .dealValue, unless: Defaults.pipelineValue),
            .may("coverage", "How much is enough.", .keys(.coverage)),
        ])

    static let coverage = SectionShape(
        "coverage", "How much pipeline is enough.",
        [
            .may("at", "When it is looked at.", .periodPoint, unless: Defaults.coverageAt),
            .may(
                "against", "What it is a multiple of.",
                Shape.text(
                    "coverage_base", "What it is measured against.", Shape.choices(CoverageBase.self),
                    ["remaining quota"]), unless: Defaults.coverageBase),
            .must("multiple", "The multiple.", .positive),
            .may(
                "exceptions", "Teams with a multiple of their own.",
                .named(NamesShape(matching: "^team +.+$", .positive, like: ["team dach"]))),
        ])

    static let plan = SectionShape(
        "plan", "The assumptions that the numbers promised rest on. From each stage to the next: lead_to_mql.",
        [
            .may("visitors", "How many visitors.", .segmented(.volume)),
            .may("win_rate", "The share of deals that are won.", .segmented(.share)),
            .may("average_sale", "What a won deal is worth.", .segmented(.money)),
            .may("sales_cycle", "From a deal's opening to its end.", .segmented(.physicalDuration)),
            .may("alarm", "When an assumption is said to be broken.", .keys(.alarm)),
        ], others: NamesShape(matching: "^.+_to_.+$", .segmented(.share), like: ["lead_to_mql"]))

    static let alarm = SectionShape(
        "alarm", "When an assumption is said to be broken.",
        [
            .may("tolerance", "Deviations up to this are none.", .share, unless: Defaults.tolerance),
            .may(
                "false_alarms", "The chance of any false alarm in a year, over all assumptions.", .sharePerYear,
                unless: Defaults.falseAlarms),
        ])

    static let attribution = SectionShape(
        "attribution", "How a won deal is shared out among what led to it.",
        [
            .may("models", "The ways it is computed.", .list(.attributionModel), unless: Defaults.models),
            .may("primary", "The one of them that counts.", .attributionModel, unless: Defaults.primaryModel),
            .may(
                "window", "What lies further back has no part in it.", .physicalDuration,
                unless: Defaults.attributionWindow),
        ])
}

extension Shape {
    static let attributionModel = text(
        "attribution_model", "A way of sharing out.", choices(AttributionModel.self), ["w_shaped"])
}

// What people are told, asked and invited to.

extension SectionShape {
    static let alert = SectionShape(
        "alert", "What somebody is told at once.",
        [
            .must("when", "What it is about.", .condition),
            .must(
                "tell", "Who is told.",
                .either([
                    Shape.text(
                        "alert_receiver", "Somebody who can be told.",
                        .oneOf(["owner", "manager"] + Party.allCases.map(\.rawValue)), ["owner"]), .mail,
                ])),
            .must("within", "How soon.", .duration),
            .may("at_most", "How often.", .volume),
        ])

    static let requests = SectionShape(
        "requests", "What one side asks of the other.",
        [
            .must("between", "The sides.", .list(.side)),
            .must("answer_within", "How soon it is answered.", .duration),
        ])

    static let checkIn = SectionShape(
        "check_in", "When both sides look at the numbers together.",
        [
            .must(
                "every", "A weekday and a time, or the first such day of a month or quarter.",
                Shape.text(
                    "rhythm", "When to meet, in the company's zone.",
                    .matching(
                        "^(\(Pattern.weekday)|first \(Pattern.weekday) of (month|quarter|week)) \(Pattern.time)$"),
                    ["monday 09:30", "first monday of month 09:30"])),
            .must("with", "Who is there.", .list(.party)),
        ])
}
