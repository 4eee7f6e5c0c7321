// The JSON Schema (2020-12) of an agreement's form, rendered from the shapes that the reader takes its keys from. It uses
// only what every validator and editor knows: types, enumerations, patterns, properties, `anyOf`, `$ref`.
//
// It says nothing about what only the whole file can tell: whether a name is defined, whether a condition fits its clause.
// `interlock check` says that.

/// `docs/agreement.schema.json`.
public func agreementSchema() -> String {
    var definitions = ["name": JSONTree.name]
    let root = JSONTree(SectionShape.agreement, &definitions)
    let ordered = definitions.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    let heading: [(String, JSONTree)] = [
        ("$schema", .text("https://json-schema.org/draft/2020-12/schema")), ("title", .text("Interlock agreement")),
    ]
    return JSONTree.object(heading + root.members + [("$defs", .object(ordered.map { ($0.key, $0.value) }))]).text
        + "\n"
}

/// JSON whose members keep their order.
indirect enum JSONTree {
    case object([(String, JSONTree)])
    case array([JSONTree])
    case text(String)
    /// A number, `true` or `false`.
    case literal(String)

    var members: [(String, JSONTree)] {
        guard case .object(let members) = self else { return [] }
        return members
    }

    var text: String { text(indent: "") }

    /// Short values on one line, others by member.
    private func text(indent: String) -> String {
        let line = line
        guard line.count + indent.count > 110 || line.contains("\n") else { return line }
        let inner = indent + "  "
        switch self {
        case .object(let members):
            let lines = members.map { "\(inner)\(quotedJSON($0.0)): \($0.1.text(indent: inner))" }
            return "{\n\(lines.joined(separator: ",\n"))\n\(indent)}"
        case .array(let members):
            return "[\n\(members.map { inner + $0.text(indent: inner) }.joined(separator: ",\n"))\n\(indent)]"
        case .text, .literal: return line
        }
    }

    private var line: String {
        switch self {
        case .object(let members):
            "{" + members.map { "\(quotedJSON($0.0)): \($0.1.line)" }.joined(separator: ", ") + "}"
        case .array(let members): "[" + members.map(\.line).joined(separator: ", ") + "]"
        case .text(let text): quotedJSON(text)
        case .literal(let literal): literal
        }
    }
}

// Shapes. Texts and sections are definitions, each written once.

extension JSONTree {
    /// What the shape asks for; definitions it needs are added.
    init(_ shape: Shape, _ definitions: inout [String: JSONTree]) {
        switch shape {
        case .text(let text):
            definitions[text.title] = JSONTree(text)
            self = .reference(text.title)
        case .list(let member):
            let one = JSONTree(member, &definitions)
            self = .object([("anyOf", .array([one, .array(of: one)]))])
        case .keys(let section):
            self = .defined(section.title, in: &definitions) { JSONTree(section, &$0) }
        case .named(let names):
            self = .object([("type", .text("object"))] + names.members(&definitions))
        case .segmented(let shape):
            let one = JSONTree(shape, &definitions)
            self = .object([("anyOf", .array([one, .array(of: .segment(shape, one, &definitions))]))])
        case .promise(let terms):
            self = .promise(terms, &definitions)
        case .either(let shapes):
            self = .object([("anyOf", .array(shapes.flatMap { JSONTree($0, &definitions).alternatives }))])
        }
    }

    /// Names that common readers of YAML turn into true, false or nothing are no names.
    fileprivate static let name = JSONTree.object([
        ("description", .text("A name of your own.")),
        (
            "pattern",
            .text(
                "^(?!([yY]|[nN]|[yY][eE][sS]|[nN][oO]|[oO][nN]|[oO][fF][fF]|[tT][rR][uU][eE]|[fF][aA][lL][sS][eE]|"
                    + "[nN][uU][lL][lL]|~|)$)")
        ),
    ])

    fileprivate static func reference(_ title: String) -> JSONTree {
        .object([("$ref", .text("#/$defs/\(title)"))])
    }

    private static func array(of member: JSONTree) -> JSONTree {
        .object([("type", .text("array")), ("items", member)])
    }

    private var alternatives: [JSONTree] {
        guard case .object(let members) = self, members.count == 1, members[0].0 == "anyOf",
            case .array(let alternatives) = members[0].1
        else { return [self] }
        return alternatives
    }

    /// Written once however often it is referred to.
    private static func defined(
        _ title: String, in definitions: inout [String: JSONTree], _ tree: (inout [String: JSONTree]) -> JSONTree
    ) -> JSONTree {
        if definitions[title] == nil {
            definitions[title] = .object([])
            definitions[title] = tree(&definitions)
        }
        return reference(title)
    }

