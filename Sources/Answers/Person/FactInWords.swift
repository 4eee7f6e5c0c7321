package import Journal
internal import Vocabulary

/// A fact as one row for people: when, kind, who, what. Personal values are hidden unless they are asked for.
package struct FactInWords {
    private let fact: Fact
    private let values: ValueInWords

    package init(_ fact: Fact, showsPersonal: Bool) {
        self.fact = fact
        values = ValueInWords(showsPersonal: showsPersonal)
    }

    package var row: [String] { [fact.occurred.description, kind, who, what] }

    private var kind: String {
        fact.name.isEmpty ? fact.kind.word : "\(fact.kind.word): \(visible(fact.name))"
    }

    private var who: String {
        let names = (fact.persons + fact.accounts).map(values.text)
        let actor = fact.actor.map { ["by " + visible($0.text)] } ?? []
        return ((names.isEmpty ? ["–"] : names) + actor).joined(separator: " ")
    }

    private var what: String {
        fact.properties.map { "\(visible($0.name))=\(values.text($0.value))" }.joined(separator: " ")
    }
}

/// Values and identifiers as people read them.
package struct ValueInWords {
    package let showsPersonal: Bool

    package static let hidden = "•••"
    private static let gone = "(erased)"

    package init(showsPersonal: Bool) { self.showsPersonal = showsPersonal }

    package func text(_ identifier: Identifier) -> String {
        guard identifier.scheme.isPersonal else { return visible(identifier.text) }
        return "\(identifier.scheme.word):" + personal(identifier.commitment == nil ? identifier.value : nil)
    }

    package func text(_ value: Value) -> String {
        switch value {
        case .text(let text): shortened(text)
        case .personal(.known(let text)): personal(text)
        case .personal(.erased): personal(nil)
        case .number(let number): number.description
        case .money(let money): money.description
        case .instant(let instant): instant.description
        case .date(let date): date.description
        case .flag(let flag): flag ? "yes" : "no"
        case .list(let items): "[" + items.map(visible).joined(separator: ", ") + "]"
        case .cleared: "–"
        }
    }

    /// The text of an agreement fills many screens; JSON has it whole.
    private func shortened(_ text: String) -> String {
        text.utf8.count <= 400 ? visible(text) : visible(String(text.prefix(60))) + "… (\(text.count) characters)"
    }

    private func personal(_ text: String?) -> String {
        showsPersonal ? text.map(visible) ?? ValueInWords.gone : ValueInWords.hidden
    }
}

/// What a source wrote, without what a terminal would obey or a reader could not see.
private func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: \.isInvisible) else { return text }
    return text.unicodeScalars.map { $0.isInvisible ? "\\u{\(String($0.value, radix: 16))}" : String($0) }.joined()
}

extension Unicode.Scalar {
    fileprivate var isInvisible: Bool {
        [.control, .format, .lineSeparator, .paragraphSeparator].contains(properties.generalCategory)
    }
}
