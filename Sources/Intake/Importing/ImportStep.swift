public import Journal
internal import Vocabulary

//  How a file becomes facts
//
//      StepReader  ── rows through the mapper into batches; touches no store          (one thread)
//         │ Step
//         ▼
//      the store appends the step's batch
//         │ receipts
//         ▼
//      ImportBooks ── what became of each row; rejects; counts that add up            (another)

/// A stretch of rows and the facts they became.
public struct ImportStep: Sendable {
    public fileprivate(set) var batch = FactBatch()
    /// Rows that could not become facts.
    public fileprivate(set) var rejects: [Reject] = []
    /// Records whose rows were refused although one can tell which they are: a list of records holds them all the same.
    public fileprivate(set) var refusedRecords: [StatedRecord] = []
    /// Refused rows of which nobody can tell which records they were.
    public fileprivate(set) var unknownRows = 0
    /// Where reading stands after it.
    public fileprivate(set) var position: Position
    /// What the reader has read so far.
    public fileprivate(set) var read = ReadingCounts()
    fileprivate var rows: [MappedRow] = []
    fileprivate var raw: [UInt8] = []
    fileprivate var filtered = 0
    fileprivate var refused: [Int64] = []

    /// A row whose facts wait for the store's word.
    fileprivate struct MappedRow: Sendable {
        var facts: Int
        var line: Int
        var rawEnd: Int
        var rejectNumber: Int64?
    }
}

/// Whose rows these are: stands in every reject.
public struct ImportOrigin: Hashable, Sendable {
    public var importID: String
    public var file: String

    public init(importID: String, file: String) {
        self.importID = importID
        self.file = file
    }
}

/// Takes rows from a reader through a mapper into steps.
public final class StepReader {
    private let reader: any RowReader
    private let row: Row
    private var mapper: RowMapper
    private let origin: ImportOrigin
    private let rejectColumn: Int?
    private var isAtEnd = false

    /// The column in which a mended row carries the number of the reject it mends.
    public static let rejectColumn = "interlock_reject"
    /// Enough for a commit to cost little beside its rows, few enough for a crash to cost little.
    public static let rowLimit = 16_384

    /// `mapper` was made with this `row`.
    public init(reader: any RowReader, row: Row, mapper: RowMapper, origin: ImportOrigin) {
        self.reader = reader
        self.row = row
        self.mapper = mapper
        self.origin = origin
        rejectColumn = reader.fieldNames.firstIndex(of: StepReader.rejectColumn)
    }

    public var notices: Notices { mapper.notices }

    /// The next rows; `nil` at the end of the file. `rowLimit` bounds the rows, `byteLimit` the memory of a step.
    public func next(rowLimit: Int = StepReader.rowLimit, byteLimit: Int = 8 << 20) throws -> ImportStep? {
        guard !isAtEnd else { return nil }
        mapper.batchWasEmptied()
        var step = ImportStep(position: reader.position)
        var taken = 0
        while taken < rowLimit, step.raw.count + step.batch.bodies.count < byteLimit, !isAtEnd {
            try readRow(into: &step)
            taken += 1
        }
        step.position = reader.position
        step.read = reader.counts
        if isAtEnd { mapper.finish() }
        return step
    }

    private func readRow(into step: inout ImportStep) throws {
        switch try reader.read(into: row) {
        case .end: isAtEnd = true
        case .malformed(let malformed):
            step.rejects.append(Reject(malformed, origin))
            step.unknownRows += 1
        case .row:
            switch try mapper.map(into: &step.batch) {
            case .filtered: step.filtered += 1
            case .rejected(let fault):
                if let rejectNumber { step.refused.append(rejectNumber) }
                step.rejects.append(row.withRaw { Reject(fault, line: row.position.line, raw: Array($0), origin) })
                let records = mapper.statedRecords()
                step.refusedRecords += records
                step.unknownRows += records.isEmpty ? 1 : 0
            case .facts(let facts):
                row.withRaw { step.raw.append(contentsOf: $0) }
                step.rows.append(
                    ImportStep.MappedRow(
                        facts: facts, line: row.position.line, rawEnd: step.raw.count, rejectNumber: rejectNumber))
            }
        }
    }

    private var rejectNumber: Int64? { rejectColumn.flatMap { Int64(row.text($0)) } }
}

/// Books what became of every row. One step is settled after the other.
public struct ImportBooks: Sendable {
    /// What an interrupted run of the same import left behind.
    public struct Earlier: Sendable {
        public var counts: ImportCounts
        /// The journal's last sequence that those counts cover.
        public var settledSequence: Int64
        /// The journal's last sequence now.
        public var head: Int64