    fileprivate init(_ section: SectionShape, _ definitions: inout [String: JSONTree]) {
        var members: [(String, JSONTree)] = [("type", .text("object")), ("description", .text(section.says))]
        let properties = section.keys.map { key in
            let shape = JSONTree(key.shape, &definitions)
            return (key.name, JSONTree.object([("description", .text(key.says))] + shape.members))
        }
        members.append(("properties", .object(properties)))
        let required = section.keys.filter(\.isRequired).map { JSONTree.text($0.name) }
        if !required.isEmpty { members.append(("required", .array(required))) }
        members += section.others?.members(&definitions) ?? [("additionalProperties", .literal("false"))]
        self = .object(members)
    }
}

extension NamesShape {
    fileprivate func members(_ definitions: inout [String: JSONTree]) -> [(String, JSONTree)] {
        let value = JSONTree(shape, &definitions)
        guard let pattern else {
            return [
                ("propertyNames", .reference("name")), ("additionalProperties", value),
            ]
        }
        return [("patternProperties", .object([(pattern, value)])), ("additionalProperties", .literal("false"))]
    }
}

// Clauses that differ by segment.

extension JSONTree {
    /// `{where: …, is: …}` or `{otherwise: …}`.
    private static func segment(_ shape: Shape, _ value: JSONTree, _ definitions: inout [String: JSONTree]) -> JSONTree
    {
        guard case .text(let text) = shape else { return value }
        return defined("segment_of_" + text.title, in: &definitions) { definitions in
            let condition = JSONTree(Shape.profileCondition, &definitions)
            let members = [
                ("where", "Whom it is for; the first that holds applies.", condition),
                ("is", "What holds for them.", value), ("otherwise", "What holds for everybody else.", value),
            ]
            return .object([
                ("type", .text("object")),
                ("description", .text("What holds for a segment, or otherwise.")),
                (
                    "properties",
                    .object(members.map { ($0.0, .object([("description", .text($0.1))] + $0.2.members)) })
                ),
                ("anyOf", .array([.requiring("where", "is"), .requiring("otherwise")])),
                ("additionalProperties", .literal("false")),
            ])
        }
    }

    private static func requiring(_ keys: String...) -> JSONTree {
        .object([("required", .array(keys.map { .text($0) }))])
    }

    private static func promise(_ terms: SectionShape, _ definitions: inout [String: JSONTree]) -> JSONTree {
        let one = JSONTree(.keys(terms.adding(["where"], "")), &definitions)
        let several = JSONTree(.keys(terms.adding(["where", "otherwise"], "_in_list")), &definitions)
        return .object([("anyOf", .array([one, .array(of: several)]))])
    }
}

extension SectionShape {
    /// With these of the keys that a promise may have where it differs by segment.
    func adding(_ names: [String], _ suffix: String) -> SectionShape {
        let added = SectionShape.segmentKeys.filter { names.contains($0.name) && !self.names.contains($0.name) }
        return SectionShape(title + suffix, says, keys + added, others: others)
    }
}

// Texts.

extension JSONTree {
    fileprivate init(_ text: TextShape) {
        self = .object(
            [("description", .text(text.says))] + text.form.members + [
                ("examples", .array(text.form.values(text.examples)))
            ])
    }
}

extension TextShape.Form {
    fileprivate var members: [(String, JSONTree)] {
        switch self {
        case .anything: [("type", .array(["string", "number", "boolean"].map { .text($0) }))]
        case .text: [("type", .text("string")), ("minLength", .literal("1"))]
        case .matching(let pattern): [("type", .text("string")), ("pattern", .text(pattern))]
        case .file: [("type", .text("string")), ("pattern", .text(#"^[^/\\]+(/[^/\\]+)*$"#))]
        case .oneOf(let values): [("enum", .array(values.map { .text($0) }))]
        case .number:
            [
                ("type", .array([.text("number"), .text("string")])),
                ("pattern", .text(#"^-?[0-9]+(\.[0-9]+)?[km]?$"#)),
            ]
        case .count: [("type", .text("integer")), ("minimum", .literal("1")), ("maximum", .literal("1000000"))]
        case .trueOrFalse: [("enum", .array([.literal("true"), .literal("false"), .text("yes"), .text("no")]))]
        case .version: [("const", .literal("1"))]
        }
    }

    /// Examples as YAML takes them.
    fileprivate func values(_ examples: [String]) -> [JSONTree] {
        switch self {
        case .number, .count, .trueOrFalse, .version: examples.map { .literal($0) }
        case .anything, .text, .matching, .oneOf, .file: examples.map { .text($0) }
        }
    }
}
