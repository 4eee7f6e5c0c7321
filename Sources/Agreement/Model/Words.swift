public import Vocabulary

// How the values of clauses are written. Texts are quoted only where they could be taken for something else.

extension String: Statable {
    public var words: String { self }
}

extension Int: Statable {
    public var words: String { String(self) }
}

extension Bool: Statable {
    public var words: String { self ? "true" : "false" }
}

extension Number: Statable {
    public var words: String { description }
}

extension Points: Statable {
    public var words: String { description }
}

extension Budget: Statable {
    public var words: String { description }
}

extension CivilDate: Statable {
    public var words: String { description }
}

extension TimeOfDay: Statable {
    public var words: String { description }
}

extension Block: Statable {
    public var words: String { description }
}

extension FiscalPeriod: Statable {
    public var words: String { description }
}

extension Currency: Statable {
    public var words: String { code }
}

extension Array: Statable where Element: Statable {
    /// `[call, email]`, in byte order: a list in which order means something has a type of its own. A text that could be taken
    /// for two, or for a list, is quoted: the words of different lists differ.
    public var words: String {
        let members = map { ($0 as? String)?.wordsInList ?? $0.words }
        return "[" + members.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.joined(separator: ", ") + "]"
    }
}

/// Names in an order that means something: the stages, the rules that are tried one after the other.
struct NamesInOrder: Statable {
    let names: [String]

    init(_ names: [String]) { self.names = names }

    var words: String { "[" + names.map(\.wordsInList).joined(separator: ", ") + "]" }
}

extension String {
    /// As YAML quotes: `'a, b'`, a quote doubled.
    fileprivate var wordsInList: String {
        let isPlain = !isEmpty && utf8.first != 32 && utf8.last != 32 && !utf8.contains(where: \.needsQuotes)
        return isPlain ? self : "'" + replacing("'", with: "''") + "'"
    }
}

extension UInt8 {
    fileprivate var needsQuotes: Bool {
        switch self {
        case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "'"), UInt8(ascii: "\""): true
        default: false
        }
    }
}

extension Money: Statable {
    /// `400k EUR`, `1.5m EUR`, `48000.50 EUR`: thousands and millions where nothing is lost.
    public var words: String {
        let unit = (0..<currency.exponent).reduce(Int64(1)) { power, _ in power * 10 }
        guard minorUnits != 0, minorUnits % unit == 0 else { return description }
        let whole = minorUnits / unit
        if whole % 100_000 == 0, whole.magnitude >= 1_000_000 {
            return "\(Number(mantissa: whole / 100_000, scale: 1))m \(currency)"
        }
        return whole % 1000 == 0 ? "\(whole / 1000)k \(currency)" : "\(whole) \(currency)"
    }
}

/// A part of a whole, exact to a millionth: 70 % is 700,000.
public struct Share: Comparable, Statable {
    public let millionths: Int64

    public static let whole = Share(millionths: 1_000_000)

    public init(millionths: Int64) {
        self.millionths = millionths
    }

    public static func < (a: Share, b: Share) -> Bool { a.millionths < b.millionths }

    /// `70%`, `2.5%`.
    public var words: String { "\(Number(mantissa: millionths, scale: 4))%" }
}

/// For modules that have a share of their own.
public typealias AgreedShare = Share

/// What amounts of work, people and money are counted over.
public enum Period: String, CaseIterable, Statable {
    case hour, day, week, month, quarter, year

    public var words: String { rawValue }
}

/// So many in a period: `120 per month`.
public struct Volume: Statable {
    public let count: Int
    public let per: Period

    public init(_ count: Int, per: Period) {
        (self.count, self.per) = (count, per)
    }

    public var words: String { "\(count) per \(per.words)" }
}

/// So much money in a period: `900k EUR per quarter`.
public struct MoneyRate: Statable {
    public let amount: Money
    public let per: Period

    public init(_ amount: Money, per: Period) {
        (self.amount, self.per) = (amount, per)
    }

    public var words: String { "\(amount.words) per \(per.words)" }
}

/// At most so many within a window: `3 within 7 days`.
public struct Cap: Statable {
    public let count: Int
    public let window: Budget

    public init(_ count: Int, within window: Budget) {
        (self.count, self.window) = (count, window)
    }

    public var words: String { "\(count) within \(window)" }
}

/// Where in a period something is looked at: `start of quarter`.
public struct PeriodPoint: Statable {
    public enum End: String, CaseIterable, Sendable { case start, end }

    public let end: End
    public let period: Period

    public init(_ end: End, of period: Period) {
        (self.end, self.period) = (end, period)
    }

    public var words: String { "\(end.rawValue) of \(period.words)" }
}

/// Days from the first through the last: `2026-02-09..2026-02-20`.
public struct DateSpan: Statable {
    public let first: CivilDate
    public let last: CivilDate

    public init(_ first: CivilDate, through last: CivilDate) {
        (self.first, self.last) = (first, last)
    }

    public var words: String { "\(first)..\(last)" }
}

/// A mailbox of somebody who has a part in the agreement.
public struct MailAddress: Statable {
    /// As written, without case in the domain.
    public let text: String

    public init(_ text: String) {
        self.text = text
    }

    public var words: String { text }
}
