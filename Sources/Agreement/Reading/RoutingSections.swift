internal import Findings
internal import Vocabulary

// routing, work_order, consent, targets.

extension AgreementReader {
    mutating func routing(_ root: Section) -> Routing {
        let section = section(
            root["routing"], "routing", in: "the routing", keys: SectionShape.routing.names,
            beside: root.syntax, example: "routing: {rules: [{name: rest, to: team dach}]}")
        return Routing(
            rules: routingRules(section),
            lastResort: optional(section, "last_resort") { $0.mail($1) },
            value: gradeValues(section),
            burst: section["burst"].map { burst($0) })
    }

    private mutating func routingRules(_ routing: Section) -> [RoutingRule] {
        var seen: Set<String> = []
        let rules = atMost(Self.mostRules, members(routing["rules"]), "rules").enumerated().map { number, syntax in
            let name = syntax["name"].flatMap { plainText($0, "the name of the rule") } ?? String(number + 1)
            if !seen.insert(name).inserted { noteTwice(name, at: syntax["name"] ?? syntax) }
            return routingRule(name, syntax)
        }
        recordOrder(rules.map(\.name), "routing.rules", routing["rules"])
        return rules
    }

    private mutating func routingRule(_ name: String, _ syntax: Syntax) -> RoutingRule {
        let section = section(
            syntax, "routing.rules.\(name)", in: "a rule of the routing",
            keys: SectionShape.routingRule.names, beside: syntax,
            example: "{name: dach, when: \"country in (DE, AT, CH)\", to: team dach}")
        if let written = section["name"] { _ = words(written) }
        return RoutingRule(
            name: name, address: section.address,
            when: clause(section, "when", unless: .always) { $0.condition($1, .routing) },
            to: required(section, "to", .accountOwner, example: "to: team dach") { $0.destination($1) },
            isInHoursOnly: clause(section, "in_hours", unless: Defaults.isInHoursOnly) { $0.flag($1) },
            fallback: optional(section, "fallback") { $0.destination($1) })
    }

    private mutating func destination(_ syntax: Syntax) -> Destination? {
        guard let written = plainText(syntax, "who gets it") else { return nil }
        switch written.lowercased() {
        case "account owner": return .accountOwner
        case "its owner": return .itsOwner
        default: break
        }
        if let name = teamName(written), teamNames.contains(name) { return .team(name) }
        if let address = MailAddress(checking: written) { return .person(address) }
        return bad(
            .unknownName, syntax, "\"\(written)\" is nobody who could get it.",
            oneOf: teamNames.map { "team \($0)" } + ["account owner", "its owner"], written)
    }

    private mutating func gradeValues(_ routing: Section) -> [GradeValue] {
        guard let syntax = routing["value"] else { return [] }
        return (mapping(syntax, "the value of grades", example: "value: {A: 5, B: 3}") ?? []).compactMap { entry in
            guard reference(entry.keySyntax, to: "a grade", among: names.grades) != nil,
                let value = positiveNumber(entry.value)
            else { return nil }
            return GradeValue(grade: entry.key, value: record(value, "routing.value.\(entry.key)", entry.value))
        }
    }

    private mutating func burst(_ syntax: Syntax) -> Burst {
        let section = section(
            syntax, "routing.burst", in: "the clause about bursts", keys: SectionShape.burst.names, beside: syntax,
            example: "burst: {over: 50 per hour of one origin, release: at capacity}")
        return Burst(
            over: required(
                section, "over", BurstSize(volume: Volume(1, per: .hour)), example: "over: 50 per hour of one origin"
            ) {
                $0.burstSize($1)
            },
            release: clause(section, "release", unless: Defaults.burstRelease) { $0.choice($1, "a way of release") })
    }

    private mutating func burstSize(_ syntax: Syntax) -> BurstSize? {
        guard let written = plainText(syntax, "a number for a period") else { return nil }
        let ending = " of one origin"
        if written.lowercased().hasSuffix(ending), let volume = volume(String(written.dropLast(ending.count))) {
            return BurstSize(volume: volume)
        }
        return bad(
            .badValue, syntax, "\"\(written)\" does not say how many of one origin are a burst.",
            "Write a number, per, a period, of one origin.", "50 per hour of one origin")
    }

    mutating func workOrder(_ root: Section) -> Clause<WorkOrder> {
        clause(root, "work_order", unless: Defaults.workOrder) { reader, syntax in
            guard let written = reader.plainText(syntax, "an order") else { return nil }
            let words = written.lowercased().split { " ,".contains($0) }.map(String.init)
            let keys = words.filter { $0 != "first" && $0 != "then" }
            let read = keys.compactMap(WorkOrder.Key.init)
            if !read.isEmpty, read.count == keys.count, Set(read).count == read.count { return WorkOrder(keys: read) }
            return reader.bad(
                .badValue, syntax, "\"\(written)\" is not an order of work.",
                "Write what comes first and what then: due, score, grade, value, age.", "due first, then score")
        }
    }
}

// Consent and targets.

extension AgreementReader {
    mutating func consent(_ root: Section) -> Consent {
        let section = section(
            root["consent"], "consent", in: "the clause about consent",
            keys: SectionShape.consent.names, beside: root.syntax,
            example: "consent: {default: deny}")
        return Consent(
            standard: clause(section, "default", unless: Defaults.consent) { $0.choice($1, "an answer") },
            purposes: purposes(section),
            rules: atMost(Self.mostRules, members(section["rules"]), "rules").enumerated().map {
                consentRule($0.element, $0.offset + 1)
            },
            expires: expiries(section),
            upload: section["upload"].map { upload($0) },
            contactHours: section["contact_hours"].map { contactHours($0) })
    }

