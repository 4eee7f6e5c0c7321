internal import Vocabulary

// The values that occur in many clauses, as `Reading/Values.swift` reads them.

extension Shape {
    static let anything = text("text", "A text.", .anything, ["Northwind Instruments"])
    static let mail = text(
        "mail_address", "A mail address.", .matching(Pattern.mail), ["maria@northwind.example"])
    static let domain = text("domain", "A domain, without www.", .matching(Pattern.domain), ["northwind.example"])
    static let zone = text(
        "time_zone", "A time zone of the IANA database, by continent and city.",
        .matching("^[A-Za-z0-9_][A-Za-z0-9._+-]*(/[A-Za-z0-9_][A-Za-z0-9._+-]*)*$"), ["Europe/Berlin", "Europe/London"])
    static let currency = text(
        "currency", "A currency of ISO 4217.", .oneOf(Currency.all.map(\.code)), ["EUR"])
    static let month = text("month", "A month, in full.", .oneOf(FiscalYear.monthNames), ["february"])
    static let file = text(
        "file", "A file beside the agreement, by its path from there.", .file,
        ["targets.csv"])

    static let side = text("side", "A side.", .oneOf(Party.sides.map(\.rawValue)), ["marketing"])
    static let party = text("party", "Somebody with a part in the agreement.", choices(Party.self), ["executive"])
    static let channel = text("channel", "How a rep reaches somebody.", choices(Channel.self), ["call", "email"])

    static let number = text("number", "A number.", .number, ["4.5"])
    static let points = text("points", "Points, which may be negative.", .number, ["20", "-5"])
    static let count = text("count", "A whole number from 1.", .count, ["6"])
    static let flag = text("flag", "True or false.", .trueOrFalse, ["true"])
    static let share = text("share", "A part of a whole, in percent.", .matching("^\(Pattern.percent)$"), ["70%"])
    static let sharePerYear = text(
        "share_per_year", "A chance in a year.", .matching("^\(Pattern.percent) per year$"), ["5% per year"])
    static let money = text(
        "money", "An amount and its currency; k and m stand for thousands and millions.",
        .matching("^\(Pattern.money)$"),
        ["400k EUR", "48000.50 EUR"])
    static let moneyRate = text(
        "money_per_period", "An amount for a period.", .matching("^\(Pattern.money) per \(Pattern.period)$"),
        ["900k EUR per quarter"])
    static let volume = text(
        "volume", "So many in a period.", .matching("^\(Pattern.volume)$"), ["120 per month", "60 per week"])

    static let date = text("date", "A day: year, month and day.", .matching("^\(Pattern.date)$"), ["2026-02-02"])
    static let days = text(
        "days", "A day, or a first and a last one.", .matching(#"^\#(Pattern.date)(\.\.\#(Pattern.date))?$"#),
        ["2026-02-09..2026-02-20"])
    static let duration = text(
        "duration",
        "A duration. Business time counts in a calendar's working hours; without the word, nights and weekends count.",
        .matching("^\(Pattern.duration)$"), ["1 business hour", "2 business days", "24 hours"])
    static let physicalDuration = text(
        "physical_duration", "A duration in which nights and weekends count.",
        .matching("^\(Pattern.physicalDuration)$"), ["30 days", "10 minutes"])
    static let periodPoint = text(
        "period_point", "The start or the end of a period.",
        .oneOf(PeriodPoint.End.allCases.flatMap { end in Period.allCases.map { PeriodPoint(end, of: $0).words } }),
        ["start of quarter"])
    static let hours = text(
        "hours", "Opening and closing in local time.", .matching("^\(Pattern.block)$"), ["08:30-12:00"])

    static let stageName = text("stage_name", "A stage of this agreement, by name.", .anything, ["mql"])
    static let teamName = text(
        "team_name", "The word team and a team of this agreement, by name.", .matching("^team +.+$"), ["team dach"])
    static let fieldName = text("field_name", "A field of this agreement, by name.", .anything, ["email"])
    static let activityName = text("activity_name", "An activity of this agreement, by name.", .anything, ["webinar"])
    static let calendarName = text("calendar_name", "A calendar of this agreement, by name.", .anything, ["munich"])
    static let detourName = text("detour_name", "A detour of this agreement, by name.", .anything, ["nurture"])

    /// Of a person's history: scores, stages, activities.
    static let condition = text(
        "condition", "A condition about a person, the account and its deals.", .text,
        ["engagement >= 50 and grade in (A, B)", "webinar within 30 days"])
    static let profileCondition = text(
        "profile_condition", "A condition about what somebody is: fields, grades, target accounts.", .text,
        ["country in (DE, AT)", "employees between 200 and 5000"])
    static let routingCondition = text(
        "routing_condition", "A condition about a hand-over: who it is and what the account has.", .text,
        ["account has open deal", "country = DE"])
    static let dealCondition = text(
        "deal_condition", "A condition about a deal.", .text, ["deal is open and amount > 10k EUR"])
    static let dealKindCondition = text(
        "deal_kind_condition", "A condition about a deal as the CRM has it.", .text, ["type = 'New Business'"])
    static let dealValue = text("deal_value", "What a deal is worth.", .text, ["amount"])
    static let happening = text(
        "happening", "Something that happens: an event, a page, a touch, a consent, a deal.", .text,
        ["event = 'Webinar Attended'", "page where path matches '/pricing*'"])

    static func text(_ title: String, _ says: String, _ form: TextShape.Form, _ examples: [String]) -> Shape {
        .text(TextShape(title: title, says: says, form: form, examples: examples))
    }

    static func choices<Value: CaseIterable & RawRepresentable<String>>(_ type: Value.Type) -> TextShape.Form {
        .oneOf(Value.allCases.map(\.rawValue))
    }
}

/// Parts of regular expressions.
enum Pattern {
    static let mail = #"^[^@\s<>()\[\],;:\\"]+@[^@\s<>()\[\],;:\\".]+(\.+[^@\s<>()\[\],;:\\".]+)+$"#
    static let domain = #"^[^@\s<>()\[\],;:\\".]+(\.+[^@\s<>()\[\],;:\\".]+)+$"#
    static let date = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
    static let time = #"[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?"#
    static let block = "\(time) *- *\(time)"
    static let percent = #"[0-9]+(\.[0-9]{1,4})? *%"#
    static let money = #"-?[0-9]+(\.[0-9]+)?[km]? [A-Z]{3}"#
    static let period = "(\(Period.allCases.map(\.rawValue).joined(separator: "|")))"
    static let volume = "[1-9][0-9]* per \(period)"
    static let duration = "[1-9][0-9]* (business (second|minute|hour|day)s?|\(physicalUnit))"
    static let physicalDuration = "[1-9][0-9]* \(physicalUnit)"
    private static let physicalUnit = "(\(Budget.Unit.allCases.map(\.rawValue).joined(separator: "|")))s?"
    static let weekday = "(\(Weekday.agreementNames.joined(separator: "|")))"
    static let fiscalPeriod = "^[0-9]{4}(-Q[1-4]|-M(0[1-9]|1[0-2]))?$"
}
