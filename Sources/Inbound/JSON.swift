internal import Journal

/// A JSON document as senders write it, read strictly (RFC 8259): valid UTF-8, no member twice, no lone surrogate, no NUL,
/// at most so deep and so wide. Numbers keep the text in which they were written.
public enum JSON: Hashable, Sendable {
    case null
    case flag(Bool)
    case number(String)
    case string(String)
    case array([JSON])
    case object(JSONObject)

    /// What a reader takes before it refuses: a document is measured before anything is built from it.
    public struct Limits: Sendable {
        public var depth: Int
        /// Values in the whole document.
        public var values: Int

        public init(depth: Int = 32, values: Int = 100_000) {
            (self.depth, self.values) = (depth, values)
        }
    }

    /// Throws `JSONFault` naming the byte where the text stops being JSON, or becomes too much.
    public init(_ bytes: some Sequence<UInt8>, limits: Limits = Limits()) throws(JSONFault) {
        let result = Array(bytes).withUnsafeBufferPointer { buffer -> Result<JSON, JSONFault> in
            var scan = JSONDocumentScan(buffer, limits)
            do throws(JSONFault) { return .success(try scan.document()) } catch { return .failure(error) }
        }
        self = try result.get()
    }
}

/// An object's members in the order in which they were written.
public struct JSONObject: Hashable, Sendable {
    public struct Member: Hashable, Sendable {
        public var name: String
        public var value: JSON
    }

    public var members: [Member]
    /// How many bytes it took in the document.
    public var byteCount: Int

    public init(members: [Member] = [], byteCount: Int = 0) {
        (self.members, self.byteCount) = (members, byteCount)
    }

    public subscript(_ name: String) -> JSON? { members.first { $0.name == name }?.value }

    /// The members under a name, none where there is no object.
    public func object(_ name: String) -> JSONObject {
        if case .object(let object)? = self[name] { object } else { JSONObject() }
    }

    /// A text, or a number as it was written, without spaces around it; `nil` for what is empty or neither.
    public func text(_ name: String) -> String? { self[name]?.plainText }
}

extension JSON {
    /// A text, or a number as it was written, without spaces around it; `nil` for what is empty or neither.
    public var plainText: String? {
        switch self {
        case .string(let text):
            let trimmed = text.withoutSpacesAround
            return trimmed.isEmpty ? nil : trimmed
        case .number(let written): return written
        default: return nil
        }
    }

    public var isNull: Bool { self == .null }
}

extension String {
    var withoutSpacesAround: String {
        guard let start = unicodeScalars.firstIndex(where: { !$0.isSpace }),
            let end = unicodeScalars.lastIndex(where: { !$0.isSpace })
        else { return "" }
        return String(unicodeScalars[start...end])
    }
}

extension Unicode.Scalar {
    fileprivate var isSpace: Bool { self == " " || ("\u{09}"..."\u{0D}").contains(self) }
}

/// Where and why a text is not JSON.
public struct JSONFault: Error, Hashable, Sendable {
    public var what: String
    /// The first byte has number 1.
    public var byte: Int
    /// Whether it may well be JSON, but of a kind or a size that is not taken here.
    public var isRefusal = false

    public var sentence: String { "at byte \(byte) \(what)" }
}

