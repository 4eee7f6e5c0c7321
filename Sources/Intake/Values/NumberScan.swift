internal import Vocabulary

/// Reads one number; see `NumberStyle.number`.
struct NumberScan {
    private let style: NumberStyle
    private var cursor: ByteCursor

    private var mantissa: Int64 = 0
    private var decimals = 0
    /// Zeros at the end of the decimals so far: they count only when another digit follows.
    private var heldZeros = 0
    private var exponent = 0
    private var isNegative = false
    private var currency: WrittenCurrency?
    private var isPercent = false

    init(_ bytes: Bytes, _ style: NumberStyle) {
        cursor = ByteCursor(bytes)
        self.style = style
    }

    mutating func number() throws(UnreadableValue) -> WrittenNumber {
        let isInParentheses = cursor.take(UInt8(ascii: "("))
        try prefix()
        try whole()
        try fraction()
        try powerOfTen()
        try suffix()
        if isInParentheses { try closeParentheses() }
        guard cursor.isAtEnd else { throw .notANumber }
        return WrittenNumber(try value(), currency: currency, isPercent: isPercent)
    }

    private mutating func closeParentheses() throws(UnreadableValue) {
        guard cursor.take(UInt8(ascii: ")")), !isNegative else { throw .notANumber }
        isNegative = true
    }

    // MARK: Around the digits

    /// A sign and a currency in either order.
    private mutating func prefix() throws(UnreadableValue) {
        var hasSign = false
        while let byte = cursor.next, !ASCII.isDigit(byte), byte != style.decimalByte {
            if cursor.skipSpaces() { continue }
            if let sign = cursor.takeSign() {
                if hasSign { throw .notANumber }
                (hasSign, isNegative) = (true, sign == .minus)
            } else {
                try takeCurrency()
            }
        }
    }

    /// A multiplier, a percent sign, a currency, a minus as accounting programs put it.
    private mutating func suffix() throws(UnreadableValue) {
        var hasMultiplier = false
        while let byte = cursor.next, byte != UInt8(ascii: ")") {
            if cursor.skipSpaces() { continue }
            if !hasMultiplier, let power = cursor.takeMultiplier() {
                (hasMultiplier, exponent) = (true, exponent + power)
            } else if !isPercent, cursor.take(UInt8(ascii: "%")) {
                isPercent = true
            } else if let sign = cursor.takeSign() {
                guard sign == .minus, cursor.isAtEnd, !isNegative else { throw .notANumber }
                isNegative = true
            } else {
                try takeCurrency()
            }
        }
    }

    private mutating func takeCurrency() throws(UnreadableValue) {
        guard currency == nil, let found = WrittenCurrency(&cursor) else { throw .notANumber }
        currency = found
    }

    // MARK: Digits

    private mutating func whole() throws(UnreadableValue) {
        var groups = DigitGroups()
        var separator: Separator?
        while true {
            groups.close(length: try digits(areDecimals: false))
            guard let next = cursor.separator(style), separator == nil || separator == next else { break }
            separator = next
            cursor.skip(next.length)
        }
        if !groups.areRight(in: style.grouping) { throw .wrongGrouping }
        // `.5` is a number, `.` is none.
        if groups.first == 0, cursor.next != style.decimalByte { throw .notANumber }
    }

    private mutating func fraction() throws(UnreadableValue) {
        if cursor.take(style.decimalByte), try digits(areDecimals: true) == 0 { throw .notANumber }
        if cursor.next == style.decimalByte || cursor.next == style.groupingByte { throw .wrongGrouping }
    }

    /// How many there were.
    private mutating func digits(areDecimals: Bool) throws(UnreadableValue) -> Int {
        let start = cursor.i
        while let byte = cursor.next, ASCII.isDigit(byte) {
            cursor.skip(1)
            if areDecimals, byte == UInt8(ascii: "0") {
                heldZeros += 1
                continue
            }
            while heldZeros > 0 {
                try append(0)
                (heldZeros, decimals) = (heldZeros - 1, decimals + 1)
            }
            try append(Int64(byte &- 0x30))
            if areDecimals { decimals += 1 }
        }
        return cursor.i - start
    }

