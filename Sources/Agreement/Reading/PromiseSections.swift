internal import Findings
internal import Vocabulary

// promises, in both directions.
//
// A promise is a mapping; where it is made several times or differs by segment, a list of them:
//
//     respond:
//       - {to: mql, where: employees < 200, by: [call], within: 4 business hours}     a case of the promise about mql
//       - {to: mql, by: [call, email], within: 1 business hour}                       its otherwise
//       - {to: sql, by: [call], within: 1 business day}                               another promise

extension AgreementReader {
    mutating func promises(_ root: Section) -> Promises {
        let section = section(
            root["promises"], "promises", in: "the list of promises", keys: SectionShape.promises.names,
            beside: root.syntax, example: "promises: {sales: {decide: {about: mql, within: 1 business day}}}")
        return Promises(
            sales: salesPromises(section), marketing: marketingPromises(section), pauses: pauses(section))
    }

    private mutating func salesPromises(_ promises: Section) -> SalesPromises {
        let section = section(
            promises["sales"], "promises.sales", in: "the list of what sales promises",
            keys: SectionShape.salesPromises.names, beside: promises.syntax, example: "sales: {permission: 100%}")
        return SalesPromises(
            respond: promise(section, "respond", per: "to", .respond) {
                $0.respond($1)
            },
            decide: promise(section, "decide", per: "about", .decide) { $0.decide($1) },
            explain: promise(section, "explain", per: nil, .explain) { $0.explain($1) },
            pursue: promise(section, "pursue", per: nil, .pursue) { $0.pursue($1) },
            qualify: promise(section, "qualify", per: "from", .qualify) { $0.qualify($1) },
            permission: optionalSegmented(section, "permission", .whole) { $0.share($1) })
    }

    private mutating func marketingPromises(_ promises: Section) -> MarketingPromises {
        let section = section(
            promises["marketing"], "promises.marketing", in: "the list of what marketing promises",
            keys: SectionShape.marketingPromises.names, beside: promises.syntax,
            example: "marketing: {quality: {acceptance: 70%}}")
        let amounts = ["visitors"] + names.stages
        return MarketingPromises(
            deliver: promise(section, "deliver", per: nil, .deliver, names.stages) { $0.deliver($1, amounts) }.first,
            quality: promise(section, "quality", per: nil, .quality) { $0.quality($1) }.first,
            complete: promise(section, "complete", per: nil, .complete) { $0.complete($1) }.first,
            consent: promise(section, "consent", per: nil, .validConsent) { $0.validConsent($1) }.first,
            pipeline: promise(section, "pipeline", per: nil, .sourcedPipeline) { $0.sourcedPipeline($1) }.first,
            coverage: promise(section, "coverage", per: nil, .coverageKept) { $0.coverageKept($1) }.first,
            targetAccounts: promise(
                section, "target_accounts", per: nil, .targetAccountsReached
            ) { $0.targetAccounts($1) }.first)
    }

    private mutating func pauses(_ promises: Section) -> Promises.Pauses? {
        guard let syntax = promises["pauses"] else { return nil }
        let pauses = section(
            syntax, "promises.pauses", in: "the list of pauses", keys: SectionShape.pauses.names, beside: syntax,
            example: "pauses: {asked_for_later: {until: given date, at_most: 10 business days}}")
        let section = section(
            pauses["asked_for_later"], "promises.pauses.asked_for_later", in: "a pause", keys: SectionShape.pause.names,
            beside: syntax, example: "{until: given date, at_most: 10 business days}")
        return Promises.Pauses(
            until: required(section, "until", .givenDate, example: "until: given date") {
                $0.choice($1, "an end of a pause")
            },
            atMost: required(section, "at_most", Defaults.actWithin, example: "at_most: 10 business days") {
                $0.duration($1)
            })
    }
}

// One promise, or several.

extension AgreementReader {
    /// `key` tells promises of one kind apart.
    private mutating func promise<Terms>(
        _ side: Section, _ name: String, per key: String?, _ shape: SectionShape, _ others: [String] = [],
        _ read: (inout AgreementReader, Section) -> Terms
    ) -> [Promise<Terms>] {
        guard let syntax = side[name] else { return [] }
        let groups = groups(members(syntax), by: key)
        return groups.map { group in
            let address = side.address(of: name) + (groups.count > 1 ? ".\(group.name)" : "")
            return promise(address, group.items, shape.names + others, syntax, read)
        }
    }