        public init(counts: ImportCounts, settledSequence: Int64, head: Int64) {
            self.counts = counts
            self.settledSequence = settledSequence
            self.head = head
        }
    }

    public private(set) var counts: ImportCounts
    /// Rejects whose mended row was read, by number: taken in, or rejected anew under a number of its own.
    public private(set) var settledRejects: [Int64] = []
    private let origin: ImportOrigin
    private let before: ImportCounts
    private var read = ReadingCounts()
    /// Facts that the interrupted run added and its counts do not cover: met again, they count as accepted.
    private var uncounted: ClosedRange<Int64>?

    public init(origin: ImportOrigin, earlier: Earlier? = nil) {
        self.origin = origin
        before = earlier?.counts ?? ImportCounts()
        counts = before
        if let earlier, earlier.settledSequence < earlier.head {
            uncounted = (earlier.settledSequence + 1)...earlier.head
        }
    }

    /// Books what the store said of a step's facts. Gives the rejects that this brought about: they must be stored before
    /// a mark that covers the step.
    public mutating func settle(_ step: ImportStep, _ receipts: [Receipt]) -> [Reject] {
        counts.filtered += step.filtered
        counts.rejected += step.rejects.count
        settledRejects += step.refused
        var late: [Reject] = []
        var place = 0
        var rawStart = 0
        for row in step.rows {
            if let fault = settle(row, receipts[place..<place + row.facts]) {
                // What is said of an erased person is told, not kept: the row is the very thing that was erased.
                let isErased = fault.code == MappingFault.Cause.erasedPerson.rawValue
                let raw = isErased ? [] : Array(step.raw[rawStart..<row.rawEnd])
                late.append(Reject(fault, line: row.line, raw: raw, origin))
            }
            place += row.facts
            rawStart = row.rawEnd
        }
        read = step.read
        counts.header = before.header + read.header
        counts.blank = before.blank + read.blank
        counts.footer = before.footer + read.footer
        return late
    }

    public mutating func takeSettledRejects() -> [Int64] {
        defer { settledRejects = [] }
        return settledRejects
    }

    /// Compares the books with the reader's, once everything read is settled.
    public func check() throws {
        try counts.less(before).check(against: read)
    }

    private mutating func settle(
        _ row: ImportStep.MappedRow, _ receipts: ArraySlice<Receipt>
    ) -> MappingFault? {
        var (added, unchanged) = (0, 0)
        var fault: MappingFault?
        for receipt in receipts {
            switch verdict(receipt) {
            case .accepted: added += 1
            case .repeated: counts.factsRepeated += 1
            case .unchanged: unchanged += 1
            case .keyReused: fault = MappingFault(.keyReused, column: "", value: "fact \(receipt.sequence)")
            case .erasedPerson: fault = fault ?? MappingFault(.erasedPerson, column: "")
            }
        }
        counts.factsAdded += added
        counts.factsUnchanged += unchanged
        if let number = row.rejectNumber { settledRejects.append(number) }
        if fault != nil {
            counts.rejected += 1
            return fault
        }
        if added > 0 {
            counts.accepted += 1
        } else if unchanged > 0 {
            counts.unchanged += 1
        } else {
            counts.repeated += 1
        }
        return nil
    }

    /// A fact that the interrupted run added after its last mark is met here for the first time, in the same order.
    private mutating func verdict(_ receipt: Receipt) -> Receipt.Verdict {
        guard let waiting = uncounted, receipt.verdict != .keyReused, waiting.contains(receipt.sequence) else {
            return receipt.verdict
        }
        uncounted = receipt.sequence < waiting.upperBound ? (receipt.sequence + 1)...waiting.upperBound : nil
        return .accepted
    }
}

extension Reject {
    fileprivate init(_ malformed: Malformed, _ origin: ImportOrigin) {
        self.init(
            importID: origin.importID, file: origin.file, line: malformed.line, column: "character \(malformed.column)",
            value: malformed.excerpt, code: malformed.reason.rawValue,
            reason: [malformed.reason.cause, malformed.note, malformed.reason.remedy].filter { !$0.isEmpty }
                .joined(separator: " "), raw: malformed.raw)
    }

    fileprivate init(_ fault: MappingFault, line: Int, raw: [UInt8], _ origin: ImportOrigin) {
        self.init(
            importID: origin.importID, file: origin.file, line: line, column: fault.column, value: fault.value,
            code: fault.code, reason: fault.reason + " " + fault.remedy, raw: raw)
    }
}
