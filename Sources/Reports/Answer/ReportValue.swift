public import Vocabulary

/// What stands in a cell, or in a column of a record.
public enum ReportValue: Hashable, Sendable {
    /// There is none: of nobody, not reached, divided by nothing.
    case nothing
    case count(Int)
    case share(Share)
    case duration(HalfMilliseconds, WaitingTime)
    /// In the order of codes, each currency once; empty: no money at all.
    case money([Money])
    case number(Ratio)
    case text(String)
    case flag(Bool)
    case instant(Instant)
    case date(CivilDate)
    /// A fact's place in the journal.
    case fact(Int64)

    public enum Kind: String, Hashable, Sendable {
        case count, share, duration, money, number, text, flag, instant, date, fact
    }
}

/// In which time waits are measured.
public enum WaitingTime: String, Hashable, Sendable {
    /// In the working time of the first owner; of the receiving team, where a queue owns it.
    case business
    case physical
}

/// Half milliseconds, so that the middle of two times is exact.
public struct HalfMilliseconds: Hashable, Sendable {
    public let count: Int64

    public init(count: Int64) { self.count = count }
    public init(_ elapsed: Elapsed) { count = 2 * elapsed.milliseconds }
}

/// A part of a whole, exactly.
public struct Share: Hashable, Sendable {
    public let part: Int
    public let whole: Int

    public init(_ part: Int, of whole: Int) { (self.part, self.whole) = (part, whole) }
}

extension Share: CustomStringConvertible {
    /// `10.525 %`, rounded half up; `–` of nothing.
    public var description: String {
        guard whole > 0 else { return "–" }
        return decimalText((part * 200_000 + whole) / (2 * whole), decimals: 3) + " %"
    }
}

/// A quotient of whole numbers, exactly, and with how many decimals it is printed.
public struct Ratio: Hashable, Sendable {
    public let numerator: Int128
    /// Above 0.
    public let denominator: Int128
    public let decimals: Int

    /// `nil` where it would be divided by nothing.
    public init?(_ numerator: Int128, _ denominator: Int128, decimals: Int = 2) {
        guard denominator != 0 else { return nil }
        self.numerator = denominator < 0 ? -numerator : numerator
        self.denominator = denominator < 0 ? -denominator : denominator
        self.decimals = decimals
    }
}

extension Ratio: CustomStringConvertible {
    /// `2.47`: rounded, halves away from nought.
    public var description: String {
        let power = (0..<decimals).reduce(Int128(1)) { power, _ in power * 10 }
        let magnitude = numerator < 0 ? -numerator : numerator
        let rounded = (magnitude * power * 2 + denominator) / (2 * denominator)
        return (numerator < 0 && rounded > 0 ? "-" : "") + decimalText(Int(clamping: rounded), decimals: decimals)
    }
}

/// Digits with a point so many from the end; of what is not negative.
private func decimalText(_ units: Int, decimals: Int) -> String {
    guard decimals > 0 else { return String(units) }
    let digits = String(units)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
    return padded.dropLast(decimals) + "." + padded.suffix(decimals)
}

extension HalfMilliseconds: CustomStringConvertible {
    /// `14.65 d`, `2.5 h`, `42.45 min`, `5 s`: in the largest unit of which there is one, with two decimals, rounded half away
    /// from nought. Days are of 24 hours of whatever time it is.
    public var description: String {
        let units: [(name: String, half: Int64)] = [("d", 172_800_000), ("h", 7_200_000), ("min", 120_000)]
        let magnitude = Int64(clamping: count.magnitude)
        let unit = units.first { magnitude >= $0.half } ?? ("s", 2000)
        return Ratio(Int128(count), Int128(unit.half)).map { "\($0) \(unit.name)" } ?? ""
    }
}

extension ReportValue: CustomStringConvertible {
    /// As it is printed.
    public var description: String {
        switch self {
        case .nothing: "–"
        case .count(let count): String(count)
        case .share(let share): share.description
        case .duration(let time, _): time.description
        case .money(let sums): sums.isEmpty ? "0" : sums.map(\.description).joined(separator: " + ")
        case .number(let ratio): ratio.description
        case .text(let text): text
        case .flag(let flag): flag ? "yes" : "no"
        case .instant(let instant): instant.description
        case .date(let date): date.description
        case .fact(let number): "fact \(number)"
        }
    }
}

extension ReportValue {
    init(_ instant: Instant?) { self = instant.map { .instant($0) } ?? .nothing }
    init(_ ratio: Ratio?) { self = ratio.map { .number($0) } ?? .nothing }
    init(_ time: HalfMilliseconds?, in measure: WaitingTime) { self = time.map { .duration($0, measure) } ?? .nothing }
    init(_ money: Money?) { self = money.map { .money([$0]) } ?? .nothing }
}

/// Sums of money, each currency apart, in the order of codes.
func sums(of amounts: some Sequence<Money>) -> [Money] {
    var sums: [Currency: Int64] = [:]
    for amount in amounts { sums[amount.currency, default: 0] += amount.minorUnits }
    return sums.sorted { $0.key < $1.key }.map { Money(minorUnits: $0.value, currency: $0.key) }
}

/// The middle of times, exactly.
func middle(of times: [Int64]) -> HalfMilliseconds? {
    guard !times.isEmpty else { return nil }
    let sorted = times.sorted()
    return HalfMilliseconds(count: sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2])
}
