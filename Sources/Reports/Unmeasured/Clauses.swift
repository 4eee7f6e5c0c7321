internal import Agreement
internal import Engine
internal import Journal
internal import Vocabulary

/// A clause that nobody can measure, and why.
struct UnmeasuredClause: Hashable, Sendable {
    let address: String
    let says: String
    let why: String
}

extension Inquiry {
    /// What was promised and is not measured, by address.
    func unmeasuredClauses(_ commitments: Commitments) -> [UnmeasuredClause] {
        let all =
            boundaries() + missionInWords() + silentPromises(commitments) + silentChannels() + silentRequests()
            + silentAlerts() + checkIns()
        return all.sorted { $0.address.utf8.lexicographicallyPrecedes($1.address.utf8) }
    }

    private func boundaries() -> [UnmeasuredClause] {
        agreement.mission.boundaries.compactMap { boundary in
            let why: String
            switch boundary.never.value {
            case .unmeasured: why = "no condition says when it is broken"
            case .measured(.export, _): why = "nothing is told of exports"
            case .measured: return nil
            }
            return UnmeasuredClause(address: boundary.never.address, says: boundary.never.value.words, why: why)
        }
    }

    private func missionInWords() -> [UnmeasuredClause] {
        agreement.mission.sales.map {
            [UnmeasuredClause(address: $0.address, says: $0.value, why: "it is said in words only")]
        } ?? []
    }

    private func silentPromises(_ commitments: Commitments) -> [UnmeasuredClause] {
        var seen: Set<String> = []
        return commitments.all.compactMap { commitment in
            guard case .unmeasured(let why) = commitment.state, seen.insert(commitment.promise).inserted else {
                return nil
            }
            return UnmeasuredClause(address: commitment.promise, says: commitment.promised, why: why)
        }
    }

    /// Channels by which a promise may be kept, and of which no source ever tells.
    private func silentChannels() -> [UnmeasuredClause] {
        let told = channelsTold()
        let clauses =
            agreement.promises.sales.respond.flatMap(\.all).map(\.by)
            + agreement.promises.sales.pursue.flatMap(\.all).map(\.channels)
        return clauses.flatMap { clause in
            clause.value.filter { !told.contains($0.rawValue) }.map { channel in
                UnmeasuredClause(
                    address: clause.address, says: channel.rawValue,
                    why: "no source tells of any touch by \(channel.rawValue)")
            }
        }
    }

    private func channelsTold() -> Set<String> {
        let history = world.history
        guard let channel = history.texts.number(of: "channel") else { return [] }
        var told: Set<String> = []
        for act in history.acts {
            if act.kind.family == .meeting { told.insert(Channel.meeting.rawValue) }
            guard act.kind == .touch, let said = history.properties.property(channel, of: act.properties),
                said.kind == .text
            else { continue }
            told.insert(history.texts[Int32(said.bits)])
        }
        return told
    }

    private func silentRequests() -> [UnmeasuredClause] {
        guard let requests = agreement.requests, !tells(of: .requested) else { return [] }
        return [
            UnmeasuredClause(
                address: requests.answerWithin.address, says: "within \(requests.answerWithin.value)",
                why: "no source tells of requests")
        ]
    }

    private func silentAlerts() -> [UnmeasuredClause] {
        guard !tells(of: .decision) else { return [] }
        return agreement.alerts.map { alert in
            UnmeasuredClause(
                address: alert.within.address, says: "within \(alert.within.value)",
                why: "no decision says that anybody was told")
        }
    }

    private func tells(of kind: FactKind) -> Bool {
        world.history.acts.contains { $0.kind == kind } || world.history.apart.contains { $0.fact.kind == kind }
    }

    private func checkIns() -> [UnmeasuredClause] {
        agreement.checkIns.map { checkIn in
            UnmeasuredClause(
                address: checkIn.every.address, says: checkIn.every.value.words,
                why: "no source tells who came to a check-in")
        }
    }
}

