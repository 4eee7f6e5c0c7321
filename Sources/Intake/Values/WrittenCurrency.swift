/// A currency as it stands beside an amount.
public enum WrittenCurrency: Hashable, Sendable {
    case code(CurrencyCode)
    /// A sign that several currencies share; which one is meant the mapping says.
    case shared(SharedSign)

    public enum SharedSign: String, CaseIterable, Sendable {
        case dollar = "$"
        case yenOrYuan = "¥"
        case krone = "kr"
    }
}

/// A currency of ISO 4217 by its three letters.
public struct CurrencyCode: Hashable, Sendable, CustomStringConvertible {
    private let letters: (UInt8, UInt8, UInt8)

    /// `nil` if ISO 4217 has no such code; lower case is read too.
    public init?(_ text: String) {
        guard let code = text.withBytes(CurrencyCode.init(letters:)) else { return nil }
        self = code
    }

    init?(letters: Bytes) {
        guard letters.count == 3, letters.allSatisfy(ASCII.isLetter) else { return nil }
        self.letters = (letters[0] & 0xDF, letters[1] & 0xDF, letters[2] & 0xDF)
        guard CurrencyCode.isKnown(packed) else { return nil }
    }

    private var packed: UInt32 { UInt32(letters.0) << 16 | UInt32(letters.1) << 8 | UInt32(letters.2) }

    public var description: String { String(decoding: [letters.0, letters.1, letters.2], as: UTF8.self) }

    public static func == (a: CurrencyCode, b: CurrencyCode) -> Bool { a.packed == b.packed }
    public func hash(into hasher: inout Hasher) { hasher.combine(packed) }

    private static func isKnown(_ packed: UInt32) -> Bool {
        var (low, high) = (0, known.count)
        while low < high {
            let middle = (low + high) / 2
            if known[middle] == packed { return true }
            (low, high) = known[middle] < packed ? (middle + 1, high) : (low, middle)
        }
        return false
    }

    private static let known: [UInt32] = codes.split { !$0.isLetter }.map { code in
        code.utf8.reduce(0) { $0 << 8 | UInt32($1) }
    }.sorted()
}

extension WrittenCurrency {
    /// Takes a code or a sign at the cursor; `nil` and the cursor unmoved if there is none.
    init?(_ cursor: inout ByteCursor) {
        var rest = cursor
        if let code = CurrencyCode(letters: rest.letters()) {
            cursor = rest
            self = .code(code)
            return
        }
        for (sign, currency) in WrittenCurrency.signs where cursor.take(sign) {
            self = currency
            return
        }
        return nil
    }

    /// Signs before those that they begin with.
    private static let signs: [(StaticString, WrittenCurrency)] =
        [
            ("us$", "USD"), ("ca$", "CAD"), ("c$", "CAD"), ("au$", "AUD"), ("a$", "AUD"), ("nz$", "NZD"),
            ("hk$", "HKD"),
            ("nt$", "TWD"), ("mx$", "MXN"), ("r$", "BRL"), ("s$", "SGD"), ("€", "EUR"), ("£", "GBP"), ("₹", "INR"),
            ("₩", "KRW"), ("₽", "RUB"), ("₺", "TRY"), ("₪", "ILS"), ("₫", "VND"), ("฿", "THB"), ("₱", "PHP"),
            ("₴", "UAH"),
            ("₦", "NGN"), ("zł", "PLN"), ("kč", "CZK"), ("fr.", "CHF"),
        ].map { ($0, .code(CurrencyCode($1)!)) } + [
            ("$", .shared(.dollar)), ("¥", .shared(.yenOrYuan)), ("kr", .shared(.krone)),
        ]
}

/// ISO 4217, list one, active codes without precious metals, funds of account and test codes.
private let codes = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD
    CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP
    GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR
    KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN
    MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD
    SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX
    USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
    """
