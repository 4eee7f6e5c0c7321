internal import Agreement
internal import Engine
internal import Vocabulary

extension ReportDefinition {
    /// What both sides promised and what they kept.
    static let promises = ReportDefinition(
        "promises", "Promises", answers: "What sales and marketing promised each other, and how much of it they kept.",
        options: [.period, .from, .to, .by, .segment, .team, .passes],
        formulas: [
            Formula(
                "kept",
                "met in time / (met in time + ever missed), of the clocks that fell due in the window; running ones stand "
                    + "beside, those that were withdrawn or rest with another rep are in neither",
                source: "semantics, section 6: attainment, as ever missed", sql: PublishedSQL.promiseKept),
            Formula(
                "done by now", "met, in time or late / (met + missed)",
                source: "semantics, section 6: attainment, as still overdue", sql: PublishedSQL.promiseKept),
            Formula(
                "paused", "time that the clocks stood still / time from start to due",
                source: "semantics, section 6: pauses, their share reported"),
            Formula(
                "delivery lag",
                "from the hand-over to the instant the first owner was told, median; charged to operations",
                source: "semantics, section 6"),
            Formula(
                "achieved of a volume",
                "people who came into the stage for the first time in the period, at a stage that hands over those handed over; "
                    + "who came again stands beside",
                source: "semantics, section 7: passes; volume promises count first passes"),
            Formula(
                "promised from plan",
                "visitors × the conversions up to the stage; of a week or a day as many as the period has",
                source: "clauses of plan"),
            Formula(
                "acceptance", "accepted / (accepted + rejected) of the hand-overs of the period",
                source: "semantics, section 7: hand-overs; acceptance"),
            Formula(
                "complete, consent",
                "of those who came into a stage that hands over, who was not held for a required field, for the gate",
                source: "semantics, section 4: held"),
            Formula(
                "sourced pipeline",
                "deals opened in the period whose first touch within the attribution window before is marketing's, at their value "
                    + "at its end; of persons on the deal, else of the account; what people did themselves and what machines sent "
                    + "is marketing's",
                source: "semantics, section 7: sourced, influenced"),
        ]
    ) { inquiry throws(ReportProblem) in
        let clocks = inquiry.clockTable(inquiry.clocks())
        let commitments = Commitments(inquiry)
        let deliveries = inquiry.deliveryTable()
        return Found(
            population:
                "clocks of sales that fell due in the window; whole fiscal periods that begin in it, for marketing",
            measure: "what was kept of what was promised",
            sections: clocks.sections(inquiry) + [
                inquiry.marketing(commitments),
                deliveries.section(
                    "delivery", "Time until the owner was told", by: inquiry,
                    [
                        .count("told", "told"), .quantile("lag", "delivery lag", 50) { ($0.lag, true) },
                        .quantile("p90", "p90", 90) { ($0.lag, true) },
                    ]
                ) { $0.subject },
            ],
            warnings: warnings(clocks.records, commitments))
    }
}

// MARK: Sales

extension Inquiry {
    fileprivate func clockTable(_ records: [ClockRecord]) -> Tabulation<ClockRecord> {
        let company = company
        return Tabulation(
            records,
            listing: [
                Listed("promise", "promise", .text) { .text($0.promise) },
                Listed("who", "who", .text) { .text(company.personName($0.person)) },
                Listed("account", "account", .text) { .text(company.accountName($0.account)) },
                Listed("pass", "pass", .count) { .count(Int($0.pass)) },
                Listed("owner", "owner", .text) { .text(company.repName($0.owner)) },
                Listed("start", "start", .instant) { .instant($0.start) },
                Listed("due", "due", .instant) { ReportValue($0.due) },
                Listed("state", "state", .text) { .text("\($0.state)") },
                Listed("missed", "missed", .instant) { ReportValue($0.missedAt) },
                Listed("ended", "ended", .instant) { ReportValue($0.ended) },
                Listed("withdrawal", "withdrawn for", .text) {
                    $0.withdrawal == .none ? .nothing : .text("\($0.withdrawal)")
                },
                Listed("fact", "fact", .fact) { company.fact($0.fact) },
            ])
    }
}

