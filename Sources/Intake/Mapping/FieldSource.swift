/// Where a field's bytes come from: the row itself, a joined row, or the item that a rule is being repeated for.
enum FieldSource: Hashable, Sendable {
    case column(Int)
    case joined(join: Int, column: Int)
    case item
    /// The column is optional and the file has none.
    case absent
}

/// What of a row a rule can see while it is applied.
struct RowView {
    let row: Row
    var joins: [JoinTable]
    /// For each join the place of the joined row; `nil` when none fits.
    var joined: [Int?]
    var item: [UInt8] = []
    /// The rows come from a `RejectSheet`, in which formulas are disarmed.
    var isSheet = false

    init(row: Row, joins: [JoinTable]) {
        self.row = row
        self.joins = joins
        joined = Array(repeating: nil, count: joins.count)
    }

    @inline(__always)
    func withField<Result, Failure: Error>(
        _ source: FieldSource, _ body: (Bytes) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        switch source {
        case .column(let column) where isSheet:
            try row.withField(column) { (field: Bytes) throws(Failure) in try body(CSVWriter.armed(field)) }
        case .column(let column): try row.withField(column, body)
        case .joined(let join, let column):
            if let place = joined[join] { try joins[join].withField(place, column, body) } else { try body(nothing) }
        case .item: try item.withField(body)
        case .absent: try body(nothing)
        }
    }

    /// Whether the source says nothing at all about the field, which an empty field does not.
    func isMissing(_ source: FieldSource) -> Bool {
        switch source {
        case .column(let column): row.kind(column) == .missing
        case .joined(let join, _): joined[join] == nil
        case .item: false
        case .absent: true
        }
    }
}

private var nothing: Bytes { Bytes(start: nil, count: 0) }

extension [UInt8] {
    @inline(__always)
    fileprivate func withField<Result, Failure: Error>(
        _ body: (Bytes) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withUnsafeBufferPointer(body)
    }
}
