internal import Findings
internal import Vocabulary

// deals, activities, journey, scoring, stages, detours, on_change, verdicts.

extension AgreementReader {
    mutating func deals(_ root: Section) -> Deals {
        let section = section(
            root["deals"], "deals", in: "the clause about deals", keys: SectionShape.deals.names,
            beside: root.syntax, example: "deals: {pipelines: {new: {open: [Open], won: [Won], lost: [Lost]}}}")
        let kinds = atMost(
            Self.mostStages, named(section["kind"], "the list of kinds", example: "new: type = 'New Business'"),
            "kinds of deals")
        recordOrder(kinds.map(\.key), "deals.kind", section["kind"])
        return Deals(
            pipelines: pipelines(section),
            ignored: clause(section, "ignore", unless: Defaults.ignoredStages) { $0.list($1) { $0.words($1) } },
            kinds: kinds.compactMap { entry in
                condition(entry.value, .dealKind).map {
                    DealKind(name: entry.key, when: record($0, "deals.kind.\(entry.key)", entry.value))
                }
            })
    }

    private mutating func pipelines(_ deals: Section) -> [DealPipeline] {
        let example = "new: {open: [Open], won: [Won], lost: [Lost]}"
        let entries = named(deals["pipelines"], "the list of pipelines", example: example)
        return atMost(Self.mostStages, entries, "pipelines").map { entry in
            let section = section(
                entry.value, "deals.pipelines.\(entry.key)", in: "a pipeline", keys: SectionShape.dealPipeline.names,
                beside: entry.keySyntax, example: example)
            return DealPipeline(
                name: entry.key,
                open: required(section, "open", [], example: "open: [Proposal]") { $0.list($1) { $0.words($1) } },
                won: required(section, "won", [], example: "won: [Closed Won]") { $0.list($1) { $0.words($1) } },
                lost: required(section, "lost", [], example: "lost: [Closed Lost]") { $0.list($1) { $0.words($1) } })
        }
    }

    mutating func activities(_ root: Section) -> [Activity] {
        let example = "pricing_visit: page where path matches '/pricing*'"
        return namedForConditions(root["activities"], "the list of activities", example: example).compactMap { entry in
            happening(entry.value).map {
                Activity(name: entry.key, what: record($0, "activities.\(entry.key)", entry.value))
            }
        }
    }

    mutating func journey(_ root: Section) -> [JourneyStep] {
        let steps = named(root["journey"], "the journey", example: "awareness: {led_by: marketing}")
        recordOrder(steps.map(\.key), "journey", root["journey"])
        return steps.map { entry in
            let section = section(
                entry.value, "journey.\(entry.key)", in: "a step of the journey", keys: SectionShape.journeyStep.names,
                beside: entry.keySyntax, example: "awareness: {led_by: marketing, activities: [ad_click]}")
            return JourneyStep(
                name: entry.key,
                ledBy: required(section, "led_by", .marketing, example: "led_by: marketing") { $0.side($1) },
                activities: required(section, "activities", [], example: "activities: [ad_click]") {
                    $0.list($1) { $0.activity($1) }
                })
        }
    }

    private mutating func activity(_ syntax: Syntax) -> String? {
        reference(syntax, to: "an activity", among: names.activities)
    }
}

// Scoring.

extension AgreementReader {
    mutating func scoring(_ root: Section) -> Scoring {
        let section = section(
            root["scoring"], "scoring", in: "the scoring", keys: SectionShape.scoring.names, beside: root.syntax,
            example: "scoring: {fit: {rules: []}}")
        return Scoring(fit: fit(section), engagement: engagement(section))
    }

    private mutating func fit(_ scoring: Section) -> Fit {
        let section = section(
            scoring["fit"], "scoring.fit", in: "the fit", keys: SectionShape.fit.names, beside: scoring.syntax,
            example: "fit: {rules: [{when: country = DE, points: 10}], grades: {A: 10, B: 0}}")
        let rules = members(section["rules"]).enumerated().map { number, syntax in
            let rule = self.section(
                syntax, "scoring.fit.rules.\(number + 1)", in: "a rule of the fit", keys: SectionShape.fitRule.names,
                beside: syntax,
                example: "{when: country = DE, points: 10}")
            return FitRule(
                address: rule.address,
                when: required(rule, "when", .always, example: "when: country = DE") { $0.condition($1, .profile) },
                points: required(rule, "points", .zero, example: "points: 10") { $0.points($1) })
        }
        let grades = named(section["grades"], "the list of grades", example: "grades: {A: 40, B: 20, C: 0}")
            .compactMap { entry in
                points(entry.value).map {
                    Grade(name: entry.key, from: record($0, "scoring.fit.grades.\(entry.key)", entry.value))
                }
            }
        return Fit(rules: rules, grades: grades.sorted { ($1.from.value, $0.name) < ($0.from.value, $1.name) })
    }

