// The time zone information format, RFC 8536 and 9636, versions 1 through 4:
//
//     header, 32-bit block, header, 64-bit block, "\n" rule "\n"        (version 1: only the first two)
//
// A block: transition times, the type of each, the types, abbreviations, leap seconds, two kinds of indicators.
// "Fat" files list every change through 2037; "slim" ones stop where the rule takes over. Both become the same `Zone`:
// changes that change nothing are dropped and the rule is written out through 2100.

/// Why bytes are not a time zone we can use.
public enum ZoneError: Error, Hashable, Sendable {
    /// The bytes do not begin with `TZif`.
    case notTZif
    /// The bytes end before what they announce.
    case truncated
    /// A zone of the `right/` tree, whose clock counts leap seconds; ours does not.
    case countsLeapSeconds
    /// A count, index, order or offset that RFC 9636 rules out.
    case inconsistent(String)
    /// The rule after the last transition is not a POSIX TZ rule.
    case badRule(String)
    /// Empty, absolute, with `..` or with characters outside `A–Z a–z 0–9 . _ + - /`.
    case badName(String)
}

extension ZoneError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notTZif: "not a TZif file"
        case .truncated: "the file ends too early"
        case .countsLeapSeconds: "the file counts leap seconds, as those under right/ do"
        case .inconsistent(let what): "the file contradicts itself: \(what)"
        case .badRule(let rule): "\"\(rule)\" is not a POSIX TZ rule"
        case .badName(let name): "\"\(name)\" is not the name of a zone"
        }
    }
}

extension Zone {
    /// Reads one TZif file.
    public init(name: String, tzif bytes: [UInt8]) throws(ZoneError) {
        guard Zone.isName(name) else { throw .badName(name) }
        var reader = TZifReader(bytes: bytes[...])
        let file = try reader.file()
        self.init(name: name, file: file)
    }

    /// Whether a text may be a zone's name: a relative path of plain components, so that no name leads out of a folder.
    public static func isName(_ text: String) -> Bool {
        guard (1...255).contains(text.utf8.count) else { return false }
        return text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
            part.first.map { isNameByte($0) && $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: ".") } == true
                && part.allSatisfy(isNameByte)
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 65...90, 97...122, 48...57: true
        case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-"): true
        default: false
        }
    }

    /// From here on the rule is asked instead of the table.
    private static let tableEnd = Int64(CivilDate.days(year: 2101, month: 1, day: 1)) * TimeOfDay.millisecondsPerDay

    private init(name: String, file: TZifFile) {
        var table = TransitionTable(first: file.initialType)
        for (start, type) in zip(file.starts, file.kinds) { table.append(start: start, type: file.types[Int(type)]) }
        if let rule = file.rule {
            table.append(rule: rule, until: Zone.tableEnd)
        }
        let rulesOn = file.rule?.daylight != nil
        self.init(
            name: name, starts: table.starts, kinds: table.kinds, localTypes: table.types,
            rule: rulesOn ? file.rule : nil, ruleStart: rulesOn ? max(Zone.tableEnd, table.starts.last! + 1) : .max)
    }
}

/// Segments under construction: changes that change nothing are left out, types are numbered by first use.
private struct TransitionTable {
    private(set) var starts: [Int64] = [.min]
    private(set) var kinds: [UInt8] = [0]
    private(set) var types: [Zone.LocalType]

    init(first: Zone.LocalType) {
        types = [first]
    }

    mutating func append(start: Int64, type: Zone.LocalType) {
        // A change before year 1 only says what already held when the calendar began.
        if start <= Instant.earliest.milliseconds {
            self = TransitionTable(first: type)
        } else if types[Int(kinds[kinds.count - 1])] != type {
            starts.append(start)
            kinds.append(number(of: type))
        }
    }

    mutating func append(rule: DaylightRule, until end: Int64) {
        let lastListed = starts[starts.count - 1]
        guard rule.daylight != nil else {
            if lastListed == .min { self = TransitionTable(first: rule.standard) }
            return
        }
        let firstYear = max(
            1, CivilDateTime(millisecondsSinceEpoch: max(lastListed, Instant.earliest.milliseconds)).date.year)
        for year in firstYear...2101 {
            for transition in rule.transitions(in: year) where transition.start > lastListed && transition.start < end {
                append(start: transition.start, type: transition.type)
            }
        }
    }

    private mutating func number(of type: Zone.LocalType) -> UInt8 {
        if let known = types.firstIndex(of: type) { return UInt8(known) }
        types.append(type)
        return UInt8(types.count - 1)
    }
}

private struct TZifFile {
    var starts: [Int64] = []
    var kinds: [UInt8] = []
    var types: [Zone.LocalType] = []
    var rule: DaylightRule?

