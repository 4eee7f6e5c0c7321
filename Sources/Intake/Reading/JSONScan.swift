/// What a scan tells of the values it passes. A node stands for a path; below `JSONNode.none` nothing is wanted.
protocol JSONSink {
    mutating func member(of node: Int32, _ key: Bytes) -> Int32
    mutating func element(of node: Int32, _ index: Int) -> Int32
    /// `start..<end` are indices into the line: for a string what stands between its quotes.
    mutating func value(at node: Int32, _ kind: FieldKind, _ start: Int, _ end: Int, isEscaped: Bool)
}

enum JSONNode {
    static let none: Int32 = -1
    static let root: Int32 = 0
}

/// Checks that a line is one JSON object (RFC 8259), stricter than the grammar where readers are known to differ:
/// no key twice in an object, no lone surrogates, no NUL even if escaped, nesting of at most `maximumDepth`.
struct JSONScan {
    static let maximumDepth = 64

    private var bytes = Bytes(start: nil, count: 0)
    private var i = 0
    /// The keys of the objects that are open, the innermost object's last.
    private var keys: [Key] = []
    /// Keys that had escapes, without them.
    private var decodedKeys: [UInt8] = []

    private struct Key {
        var start: Int
        var end: Int
        var isDecoded: Bool
        /// Where it is written.
        var at: Int
    }

    private struct Text {
        var start: Int
        var end: Int
        var isEscaped: Bool
    }

    /// `line` is UTF-8, checked, without its line ending, readable up to `Words.padding` bytes behind its end.
    mutating func object<Sink: JSONSink>(_ line: Bytes, into sink: inout Sink) throws(RowFault) {
        (bytes, i) = (line, 0)
        keys.removeAll(keepingCapacity: true)
        decodedKeys.removeAll(keepingCapacity: true)
        skipSpace()
        guard i < bytes.count, bytes[i] == UInt8(ascii: "{") else { throw RowFault(reason: .notAnObject, at: i) }
        try object(at: JSONNode.root, depth: 1, into: &sink)
        skipSpace()
        if i < bytes.count { throw RowFault(reason: .textAfterObject, at: i) }
    }

    // MARK: Objects and arrays

    private mutating func object<Sink: JSONSink>(
        at node: Int32, depth: Int, into sink: inout Sink
    ) throws(RowFault) {
        try open(depth)
        let firstKey = keys.count
        if !closes(UInt8(ascii: "}")) {
            repeat {
                let child = try member(of: node, into: &sink)
                try value(at: child, depth: depth, into: &sink)
            } while try continues(until: UInt8(ascii: "}"))
        }
        if let at = duplicate(from: firstKey) { throw RowFault(reason: .duplicateKey, at: at) }
        keys.removeLast(keys.count - firstKey)
    }

    private mutating func array<Sink: JSONSink>(at node: Int32, depth: Int, into sink: inout Sink) throws(RowFault) {
        try open(depth)
        if closes(UInt8(ascii: "]")) { return }
        var index = 0
        repeat {
            let child = node == JSONNode.none ? node : sink.element(of: node, index)
            try value(at: child, depth: depth, into: &sink)
            index += 1
        } while try continues(until: UInt8(ascii: "]"))
    }

    private mutating func open(_ depth: Int) throws(RowFault) {
        if depth > JSONScan.maximumDepth { throw RowFault(reason: .tooDeep, at: i) }
        i += 1
        skipSpace()
    }

    private mutating func closes(_ bracket: UInt8) -> Bool {
        guard i < bytes.count, bytes[i] == bracket else { return false }
        i += 1
        return true
    }

    /// Behind a value: true at a comma, false at the closing bracket.
    private mutating func continues(until bracket: UInt8) throws(RowFault) -> Bool {
        skipSpace()
        if closes(bracket) { return false }
        try expect(UInt8(ascii: ","))
        skipSpace()
        return true
    }

    /// A key and its colon; returns the node of the value.
    private mutating func member<Sink: JSONSink>(of node: Int32, into sink: inout Sink) throws(RowFault) -> Int32 {
        guard i < bytes.count, bytes[i] == UInt8(ascii: "\"") else { throw unexpected() }
        let at = i
        let key = remember(try string(), at: at)
        let child = node == JSONNode.none ? node : withKey(key) { sink.member(of: node, $0) }
        skipSpace()
        try expect(UInt8(ascii: ":"))
        skipSpace()
        return child
    }

    // MARK: Values

    private mutating func value<Sink: JSONSink>(at node: Int32, depth: Int, into sink: inout Sink) throws(RowFault) {
        guard i < bytes.count else { throw unexpected() }
        let start = i
        var (kind, text) = (FieldKind.json, Text(start: start, end: start, isEscaped: false))
        switch bytes[i] {
        case UInt8(ascii: "\""):
            text = try string()
            kind = .string
        case UInt8(ascii: "{"): try object(at: node, depth: depth + 1, into: &sink)
        case UInt8(ascii: "["): try array(at: node, depth: depth + 1, into: &sink)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            try number()
            kind = .number
        default: kind = try word()
        }
        if node == JSONNode.none { return }
        if kind != .string { text.end = i }
        sink.value(at: node, kind, text.start, text.end, isEscaped: text.isEscaped)
    }