    private mutating func purposes(_ consent: Section) -> [Purpose] {
        named(consent["purposes"], "the list of purposes", example: "marketing_email: {channel: email}").map {
            let section = section(
                $0.value, "consent.purposes.\($0.key)", in: "a purpose", keys: SectionShape.purpose.names,
                beside: $0.keySyntax,
                example: "marketing_email: {channel: email}")
            return Purpose(
                name: $0.key,
                channel: required(section, "channel", .email, example: "channel: email") { $0.choice($1, "a channel") })
        }
    }

    private mutating func consentRule(_ syntax: Syntax, _ number: Int) -> ConsentRule {
        let section = section(
            syntax, "consent.rules.\(number)", in: "a rule of consent",
            keys: SectionShape.consentRule.names + names.purposes, beside: syntax,
            example: "{when: country = DE, marketing_email: opt_in}")
        return ConsentRule(
            address: section.address, when: consentCondition(section),
            settings: names.purposes.compactMap { purpose in
                optional(section, purpose) { $0.choice($1, "a ground") }.map {
                    ConsentRule.Setting(purpose: purpose, basis: $0)
                }
            },
            reply: optional(section, "reply") { $0.replyTime($1) })
    }

    /// `when:`, or `otherwise: true` for everybody.
    private mutating func consentCondition(_ section: Section) -> Clause<Condition> {
        guard let otherwise = section["otherwise"], section["when"] == nil else {
            return required(section, "when", .always, example: "when: country = DE") { $0.condition($1, .profile) }
        }
        checkOtherwise(otherwise, instead: "when")
        return record(.always, section.address(of: "when"), otherwise)
    }

    /// `otherwise: true` says that this is for everybody else; nothing else has a meaning there.
    mutating func checkOtherwise(_ syntax: Syntax, instead key: String) {
        guard flag(syntax) == false else { return }
        note(
            .badValue, at: syntax, "What is otherwise false never applies.", remedy: "Write \(key), or true.",
            example: "otherwise: true")
    }

    /// `request for 30 days`.
    private mutating func replyTime(_ syntax: Syntax) -> ReplyTime? {
        guard let written = plainText(syntax, "how long a request may be answered") else { return nil }
        let start = "request for "
        if written.lowercased().hasPrefix(start), let time = try? Budget(text: String(written.dropFirst(start.count))),
            !time.isBusiness
        {
            return ReplyTime(time: time)
        }
        return bad(
            .badValue, syntax, "\"\(written)\" does not say how long a request may be answered.",
            "Write request for, and a physical duration.", "request for 30 days")
    }

    private mutating func expiries(_ consent: Section) -> [Expiry] {
        guard let syntax = consent["expires"] else { return [] }
        return (mapping(syntax, "the list of expiries", example: "expires: {inquiry: 180 days}") ?? []).compactMap {
            entry in
            physicalDuration(entry.value).map {
                Expiry(ground: entry.key, after: record($0, "consent.expires.\(entry.key)", entry.value))
            }
        }
    }

    private mutating func upload(_ syntax: Syntax) -> UploadSign {
        let section = section(
            syntax, "consent.upload", in: "the clause about uploads", keys: SectionShape.upload.names, beside: syntax,
            example: "upload: {persons: 10, within: 10 minutes}")
        return UploadSign(
            persons: required(section, "persons", 1, example: "persons: 10") { $0.count($1) },
            within: required(section, "within", Defaults.actWithin, example: "within: 10 minutes") {
                $0.physicalDuration($1)
            })
    }

    private mutating func contactHours(_ syntax: Syntax) -> ContactHours {
        let section = section(
            syntax, "consent.contact_hours", in: "the contact hours",
            keys: SectionShape.contactHours.names, beside: syntax,
            example: "contact_hours: {phone: 08:00-20:00 in person's zone}")
        return ContactHours(
            hours: ConsentChannel.allCases.compactMap { channel in
                optional(section, channel.rawValue) { $0.localHours($1) }.map {
                    ContactHours.Hours(channel: channel, block: $0)
                }
            },
            unknownZone: clause(section, "unknown_zone", unless: Defaults.unknownZone) { $0.choice($1, "a zone") })
    }

    /// `08:00-20:00 in person's zone`.
    private mutating func localHours(_ syntax: Syntax) -> LocalHours? {
        guard let written = plainText(syntax, "hours in somebody's zone") else { return nil }
        let words = written.split(separator: " ").map(String.init)
        if words.count == 4, words[1] == "in", words[3] == "zone", words[2].hasSuffix("'s"),
            let zoneOf = LocalHours.ZoneOf(rawValue: String(words[2].dropLast(2))),
            let block = try? Block(text: words[0])
        {
            return LocalHours(block: block, zoneOf: zoneOf)
        }
        return bad(
            .badValue, syntax, "\"\(written)\" does not say between when, and in whose zone.",
            "Write opening and closing, in, person's or company's, zone.", "08:00-20:00 in person's zone")
    }

    mutating func targets(_ root: Section) -> Targets? {
        guard let syntax = root["targets"] else { return nil }
        let section = section(
            syntax, "targets", in: "the clause about targets", keys: SectionShape.targets.names, beside: syntax,
            standing: standing(.targets), example: "targets: {accounts: targets.csv}")
        return Targets(
            accounts: required(
                section, "accounts", TargetList(file: "", accounts: []), example: "accounts: targets.csv"
            ) {
                $0.targets($1)
            })
    }
}