    /// RFC 9636, section 3.2: what holds before the first transition is type 0.
    var initialType: Zone.LocalType { types[0] }
}

private struct TZifReader {
    var bytes: ArraySlice<UInt8>

    struct Header {
        var version: UInt8
        var utcIndicators, standardIndicators, leapSeconds, times, types, characters: Int

        func blockSize(timeSize: Int) -> Int {
            times * (timeSize + 1) + types * 6 + characters + leapSeconds * (timeSize + 4) + standardIndicators
                + utcIndicators
        }
    }

    mutating func file() throws(ZoneError) -> TZifFile {
        let first = try header()
        guard first.version >= UInt8(ascii: "2") else { return try block(first, timeSize: 4) }
        _ = try take(first.blockSize(timeSize: 4))
        var file = try block(try header(), timeSize: 8)
        file.rule = try footer()
        return file
    }

    private mutating func header() throws(ZoneError) -> Header {
        guard bytes.count >= 4, bytes.starts(with: "TZif".utf8) else { throw .notTZif }
        _ = try take(4)
        let version = try take(16).first!
        var counts: [Int] = []
        for _ in 0..<6 { counts.append(Int(try integer(4) & 0xFFFF_FFFF)) }
        let header = Header(
            version: version, utcIndicators: counts[0], standardIndicators: counts[1], leapSeconds: counts[2],
            times: counts[3], types: counts[4], characters: counts[5])
        guard (1...256).contains(header.types), header.characters >= 1 else {
            throw .inconsistent("\(header.types) types, \(header.characters) characters")
        }
        return header
    }

    private mutating func block(_ header: Header, timeSize: Int) throws(ZoneError) -> TZifFile {
        guard bytes.count >= header.blockSize(timeSize: timeSize) else { throw .truncated }
        guard header.leapSeconds == 0 else { throw .countsLeapSeconds }
        var file = TZifFile()
        file.starts = try starts(header.times, timeSize: timeSize)
        file.kinds = Array(try take(header.times))
        guard file.kinds.allSatisfy({ $0 < header.types }) else { throw .inconsistent("a transition to no type") }
        file.types = try types(header)
        _ = try take(header.standardIndicators + header.utcIndicators)
        return file
    }

    /// In milliseconds, in order; what lies before year 1 is brought there.
    private mutating func starts(_ count: Int, timeSize: Int) throws(ZoneError) -> [Int64] {
        var starts: [Int64] = []
        var last: Int64?
        for _ in 0..<count {
            let seconds = try integer(timeSize)
            if let last, seconds <= last { throw .inconsistent("transitions out of order") }
            guard seconds <= Instant.latest.milliseconds / 1000 else {
                throw .inconsistent("a transition after year 9999")
            }
            last = seconds
            starts.append(max(seconds, Instant.earliest.milliseconds / 1000) * 1000)
        }
        return starts
    }

    private mutating func types(_ header: Header) throws(ZoneError) -> [Zone.LocalType] {
        var raw: [(offset: Int64, isDaylight: UInt8, name: Int)] = []
        for _ in 0..<header.types {
            let offset = try integer(4)
            let flags = Array(try take(2))
            guard offset > -90_000, offset < 93_600, flags[0] <= 1 else {
                throw .inconsistent("a type with the offset \(offset)")
            }
            raw.append((offset * 1000, flags[0], Int(flags[1])))
        }
        let names = Array(try take(header.characters))
        var types: [Zone.LocalType] = []
        for type in raw {
            guard type.name < names.count else { throw .inconsistent("a type without a name") }
            let name = String(decoding: names[type.name...].prefix { $0 != 0 }, as: UTF8.self)
            types.append(Zone.LocalType(offset: type.offset, isDaylight: type.isDaylight == 1, abbreviation: name))
        }
        return types
    }

    private mutating func footer() throws(ZoneError) -> DaylightRule? {
        guard try take(1).first == 10, let end = bytes.firstIndex(of: 10) else { throw .truncated }
        let text = bytes[..<end]
        guard !text.isEmpty else { return nil }
        guard let rule = DaylightRule(text: text) else { throw .badRule(String(decoding: text, as: UTF8.self)) }
        return rule
    }

    private mutating func take(_ count: Int) throws(ZoneError) -> ArraySlice<UInt8> {
        guard bytes.count >= count else { throw .truncated }
        defer { bytes = bytes.dropFirst(count) }
        return bytes.prefix(count)
    }

    /// Two's complement, big-endian.
    private mutating func integer(_ size: Int) throws(ZoneError) -> Int64 {
        let raw = try take(size).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return size == 4 ? Int64(Int32(truncatingIfNeeded: raw)) : Int64(bitPattern: raw)
    }
}
