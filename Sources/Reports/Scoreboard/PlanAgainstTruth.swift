internal import Agreement
internal import Engine
internal import Vocabulary

/// Somebody, or a deal, that an assumption of the plan is about.
private struct PlanRecord: Hashable, Sendable {
    let assumption: String
    let account: Int32
    let person: Int32
    /// A text; −1: none.
    let deal: Int32
    let instant: Instant
    let isPart: Bool
    let fact: Int32
}

extension Inquiry {
    /// What the promises rest on, against what was so in the window.
    func planned() -> ReportSection {
        let rates = conversions() + winRate()
        let company = company
        let table = Tabulation(
            rates.flatMap(\.records),
            listing: [
                Listed("assumption", "assumption", .text) { .text($0.assumption) },
                Listed("who", "who", .text) { $0.person < 0 ? .nothing : .text(company.personName($0.person)) },
                Listed("account", "account", .text) { .text(company.accountName($0.account)) },
                Listed("deal", "deal", .text) { .text(company.text($0.deal)) },
                Listed("instant", "when", .instant) { .instant($0.instant) },
                Listed("counts", "counts for it", .flag) { .flag($0.isPart) },
                Listed("fact", "fact", .fact) { company.fact($0.fact) },
            ])
        let planned = Measure<PlanRecord>("planned", "planned", .text) { _, _ in Cell(.nothing, of: [], .statistic) }
        let measures: [Measure<PlanRecord>] = [
            planned, .count("of", "of"), .share("share", "so far", { $0.isPart }),
            .statistic("low", "from %", .number) { ReportValue(Interval($0.count { $0.isPart }, of: $0.count)?.low) },
            .statistic("high", "to %", .number) { ReportValue(Interval($0.count { $0.isPart }, of: $0.count)?.high) },
        ]
        let rows = rates.map { rate in
            let members = table.all.filter { table.records[Int($0)].assumption == rate.name }
            let cells =
                [Cell(.text(rate.planned), of: [], .statistic)]
                + measures.dropFirst().map { $0.cell(members, table.records) }
            return ReportRow(key: rate.name, name: rate.name, isTotal: false, cells: cells)
        }
        return ReportSection(
            key: "plan", title: "What the plan assumes", rowsAre: "assumption", columns: measures.map(\.column),
            rows: rows, records: table.list)
    }

    private struct Rate {
        let name: String
        let planned: String
        let records: [PlanRecord]
    }

    private func conversions() -> [Rate] {
        let entries = StageEntries(company)
        let owners = PassOwners(company)
        let stages = agreement.stages.map(\.name)
        return agreement.plan.conversions.compactMap { conversion in
            guard let start = stages.firstIndex(of: conversion.from), let end = stages.firstIndex(of: conversion.to)
            else { return nil }
            let name = "\(conversion.from) to \(conversion.to)"
            let entrants = entries.entries(into: start).filter { entry in
                isInWindow(entry.instant) && (!firstPassOnly || entry.unit.pass <= 1)
                    && isChosen(subject(of: entry, owners))
            }
            let records = entrants.map { entry in
                PlanRecord(
                    assumption: name, account: entry.unit.account, person: entry.unit.person, deal: -1,
                    instant: entry.instant, isPart: reached(end, entry.unit, entries), fact: entry.fact)
            }
            return Rate(name: name, planned: conversion.share.inWords, records: records)
        }
    }

    /// In the same pass: by the deal itself, or by the person it is credited to.
    private func reached(_ stage: Int, _ unit: StageUnit, _ entries: StageEntries) -> Bool {
        let person = StageUnit(account: unit.account, person: unit.person, pass: unit.pass, deal: -1)
        return entries.entry(of: unit, into: stage) != nil
            || unit.deal < 0 && entries.entry(of: person, into: stage) != nil
    }

    private func winRate() -> [Rate] {
        guard let planned = agreement.plan.winRate else { return [] }
        let decided = deals { deal in deal.closing.flatMap { isInWindow($0.instant) ? $0.instant : nil } }
        let records = decided.map { deal in
            PlanRecord(
                assumption: "win rate", account: deal.account, person: deal.subject.person, deal: deal.deal.record,
                instant: deal.closed ?? deal.opened, isPart: deal.isWon, fact: deal.fact)
        }
        return [Rate(name: "win rate", planned: planned.inWords, records: records)]
    }
}

extension Segmented where Value == AgreedShare {
    /// `22%`; where it differs by segment, each.
    fileprivate var inWords: String { all.map { $0.value.words }.joined(separator: " or ") }
}
