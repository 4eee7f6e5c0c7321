internal import Findings
public import Vocabulary

/// Takes answers as they are given, and says of each at once whether it fits.
public struct FirstInterview: Sendable {
    private let zones: ZoneTable
    /// The zone of the machine, which is proposed.
    private let localZone: String?
    private let today: CivilDate

    private var company: String?
    private var timezone: String?
    private var currency: Currency?
    private var template: FirstTemplate?
    private var speakers: [FirstQuestion: MailAddress] = [:]
    private var qualified: QualifiedLead?
    private var team: String?
    private var reps: [MailAddress]?
    private var response: ResponseTime?
    /// Answered with none: `.some(nil)`.
    private var quota: Money??

    public init(zones: ZoneTable, localZone: String? = nil, today: CivilDate) {
        (self.zones, self.localZone, self.today) = (zones, localZone, today)
    }

    /// The first question without an answer; `nil`: everything is said.
    public var next: FirstQuestion? { FirstQuestion.allCases.first { !isAnswered($0) } }

    public func isAnswered(_ question: FirstQuestion) -> Bool {
        switch question {
        case .company: company != nil
        case .timezone: timezone != nil
        case .currency: currency != nil
        case .template: template != nil
        case .marketing, .sales, .executive, .operations, .manager: speakers[question] != nil
        case .qualified: qualified != nil
        case .team: team != nil
        case .reps: reps != nil
        case .response: response != nil
        case .quota: quota != nil
        }
    }

    /// What is taken where nothing is said; `nil` where only the company knows. Empty: to say nothing is an answer.
    public func proposal(for question: FirstQuestion) -> String? {
        switch question {
        case .company, .marketing, .sales, .executive, .operations: nil
        case .timezone: localZone.flatMap { zones[$0]?.name }
        case .currency: Defaults.currency.code
        case .template: FirstTemplate.insideSales.rawValue
        case .qualified: QualifiedLead.interestAndFit.rawValue
        case .team: (template ?? .insideSales).teamName
        case .manager, .reps: speakers[.sales]?.text
        case .response: template == .enterprise ? "4 business hours" : "1 business hour"
        case .quota: ""
        }
    }

    /// What was answered; `nil` while a question is open.
    public var answers: FirstAnswers? {
        guard let company, let timezone, let currency, let template, let qualified, let team, let reps, let response,
            let quota, let marketing = speakers[.marketing], let sales = speakers[.sales],
            let executive = speakers[.executive], let operations = speakers[.operations],
            let manager = speakers[.manager]
        else { return nil }
        return FirstAnswers(
            company: company, timezone: timezone, currency: currency, template: template, marketing: marketing,
            sales: sales, executive: executive, operations: operations, qualified: qualified, team: team,
            manager: manager, reps: reps, response: response, quota: quota, today: today)
    }

    /// Spaces around an answer are none of it.
    public mutating func take(_ written: String, for question: FirstQuestion) throws(UnfitAnswer) {
        let answer = written.trimmed
        switch question {
        case .company: company = try name(answer, atMost: 100)
        case .timezone: timezone = try zone(answer)
        case .currency: currency = try currency(answer)
        case .template: template = try choice(answer, among: FirstTemplate.allCases, question)
        case .marketing, .sales, .executive, .operations, .manager: speakers[question] = try mail(answer)
        case .qualified: qualified = try choice(answer, among: QualifiedLead.allCases, question)
        case .team: team = try teamName(answer)
        case .reps: reps = try reps(answer)
        case .response: response = try response(answer)
        case .quota: quota = .some(try quota(answer))
        }
    }
}

// Names.

extension FirstInterview {
    private func name(_ answer: String, atMost most: Int) throws(UnfitAnswer) -> String {
        guard !answer.isEmpty else { throw UnfitAnswer(cause: "Here a name is needed.", remedy: "Write it.") }
        guard answer.count <= most else {
            throw UnfitAnswer(
                cause: "The name has \(answer.count) characters; \(most) are the most.", remedy: "Write a shorter one.")
        }
        guard answer.isOneVisibleLine, answer.beginsWithALetterOrSign else {
            throw UnfitAnswer(
                cause: "The name has a character that no page shows by itself.",
                remedy: "Write it in letters, digits and signs.")
        }
        return answer
    }

    private func teamName(_ answer: String) throws(UnfitAnswer) -> String {
        let name = try name(answer, atMost: 40)
        guard !ambiguousNames.contains(name.lowercased()) else {
            throw UnfitAnswer(
                cause: "Common readers of YAML take the name \"\(name)\" for true, false or nothing.",
                remedy: "Choose another name.")
        }
        return name
    }

