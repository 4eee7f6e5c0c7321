/// Finds where one record and its fields end. Knows quotes and limits; neither header nor blank lines.
///
/// Everything is an index from the record's start, so a scan that runs out of sight is simply done again with more.
struct CSVScan {
    enum Outcome {
        /// The record's end is not in sight.
        case incomplete
        /// `length` without, `next` with the line ending.
        case record(length: Int, next: Int)
        /// What begins here is no record. It is given up up to the end of the line in which `lineOf` lies.
        case fault(Malformed.Reason, at: Int, lineOf: Int)
    }

    private let bytes: Bytes
    private let base: UnsafePointer<UInt8>
    /// The record must end before this index.
    private let bound: Int
    private let isComplete: Bool
    private let delimiter: UInt8
    private let quote: UInt8
    private let hasQuotes: Bool
    private let hasBackslashEscapes: Bool
    private let fieldLimit: Int
    private let fieldsWanted: Int

    private var i = 0
    /// All words loaded, or-ed: its high bits tell whether the record may hold anything but ASCII.
    private var allBits: UInt64 = 0
    private var nulMarks: UInt64 = 0
    private(set) var fields = 0
    private(set) var firstSurplus: Int?
    private(set) var firstTooLong: Int?
    private(set) var hasEscapes = false
    /// True when a quoted field may span lines.
    private(set) var mayHoldBreaks = false

    /// `fieldsWanted`: fields beyond so many are counted, not kept.
    init(
        _ bytes: Bytes, _ isComplete: Bool, _ dialect: Dialect, _ limits: ReadingLimits, fieldsWanted: Int
    ) {
        self.bytes = bytes
        base = bytes.baseAddress!
        bound = min(bytes.count, limits.row)
        self.isComplete = isComplete
        delimiter = dialect.delimiter
        quote = dialect.quote ?? 0
        hasQuotes = dialect.quote != nil
        hasBackslashEscapes = dialect.hasBackslashEscapes
        fieldLimit = limits.field
        self.fieldsWanted = fieldsWanted
    }

    var mayHoldNonASCII: Bool { allBits & Words.highs != 0 }
    var mayHoldNUL: Bool { nulMarks != 0 }

    mutating func record(into row: Row) -> Outcome {
        row.clear()
        while true {
            let isQuoted = hasQuotes && i < bound && base[i] == quote
            if let outcome = isQuoted ? quotedField(into: row) : plainField(into: row) { return outcome }
        }
    }

    // MARK: Fields; each returns an outcome when the record ends with it

    @inline(__always)
    private mutating func plainField(into row: Row) -> Outcome? {
        let start = i
        i = plainEnd(from: i)
        keep(start, i, isQuoted: false, isEscaped: false, in: row)
        return afterField()
    }

    private mutating func quotedField(into row: Row) -> Outcome? {
        let opening = i
        guard let (closing, isEscaped) = closingQuote(of: opening) else {
            return outOfSight(.fault(.unclosedQuote, at: opening, lineOf: opening))
        }
        guard closing + 1 < bytes.count || isComplete else { return .incomplete }
        i = closing + 1
        // Behind the limit nobody looks: the quote may as well be the first half of a doubled one.
        if i == bound, bytes.count > bound { return .fault(.rowTooLong, at: opening, lineOf: opening) }
        if i < bound, base[i] != delimiter, !LineBreaks.isBreak(base[i]) {
            // On another line, this is more likely the next field's opening quote than the end of this one.
            let spansLines = LineBreaks.end(in: bytes, from: opening) < closing
            return spansLines
                ? .fault(.unclosedQuote, at: opening, lineOf: opening)
                : .fault(.textAfterQuote, at: i, lineOf: opening)
        }
        keep(opening + 1, closing, isQuoted: true, isEscaped: isEscaped, in: row)
        return afterField()
    }

    /// At the delimiter or line ending behind a field.
    @inline(__always)
    private mutating func afterField() -> Outcome? {
        guard i < bound else {
            guard bound == bytes.count, isComplete else {
                return outOfSight(.fault(.rowTooLong, at: i, lineOf: i))
            }
            return .record(length: i, next: i)
        }
        if base[i] == delimiter {
            i += 1
            return nil
        }
        if base[i] == LineBreaks.lineFeed { return .record(length: i, next: i + 1) }
        guard i + 1 < bytes.count || isComplete else { return .incomplete }
        let isPair = i + 1 < bytes.count && base[i + 1] == LineBreaks.lineFeed
        return .record(length: i, next: i + (isPair ? 2 : 1))
    }

