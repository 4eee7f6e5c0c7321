import Foundation

/// As much of JSON Schema as our documents use: says where a value is not what its schema says.
struct JSONSchema {
    let document: [String: Any]

    struct Unknown: Error { var what: String }

    /// Sentences, each with its place; empty for what fits.
    func faults(of value: Any, in schema: Any, at place: String = "$") throws -> [String] {
        guard let schema = schema as? [String: Any] else { throw Unknown(what: "\(place): no schema") }
        var faults: [String] = []
        for (word, rule) in schema.sorted(by: { $0.key < $1.key }) {
            faults += try fault(word, rule, value, schema, place)
        }
        return faults
    }

    private func fault(_ word: String, _ rule: Any, _ value: Any, _ schema: [String: Any], _ place: String) throws
        -> [String]
    {
        switch word {
        case "$ref": return try faults(of: value, in: try referred(rule), at: place)
        case "type":
            let names = rule as? [String] ?? [rule as? String ?? ""]
            return names.contains { isOf($0, value) } ? [] : ["\(place): \(value) is not \(names)"]
        case "enum": return (rule as? [String] ?? []).contains(value as? String ?? "") ? [] : ["\(place): \(value)"]
        case "const": return "\(rule)" == "\(value)" ? [] : ["\(place): \(value) is not \(rule)"]
        case "minimum":
            return ((value as? NSNumber)?.doubleValue ?? .infinity) >= (rule as? NSNumber)?.doubleValue ?? 0
                ? [] : ["\(place): \(value) is below \(rule)"]
        case "maximum":
            return ((value as? NSNumber)?.doubleValue ?? -.infinity) <= (rule as? NSNumber)?.doubleValue ?? 0
                ? [] : ["\(place): \(value) is above \(rule)"]
        case "pattern":
            guard let text = value as? String, let pattern = rule as? String else { return [] }
            let isFound = text.range(of: pattern, options: .regularExpression) != nil
            return isFound ? [] : ["\(place): \(text) is not \(pattern)"]
        case "items":
            guard let items = value as? [Any] else { return [] }
            return try items.enumerated().flatMap { try faults(of: $1, in: rule, at: "\(place)[\($0)]") }
        case "properties":
            guard let object = value as? [String: Any], let rules = rule as? [String: Any] else { return [] }
            return try rules.flatMap { name, rule in
                try object[name].map { try faults(of: $0, in: rule, at: "\(place).\(name)") } ?? []
            }
        case "required":
            guard let object = value as? [String: Any] else { return [] }
            return (rule as? [String] ?? []).filter { object[$0] == nil }.map { "\(place): \($0) is missing" }
        case "additionalProperties":
            guard let object = value as? [String: Any] else { return [] }
            let named = Set((schema["properties"] as? [String: Any] ?? [:]).keys)
            return try object.filter { !named.contains($0.key) }.flatMap { name, value in
                if let rule = rule as? [String: Any] { return try faults(of: value, in: rule, at: "\(place).\(name)") }
                return ["\(place): \(name) is not described"]
            }
        case "anyOf":
            let tried = try (rule as? [Any] ?? []).map { try faults(of: value, in: $0, at: place) }
            return tried.contains { $0.isEmpty } ? [] : ["\(place): none of \(tried)"]
        case "allOf": return try (rule as? [Any] ?? []).flatMap { try faults(of: value, in: $0, at: place) }
        case "not":
            return try faults(of: value, in: rule, at: place).isEmpty ? ["\(place): is what it must not be"] : []
        case "format", "examples", "minLength", "maxLength", "minItems", "maxItems": return []
        default: throw Unknown(what: "\(place): this checker does not know “\(word)”")
        }
    }

    private func referred(_ rule: Any) throws -> Any {
        let name = (rule as? String ?? "").split(separator: "/").last.map(String.init) ?? ""
        let components = document["components"] as? [String: Any]
        guard let schema = (components?["schemas"] as? [String: Any])?[name] else { throw Unknown(what: "\(rule)") }
        return schema
    }

    private func isOf(_ type: String, _ value: Any) -> Bool {
        let number = value as? NSNumber
        let isFlag = number.map { CFBooleanLike.isFlag($0) } ?? false
        switch type {
        case "object": return value is [String: Any]
        case "array": return value is [Any]
        case "string": return value is String
        case "null": return value is NSNull
        case "boolean": return isFlag
        case "integer": return number.map { !isFlag && $0.doubleValue == $0.doubleValue.rounded() } ?? false
        case "number": return number != nil && !isFlag
        default: return false
        }
    }

    /// JSONSerialization gives flags as numbers; their type tells them.
    private enum CFBooleanLike {
        static func isFlag(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
    }
}

/// The server's own description, as a program reads it.
struct Described {
    let document: [String: Any]
    private var schema: JSONSchema { JSONSchema(document: document) }

    init(_ text: String) throws {
        let read = try JSONSerialization.jsonObject(with: Data(text.utf8))
        guard let object = read as? [String: Any] else { throw JSONSchema.Unknown(what: "no object") }
        document = object
    }

    /// `GET /v1/reports` …
    var operations: [(name: String, operation: [String: Any])] {
        (document["paths"] as? [String: [String: [String: Any]]] ?? [:]).flatMap { path, methods in
            methods.map { ("\($0.uppercased()) \(path)", $1) }
        }.sorted { $0.0 < $1.0 }
    }

    /// What is wrong with an answer: its status or its type is not described, or it does not fit its schema.
    func faults(_ name: String, _ answer: Answer) throws -> [String] {
        guard let operation = operations.first(where: { $0.name == name })?.operation,
            let response = (operation["responses"] as? [String: [String: Any]])?[String(answer.status)]
        else { return ["\(name): \(answer.status) is not described"] }
        guard answer.status != 304 else { return answer.body.isEmpty ? [] : ["\(name): 304 has a body"] }
        let type = (answer.header("Content-Type") ?? "").prefix { $0 != ";" }
        guard let medium = (response["content"] as? [String: [String: Any]])?[String(type)],
            let rule = medium["schema"]
        else { return ["\(name): \(answer.status) as \(type) is not described"] }
        let value = type.hasSuffix("json") ? try read(answer.body) : answer.body
        return try schema.faults(of: value, in: rule).map { "\(name) \(answer.status): \($0)" }
    }

    /// What is wrong with the examples of all operations.
    func faultsOfExamples() throws -> [String] {
        try operations.flatMap { name, operation in
            let contents =
                (operation["responses"] as? [String: [String: Any]] ?? [:]).values.map { $0["content"] }
                + [(operation["requestBody"] as? [String: Any])?["content"]]
            let media = contents.compactMap { $0 as? [String: [String: Any]] }.flatMap(\.values)
            let faults = try media.flatMap { medium -> [String] in
                guard let rule = medium["schema"], let example = medium["example"] else { return ["no example"] }
                return try schema.faults(of: example, in: rule)
            }
            let parameters = try (operation["parameters"] as? [[String: Any]] ?? []).flatMap { parameter -> [String] in
                guard let rule = parameter["schema"], let example = parameter["example"] else { return ["no example"] }
                return try schema.faults(of: example, in: rule, at: "\(parameter["name"] ?? "")")
            }
            return (faults + parameters).map { "\(name): \($0)" }
        }
    }

    private func read(_ text: String) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    }
}
