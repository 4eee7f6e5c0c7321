internal import Agreement
internal import Engine
internal import Journal
internal import Vocabulary

// What marketing promised: volumes, their quality, and pipeline.

extension Commitments {
    mutating func marketing(
        _ agreement: Agreement, _ length: PromiseLength, _ period: PromisePeriod, _ sources: CommitmentSources
    ) {
        deliver(agreement, length, period, sources)
        if length == .month { quality(agreement, period, sources) }
        pipeline(agreement, length, period, sources)
        coverage(agreement, length, period)
        targets(agreement, length, period)
    }

    /// Terms that are the same for everybody; otherwise it says so under each of the addresses.
    private mutating func terms<Terms>(
        of promise: Promise<Terms>?, _ period: PromisePeriod, _ length: PromiseLength, measuredBy own: PromiseLength
    ) -> Terms? {
        guard let promise, length == own else { return nil }
        guard promise.cases.isEmpty else {
            cannotSay(.marketing, promise.address, period, promised: "by segment", differsBySegment)
            return nil
        }
        return promise.otherwise
    }
}

// MARK: Volumes

extension Commitments {
    private mutating func deliver(
        _ agreement: Agreement, _ length: PromiseLength, _ period: PromisePeriod, _ sources: CommitmentSources
    ) {
        guard let promise = agreement.promises.marketing.deliver else { return }
        guard promise.cases.isEmpty else {
            if length == .month {
                cannotSay(.marketing, promise.address, period, promised: "by segment", differsBySegment)
            }
            return
        }
        let terms = promise.otherwise
        for amount in terms.amounts {
            let address = amount.volume.address
            switch amount.volume.value {
            case .volume(let volume) where PromiseLength(volume.per) == length:
                deliver(amount.what, address, volume.amount(in: period), volume.words, terms, period, sources)
            case .fromPlan where agreement.plan.length == length:
                guard let planned = agreement.plan.amount(of: amount.what, in: period) else {
                    cannotSay(
                        .marketing, address, period, promised: "from plan",
                        "the plan implies no volume of \(amount.what) for everybody")
                    continue
                }
                let words = "\(planned.rounded) from plan"
                deliver(amount.what, address, planned, words, terms, period, sources)
            default: continue
            }
        }
    }

    private mutating func deliver(
        _ what: String, _ address: String, _ promised: Quotient, _ words: String, _ terms: Deliver,
        _ period: PromisePeriod, _ sources: CommitmentSources
    ) {
        let each = terms.each.value
        let said = each == .company ? words : "\(words) each \(each.rawValue)"
        let counted = what == "visitors" ? visitors(address, period) : arrivals(what, address, period, sources)
        if what == "visitors" {
            guard each == .company else {
                return cannotSay(.marketing, address, period, promised: said, "nobody knows whose a visitor is")
            }
            guard hasVisitors else {
                return cannotSay(.marketing, address, period, promised: said, "no source counts visitors")
            }
        }
        let units = self.units(each)
        let company = inquiry.company
        let whole = Quotient(promised.numerator * Int128(max(1, units.count)), promised.denominator)
        add(.marketing, address, period, promised: said, counted, volume: whole) { counted in
            let firsts = counted.filter(\.isPart)
            let sums = units.map { unit in
                firsts.filter { unit == nil || unit == Commitments.unit(each, of: $0, company) }
                    .reduce(0) { $0 + $1.count }
            }
            let isKept = sums.allSatisfy { Int128($0) * promised.denominator >= promised.numerator }
            return (.count(firsts.reduce(0) { $0 + $1.count }), isKept)
        }
    }

    /// Whoever gets the amount each, texts; `nil` stands for the company.
    private func units(_ each: PromiseUnit) -> [Int32?] {
        switch each {
        case .company: [nil]
        case .team: inquiry.world.staff.teams.map { $0.name }
        case .rep: inquiry.world.staff.reps.map { $0.name }
        }
    }

    private static func unit(_ each: PromiseUnit, of record: CommitmentRecord, _ company: JudgedCompany) -> Int32 {
        each == .rep ? record.owner : company.team(of: record.owner)
    }

