/// Where the sample company's files go. Different files may be written at the same time by different threads;
/// the pieces of one file come in order, from one thread, and end with `close`.
public protocol SampleSink: Sendable {
    /// `file` is a path below the company's folder, such as `web/pages-2025-02.csv`.
    func write(_ bytes: UnsafeRawBufferPointer, to file: String) throws
    func close(_ file: String) throws
}

/// What one file holds.
public struct FileCount: Sendable, Equatable {
    public let name: String
    /// Rows below the header; lines of an NDJSON file.
    public internal(set) var rows = 0
    /// Rows that say something no earlier row said: a log row counts once although it is repeated in the next file, a
    /// record row counts once for each version of the record.
    public internal(set) var facts = 0
    public internal(set) var bytes = 0
    /// Rows that stood in the file before, too.
    public internal(set) var repeated = 0
    /// Rows that reached their system a day or more after they happened, each counted in the first file that has it.
    public internal(set) var late = 0
    /// Mass mails sent to somebody who had withdrawn consent before.
    public internal(set) var mailsInSpiteOfOptOut = 0
    /// Mass mails sent to somebody who was on an open deal.
    public internal(set) var mailsDuringDeals = 0

    init(name: String) { self.name = name }
}

/// A file being written: bytes are gathered here and handed to the sink a quarter of a megabyte at a time.
struct OutFile {
    private(set) var count: FileCount
    private let sink: any SampleSink
    private var bytes: [UInt8] = []
    private var lastDay = Int.min
    private var lastDayText: [UInt8] = []

    private static let chunk = 1 << 18

    init(_ name: String, to sink: any SampleSink) {
        count = FileCount(name: name)
        self.sink = sink
        bytes.reserveCapacity(OutFile.chunk + 4096)
    }

    mutating func header(_ names: StaticString) throws {
        text(names)
        try endLine()
    }

    /// The whole of a file that is not made of rows; `rows` is what it counts as.
    mutating func whole(_ text: String, rows: Int) throws {
        self.text(text)
        count.rows = rows
        count.facts = rows
    }

    /// Ends a row that states a fact for the first time, or again.
    mutating func endRow(first: Bool = true, late: Bool = false) throws {
        count.rows += 1
        if first { count.facts += 1 } else { count.repeated += 1 }
        if late && first { count.late += 1 }
        try endLine()
    }

    /// Ends a record row; `changed` says that this version of the record has not been exported before.
    mutating func endRecord(changed: Bool) throws {
        count.rows += 1
        if changed { count.facts += 1 }
        try endLine()
    }

    mutating func noteMail(inSpiteOfOptOut: Bool, duringDeal: Bool) {
        if inSpiteOfOptOut { count.mailsInSpiteOfOptOut += 1 }
        if duringDeal { count.mailsDuringDeals += 1 }
    }

    private mutating func endLine() throws {
        bytes.append(UInt8(ascii: "\n"))
        if bytes.count >= OutFile.chunk { try flush() }
    }

    mutating func close() throws -> FileCount {
        try flush()
        try sink.close(count.name)
        return count
    }

    private mutating func flush() throws {
        guard !bytes.isEmpty else { return }
        try bytes.withUnsafeBytes { try sink.write($0, to: count.name) }
        count.bytes += bytes.count
        bytes.removeAll(keepingCapacity: true)
    }
}

// MARK: - Bytes

extension OutFile {
    mutating func text(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// For the few rows whose text is made on the way; the many take their text from `Words`.
    mutating func text(_ text: String) { bytes.append(contentsOf: text.utf8) }

    mutating func byte(_ byte: Unicode.Scalar) { bytes.append(UInt8(ascii: byte)) }

    mutating func raw(_ slice: ArraySlice<UInt8>) { bytes.append(contentsOf: slice) }

    mutating func comma() { bytes.append(UInt8(ascii: ",")) }

    mutating func word(_ words: Words, _ index: Int) {
        words.bytes.withUnsafeBufferPointer {
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: $0[words.range(index)]))
        }
    }

    /// A field whose text may hold a comma: `let start = beginField()`, the text, `endField(start)`.
    func beginField() -> Int { bytes.count }

    mutating func endField(_ start: Int) {
        guard bytes[start...].contains(UInt8(ascii: ",")) else { return }
        bytes.insert(UInt8(ascii: "\""), at: start)
        bytes.append(UInt8(ascii: "\""))
    }

    mutating func flag(_ value: Bool) { text(value ? "true" : "false") }

    mutating func integer(_ value: Int) {
        if value < 0 { byte("-") }
        digits(UInt(value.magnitude), atLeast: 1)
    }

    /// `value` padded with zeros to `width` digits.
    mutating func padded(_ value: Int, _ width: Int) { digits(UInt(value), atLeast: width) }

    private mutating func digits(_ value: UInt, atLeast width: Int) {
        var rest = value
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { buffer in
            var start = 24
            repeat {
                start -= 1
                buffer[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0 || 24 - start < width
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[start..<24]))
        }
    }

    /// The lowest `count` hexadecimal digits of `value`.
    mutating func hex(_ value: UInt64, _ count: Int) {
        for place in stride(from: (count - 1) * 4, through: 0, by: -4) {
            let digit = UInt8(truncatingIfNeeded: (value >> UInt64(place)) & 15)
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
        }
    }

    /// An amount of minor units as `1234.50`.
    mutating func amount(_ minorUnits: Int) {
        integer(minorUnits / 100)
        byte(".")
        padded(minorUnits % 100, 2)
    }

    /// `2025-02-03`.
    mutating func date(_ day: Int) {
        if day != lastDay {
            lastDay = day
            lastDayText = isoDate(day)
        }
        bytes.append(contentsOf: lastDayText)
    }

    /// `2025-02-03T09:14:22.000Z`.
    mutating func time(_ at: UnixTime, milliseconds: Int = 0) {
        date(at / secondsPerDay)
        let second = at % secondsPerDay
        byte("T")
        padded(second / 3600, 2)
        byte(":")
        padded(second / 60 % 60, 2)
        byte(":")
        padded(second % 60, 2)
        byte(".")
        padded(milliseconds, 3)
        byte("Z")
    }

    /// `2025-02-03T09:14:22.000+0000`, as Salesforce's data export writes it.
    mutating func salesforceTime(_ at: UnixTime) {
        time(at)
        bytes.removeLast()
        text("+0000")
    }
}

/// Many short texts in one piece of memory: naming one costs a copy of its bytes and nothing else.
struct Words: Sendable {
    let bytes: [UInt8]
    private let starts: [Int32]

    init(_ list: [String]) {
        var (bytes, starts): ([UInt8], [Int32]) = ([], [0])
        for word in list {
            bytes.append(contentsOf: word.utf8)
            starts.append(Int32(bytes.count))
        }
        self.bytes = bytes
        self.starts = starts
    }

    var count: Int { starts.count - 1 }

    func range(_ index: Int) -> Range<Int> { Int(starts[index])..<Int(starts[index + 1]) }

    subscript(index: Int) -> ArraySlice<UInt8> { bytes[range(index)] }
}
