/// Every kind of fact in words, from its schema: the text of docs/facts.md.
public enum FactReference {
    public static var text: String {
        let families = Family.allCases.map { family in
            "## \(family.rawValue.capitalizedFirst)\n\n"
                + FactKind.allCases.filter { $0.family == family }.map(text).joined(separator: "\n\n")
        }
        return ([introduction] + families).joined(separator: "\n\n") + "\n"
    }

    private static let introduction = """
        # Kinds of facts

        A fact says what happened, when it happened (*occurred*), when its source first held it (*known*), when the journal \
        took it (*recorded*), whom it concerns, and who did it. What else it says are its properties: those its kind asks \
        for, and for open kinds any others that a mapping names.

        This text is made from the schemas in `Sources/Journal/FactSchema.swift`; a test holds the two together.
        """

    private static func text(_ kind: FactKind) -> String {
        let schema = kind.schema
        let heading = "### \(kind.word)\n\n\(sentences(schema).joined(separator: " "))"
        guard !schema.rules.isEmpty else { return heading }
        return heading + "\n\n| property | is | what it says |\n|---|---|---|\n"
            + schema.rules.map(row).joined(separator: "\n")
    }

    private static func sentences(_ schema: FactSchema) -> [String] {
        [
            "Version \(schema.version).", schema.concerns.sentence,
            schema.names.map { "Its name says \($0)." },
            schema.open ? "It may have other properties." : schema.rules.isEmpty ? "It has no properties." : nil,
        ].compactMap { $0 }
    }

    private static func row(_ rule: FactSchema.Rule) -> String {
        "| `\(rule.name)`\(rule.required ? ", required" : "") | \(rule.shape.words) | \(rule.meaning) |"
    }
}

extension FactSchema.Concern {
    fileprivate var sentence: String? {
        switch self {
        case .person: "It names a person."
        case .personOrAccount: "It names a person or an account."
        case .anyone: nil
        case .nobody: "It concerns no person."
        }
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
