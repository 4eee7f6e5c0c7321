internal import Vocabulary

/// What a column of a file is taken for, how sure that is, and why.
public struct ColumnReading: Hashable, Sendable {
    public enum Certainty: String, Hashable, Sendable {
        /// Every value read says so.
        case sure
        /// Likely; a look does no harm.
        case guess
        /// The values can be read in two ways: a person must say.
        case check
    }

    /// The column's name in the file.
    public let header: String
    /// A name for the mapping: small letters, digits and `_`, each once.
    public let name: String
    public internal(set) var type = Column.ValueType.text
    public internal(set) var format: String?
    public internal(set) var decimalComma = false
    public internal(set) var isPersonal = false
    public internal(set) var choices: [String] = []
    public internal(set) var certainty = Certainty.guess
    public internal(set) var why = ""

    init(_ column: FileSample.Column, name: String) {
        (header, self.name) = (column.name, name)
        let written = column.written
        guard !written.isEmpty else {
            (certainty, why) = (.check, "empty in every row read")
            return
        }
        let words = HeaderWords(column.name)
        if words.isNumbered, !words.isPhone, column.tellsRowsApart {
            (certainty, why) = (.sure, "an id is text, even of digits")
            return
        }
        _ =
            readEmail(column, words) || readTime(written, words) || readFlag(column, words)
            || readNumber(written, words) || readCountry(column, words) || readPerson(words)
            || readChoice(column, words) || readText(words)
    }

    private mutating func take(
        _ type: Column.ValueType, _ certainty: Certainty, _ why: String
    ) -> Bool {
        (self.type, self.certainty, self.why) = (type, certainty, why)
        return true
    }

    private mutating func readEmail(_ column: FileSample.Column, _ words: HeaderWords) -> Bool {
        let written = column.written
        let good = written.count { value in value.withBytes { (try? EmailAddress.read($0) { _ in true }) ?? false } }
        guard good * 10 >= written.count * 9 else { return false }
        return take(.email, good == written.count ? .sure : .guess, "\(good) of \(written.count) are e-mail addresses")
    }

    private mutating func readTime(_ written: [String], _ words: HeaderWords) -> Bool {
        guard written.allSatisfy({ $0.utf8.count >= 6 && $0.utf8.contains { ASCII.isDigit($0) } }) else { return false }
        let proposal = proposeTimeFormat(samples: written)
        let isBareNumber = written.allSatisfy { $0.utf8.allSatisfy { ASCII.isDigit($0) || $0 == 0x2E } }
        guard let first = proposal.fitting.first, !isBareNumber || words.isTime else { return false }
        format = first
        let hasClock = written.contains { value in
            value.withBytes { bytes in (try? TimeFormat(first).time(bytes))?.timeOfDay != nil }
        }
        if proposal.isDayMonthAmbiguous {
            return take(
                hasClock ? .time : .date, .check,
                "cannot tell 03/04 from 04/03: it is read as \(first), it could be "
                    + proposal.fitting.dropFirst().joined(separator: " or "))
        }
        return take(hasClock ? .time : .date, .sure, "every value fits \(first)")
    }

    private mutating func readFlag(_ column: FileSample.Column, _ words: HeaderWords) -> Bool {
        let distinct = column.distinct
        guard distinct.count <= 4, distinct.allSatisfy({ $0.withBytes { (try? boolean($0)) != nil } }) else {
            return false
        }
        let isSpelled = distinct.contains { $0.utf8.count > 1 }
        guard isSpelled || words.isFlag else { return false }
        return take(.flag, isSpelled ? .sure : .guess, "only \(list(distinct)) occur")
    }

    private mutating func readNumber(_ written: [String], _ words: HeaderWords) -> Bool {
        guard !words.isID, !written.contains(where: hasLeadingZero) else { return false }
        let proposal = proposeNumberStyle(samples: written)
        guard let style = proposal.fitting.first else { return false }
        decimalComma = style.decimalSign == .comma
        let carriesCurrency = written.allSatisfy { value in
            value.withBytes { bytes in
                guard case .code? = (try? style.number(bytes))?.currency else { return false }
                return true
            }
        }
        if carriesCurrency { return take(.money, .sure, "every value is a number with its currency") }
        if proposal.isDecimalSignAmbiguous {
            return take(.number, .check, "cannot tell 1.234 from 1,234: say `decimal:` if it is read wrongly")
        }
        if words.isMoney {
            return take(.number, .guess, "numbers; if they are money, say `as: money` and `currency: EUR`")
        }
        return take(.number, .sure, "every value is a number")
    }

    private func hasLeadingZero(_ value: String) -> Bool {
        value.utf8.count > 1 && value.utf8.first == UInt8(ascii: "0") && value.utf8.allSatisfy { ASCII.isDigit($0) }
    }

    private mutating func readCountry(_ column: FileSample.Column, _ words: HeaderWords) -> Bool {
        let distinct = column.distinct
        let good = distinct.count { value in value.withBytes { (try? Country.read($0)) != nil } }
        guard good * 10 >= distinct.count * 8, words.isCountry || distinct.contains(where: { $0.utf8.count > 3 }) else {
            return false
        }
        return take(
            .country, good == distinct.count ? .sure : .guess, "\(good) of \(distinct.count) values are countries")
    }

