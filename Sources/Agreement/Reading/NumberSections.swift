internal import Findings
internal import Vocabulary

// pipeline, plan, attribution, alerts, requests, check_ins.

extension AgreementReader {
    mutating func pipeline(_ root: Section) -> PipelineCounts {
        let section = section(
            root["pipeline"], "pipeline", in: "the clause about the pipeline", keys: SectionShape.pipelineCounts.names,
            beside: root.syntax, example: "pipeline: {counts: deal is open, value: amount}")
        return PipelineCounts(
            counts: clause(section, "counts", unless: Condition(.dealIsOpen)) { $0.condition($1, .deal) },
            value: clause(section, "value", unless: Term(.deal(.amount), .money)) { $0.dealValue($1) },
            coverage: section["coverage"].map { coverage($0) })
    }

    private mutating func dealValue(_ syntax: Syntax) -> Term? {
        guard let term = term(syntax, .deal) else { return nil }
        if term.type == .money { return term }
        return bad(
            .typeMismatch, syntax, "\(term.text) is no amount of money.", "Write what a deal is worth.", "value: amount"
        )
    }

    private mutating func coverage(_ syntax: Syntax) -> Coverage {
        let section = section(
            syntax, "pipeline.coverage", in: "the coverage", keys: SectionShape.coverage.names,
            beside: syntax, example: "coverage: {multiple: 2.5}")
        return Coverage(
            at: clause(section, "at", unless: Defaults.coverageAt) { $0.periodPoint($1) },
            against: clause(section, "against", unless: Defaults.coverageBase) {
                $0.choice($1, "what it is measured against")
            },
            multiple: required(section, "multiple", Number(1), example: "multiple: 2.5") { $0.positiveNumber($1) },
            exceptions: coverageExceptions(section))
    }

    private mutating func coverageExceptions(_ coverage: Section) -> [Coverage.Exception] {
        guard let syntax = coverage["exceptions"] else { return [] }
        let example = "exceptions: {team international: 3.5}"
        return (mapping(syntax, "the list of exceptions", example: example) ?? []).compactMap { entry in
            guard let team = teamName(entry.key), teamNames.contains(team) else {
                return bad(
                    .unknownName, entry.keySyntax, "\"\(entry.key)\" is not a team.",
                    oneOf: teamNames.map { "team \($0)" }, entry.key)
            }
            return positiveNumber(entry.value).map {
                Coverage.Exception(
                    team: team, multiple: record($0, "pipeline.coverage.exceptions.\(team)", entry.value))
            }
        }
    }

    mutating func plan(_ root: Section) -> Plan {
        let pairs = conversionPairs
        let section = section(
            root["plan"], "plan", in: "the plan",
            keys: SectionShape.plan.names + pairs.map(\.key),
            beside: root.syntax, example: "plan: {visitors: 45000 per month, visitor_to_lead: 2%}")
        return Plan(
            visitors: optionalSegmented(section, "visitors", Volume(1, per: .month)) { $0.volume($1) },
            conversions: pairs.compactMap { pair in
                optionalSegmented(section, pair.key, .whole) { $0.share($1) }.map {
                    Plan.Conversion(from: pair.from, to: pair.to, share: $0)
                }
            },
            winRate: optionalSegmented(section, "win_rate", .whole) { $0.share($1) },
            averageSale: optionalSegmented(section, "average_sale", Money(minorUnits: 0, currency: Defaults.currency)) {
                $0.money($1)
            },
            salesCycle: optionalSegmented(section, "sales_cycle", Defaults.actWithin) { $0.physicalDuration($1) },
            alarm: section["alarm"].map { alarm($0) })
    }

    /// `visitor_to_lead`, `lead_to_mql`, …: from each stage to the next.
    private var conversionPairs: [(key: String, from: String, to: String)] {
        zip(["visitor"] + names.stages, names.stages).map { ("\($0)_to_\($1)", $0, $1) }
    }

    private mutating func alarm(_ syntax: Syntax) -> Plan.Alarm {
        let section = section(
            syntax, "plan.alarm", in: "the alarm", keys: SectionShape.alarm.names, beside: syntax,
            example: "alarm: {tolerance: 10%, false_alarms: 5% per year}")
        return Plan.Alarm(
            tolerance: clause(section, "tolerance", unless: Defaults.tolerance) { $0.share($1) },
            falseAlarms: clause(section, "false_alarms", unless: Defaults.falseAlarms) { $0.sharePerYear($1) })
    }

    /// `5% per year`.
    private mutating func sharePerYear(_ syntax: Syntax) -> Share? {
        guard let written = plainText(syntax, "a share per year") else { return nil }
        if written.lowercased().hasSuffix(" per year"), let share = Share(text: String(written.dropLast(9))),
            share.millionths > 0
        {
            return share
        }
        return bad(
            .badShare, syntax, "\"\(written)\" is not a chance above 0% in a year.", "Write a share, per year.",
            "5% per year")
    }

