internal import Vocabulary

// What `Reading/CompanySections.swift` and `CalendarReader.swift` read, and the whole they are part of.

extension SectionShape {
    static let agreement = SectionShape(
        "agreement", "An agreement between marketing and sales: what is promised, to whom, and what follows.",
        [
            .may(
                "interlock", "The version of the language.",
                Shape.text("version", "The version of the agreement language.", .version, ["1"])),
            .must("company", "The company's name.", .anything),
            .may("timezone", "The company's own time zone.", .zone, unless: Defaults.timezone),
            .may("calendars", "Business hours and holidays, by a name of your own.", .named(.calendars)),
            .may("history", "What counts of the time before go-live.", .keys(.history)),
            .may("currencies", "What amounts are added up in, and at which rates.", .keys(.currencies)),
            .may(
                "effective", "In force from this day, or from the last signature if that is later. Never retroactive.",
                .date),
            .may("starts", "Go-live: nothing that happened before is sent, routed or escalated.", .date),
            .may("parties", "The person who speaks, and signs, for each.", .keys(.parties)),
            .may("mission", "What each team is for, set by the executive.", .keys(.mission)),
            .may(
                "responsibilities", "One owning side and a deputy for each process, system, data set or decision.",
                .named(NamesShape(.keys(.responsibility), like: ["reports"]))),
            .may("delegated", "Company facts that a side may change without new signatures.", .keys(.delegated)),
            .may("visibility", "Who sees numbers about single people.", .keys(.visibility)),
            .may("ignore", "What is kept and shown, but never scored or counted.", .keys(.ignored)),
            .may(
                "teams", "People who take work in turn, by the team's name.",
                .named(NamesShape(.keys(.team), like: ["dach"]))),
            .may(
                "fields", "The golden record: its fields, and who answers for each.",
                .named(NamesShape(.keys(.field), like: ["email", "job_level"]))),
            .may("deals", "What the CRM's own words mean here.", .keys(.deals)),
            .may(
                "activities", "Names for what happens, from any source.",
                .named(NamesShape(.happening, like: ["webinar"]))),
            .may(
                "journey", "The steps of the buyer's way, in the company's own words.",
                .named(NamesShape(.keys(.journeyStep), like: ["consideration"]))),
            .may("scoring", "Who fits, and who is interested.", .keys(.scoring)),
            .must(
                "stages", "The way to a customer, in the company's own order and names.",
                .named(NamesShape(.keys(.stage), like: ["lead", "mql"]))),
            .may(
                "detours", "The only ways back and out.", .named(NamesShape(.keys(.detour), like: ["nurture"]))),
            .may("verdicts", "What the receiver's answer to a hand-over leads to.", .keys(.verdicts)),
            .may("promises", "Service levels in both directions.", .keys(.promises)),
            .may("routing", "Who gets a hand-over.", .keys(.routing)),
            .may("consent", "Who may be contacted, what for and how.", .keys(.consent)),
            .may("quotas", "A table of rep, period, amount and currency.", .file),
            .may("targets", "The named accounts both sides work on.", .keys(.targets)),
            .may("pipeline", "Which deals count, for how much, and how much is enough.", .keys(.pipelineCounts)),
            .may("plan", "The assumptions that the numbers promised rest on.", .keys(.plan)),
            .may("attribution", "How a won deal is shared out among what led to it.", .keys(.attribution)),
            .may("alerts", "What somebody is told at once. Each rep may also keep own ones.", .list(.keys(.alert))),
            .may("requests", "What one side asks of the other, and when it is answered.", .keys(.requests)),
            .may("fiscal_year", "When the company's year begins, and what it is called.", .keys(.fiscalYear)),
            .may("review_by", "By this day both sides look at the agreement again.", .date),
            .may(
                "entry_points", "The ways in for data, and what may be written through each.",
                .named(NamesShape(.keys(.entryPoint), like: ["website_form"]))),
            .may(
                "on_change", "What becomes of those who would newly enter a stage when a version takes force.",
                .onChange,
                unless: Defaults.onChange),
            .may(
                "work_order", "What a rep's list is sorted by, most important first.", .workOrder,
                unless: Defaults.workOrder),
            .may(
                "check_ins", "When both sides look at the numbers together.",
                .named(NamesShape(.keys(.checkIn), like: ["weekly"]))),
        ])

    static let history = SectionShape(
        "history", "What counts of the time before go-live.",
        [
            .may(
                "stages_from", "Systems whose claims about stages count before go-live.", .list(.anything),
                unless: Defaults.stagesFrom),
            .may(
                "act_within", "How old a hand-over may be when it is learned of and still be acted on.",
                .physicalDuration, unless: Defaults.actWithin),
        ])

    static let currencies = SectionShape(
        "currencies", "What amounts are added up in, and at which rates.",
        [
            .may("base", "The currency everything is added up in.", .currency, unless: Defaults.currency),
            .may("rates", "A table of month, currency and units for one of the base currency.", .rateFile),
            .may(
                "at", "Which day's rate converts a deal.",
                Shape.text(
                    "rate_instant", "A day whose rate applies.", Shape.choices(RateInstant.self), ["close month"]),
                unless: Defaults.rateInstant),
        ])

