// Findings for machines: one JSON object each, and SARIF 2.1.0 (OASIS) for editors and code reviews.

extension Finding {
    /// One object without line breaks: code, level, file, line, column, length, excerpt, cause, remedy, example, and the
    /// related places where there are any.
    public var json: String {
        let texts = [
            ("code", code.name), ("level", level.rawValue), ("file", place.file), ("excerpt", excerpt),
            ("cause", cause),
            ("remedy", remedy),
        ].map { "\(jsonText($0)): \(jsonText($1))" }
        let numbers = [("line", place.line), ("column", place.column), ("length", length)].map {
            "\(jsonText($0)): \($1)"
        }
        let example = example.map { [jsonText("example") + ": " + jsonText($0)] } ?? []
        return "{" + (texts + numbers + example + relatedMember).joined(separator: ", ") + "}"
    }

    private var relatedMember: [String] {
        guard !related.isEmpty else { return [] }
        let places = related.map {
            "{\"file\": \(jsonText($0.file)), \"line\": \($0.line), \"column\": \($0.column)}"
        }
        return ["\"related\": [\(places.joined(separator: ", "))]"]
    }

    /// One `result` of a SARIF run. Columns count characters, as the run says.
    fileprivate var sarif: String {
        let location = place.sarif(region: ", \"endColumn\": \(place.column + length)")
        let others = related.map { $0.sarif(region: "") }.joined(separator: ", ")
        return "{\"ruleId\": \(jsonText(code.name)), \"level\": \(jsonText(level.rawValue)), "
            + "\"message\": {\"text\": \(jsonText(cause + " " + remedy))}, \"locations\": [\(location)]"
            + (related.isEmpty ? "" : ", \"relatedLocations\": [\(others)]") + "}"
    }
}

extension Place {
    /// A SARIF `location`; `region` adds members to the start of its region.
    fileprivate func sarif(region: String) -> String {
        "{\"physicalLocation\": {\"artifactLocation\": {\"uri\": \(jsonText(uri))}, "
            + "\"region\": {\"startLine\": \(line), \"startColumn\": \(column)\(region)}}}"
    }

    /// The file's name as a relative URI: what is no letter, digit or `-._~/` is percent-encoded.
    private var uri: String {
        file.utf8.map { byte in
            let isPlain =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || "-._~/".utf8.contains(byte)
            let hex = String(byte, radix: 16, uppercase: true)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + hex
        }.joined()
    }
}

/// A SARIF log of one run.
public func sarifText(of findings: [Finding]) -> String {
    let rules = Set(findings.map(\.code.name)).sorted().map { "{\"id\": \(jsonText($0))}" }.joined(separator: ", ")
    let results = findings.map(\.sarif).joined(separator: ",\n    ")
    return """
        {
          "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
          "version": "2.1.0",
          "runs": [{
            "tool": {"driver": {"name": "interlock", "rules": [\(rules)]}},
            "columnKind": "unicodeCodePoints",
            "results": [
            \(results)
            ]
          }]
        }
        """
}

/// A JSON string, RFC 8259: control characters, quotes and backslashes escaped.
private func jsonText(_ text: String) -> String {
    var escaped = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": escaped += "\\\""
        case "\\": escaped += "\\\\"
        case "\n": escaped += "\\n"
        case "\t": escaped += "\\t"
        case _ where scalar.value < 32:
            let hex = String(scalar.value, radix: 16)
            escaped += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        default: escaped.unicodeScalars.append(scalar)
        }
    }
    return escaped + "\""
}