    /// Who came into a stage, at one that hands over who was handed over; those who came again stand beside.
    private func arrivals(
        _ what: String, _ address: String, _ period: PromisePeriod, _ sources: CommitmentSources
    ) -> [CommitmentRecord] {
        let stages = inquiry.agreement.stages
        guard let stage = stages.firstIndex(where: { $0.name == what }) else { return [] }
        if stages[stage].handOver != nil {
            return sources.leads.compactMap { lead -> CommitmentRecord? in
                guard lead.stage == stage, let ready = lead.handOver.ready, period.contains(ready) else { return nil }
                return CommitmentRecord(
                    promise: address, period: period.name, person: lead.handOver.person, account: lead.account,
                    owner: lead.handOver.owner, instant: ready, isPart: lead.handOver.pass <= 1,
                    fact: lead.handOver.readyFact)
            }
        }
        return sources.entries.entries(into: stage).compactMap { entry -> CommitmentRecord? in
            guard period.contains(entry.instant) else { return nil }
            let subject = inquiry.subject(of: entry, sources.owners)
            guard inquiry.isChosen(subject) else { return nil }
            return CommitmentRecord(
                promise: address, period: period.name, person: entry.unit.person, account: entry.unit.account,
                owner: subject.owner, instant: entry.instant, isPart: entry.unit.pass <= 1, fact: entry.fact)
        }
    }

    private var hasVisitors: Bool { inquiry.world.history.apart.contains { $0.isOfVisitors } }

    private func visitors(_ address: String, _ period: PromisePeriod) -> [CommitmentRecord] {
        inquiry.world.history.apart.compactMap { measure in
            guard measure.isOfVisitors, period.contains(measure.occurred), let amount = measure.wholeAmount else {
                return nil
            }
            var about = ""
            if case .text(let origin)? = measure.fact["origin"] { about = origin }
            return CommitmentRecord(
                promise: address, period: period.name, about: about, instant: measure.occurred, count: amount)
        }
    }
}

extension CompanyFact {
    fileprivate var isOfVisitors: Bool { fact.kind == .measure && fact.name == "visitors" }

    /// Rounded down.
    fileprivate var wholeAmount: Int? {
        guard case .number(let number)? = fact["amount"], let points = try? Points(number) else { return nil }
        return Int(points.micropoints / 1_000_000)
    }
}

extension Quotient {
    /// `37.5`, `40`.
    var rounded: String {
        let decimals = denominator == 1 ? 0 : 1
        return Ratio(numerator, denominator, decimals: decimals).map { "\($0)" } ?? ""
    }
}

// MARK: Quality

extension Commitments {
    private mutating func quality(_ agreement: Agreement, _ period: PromisePeriod, _ sources: CommitmentSources) {
        let promises = agreement.promises.marketing
        if let terms = terms(of: promises.quality, period, .month, measuredBy: .month) {
            let decided = sources.leads.filter { $0.handOver.verdict != nil && $0.isReady(in: period) }
            addShare(terms.acceptance, decided, period) { $0.verdict?.isAccepted ?? false }
        }
        let entered = sources.leads.filter { period.contains($0.handOver.entered) }
        if let terms = terms(of: promises.complete, period, .month, measuredBy: .month) {
            addShare(terms.requiredFields, entered, period) { !$0.lackedFields }
        }
        if let terms = terms(of: promises.consent, period, .month, measuredBy: .month) {
            addShare(terms.valid, entered, period) { !$0.lackedConsent }
        }
    }

    private mutating func addShare(
        _ clause: Clause<AgreedShare>, _ leads: [CommitmentSources.Lead], _ period: PromisePeriod,
        _ isPart: (HandOver) -> Bool
    ) {
        let counted = leads.map { lead in
            CommitmentRecord(
                promise: clause.address, period: period.name, person: lead.handOver.person, account: lead.account,
                owner: lead.handOver.owner, instant: lead.handOver.ready ?? lead.handOver.entered,
                isPart: isPart(lead.handOver), fact: lead.handOver.verdict?.fact ?? lead.handOver.fact)
        }
        add(
            .marketing, clause.address, period, promised: "at least \(clause.value.words)", counted,
            Commitments.share(atLeast: clause.value.millionths))
    }
}

extension CommitmentSources.Lead {
    fileprivate func isReady(in period: PromisePeriod) -> Bool { handOver.ready.map { period.contains($0) } ?? false }
}

extension HandOver {
    /// When it came into the stage, a required field had no value.
    var lackedFields: Bool {
        switch hold {
        case .fields, .fieldsAndConsent: true
        case .consent, nil: false
        }
    }

