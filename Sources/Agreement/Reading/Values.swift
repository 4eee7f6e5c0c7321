internal import Findings
internal import Vocabulary

// Values that occur in many clauses. Each reads one text, or notes why it cannot.

extension AgreementReader {
    mutating func words(_ syntax: Syntax) -> String? { plainText(syntax, "a text") }

    /// One of the names an enumeration has.
    mutating func choice<Value: CaseIterable & RawRepresentable<String>>(
        _ syntax: Syntax, _ what: String, of values: [Value] = Array(Value.allCases)
    ) -> Value? {
        guard let written = plainText(syntax, what) else { return nil }
        let text = written.split(separator: " ").joined(separator: " ").lowercased()
        if let value = values.first(where: { $0.rawValue == text }) { return value }
        let names = values.map(\.rawValue)
        return bad(.badValue, syntax, "\"\(written)\" is not \(what).", oneOf: names, text)
    }

    mutating func party(_ syntax: Syntax) -> Party? { choice(syntax, "one of the sides") }

    mutating func side(_ syntax: Syntax) -> Party? { choice(syntax, "one of the sides", of: Party.sides) }

    /// A name that another clause defines.
    mutating func reference(_ syntax: Syntax, to what: String, among names: [String]) -> String? {
        name(syntax, "\(what) of this agreement", among: names)
    }

    /// One of these names.
    mutating func name(_ syntax: Syntax, _ what: String, among names: [String]) -> String? {
        guard let written = plainText(syntax, what) else { return nil }
        if names.contains(written) { return written }
        return bad(.unknownName, syntax, "\"\(written)\" is not \(what).", oneOf: names, written)
    }

    mutating func stage(_ syntax: Syntax) -> String? { reference(syntax, to: "a stage", among: names.stages) }

    mutating func team(_ syntax: Syntax) -> String? { reference(syntax, to: "a team", among: teamNames) }

    /// Every member, or none where one cannot be read.
    mutating func list<Value>(
        _ syntax: Syntax, _ read: (inout AgreementReader, Syntax) -> Value?
    ) -> [Value]? {
        let members = members(syntax)
        noteRepeats(members)
        let values = members.compactMap { read(&self, $0) }
        return values.count == members.count ? values : nil
    }

    /// Whoever writes a text twice in a list may have meant another.
    private mutating func noteRepeats(_ members: [Syntax]) {
        var seen: Set<String> = []
        for member in members {
            if let text = member.text, !seen.insert(text).inserted { noteTwice(text, at: member) }
        }
    }

    mutating func flag(_ syntax: Syntax) -> Bool? {
        guard let written = plainText(syntax, "true or false") else { return nil }
        if let flag = ["true": true, "yes": true, "false": false, "no": false][written.lowercased()] { return flag }
        return bad(.badValue, syntax, "\"\(written)\" is neither true nor false.", "Write true or false.", "true")
    }

    mutating func number(_ syntax: Syntax) -> Number? {
        guard let written = plainText(syntax, "a number") else { return nil }
        if let number = Number(agreementText: written), number.fits { return number }
        return bad(
            .badNumber, syntax, "\"\(written)\" is not a number of at most six decimals.",
            "Write digits, with a point where there are decimals.", "4.5")
    }

    mutating func positiveNumber(_ syntax: Syntax) -> Number? {
        guard let number = number(syntax) else { return nil }
        if number.mantissa > 0 { return number }
        return bad(.badNumber, syntax, "Here only a number above 0 has a meaning.", "Write one.", "4.5")
    }

    mutating func points(_ syntax: Syntax) -> Points? { number(syntax).flatMap { try? Points($0) } }

    /// From 1 through a million.
    mutating func count(_ syntax: Syntax) -> Int? {
        guard let written = plainText(syntax, "a whole number") else { return nil }
        if let count = Int(written), (1...1_000_000) ~= count { return count }
        return bad(
            .badNumber, syntax, "\"\(written)\" is not a whole number from 1 through 1000000.", "Write one.", "6")
    }

    /// `70%`, from 0 % through 100 %.
    mutating func share(_ syntax: Syntax) -> Share? {
        guard let written = plainText(syntax, "a share in percent") else { return nil }
        if let share = Share(text: written) { return share }
        return bad(
            .badShare, syntax, "\"\(written)\" is not a share from 0% through 100%.", "Write a number and a % sign.",
            "70%")
    }

    mutating func money(_ syntax: Syntax) -> Money? {
        guard let written = plainText(syntax, "an amount of money") else { return nil }
        if let money = Money(text: written), money.minorUnits >= 0 { return money }
        return badAmount(syntax, written, "400k EUR")
    }

    mutating func moneyRate(_ syntax: Syntax) -> MoneyRate? {
        guard let written = plainText(syntax, "an amount for a period") else { return nil }
        let (amount, period) = perPeriod(written)
        if let money = amount.flatMap(Money.init(text:)), money.minorUnits >= 0, let period {
            return MoneyRate(money, per: period)
        }
        return badAmount(syntax, written, "900k EUR per quarter")
    }

