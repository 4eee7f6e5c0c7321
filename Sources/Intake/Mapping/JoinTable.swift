/// The rows of a small second file, looked up by one of its columns.
public struct JoinTable: Sendable {
    public let columns: [String]
    private var rows: [[[UInt8]]] = []
    private var places: [[UInt8]: Int] = [:]
    private(set) var used: [Bool] = []
    private let keyColumn: Int

    /// Past this a file is not small, and joining it belongs to the database it came from.
    public static let rowLimit = 200_000

    /// `nil` when the file has no such column.
    public init?(columns: [String], key: String) {
        guard let place = columns.firstIndex(of: key) else { return nil }
        self.columns = columns
        keyColumn = place
    }

    /// The first row of a key stays; false when the key was there already.
    @discardableResult
    public mutating func add(_ row: Row) -> Bool {
        let fields = (0..<columns.count).map { row.withField($0) { Array($0.trimmed) } }
        guard places[fields[keyColumn]] == nil else { return false }
        places[fields[keyColumn]] = rows.count
        rows.append(fields)
        used.append(false)
        return true
    }

    public var count: Int { rows.count }

    mutating func find(_ key: Bytes) -> Int? {
        let place = places[Array(key.trimmed)]
        if let place { used[place] = true }
        return place
    }

    func withField<Result, Failure: Error>(
        _ row: Int, _ column: Int, _ body: (Bytes) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try rows[row][column].withUnsafeBufferPointer(body)
    }

    /// Keys that no row asked for.
    var unusedKeys: [String] {
        rows.indices.filter { !used[$0] }.map { String(decoding: rows[$0][keyColumn], as: UTF8.self) }
    }
}

extension Bytes {
    var text: String { String(decoding: self, as: UTF8.self) }
}
