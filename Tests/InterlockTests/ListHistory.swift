import Journal
import Vocabulary

/// Some records of a source through some weeks, and the complete lists its export wrote: the truth that a journal which
/// read the lists in any order has to find again.
struct ListHistory {
    /// What a list says of a record.
    struct Row: Hashable {
        var value: String
        var modified: Instant
    }

    struct List {
        /// The start of the day in the list's name. It was written at noon.
        var day: Instant
        var rows: [Int: Row]
    }

    var lists: [List] = []
    static let records = 20

    /// `days` ascending. Values change, records go, and return with or without having been modified.
    init(days: [Int], _ random: inout SplitMix) {
        var rows: [Int: Row] = [:]
        var gone: [Int: Row] = [:]
        var before = ListHistory.noon(days[0] - 7)
        for day in days {
            let noon = ListHistory.noon(day)
            for record in 0..<ListHistory.records {
                let modified = ListHistory.instant(between: before, and: noon, &random)
                let fresh = Row(value: ["a", "b", "c"].randomElement(using: &random)!, modified: modified)
                switch Int.random(in: 0..<10, using: &random) {
                case 0...1: gone[record] = rows.removeValue(forKey: record) ?? gone[record]
                case 2...4: (rows[record], gone[record]) = (fresh, nil)
                case 5: if let back = gone.removeValue(forKey: record) { rows[record] = back }
                default: break
                }
            }
            lists.append(List(day: ListHistory.noon(day) - .hours(12), rows: rows))
            before = noon
        }
    }

    private static func noon(_ day: Int) -> Instant { Instant(milliseconds: Int64(day) * 86_400_000 + 43_200_000) }

    private static func instant(between a: Instant, and b: Instant, _ random: inout SplitMix) -> Instant {
        Instant(milliseconds: .random(in: a.milliseconds + 1..<b.milliseconds, using: &random))
    }

    /// The list as a file and its name.
    func file(_ index: Int, dated: Bool) -> (name: String, text: String) {
        let rows = lists[index].rows.sorted { $0.key < $1.key }.map { id, row in
            "r\(id),\(row.value)" + (dated ? "," + row.modified.fixedWidthText : "")
        }
        let day = lists[index].day.fixedWidthText.prefix(10)
        return ("records-\(day).csv", (["id,value" + (dated ? ",modified" : "")] + rows).joined(separator: "\n") + "\n")
    }

    static func mapping(dated: Bool) -> String {
        """
        mapping: 1
        source: crm
        as_of: file name
        complete: yes
        facts:
          - fact: observed
            object: record
            id: id
            \(dated ? "since: modified" : "")
            account: id
            with: [value]

        """
    }

    // MARK: The truth, slowly

    /// What happened to a record as the lists tell it, in order of time.
    func occurrences(of record: Int, dated: Bool) -> [Occurrence] {
        let values = dated ? modifications(of: record) : daysSeen(of: record)
        guard let first = values.first else { return [] }
        return changes(values) + comings(record, seen: dated ? values.map(\.at) : [], since: first.at, dated)
    }

    private typealias Stated = (at: Instant, value: String)

    private func modifications(of record: Int) -> [Stated] {
        Set(lists.compactMap { $0.rows[record] }).map { ($0.modified, $0.value) }.sorted { $0.at < $1.at }
    }

    private func daysSeen(of record: Int) -> [Stated] {
        lists.compactMap { list in list.rows[record].map { (list.day, $0.value) } }
    }

    private func changes(_ values: [Stated]) -> [Occurrence] {
        var last: String?
        return values.compactMap { at, value in
            defer { last = value }
            return value == last ? nil : Occurrence(at: at, what: "value = text(\"\(value)\")")
        }
    }

    private func comings(_ record: Int, seen: [Instant], since first: Instant, _ dated: Bool) -> [Occurrence] {
        var says = Dictionary(uniqueKeysWithValues: seen.map { ($0, true) })
        for list in lists { says[dated ? written(list) : list.day] = list.rows[record] != nil }
        var wasThere = true
        return says.sorted { $0.key < $1.key }.filter { $0.key >= first }.compactMap { at, isThere in
            defer { wasThere = isThere }
            return isThere == wasThere ? nil : Occurrence(at: at, what: isThere ? "present" : "deleted")
        }
    }

    /// A list that shows a modification of its own day was written after it.
    private func written(_ list: List) -> Instant {
        max(list.day, list.rows.values.map(\.modified).max() ?? list.day)
    }
}
