/// A currency of ISO 4217, in two bytes: three letters of five bits each.
public struct Currency: Hashable, Sendable {
    /// The letters as numbers 0 through 25, first letter highest; orders like the code.
    public let packed: UInt16

    /// `nil` when ISO 4217 has no such code; case matters, as it does there.
    public init?(code: String) {
        guard let packed = Currency.pack(code.utf8), Currency.exponents[packed] != nil else { return nil }
        self.packed = packed
    }

    /// `nil` when no currency packs to this.
    public init?(packed: UInt16) {
        guard Currency.exponents[packed] != nil else { return nil }
        self.packed = packed
    }

    /// `EUR`.
    public var code: String {
        let letters = [packed >> 10, packed >> 5, packed].map { 65 + UInt8(truncatingIfNeeded: $0 & 31) }
        return String(decoding: letters, as: UTF8.self)
    }

    /// How many decimal digits the minor unit has: 2 for EUR, 0 for JPY, 3 for KWD.
    public var exponent: Int { Int(Currency.exponents[packed]!) }

    /// Every currency there is, by code.
    public static var all: [Currency] { exponents.keys.sorted().compactMap { Currency(packed: $0) } }

    private static func pack(_ code: some Collection<UInt8>) -> UInt16? {
        guard code.count == 3, code.allSatisfy({ (65...90).contains($0) }) else { return nil }
        return code.reduce(0) { $0 << 5 | UInt16($1 - 65) }
    }

    private static let exponents: [UInt16: UInt8] = {
        var table: [UInt16: UInt8] = [:]
        for (exponent, codes) in codesByExponent {
            for code in codes.utf8.split(separator: UInt8(ascii: " ")) { table[pack(code)!] = exponent }
        }
        return table
    }()

    /// ISO 4217 list one without metals, funds of clearing houses, testing codes; amended through January 2026. The last
    /// line holds codes withdrawn in the last years, which older deals still carry.
    private static let codesByExponent: [(UInt8, String)] = [
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        (
            2,
            """
            AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE \
            CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD \
            HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK \
            MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD \
            RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH \
            USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
            """
        ),
        (3, "BHD IQD JOD KWD LYD OMR TND"),
        (4, "CLF UYW"),
        (2, "ANG BGN CUC HRK SLL ZWL"),
    ]
}

extension Currency: Comparable {
    public static func < (a: Currency, b: Currency) -> Bool { a.packed < b.packed }
}

extension Currency: CustomStringConvertible {
    public var description: String { code }
}