private let clockMeasures: [Measure<ClockRecord>] = [
    .count("decided", "decided") { $0.isDecided },
    .count("met", "met") { $0.state == .met },
    .count("missed", "ever missed") { $0.wasMissed },
    .count("overdue", "still overdue") { $0.isOverdue },
    .share("kept", "kept", { $0.state == .met }, of: { $0.isDecided }),
    .share("done", "done by now", { !$0.isOverdue }, of: { $0.isDecided }),
    .count("running", "running") { $0.state == .running },
    .count("withdrawn", "withdrawn") { $0.state == .withdrawn },
    .count("rested", "rested") { $0.state == .rested },
    .statistic("paused", "paused %", .number, of: { $0.due != nil }) { clocks in
        let whole = clocks.reduce(Int128(0)) { $0 + Int128((($1.due ?? $1.start) - $1.start).milliseconds) }
        let paused = clocks.reduce(Int128(0)) { $0 + Int128($1.paused.milliseconds) }
        return ReportValue(Ratio(100 * paused, whole, decimals: 1))
    },
]

extension Tabulation where Record == ClockRecord {
    /// A row for each promise; with a segment a table for each, whoever keeps least first.
    fileprivate func sections(_ inquiry: Inquiry) -> [ReportSection] {
        let promises = inquiry.agreement.promises.sales.inWords.map(\.address)
        let names = promises + Set(records.map(\.promise)).subtracting(promises).sorted()
        let groups = names.map { name in (name: name, members: all.filter { records[Int($0)].promise == name }) }
        guard let segment = inquiry.segment else {
            return [
                section("sales", "Promises of sales", rowsAre: "promise", groups: groups, total: nil, clockMeasures)
            ]
        }
        let segments = self.groups(by: inquiry) { $0.subject }
        return groups.map { group in
            let members = Set(group.members)
            let parts = segments.map { (name: $0.name, members: $0.members.filter { members.contains($0) }) }
                .filter { !$0.members.isEmpty }
            let rows = (segment.isOfTime ? parts : parts.sorted(by: keepsLess)).map {
                row($0.name, $0.name, $0.members, clockMeasures)
            }
            return ReportSection(
                key: group.name.sectionKey, title: group.name, rowsAre: segment.text,
                columns: clockMeasures.map(\.column),
                rows: rows + [row(ReportRow.total, "all", isTotal: true, group.members, clockMeasures)], records: list)
        }
    }

    private func keepsLess(_ a: (name: String, members: [Int32]), _ b: (name: String, members: [Int32])) -> Bool {
        func share(_ members: [Int32]) -> (met: Int, decided: Int) {
            (members.count { records[Int($0)].state == .met }, members.count { records[Int($0)].isDecided })
        }
        let (first, second) = (share(a.members), share(b.members))
        guard first.decided > 0, second.decided > 0 else { return first.decided > second.decided }
        let (left, right) = (first.met * second.decided, second.met * first.decided)
        return left != right ? left < right : first.decided > second.decided
    }
}

extension Segment {
    /// Its names have an order of their own.
    var isOfTime: Bool {
        switch self {
        case .week, .month, .quarter, .year, .hour: true
        case .rep, .team, .manager, .grade, .kind, .property: false
        }
    }
}

extension String {
    /// Of an address, as part of handles: `sales_respond`.
    var sectionKey: String {
        let short = hasPrefix("promises.") ? String(dropFirst("promises.".count)) : self
        return String(short.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }).lowercased()
    }
}

// MARK: Marketing

extension Inquiry {
    /// Each promise of marketing in each period, in the order of the agreement.
    fileprivate func marketing(_ commitments: Commitments) -> ReportSection {
        let table = commitmentTable(commitments.records)
        let rows = commitments.all.filter { $0.side == .marketing }.map { commitment in
            let again = commitment.members.filter { !table.records[Int($0)].isPart }
            return ReportRow(
                key: "\(commitment.promise)-\(commitment.period.name)",
                name: "\(commitment.promise), \(commitment.period.name)", isTotal: false,
                cells: [
                    Cell(.text(commitment.promised), of: [], .statistic),
                    commitment.cell(.count, table.records), commitment.cell(.share, table.records),
                    commitment.cell(.money, table.records),
                    commitment.isOfVolume
                        ? Cell(.count(again.count), of: again, .count) : Cell(.nothing, of: [], .statistic),
                    Cell(.text(commitment.state.words), of: commitment.members, .statistic),
                ])
        }
        return ReportSection(
            key: "marketing", title: "Promises of marketing", rowsAre: "promise and period",
            columns: [
                ReportColumn(key: "promised", title: "promised", kind: .text),
                ReportColumn(key: "count", title: "came", kind: .count),
                ReportColumn(key: "share", title: "share", kind: .share),
                ReportColumn(key: "money", title: "value", kind: .money),
                ReportColumn(key: "again", title: "came again", kind: .count),
                ReportColumn(key: "state", title: "state", kind: .text),
            ], rows: rows, records: table.list)
    }