    private mutating func append(_ digit: Int64) throws(UnreadableValue) {
        let (tenfold, overflows) = mantissa.multipliedReportingOverflow(by: 10)
        let (sum, overflowsToo) = tenfold.addingReportingOverflow(digit)
        if overflows || overflowsToo { throw .numberTooLarge }
        mantissa = sum
    }

    /// `e3`, `E-02`; an `E` without digits begins a currency.
    private mutating func powerOfTen() throws(UnreadableValue) {
        var rest = cursor
        guard rest.take("e") else { return }
        let sign = rest.takeSign()
        guard let (power, _) = rest.digits(1, 4) else { return }
        exponent = sign == .minus ? -power : power
        cursor = rest
    }

    private func value() throws(UnreadableValue) -> Number {
        var (mantissa, scale) = (isNegative ? -mantissa : mantissa, decimals - exponent)
        if mantissa == 0 { return Number(0) }
        while scale < 0 {
            let (tenfold, overflows) = mantissa.multipliedReportingOverflow(by: 10)
            if overflows { throw .numberTooLarge }
            (mantissa, scale) = (tenfold, scale + 1)
        }
        while scale > Number.maximumScale {
            guard mantissa % 10 == 0 else { throw .numberTooPrecise }
            (mantissa, scale) = (mantissa / 10, scale - 1)
        }
        return Number(mantissa: mantissa, scale: UInt8(scale))
    }
}

/// The lengths of the groups of digits before the decimal sign.
private struct DigitGroups {
    private(set) var first = 0
    private var count = 0
    private var last = 0
    private var areMiddleThree = true
    private var areMiddleTwo = true

    mutating func close(length: Int) {
        if count == 0 { first = length }
        if count >= 2 {
            areMiddleThree = areMiddleThree && last == 3
            areMiddleTwo = areMiddleTwo && last == 2
        }
        (last, count) = (length, count + 1)
    }

    func areRight(in grouping: NumberStyle.Grouping) -> Bool {
        if count == 1 { return true }
        let areThousands = (1...3).contains(first) && areMiddleThree && last == 3
        switch grouping {
        case .none: return false
        case .thousands: return areThousands
        case .lakhs: return areThousands || ((1...2).contains(first) && areMiddleTwo && last == 3)
        }
    }
}

/// What stands between groups: the style's sign, a space of any kind, an apostrophe of either kind.
private struct Separator: Equatable {
    let first: UInt8
    let last: UInt8
    let length: Int
}

private enum Sign {
    case plus, minus
}

extension ByteCursor {
    /// A separator of groups, if there is one with a digit behind it.
    fileprivate func separator(_ style: NumberStyle) -> Separator? {
        guard let length = separatorLength(style), i + length < bytes.count, ASCII.isDigit(bytes[i + length]) else {
            return nil
        }
        return Separator(first: bytes[i], last: bytes[i + length - 1], length: length)
    }

    private func separatorLength(_ style: NumberStyle) -> Int? {
        guard let byte = next else { return nil }
        if byte == style.groupingByte || byte == UInt8(ascii: "'") { return 1 }
        if isNext(0xE2, 0x80, 0x99) { return 3 }  // U+2019
        return bytes.spaceLength(at: i, before: bytes.count)
    }

    /// `+`, `-`, or the minus sign U+2212.
    fileprivate mutating func takeSign() -> Sign? {
        if take(UInt8(ascii: "+")) { return .plus }
        if take(UInt8(ascii: "-")) { return .minus }
        guard isNext(0xE2, 0x88, 0x92) else { return nil }
        skip(3)
        return .minus
    }

    /// The power of ten that a word behind a number stands for.
    fileprivate mutating func takeMultiplier() -> Int? {
        var rest = self
        let word = rest.letters()
        let power: Int? =
            switch word.count {
            case 1 where ASCII.matches(word, "k"): 3
            case 1 where ASCII.matches(word, "m"): 6
            case 1 where ASCII.matches(word, "b"): 9
            case 2 where ASCII.matches(word, "mn") || ASCII.matches(word, "mm"): 6
            case 2 where ASCII.matches(word, "bn"): 9
            default: nil
            }
        if power != nil { self = rest }
        return power
    }

    private func isNext(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> Bool {
        i + 3 <= bytes.count && bytes[i] == a && bytes[i + 1] == b && bytes[i + 2] == c
    }
}