    private mutating func engagement(_ scoring: Section) -> Engagement {
        let section = section(
            scoring["engagement"], "scoring.engagement", in: "the engagement", keys: SectionShape.engagement.names,
            beside: scoring.syntax, example: "engagement: {half_life: 30 days, rules: [{for: webinar, points: 20}]}")
        var seen: [String: Int] = [:]
        return Engagement(
            halfLife: segmented(section, "half_life", unless: Defaults.halfLife) { $0.physicalDuration($1) },
            rules: members(section["rules"]).enumerated().map { number, syntax in
                let name = syntax["for"]?.text ?? String(number + 1)
                seen[name, default: 0] += 1
                let suffix = seen[name]! > 1 ? ".\(seen[name]!)" : ""
                return engagementRule(syntax, "scoring.engagement.rules.\(name)\(suffix)")
            })
    }

    private mutating func engagementRule(_ syntax: Syntax, _ address: String) -> EngagementRule {
        let section = section(
            syntax, address, in: "a rule of the engagement", keys: SectionShape.engagementRule.names,
            beside: syntax, example: "{for: webinar, points: 20, once_per: title}")
        return EngagementRule(
            address: address,
            activity: required(section, "for", "", example: "for: webinar") { $0.activity($1) },
            points: required(section, "points", .zero, example: "points: 20") { $0.points($1) },
            atMost: optional(section, "at_most") { $0.cap($1) },
            oncePer: optional(section, "once_per") { $0.words($1) })
    }

    /// `3 within 7 days`.
    private mutating func cap(_ syntax: Syntax) -> Cap? {
        guard let written = plainText(syntax, "a number within a time") else { return nil }
        let words = written.split(separator: " ").map(String.init)
        if words.count >= 4, words[1].lowercased() == "within", let count = Int(words[0]), (1...1_000_000) ~= count,
            let window = try? Budget(text: words.dropFirst(2).joined(separator: " ")), !window.isBusiness
        {
            return Cap(count, within: window)
        }
        return bad(
            .badValue, syntax, "\"\(written)\" is not a number within a physical time.",
            "Write a whole number, within, and a duration.", "3 within 7 days")
    }
}

// Stages and detours.

extension AgreementReader {
    mutating func stages(_ root: Section) -> [Stage] {
        guard let syntax = root["stages"] else {
            note(
                .missingKey, at: root.syntax, "The agreement has no stages.", remedy: "Name them in their order.",
                example: "stages:\n  lead: {side: marketing, enter: email is known}")
            return []
        }
        let entries = namedForConditions(
            syntax, "the list of stages", example: "lead: {side: marketing, enter: email is known}")
        recordOrder(entries.map(\.key), "stages", syntax)
        return atMost(Self.mostStages, entries, "stages").map { stage($0) }
    }

    private mutating func stage(_ entry: Syntax.Entry) -> Stage {
        let section = section(
            entry.value, "stages.\(entry.key)", in: "a stage", keys: SectionShape.stage.names,
            beside: entry.keySyntax, example: "lead: {side: marketing, enter: email is known}")
        return Stage(
            name: entry.key,
            side: required(section, "side", .marketing, example: "side: marketing") { $0.side($1) },
            enter: requiredSegmented(section, "enter", .always, example: "enter: email is known") {
                $0.condition($1, .person)
            },
            handOver: optional(section, "hand_over") { $0.receiver($1) })
    }

    private mutating func receiver(_ syntax: Syntax) -> Receiver? {
        guard let written = plainText(syntax, "who receives it") else { return nil }
        if let name = teamName(written) {
            return teamNames.contains(name)
                ? .team(name)
                : bad(
                    .unknownName, syntax, "There is no team \"\(name)\".", oneOf: teamNames.map { "team \($0)" },
                    written)
        }
        return side(syntax).map { .side($0) }
    }

    mutating func detours(_ root: Section) -> [Detour] {
        let example = "nurture: {side: marketing, enters: recycled, returns: engagement >= 60, to: lead}"
        let entries = named(root["detours"], "the list of detours", example: example)
        recordOrder(entries.map(\.key), "detours", root["detours"])
        return atMost(Self.mostStages, entries, "detours").map { entry in
            let section = section(
                entry.value, "detours.\(entry.key)", in: "a detour",
                keys: SectionShape.detour.names,
                beside: entry.keySyntax, example: example)
            return Detour(
                name: entry.key,
                side: required(section, "side", .marketing, example: "side: marketing") { $0.side($1) },
                from: clause(section, "from", unless: Defaults.origin) { $0.origin($1) },
                enters: requiredSegmented(section, "enters", .always, example: "enters: recycled") {
                    $0.condition($1, .person)
                },
                returns: optionalSegmented(section, "returns", .always) { $0.condition($1, .person) },
                notBefore: optional(section, "not_before") { $0.duration($1) },
                alwaysReturns: optional(section, "always_returns") { $0.condition($1, .person) },
                to: optional(section, "to") { $0.stage($1) },
                forgets: clause(section, "forgets", unless: Defaults.forgets) {
                    $0.list($1) { $0.choice($1, "a score") }
                },
                reasons: clause(section, "reasons", unless: Defaults.reasons) { $0.list($1) { $0.words($1) } })
        }
    }