    func commitmentTable(_ records: [CommitmentRecord]) -> Tabulation<CommitmentRecord> {
        let company = company
        return Tabulation(
            records,
            listing: [
                Listed("promise", "promise", .text) { .text($0.promise) },
                Listed("period", "period", .text) { .text($0.period) },
                Listed("who", "who", .text) { $0.person < 0 ? .nothing : .text(company.personName($0.person)) },
                Listed("account", "account", .text) {
                    $0.account < 0 ? .nothing : .text(company.accountName($0.account))
                },
                Listed("deal", "deal", .text) { $0.deal < 0 ? .nothing : .text(company.text($0.deal)) },
                Listed("owner", "owner", .text) { $0.owner < 0 ? .nothing : .text(company.repName($0.owner)) },
                Listed("about", "about", .text) { $0.about.isEmpty ? .nothing : .text($0.about) },
                Listed("instant", "when", .instant) { .instant($0.instant) },
                Listed("count", "count", .count) { .count($0.count) },
                Listed("counts", "counts for it", .flag) { .flag($0.isPart) },
                Listed("value", "value", .money) { ReportValue($0.value) },
                Listed("fact", "fact", .fact) { company.fact($0.fact) },
            ])
    }
}

extension Commitment {
    var isOfVolume: Bool {
        if case .count = achieved { return true }
        return false
    }

    /// What was achieved, where it is of this kind.
    func cell(_ kind: ReportValue.Kind, _ records: [CommitmentRecord]) -> Cell {
        let part = members.filter { records[Int($0)].isPart }
        switch (kind, achieved) {
        case (.count, .count(let count)):
            let isSum = part.contains { records[Int($0)].count != 1 }
            return Cell(.count(count), of: part, isSum ? .sum(column: "count") : .count)
        case (.share, .share(let share)): return Cell(.share(share), of: members, .share(part: part))
        case (.money, .money(let money)):
            let with = members.filter { records[Int($0)].value != nil }
            return Cell(.money(with.isEmpty ? [] : [money]), of: with, .sum(column: "value"))
        default: return Cell(.nothing, of: [], .statistic)
        }
    }
}

// MARK: Delivery

/// From a hand-over until its first owner was told.
private struct Delivery: Hashable, Sendable {
    let account: Int32
    let ready: Instant
    let told: Instant
    let lag: Elapsed
    let subject: Subject
}

extension Inquiry {
    fileprivate func deliveryTable() -> Tabulation<Delivery> {
        let company = company
        let deliveries = outcome.accounts.flatMap { account in
            account.handOvers.compactMap { handOver -> Delivery? in
                guard let ready = handOver.ready, let first = handOver.owners.first, handOver.joins < 0,
                    !handOver.isBeforeStart, isInWindow(ready), !firstPassOnly || handOver.pass <= 1
                else { return nil }
                let owner = company.owner(of: handOver)
                let subject = Subject(
                    at: ready, person: handOver.person, owner: first.owner, team: owner.team, grade: owner.grade)
                guard isChosen(subject) else { return nil }
                let told = max(ready, first.since)
                return Delivery(account: account.account, ready: ready, told: told, lag: told - ready, subject: subject)
            }
        }
        return Tabulation(
            deliveries,
            listing: [
                Listed("who", "who", .text) { .text(company.personName($0.subject.person)) },
                Listed("account", "account", .text) { .text(company.accountName($0.account)) },
                Listed("owner", "owner", .text) { .text(company.repName($0.subject.owner)) },
                Listed("ready", "handed over", .instant) { .instant($0.ready) },
                Listed("told", "told", .instant) { .instant($0.told) },
                Listed("lag", "lag", .duration) { .duration(HalfMilliseconds($0.lag), .physical) },
            ])
    }
}

private func warnings(_ clocks: [ClockRecord], _ commitments: Commitments) -> [ReportWarning] {
    if clocks.isEmpty, commitments.all.isEmpty { return [.noRecords] }
    let decided = clocks.count { $0.isDecided }
    return [decided > 0 && decided < 20 ? .smallNumbers(20) : nil].compactMap { $0 } + commitments.warnings
}

extension Commitments {
    /// Promises that nobody can measure, and why.
    var warnings: [ReportWarning] {
        var said: Set<String> = []
        return all.compactMap { commitment in
            guard case .unmeasured(let why) = commitment.state, said.insert(commitment.promise).inserted else {
                return nil
            }
            return ReportWarning("unmeasured-promise", "\(commitment.promise) is not measured: \(why)")
        }
    }
}