private struct JSONDocumentScan {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let limits: JSON.Limits
    private var offset = 0
    private var values = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ limits: JSON.Limits) {
        (self.bytes, self.limits) = (bytes, limits)
    }

    mutating func document() throws(JSONFault) -> JSON {
        let value = try value(depth: 1)
        skipSpace()
        guard offset == bytes.count else { throw fault("something follows the end of the document") }
        return value
    }

    private mutating func value(depth: Int) throws(JSONFault) -> JSON {
        guard depth <= limits.depth else { throw refusal("it is nested deeper than \(limits.depth) levels") }
        values += 1
        guard values <= limits.values else { throw refusal("it holds more than \(limits.values) values") }
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return .object(try object(depth))
        case UInt8(ascii: "["): return .array(try items(depth))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .flag(true))
        case UInt8(ascii: "f"): return try word("false", .flag(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    // MARK: Objects and arrays

    private mutating func object(_ depth: Int) throws(JSONFault) -> JSONObject {
        let start = offset
        var (members, names): ([JSONObject.Member], Set<String>) = ([], [])
        offset += 1
        guard !closes(UInt8(ascii: "}")) else { return JSONObject(byteCount: offset - start) }
        repeat {
            skipSpace()
            let name = try string()
            guard names.insert(name).inserted else { throw refusal("“\(name)” is there twice") }
            skipSpace()
            try take(UInt8(ascii: ":"))
            members.append(JSONObject.Member(name: name, value: try value(depth: depth + 1)))
        } while try continues(until: UInt8(ascii: "}"))
        return JSONObject(members: members, byteCount: offset - start)
    }

    private mutating func items(_ depth: Int) throws(JSONFault) -> [JSON] {
        var items: [JSON] = []
        offset += 1
        guard !closes(UInt8(ascii: "]")) else { return items }
        repeat { items.append(try value(depth: depth + 1)) } while try continues(until: UInt8(ascii: "]"))
        return items
    }

    private mutating func closes(_ bracket: UInt8) -> Bool {
        skipSpace()
        guard peek == bracket else { return false }
        offset += 1
        return true
    }

    private mutating func continues(until bracket: UInt8) throws(JSONFault) -> Bool {
        if closes(bracket) { return false }
        try take(UInt8(ascii: ","))
        return true
    }

    // MARK: Words and numbers

    private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONFault) -> JSON {
        for index in 0..<word.utf8CodeUnitCount { try take(word.utf8Start[index]) }
        return value
    }

    /// The grammar of RFC 8259, 6: no leading zeros, no plus, digits on both sides of the point.
    private mutating func number() throws(JSONFault) -> String {
        let start = offset
        if peek == UInt8(ascii: "-") { offset += 1 }
        if peek == UInt8(ascii: "0") { offset += 1 } else { try digits("a value should begin") }
        if peek == UInt8(ascii: ".") {
            offset += 1
            try digits("a digit should follow the point")
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            offset += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { offset += 1 }
            try digits("a digit should follow the exponent")
        }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    private mutating func digits(_ wanted: String) throws(JSONFault) {
        guard let first = peek, (0x30...0x39).contains(first) else { throw fault(wanted) }
        while let digit = peek, (0x30...0x39).contains(digit) { offset += 1 }
    }

    // MARK: Texts

    private mutating func string() throws(JSONFault) -> String {
        try take(UInt8(ascii: "\""))
        let start = offset
        while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { offset += 1 }
        guard peek != UInt8(ascii: "\"") else {
            offset += 1
            return try utf8(bytes[start..<offset - 1])
        }
        return try escapedString(Array(bytes[start..<offset]))
    }

    /// The rest of a text in which something is escaped.
    private mutating func escapedString(_ begun: [UInt8]) throws(JSONFault) -> String {
        var text = begun
        while true {
            guard let byte = peek, byte >= 0x20 else { throw fault("a text is not closed") }
            offset += 1
            if byte == UInt8(ascii: "\"") { return try utf8(text) }
            if byte == UInt8(ascii: "\\") { try escape(&text) } else { text.append(byte) }
        }
    }

    private mutating func escape(_ text: inout [UInt8]) throws(JSONFault) {
        guard let byte = peek else { throw fault("a text is not closed") }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "u"): text.append(contentsOf: String(try escapedScalar()).utf8)
        default: throw fault("an escape is unknown")
        }
    }

    private mutating func escapedScalar() throws(JSONFault) -> Unicode.Scalar {
        let unit = try fourDigits()
        guard unit != 0 else { throw refusal("a text holds a NUL") }
        if let scalar = Unicode.Scalar(unit) { return scalar }
        try take(UInt8(ascii: "\\"))
        try take(UInt8(ascii: "u"))
        let low = try fourDigits()
        guard unit < 0xDC00, (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
        else { throw refusal("a half of a character stands alone") }
        return scalar
    }

    private mutating func fourDigits() throws(JSONFault) -> UInt32 {
        guard bytes.count - offset >= 4,
            let pair = Hex.bytes(String(decoding: bytes[offset..<offset + 4], as: UTF8.self)), pair.count == 2
        else { throw fault("four hexadecimal digits should follow") }
        offset += 4
        return UInt32(pair[0]) << 8 | UInt32(pair[1])
    }

    private func utf8(_ text: some Collection<UInt8>) throws(JSONFault) -> String {
        guard let string = String(validating: text, as: UTF8.self) else { throw fault("a text is not UTF-8") }
        return string
    }

    // MARK: Bytes

    private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func take(_ byte: UInt8) throws(JSONFault) {
        guard peek == byte else { throw fault("“\(Character(Unicode.Scalar(byte)))” should follow") }
        offset += 1
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
    }

    private func fault(_ what: String) -> JSONFault {
        JSONFault(what: offset < bytes.count ? what : "the text ends too early: \(what)", byte: offset + 1)
    }

    private func refusal(_ what: String) -> JSONFault { JSONFault(what: what, byte: offset + 1, isRefusal: true) }
}
