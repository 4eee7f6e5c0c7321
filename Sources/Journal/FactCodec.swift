//  How a fact's body is written
//
//      body     = name, actor, persons, accounts, values
//      name     = text
//      actor    = 0 | 1 identifier
//      persons  = count identifier…            accounts likewise
//      values   = one for each property of the shape, in its order
//      identifier = scheme (1 byte) namespace:text value:text          personal value: scheme | 0x40
//                 | scheme | 0x80 namespace:text commitment (16 bytes)  once its value lies apart
//      value    = tag (1 byte) payload
//      text     = length (varint) UTF-8 bytes
//
//  An actor is written in clear even when named by e-mail: actors are our own staff, whose names the agreement carries too.

public import Vocabulary

/// Tags of values on disk: never renumber.
public enum ValueTag {
    public static let cleared: UInt8 = 0
    public static let text: UInt8 = 1
    public static let personal: UInt8 = 2
    public static let committed: UInt8 = 3
    public static let number: UInt8 = 4
    public static let money: UInt8 = 5
    public static let instant: UInt8 = 6
    public static let date: UInt8 = 7
    public static let no: UInt8 = 8
    public static let yes: UInt8 = 9
    public static let list: UInt8 = 10
}

/// Marks on an identifier's scheme byte.
public enum SchemeMark {
    public static let personal: UInt8 = 0x40
    public static let committed: UInt8 = 0x80
    public static let scheme: UInt8 = 0x3F
}

// MARK: - Writing

extension [UInt8] {
    @inlinable public mutating func append(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(rest))
    }

    /// Small magnitudes of either sign take few bytes.
    @inlinable public mutating func append(signed value: Int64) {
        append(varint: UInt64(bitPattern: (value << 1) ^ (value >> 63)))
    }

    @inlinable public mutating func append(text: UnsafeBufferPointer<UInt8>) {
        append(varint: UInt64(text.count))
        append(contentsOf: text)
    }

    public mutating func append(text: String) {
        append(varint: UInt64(text.utf8.count))
        append(contentsOf: text.utf8)
    }

    public mutating func append(value: Value) {
        switch value {
        case .cleared: append(ValueTag.cleared)
        case .text(let text):
            append(ValueTag.text)
            append(text: text)
        case .personal(.known(let text)):
            append(ValueTag.personal)
            append(text: text)
        case .personal(.erased(let commitment)):
            append(ValueTag.committed)
            append(contentsOf: commitment.bytes)
        case .number(let number): append(number: number)
        case .money(let money): append(money: money)
        case .instant(let instant):
            append(ValueTag.instant)
            append(signed: instant.milliseconds)
        case .date(let date):
            append(ValueTag.date)
            append(signed: Int64(date.daysSinceEpoch))
        case .flag(let flag): append(flag ? ValueTag.yes : ValueTag.no)
        case .list(let items):
            append(ValueTag.list)
            append(varint: UInt64(items.count))
            for item in items { append(text: item) }
        }
    }

    public mutating func append(number: Number) {
        append(ValueTag.number)
        append(number.scale)
        append(signed: number.mantissa)
    }

    public mutating func append(money: Money) {
        append(ValueTag.money)
        append(text: money.currency.code)
        append(signed: money.minorUnits)
    }

    public mutating func append(identifier: Identifier, inClear: Bool = false) {
        if let commitment = identifier.commitment {
            append(identifier.scheme.rawValue | SchemeMark.committed)
            append(text: identifier.namespace)
            append(contentsOf: commitment.bytes)
        } else {
            let personal = identifier.scheme.isPersonal && !inClear
            append(identifier.scheme.rawValue | (personal ? SchemeMark.personal : 0))
            append(text: identifier.namespace)
            append(text: identifier.value)
        }
    }

    mutating func append(body fact: Fact) {
        append(text: fact.name)
        append(fact.actor == nil ? 0 : 1)
        if let actor = fact.actor { append(identifier: actor, inClear: true) }
        for identifiers in [fact.persons, fact.accounts] {
            append(varint: UInt64(identifiers.count))
            for identifier in identifiers { append(identifier: identifier) }
        }
        for property in fact.properties { append(value: property.value) }
    }
}