    private mutating func badAmount<Value>(_ syntax: Syntax, _ written: String, _ example: String) -> Value? {
        bad(
            .badAmount, syntax, "\"\(written)\" is not an amount here.",
            "Write a number that is not negative, k or m for thousands and millions, and the currency in three letters.",
            example)
    }

    /// `120 per month`.
    mutating func volume(_ syntax: Syntax) -> Volume? {
        guard let written = plainText(syntax, "a number for a period") else { return nil }
        if let volume = volume(written) { return volume }
        return bad(
            .badValue, syntax, "\"\(written)\" is not a number for a period.",
            "Write a whole number, per, and hour, day, week, month, quarter or year.", "120 per month")
    }

    func volume(_ written: String) -> Volume? {
        let (amount, period) = perPeriod(written)
        guard let count = amount.flatMap({ Int($0) }), (1...1_000_000_000) ~= count, let period else { return nil }
        return Volume(count, per: period)
    }

    /// `120 per month` into `120` and month.
    private func perPeriod(_ written: String) -> (amount: String?, period: Period?) {
        let words = written.split(separator: " ").map(String.init)
        guard words.count >= 3, words[words.count - 2].lowercased() == "per" else { return (nil, nil) }
        return (words.dropLast(2).joined(separator: " "), Period(rawValue: words[words.count - 1].lowercased()))
    }

    /// `start of quarter`.
    mutating func periodPoint(_ syntax: Syntax) -> PeriodPoint? {
        guard let written = plainText(syntax, "start or end of a period") else { return nil }
        let words = written.lowercased().split(separator: " ").map(String.init)
        if words.count == 3, words[1] == "of", let end = PeriodPoint.End(rawValue: words[0]),
            let period = Period(rawValue: words[2])
        {
            return PeriodPoint(end, of: period)
        }
        return bad(
            .badValue, syntax, "\"\(written)\" is no point of a period.", "Write start or end, of, and the period.",
            "start of quarter")
    }

    mutating func mail(_ syntax: Syntax) -> MailAddress? {
        guard let written = plainText(syntax, "a mail address") else { return nil }
        if let address = MailAddress(checking: written) { return address }
        return bad(.badValue, syntax, "\"\(written)\" is not a mail address.", "Write one.", "maria@northwind.example")
    }

    mutating func physicalDuration(_ syntax: Syntax) -> Budget? {
        guard let budget = duration(syntax) else { return nil }
        if !budget.isBusiness { return budget }
        return bad(
            .badDuration, syntax, "Here physical time is counted, nights and weekends too.",
            "Write it without \"business\".", "30 days")
    }
}

// What is wrong.

extension AgreementReader {
    /// Notes a finding and returns nothing.
    mutating func bad<Value>(
        _ code: FindingCode, _ syntax: Syntax, _ cause: String, _ remedy: String, _ example: String? = nil
    ) -> Value? {
        note(code, at: syntax, cause, remedy: remedy, example: example)
        return nil
    }

    /// With the nearest name, else all of them.
    mutating func bad<Value>(
        _ code: FindingCode, _ syntax: Syntax, _ cause: String, oneOf names: [String], _ written: String
    ) -> Value? {
        let shown = names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : "")
        let all = names.isEmpty ? "There is none yet." : "There are: \(shown)."
        return bad(code, syntax, cause, didYouMean(nearestName(to: written, among: names)) ?? all)
    }
}

// Texts.

extension Share {
    /// `nil` unless it is a number of at most four decimals from 0 through 100 and a `%`.
    init?(text: String) {
        guard text.last == "%", let percent = Number(agreementText: text.dropLast().filter { $0 != " " }),
            percent.mantissa >= 0, percent.scale <= 4
        else { return nil }
        var millionths = percent.mantissa
        for _ in percent.scale..<4 {
            guard millionths <= 1_000_000 else { return nil }
            millionths *= 10
        }
        guard millionths <= 1_000_000 else { return nil }
        self.init(millionths: millionths)
    }
}

extension Money {
    /// `400k EUR`, `48000.50 EUR`; `nil` for anything else.
    init?(text: String) {
        let words = text.split(separator: " ")
        guard words.count == 2, let number = Number(agreementText: String(words[0])),
            let currency = Currency(code: String(words[1])), let money = try? Money(number, currency)
        else { return nil }
        self = money
    }
}

extension MailAddress {
    /// `nil` where it has no name, no domain, or a character no mailbox has.
    public init?(checking text: String) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."), !parts[1].hasPrefix("."),
            !parts[1].hasSuffix("."),
            text.unicodeScalars.allSatisfy({ $0.value > 32 && !"<>()[],;:\\\"".unicodeScalars.contains($0) })
        else { return nil }
        self.init("\(parts[0])@\(parts[1].lowercased())")
    }
}
