// A name that has become another while everything it stands for stayed the same. Whoever uses it says the new name; that is
// no change of its own:
//
//     stages.lead.enter              is compared with   stages.inquiry.enter
//     plan.lead_to_mql                                  plan.inquiry_to_mql
//     fields.email.required_at: lead                    inquiry

struct Renaming: Hashable {
    enum Kind: String, CaseIterable {
        case field = "fields"
        case activity = "activities"
        case calendar = "calendars"
        case team = "teams"
        case stage = "stages"
        case detour = "detours"
        case step = "journey"
        case pipeline = "deals.pipelines"
        case entryPoint = "entry_points"
        case rule = "routing.rules"
    }

    let kind: Kind
    let old: String
    let new: String
    /// From each stage of the old agreement to the next.
    let conversions: [(key: String, renamed: String)]

    init(_ kind: Kind, _ old: String, _ new: String, stages: [String]) {
        (self.kind, self.old, self.new) = (kind, old, new)
        let renamed = stages.map { kind == .stage && $0 == old ? new : $0 }
        conversions = zip(conversionKeys(stages), conversionKeys(renamed)).map { ($0, $1) }
    }

    static func == (a: Renaming, b: Renaming) -> Bool { (a.kind, a.old, a.new) == (b.kind, b.old, b.new) }

    func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(old)
        hasher.combine(new)
    }

    /// Where the renamed thing is found now.
    var address: String { "\(kind.rawValue).\(new)" }

    func name(_ name: String) -> String { name == old ? new : name }
}

/// `visitor_to_lead`, `lead_to_mql`, …
private func conversionKeys(_ stages: [String]) -> [String] {
    zip(["visitor"] + stages, stages).map { "\($0)_to_\($1)" }
}

// Names in what clauses say.

/// A value that may name things of the agreement.
protocol Naming: Statable {
    func with(_ renaming: Renaming) -> Self
}

extension Condition: Naming {
    func with(_ renaming: Renaming) -> Condition {
        func term(_ term: Term) -> Term { term.with(renaming) }
        let node: Node
        switch self.node {
        case .not(let inner): node = .not(inner.with(renaming))
        case .all(let parts): node = .all(parts.map { $0.with(renaming) })
        case .any(let parts): node = .any(parts.map { $0.with(renaming) })
        case .compares(let left, let comparison, let right):
            node = .compares(term(left).with(renaming, for: right), comparison, term(right).with(renaming, for: left))
        case .between(let value, let low, let high): node = .between(term(value), term(low), term(high))
        case .isOneOf(let value, let literals):
            node = .isOneOf(term(value), literals.map { renaming.literal($0, for: value) })
        case .matches(let value, let pattern): node = .matches(term(value), pattern: pattern)
        case .isKnown(let value): node = .isKnown(term(value))
        case .isFreeMail(let value): node = .isFreeMail(term(value))
        case .isTrue(let value): node = .isTrue(term(value))
        case .happened(let happening, let count, let window):
            node = .happened(happening.with(renaming), atLeast: count, within: window)
        case .inPeriod(let value): node = .inPeriod(term(value))
        case .always, .accountInTargets, .accountHasOpenDeal, .accountHasOpenHandOver, .dealIsOpen, .missed:
            node = self.node
        }
        return Condition(node, span: span)
    }
}

extension Term: Naming {
    func with(_ renaming: Renaming) -> Term {
        switch (node, renaming.kind) {
        case (.field(let name), .field): Term(.field(renaming.name(name)), type, span: span)
        case (.timeSince(let name), .activity): Term(.timeSince(renaming.name(name)), type, span: span)
        case (.timeIn(let name), .stage): Term(.timeIn(renaming.name(name)), type, span: span)
        case (.arithmetic(let left, let operation, let right), _):
            Term(.arithmetic(left.with(renaming), operation, right.with(renaming)), type, span: span)
        default: self
        }
    }

    /// As the other side of a comparison with a term.
    fileprivate func with(_ renaming: Renaming, for other: Term) -> Term {
        guard case .literal(let literal) = node else { return self }
        return Term(.literal(renaming.literal(literal, for: other)), type, span: span)
    }
}