// MARK: - Reading

/// The bytes are not what the codec writes: the journal's file is damaged.
public struct DamagedBody: Error, Equatable, Sendable {
    public var what: String
    public var offset: Int
}

/// Reads a body from front to back; lives no longer than the bytes it was given.
struct BodyReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private(set) var offset = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { offset == bytes.count }

    mutating func rewind(to earlier: Int) { offset = earlier }

    /// Appends the bytes read since `start`.
    func copy(from start: Int, to output: inout [UInt8]) {
        output.append(contentsOf: bytes[start..<offset])
    }

    mutating func byte() throws -> UInt8 {
        guard offset < bytes.count else { throw damaged("the end came too early") }
        defer { offset += 1 }
        return bytes[offset]
    }

    mutating func varint() throws -> UInt64 {
        var (value, shift) = (UInt64(0), UInt64(0))
        while true {
            let byte = try byte()
            guard shift < 63 || byte <= 1 else { throw damaged("a length is too large") }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
    }

    mutating func signed() throws -> Int64 {
        let raw = try varint()
        return Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1)
    }

    mutating func count() throws -> Int {
        let value = try varint()
        guard value <= UInt64(bytes.count - offset) else { throw damaged("a length runs past the end") }
        return Int(value)
    }

    mutating func text() throws -> String { String(decoding: try textBytes(), as: UTF8.self) }

    /// The bytes of a text, where they lie.
    mutating func textBytes() throws -> UnsafeBufferPointer<UInt8> {
        let length = try count()
        defer { offset += length }
        return UnsafeBufferPointer(rebasing: bytes[offset..<offset + length])
    }

    mutating func commitment() throws -> Commitment {
        guard bytes.count - offset >= Commitment.byteCount else { throw damaged("a commitment is cut short") }
        defer { offset += Commitment.byteCount }
        return Commitment(bytes: bytes[offset..<offset + Commitment.byteCount])
    }

    func damaged(_ what: String) -> DamagedBody { DamagedBody(what: what, offset: offset) }

    mutating func identifier(_ reveal: (Commitment) -> String?) throws -> Identifier {
        let mark = try byte()
        guard let scheme = Identifier.Scheme(rawValue: mark & SchemeMark.scheme) else {
            throw damaged("an identifier has no known scheme")
        }
        let namespace = try text()
        guard mark & SchemeMark.committed != 0 else { return Identifier(scheme, namespace: namespace, try text()) }
        let commitment = try commitment()
        return reveal(commitment).map { Identifier(scheme, namespace: namespace, $0) }
            ?? Identifier(erased: scheme, namespace: namespace, commitment: commitment)
    }

    mutating func identifiers(_ reveal: (Commitment) -> String?) throws -> [Identifier] {
        var all: [Identifier] = []
        for _ in 0..<(try count()) { all.append(try identifier(reveal)) }
        return all
    }

    mutating func value(_ reveal: (Commitment) -> String?) throws -> Value {
        switch try byte() {
        case ValueTag.cleared: return .cleared
        case ValueTag.text: return .text(try text())
        case ValueTag.personal: return .personal(.known(try text()))
        case ValueTag.committed:
            let commitment = try commitment()
            return .personal(reveal(commitment).map(Personal.known) ?? .erased(commitment))
        case ValueTag.number:
            let scale = try byte()
            guard scale <= Number.maximumScale else { throw damaged("a number has too many decimals") }
            return .number(Number(mantissa: try signed(), scale: scale))
        case ValueTag.money: return .money(try money())
        case ValueTag.instant: return .instant(try instant(milliseconds: signed()))
        case ValueTag.date: return .date(try date())
        case ValueTag.no: return .flag(false)
        case ValueTag.yes: return .flag(true)
        case ValueTag.list: return .list(try list())
        default: throw damaged("a value has no known tag")
        }
    }

    private func instant(milliseconds: Int64) throws -> Instant {
        let instant = Instant(milliseconds: milliseconds)
        guard (Instant.earliest...Instant.latest).contains(instant) else { throw damaged("a time is out of range") }
        return instant
    }

    private mutating func date() throws -> CivilDate {
        let (days, isTooLarge) = try signed().multipliedReportingOverflow(by: 86_400_000)
        guard !isTooLarge else { throw damaged("a date is out of range") }
        return CivilDate(daysSinceEpoch: Int32(try instant(milliseconds: days).milliseconds / 86_400_000))
    }

    private mutating func money() throws -> Money {
        guard let currency = Currency(code: try text()) else { throw damaged("a currency is unknown") }
        return Money(minorUnits: try signed(), currency: currency)
    }

    private mutating func list() throws -> [String] {
        var items: [String] = []
        for _ in 0..<(try count()) { items.append(try text()) }
        return items
    }
}

