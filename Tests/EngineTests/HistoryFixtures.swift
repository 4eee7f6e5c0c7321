import Engine
import Identity
import Journal
import Testing
import Vocabulary

/// A fact from one line: `deal won 6 @100 person record:crm/contact/1 account domain:acme.example by email:rep@ours.example
/// amount=900 EUR`. Kind, id, instant in milliseconds, `known @` where later; then whom, who, and values.
func fact(_ line: String, source: String = "crm", object: String? = nil, aspect: String = "") -> Fact {
    var words = line.split(separator: " ").map(String.init)[...]
    let kind = FactKind.allCases.sorted { $0.word.count > $1.word.count }.first { line.hasPrefix($0.word + " ") }!
    words = words.dropFirst(kind.word.split(separator: " ").count)
    let id = words.removeFirst()
    let occurred = Instant(milliseconds: Int64(words.removeFirst().dropFirst())!)
    var known = occurred
    if words.first == "known" { known = Instant(milliseconds: Int64(words.dropFirst().first!.dropFirst())!) }
    if known != occurred { words = words.dropFirst(2) }
    var (persons, accounts): ([Identifier], [Identifier]) = ([], [])
    var (name, actor): (String, Identifier?) = ("", nil)
    var properties: [Property] = []
    var part = "named"
    for word in words {
        if ["person", "account", "by", "named"].contains(word) {
            part = word
        } else if let sign = word.firstIndex(of: "="), Identifier(text: word) == nil {
            properties.append(Property(String(word[..<sign]), value(String(word[word.index(after: sign)...]))))
        } else if part == "named" {
            name = word
        } else {
            let identifier = Identifier(text: word)!
            if part == "person" { persons.append(identifier) }
            if part == "account" { accounts.append(identifier) }
            if part == "by" { actor = identifier }
        }
    }
    let family = kind.family
    let standard =
        family == .deal ? "deal" : family == .field || family == .gone || family == .identity ? "contact" : "event"
    return Fact(
        key: FactKey(source: source, object: object ?? standard, id: id, aspect: aspect), kind: kind, name: name,
        occurred: occurred, known: known, recorded: known, persons: persons, accounts: accounts, actor: actor,
        properties: properties)
}

/// `12.5`, `900EUR`, `yes`, `∅`, `[a,b]`, `'7` for the text 7, else a text.
private func value(_ text: String) -> Value {
    if text.hasPrefix("'") { return .text(String(text.dropFirst())) }
    if text == "yes" { return .flag(true) }
    if text == "∅" { return .cleared }
    if text.hasPrefix("[") { return .list(text.dropFirst().dropLast().split(separator: ",").map(String.init)) }
    if let currency = Currency(code: String(text.suffix(3))), let units = Int64(text.dropLast(3)) {
        return .money(Money(minorUnits: units, currency: currency))
    }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    if let mantissa = Int64(parts.joined()), parts.count <= 2 {
        return .number(Number(mantissa: mantissa, scale: UInt8(parts.count == 2 ? parts[1].count : 0)))
    }
    return .text(text)
}

/// The last two labels: all that tests need of the Public Suffix List.
@Sendable func lastTwoLabels(_ domain: String) -> String? {
    let labels = domain.split(separator: ".")
    return labels.count < 2 ? nil : labels.suffix(2).joined(separator: ".")
}

func history(_ facts: [Fact], knownBy: Instant? = nil) -> History {
    var builder = HistoryBuilder(knownBy: knownBy)
    for (place, fact) in facts.enumerated() { builder.add(RecordedFact(sequence: Int64(place) + 1, fact: fact)) }
    return builder.build(registrableDomain: lastTwoLabels)
}

extension History {
    /// Account by account, person by person and fact by fact, as a person would write it down. Says all that is in it.
    var lines: [String] {
        var lines: [String] = []
        for entry in accounts {
            lines.append("account \(texts[entry.name])" + entry.identifiers.map { " \(texts[$0])" }.joined())
            lines += persons[Int(entry.persons.lowerBound)..<Int(entry.persons.upperBound)].map {
                "  person \(texts[$0.name])"
            }
            lines += entry.facts.map { "  " + line(Int($0)) }
        }
        return lines + company.map { "company \($0.fact.key.text)" }
    }

    func line(_ fact: Int) -> String {
        let act = acts[Int(self.act[fact])]
        func text(_ word: String, _ number: Int32) -> String {
            number < 0 || texts[number].isEmpty ? "" : " \(word)\(texts[number])"
        }
        let whom = person[fact] < 0 ? "" : " of \(texts[persons[Int(person[fact])].name])"
        let late = known(fact) == occurred[fact] ? "" : " known \(known(fact))"
        let values = properties[act.properties].map { " \(texts[$0.name])=\($0.kind):\($0.currency):\(shown($0))" }
        return "\(occurred[fact])\(late) \(act.kind.word)\(text("", act.name))\(text("by ", act.actor))"
            + "\(text("about ", act.record))\(whom)\(values.sorted().joined()) #\(sequence[fact])"
    }

    private func shown(_ property: PropertyTable.Property) -> String {
        let isText = property.kind == .text || property.kind == .other && property.bits >= 0
        return isText ? texts[Int32(property.bits)] : "\(property.bits)"
    }

    /// Everything in it, numbers of texts and acts included.
    var everything: String {
        "\(texts.all)\(acts)\(properties.all)\(properties.ends)\(accounts)\(persons)\(occurred)\(act)\(person)\(lateFacts)"
            + "\(lateKnown)\(company.map(\.fact))"
    }
}