    static let fiscalYear = SectionShape(
        "fiscal_year", "The company's own year.",
        [
            .may("starts", "The month it starts with.", .month),
            .may(
                "named_by", "Whether the year is named by the calendar year it starts or ends in.",
                Shape.text("year_end", "An end of the year.", .oneOf(["start", "end"]), ["end"])),
        ])

    static let parties = SectionShape(
        "parties", "The person who speaks, and signs, for each.",
        [
            .may("marketing", "For marketing.", .mail),
            .may("sales", "For sales.", .mail),
            .may("operations", "For operations, which rules when the two disagree.", .mail),
            .may("executive", "Who sets the mission.", .mail),
        ])
}

extension Shape {
    static let rateFile = text(
        "rate_file",
        "A table beside the agreement: month, currency, and the units that one of the base currency is worth.",
        .file, ["rates.csv"])
    static let onChange = text(
        "on_change", "What becomes of those who would newly enter.",
        .matching("^(wait( for next activity)?|enter|enter at most [1-9][0-9]* per day)$"),
        ["wait for next activity", "enter", "enter at most 20 per day"])
}

// The mission, and who answers for what.

extension SectionShape {
    static let mission = SectionShape(
        "mission", "What each team is for, set by the executive.",
        [
            .may("marketing", "What marketing is held to.", .aim, unless: Defaults.aim),
            .may("sales", "What sales is for, in your own words.", .anything),
            .may(
                "then", "The next aim, proposed once promises have been kept so long.",
                .named(
                    NamesShape(matching: "^(\(Aim.names.joined(separator: "|")))$", .nextAim, like: ["create_revenue"]))
            ),
            .may("boundaries", "What must never be done.", .list(.keys(.boundary))),
        ])

    static let boundary = SectionShape(
        "boundary", "What must never be done.",
        [
            .must(
                "never", "An act, where, and a condition; anything else is kept in words and listed as unmeasured.",
                Shape.text("limit", "What must never be done.", .text, ["sales call where account has open deal"])),
            .may(
                "without", "Whose consent lifts it.",
                Shape.text(
                    "boundary_keeper", "Somebody who can lift a boundary.", Shape.choices(BoundaryKeeper.self),
                    ["owner"]
                )),
        ])

    static let responsibility = SectionShape(
        "responsibility", "A process, system, data set or decision.",
        [.must("side", "Who owns it.", .side), .may("deputy", "Who stands in.", .side)])

    static let delegated = SectionShape(
        "delegated", "Company facts that a side may change without new signatures.",
        Delegable.allCases.map { .may($0.rawValue, "Which side may change \($0.rawValue).", .side) })

    static let visibility = SectionShape(
        "visibility", "Who sees numbers about single people.",
        [
            .may(
                "rep_numbers", "Who sees a rep's numbers.",
                .list(
                    Shape.text(
                        "viewer", "Somebody who may see numbers.", Shape.choices(Viewer.self), ["self", "manager"])),
                unless: Defaults.repNumbers)
        ])

    static let ignored = SectionShape(
        "ignored", "What is kept and shown, but never scored or counted.",
        [
            .may(
                "domains", "The company's own and its competitors' domains.", .list(.domain), unless: Defaults.domains),
            .may("machine", "What gives a machine away.", .list(.machineSign), unless: Defaults.machine),
        ])
}

extension Shape {
    static let aim = text("aim", "An aim of marketing.", .oneOf(Aim.names), ["fill_pipeline"])
    static let nextAim = text(
        "next_aim", "After which promises of marketing have been kept, and for how long.",
        .matching(
            "^after (\(promises))( and (\(promises)))* kept ([1-9][0-9]?|100) \(Pattern.period)s?$"),
        ["after deliver and coverage kept 3 quarters"])
    private static let promises = SectionShape.marketingPromises.names.joined(separator: "|")
    static let machineSign = text(
        "machine_sign", "What gives a machine away.",
        .matching("^(opens by privacy proxy|clicks within [1-9][0-9]{0,3} (s|seconds?) of delivery)$"),
        ["clicks within 5 s of delivery", "opens by privacy proxy"])
}

extension Aim {
    static let names = allCases.map(\.rawValue)
}

// Calendars.

extension NamesShape {
    static let calendars = NamesShape(.keys(.calendar), like: ["munich"])
}

extension SectionShape {
    static let calendar = SectionShape(
        "calendar", "When people work.",
        [
            .may("timezone", "Where its hours hold; the company's zone unless stated.", .zone),
            .must(
                "hours", "Days, or ranges of days, and their hours.",
                .named(
                    NamesShape(
                        matching: "^\(Pattern.weekday)(-\(Pattern.weekday))?$", .dayHours, like: ["mon-thu", "fri"]))
            ),
            .may(
                "holidays", "An iCalendar file beside the agreement, or a list of dates.",
                .either([.list(.date), Shape.holidayFile])),
            .may(
                "exceptions", "Days with hours of their own.",
                .named(NamesShape(matching: "^\(Pattern.date)$", .dayHours, like: ["2026-12-31"]))),
        ])
}

extension Shape {
    static let dayHours = Shape.either([
        .list(.hours), text("closed", "No hours.", .oneOf(["closed"]), ["closed"]),
    ])
    static let holidayFile = text(
        "holiday_file", "An iCalendar file beside the agreement.", .file,
        ["holidays/de-by.ics"])
}
