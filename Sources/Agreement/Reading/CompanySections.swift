internal import Findings
internal import Vocabulary

// company, timezone, currencies, fiscal_year, effective, review_by, starts, history, parties, mission, responsibilities,
// delegated, visibility, ignore.

extension AgreementReader {
    mutating func company(_ root: Section) -> Company {
        Company(
            name: required(root, "company", "", example: "company: Northwind Instruments") {
                $0.plainText($1, "the name of the company")
            },
            timezone: clause(root, "timezone", unless: Defaults.timezone) { $0.zone($1)?.name },
            currencies: currencies(root),
            fiscalYear: clause(root, "fiscal_year", unless: Defaults.fiscalYear) { $0.fiscalYear($1) },
            effective: optional(root, "effective") { $0.date($1) },
            reviewBy: optional(root, "review_by") { $0.date($1) },
            starts: optional(root, "starts") { $0.date($1) },
            history: history(root))
    }

    private mutating func currencies(_ root: Section) -> Currencies {
        let section = section(
            root["currencies"], "currencies", in: "the clause about currencies", keys: SectionShape.currencies.names,
            beside: root.syntax, standing: standing(.rates), example: "currencies: {base: EUR}")
        let base = record(
            section["base"].flatMap { currency($0) } ?? Defaults.currency, "currencies.base",
            section["base"] ?? section.syntax, isDefault: section["base"] == nil)
        let at = record(
            section["at"].flatMap { choice($0, "a day whose rate applies") } ?? Defaults.rateInstant, "currencies.at",
            section["at"] ?? section.syntax, isDefault: section["at"] == nil)
        return Currencies(base: base, rates: optional(section, "rates") { $0.rates($1, base: base.value) }, at: at)
    }

    private mutating func currency(_ syntax: Syntax) -> Currency? {
        guard let written = plainText(syntax, "a currency") else { return nil }
        if let currency = Currency(code: written) { return currency }
        return bad(
            .badValue, syntax, "There is no currency \"\(written)\".", oneOf: Currency.all.map(\.code), written)
    }

    private mutating func fiscalYear(_ syntax: Syntax) -> FiscalYear? {
        let values = section(
            syntax, "fiscal_year", in: "the fiscal year", keys: SectionShape.fiscalYear.names, beside: syntax,
            example: "fiscal_year: {starts: february, named_by: end}")
        var month = 1
        if let starts = values["starts"] {
            let name = name(starts, "a month", among: FiscalYear.monthNames) ?? "january"
            month = 1 + (FiscalYear.monthNames.firstIndex(of: name) ?? 0)
        }
        var naming = FiscalCalendar.Naming.start
        if let namedBy = values["named_by"],
            name(namedBy, "an end of the year", among: ["start", "end"]) == "end"
        {
            naming = .end
        }
        return FiscalCalendar(startsMonth: month, namedBy: naming).map(FiscalYear.init)
    }

    private mutating func history(_ root: Section) -> History {
        let section = section(
            root["history"], "history", in: "the clause about history", keys: SectionShape.history.names,
            beside: root.syntax, example: "history: {stages_from: [salesforce], act_within: 3 days}")
        return History(
            stagesFrom: clause(section, "stages_from", unless: Defaults.stagesFrom) { $0.list($1) { $0.words($1) } },
            actWithin: clause(section, "act_within", unless: Defaults.actWithin) { $0.physicalDuration($1) })
    }

    mutating func parties(_ root: Section) -> Parties {
        let section = section(
            root["parties"], "parties", in: "the list of parties", keys: SectionShape.parties.names,
            beside: root.syntax, example: "parties: {marketing: maria@northwind.example}")
        return Parties(
            executive: optional(section, "executive") { $0.mail($1) },
            marketing: optional(section, "marketing") { $0.mail($1) },
            sales: optional(section, "sales") { $0.mail($1) },
            operations: optional(section, "operations") { $0.mail($1) })
    }
}

