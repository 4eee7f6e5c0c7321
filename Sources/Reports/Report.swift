internal import Engine
public import Vocabulary

// A report is its records first; every number of a cell is computed from the records behind it, so that both agree.
//
//     Report ─ question ── what was asked, as it was understood
//            ─ records ─── one for each person, hand-over or deal
//            ─ total, cells ─ the indices of the records behind each number
//            ─ warnings ── what a reader must know before quoting a number

/// What happened, answered.
public struct Report<Record: Hashable & Sendable, Cell: Hashable & Sendable>: Hashable, Sendable {
    public let question: Question
    public let records: [Record]
    public let total: Cell
    /// In the order of their names by bytes; empty where no segment was asked for.
    public let cells: [SegmentCell<Cell>]
    public let warnings: [ReportWarning]
}

public struct SegmentCell<Cell: Hashable & Sendable>: Hashable, Sendable {
    public let name: String
    public let cell: Cell
}

/// The question as understood.
public struct Question: Hashable, Sendable {
    public let population: String
    public let measure: String
    public let segment: String
    public let asOf: Instant
    public let zone: String
}

/// What to know before a number is quoted.
public enum ReportWarning: Hashable, Sendable {
    case immature(Int)
    /// The end was reached before the start.
    case reachedBeforeStart(Int)
    case skipped(Int)
    case unanswered(Int)
    case withoutAmount(Int)
    case severalCurrencies([String])
    case noRecords
}

extension ReportWarning: CustomStringConvertible {
    public var description: String {
        switch self {
        case .immature(let n): "\(n) are too young for the horizon and are counted apart"
        case .reachedBeforeStart(let n):
            "\(n) reached the end before the start; they count as converted, with a negative time: check their dates"
        case .skipped(let n): "\(n) passed over the first stage; they count in conversion, not in the median"
        case .unanswered(let n): "\(n) have no response yet; they count in shares and are censored in quantiles"
        case .withoutAmount(let n): "\(n) won deals have no amount and add nothing to the value"
        case .severalCurrencies(let codes): "won value is in \(codes.joined(separator: ", ")), which are not added up"
        case .noRecords: "nothing fits the question; check the names of stages and activities in it"
        }
    }
}

/// A part of a whole, exactly.
public struct Share: Hashable, Sendable {
    public let part: Int
    public let whole: Int

    public init(_ part: Int, of whole: Int) { (self.part, self.whole) = (part, whole) }
}

extension Share: CustomStringConvertible {
    /// `10.525 %`, rounded half up; `–` of nothing.
    public var description: String {
        guard whole > 0 else { return "–" }
        let thousandths = (part * 200_000 + whole) / (2 * whole)
        let fraction = String(thousandths % 1000)
        return "\(thousandths / 1000).\(String(repeating: "0", count: 3 - fraction.utf8.count))\(fraction) %"
    }
}

/// By what people are told apart.
public enum Segment: Hashable, Sendable {
    /// What the person's facts first say under this name.
    case property(String)
    /// The month in which the person came into the report, in the company's zone.
    case month

    var text: String {
        switch self {
        case .property(let name): name
        case .month: "month of entry"
        }
    }
}

let unsaid = "(not said)"

extension History {
    /// The first value of this name that a fact of the person says; `nil`: none does.
    func firstValue(of name: Int32?, person: Int32) -> String? {
        guard let name else { return nil }
        let account = accounts[Int(persons[Int(person)].account)]
        for fact in account.facts where self.person[Int(fact)] == person {
            if let value = text(of: name, in: fact) { return value }
        }
        return nil
    }

    func text(of name: Int32, in fact: Int32) -> String? {
        let found = properties.property(name, of: acts[Int(act[Int(fact)])].properties)
        guard let found, found.kind == .text else { return nil }
        return texts[Int32(found.bits)]
    }
}

/// Records by the name of their segment, in the order of names by bytes.
func cells<Cell>(_ names: [String], _ cell: ([Int]) -> Cell) -> [SegmentCell<Cell>] {
    Dictionary(grouping: names.indices) { names[$0] }
        .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { SegmentCell(name: $0.key, cell: cell($0.value)) }
}

/// Half milliseconds, so that the middle of two times is exact.
func middle(of times: [Int64]) -> HalfMilliseconds? {
    guard !times.isEmpty else { return nil }
    let sorted = times.sorted()
    return HalfMilliseconds(count: sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2])
}

public struct HalfMilliseconds: Hashable, Sendable {
    public let count: Int64

    public init(count: Int64) { self.count = count }
}
