import Testing
import Vocabulary

@testable import Intake

private let point = NumberStyle(decimalSign: .point)
private let comma = NumberStyle(decimalSign: .comma)
private let plain = NumberStyle(decimalSign: .point, grouping: .none)
private let india = NumberStyle(decimalSign: .point, grouping: .lakhs)

/// `1234.5 EUR %`, or the code of the refusal.
private func read(_ text: String, _ style: NumberStyle) -> String {
    text.withBytes { bytes in
        do throws(UnreadableValue) {
            let number = try style.number(bytes)
            let currency =
                switch number.currency {
                case nil: ""
                case .code(let code): " \(code)"
                case .shared(let sign): " \(sign.rawValue)?"
                }
            return "\(number.value)\(currency)\(number.isPercent ? " %" : "")"
        } catch {
            return error.rawValue
        }
    }
}

private let numbers: [(text: String, style: NumberStyle, verdict: String)] = [
    ("0", point, "0"), ("-0", point, "0"), ("007", point, "7"), ("1234567", point, "1234567"),
    ("1.50", point, "1.5"), (".5", point, "0.5"), ("-.5", point, "-0.5"), ("+3", point, "3"),
    ("$22,700.00", point, "22700 $?"), ("$1,117.10K", point, "1117100 $?"), ("US$ 5", point, "5 USD"),
    ("1.117,10", comma, "1117.1"), ("€ 48.000,00", comma, "48000 EUR"), ("48.000,00 €", comma, "48000 EUR"),
    ("1.117,10", point, "wrong-grouping"), ("1,117.10", comma, "wrong-grouping"),
    ("1 117,10", comma, "1117.1"), ("1\u{A0}117,10", comma, "1117.1"), ("1\u{202F}117,10", comma, "1117.1"),
    ("1'117.10", point, "1117.1"), ("1’117’000.10", point, "1117000.1"),
    ("1,234'567", point, "not-a-number"),
    ("(1,200.00)", point, "-1200"), ("($5)", point, "-5 $?"), ("(-5)", point, "not-a-number"),
    ("(5", point, "not-a-number"),
    ("5-", point, "-5"), ("-5-", point, "not-a-number"), ("\u{2212}5", point, "-5"), ("--5", point, "not-a-number"),
    ("-$5", point, "-5 $?"), ("$-5", point, "-5 $?"), ("- 5", point, "-5"),
    ("12%", point, "12 %"), ("12,5 %", comma, "12.5 %"), ("12%%", point, "not-a-number"),
    ("1.2M", point, "1200000"), ("1.2 mn", point, "1200000"), ("3bn EUR", point, "3000000000 EUR"),
    ("3k", point, "3000"),
    ("1.5e3", point, "1500"), ("1.5E-3", point, "0.0015"), ("15E+2", point, "1500"),
    ("1e400", point, "number-too-large"),
    ("1,23,4", point, "wrong-grouping"), ("12,34,567", point, "wrong-grouping"), ("1,234,56", point, "wrong-grouping"),
    ("1234,567", point, "wrong-grouping"), (",123", point, "not-a-number"),
    ("12,34,567.5", india, "1234567.5"), ("1,23,456", india, "123456"), ("1,234,567", india, "1234567"),
    ("12,345,67", india, "wrong-grouping"), ("123,45,678", india, "wrong-grouping"),
    ("1,234", plain, "wrong-grouping"), ("1 234", plain, "wrong-grouping"),
    ("EUR 5", point, "5 EUR"), ("5 usd", point, "5 USD"), ("5 XYZ", point, "not-a-number"), ("KRW 5", point, "5 KRW"),
    ("5 kr", point, "5 kr?"), ("¥500", point, "500 ¥?"), ("R$ 5,50", comma, "5.5 BRL"), ("5 zł", comma, "5 PLN"),
    ("£5 GBP", point, "not-a-number"), ("5 MXN", point, "5 MXN"),
    ("9223372036854775807", point, "9223372036854775807"), ("9223372036854775808", point, "number-too-large"),
    ("0.123456789012345678", point, "0.123456789012345678"), ("0.1234567890123456789", point, "number-too-precise"),
    ("1.000000000000000000000000", point, "1"), ("0.30000000000000004", point, "0.30000000000000004"),
    ("1.", point, "not-a-number"), (".", point, "not-a-number"), ("-", point, "not-a-number"),
    ("$", point, "not-a-number"),
    ("", point, "empty"), (" ", point, "empty"), ("n/a", point, "not-a-number"), ("1.2.3", point, "wrong-grouping"),
    ("12 34", point, "wrong-grouping"), ("1 2", point, "wrong-grouping"), ("1e", point, "not-a-number"),
    ("=1+1", point, "not-a-number"), ("0x10", point, "not-a-number"), ("NaN", point, "not-a-number"),
    ("١٢", point, "not-a-number"),
]

@Test("A written number is read or refused with the reason", arguments: numbers)
func numberTable(_ row: (text: String, style: NumberStyle, verdict: String)) {
    #expect(read(row.text, row.style) == row.verdict)
}

@Test(
    "Samples propose their style",
    arguments: [
        (["12", "1.5"], NumberStyle(decimalSign: .point, grouping: .none), false),
        (["1,5", "2"], NumberStyle(decimalSign: .comma, grouping: .none), false),
        (["1,117.10", "22,700"], point, false),
        (["1.117,10 €"], comma, false),
        (["1,117"], NumberStyle(decimalSign: .comma, grouping: .none), true),
        (["5", "7"], NumberStyle(decimalSign: .point, grouping: .none), false),
        (["12,34,567"], india, false),
        (["1,2", "1.2"], nil, false),
        ([""], nil, false),
    ] as [([String], NumberStyle?, Bool)])
func proposedNumbers(_ samples: [String], _ first: NumberStyle?, _ isAmbiguous: Bool) {
    let proposal = proposeNumberStyle(samples: samples)
    #expect(proposal.fitting.first == first)
    #expect(proposal.isDecimalSignAmbiguous == isAmbiguous)
}

/// Groups the digits from the right, the slow and obvious way.
private func grouped(_ n: UInt64, by separator: String, _ size: (Int) -> Int) -> String {
    var (digits, groups) = (Array(String(n)), [String]())
    while !digits.isEmpty {
        groups.insert(String(digits.suffix(size(groups.count))), at: 0)
        digits.removeLast(min(digits.count, size(groups.count - 1)))
    }
    return groups.joined(separator: separator)
}

@Test("What is written in a style is read back in it")
func numbersReadBack() {
    var random = SplitMix(state: 11)
    for _ in 0..<20_000 {
        let whole = UInt64.random(in: 0..<(1 << UInt64.random(in: 1..<46)), using: &random)
        let cents = Int64.random(in: 0..<100, using: &random)
        let expected = Number(mantissa: Int64(whole) * 100 + cents, scale: 2).description
        let decimals = (cents < 10 ? "0" : "") + String(cents)
        let thousands = { (_: Int) in 3 }
        #expect(read("\(whole).\(decimals)", plain) == expected)
        #expect(read(grouped(whole, by: ",", thousands) + "." + decimals, point) == expected)
        #expect(read(grouped(whole, by: ".", thousands) + "," + decimals, comma) == expected)
        #expect(read(grouped(whole, by: "\u{A0}", thousands) + "," + decimals, comma) == expected)
        #expect(read(grouped(whole, by: ",") { $0 == 0 ? 3 : 2 } + "." + decimals, india) == expected)
    }
}