    private mutating func word() throws(RowFault) -> FieldKind {
        let (word, kind): (StaticString, FieldKind) =
            switch bytes[i] {
            case UInt8(ascii: "t"): ("true", .boolean)
            case UInt8(ascii: "f"): ("false", .boolean)
            case UInt8(ascii: "n"): ("null", .null)
            default: throw unexpected()
            }
        guard i + word.utf8CodeUnitCount <= bytes.count, matches(word) else { throw unexpected() }
        i += word.utf8CodeUnitCount
        return kind
    }

    private func matches(_ word: StaticString) -> Bool {
        for k in 0..<word.utf8CodeUnitCount where bytes[i + k] != word.utf8Start[k] { return false }
        return true
    }

    private mutating func number() throws(RowFault) {
        let start = i
        if bytes[i] == UInt8(ascii: "-") { i += 1 }
        let whole = digits()
        var isNumber = whole == 1 || (whole > 1 && bytes[i - whole] != UInt8(ascii: "0"))
        if i < bytes.count, bytes[i] == UInt8(ascii: ".") {
            i += 1
            isNumber = digits() > 0 && isNumber
        }
        if i < bytes.count, bytes[i] | 0x20 == UInt8(ascii: "e") {
            i += 1
            if i < bytes.count, bytes[i] == UInt8(ascii: "+") || bytes[i] == UInt8(ascii: "-") { i += 1 }
            isNumber = digits() > 0 && isNumber
        }
        if !isNumber { throw RowFault(reason: .invalidNumber, at: start) }
    }

    private mutating func digits() -> Int {
        let start = i
        while i < bytes.count, bytes[i] &- UInt8(ascii: "0") < 10 { i += 1 }
        return i - start
    }

    // MARK: Strings

    private mutating func string() throws(RowFault) -> Text {
        i += 1
        var text = Text(start: i, end: i, isEscaped: false)
        while true {
            i = stringStop(from: i)
            guard i < bytes.count else { throw RowFault(reason: .incompleteJSON, at: text.start - 1) }
            switch bytes[i] {
            case UInt8(ascii: "\""):
                text.end = i
                i += 1
                return text
            case UInt8(ascii: "\\"):
                text.isEscaped = true
                try escape()
            default: throw RowFault(reason: .controlCharacter, at: i)
            }
        }
    }

    /// The next quote, backslash or control character, at most the line's end.
    private func stringStop(from: Int) -> Int {
        let (quotes, backslashes) = (Words.filled(with: UInt8(ascii: "\"")), Words.filled(with: UInt8(ascii: "\\")))
        let base = bytes.baseAddress!
        var k = from
        while k < bytes.count {
            let word = Words.load(base, k)
            let marks =
                Words.zeroBytes(word ^ quotes) | Words.zeroBytes(word ^ backslashes)
                | Words.bytes(in: word, below: 0x20)
            if marks != 0 { return min(k + Words.first(marks), bytes.count) }
            k += 8
        }
        return bytes.count
    }

    private mutating func escape() throws(RowFault) {
        let at = i
        guard i + 1 < bytes.count else { throw RowFault(reason: .incompleteJSON, at: at) }
        guard bytes[i + 1] == UInt8(ascii: "u") else {
            if JSONEscapes.short(bytes[i + 1]) == nil { throw RowFault(reason: .invalidEscape, at: at) }
            i += 2
            return
        }
        let unit = try codeUnit()
        if unit == 0 { throw RowFault(reason: .nulByte, at: at) }
        if unit & 0xFC00 == 0xDC00 { throw RowFault(reason: .loneSurrogate, at: at) }
        guard unit & 0xFC00 == 0xD800 else { return }
        guard i + 1 < bytes.count, bytes[i] == UInt8(ascii: "\\"), bytes[i + 1] == UInt8(ascii: "u"),
            try codeUnit() & 0xFC00 == 0xDC00
        else { throw RowFault(reason: .loneSurrogate, at: at) }
    }

    /// `\uXXXX` at `i`.
    private mutating func codeUnit() throws(RowFault) -> UInt32 {
        guard i + 6 <= bytes.count else { throw RowFault(reason: .invalidEscape, at: i) }
        guard let unit = JSONEscapes.codeUnit(bytes.baseAddress! + i + 2) else {
            throw RowFault(reason: .invalidEscape, at: i)
        }
        i += 6
        return unit
    }

    // MARK: Keys

