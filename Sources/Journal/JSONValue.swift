/// JSON read strictly: one value, valid UTF-8, no member twice, numbers only as integers (everything else that is a
/// number is written as text), at most `maximumDepth` deep. Unlike a decoder it costs no reflection and keeps the order.
enum JSONValue: Equatable {
    case null
    case flag(Bool)
    case integer(Int64)
    case string(String)
    case array([JSONValue])
    case object([Member])

    struct Member: Equatable {
        var name: String
        var value: JSONValue
    }

    static let maximumDepth = 16

    /// Throws `BadFactLine` naming the byte where the text stops being JSON.
    init(_ bytes: [UInt8]) throws {
        self = try bytes.withUnsafeBufferPointer { bytes in
            var reader = JSONReader(bytes)
            return try reader.document()
        }
    }

    var text: String? { if case .string(let text) = self { text } else { nil } }
    var number: Int64? { if case .integer(let number) = self { number } else { nil } }
}

private struct JSONReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var offset = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func document() throws -> JSONValue {
        let value = try value(depth: 1)
        skipSpace()
        guard offset == bytes.count else { throw bad("something follows the end of the object") }
        return value
    }

    private mutating func value(depth: Int) throws -> JSONValue {
        guard depth <= JSONValue.maximumDepth else { throw bad("it is nested too deeply") }
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return .object(try members(depth: depth))
        case UInt8(ascii: "["): return .array(try items(depth: depth))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .flag(true))
        case UInt8(ascii: "f"): return try word("false", .flag(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .integer(try integer())
        }
    }

    private mutating func members(depth: Int) throws -> [JSONValue.Member] {
        var members: [JSONValue.Member] = []
        try list(closing: UInt8(ascii: "}")) { reader in
            let name = try reader.string()
            guard !members.contains(where: { $0.name == name }) else { throw reader.bad("“\(name)” is there twice") }
            reader.skipSpace()
            try reader.take(UInt8(ascii: ":"))
            members.append(JSONValue.Member(name: name, value: try reader.value(depth: depth + 1)))
        }
        return members
    }

    private mutating func items(depth: Int) throws -> [JSONValue] {
        var items: [JSONValue] = []
        try list(closing: UInt8(ascii: "]")) { items.append(try $0.value(depth: depth + 1)) }
        return items
    }

    /// Reads from the opening bracket to the closing one, `item` by item between commas.
    private mutating func list(closing: UInt8, _ item: (inout JSONReader) throws -> Void) throws {
        offset += 1
        skipSpace()
        if peek == closing {
            offset += 1
            return
        }
        while true {
            skipSpace()
            try item(&self)
            skipSpace()
            if peek == closing { break }
            try take(UInt8(ascii: ","))
        }
        offset += 1
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws -> JSONValue {
        for index in 0..<word.utf8CodeUnitCount { try take(word.utf8Start[index]) }
        return value
    }

    private mutating func integer() throws -> Int64 {
        let start = offset
        if peek == UInt8(ascii: "-") { offset += 1 }
        while let digit = peek, (0x30...0x39).contains(digit) { offset += 1 }
        guard let value = Int64(String(decoding: bytes[start..<offset], as: UTF8.self)) else {
            throw bad("a value should begin")
        }
        return value
    }

    private mutating func string() throws -> String {
        try take(UInt8(ascii: "\""))
        let start = offset
        while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { offset += 1 }
        guard peek != UInt8(ascii: "\"") else {
            offset += 1
            return try utf8(bytes[start..<offset - 1])
        }
        return try escapedString(Array(bytes[start..<offset]))
    }

    /// The rest of a string in which something is escaped.
    private mutating func escapedString(_ begun: [UInt8]) throws -> String {
        var text = begun
        while true {
            guard let byte = peek, byte >= 0x20 else { throw bad("a text is not closed") }
            offset += 1
            if byte == UInt8(ascii: "\"") { return try utf8(text[...]) }
            if byte == UInt8(ascii: "\\") { try escape(&text) } else { text.append(byte) }
        }
    }

    private mutating func escape(_ text: inout [UInt8]) throws {
        guard let byte = peek else { throw bad("a text is not closed") }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "u"): text.append(contentsOf: String(try escapedScalar()).utf8)
        default: throw bad("an escape is unknown")
        }
    }

    private mutating func escapedScalar() throws -> Unicode.Scalar {
        let unit = try fourDigits()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        try take(UInt8(ascii: "\\"))
        try take(UInt8(ascii: "u"))
        let low = try fourDigits()
        guard unit < 0xDC00, (0xDC00...0xDFFF).contains(low) else { throw bad("a half of a character stands alone") }
        return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))!
    }

    private mutating func fourDigits() throws -> UInt32 {
        guard bytes.count - offset >= 4,
            let pair = Hex.bytes(String(decoding: bytes[offset..<offset + 4], as: UTF8.self))
        else { throw bad("four hexadecimal digits should follow") }
        offset += 4
        return UInt32(pair[0]) << 8 | UInt32(pair[1])
    }

    private func utf8(_ text: some Collection<UInt8>) throws -> String {
        guard let string = String(validating: text, as: UTF8.self) else { throw bad("a text is not UTF-8") }
        return string
    }

    private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func take(_ byte: UInt8) throws {
        guard peek == byte else {
            throw bad("“\(Character(Unicode.Scalar(byte)))” should follow")
        }
        offset += 1
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0D { offset += 1 }
    }

    private func bad(_ what: String) -> BadFactLine {
        BadFactLine(
            what: "at byte \(offset + 1) \(offset < bytes.count ? "" : "(the end of the line) ")it is not JSON: \(what)"
        )
    }
}