extension Renaming {
    /// A name of a stage or pipeline is one only where it is compared with such.
    fileprivate func literal(_ literal: Literal, for term: Term) -> Literal {
        guard case .name(let written) = literal else { return literal }
        switch (term.node, kind) {
        case (.stage, .stage), (.deal(.pipeline), .pipeline): return .name(name(written))
        default: return literal
        }
    }
}

extension Happening: Naming {
    func with(_ renaming: Renaming) -> Happening {
        let node: Node
        switch (self.node, renaming.kind) {
        case (.activity(let name), .activity): node = .activity(renaming.name(name))
        case (.verdict(let word, let stage?), .stage): node = .verdict(word, at: renaming.name(stage))
        case (.any(let parts), _): node = .any(parts.map { $0.with(renaming) })
        case (.event(let test, let condition), _): node = .event(test, where: condition?.with(renaming))
        case (.page(let condition), _): node = .page(where: condition?.with(renaming))
        case (.touch(let condition), _): node = .touch(where: condition?.with(renaming))
        case (.activity, _), (.verdict, _), (.meeting, _), (.consent, _), (.deal, _): node = self.node
        }
        return Happening(node, span: span)
    }
}

extension Limit: Naming {
    func with(_ renaming: Renaming) -> Limit {
        guard case .measured(let act, let condition) = self else { return self }
        return .measured(act, where: condition.with(renaming))
    }
}

extension Origin: Naming {
    func with(_ renaming: Renaming) -> Origin {
        guard case .stages(let names) = self, renaming.kind == .stage else { return self }
        return .stages(names.map(renaming.name))
    }
}

extension Receiver: Naming {
    func with(_ renaming: Renaming) -> Receiver {
        guard case .team(let name) = self, renaming.kind == .team else { return self }
        return .team(renaming.name(name))
    }
}

extension Destination: Naming {
    func with(_ renaming: Renaming) -> Destination {
        guard case .team(let name) = self, renaming.kind == .team else { return self }
        return .team(renaming.name(name))
    }
}

extension RejectOutcome: Naming {
    func with(_ renaming: Renaming) -> RejectOutcome {
        guard case .detour(let name) = self, renaming.kind == .detour else { return self }
        return .detour(renaming.name(name))
    }
}

// Names in clauses.

extension ClauseEntry {
    func with(_ renaming: Renaming) -> ClauseEntry {
        let address = renaming.address(address)
        let value = renaming.value(value, at: self.address)
        return address == self.address && value.words == words
            ? self : ClauseEntry(self, calledNow: address, saying: value)
    }
}

extension Renaming {
    fileprivate func value(_ value: any Statable, at address: String) -> any Statable {
        switch value {
        case let naming as any Naming: naming.with(self)
        case let order as NamesInOrder where address == kind.rawValue: NamesInOrder(order.names.map(name))
        case let text as String where isNamed(at: address): name(text)
        case let texts as [String] where isNamed(at: address): texts.map(name)
        default: value
        }
    }

    /// Whether a clause whose value is a text, or a list of texts, means names of this kind.
    private func isNamed(at address: String) -> Bool {
        let parts = address.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let last = parts.last ?? ""
        return switch kind {
        case .stage:
            (parts[0] == "fields" && last == "required_at") || (parts[0] == "detours" && last == "to")
                || (address.hasPrefix("promises.sales.") && ["to", "about", "from"].contains(last))
        case .detour: address.hasPrefix("promises.sales.qualify.") && last == "otherwise"
        case .activity:
            (address.hasPrefix("scoring.engagement.rules.") && last == "for")
                || (parts[0] == "journey" && last == "activities")
        case .field: parts[0] == "entry_points" && last == "may_write"
        case .calendar: parts[0] == "teams" && last == "calendar"
        case .team, .step, .pipeline, .entryPoint, .rule: false
        }
    }

    fileprivate func address(_ address: String) -> String {
        for prefix in prefixes where address == prefix + old || address.hasPrefix(prefix + old + ".") {
            return prefix + new + address.dropFirst(prefix.count + old.count)
        }
        guard kind == .stage else { return address }
        for (key, renamed) in conversions where address == "plan.\(key)" || address.hasPrefix("plan.\(key).") {
            return "plan.\(renamed)" + address.dropFirst("plan.".count + key.count)
        }
        if address.hasPrefix("promises.marketing.deliver."), address.hasSuffix(".\(old)") {
            return address.dropLast(old.count) + new
        }
        return address
    }

