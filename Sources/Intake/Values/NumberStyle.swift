public import Vocabulary

/// How numbers are written in a column. Which sign groups digits and which begins the decimals only people can say.
public struct NumberStyle: Hashable, Sendable {
    public enum DecimalSign: String, CaseIterable, Sendable {
        case point, comma
    }

    public enum Grouping: String, CaseIterable, Sendable {
        /// Digits are not grouped.
        case none
        /// By three: 1,234,567.
        case thousands
        /// By three, then by two, as in India: 12,34,567. Groups by three are read too.
        case lakhs
    }

    public var decimalSign: DecimalSign
    public var grouping: Grouping

    public init(decimalSign: DecimalSign = .point, grouping: Grouping = .thousands) {
        (self.decimalSign, self.grouping) = (decimalSign, grouping)
    }

    var decimalByte: UInt8 { decimalSign == .point ? UInt8(ascii: ".") : UInt8(ascii: ",") }
    var groupingByte: UInt8 { decimalSign == .point ? UInt8(ascii: ",") : UInt8(ascii: ".") }
}

/// A number with what was written beside it.
public struct WrittenNumber: Hashable, Sendable {
    public var value: Number
    public var currency: WrittenCurrency?
    /// `12%` is 12 with this set; whether that is 12 or 0.12 is the mapping's to say.
    public var isPercent: Bool

    public init(_ value: Number, currency: WrittenCurrency? = nil, isPercent: Bool = false) {
        (self.value, self.currency, self.isPercent) = (value, currency, isPercent)
    }
}

extension NumberStyle {
    /// Reads `1,234.50`, `$22,700.00`, `€ 48.000,00`, `(1,200.00)`, `-5`, `5-`, `12%`, `1.2M`, `1.5e3`, `USD 3k`.
    ///
    /// A multiplier is K, M or B (also mn, bn, MM). A number in parentheses, or with a minus at either end, is negative.
    public func number(_ written: Bytes) throws(UnreadableValue) -> WrittenNumber {
        let bytes = written.trimmed
        if bytes.isEmpty { throw .empty }
        var scan = NumberScan(bytes, self)
        return try scan.number()
    }
}