// Mission.

extension AgreementReader {
    mutating func mission(_ root: Section) -> Mission {
        let section = section(
            root["mission"], "mission", in: "the mission", keys: SectionShape.mission.names,
            beside: root.syntax, example: "mission: {marketing: fill_pipeline}")
        return Mission(
            marketing: clause(section, "marketing", unless: Defaults.aim) { $0.choice($1, "an aim of marketing") },
            sales: optional(section, "sales") { $0.words($1) },
            then: optional(section, "then") { $0.nextAim($1) },
            boundaries: members(section["boundaries"]).enumerated().map {
                boundary($0.element, "mission.boundaries.\($0.offset + 1)")
            })
    }

    /// `{create_revenue: after deliver and coverage kept 3 quarters}`.
    private mutating func nextAim(_ syntax: Syntax) -> NextAim? {
        let example = "then: {create_revenue: after deliver and coverage kept 3 quarters}"
        guard let entry = mapping(syntax, "the next aim", example: example)?.first,
            let aim: Aim = choice(entry.keySyntax, "an aim of marketing"),
            let written = plainText(entry.value, "when it is proposed")
        else { return nil }
        if let next = nextAim(aim, written.split(separator: " ").map { String($0).lowercased() }) { return next }
        return bad(
            .badValue, entry.value, "\"\(written)\" does not say after what.",
            "Write after, promises of marketing joined by and, kept, and for how long.", example)
    }

    private func nextAim(_ aim: Aim, _ words: [String]) -> NextAim? {
        guard words.first == "after", let kept = words.firstIndex(of: "kept"), kept > 1, words.count == kept + 3,
            let count = Int(words[kept + 1]), (1...100) ~= count,
            let period = Period.allCases.first(where: { [$0.rawValue, $0.rawValue + "s"].contains(words[kept + 2]) })
        else { return nil }
        let promises = words[1..<kept].enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
        let joints = words[1..<kept].enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
        let isWellJoined = joints.allSatisfy { $0 == "and" } && promises.count == joints.count + 1
        guard isWellJoined, promises.allSatisfy(SectionShape.marketingPromises.names.contains) else { return nil }
        return NextAim(aim: aim, promises: promises, count: count, period: period)
    }

    private mutating func boundary(_ syntax: Syntax, _ address: String) -> Boundary {
        let section = section(
            syntax, address, in: "a boundary", keys: SectionShape.boundary.names, beside: syntax,
            example: "{never: \"sales call where account has open deal\", without: owner}")
        return Boundary(
            address: address,
            never: required(section, "never", .unmeasured(""), example: "never: marketing mass mail where …") {
                $0.limit($1)
            },
            without: optional(section, "without") { $0.choice($1, "somebody who can lift a boundary") })
    }

    /// An act, `where` and a condition; anything else is kept in words and listed as unmeasured.
    private mutating func limit(_ syntax: Syntax) -> Limit? {
        guard let written = plainText(syntax, "what must never be done") else { return nil }
        guard let act = Limit.Act.allCases.first(where: { written.lowercased().hasPrefix($0.rawValue + " where ") })
        else { return unmeasured(written, syntax) }
        let offset = act.rawValue.utf8.count + " where ".utf8.count
        let condition = String(decoding: written.utf8.dropFirst(offset), as: UTF8.self)
        return checked(ConditionCheck.condition(condition, .person, names), syntax, written, offset: offset)
            .map { .measured(act, where: $0) }
    }