    /// In the order in which each first occurs.
    private func groups(_ items: [Syntax], by key: String?) -> [(name: String, items: [Syntax])] {
        guard let key else { return [("", items)] }
        var groups: [(name: String, items: [Syntax])] = []
        for item in items {
            let name = item[key]?.text ?? ""
            if let index = groups.firstIndex(where: { $0.name == name }) {
                groups[index].items.append(item)
            } else {
                groups.append((name, [item]))
            }
        }
        return groups
    }

    private mutating func promise<Terms>(
        _ address: String, _ items: [Syntax], _ keys: [String], _ syntax: Syntax,
        _ read: (inout AgreementReader, Section) -> Terms
    ) -> Promise<Terms> {
        var cases: [Promise<Terms>.Case] = []
        var otherwise: Terms?
        for (number, item) in atMost(Self.mostSegments, items, "segments").enumerated() {
            if otherwise != nil {
                noteAfterOtherwise(item)
                break
            }
            let isCase = item["where"] != nil
            let own = isCase ? "\(address).\(number + 1)" : items.count > 1 ? "\(address).otherwise" : address
            let section = section(
                item, own, in: "the promise \(address)",
                keys: keys + ["where"] + (items.count > 1 && !keys.contains("otherwise") ? ["otherwise"] : []),
                beside: syntax,
                example: "\(address.split(separator: ".").last ?? ""): {\(keys.joined(separator: ": …, ")): …}")
            if isCase {
                let condition = required(section, "where", .always, example: "where: country = DE") {
                    $0.condition($1, .profile)
                }
                cases.append(.init(condition: condition, terms: read(&self, section)))
            } else {
                if !keys.contains("otherwise"), let syntax = section["otherwise"] {
                    checkOtherwise(syntax, instead: "where")
                }
                otherwise = read(&self, section)
            }
        }
        if otherwise == nil { noteNoOtherwise(items.last ?? syntax, address) }
        let missing = section(nil, address, in: "a promise", keys: keys, beside: syntax, example: "")
        return Promise(
            address: address, place: place(syntax), cases: cases,
            otherwise: otherwise ?? silently { read(&$0, missing) })
    }

    /// A stand-in for what has already been found missing.
    private mutating func silently<Value>(_ read: (inout AgreementReader) -> Value) -> Value {
        let (findings, ledger) = (self.findings, self.ledger)
        defer { (self.findings, self.ledger) = (findings, ledger) }
        return read(&self)
    }
}

// What sales promises.

extension AgreementReader {
    private mutating func respond(_ section: Section) -> Respond {
        Respond(
            to: required(section, "to", "", example: "to: mql") { $0.stage($1) },
            by: required(section, "by", [], example: "by: [call, email]") {
                $0.list($1) { $0.choice($1, "a channel") }
            },
            within: within(section),
            warnAt: optional(section, "warn_at") { $0.share($1) },
            then: members(section["then"]).enumerated().map {
                ladderStep($0.element, "\(section.address).then.\($0.offset + 1)")
            })
    }

    private mutating func within(_ section: Section) -> Clause<Budget> {
        required(section, "within", Defaults.actWithin, example: "within: 1 business hour") { $0.duration($1) }
    }

    private mutating func ladderStep(_ syntax: Syntax, _ address: String) -> LadderStep {
        let section = section(
            syntax, address, in: "a step of the ladder", keys: SectionShape.ladderStep.names, beside: syntax,
            example: "{after: 2 business hours, do: tell manager}")
        return LadderStep(
            address: address,
            after: required(section, "after", Defaults.actWithin, example: "after: 2 business hours") {
                $0.duration($1)
            },
            action: required(section, "do", .reassign, example: "do: tell manager") { $0.ladderAction($1) })
    }