    mutating func attribution(_ root: Section) -> Attribution {
        let section = section(
            root["attribution"], "attribution", in: "the clause about attribution",
            keys: SectionShape.attribution.names,
            beside: root.syntax, example: "attribution: {models: [first, last], primary: last, window: 180 days}")
        let models = clause(section, "models", unless: Defaults.models) { $0.list($1) { $0.choice($1, "a model") } }
        let standard =
            models.value.contains(Defaults.primaryModel) ? Defaults.primaryModel : models.value.first ?? .last
        return Attribution(
            models: models,
            primary: clause(section, "primary", unless: standard) {
                $0.choice($1, "one of the models", of: models.value)
            },
            window: clause(section, "window", unless: Defaults.attributionWindow) { $0.physicalDuration($1) })
    }
}

// What people are told, asked and invited to.

extension AgreementReader {
    mutating func alerts(_ root: Section) -> [Alert] {
        members(root["alerts"]).enumerated().map { number, syntax in
            let section = section(
                syntax, "alerts.\(number + 1)", in: "an alert", keys: SectionShape.alert.names,
                beside: syntax,
                example: "{when: pricing_visit, tell: owner, within: 5 minutes, at_most: 1 per day}")
            return Alert(
                address: section.address,
                when: required(section, "when", .always, example: "when: pricing_visit") { $0.condition($1, .person) },
                tell: required(section, "tell", .owner, example: "tell: owner") { $0.alertReceiver($1) },
                within: required(section, "within", Defaults.actWithin, example: "within: 5 minutes") {
                    $0.duration($1)
                },
                atMost: optional(section, "at_most") { $0.volume($1) })
        }
    }

    private mutating func alertReceiver(_ syntax: Syntax) -> AlertReceiver? {
        guard let written = plainText(syntax, "who is told") else { return nil }
        switch written.lowercased() {
        case "owner": return .owner
        case "manager": return .manager
        case let word:
            if let party = Party(rawValue: word) { return .side(party) }
            if let address = MailAddress(checking: written) { return .person(address) }
            return bad(
                .badValue, syntax, "\"\(written)\" is nobody who can be told.",
                oneOf: ["owner", "manager"] + Party.allCases.map(\.rawValue), written)
        }
    }

    mutating func requests(_ root: Section) -> Requests? {
        guard let syntax = root["requests"] else { return nil }
        let section = section(
            syntax, "requests", in: "the clause about requests", keys: SectionShape.requests.names, beside: syntax,
            example: "requests: {between: [marketing, sales], answer_within: 3 business days}")
        return Requests(
            between: required(section, "between", [], example: "between: [marketing, sales]") {
                $0.list($1) { $0.side($1) }
            },
            answerWithin: required(
                section, "answer_within", Defaults.actWithin, example: "answer_within: 3 business days"
            ) {
                $0.duration($1)
            })
    }

    mutating func checkIns(_ root: Section) -> [CheckIn] {
        let example = "weekly: {every: monday 09:30, with: [marketing, sales]}"
        let standIn = Rhythm(unit: .week, weekday: .monday, time: .midnight)
        return named(root["check_ins"], "the list of check-ins", example: example).map { entry in
            let section = section(
                entry.value, "check_ins.\(entry.key)", in: "a check-in", keys: SectionShape.checkIn.names,
                beside: entry.keySyntax, example: example)
            return CheckIn(
                name: entry.key,
                every: required(section, "every", standIn, example: "every: monday 09:30") { $0.rhythm($1) },
                with: required(section, "with", [], example: "with: [marketing, sales]") {
                    $0.list($1) { $0.party($1) }
                })
        }
    }

    /// `monday 09:30`, `first monday of month 09:30`.
    private mutating func rhythm(_ syntax: Syntax) -> Rhythm? {
        guard let written = plainText(syntax, "a weekday and a time") else { return nil }
        let words = written.lowercased().split(separator: " ").map(String.init)
        let isWeekly = words.count == 2
        if isWeekly || (words.count == 5 && words[0] == "first" && words[2] == "of"),
            let weekday = Weekday(agreementName: words[isWeekly ? 0 : 1]),
            let time = try? TimeOfDay(text: words[words.count - 1]),
            let unit = isWeekly ? .week : Rhythm.Unit(rawValue: words[3])
        {
            return Rhythm(unit: unit, weekday: weekday, time: time)
        }
        return bad(
            .badValue, syntax, "\"\(written)\" does not say when to meet.",
            "Write a weekday and a time, or the first such day of a month or quarter.", "first monday of month 09:30")
    }
}