    /// When it came into the stage, the gate allowed nothing.
    var lackedConsent: Bool {
        switch hold {
        case .consent, .fieldsAndConsent: true
        case .fields, nil: false
        }
    }
}

// MARK: Pipeline

extension Commitments {
    private mutating func pipeline(
        _ agreement: Agreement, _ length: PromiseLength, _ period: PromisePeriod, _ sources: CommitmentSources
    ) {
        guard let promise = agreement.promises.marketing.pipeline else { return }
        let own = PromiseLength(promise.otherwise.sourced.value.per)
        guard let terms = terms(of: promise, period, length, measuredBy: own) else { return }
        let promised = terms.sourced.value.amount
        let counted = sources.deals.compactMap { sourced -> CommitmentRecord? in
            guard let opened = sourced.deal.changes.first?.instant, period.contains(opened) else { return nil }
            let last = sourced.deal.changes.last { $0.instant < period.to }
            let amount = last?.money.flatMap { sources.exchange.inBase($0, at: opened) }
            return CommitmentRecord(
                promise: terms.sourced.address, period: period.name, person: sourced.deal.credited,
                account: sourced.account, deal: sourced.deal.record, owner: last?.owner ?? -1,
                about: sourced.source.rawValue, instant: opened, isPart: sourced.source == .marketing,
                value: sourced.source == .marketing ? amount : nil, fact: last?.fact ?? noFact)
        }
        guard let target = sources.exchange.inBase(promised, at: period.from) else {
            return cannotSay(
                .marketing, terms.sourced.address, period, promised: terms.sourced.value.words,
                "there is no rate for \(promised.currency.code)")
        }
        add(
            .marketing, terms.sourced.address, period, promised: terms.sourced.value.words, counted,
            volume: Quotient(Int128(target.minorUnits), 1)
        ) { counted in
            let sum = counted.compactMap(\.value).reduce(Int64(0)) { $0 + $1.minorUnits }
            return (.money(Money(minorUnits: sum, currency: sources.exchange.base)), sum >= target.minorUnits)
        }
    }

    /// At the agreed point of the period, with what was known then.
    private mutating func coverage(_ agreement: Agreement, _ length: PromiseLength, _ period: PromisePeriod) {
        guard let promise = agreement.promises.marketing.coverage else { return }
        let own = PromiseLength(promise.otherwise.at.value.period)
        guard let terms = terms(of: promise, period, length, measuredBy: own),
            let fiscal = FiscalPeriod(text: period.name)
        else { return }
        let each = terms.each.value
        let point = terms.at.value.end == .start ? period.from : period.to
        let said = "at least \(terms.atLeast.value) for each \(each.rawValue) at the \(terms.at.value.words)"
        guard inquiry.hasQuotas(in: fiscal) else {
            return cannotSay(.marketing, terms.atLeast.address, period, promised: said, "nobody has a quota for it")
        }
        guard point <= inquiry.to, withCoverage else {
            return add(.marketing, terms.atLeast.address, period, promised: said, []) { _ in (.nothing, nil) }
        }
        let moment = inquiry.moment(fiscal, period.days, at: point)
        let balances = CoverageBalance.of(moment.records, each: each, inquiry.company)
        let counted = balances.map { balance in
            CommitmentRecord(
                promise: terms.atLeast.address, period: period.name, owner: each == .rep ? balance.unit : -1,
                about: balance.words, instant: point, isPart: balance.covers(terms.atLeast.value))
        }
        add(.marketing, terms.atLeast.address, period, promised: said, counted, Commitments.share(atLeast: 1_000_000))
    }
}

extension Inquiry {
    fileprivate func hasQuotas(in period: FiscalPeriod) -> Bool {
        let quotas = Quotas(company)
        return world.staff.reps.contains { quotas.quota(of: company.text($0.name), in: period) != nil }
    }
}

/// Quota, wins and pipeline of one unit, in the company's currency.
private struct CoverageBalance {
    /// A text; −1: the company.
    let unit: Int32
    var quota: Int128 = 0
    var won: Int128 = 0
    var pipeline: Int128 = 0

