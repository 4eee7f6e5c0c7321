/// A country of ISO 3166-1 by its two letters.
public struct Country: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// First letter × 256 + second.
    private let code: UInt16

    fileprivate init(alpha2: some Collection<UInt8>) {
        code = alpha2.reduce(0) { $0 << 8 | UInt16($1) }
    }

    public var description: String { String(decoding: [UInt8(code >> 8), UInt8(code & 0xFF)], as: UTF8.self) }

    public static func < (a: Country, b: Country) -> Bool { a.code < b.code }

    /// All, in the order of their codes.
    public static var all: [Country] { Array(Set(CountryNames.shared.entries.map(\.country))).sorted() }

    /// The country that a field names by its English name, its code of two or three letters, or another common name.
    ///
    /// Case, spaces, punctuation and a leading "The" do not matter. A name that two countries share, "Congo", is refused.
    public static func read(_ written: Bytes) throws(UnreadableValue) -> Country {
        let text = written.trimmed
        if text.isEmpty { throw .empty }
        guard text.count <= CountryNames.longestText, let country = CountryNames.shared.country(text) else {
            throw .notACountry
        }
        return country
    }
}

/// The names of all countries as keys: letters only, small where they are ASCII, "&" as "and", without "the".
private struct CountryNames {
    struct Entry {
        let key: [UInt8]
        let country: Country
    }

    static let shared = CountryNames()
    /// Longer than any name, spaces and all.
    static let longestText = 120

    /// Sorted by `JSONKeys.compare`.
    let entries: [Entry]

    private init() {
        var (entries, country) = ([Entry](), Country(alpha2: []))
        for line in countryTable.split(separator: "\n") {
            var names = line.drop { $0 == " " }
            if names.first != "|" {
                country = Country(alpha2: names.prefix(2).utf8)
                entries.append(Entry(key: CountryNames.key(names.prefix(2)), country: country))
                entries.append(Entry(key: CountryNames.key(names.dropFirst(3).prefix(3)), country: country))
                names = names.dropFirst(7)
            }
            entries += names.split(separator: "|").map { Entry(key: CountryNames.key($0), country: country) }
        }
        self.entries = entries.sorted { a, b in
            a.key.withUnsafeBufferPointer { CountryNames.order($0, b.key) < 0 }
        }
    }

    func country(_ text: Bytes) -> Country? {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: CountryNames.longestText * 3) { room in
            let key = CountryNames.key(text, in: room)
            var (low, high) = (0, entries.count)
            while low < high {
                let middle = (low + high) / 2
                let order = CountryNames.order(key, entries[middle].key)
                if order == 0 { return entries[middle].country }
                (low, high) = order > 0 ? (middle + 1, high) : (low, middle)
            }
            return nil
        }
    }

    private static func order(_ a: Bytes, _ b: [UInt8]) -> Int {
        b.withUnsafeBufferPointer { JSONKeys.compare(a, $0) }
    }

    private static func key(_ name: Substring) -> [UInt8] {
        String(name).withBytes { name in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: name.count * 3) { Array(key(name, in: $0)) }
        }
    }

    /// `room` is three times as long as the text, for "&" becomes "and".
    private static func key(_ text: Bytes, in room: UnsafeMutableBufferPointer<UInt8>) -> Bytes {
        var (length, i) = (0, 0)
        func add(_ byte: UInt8) {
            room.initializeElement(at: length, to: byte)
            length += 1
        }
        while i < text.count {
            let byte = text[i]
            if byte == 0xE2 {
                i += 3  // U+2000...: dashes, spaces, curly quotes; no letters of names
                continue
            }
            if byte == 0xC2 {
                i += 2  // U+0080...U+00BF: no letters of names either
                continue
            }
            if byte == UInt8(ascii: "&") { "and".utf8.forEach(add) }
            // Behind 0xC3, 0x80...0x9E are the capitals of Latin-1 (and the sign ×).
            let isCapital = i > 0 && text[i - 1] == 0xC3 && (0x80...0x9E).contains(byte)
            if ASCII.isLetter(byte) || byte >= 0x80 { add(isCapital ? byte + 0x20 : ASCII.lowercased(byte)) }
            i += 1
        }
        let key = Bytes(rebasing: Bytes(room)[..<length])
        return key.count > 3 && key.starts(with: "the".utf8) ? Bytes(rebasing: key.dropFirst(3)) : key
    }
}