    private func zone(_ answer: String) throws(UnfitAnswer) -> String {
        if let zone = zones[answer] { return zone.name }
        let city = zones.names.first { $0.lowercased().hasSuffix("/" + answer.lowercased()) }
        throw UnfitAnswer(
            cause: "There is no time zone \"\(answer)\".",
            remedy: didYouMean(city ?? nearestName(to: answer, among: zones.names))
                ?? "Zones are named after a continent and a city, such as Europe/Berlin.")
    }

    private func currency(_ answer: String) throws(UnfitAnswer) -> Currency {
        let code = answer.uppercased()
        if let currency = Currency(code: code) { return currency }
        throw UnfitAnswer(
            cause: "There is no currency \"\(answer)\".",
            remedy: didYouMean(nearestName(to: code, among: Currency.all.map(\.code)))
                ?? "Currencies have three letters, such as EUR, GBP or USD.")
    }

    /// A name, or its number in the list from 1.
    private func choice<Value: RawRepresentable<String>>(
        _ answer: String, among values: [Value], _ question: FirstQuestion
    ) throws(UnfitAnswer) -> Value {
        let text = answer.lowercased()
        if let value = values.first(where: { $0.rawValue == text }) { return value }
        if let number = Int(text), (1...values.count).contains(number) { return values[number - 1] }
        let names = values.map(\.rawValue)
        throw UnfitAnswer(
            cause: "\"\(answer)\" is none of the choices.",
            remedy: didYouMean(nearestName(to: text, among: names)) ?? "There are: \(names.joined(separator: ", ")).")
    }

    private func didYouMean(_ name: String?) -> String? { name.map { "Did you mean \($0)?" } }
}

// People, times and amounts.

extension FirstInterview {
    private func mail(_ answer: String) throws(UnfitAnswer) -> MailAddress {
        if answer.isOneVisibleLine, answer.count <= 254, let address = MailAddress(checking: answer) { return address }
        throw UnfitAnswer(
            cause: "\"\(answer)\" is not a mail address.", remedy: "Write one, such as maria@northwind.example.")
    }

    private func reps(_ answer: String) throws(UnfitAnswer) -> [MailAddress] {
        var reps: [MailAddress] = []
        for part in answer.split(separator: ",") {
            let rep = try mail(String(part).trimmed)
            guard !reps.contains(rep) else {
                throw UnfitAnswer(cause: "\(rep.text) is there twice.", remedy: "Name everybody once.")
            }
            reps.append(rep)
        }
        guard (1...100).contains(reps.count) else {
            throw UnfitAnswer(
                cause: reps.isEmpty ? "Somebody must take the leads." : "\(reps.count) are too many to begin with.",
                remedy: "Name from 1 through 100 people, with commas between.")
        }
        return reps
    }

    private func response(_ answer: String) throws(UnfitAnswer) -> ResponseTime {
        let budget: Budget
        do {
            budget = try Budget(text: answer)
        } catch {
            throw UnfitAnswer(
                cause: "\"\(answer)\" is not a duration: \(error).",
                remedy: "Write a number and a unit, such as 1 business hour, 2 business days or 24 hours.")
        }
        if let time = ResponseTime(budget) { return time }
        throw UnfitAnswer(
            cause: "\(budget) is no time in which a lead can be answered and is still warm.",
            remedy: "Write from 1 minute through 8 business hours, 5 business days or 7 days.")
    }

    /// `250k`, `250k EUR`, in the currency of the company; nothing is none.
    private func quota(_ answer: String) throws(UnfitAnswer) -> Money? {
        guard !answer.isEmpty else { return nil }
        let currency = currency ?? Defaults.currency
        let words = answer.split(separator: " ")
        let isOurs = words.count == 1 || (words.count == 2 && words[1].uppercased() == currency.code)
        if isOurs, let number = Number(agreementText: words[0].lowercased()), number.mantissa > 0,
            let money = try? Money(number, currency)
        {
            return money
        }
        throw UnfitAnswer(
            cause: "\"\(answer)\" is not an amount in \(currency.code) above 0.",
            remedy: "Write the number, k or m for thousands and millions, such as 250k; or nothing.")
    }
}

extension FirstTemplate {
    fileprivate var teamName: String {
        switch self {
        case .insideSales: "inside sales"
        case .enterprise: "field sales"
        case .productLed: "product sales"
        }
    }
}

extension String {
    /// Without white space at its ends.
    fileprivate var trimmed: String {
        let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? startIndex
        return String(self[..<end].drop { $0.isWhitespace })
    }

    /// Not with a mark that would join what is written before it.
    fileprivate var beginsWithALetterOrSign: Bool { (" " + self).count == count + 1 }

    /// Whether every reader of YAML, and every page, shows it as it is.
    fileprivate var isOneVisibleLine: Bool {
        unicodeScalars.allSatisfy { scalar in
            if ["\u{200C}", "\u{200D}"].contains(scalar) { return true }  // they join letters of Persian, Hindi, emoji
            return switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
            default: true
            }
        }
    }
}
