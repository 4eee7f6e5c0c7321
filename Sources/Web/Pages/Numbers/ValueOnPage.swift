internal import Reports
internal import Vocabulary

//  Values of reports as pages show them: short where they stand in a table, exact on hovering.

extension ReportValue {
    /// Fewer records than this are moved much by chance alone: a share of them looks it.
    static let fewRecords = 20

    func shown(in zone: Zone) -> HTML {
        switch self {
        case .count(let count): HTML(grouped(Int64(count)))
        case .share(let share): shown(share)
        case .money(let sums): shown(sums)
        case .instant(let instant): instant.shown(in: zone)
        case .fact(let number): "<span class=\"soft\">\(grouped(number))</span>"
        case .duration(let time, let measure): shown(time, measure)
        case .text(let text): HTML(text.withShortFigures)
        default: HTML(description)
        }
    }

    private func shown(_ share: Share) -> HTML {
        guard share.whole > 0 else { return "–" }
        let text = share.inTenths
        let exact = "\(grouped(Int64(share.part))) of \(grouped(Int64(share.whole)))"
        return share.whole < ReportValue.fewRecords
            ? "<span class=\"few\" title=\"\(exact)\">\(text) <small>of \(share.whole)</small></span>"
            : "<span title=\"\(exact)\">\(text)</span>"
    }

    private func shown(_ sums: [Money]) -> HTML {
        sums.isEmpty ? "0" : HTML(sums.map(\.groupedText).joined(separator: " + "))
    }

    private func shown(_ time: HalfMilliseconds, _ measure: WaitingTime) -> HTML {
        measure == .business ? "<span title=\"working time\">\(time.description)</span>" : HTML(time.description)
    }
}

extension Share {
    /// `42.1 %`, rounded half up.
    var inTenths: String {
        let tenths = (part * 2000 + whole) / (2 * whole)
        return "\(tenths / 10).\(tenths % 10) %"
    }
}

extension String {
    /// A figure that stands among others of other kinds, such as `66.667 %` and `729808.11 EUR`, as numbers are shown.
    fileprivate var withShortFigures: String {
        if let share = wholeMatch(of: /([0-9]+)\.([0-9]{3}) %/), let thousandths = Int(share.output.1 + share.output.2)
        {
            let tenths = (thousandths + 50) / 100
            return "\(tenths / 10).\(tenths % 10) %"
        }
        if let money = wholeMatch(of: /(-?[0-9]+)(\.[0-9]+ [A-Z]{3})/), let whole = Int64(money.output.1) {
            return grouped(whole) + money.output.2
        }
        return self
    }
}

extension Money {
    /// `729,808.11 EUR`.
    var groupedText: String {
        let text = description
        let digits = text.prefix { $0.isNumber || $0 == "-" }
        guard let whole = Int64(digits) else { return text }
        return (whole == 0 && digits.hasPrefix("-") ? "-0" : grouped(whole)) + text.dropFirst(digits.count)
    }
}

extension ReportValue.Kind {
    var isRightAligned: Bool {
        switch self {
        case .count, .share, .duration, .money, .number: true
        case .text, .flag, .instant, .date, .fact: false
        }
    }
}

extension Instant {
    /// `2 Feb 2026, 09:00 CET`, and exactly for programs and on hovering.
    func shown(in zone: Zone) -> HTML {
        "<time datetime=\"\(description)\" title=\"\(description)\">\(inWords(of: zone))</time>"
    }

    func inWords(of zone: Zone) -> String {
        let local = zone.civil(at: self)
        let name = zone.segment(at: self).abbreviation
        let clock = [local.time.hour, local.time.minute].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
        return "\(local.date.shortText), \(clock) \(name)"
    }
}

extension CivilDate {
    /// `2 Feb 2026`.
    var shortText: String { "\(day) \(Instant.months[month - 1]) \(year)" }
}

extension Elapsed {
    /// In the two largest units, whatever its sign: `3 d 4 h`, `25 min`, `less than a minute`.
    var roughly: String {
        let minutes = Int64(clamping: milliseconds.magnitude / 60_000)
        let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60)
        if days > 9 { return "\(grouped(days)) d" }
        if days > 0 { return hours > 0 ? "\(days) d \(hours) h" : "\(days) d" }
        if hours > 0 { return rest > 0 ? "\(hours) h \(rest) min" : "\(hours) h" }
        return rest > 0 ? "\(rest) min" : "less than a minute"
    }
}
