@testable import Agreement

/// An agreement made of the shapes' own examples, and the places in it.
indirect enum ExampleDocument {
    case plain(String)
    case quoted(String)
    case list([ExampleDocument])
    case mapping([(key: String, value: ExampleDocument)])

    /// One place of the document and what may stand there.
    struct Site {
        let path: [String]
        let shape: Shape
    }

    /// As YAML on one line.
    var yaml: String {
        switch self {
        case .plain(let text): text
        case .quoted(let text): "\"\(text)\""
        case .list(let members): "[" + members.map(\.yaml).joined(separator: ", ") + "]"
        case .mapping(let entries):
            "{" + entries.map { "\"\($0.key)\": \($0.value.yaml)" }.joined(separator: ", ") + "}"
        }
    }

    /// With another value at a path, or without the last key of it. Lists have one member.
    func replacing(_ path: ArraySlice<String>, with value: ExampleDocument?) -> ExampleDocument {
        guard let key = path.first else { return value ?? self }
        switch self {
        case .list(let members): return .list(members.map { $0.replacing(path.dropFirst(), with: value) })
        case .mapping(let entries):
            if path.count == 1, value == nil { return .mapping(entries.filter { $0.key != key }) }
            var found = entries.map { $0.key == key ? ($0.key, $0.value.replacing(path.dropFirst(), with: value)) : $0 }
            if path.count == 1, let value, !entries.contains(where: { $0.key == key }) { found.append((key, value)) }
            return .mapping(found)
        case .plain, .quoted: return self
        }
    }
}

/// The key that stands for the member of a list.
let member = "[]"

extension ExampleDocument {
    /// With every key there is.
    init(_ shape: Shape) {
        switch shape {
        case .text(let text): self = ExampleDocument(text, text.examples[0])
        case .list(let shape): self = .list([ExampleDocument(shape)])
        case .keys(let section), .promise(let section):
            let known = section.keys.map { ($0.name, ExampleDocument($0.shape)) }
            self = .mapping(known + (section.others.map(ExampleDocument.entries) ?? []))
        case .named(let names): self = .mapping(ExampleDocument.entries(names))
        case .segmented(let shape): self = ExampleDocument(shape)
        case .either(let shapes): self = ExampleDocument(shapes[0])
        }
    }

    init(_ text: TextShape, _ example: String) {
        switch text.form {
        case .number, .count, .trueOrFalse, .version: self = .plain(example)
        case .anything, .text, .matching, .oneOf, .file: self = .quoted(example)
        }
    }

    private static func entries(_ names: NamesShape) -> [(String, ExampleDocument)] {
        names.examples.map { ($0, ExampleDocument(names.shape)) }
    }

    /// A list of terms or values that differ by segment.
    static func segments(_ shape: Shape) -> ExampleDocument {
        let condition = ExampleDocument(.profileCondition)
        switch shape {
        case .promise(let section):
            let terms = ExampleDocument(.keys(section))
            return .list([terms.replacing(["where"], with: condition), terms])
        case .segmented(let shape):
            let value = ExampleDocument(shape)
            return .list([.mapping([("where", condition), ("is", value)]), .mapping([("otherwise", value)])])
        default: return ExampleDocument(shape)
        }
    }
}

extension Shape {
    /// This place and those within it.
    func sites(_ path: [String] = []) -> [ExampleDocument.Site] {
        let here = [ExampleDocument.Site(path: path, shape: self)]
        switch self {
        case .text: return here
        case .list(let shape): return here + shape.sites(path + [member])
        case .keys(let section), .promise(let section):
            let others = section.others.map { $0.sites(path) } ?? []
            return here + section.keys.flatMap { $0.shape.sites(path + [$0.name]) } + others
        case .named(let names): return here + names.sites(path)
        case .segmented(let shape): return here + shape.sites(path)
        case .either(let shapes): return here + shapes[0].sites(path).dropFirst()
        }
    }

    /// The sections at a place and the keys they may have, apart from those made of names.
    var section: SectionShape? {
        switch self {
        case .keys(let section): section
        case .promise(let section): section.adding(["where"], "")
        default: nil
        }
    }

    /// Every text that may stand here, and the shape that says so.
    var texts: [TextShape] {
        switch self {
        case .text(let text): [text]
        case .list(let shape), .segmented(let shape): shape.texts
        case .either(let shapes): shapes.flatMap(\.texts)
        case .keys, .named, .promise: []
        }
    }
}

extension NamesShape {
    fileprivate func sites(_ path: [String]) -> [ExampleDocument.Site] {
        examples.prefix(1).flatMap { shape.sites(path + [$0]) }
    }
}
