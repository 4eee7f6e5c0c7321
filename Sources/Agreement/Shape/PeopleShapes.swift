internal import Vocabulary

// What `Reading/PeopleSections.swift` reads.

extension SectionShape {
    static let team = SectionShape(
        "team", "People who take work in turn.",
        [
            .may("manager", "Who is told when a promise is broken.", .mail),
            .may("calendar", "When the team works: a calendar of this agreement.", .calendarName),
            .may("reps", "Those who receive hand-overs.", .list(.keys(.rep))),
        ])

    static let rep = SectionShape(
        "rep", "Somebody who receives hand-overs.",
        [
            .must("email", "Who it is.", .mail),
            .may("weight", "The share of the work relative to a weight of 1.", .number, unless: Defaults.weight),
            .may("capacity", "How much at most; without it, any number.", .volume),
            .may(
                "quota", "What the rep is to sell, by fiscal period.",
                .named(NamesShape(matching: Pattern.fiscalPeriod, .money, like: ["2026-Q1"]))),
            .may("away", "Days off.", .list(.days), unless: Defaults.away),
            .may("since", "The first day.", .date),
            .may("until", "The last day.", .date),
            .may(
                "ramp", "The share of the capacity in the first months, in order.",
                .named(NamesShape(matching: "^month [1-9][0-9]*$", .share, like: ["month 1", "month 2"]))),
        ])

    static let field = SectionShape(
        "field", "A field of the golden record.",
        [
            .must(
                "type", "What values it holds, and so what conditions may ask of it.",
                Shape.text("field_type", "A type of field.", .oneOf(FieldType.names), ["choice"])),
            .may("of", "The values of a choice.", .list(.anything)),
            .may(
                "aliases", "Other spellings of a choice's values.",
                .named(
                    NamesShape(
                        Shape.text("choice_value", "A value of the choice.", .anything, ["Northwind Instruments"]),
                        like: ["NI"]))),
            .may(
                "personal",
                "Whether it names a human being and is erasable; by default, where it is an email or phone.",
                .flag),
            .may("owner", "The side that answers for it.", .side),
            .may("required_at", "The stage from which on it must be filled.", .stageName),
            .may("write_once", "Whether the first value stays.", .flag, unless: Defaults.isWriteOnce),
        ])

    static let entryPoint = SectionShape(
        "entry_point", "A way in for data.",
        [
            .must("may_write", "The fields that may be written through it.", .list(.fieldName)),
            .may(
                "quarantine", "Until when persons that come this way are held back.",
                Shape.text(
                    "quarantine", "An end of a quarantine.", Shape.choices(Quarantine.self),
                    ["until consent basis is shown"])),
        ])
}