    private mutating func ladderAction(_ syntax: Syntax) -> LadderAction? {
        guard let written = plainText(syntax, "what is done") else { return nil }
        switch written.lowercased() {
        case "tell manager": return .tellManager
        case "reassign": return .reassign
        default: break
        }
        if written.hasPrefix("tell ") {
            let receiver = String(written.dropFirst(5))
            if let party = Party(rawValue: receiver) { return .tellSide(party) }
            if let address = MailAddress(checking: receiver) { return .tell(address) }
        }
        if written.hasPrefix("check-in ") {
            let name = String(written.dropFirst(9))
            if checkInNames.contains(name) { return .checkIn(name) }
            return bad(
                .unknownName, syntax, "\"\(name)\" is not a check-in of this agreement.",
                oneOf: checkInNames.map { "check-in \($0)" }, written)
        }
        return bad(
            .badValue, syntax, "\"\(written)\" is nothing a ladder can do.",
            oneOf: ["tell manager", "reassign", "tell sales", "tell operations", "tell maria@northwind.example"]
                + checkInNames.map { "check-in \($0)" },
            written)
    }

    private mutating func decide(_ section: Section) -> Decide {
        Decide(
            about: required(section, "about", "", example: "about: mql") { $0.stage($1) }, within: within(section))
    }

    private mutating func explain(_ section: Section) -> Explain {
        Explain(
            about: required(section, "about", [], example: "about: [rejection]") {
                $0.list($1) { $0.choice($1, "something that is explained") }
            }, within: within(section))
    }

    private mutating func pursue(_ section: Section) -> Pursue {
        Pursue(
            touches: required(section, "touches", 1, example: "touches: 6") { $0.count($1) },
            channels: required(section, "channels", [], example: "channels: [call, email]") {
                $0.list($1) { $0.choice($1, "a channel") }
            },
            over: required(section, "over", Defaults.actWithin, example: "over: 15 business days") { $0.duration($1) })
    }

    private mutating func qualify(_ section: Section) -> Qualify {
        Qualify(
            from: required(section, "from", "", example: "from: sal") { $0.stage($1) },
            to: required(section, "to", "", example: "to: sql") { $0.stage($1) }, within: within(section),
            otherwise: optional(section, "otherwise") { $0.reference($1, to: "a detour", among: $0.detourNames) })
    }
}

// What marketing promises.

extension AgreementReader {
    private mutating func deliver(_ section: Section, _ amounts: [String]) -> Deliver {
        Deliver(
            amounts: amounts.compactMap { what in
                optional(section, what) { $0.plannedVolume($1) }.map { Deliver.Amount(what: what, volume: $0) }
            },
            each: clause(section, "each", unless: Defaults.deliverUnit) { $0.choice($1, "somebody it is counted for") })
    }

    private mutating func plannedVolume(_ syntax: Syntax) -> PlannedVolume? {
        if syntax.text?.lowercased() == "from plan" { return .fromPlan }
        return volume(syntax).map { .volume($0) }
    }

    private mutating func quality(_ section: Section) -> Quality {
        Quality(acceptance: required(section, "acceptance", .whole, example: "acceptance: 70%") { $0.share($1) })
    }

    private mutating func complete(_ section: Section) -> Complete {
        Complete(
            requiredFields: required(section, "required_fields", .whole, example: "required_fields: 100%") {
                $0.share($1)
            })
    }

    private mutating func validConsent(_ section: Section) -> ValidConsent {
        ValidConsent(valid: required(section, "valid", .whole, example: "valid: 100%") { $0.share($1) })
    }

    private mutating func sourcedPipeline(_ section: Section) -> SourcedPipeline {
        let none = MoneyRate(Money(minorUnits: 0, currency: Defaults.currency), per: .quarter)
        return SourcedPipeline(
            sourced: required(section, "sourced", none, example: "sourced: 900k EUR per quarter") { $0.moneyRate($1) })
    }

    private mutating func coverageKept(_ section: Section) -> CoverageKept {
        CoverageKept(
            each: clause(section, "each", unless: Defaults.coverageUnit) {
                $0.choice($1, "somebody it is counted for")
            },
            atLeast: required(section, "at_least", Number(1), example: "at_least: 4.5") { $0.positiveNumber($1) },
            at: clause(section, "at", unless: Defaults.coverageAt) { $0.periodPoint($1) })
    }

    private mutating func targetAccounts(_ section: Section) -> TargetAccountsReached {
        TargetAccountsReached(
            reached: optional(section, "reached") { $0.share($1) },
            engaged: optional(section, "engaged") { $0.share($1) },
            withPipeline: optional(section, "with_pipeline") { $0.share($1) },
            by: clause(section, "by", unless: Defaults.targetsBy) { $0.periodPoint($1) })
    }
}
