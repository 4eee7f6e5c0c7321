public import Vocabulary

/// What makes importing twice change nothing: the same statement of the same source has the same key.
///
/// - *Event rows*: (source, object, event id), the aspect naming which of the row's facts it is.
/// - *Record rows* (a contact as exported): (source, object, record id), the aspect naming what is stated and ending in
///   the instant since when the source says so: `values@2026-02-02T08:00:00.000Z`.
///
/// The same key with other content is refused ("key reused").
public struct FactKey: Hashable, Sendable {
    public var source: String
    public var object: String
    public var id: String
    public var aspect: String

    public init(source: String, object: String, id: String, aspect: String = "") {
        self.source = source
        self.object = object
        self.id = id
        self.aspect = aspect
    }

    /// The aspect of a statement of state: what is stated, and since when.
    public static func aspect(_ stated: String, since instant: Instant) -> String {
        stated + "@" + instant.fixedWidthText
    }

    /// Parts are told apart by U+001F, so none may hold it or any other control character.
    public static let separator: UInt8 = 0x1F

    /// `source/object/id` or `source/object/id#aspect`: for people and for `--key`.
    public var text: String {
        "\(source)/\(object)/\(id)" + (aspect.isEmpty ? "" : "#\(aspect)")
    }
}

// Keys are equal when their bytes are: for Swift "é" equals "e" with an accent after it, for a database it does not.
extension FactKey: Comparable {
    public static func == (a: FactKey, b: FactKey) -> Bool {
        a.id.utf8.elementsEqual(b.id.utf8) && a.aspect.utf8.elementsEqual(b.aspect.utf8)
            && a.source.utf8.elementsEqual(b.source.utf8) && a.object.utf8.elementsEqual(b.object.utf8)
    }

    public func hash(into hasher: inout Hasher) {
        for part in [source, object, id, aspect] { hasher.combine(bytes: part) }
    }

    public static func < (a: FactKey, b: FactKey) -> Bool {
        for (x, y) in [(a.source, b.source), (a.object, b.object), (a.id, b.id)] where !x.utf8.elementsEqual(y.utf8) {
            return x.utf8.lexicographicallyPrecedes(y.utf8)
        }
        return a.aspect.utf8.lexicographicallyPrecedes(b.aspect.utf8)
    }
}

extension Instant {
    /// `2026-02-02T08:00:00.000Z`, always 24 characters for the years 0001 to 9999: the order of bytes is the order in time.
    public var fixedWidthText: String {
        String(unsafeUninitializedCapacity: 24) { buffer in
            writeFixedWidth(to: buffer.baseAddress!)
            return 24
        }
    }

    /// Writes the 24 bytes of `fixedWidthText`.
    public func writeFixedWidth(to out: UnsafeMutablePointer<UInt8>) {
        let days = (milliseconds >= 0 ? milliseconds : milliseconds - 86_399_999) / 86_400_000
        let ofDay = Int(milliseconds - days * 86_400_000)
        let (year, month, day) = CivilDate(daysSinceEpoch: Int32(days)).fields
        func put(_ value: Int, at offset: Int, digits: Int) {
            var rest = value
            for index in stride(from: offset + digits - 1, through: offset, by: -1) {
                out[index] = UInt8(48 + rest % 10)
                rest /= 10
            }
        }
        put(year, at: 0, digits: 4)
        put(month, at: 5, digits: 2)
        put(day, at: 8, digits: 2)
        put(ofDay / 3_600_000, at: 11, digits: 2)
        put(ofDay / 60_000 % 60, at: 14, digits: 2)
        put(ofDay / 1000 % 60, at: 17, digits: 2)
        put(ofDay % 1000, at: 20, digits: 3)
        for (offset, byte) in [(4, 0x2D), (7, 0x2D), (10, 0x54), (13, 0x3A), (16, 0x3A), (19, 0x2E), (23, 0x5A)] {
            out[offset] = UInt8(byte)
        }
    }
}

extension Hasher {
    /// Of equal texts only those with equal bytes hash alike.
    mutating func combine(bytes text: String) {
        var text = text
        text.withUTF8 { combine(bytes: UnsafeRawBufferPointer($0)) }
        combine(FactKey.separator)
    }
}