/// A fact as a store holds it, before it is read.
public struct StoredFact: Sendable {
    public var sequence: Int64
    public var shape: FactShape
    public var id: String
    public var aspect: String
    public var occurred: Instant
    public var known: Instant
    public var recorded: Instant
    public var body: [UInt8]
    /// The row of the store's people under whose key the personal values lie.
    public var person: Int64?

    public init(
        sequence: Int64, shape: FactShape, id: String, aspect: String, occurred: Instant, known: Instant,
        recorded: Instant, body: [UInt8], person: Int64?
    ) {
        self.sequence = sequence
        self.shape = shape
        self.id = id
        self.aspect = aspect
        self.occurred = occurred
        self.known = known
        self.recorded = recorded
        self.body = body
        self.person = person
    }

    /// The fact, lifted to today's form. `reveal` gives the value behind a commitment, `nil` where it was erased.
    /// Throws `JournalError.damaged` for bytes the codec did not write.
    public func lifted(reveal: (Commitment) -> String?) throws -> RecordedFact {
        RecordedFact(sequence: sequence, fact: Upcasting.standard.lift(try asWritten(reveal: reveal)))
    }

    /// The fact in the form in which it was written: what an export carries.
    public func asWritten(reveal: (Commitment) -> String?) throws -> Fact {
        try namingTheFact { try body.withUnsafeBufferPointer { try asWritten(BodyReader($0), reveal) } }
    }

    func namingTheFact<Result>(_ read: () throws -> Result) throws -> Result {
        do {
            return try read()
        } catch let error as DamagedBody {
            throw JournalError.damaged("fact \(sequence) cannot be read: \(error.what), at byte \(error.offset)")
        }
    }

    /// The commitments in the body, in its order. Throws `JournalError.damaged`.
    public func commitments() throws -> [Commitment] {
        try namingTheFact {
            try body.withUnsafeBufferPointer { try Sealing.commitments(inBody: $0, valueCount: shape.properties.count) }
        }
    }

    private func asWritten(_ reader: consuming BodyReader, _ reveal: (Commitment) -> String?) throws -> Fact {
        var reader = reader
        let name = try reader.text()
        let actor = try reader.byte() == 0 ? nil : reader.identifier(reveal)
        let persons = try reader.identifiers(reveal)
        let accounts = try reader.identifiers(reveal)
        var properties: [Property] = []
        for name in shape.properties { properties.append(Property(name, try reader.value(reveal))) }
        guard reader.isAtEnd else { throw reader.damaged("bytes follow the last value") }
        return Fact(
            key: FactKey(source: shape.source, object: shape.object, id: id, aspect: aspect), kind: shape.kind,
            version: shape.version, name: name, occurred: occurred, known: known, recorded: recorded, persons: persons,
            accounts: accounts, actor: actor, properties: properties)
    }
}
