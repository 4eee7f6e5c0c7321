import Foundation
import Yams

/// A value as an editor's YAML 1.2 reader takes it.
indirect enum EditorValue {
    case nothing
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([EditorValue])
    case mapping([String: EditorValue])

    init(yaml: String) throws {
        self = try Yams.compose(yaml: yaml, .basic).map(EditorValue.init) ?? .nothing
    }

    private init(_ node: Node) {
        switch node {
        case .scalar(let scalar): self = EditorValue(scalar)
        case .sequence(let members): self = .list(members.map(EditorValue.init))
        case .mapping(let mapping):
            self = .mapping(
                Dictionary(
                    mapping.map { ($0.key.string ?? "", EditorValue($0.value)) },
                    uniquingKeysWith: { first, _ in first }))
        case .alias: self = .nothing
        }
    }

    /// The core schema of YAML 1.2: `NO` and `2026-02-02` are texts.
    private init(_ scalar: Node.Scalar) {
        let text = scalar.string
        guard scalar.style == .any || scalar.style == .plain else {
            self = .text(text)
            return
        }
        if text.wholeMatch(of: /|~|null|Null|NULL/) != nil {
            self = .nothing
        } else if text.wholeMatch(of: /true|True|TRUE|false|False|FALSE/) != nil {
            self = .flag(text.lowercased() == "true")
        } else if text.wholeMatch(of: /[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?/) != nil {
            self = .number(Double(text) ?? 0)
        } else {
            self = .text(text)
        }
    }

    fileprivate var types: Set<String> {
        switch self {
        case .nothing: ["null"]
        case .flag: ["boolean"]
        case .number(let number): number == number.rounded() ? ["number", "integer"] : ["number"]
        case .text: ["string"]
        case .list: ["array"]
        case .mapping: ["object"]
        }
    }

    fileprivate func equals(_ other: Any) -> Bool {
        switch self {
        case .text(let text): other as? String == text
        // JSON's true and 1 are both numbers to Foundation; only these are written as the other is not.
        case .flag(let flag): "\(other)" == (flag ? "1" : "0") || (other as? Bool) == flag
        case .number(let number): !(other is String) && (other as? NSNumber)?.doubleValue == number
        default: false
        }
    }
}

/// As much of JSON Schema as `agreementSchema()` uses. A keyword it does not know is a problem too.
struct SchemaSubset {
    private let root: [String: Any]

    init(_ text: String) throws {
        root = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
    }

    /// What is wrong with a value; nothing where it is valid.
    func problems(_ value: EditorValue) -> [String] { problems(value, root, "") }

    private static let annotations: Set = ["$schema", "title", "description", "examples", "$defs"]
    private static let keywords: Set = [
        "$ref", "type", "enum", "const", "properties", "required", "additionalProperties", "patternProperties",
        "propertyNames", "anyOf", "items", "pattern", "minLength", "minimum", "maximum",
    ]

    private func problems(_ value: EditorValue, _ schema: [String: Any], _ path: String) -> [String] {
        let unknown = Set(schema.keys).subtracting(Self.annotations).subtracting(Self.keywords)
        var problems = unknown.map { "\(path): this test does not know the keyword \($0)" }
        if let name = schema["$ref"] as? String { problems += self.problems(value, referred(name), path) }
        problems += typeProblems(value, schema, path) + valueProblems(value, schema, path)
        if let choices = schema["anyOf"] as? [[String: Any]] {
            let tried = choices.map { self.problems(value, $0, path) }
            if !tried.contains(where: \.isEmpty) { problems += ["\(path): none of \(choices.count)"] + tried.joined() }
        }
        switch value {
        case .list(let members):
            guard let items = schema["items"] as? [String: Any] else { break }
            problems += members.enumerated().flatMap { self.problems($0.element, items, "\(path)/\($0.offset)") }
        case .mapping(let members): problems += keyProblems(members, schema, path)
        default: break
        }
        return problems
    }

    private func referred(_ name: String) -> [String: Any] {
        let definitions = root["$defs"] as? [String: Any] ?? [:]
        return definitions[name.replacing("#/$defs/", with: "")] as? [String: Any] ?? ["no such definition": name]
    }

    private func typeProblems(_ value: EditorValue, _ schema: [String: Any], _ path: String) -> [String] {
        guard let type = schema["type"] else { return [] }
        let types = type as? [String] ?? [type as? String ?? ""]
        return value.types.isDisjoint(with: types) ? ["\(path): is \(value), not \(types)"] : []
    }

    private func valueProblems(_ value: EditorValue, _ schema: [String: Any], _ path: String) -> [String] {
        var problems: [String] = []
        if let values = schema["enum"] as? [Any], !values.contains(where: { value.equals($0) }) {
            problems.append("\(path): \(value) is none of \(values)")
        }
        if let constant = schema["const"], !value.equals(constant) { problems.append("\(path): is not \(constant)") }
        if case .text(let text) = value {
            if let pattern = schema["pattern"] as? String, !matches(text, pattern) {
                problems.append("\(path): \"\(text)\" does not match \(pattern)")
            }
            if let least = schema["minLength"] as? Int, text.count < least { problems.append("\(path): is too short") }
        }
        if case .number(let number) = value {
            if let least = schema["minimum"] as? Double, number < least { problems.append("\(path): is too small") }
            if let most = schema["maximum"] as? Double, number > most { problems.append("\(path): is too large") }
        }
        return problems
    }

    private func keyProblems(_ members: [String: EditorValue], _ schema: [String: Any], _ path: String) -> [String] {
        let required = schema["required"] as? [String] ?? []
        var problems = required.filter { members[$0] == nil }.map { "\(path): lacks \($0)" }
        let properties = schema["properties"] as? [String: Any] ?? [:]
        let patterns = schema["patternProperties"] as? [String: Any] ?? [:]
        for (key, value) in members {
            let here = "\(path)/\(key)"
            if let names = schema["propertyNames"] as? [String: Any] {
                problems += self.problems(.text(key), names, here)
            }
            let known = [properties[key]] + patterns.filter { matches(key, $0.key) }.map { $0.value as Any? }
            let schemas = known.compactMap { $0 as? [String: Any] }
            problems += schemas.flatMap { self.problems(value, $0, here) }
            guard schemas.isEmpty, let others = schema["additionalProperties"] else { continue }
            if let others = others as? [String: Any] {
                problems += self.problems(value, others, here)
            } else if others as? Bool == false {
                problems.append("\(here): is no key here")
            }
        }
        return problems
    }

    private func matches(_ text: String, _ pattern: String) -> Bool {
        guard let expression = try? NSRegularExpression(pattern: pattern) else { return false }
        return expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
    }
}