    /// What addresses begin with that go by such a name.
    private var prefixes: [String] {
        let own = "\(kind.rawValue)."
        return switch kind {
        case .stage: [own, "promises.sales.respond.", "promises.sales.decide.", "promises.sales.qualify."]
        case .activity: [own, "scoring.engagement.rules."]
        case .team: [own, "pipeline.coverage.exceptions."]
        default: [own]
        }
    }
}

// Finding them.

/// An old agreement under the names of a new one.
struct RenamedAgreement {
    private(set) var renamings: [Renaming] = []
    private(set) var clauses: [ClauseEntry]
    /// What each clause was called.
    private(set) var formerAddresses: [String: String] = [:]

    init(_ old: Agreement, asIn new: Agreement) {
        clauses = old.clauses
        let after = Dictionary(grouping: new.clauses, by: \.address).compactMapValues(\.first)
        var stages = old.stages.map(\.name)
        // A rename may be seen only once another is known, where one thing names the other.
        while let renaming = Self.first(clauses, old, new, renamings, stages, after) {
            renamings.append(renaming)
            clauses = clauses.map { entry in
                let renamed = entry.with(renaming)
                formerAddresses[renamed.address] = formerAddresses[entry.address] ?? entry.address
                return renamed
            }
            if renaming.kind == .stage { stages = stages.map(renaming.name) }
        }
    }

    private static func first(
        _ clauses: [ClauseEntry], _ old: Agreement, _ new: Agreement, _ known: [Renaming], _ stages: [String],
        _ after: [String: ClauseEntry]
    ) -> Renaming? {
        for kind in Renaming.Kind.allCases {
            let (before, now) = (old.names(of: kind), new.names(of: kind))
            let done = known.filter { $0.kind == kind }
            let gone = before.filter { !now.contains($0) && !done.map(\.old).contains($0) }
            let come = now.filter { !before.contains($0) && !done.map(\.new).contains($0) }
            for name in gone {
                for other in come where isSamePlace(name, before, other, now, done) {
                    let renaming = Renaming(kind, name, other, stages: stages)
                    if isSame(clauses, renaming, after) { return renaming }
                }
            }
        }
        return nil
    }

    /// So that two things which say little, and the same, are not taken for one: the names around must be the same.
    private static func isSamePlace(
        _ name: String, _ before: [String], _ other: String, _ now: [String], _ done: [Renaming]
    ) -> Bool {
        let earlier = before.prefix { $0 != name }.map { name in done.first { $0.old == name }?.new ?? name }
        let common = Set(now).intersection(before.map { name in done.first { $0.old == name }?.new ?? name })
        return earlier.filter(common.contains) == now.prefix { $0 != other }.filter(common.contains)
    }

    /// Whether everything it stands for is there under the new name, and nothing else.
    private static func isSame(
        _ clauses: [ClauseEntry], _ renaming: Renaming, _ after: [String: ClauseEntry]
    ) -> Bool {
        func isOwn(_ address: String) -> Bool {
            address == renaming.address || address.hasPrefix(renaming.address + ".")
        }
        let own = clauses.map { $0.with(renaming) }.filter { isOwn($0.address) }
        return !own.isEmpty && own.allSatisfy { after[$0.address]?.words == $0.words }
            && after.keys.count(where: isOwn) == own.count
    }
}

extension Agreement {
    fileprivate func names(of kind: Renaming.Kind) -> [String] {
        switch kind {
        case .field: fields.map(\.name)
        case .activity: activities.map(\.name)
        case .calendar: calendars.map(\.name)
        case .team: teams.map(\.name)
        case .stage: stages.map(\.name)
        case .detour: detours.map(\.name)
        case .step: journey.map(\.name)
        case .pipeline: deals.pipelines.map(\.name)
        case .entryPoint: entryPoints.map(\.name)
        case .rule: routing.rules.map(\.name)
        }
    }
}
