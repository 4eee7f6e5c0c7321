/// Where in a JSON object a value lies: `properties.plan`, `attributes[0].value`, `traits["e-mail.work"]`.
public struct JSONPath: Hashable, Sendable {
    public enum Step: Hashable, Sendable {
        case key(String)
        case index(Int)
    }

    public let steps: [Step]

    public init(_ steps: [Step]) { self.steps = steps }
}

extension JSONPath: CustomStringConvertible {
    /// As it is written in a mapping; `JSONPath(parsing:)` reads it back.
    public var description: String {
        var text = ""
        for step in steps {
            switch step {
            case .index(let index): text += "[\(index)]"
            case .key(let key) where JSONPath.needsQuotes(key): text += "[\"\(key.escapingQuotes)\"]"
            case .key(let key): text += text.isEmpty ? key : ".\(key)"
            }
        }
        return text
    }

    private static func needsQuotes(_ key: String) -> Bool {
        key.isEmpty || key.unicodeScalars.contains { ".[]\"\\".unicodeScalars.contains($0) }
    }

    /// `nil` if the text is no path: `a..b`, `a[x]`, `a[`, or nothing.
    public init?(parsing text: String) {
        var rest = text.unicodeScalars[...]
        var steps: [Step] = []
        while let first = rest.first {
            let step: Step?
            if first == "[" {
                step = JSONPath.bracketed(&rest)
            } else {
                if first == ".", !steps.isEmpty { rest.removeFirst() }
                step = JSONPath.plainKey(&rest)
            }
            guard let step else { return nil }
            steps.append(step)
        }
        if steps.isEmpty { return nil }
        self.steps = steps
    }

    private static func plainKey(_ rest: inout Substring.UnicodeScalarView) -> Step? {
        let key = rest.prefix { $0 != "." && $0 != "[" }
        if key.isEmpty || key.contains(where: { $0 == "]" || $0 == "\"" }) { return nil }
        rest = rest.dropFirst(key.count)
        return .key(String(key))
    }

    private static func bracketed(_ rest: inout Substring.UnicodeScalarView) -> Step? {
        rest.removeFirst()
        if rest.first == "\"" { return quotedKey(&rest) }
        let digits = rest.prefix { ("0"..."9").contains($0) }
        rest = rest.dropFirst(digits.count)
        guard rest.popFirst() == "]", let index = Int(String(digits)) else { return nil }
        return .index(index)
    }

    private static func quotedKey(_ rest: inout Substring.UnicodeScalarView) -> Step? {
        rest.removeFirst()
        var key = String.UnicodeScalarView()
        while let scalar = rest.popFirst(), scalar != "\"" {
            guard let character = scalar == "\\" ? rest.popFirst() : scalar else { return nil }
            key.append(character)
        }
        return rest.popFirst() == "]" ? .key(String(key)) : nil
    }
}

extension String {
    fileprivate var escapingQuotes: String {
        var escaped = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if scalar == "\"" || scalar == "\\" { escaped.append("\\") }
            escaped.append(scalar)
        }
        return String(escaped)
    }
}