    /// The bound was met: it is the limit's, or only that of what is in sight.
    private func outOfSight(_ fault: Outcome) -> Outcome {
        bytes.count > bound || isComplete ? fault : .incomplete
    }

    @inline(__always)
    private mutating func keep(_ start: Int, _ end: Int, isQuoted: Bool, isEscaped: Bool, in row: Row) {
        if end - start > fieldLimit, firstTooLong == nil { firstTooLong = start }
        if fields < fieldsWanted {
            row.append(Row.Slot(start: UInt32(start), end: UInt32(end), kind: .string, isEscaped: isEscaped))
            if isEscaped { hasEscapes = true }
        } else if end > start || isQuoted, firstSurplus == nil {
            firstSurplus = start
        }
        fields += 1
    }

    // MARK: Bytes

    /// The first delimiter or line break at or after `from`, at most the bound.
    @inline(__always)
    private mutating func plainEnd(from: Int) -> Int {
        let (delimiters, feeds, returns) = (
            Words.filled(with: delimiter), Words.filled(with: 10), Words.filled(with: 13)
        )
        var k = from
        while k < bound {
            let word = Words.load(base, k)
            allBits |= word
            nulMarks |= Words.zeroBytes(word)
            let marks =
                Words.zeroBytes(word ^ delimiters) | Words.zeroBytes(word ^ feeds) | Words.zeroBytes(word ^ returns)
            if marks != 0 { return min(k + Words.first(marks), bound) }
            k += 8
        }
        return bound
    }

    /// The quote that closes the one at `opening`, or `nil` if there is none before the bound.
    private mutating func closingQuote(of opening: Int) -> (index: Int, isEscaped: Bool)? {
        var (k, isEscaped) = (opening + 1, false)
        while true {
            k = quoteOrBackslash(from: k)
            guard k < bound else { return nil }
            let isDoubled = base[k] == quote && k + 1 < bound && base[k + 1] == quote
            if base[k] == quote, !isDoubled { return (k, isEscaped) }
            if isDoubled || isBackslashEscape(at: k) {
                isEscaped = true
                k += 2
            } else {
                k += 1
            }
        }
    }

    private func isBackslashEscape(at k: Int) -> Bool {
        k + 1 < bound && (base[k + 1] == quote || base[k + 1] == CSVEscapes.backslash)
    }

    private mutating func quoteOrBackslash(from: Int) -> Int {
        let quotes = Words.filled(with: quote)
        let backslashes = Words.filled(with: hasBackslashEscapes ? CSVEscapes.backslash : quote)
        var k = from
        while k < bound {
            let word = Words.load(base, k)
            allBits |= word
            nulMarks |= Words.zeroBytes(word)
            // A line feed or a carriage return: one test for both, 10 ^ 13 == 7, would cost more than it saves.
            if Words.zeroBytes(word ^ Words.filled(with: 10)) | Words.zeroBytes(word ^ Words.filled(with: 13)) != 0 {
                mayHoldBreaks = true
            }
            let marks = Words.zeroBytes(word ^ quotes) | Words.zeroBytes(word ^ backslashes)
            if marks != 0 { return min(k + Words.first(marks), bound) }
            k += 8
        }
        return bound
    }
}

enum CSVEscapes {
    static let backslash = UInt8(ascii: "\\")

    /// Writes the value without its doubled quotes (and backslash escapes), and returns its length.
    static func decode(
        _ written: UnsafePointer<UInt8>, _ count: Int, to out: UnsafeMutablePointer<UInt8>, _ dialect: Dialect
    ) -> Int {
        var (length, k) = (0, 0)
        while k < count {
            let isPair = k + 1 < count && isEscape(written[k], written[k + 1], dialect)
            if isPair { k += 1 }
            out[length] = written[k]
            length += 1
            k += 1
        }
        return length
    }

    @inline(__always)
    private static func isEscape(_ first: UInt8, _ second: UInt8, _ dialect: Dialect) -> Bool {
        if first == dialect.quote { return second == first }
        return dialect.hasBackslashEscapes && first == backslash && (second == dialect.quote || second == backslash)
    }
}
