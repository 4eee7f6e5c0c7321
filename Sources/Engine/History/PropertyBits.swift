internal import Journal
internal import Vocabulary

extension Property {
    /// As the engine compares it. Texts get numbers from `texts`.
    func packed(_ texts: inout Texts) -> PropertyTable.Property {
        let name = texts.intern(name)
        func property(_ kind: PropertyTable.Kind, _ bits: Int64) -> PropertyTable.Property {
            PropertyTable.Property(name: name, kind: kind, bits: bits)
        }
        switch value {
        case .text(let text), .personal(.known(let text)): return property(.text, Int64(texts.intern(text)))
        case .personal(.erased): return property(.other, -1)
        case .number(let number):
            return number.millionths.map { property(.number, $0) }
                ?? property(.other, Int64(texts.intern(number.description)))
        case .money(let money):
            return PropertyTable.Property(
                name: name, kind: .money, currency: money.currency.packed, bits: money.minorUnits)
        case .instant(let instant): return property(.instant, instant.milliseconds)
        case .date(let date): return property(.date, Int64(date.daysSinceEpoch))
        case .flag(let flag): return property(.flag, flag ? 1 : 0)
        case .list(let items): return property(.other, Int64(texts.intern(items.joined(separator: ", "))))
        case .cleared: return property(.cleared, 0)
        }
    }
}

extension Number {
    /// `nil` where it is finer than a millionth or larger than 64 bits hold.
    var millionths: Int64? {
        guard scale <= 6 else { return nil }
        let factor = (0..<(6 - scale)).reduce(Int64(1)) { factor, _ in factor * 10 }
        let (product, isTooLarge) = mantissa.multipliedReportingOverflow(by: factor)
        return isTooLarge ? nil : product
    }
}
