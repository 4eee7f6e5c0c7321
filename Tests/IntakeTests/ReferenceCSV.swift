import Intake

/// What `CSVReader` must do, the slow and obvious way: the whole file in memory, one byte after another.
struct ReferenceCSV {
    let file: [UInt8]
    let dialect: Dialect
    let limits: ReadingLimits
    private(set) var reads: [Read] = []
    private(set) var counts = ReadingCounts()
    private(set) var headerIsBroken = false

    private enum Record {
        case row([[UInt8]], end: Int)
        case fault(String, at: Int, end: Int)
    }

    /// A line of one field, which may turn out to be footer, or anything else that was read.
    private enum Item {
        case single(Read), other(Read)
    }

    init(_ file: [UInt8], _ dialect: Dialect, _ limits: ReadingLimits) {
        (self.file, self.dialect, self.limits) = (file, dialect, limits)
        var (at, line, width) = (0, 1, 0)
        if file.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
        var items: [Item] = []
        while at < file.count {
            let start = at
            if let end = blankLine(at) {
                counts.blank += 1
                at = behindBreak(end)
            } else {
                let (record, next) = self.record(at, width: width)
                at = next
                switch record {
                case .row(let fields, _) where width == 0:
                    width = fields.count
                    counts.header += 1
                case .fault where width == 0:
                    headerIsBroken = true
                    return
                case .row(let fields, _):
                    let texts = fields.prefix(width).map { String(decoding: $0, as: UTF8.self) }
                    items.append(.other(.row(texts, line: line, offset: start)))
                case .fault(let code, let fault, let end):
                    let raw = Array(file[start..<end].prefix(min(limits.raw, limits.row)))
                    let (faultLine, column) = place(of: fault, from: start, line)
                    let read = Read.malformed(code, line: faultLine, column: column, raw: raw)
                    items.append(code == "too-few-fields" && isSingle(start) ? .single(read) : .other(read))
                }
            }
            line += breaks(start..<at)
        }
        headerIsBroken = width == 0
        settle(items)
    }

    /// The last lines of one field, sixteen at most, are the footer.
    private mutating func settle(_ items: [Item]) {
        var kept = items[...]
        while counts.footer < 16, case .single = kept.last {
            kept.removeLast()
            counts.footer += 1
        }
        for item in kept {
            switch item {
            case .single(let read), .other(let read): reads.append(read)
            }
        }
        for read in reads {
            if case .row = read { counts.rows += 1 } else { counts.malformed += 1 }
        }
    }

    // MARK: One record

    private func record(_ start: Int, width: Int) -> (Record, next: Int) {
        switch structure(start) {
        case .fault(let code, let at, let lineOf):
            let end = lineEnd(lineOf)
            return (.fault(code, at: at, end: end), behindBreak(end))
        case .row(let fields, let end):
            let record = check(fields, start, end, width: width == 0 ? fields.count : width)
            return (record, behindBreak(end))
        }
    }

    private struct Field {
        var value: [UInt8]
        var start: Int
        var written: Int
        var isQuoted: Bool
    }

    private enum Structure {
        case row([Field], end: Int)
        case fault(String, at: Int, lineOf: Int)
    }

    private func structure(_ start: Int) -> Structure {
        var (fields, i) = ([Field](), start)
        let stop = min(file.count, start + limits.row)
        while true {
            if i < stop, dialect.quote == file[i] {
                let opening = i
                var (value, isClosed) = ([UInt8](), false)
                i += 1
                while i < stop {
                    let pair = i + 1 < stop ? file[i + 1] : nil
                    if file[i] == dialect.quote, pair != dialect.quote {
                        isClosed = true
                        break
                    }
                    let isBackslashed =
                        dialect.hasBackslashEscapes && file[i] == 0x5C && (pair == dialect.quote || pair == 0x5C)
                    if file[i] == dialect.quote || isBackslashed { i += 1 }
                    value.append(file[i])
                    i += 1
                }
                if !isClosed { return .fault("unclosed-quote", at: opening, lineOf: opening) }
                fields.append(Field(value: value, start: opening + 1, written: i - opening - 1, isQuoted: true))
                i += 1
                if i == stop, i < file.count { return .fault("row-too-long", at: opening, lineOf: opening) }
                if i < stop, file[i] != dialect.delimiter, !isBreak(file[i]) {
                    return breaks(opening..<(i - 1)) > 0
                        ? .fault("unclosed-quote", at: opening, lineOf: opening)
                        : .fault("text-after-quote", at: i, lineOf: opening)
                }
            } else {
                let first = i
                while i < stop, file[i] != dialect.delimiter, !isBreak(file[i]) { i += 1 }
                fields.append(Field(value: Array(file[first..<i]), start: first, written: i - first, isQuoted: false))
            }
            if i == stop { return i < file.count ? .fault("row-too-long", at: i, lineOf: i) : .row(fields, end: i) }
            if isBreak(file[i]) { return .row(fields, end: i) }
            i += 1
        }
    }

    private func check(_ fields: [Field], _ start: Int, _ end: Int, width: Int) -> Record {
        let bytes = file[start..<end]
        if String(validating: bytes, as: UTF8.self) == nil {
            let valid = (start...end).last { String(validating: file[start..<$0], as: UTF8.self) != nil }!
            return .fault("invalid-utf8", at: valid, end: end)
        }
        if let at = bytes.firstIndex(of: 0) { return .fault("nul-byte", at: at, end: end) }
        if let long = fields.first(where: { $0.written > limits.field }) {
            return .fault("field-too-long", at: long.start, end: end)
        }
        if fields.count < width { return .fault("too-few-fields", at: end, end: end) }
        if let surplus = fields.dropFirst(width).first(where: { $0.isQuoted || !$0.value.isEmpty }) {
            return .fault("too-many-fields", at: surplus.start, end: end)
        }
        return .row(fields.map(\.value), end: end)
    }

    // MARK: Lines

    private func isBreak(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }

    private func lineEnd(_ from: Int) -> Int {
        file[from...].firstIndex(where: isBreak) ?? file.count
    }

    private func behindBreak(_ end: Int) -> Int {
        if end == file.count { return end }
        return file[end] == 13 && end + 1 < file.count && file[end + 1] == 10 ? end + 2 : end + 1
    }

    private func breaks(_ range: Range<Int>) -> Int {
        var (count, i) = (0, range.lowerBound)
        while i < range.upperBound {
            if isBreak(file[i]) { count += 1 }
            i += file[i] == 13 && i + 1 < range.upperBound && file[i + 1] == 10 ? 2 : 1
        }
        return count
    }

    private func blankLine(_ start: Int) -> Int? {
        let end = lineEnd(start)
        let isBlank = file[start..<end].allSatisfy { $0 == dialect.delimiter || $0 == 32 || $0 == 9 }
        return isBlank && end - start < limits.row + (end == file.count ? 1 : 0) ? end : nil
    }

    private func isSingle(_ start: Int) -> Bool {
        if case .row(let fields, _) = structure(start) { fields.count == 1 } else { false }
    }

    private func place(of fault: Int, from start: Int, _ line: Int) -> (line: Int, column: Int) {
        var (faultLine, column, i) = (line, 1, start)
        while i < fault {
            if isBreak(file[i]) {
                if file[i] == 13, i + 1 < fault, file[i + 1] == 10 { i += 1 }
                (faultLine, column) = (faultLine + 1, 1)
            } else if file[i] & 0xC0 != 0x80 {
                column += 1
            }
            i += 1
        }
        return (faultLine, column)
    }
}
