internal import Findings
internal import Vocabulary

// teams, quotas, fields, entry_points.

extension AgreementReader {
    mutating func teams(_ root: Section) -> [Team] {
        named(root["teams"], "the list of teams", example: "dach: {calendar: munich}").map { entry in
            let section = section(
                entry.value, "teams.\(entry.key)", in: "a team", keys: SectionShape.team.names,
                beside: entry.keySyntax, standing: standing(.teams), example: "dach: {calendar: munich, reps: []}")
            return Team(
                name: entry.key,
                manager: optional(section, "manager") { $0.mail($1) },
                calendar: optional(section, "calendar") {
                    $0.reference($1, to: "a calendar", among: $0.calendarNames)
                },
                reps: reps(section))
        }
    }

    private mutating func reps(_ team: Section) -> [Rep] {
        var seen: Set<String> = []
        return members(team["reps"]).enumerated().map { number, syntax in
            let email = syntax["email"]?.text ?? String(number + 1)
            if !seen.insert(email).inserted {
                noteTwice(email, at: syntax["email"] ?? syntax)
            }
            return rep(syntax, "\(team.address).reps.\(email)")
        }
    }

    private mutating func rep(_ syntax: Syntax, _ address: String) -> Rep {
        let section = section(
            syntax, address, in: "a rep",
            keys: SectionShape.rep.names, beside: syntax,
            standing: standing(.teams), example: "{email: jonas@northwind.example, capacity: 60 per month}")
        return Rep(
            email: required(section, "email", MailAddress(""), example: "email: jonas@northwind.example") {
                $0.mail($1)
            },
            weight: clause(section, "weight", unless: Defaults.weight) { $0.positiveNumber($1) },
            capacity: optional(section, "capacity") { $0.volume($1) },
            quotas: quotas(section),
            away: clause(section, "away", unless: Defaults.away) { $0.list($1) { $0.dateSpan($1) } },
            since: optional(section, "since") { $0.date($1) },
            until: optional(section, "until") { $0.date($1) },
            ramp: optional(section, "ramp") { $0.ramp($1) })
    }

    /// Those of the agreement, then those of the table beside it.
    private mutating func quotas(_ rep: Section) -> [Quota] {
        let own = ownQuotas(rep)
        let address = rep["email"]?.text.flatMap(MailAddress.init(checking:))
        let included = includedQuotas.filter { $0.rep == address }
        for quota in included where own.contains(where: { $0.period == quota.period }) {
            noteTwice(quota.period.description, at: rep["quota"] ?? rep.syntax)
        }
        return own
            + included.map { quota in
                let address = "\(rep.address).quota.\(quota.period)"
                return Quota(
                    period: quota.period,
                    amount: record(quota.amount, address, in: quota.place, standing(.quotas)))
            }
    }

    private mutating func ownQuotas(_ rep: Section) -> [Quota] {
        guard let syntax = rep["quota"] else { return [] }
        return (mapping(syntax, "the quota", example: "quota: {2026-Q1: 400k EUR}") ?? []).compactMap { entry in
            guard let period = FiscalPeriod(text: entry.key) else {
                return bad(
                    .badValue, entry.keySyntax, "\"\(entry.key)\" is not a fiscal period.",
                    "Write a year, a quarter or a month of the fiscal year.", "2026-Q1")
            }
            return money(entry.value).map {
                Quota(
                    period: period,
                    amount: record($0, "\(rep.address).quota.\(period)", entry.value, standing(.quotas)))
            }
        }
    }

    /// `2026-02-09..2026-02-20`, or one day.
    private mutating func dateSpan(_ syntax: Syntax) -> DateSpan? {
        guard let written = plainText(syntax, "days") else { return nil }
        let ends = written.replacing("..", with: " ").split(separator: " ").map(String.init)
        guard (1...2).contains(ends.count), let first = date(ends[0], at: syntax),
            let last = date(ends[ends.count - 1], at: syntax)
        else {
            return (1...2).contains(ends.count)
                ? nil
                : bad(
                    .badDate, syntax, "\"\(written)\" is not a span of days.", "Write both ends.",
                    "2026-02-09..2026-02-20")
        }
        if first <= last { return DateSpan(first, through: last) }
        return bad(.badDate, syntax, "\(first) comes after \(last).", "Put the first day first.", "\(last)..\(first)")
    }