    /// Of every unit that has a quota.
    static func of(_ records: [CoverageRecord], each: PromiseUnit, _ company: JudgedCompany) -> [CoverageBalance] {
        var balances: [Int32: CoverageBalance] = [:]
        for record in records {
            let unit: Int32 =
                switch each {
                case .company: -1
                case .team: company.team(of: record.owner)
                case .rep: record.owner
                }
            let amount = Int128(record.value?.minorUnits ?? 0)
            switch record.what {
            case .quota: balances[unit, default: CoverageBalance(unit: unit)].quota += amount
            case .won: balances[unit, default: CoverageBalance(unit: unit)].won += amount
            case .pipeline: balances[unit, default: CoverageBalance(unit: unit)].pipeline += amount
            }
        }
        return balances.values.filter { $0.quota > 0 }.sorted { $0.unit < $1.unit }
    }

    func covers(_ multiple: Number) -> Bool {
        let scale = (0..<multiple.scale).reduce(Int128(1)) { power, _ in power * 10 }
        return quota <= won || pipeline * scale >= (quota - won) * Int128(multiple.mantissa)
    }

    var words: String {
        quota <= won ? "quota met" : Ratio(pipeline, quota - won).map { "\($0) times what is left" } ?? ""
    }
}

// MARK: Target accounts

extension Commitments {
    private mutating func targets(_ agreement: Agreement, _ length: PromiseLength, _ period: PromisePeriod) {
        guard let promise = agreement.promises.marketing.targetAccounts else { return }
        let own = PromiseLength(promise.otherwise.by.value.period)
        guard let terms = terms(of: promise, period, length, measuredBy: own) else { return }
        let parts: [(Clause<AgreedShare>?, (TargetAccount) -> Bool)] = [
            (terms.reached, { $0.isReached }), (terms.engaged, { $0.isEngaged }),
            (terms.withPipeline, { $0.hasPipeline }),
        ]
        let accounts = inquiry.targetAccounts(in: period)
        for (clause, isPart) in parts {
            guard let clause else { continue }
            guard !accounts.isEmpty else {
                cannotSay(.marketing, clause.address, period, promised: clause.value.words, "no account is a target")
                continue
            }
            let counted = accounts.map { account in
                CommitmentRecord(
                    promise: clause.address, period: period.name, account: account.account ?? -1, about: account.name,
                    instant: min(period.to, inquiry.to), isPart: isPart(account))
            }
            add(
                .marketing, clause.address, period, promised: "at least \(clause.value.words)", counted,
                Commitments.share(atLeast: clause.value.millionths))
        }
    }
}

/// An account of the list of targets, in a period.
struct TargetAccount: Hashable, Sendable {
    let name: String
    /// `nil`: no fact names it.
    let account: Int32?
    /// We turned to somebody there.
    var isReached = false
    /// Somebody there did something.
    var isEngaged = false
    /// A deal was open at its end.
    var hasPipeline = false
}

extension Inquiry {
    func targetAccounts(in period: PromisePeriod) -> [TargetAccount] {
        let known = targetsByIdentifier
        return (agreement.targets?.accounts.value.accounts ?? []).map { target in
            let name = target.domain ?? target.id ?? ""
            guard let account = target.names.lazy.compactMap({ known[$0] }).first else {
                return TargetAccount(name: name, account: nil)
            }
            return look(at: account, name, period)
        }
    }

    /// Accounts by the ids and domains that a list may name them by.
    private var targetsByIdentifier: [String: Int32] {
        var known: [String: Int32] = [:]
        for (number, account) in world.history.accounts.enumerated() {
            for identifier in account.identifiers where company.targets.contains(identifier) {
                let text = world.history.texts[identifier]
                let value = text.split(separator: "/").last.map(String.init) ?? text
                known[value.replacing("domain:", with: "")] = Int32(number)
            }
        }
        return known
    }

    private func look(at account: Int32, _ name: String, _ period: PromisePeriod) -> TargetAccount {
        var target = TargetAccount(name: name, account: account)
        let history = world.history
        let words = ResponseWords(history.texts)
        for fact in history.accounts[Int(account)].facts where period.contains(history.at(Int(fact))) {
            let act = history.acts[Int(history.act[Int(fact)])]
            switch act.kind {
            case .activity: target.isEngaged = true
            case .meetingHeld: (target.isReached, target.isEngaged) = (true, true)
            case .touch where words.isOutward(act, history): target.isReached = true
            case .touch: target.isEngaged = true
            default: break
            }
        }
        let end = min(period.to, to)
        target.hasPipeline = outcome.accounts[Int(account)].deals.contains { deal in
            deal.changes.last { $0.instant < end }?.state == .open
        }
        return target
    }
}

extension TargetList.Account {
    fileprivate var names: [String] { [id, domain].compactMap { $0 } }
}
