// Where conditions stand, and in which of those lists the first that holds decides.

/// A condition that a check can point at.
struct ConditionSite {
    let clause: Clause<Condition>
    /// `The rule routing.rules.dach`.
    let what: String
}

/// Conditions tried in order; the first that holds decides.
struct OrderedConditions {
    struct Member {
        let site: ConditionSite
        /// What it decides about; `nil`: about everything the list decides.
        let decides: Set<String>?
        /// Whether nothing further down is asked once it holds.
        let isFinal: Bool
    }

    let members: [Member]

    /// The members before this one that can take its place for one thing it decides.
    func rivals(of index: Int, about what: String?) -> [Member] {
        members[..<index].filter { member in
            guard member.isFinal else { return false }
            guard let what, let decides = member.decides else { return true }
            return decides.contains(what)
        }
    }
}

extension Agreement {
    /// Conditions that stand alone, but for those of stages and of returns, which have checks of their own.
    var singleConditions: [ConditionSite] {
        scoring.fit.rules.map { ConditionSite(clause: $0.when, what: "The rule \($0.address)") }
            + alerts.map { ConditionSite(clause: $0.when, what: "The alert \($0.address)") }
            + detours.flatMap { detour in
                (detour.enters.all + [detour.alwaysReturns].compactMap { $0 }).map {
                    ConditionSite(clause: $0, what: "The condition \($0.address)")
                }
            }
    }

    var orderedConditions: [OrderedConditions] {
        [routingOrder, consentOrder, kindOrder] + segmentOrders + promiseOrders
    }

    /// A rule whose people are all away passes the lead on, unless somebody is named for that case.
    private var routingOrder: OrderedConditions {
        OrderedConditions(
            members: routing.rules.map { rule in
                var team: Team?
                if case .team(let name) = rule.to.value { team = self.team(named: name) }
                return .init(
                    site: ConditionSite(clause: rule.when, what: "The rule \(rule.address)"), decides: nil,
                    isFinal: rule.fallback != nil || team?.manager != nil)
            })
    }

    private var consentOrder: OrderedConditions {
        OrderedConditions(
            members: consent.rules.map { rule in
                .init(
                    site: ConditionSite(clause: rule.when, what: "The rule \(rule.address)"),
                    decides: Set(rule.settings.map(\.purpose) + (rule.reply == nil ? [] : ["reply"])), isFinal: true)
            })
    }

    private var kindOrder: OrderedConditions {
        ordered(deals.kinds.map { ConditionSite(clause: $0.when, what: "The kind \($0.name)") })
    }

    private var segmentOrders: [OrderedConditions] {
        var orders: [OrderedConditions] = []
        func add<Value>(_ segmented: Segmented<Value>?) {
            guard let segmented, !segmented.cases.isEmpty else { return }
            orders.append(ordered(segmented.cases.map(\.condition).map { segment($0) }))
        }
        add(scoring.engagement.halfLife)
        stages.forEach { add($0.enter) }
        detours.forEach { add($0.enters) }
        detours.forEach { add($0.returns) }
        add(verdicts.silence?.after)
        add(promises.sales.permission)
        add(plan.visitors)
        plan.conversions.forEach { add($0.share) }
        add(plan.winRate)
        add(plan.averageSale)
        add(plan.salesCycle)
        return orders
    }

    private var promiseOrders: [OrderedConditions] {
        func order<Terms>(_ promise: Promise<Terms>) -> OrderedConditions {
            ordered(promise.cases.map(\.condition).map { segment($0) })
        }
        let (sales, marketing) = (promises.sales, promises.marketing)
        var orders = sales.respond.map(order) + sales.decide.map(order) + sales.explain.map(order)
        orders += sales.pursue.map(order) + sales.qualify.map(order)
        orders += [marketing.deliver.map(order), marketing.quality.map(order), marketing.complete.map(order)]
            .compactMap { $0 }
        orders += [marketing.consent.map(order), marketing.pipeline.map(order), marketing.coverage.map(order)]
            .compactMap { $0 }
        return orders + [marketing.targetAccounts.map(order)].compactMap { $0 }
    }

    private func segment(_ clause: Clause<Condition>) -> ConditionSite {
        ConditionSite(clause: clause, what: "The segment \(clause.address)")
    }

    private func ordered(_ sites: [ConditionSite]) -> OrderedConditions {
        OrderedConditions(members: sites.map { .init(site: $0, decides: nil, isFinal: true) })
    }
}

extension Segmented where Value == Condition {
    /// One condition that holds exactly where the case that applies holds.
    var asOne: Condition {
        var earlier: [Condition] = []
        var ways: [Condition] = []
        for segment in cases {
            ways.append(Condition(.all(earlier + [segment.condition.value, segment.clause.value])))
            earlier.append(Condition(.not(segment.condition.value)))
        }
        if ways.isEmpty { return otherwise.value }
        return Condition(.any(ways + [Condition(.all(earlier + [otherwise.value]))]))
    }
}