    private mutating func readPerson(_ words: HeaderWords) -> Bool {
        if words.isPhone { return take(.phone, .guess, "it is called so; kept apart as a personal value") }
        guard words.isPersonal else { return false }
        isPersonal = true
        return take(.text, .guess, "it is called so; kept apart as a personal value")
    }

    /// Text of which nobody knows what it says, in a file about people: rather kept apart for nothing than a name in clear.
    mutating func takeForPersonal() {
        isPersonal = true
        certainty = .check
        why += "; `personal: yes` keeps it apart, since the file is about people: take it away where it names nobody"
    }

    private mutating func readChoice(_ column: FileSample.Column, _ words: HeaderWords) -> Bool {
        let distinct = column.distinct
        guard !words.isID, distinct.count <= 20, column.written.count >= 5 * distinct.count,
            distinct.allSatisfy({ $0.utf8.count <= 60 })
        else { return false }
        choices = distinct.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return take(.choice, .guess, "only \(distinct.count) values occur; others will be noticed")
    }

    private mutating func readText(_ words: HeaderWords) -> Bool {
        take(.text, words.isID ? .sure : .guess, words.isID ? "an id is text, even of digits" : "text")
    }

    private func list(_ values: Set<String>) -> String {
        values.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.joined(separator: ", ")
    }
}

/// The words of a column's name: `HasOptedOutOfEmail`, `has_opted_out_of_email` and `Has opted out of email` are equal.
struct HeaderWords {
    let words: [String]

    init(_ header: String) {
        var words: [String] = []
        var word = ""
        var wasLower = false
        for scalar in header.unicodeScalars {
            let isLetter = scalar.isOfWord
            if !isLetter || (wasLower && scalar.properties.isUppercase) {
                if !word.isEmpty { words.append(word) }
                word = ""
            }
            if isLetter { word += scalar.properties.lowercaseMapping }
            wasLower = scalar.properties.isLowercase
        }
        if !word.isEmpty { words.append(word) }
        self.words = words
    }

    /// A name of small letters, digits and `_`.
    var name: String { words.isEmpty ? "column" : words.joined(separator: "_") }

    var isID: Bool { has(["id", "ids", "guid", "uuid", "key", "zip", "postcode", "postal", "code", "vid", "oid"]) }
    /// `Kundennr`, `Order No`, `Rechnungsnummer`; not `Number of Employees`, which counts.
    var isNumbered: Bool {
        !has(["of"])
            && words.contains { word in
                ["no", "nr", "num", "numero", "número", "numéro"].contains(word)
                    || ["number", "nummer", "nr"].contains { word.hasSuffix($0) }
            }
    }
    var isTime: Bool { has(["date", "time", "timestamp", "at", "on", "when", "created", "updated", "modified"]) }
    var isFlag: Bool { has(["is", "has", "flag", "active", "opted", "optout", "enabled", "hidden", "deleted"]) }
    var isMoney: Bool {
        has(["amount", "price", "revenue", "value", "cost", "spend", "budget", "total", "salary", "arr", "mrr", "fee"])
    }
    var isCountry: Bool { has(["country", "countries", "nation"]) }
    var isPhone: Bool {
        has(["phone", "mobile", "cell", "fax"]) || words.contains { PersonalWords.phones.contains($0) }
            || words.contains { word in PersonalWords.phoneStems.contains { word.hasPrefix($0) } }
    }
    var isModified: Bool { has(["modified", "updated", "modification", "modstamp", "changed"]) }
    var isDeleted: Bool { has(["deleted", "archived"]) }
    var isEventName: Bool { words == ["type"] || words == ["name"] || has(["event", "activity", "action", "step"]) }

    var isPersonal: Bool {
        has([
            "firstname", "lastname", "surname", "street", "birthdate", "birthday", "ssn", "ip", "passport", "linkedin",
        ])
            || holds("first", "name") || holds("last", "name") || holds("full", "name") || holds("given", "name")
            || holds("date", "birth") || words == ["name"] || has(["address"])
            || words.contains { PersonalWords.ofPersons.contains($0) }
            || !isAccount && words.contains { PersonalWords.name.contains($0) }
    }

    /// Whether records of this name are people.
    var isPerson: Bool {
        has([
            "contact", "contacts", "lead", "leads", "person", "people", "customer", "customers", "mql", "subscriber",
            "prospect", "visitor", "user", "case", "member", "rec",
        ]) || words.contains { PersonalWords.person.contains($0) }
    }

    var isAccount: Bool {
        has(["account", "accounts", "company", "companies", "organization", "organisation", "seller"])
            || words.contains { PersonalWords.company.contains($0) }
    }

    private func has(_ wanted: [String]) -> Bool { words.contains { wanted.contains($0) } }
    private func holds(_ a: String, _ b: String) -> Bool { words.contains(a) && words.contains(b) }
}

extension Unicode.Scalar {
    /// An accent written as a sign of its own belongs to its letter.
    fileprivate var isOfWord: Bool {
        properties.isAlphabetic || properties.numericType != nil || properties.generalCategory == .nonspacingMark
    }
}
