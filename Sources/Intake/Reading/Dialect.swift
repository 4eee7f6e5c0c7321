/// How a delimited file is written.
public struct Dialect: Hashable, Sendable {
    public var encoding: TextEncoding
    /// One ASCII byte: `,` `;` tab or `|`, or whatever the mapping says.
    public var delimiter: UInt8
    /// `nil` where quotes are data, as in dumps separated by tabs.
    public var quote: UInt8?
    /// True where `\"` and `\\` inside quotes stand for `"` and `\`; any other backslash is data.
    public var hasBackslashEscapes: Bool

    public init(
        encoding: TextEncoding = .utf8, delimiter: UInt8 = UInt8(ascii: ","), quote: UInt8? = UInt8(ascii: "\""),
        hasBackslashEscapes: Bool = false
    ) {
        precondition(delimiter < 0x80 && !LineBreaks.isBreak(delimiter) && delimiter != quote)
        self.encoding = encoding
        self.delimiter = delimiter
        self.quote = quote
        self.hasBackslashEscapes = hasBackslashEscapes
    }

    /// How much of a file is looked at to find out how it is written.
    public static let sampleSize = 64 << 10
}

// MARK: - Sniffing

extension Dialect {
    private static let candidates = [",", ";", "\t", "|"].map { UInt8(ascii: $0) }

    /// The dialect that the head of a file seems to be written in; `head` has `sampleSize` bytes or is the whole file.
    public static func sniffed(head: [UInt8]) -> Dialect {
        let encoding = head.withUnsafeBufferPointer(TextEncoding.sniffed)
        let text = utf8(head, in: encoding)
        return text.withUnsafeBufferPointer { text in
            Dialect(encoding: encoding, delimiter: separatorLine(text)?.delimiter ?? likeliestDelimiter(text))
        }
    }

    /// Excel's own first line, `sep=;`, with its length including the line ending.
    static func separatorLine(_ text: Bytes) -> (delimiter: UInt8, length: Int)? {
        guard text.count >= 5, text.prefix(4).elementsEqual("sep=".utf8), text[4] < 0x80,
            !LineBreaks.isBreak(text[4]), text[4] != UInt8(ascii: "\"")
        else { return nil }
        switch text.dropFirst(5).prefix(2).map({ $0 }) {
        case [LineBreaks.carriageReturn, LineBreaks.lineFeed]: return (text[4], 7)
        case let ending where ending.isEmpty: return (text[4], 5)
        case let ending where LineBreaks.isBreak(ending[0]): return (text[4], 6)
        default: return nil
        }
    }

    /// The candidate by which most rows have as many fields as the first row; then the one with the most fields.
    private static func likeliestDelimiter(_ text: Bytes) -> UInt8 {
        let scored = candidates.map { ($0, agreement(of: text, on: $0)) }
        let best = scored.reduce(scored[0]) { best, next in best.1 < next.1 ? next : best }
        return best.1.rows > 0 ? best.0 : candidates[0]
    }

    private struct Agreement {
        var rows = 0
        var fields = 0

        static func < (a: Agreement, b: Agreement) -> Bool { (a.rows, a.fields) < (b.rows, b.fields) }
    }

    private static func agreement(of text: Bytes, on delimiter: UInt8) -> Agreement {
        let counts = fieldCounts(text, by: delimiter)
        guard let first = counts.first, first > 1 else { return Agreement() }
        return Agreement(rows: counts.lazy.filter { $0 == first }.count, fields: first)
    }

    /// Of the first hundred lines that are not blank. A simple count: quotes shield what they enclose, nothing more.
    private static func fieldCounts(_ text: Bytes, by delimiter: UInt8) -> [Int] {
        var (counts, fields, isQuoted, isEmpty) = ([Int](), 1, false, true)
        for byte in text {
            if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if byte == delimiter, !isQuoted {
                fields += 1
            } else if LineBreaks.isBreak(byte), !isQuoted {
                if !isEmpty { counts.append(fields) }
                (fields, isEmpty) = (1, true)
                if counts.count == 100 { break }
                continue
            }
            isEmpty = false
        }
        if counts.isEmpty, !isEmpty { counts.append(fields) }
        return counts
    }

    /// The head in UTF-8, without its byte order mark.
    static func utf8(_ head: [UInt8], in encoding: TextEncoding) -> [UInt8] {
        let mark = head.withUnsafeBufferPointer { TextEncoding.byteOrderMark($0)?.length ?? 0 }
        var rest = head[mark...]
        var transcoder = Transcoder(encoding) { room in
            let count = min(room.count, rest.count)
            room.copyBytes(from: rest.prefix(count))
            rest = rest.dropFirst(count)
            return count
        }
        return Array(unsafeUninitializedCapacity: 3 * head.count + 4) { room, count in
            // Memory never fails to be read.
            while case let got = try! transcoder.read(into: UnsafeMutableBufferPointer(rebasing: room[count...])),
                got > 0
            {
                count += got
            }
        }
    }
}
