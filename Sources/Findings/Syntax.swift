internal import Yams

/// A node of the file with the place it stands at. Scalars are kept as written: what they mean is decided by the type the
/// language declares for them, never by YAML's guess, so `NO` is Norway and `1.10` keeps its zero.
public struct Syntax: Sendable {
    public enum Content: Sendable {
        case text(String)
        case list([Syntax])
        case mapping([Entry])
    }

    public struct Entry: Sendable {
        public var key: String
        public var keySyntax: Syntax
        public var value: Syntax
    }

    public var content: Content
    /// From 1.
    public var line: Int
    /// In characters, from 1.
    public var column: Int

    public var text: String? {
        guard case .text(let text) = content else { return nil }
        return text
    }

    /// What a finding underlines.
    public var length: Int { text.map { max(1, $0.count) } ?? 1 }
}

extension Syntax {
    /// The root of a file the guard has let through; `nil` where the file is empty.
    public static func root(of text: SourceText) throws(YAMLGuard.Refusal) -> Syntax? {
        let yaml = try YAMLGuard.check(text)
        do {
            return try Yams.compose(yaml: yaml, Resolver.basic).map(Syntax.init)
        } catch {
            throw YAMLGuard.Refusal(error)
        }
    }

    private init(_ node: Node) {
        (line, column) = (node.mark?.line ?? 1, node.mark?.column ?? 1)
        switch node {
        case .scalar(let scalar): content = .text(scalar.string)
        case .sequence(let sequence): content = .list(sequence.map(Syntax.init))
        case .mapping(let mapping): content = .mapping(mapping.map(Entry.init))
        case .alias: content = .text("")  // the guard lets none through
        }
    }
}

extension Syntax.Entry {
    fileprivate init(_ pair: (key: Node, value: Node)) {
        keySyntax = Syntax(pair.key)
        key = keySyntax.text ?? ""
        value = Syntax(pair.value)
    }
}

extension YAMLGuard.Refusal {
    fileprivate init(_ error: any Error) {
        switch error {
        case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _):
            self.init(notYAML: problem, line: mark.line, column: mark.column)
        case YamlError.duplicatedKeysInMapping(let keys, let context):
            let complaint = Complaint(
                .duplicateKey, "\(keys.map { "\"\($0)\"" }.joined(separator: ", ")) is written twice in one place.",
                remedy: "Keep one of them.")
            self.init(complaint: complaint, line: context.mark.line, column: context.mark.column)
        default:
            self.init(notYAML: "it cannot be read", line: 1, column: 1)
        }
    }

    private init(notYAML problem: String, line: Int, column: Int) {
        let complaint = Complaint(
            .notYAML, "From here on the file is not YAML: \(problem).",
            remedy: "Look for indentation that does not match, a bracket or quote that is not closed, a missing colon.")
        self.init(complaint: complaint, line: line, column: column)
    }
}
