internal import Vocabulary

// What `Reading/RoutingSections.swift` reads.

extension SectionShape {
    static let routing = SectionShape(
        "routing", "Who gets a hand-over.",
        [
            .may(
                "rules", "In order; the first whose condition holds and that has somebody to take it.",
                .list(.keys(.routingRule))),
            .may("last_resort", "Who gets it where no rule has anybody.", .mail),
            .may(
                "value", "What a lead of a grade counts for in a pool.",
                .named(NamesShape(.positive, like: ["A"]))),
            .may("burst", "Many at once, such as a fair's list.", .keys(.burst)),
        ])

    static let routingRule = SectionShape(
        "routing_rule", "Who gets a hand-over.",
        [
            .may("name", "What the rule is called in explanations; its number where it has none.", .anything),
            .may("when", "Which hand-overs. By default: always.", .routingCondition),
            .must("to", "Who gets them.", .destination),
            .may("in_hours", "Whether only people at work at that instant.", .flag, unless: Defaults.isInHoursOnly),
            .may("fallback", "Who gets them where nobody of those can.", .destination),
        ])

    static let burst = SectionShape(
        "burst", "Many at once, such as a fair's list.",
        [
            .must(
                "over", "How many of one origin are a burst.",
                Shape.text(
                    "burst_size", "A number of one origin for a period.",
                    .matching("^\(Pattern.volume) of one origin$"),
                    ["50 per hour of one origin"])),
            .may(
                "release", "How they are let through.",
                Shape.text("burst_release", "A way of release.", Shape.choices(BurstRelease.self), ["at capacity"]),
                unless: Defaults.burstRelease),
        ])
}

extension Shape {
    static let destination = Shape.either([
        text("owner", "An owner.", .oneOf(["account owner", "its owner"]), ["account owner"]), .teamName, .mail,
    ])
    static let workOrder = text(
        "work_order", "What comes first and what then.", .matching("^\(workKey) first(, then \(workKey))*$"),
        ["due first, then score"])
    private static let workKey = "(\(WorkOrder.Key.allCases.map(\.rawValue).joined(separator: "|")))"
}

// Consent and targets.

extension SectionShape {
    static let consent = SectionShape(
        "consent", "Who may be contacted, what for and how.",
        [
            .may(
                "default", "What holds where no rule says anything.",
                Shape.text("consent_answer", "An answer.", Shape.choices(Consent.Answer.self), ["deny"]),
                unless: Defaults.consent),
            .may(
                "purposes", "What people are contacted for.",
                .named(NamesShape(.keys(.purpose), like: ["marketing_email"]))),
            .may(
                "rules", "In order; the first whose condition holds and that names the purpose decides.",
                .list(.keys(.consentRule))),
            .may(
                "expires", "How long a ground holds, such as inquiry or purchase.",
                .named(NamesShape(.physicalDuration, like: ["inquiry"]))),
            .may("upload", "What gives an uploaded list away, wherever it arrives.", .keys(.upload)),
            .may("contact_hours", "Between when each channel may be used.", .keys(.contactHours)),
        ])

    static let purpose = SectionShape(
        "purpose", "What people are contacted for.", [.must("channel", "How.", .consentChannel)])

    static let consentRule = SectionShape(
        "consent_rule", "What permits each purpose, by the purpose's name.",
        [
            .may("when", "Whom it is about; or otherwise.", .profileCondition),
            .may("otherwise", "True: everybody else.", .flag),
            .may(
                "reply", "How long somebody who asked to be contacted may be answered about it.",
                Shape.text(
                    "reply_time", "How long a request may be answered.",
                    .matching("^request for \(Pattern.physicalDuration)$"), ["request for 30 days"])),
        ],
        others: NamesShape(
            Shape.text("consent_basis", "What permits a purpose.", Shape.choices(ConsentBasis.self), ["opt_in"]),
            like: ["marketing_email"]))

    static let upload = SectionShape(
        "upload", "So many persons made by one user in a time are an upload.",
        [.must("persons", "How many.", .count), .must("within", "Within what time.", .physicalDuration)])

    static let contactHours = SectionShape(
        "contact_hours", "Between when each channel may be used.",
        ConsentChannel.allCases.map {
            .may($0.rawValue, "By \($0.rawValue): between when, and in whose zone.", .localHours)
        }
            + [
                .may(
                    "unknown_zone", "Whose zone applies where the person's is unknown.",
                    Shape.text("unknown_zone", "A zone.", Shape.choices(ContactHours.UnknownZone.self), ["company"]),
                    unless: Defaults.unknownZone)
            ])

    static let targets = SectionShape(
        "targets", "The named accounts both sides work on.",
        [.must("accounts", "A table with a column account_id, domain or both.", .file)])
}

extension Shape {
    static let consentChannel = text("consent_channel", "A channel.", choices(ConsentChannel.self), ["email"])
    static let localHours = text(
        "local_hours", "Opening, closing, and in whose zone.",
        .matching("^\(Pattern.time)-\(Pattern.time) in (\(zonesOf))'s zone$"), ["08:00-20:00 in person's zone"])
    private static let zonesOf = LocalHours.ZoneOf.allCases.map(\.rawValue).joined(separator: "|")
}
