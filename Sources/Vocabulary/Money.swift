/// Why two quantities have no sum or product.
public enum ArithmeticError: Error, Hashable, Sendable {
    /// The exact result does not fit; it is never wrapped or rounded.
    case overflow
    /// EUR and USD have no sum before somebody names a rate.
    case differentCurrencies(Currency, Currency)
    /// More decimals than the unit has: 1.005 EUR, 0.0000001 points.
    case tooPrecise
}

/// An amount of money: a whole number of the currency's minor units (cents), never a fraction of one.
public struct Money: Hashable, Sendable {
    public let minorUnits: Int64
    public let currency: Currency

    @inlinable public init(minorUnits: Int64, currency: Currency) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    /// An exact decimal in major units: 48000.5 EUR is 4,800,050 cents. Throws `tooPrecise` rather than round.
    public init(_ amount: Number, _ currency: Currency) throws(ArithmeticError) {
        self.init(minorUnits: try amount.scaled(toDecimals: currency.exponent), currency: currency)
    }

    public func adding(_ other: Money) throws(ArithmeticError) -> Money {
        try combined(with: other) { $0.addingReportingOverflow($1) }
    }

    public func subtracting(_ other: Money) throws(ArithmeticError) -> Money {
        try combined(with: other) { $0.subtractingReportingOverflow($1) }
    }

    public func multiplied(by factor: Int64) throws(ArithmeticError) -> Money {
        Money(minorUnits: try checked(minorUnits.multipliedReportingOverflow(by: factor)), currency: currency)
    }

    private func combined(
        with other: Money, _ operation: (Int64, Int64) -> (Int64, Bool)
    ) throws(ArithmeticError) -> Money {
        guard currency == other.currency else { throw .differentCurrencies(currency, other.currency) }
        return Money(minorUnits: try checked(operation(minorUnits, other.minorUnits)), currency: currency)
    }
}

extension Money: CustomStringConvertible {
    /// `48000.50 EUR`: always all decimals of the currency, never grouped.
    public var description: String { decimalText(minorUnits, decimals: currency.exponent) + " " + currency.code }
}

/// Score points in millionths, so that sums are exact and the same on every machine.
public struct Points: Comparable, Hashable, Sendable {
    public var micropoints: Int64

    public static let zero = Points(micropoints: 0)

    @inlinable public init(micropoints: Int64) {
        self.micropoints = micropoints
    }

    /// An exact decimal of at most six decimals. Throws `tooPrecise` rather than round.
    public init(_ amount: Number) throws(ArithmeticError) {
        micropoints = try amount.scaled(toDecimals: 6)
    }

    public func adding(_ other: Points) throws(ArithmeticError) -> Points {
        Points(micropoints: try checked(micropoints.addingReportingOverflow(other.micropoints)))
    }

    public func subtracting(_ other: Points) throws(ArithmeticError) -> Points {
        Points(micropoints: try checked(micropoints.subtractingReportingOverflow(other.micropoints)))
    }

    public func multiplied(by factor: Int64) throws(ArithmeticError) -> Points {
        Points(micropoints: try checked(micropoints.multipliedReportingOverflow(by: factor)))
    }

    @inlinable public static func < (a: Points, b: Points) -> Bool { a.micropoints < b.micropoints }
}

extension Points: CustomStringConvertible {
    /// `12.5`: as many decimals as there are.
    public var description: String { Number(mantissa: micropoints, scale: 6).description }
}

extension Number {
    /// The number × 10^`decimals`, where that is a whole number that fits.
    func scaled(toDecimals decimals: Int) throws(ArithmeticError) -> Int64 {
        guard Int(scale) <= decimals else { throw .tooPrecise }
        var scaled = mantissa
        for _ in Int(scale)..<decimals { scaled = try checked(scaled.multipliedReportingOverflow(by: 10)) }
        return scaled
    }
}

private func checked(_ result: (partialValue: Int64, overflow: Bool)) throws(ArithmeticError) -> Int64 {
    guard !result.overflow else { throw .overflow }
    return result.partialValue
}

/// A whole number of the last decimal as text: (−5, 2) is `-0.05`.
private func decimalText(_ units: Int64, decimals: Int) -> String {
    guard decimals > 0 else { return String(units) }
    let digits = String(units.magnitude)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return (units < 0 ? "-" : "") + padded.dropLast(decimals) + "." + padded.suffix(decimals)
}
