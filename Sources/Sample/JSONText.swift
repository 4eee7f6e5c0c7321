/// A value to be written as JSON; keys keep their order.
indirect enum JSONText {
    case integer(Int)
    case string(String)
    case null
    case list([JSONText])
    case object([(String, JSONText)])

    static func integers(_ values: some Sequence<Int>) -> JSONText { .list(values.map { .integer($0) }) }

    static func strings(_ values: some Sequence<String>) -> JSONText { .list(values.map { .string($0) }) }

    /// Objects over several lines, lists of plain values on one.
    var text: String { text(indent: "") }

    private func text(indent: String) -> String {
        let inner = indent + "  "
        switch self {
        case .integer(let value): return String(value)
        case .string(let value): return JSONText.quoted(value)
        case .null: return "null"
        case .list(let values):
            guard values.contains(where: \.isObject) else {
                return "[" + values.map { $0.text(indent: inner) }.joined(separator: ", ") + "]"
            }
            return "[\n" + values.map { inner + $0.text(indent: inner) }.joined(separator: ",\n") + "\n\(indent)]"
        case .object(let members):
            let lines = members.map { inner + JSONText.quoted($0.0) + ": " + $0.1.text(indent: inner) }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
        }
    }

    private var isObject: Bool {
        if case .object = self { return true }
        return false
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            case "\n": "\\n"
            default: String(scalar)
            }
        }
        return "\"" + escaped.joined() + "\""
    }
}