    /// `{month 1: 25%, month 2: 60%}`.
    private mutating func ramp(_ syntax: Syntax) -> Ramp? {
        let example = "ramp: {month 1: 25%, month 2: 60%}"
        guard let entries = mapping(syntax, "the ramp", example: example) else { return nil }
        var shares: [Share] = []
        for (number, entry) in entries.enumerated() {
            guard entry.key == "month \(number + 1)" else {
                return bad(
                    .badValue, entry.keySyntax, "Month \(number + 1) is expected here.", "Name the months in order.",
                    example)
            }
            guard let share = share(entry.value) else { return nil }
            shares.append(share)
        }
        return Ramp(shares: shares)
    }

    mutating func noteTwice(_ name: String, at syntax: Syntax) {
        note(
            .nameTwice, at: syntax, "\"\(name)\" is there already.", remedy: "Keep one of them, or choose another name."
        )
    }
}

// The golden record.

extension AgreementReader {
    mutating func fields(_ root: Section) -> [Field] {
        let entries = namedForConditions(
            root["fields"], "the list of fields", taken: names.builtInTerms, example: "country: {type: country}")
        return entries.map { entry in
            let section = section(
                entry.value, "fields.\(entry.key)", in: "a field",
                keys: SectionShape.field.names,
                beside: entry.keySyntax, example: "country: {type: country, owner: marketing}")
            let type = required(section, "type", .text, example: "type: text") {
                $0.fieldType($1, choices: section["of"])
            }
            return Field(
                name: entry.key, type: type,
                isPersonal: clause(section, "personal", unless: Defaults.isPersonal(type.value)) { $0.flag($1) },
                owner: optional(section, "owner") { $0.side($1) },
                requiredAt: optional(section, "required_at") { $0.stage($1) },
                isWriteOnce: clause(section, "write_once", unless: Defaults.isWriteOnce) { $0.flag($1) },
                aliases: clause(section, "aliases", unless: Defaults.aliases) { $0.aliases($1, of: type.value) })
        }
    }

    private mutating func fieldType(_ syntax: Syntax, choices: Syntax?) -> FieldType? {
        guard let name = name(syntax, "a type of field", among: FieldType.names) else { return nil }
        let values = choices.flatMap { list($0) { $0.words($1) } } ?? []
        if name == "choice", values.isEmpty, choices == nil {
            return bad(
                .missingKey, syntax, "A choice needs its values.", "List them under of.",
                "{type: choice, of: [c_level, vp, director]}")
        }
        if name != "choice", let choices {
            return bad(.typeMismatch, choices, "Only a choice has values.", "Leave out of, or write type: choice.")
        }
        return FieldType(name: name, choices: values)
    }

    private mutating func aliases(_ syntax: Syntax, of type: FieldType) -> [ChoiceAlias]? {
        guard case .choice(let values) = type else {
            return bad(.typeMismatch, syntax, "Only a choice has aliases.", "Leave them out, or write type: choice.")
        }
        guard let entries = mapping(syntax, "the list of aliases", example: "aliases: {CEO: c_level}") else {
            return nil
        }
        return entries.compactMap { entry in
            name(entry.value, "a value of the choice", among: values).map {
                ChoiceAlias(written: entry.key, means: $0)
            }
        }.sorted { $0.written < $1.written }
    }

    mutating func entryPoints(_ root: Section) -> [EntryPoint] {
        let fieldNames = names.fields.map(\.name)
        return named(root["entry_points"], "the list of entry points", example: "crm: {may_write: [company]}").map {
            let section = section(
                $0.value, "entry_points.\($0.key)", in: "an entry point", keys: SectionShape.entryPoint.names,
                beside: $0.keySyntax, example: "crm: {may_write: [company]}")
            return EntryPoint(
                name: $0.key,
                mayWrite: required(section, "may_write", [], example: "may_write: [email]") {
                    $0.list($1) { $0.reference($1, to: "a field", among: fieldNames) }
                },
                quarantine: optional(section, "quarantine") { $0.choice($1, "an end of a quarantine") })
        }
    }
}