    private mutating func remember(_ text: Text, at: Int) -> Key {
        var key = Key(start: text.start, end: text.end, isDecoded: false, at: at)
        if text.isEscaped {
            let (written, count) = (bytes.baseAddress! + text.start, text.end - text.start)
            let decoded = [UInt8](unsafeUninitializedCapacity: count) { room, length in
                length = JSONEscapes.decode(written, count, to: room.baseAddress!)
            }
            key.start = decodedKeys.count
            decodedKeys += decoded
            (key.end, key.isDecoded) = (decodedKeys.count, true)
        }
        keys.append(key)
        return key
    }

    @inline(__always)
    private func withKey<Result>(_ key: Key, _ body: (Bytes) -> Result) -> Result {
        guard key.isDecoded else { return body(Bytes(rebasing: bytes[key.start..<key.end])) }
        return decodedKeys.withUnsafeBufferPointer { body(Bytes(rebasing: $0[key.start..<key.end])) }
    }

    /// Where the first key stands that is there before, among the keys from `first` on.
    ///
    /// Few keys are compared in pairs, many are sorted: no hashing, so no input makes it slow.
    private mutating func duplicate(from first: Int) -> Int? {
        keys.count - first > 24 ? duplicateBySorting(from: first) : duplicateInPairs(from: first)
    }

    private func duplicateInPairs(from first: Int) -> Int? {
        for later in first..<keys.count {
            for earlier in first..<later where isSame(keys[earlier], keys[later]) { return keys[later].at }
        }
        return nil
    }

    private mutating func duplicateBySorting(from first: Int) -> Int? {
        let sorted = keys[first...].sorted { a, b in
            let order = compare(a, b)
            return order == 0 ? a.at < b.at : order < 0
        }
        var repeated: Int?
        for (key, next) in zip(sorted, sorted.dropFirst()) where compare(key, next) == 0 {
            repeated = min(repeated ?? next.at, next.at)
        }
        return repeated
    }

    @inline(__always)
    private func isSame(_ a: Key, _ b: Key) -> Bool {
        a.end - a.start == b.end - b.start && compare(a, b) == 0
    }

    /// Shorter first, then by bytes.
    private func compare(_ a: Key, _ b: Key) -> Int {
        withKey(a) { a in withKey(b) { b in JSONKeys.compare(a, b) } }
    }

    // MARK: Bytes

    @inline(__always)
    private mutating func skipSpace() {
        while i < bytes.count, bytes[i] == 0x20 || bytes[i] == 0x09 || LineBreaks.isBreak(bytes[i]) { i += 1 }
    }

    @inline(__always)
    private mutating func expect(_ byte: UInt8) throws(RowFault) {
        guard i < bytes.count, bytes[i] == byte else { throw unexpected() }
        i += 1
    }

    private func unexpected() -> RowFault {
        RowFault(reason: i < bytes.count ? .invalidJSON : .incompleteJSON, at: i)
    }
}

enum JSONKeys {
    /// Below, at, or above zero; shorter keys come first, keys of one length by bytes.
    static func compare(_ a: Bytes, _ b: Bytes) -> Int {
        if a.count != b.count { return a.count - b.count }
        for k in 0..<a.count where a[k] != b[k] { return Int(a[k]) - Int(b[k]) }
        return 0
    }
}

enum JSONEscapes {
    /// What `\b`, `\f`, `\n`, `\r`, `\t`, `\"`, `\\` and `\/` stand for.
    static func short(_ letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: nil
        }
    }

    /// Four hexadecimal digits.
    static func codeUnit(_ digits: UnsafePointer<UInt8>) -> UInt32? {
        var unit: UInt32 = 0
        for k in 0..<4 {
            guard let digit = hexadecimal(digits[k]) else { return nil }
            unit = unit << 4 | digit
        }
        return unit
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }

    /// Unescapes what a scan has found well-formed; the result is never longer than what is written.
    static func decode(_ written: UnsafePointer<UInt8>, _ count: Int, to out: UnsafeMutablePointer<UInt8>) -> Int {
        var (k, length) = (0, 0)
        while k < count {
            if written[k] != UInt8(ascii: "\\") {
                out[length] = written[k]
                (k, length) = (k + 1, length + 1)
            } else if let byte = short(written[k + 1]) {
                out[length] = byte
                (k, length) = (k + 2, length + 1)
            } else {
                let (scalar, read) = self.scalar(written + k)
                length += UTF8Encoding.write(scalar, to: out + length)
                k += read
            }
        }
        return length
    }

    /// `\uXXXX`, or two that are a surrogate pair.
    private static func scalar(_ written: UnsafePointer<UInt8>) -> (UInt32, read: Int) {
        let first = codeUnit(written + 2)!
        guard first & 0xFC00 == 0xD800 else { return (first, 6) }
        let second = codeUnit(written + 8)!
        return (0x10000 + (first & 0x3FF) << 10 + (second & 0x3FF), 12)
    }
}