    /// What is only misspelt is meant to be measured.
    private mutating func unmeasured(_ written: String, _ syntax: Syntax) -> Limit? {
        let acts = Limit.Act.allCases.map(\.rawValue)
        if let act = acts.first(where: { written.lowercased().hasPrefix($0 + " ") }) {
            let next = written.dropFirst(act.count).split(separator: " ").first ?? ""
            guard nearestName(to: String(next), among: ["where"]) != nil else { return .unmeasured(written) }
            return bad(
                .badCondition, syntax, "\"\(next)\" stands where a condition could begin.", "Did you mean where?",
                "never: \(act) where account has open deal")
        }
        guard let condition = written.firstRange(of: " where "),
            let act = nearestName(to: String(written[..<condition.lowerBound]), among: acts)
        else { return .unmeasured(written) }
        return bad(
            .unknownName, syntax, "\"\(written[..<condition.lowerBound])\" is no act that can be measured.",
            "Did you mean \(act)?")
    }
}

// Who answers for what.

extension AgreementReader {
    mutating func responsibilities(_ root: Section) -> [Responsibility] {
        named(root["responsibilities"], "the list of responsibilities", example: "reports: {side: operations}").map {
            let section = section(
                $0.value, "responsibilities.\($0.key)", in: "a responsibility", keys: SectionShape.responsibility.names,
                beside: $0.keySyntax, example: "{side: marketing, deputy: operations}")
            return Responsibility(
                name: $0.key,
                side: required(section, "side", .marketing, example: "side: marketing") { $0.side($1) },
                deputy: optional(section, "deputy") { $0.side($1) })
        }
    }

    /// Read before everything else, since it decides what is signed.
    mutating func delegations(_ root: Section) -> [Delegation] {
        let section = section(
            root["delegated"], "delegated", in: "the list of delegated facts", keys: SectionShape.delegated.names,
            beside: root.syntax, example: "delegated: {teams: sales}")
        return Delegable.allCases.compactMap { what in
            optional(section, what.rawValue) { $0.side($1) }.map { Delegation(what: what, to: $0) }
        }
    }

    mutating func visibility(_ root: Section) -> Visibility {
        let section = section(
            root["visibility"], "visibility", in: "the clause about visibility", keys: SectionShape.visibility.names,
            beside: root.syntax, example: "visibility: {rep_numbers: [self, manager]}")
        return Visibility(
            repNumbers: clause(section, "rep_numbers", unless: Defaults.repNumbers) {
                $0.list($1) { $0.choice($1, "somebody who may see numbers") }
            })
    }

    mutating func ignored(_ root: Section) -> Ignored {
        let section = section(
            root["ignore"], "ignore", in: "the clause about what to ignore", keys: SectionShape.ignored.names,
            beside: root.syntax, example: "ignore: {domains: [northwind.example]}")
        return Ignored(
            domains: clause(section, "domains", unless: Defaults.domains) { $0.list($1) { $0.domain($1) } },
            machine: clause(section, "machine", unless: Defaults.machine) { $0.list($1) { $0.machineSign($1) } })
    }

    private mutating func domain(_ syntax: Syntax) -> String? {
        guard let written = plainText(syntax, "a domain") else { return nil }
        if MailAddress(checking: "x@" + written) != nil { return written.lowercased() }
        return bad(.badValue, syntax, "\"\(written)\" is not a domain.", "Write it without www.", "northwind.example")
    }

    /// `clicks within 5 s of delivery`, `opens by privacy proxy`.
    private mutating func machineSign(_ syntax: Syntax) -> MachineSign? {
        guard let written = plainText(syntax, "what gives a machine away") else { return nil }
        let words = written.lowercased().split(separator: " ").map(String.init)
        if words.joined(separator: " ") == MachineSign.opensByPrivacyProxy.words { return .opensByPrivacyProxy }
        if words.count == 6, Array(words[..<2]) == ["clicks", "within"], Array(words[4...]) == ["of", "delivery"],
            ["s", "seconds", "second"].contains(words[3]), let seconds = Int(words[2]), (1...3600) ~= seconds
        {
            return .clicksWithin(seconds: seconds)
        }
        return bad(
            .badValue, syntax, "\"\(written)\" is no sign of a machine that can be recognised.",
            "Write one of the two there are.", "[clicks within 5 s of delivery, opens by privacy proxy]")
    }
}
