/// The rows of a small second file, looked up by one of its columns.
public struct JoinTable: Sendable {
    public let columns: [String]
    private var rows: [[[UInt8]]] = []
    /// For each key its first and its last row.
    private var places: [[UInt8]: (first: Int, last: Int)] = [:]
    /// For each row the next one of the same key.
    private var following: [Int?] = []
    /// The file is not there, and need not be.
    public let isAbsent: Bool
    private(set) var used: [Bool] = []
    private let keyColumn: Int

    /// Past this a file is not small, and joining it belongs to the database it came from.
    public static let rowLimit = 200_000

    /// `nil` when the file has no such column.
    public init?(columns: [String], key: String) {
        guard let place = columns.firstIndex(of: key) else { return nil }
        self.columns = columns
        keyColumn = place
        isAbsent = false
    }

    /// Of an optional file that is not there.
    public static let absent = JoinTable()

    private init() {
        (columns, keyColumn, isAbsent) = ([], 0, true)
    }

    public mutating func add(_ row: Row) {
        let fields = (0..<columns.count).map { row.withField($0) { Array($0.trimmed) } }
        let key = fields[keyColumn]
        if let last = places[key]?.last { following[last] = rows.count }
        places[key] = (places[key]?.first ?? rows.count, rows.count)
        rows.append(fields)
        following.append(nil)
        used.append(false)
    }

    public var count: Int { rows.count }

    mutating func find(_ key: Bytes) -> Int? {
        let place = places[Array(key.trimmed)]?.first
        if let place { used[place] = true }
        return place
    }

    /// The next row with the same key.
    func next(after place: Int) -> Int? { following[place] }

    func withField<Result, Failure: Error>(
        _ row: Int, _ column: Int, _ body: (Bytes) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try rows[row][column].withUnsafeBufferPointer(body)
    }

    /// Keys that no row asked for.
    var unusedKeys: [String] {
        rows.indices.filter { !used[$0] && places[rows[$0][keyColumn]]?.first == $0 }.map {
            String(decoding: rows[$0][keyColumn], as: UTF8.self)
        }
    }
}

extension Bytes {
    var text: String { String(decoding: self, as: UTF8.self) }
}