    private mutating func origin(_ syntax: Syntax) -> Origin? {
        if members(syntax).map({ $0.text?.lowercased() }) == ["any"] { return .any }
        return list(syntax) { $0.stage($1) }.map { .stages($0) }
    }

    mutating func onChange(_ root: Section) -> Clause<OnChange> {
        clause(root, "on_change", unless: Defaults.onChange) { reader, syntax in
            guard let written = reader.plainText(syntax, "what becomes of those who would newly enter") else {
                return nil
            }
            let words = written.lowercased().split(separator: " ").map(String.init)
            if ["wait", "wait for next activity"].contains(words.joined(separator: " ")) { return .wait }
            if words == ["enter"] { return .enter }
            if words.count == 6, words[0] == "enter", words[1] == "at", words[2] == "most", words[4] == "per",
                words[5] == "day", let count = Int(words[3]), count > 0
            {
                return .enterAtMost(perDay: count)
            }
            return reader.bad(
                .badValue, syntax, "\"\(written)\" is not one of the three ways.",
                "Write wait for next activity, enter, or enter at most n per day.", "enter at most 20 per day")
        }
    }
}

// Verdicts.

extension AgreementReader {
    mutating func verdicts(_ root: Section) -> Verdicts {
        let section = section(
            root["verdicts"], "verdicts", in: "the clause about verdicts",
            keys: SectionShape.verdicts.names, beside: root.syntax,
            example: "verdicts: {reject_reasons: {wrong_person: nurture}}")
        return Verdicts(
            rejectReasons: named(
                section["reject_reasons"], "the list of reasons", example: "reject_reasons: {wrong_person: nurture}"
            ).compactMap { entry in
                rejectOutcome(entry.value).map {
                    RejectReason(
                        name: entry.key, leadsTo: record($0, "verdicts.reject_reasons.\(entry.key)", entry.value))
                }
            },
            acceptMark: optional(section, "accept_mark") { $0.markRange($1) },
            silence: section["silence"].map { silence($0) },
            dispute: section["dispute"].map { dispute($0) })
    }

    private mutating func rejectOutcome(_ syntax: Syntax) -> RejectOutcome? {
        guard let written = plainText(syntax, "where the reason leads") else { return nil }
        switch written.lowercased() {
        case "reroute": return .reroute
        case "account owner": return .accountOwner
        default:
            if detourNames.contains(written) { return .detour(written) }
            return bad(
                .unknownName, syntax, "\"\(written)\" is neither a detour nor reroute nor account owner.",
                oneOf: detourNames + ["reroute", "account owner"], written)
        }
    }

    /// `1..3`.
    private mutating func markRange(_ syntax: Syntax) -> MarkRange? {
        guard let written = plainText(syntax, "a range of marks") else { return nil }
        let ends = written.replacing("..", with: " ").split(separator: " ").compactMap { Int($0) }
        if ends.count == 2, ends[0] >= 0, ends[0] < ends[1], ends[1] <= 100 {
            return MarkRange(lowest: ends[0], highest: ends[1])
        }
        return bad(
            .badValue, syntax, "\"\(written)\" is not a range of marks.", "Write both ends, the lower first.", "1..3")
    }

    private mutating func silence(_ syntax: Syntax) -> Silence {
        let section = section(
            syntax, "verdicts.silence", in: "the clause about silence", keys: SectionShape.silence.names,
            beside: syntax,
            example: "silence: {after: 2 business days, means: accepted}")
        return Silence(
            after: requiredSegmented(section, "after", Defaults.actWithin, example: "after: 2 business days") {
                $0.duration($1)
            },
            means: required(section, "means", .accepted, example: "means: accepted") {
                $0.choice($1, "a meaning of silence")
            })
    }

    private mutating func dispute(_ syntax: Syntax) -> Dispute {
        let section = section(
            syntax, "verdicts.dispute", in: "the clause about disputes",
            keys: SectionShape.dispute.names,
            beside: syntax,
            example:
                "dispute: {by: marketing, within: 1 business day, arbiter: operations, ruling_within: 5 business days}")
        return Dispute(
            by: required(section, "by", .marketing, example: "by: marketing") { $0.side($1) },
            within: required(section, "within", Defaults.actWithin, example: "within: 1 business day") {
                $0.duration($1)
            },
            arbiter: required(section, "arbiter", .operations, example: "arbiter: operations") { $0.party($1) },
            rulingWithin: required(
                section, "ruling_within", Defaults.actWithin, example: "ruling_within: 5 business days"
            ) {
                $0.duration($1)
            })
    }
}

/// `team dach` names the team `dach`.
func teamName(_ written: String) -> String? {
    written.hasPrefix("team ") ? String(written.dropFirst(5).drop { $0 == " " }) : nil
}
