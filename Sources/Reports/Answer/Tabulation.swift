internal import Vocabulary

// How a report is made: a list of typed records, what is listed of each, and measures, each of which makes a cell of any set of
// records. So every number has its records, and totals and segments are computed alike.

/// What a table lists of a record.
struct Listed<Record: Sendable>: Sendable {
    let column: ReportColumn
    let value: @Sendable (Record) -> ReportValue

    init(
        _ key: String, _ title: String, _ kind: ReportValue.Kind, _ value: @escaping @Sendable (Record) -> ReportValue
    ) {
        column = ReportColumn(key: key, title: title, kind: kind)
        self.value = value
    }
}

/// One column of a report: a cell for any set of records.
struct Measure<Record: Sendable>: Sendable {
    let column: ReportColumn
    let cell: @Sendable (_ members: [Int32], _ records: [Record]) -> Cell

    init(
        _ key: String, _ title: String, _ kind: ReportValue.Kind,
        _ cell: @escaping @Sendable (_ members: [Int32], _ records: [Record]) -> Cell
    ) {
        column = ReportColumn(key: key, title: title, kind: kind)
        self.cell = cell
    }

    /// How many there are.
    static func count(
        _ key: String, _ title: String, where counts: @escaping @Sendable (Record) -> Bool = { _ in true }
    ) -> Measure {
        Measure(key, title, .count) { members, records in
            let counted = members.filter { counts(records[Int($0)]) }
            return Cell(.count(counted.count), of: counted, .count)
        }
    }

    /// The share of `whole` that is `part`; whoever is in part alone is in neither.
    static func share(
        _ key: String, _ title: String, _ part: @escaping @Sendable (Record) -> Bool,
        of whole: @escaping @Sendable (Record) -> Bool = { _ in true }
    ) -> Measure {
        Measure(key, title, .share) { members, records in
            let all = members.filter { whole(records[Int($0)]) }
            let some = all.filter { part(records[Int($0)]) }
            return Cell(.share(Share(some.count, of: all.count)), of: all, .share(part: some))
        }
    }

    /// A sum of money over those that have an amount; `column` is the listed one that holds it.
    static func sum(
        _ key: String, _ title: String, ofListed column: String, _ amount: @escaping @Sendable (Record) -> Money?
    ) -> Measure {
        Measure(key, title, .money) { members, records in
            let with = members.filter { amount(records[Int($0)]) != nil }
            return Cell(.money(sums(of: with.compactMap { amount(records[Int($0)]) })), of: with, .sum(column: column))
        }
    }

    /// A percentile of waits, of which some have not ended; `nil` leaves a record out.
    static func quantile(
        _ key: String, _ title: String, _ percent: UInt64, in time: WaitingTime = .physical,
        _ wait: @escaping @Sendable (Record) -> (wait: Elapsed, hasEnded: Bool)?
    ) -> Measure {
        Measure(key, title, .duration) { members, records in
            let with = members.filter { wait(records[Int($0)]) != nil }
            let survival = Survival(
                with.compactMap { wait(records[Int($0)]) }.map { ($0.wait.milliseconds, $0.hasEnded) })
            return Cell(ReportValue(survival.quantile(percent), in: time), of: with, .statistic)
        }
    }

    /// Anything else that a set of records gives.
    static func statistic(
        _ key: String, _ title: String, _ kind: ReportValue.Kind,
        of counts: @escaping @Sendable (Record) -> Bool = { _ in true },
        _ value: @escaping @Sendable ([Record]) -> ReportValue
    ) -> Measure {
        Measure(key, title, kind) { members, records in
            let some = members.filter { counts(records[Int($0)]) }
            return Cell(value(some.map { records[Int($0)] }), of: some, .statistic)
        }
    }
}

/// Records and what is listed of them, ready to be tabulated in several ways.
struct Tabulation<Record: Sendable>: Sendable {
    let records: [Record]
    let list: RecordList

    init(_ records: [Record], listing listed: [Listed<Record>]) {
        self.records = records
        list = RecordList(
            columns: listed.map(\.column), rows: records.map { record in listed.map { $0.value(record) } })
    }

    var all: [Int32] { records.indices.map(Int32.init) }

    func row(_ key: String, _ name: String, isTotal: Bool = false, _ members: [Int32], _ measures: [Measure<Record>])
        -> ReportRow
    {
        ReportRow(key: key, name: name, isTotal: isTotal, cells: measures.map { $0.cell(members, records) })
    }

    /// A table with a row for each group, in their order, and a total below them.
    func section(
        _ key: String, _ title: String, rowsAre: String, groups: [(name: String, members: [Int32])],
        total: String? = "all", _ measures: [Measure<Record>]
    ) -> ReportSection {
        var rows = groups.map { row($0.name, $0.name, $0.members, measures) }
        if let total { rows.append(row(ReportRow.total, total, isTotal: true, all, measures)) }
        return ReportSection(
            key: key, title: title, rowsAre: rowsAre, columns: measures.map(\.column), rows: rows, records: list)
    }

    /// A table by the segment that was asked for: of the total alone, where none was.
    func section(
        _ key: String, _ title: String, by inquiry: Inquiry, total: String = "all", _ measures: [Measure<Record>],
        subject: (Record) -> Subject
    ) -> ReportSection {
        section(
            key, title, rowsAre: inquiry.segment?.text ?? "", groups: groups(by: inquiry, subject), total: total,
            measures)
    }

    /// The records by the segment that was asked for, in the order of names by bytes; none where none was.
    func groups(by inquiry: Inquiry, _ subject: (Record) -> Subject) -> [(name: String, members: [Int32])] {
        guard inquiry.segment != nil else { return [] }
        return groups(named: records.map { inquiry.segmentName(subject($0)) ?? unsaid })
    }

    /// The records by the name of each, in the order of names by bytes.
    func groups(named names: [String]) -> [(name: String, members: [Int32])] {
        Dictionary(grouping: all) { names[Int($0)] }
            .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            .map { (name: $0.key, members: $0.value) }
    }
}