/// Something that is measured and that nobody has promised.
struct Unpromised: Hashable, Sendable {
    let what: String
    let count: Int
    let remedy: String
}

extension Inquiry {
    /// What is counted here though no clause promises it.
    func unpromised() -> [Unpromised] {
        answers() + volumes() + conversionsWithoutPlan() + others()
    }

    private func answers() -> [Unpromised] {
        let sales = agreement.promises.sales
        let numbers = StageNumbers(company)
        let stages = agreement.stages
        return stages.indices.filter { stages[$0].handOver != nil }.flatMap { stage -> [Unpromised] in
            let name = stages[stage].name
            let handedOver = outcome.accounts.flatMap(\.handOvers).count { handOver in
                numbers[handOver.version, handOver.stage] == stage && handOver.ready.map { isInWindow($0) } ?? false
            }
            let answered = sales.respond.flatMap(\.all).contains { $0.to.value == name }
            let decided = sales.decide.flatMap(\.all).contains { $0.about.value == name }
            return [
                answered
                    ? nil
                    : Unpromised(
                        what: "how soon hand-overs as \(name) are answered", count: handedOver,
                        remedy: "promises.sales.respond: {to: \(name), …}"),
                decided
                    ? nil
                    : Unpromised(
                        what: "how soon hand-overs as \(name) are accepted or rejected", count: handedOver,
                        remedy: "promises.sales.decide: {about: \(name), …}"),
            ].compactMap { $0 }
        }
    }

    private func volumes() -> [Unpromised] {
        let promised = agreement.promises.marketing.deliver?.all.flatMap(\.amounts).map(\.what) ?? []
        let entries = StageEntries(company)
        return agreement.stages.enumerated().compactMap { number, stage in
            guard stage.side.value == .marketing, !promised.contains(stage.name) else { return nil }
            let count = entries.entries(into: number).count { isInWindow($0.instant) }
            return Unpromised(
                what: "how many come as \(stage.name)", count: count,
                remedy: "promises.marketing.deliver: {\(stage.name): … per month}")
        }
    }

    private func conversionsWithoutPlan() -> [Unpromised] {
        let names = agreement.stages.map(\.name)
        let entries = StageEntries(company)
        return names.indices.dropLast().compactMap { stage in
            let isPlanned = agreement.plan.conversions.contains { conversion in
                guard let from = names.firstIndex(of: conversion.from), let to = names.firstIndex(of: conversion.to)
                else { return false }
                return from <= stage && stage < to
            }
            let isLast = stage == names.count - 2 && agreement.plan.winRate != nil
            guard !isPlanned, !isLast else { return nil }
            let count = entries.entries(into: stage).count { isInWindow($0.instant) }
            return Unpromised(
                what: "the share of \(names[stage]) that becomes \(names[stage + 1])", count: count,
                remedy: "plan: {\(names[stage])_to_\(names[stage + 1]): …%}")
        }
    }

    private func others() -> [Unpromised] {
        let marketing = agreement.promises.marketing
        let opened = outcome.accounts.flatMap(\.deals).count { deal in
            deal.changes.first.map { isInWindow($0.instant) } ?? false
        }
        let breaches = outcome.accounts.flatMap(\.breaches).count { isInWindow($0.instant) }
        return [
            marketing.pipeline == nil
                ? Unpromised(
                    what: "pipeline that marketing is the source of", count: opened,
                    remedy: "promises.marketing.pipeline: {sourced: … per quarter}") : nil,
            agreement.promises.sales.permission == nil
                ? Unpromised(
                    what: "touches while the gate said no", count: breaches, remedy: "promises.sales.permission: 100%")
                : nil,
            agreement.plan.winRate == nil
                ? Unpromised(what: "the share of deals that are won", count: opened, remedy: "plan: {win_rate: …%}")
                : nil,
        ].compactMap { $0 }
    }
}
