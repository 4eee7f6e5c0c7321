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
    }
}

extension WrittenCurrency {
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
