public import Vocabulary

/// A currency as it stands beside an amount.
public enum WrittenCurrency: Hashable, Sendable {
    case code(Currency)
    /// A sign that several currencies share; which one is meant the mapping says.
    case shared(SharedSign)

    public enum SharedSign: String, CaseIterable, Sendable {
        case dollar = "$"
        case yenOrYuan = "¥"
        case krone = "kr"

        /// The currencies that are written with it (Unicode CLDR, narrow symbols).
        fileprivate var currencies: Set<Currency> {
            switch self {
            case .dollar: SharedSign.dollars
            case .yenOrYuan: SharedSign.yenAndYuan
            case .krone: SharedSign.kroner
            }
        }

        private static let dollars = currencies(
            "ARS AUD BBD BMD BND BRL BSD BZD CAD CLP COP CUP DOP FJD GYD HKD JMD KYD LRD MXN NAD NZD SBD SGD SRD TTD TWD "
                + "USD UYU XCD")
        private static let yenAndYuan = currencies("CNY JPY")
        private static let kroner = currencies("DKK ISK NOK SEK")

        private static func currencies(_ codes: String) -> Set<Currency> {
            Set(codes.split(separator: " ").compactMap { Currency(code: String($0)) })
        }
    }
}

extension WrittenCurrency {
    /// Whether an amount in this currency may be written so.
    func canMean(_ currency: Currency) -> Bool {
        switch self {
        case .code(let code): code == currency
        case .shared(let sign): sign.currencies.contains(currency)
        }
    }

    /// Takes a code or a sign at the cursor; `nil` and the cursor unmoved if there is none.
    init?(_ cursor: inout ByteCursor) {
        var rest = cursor
        if let code = Currency(code: rest.letters().text.uppercased()) {
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
        ].map { ($0, .code(Currency(code: $1)!)) } + [
            ("$", .shared(.dollar)), ("¥", .shared(.yenOrYuan)), ("kr", .shared(.krone)),
        ]
}
