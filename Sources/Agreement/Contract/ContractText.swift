// The contract as plain text and as Markdown.

extension Contract {
    /// For a terminal or a letter, with lines of at most `width` characters where words allow it.
    public func text(width: Int = 92) -> String {
        let heading = "\(title)\n\(String(repeating: "=", count: title.count))\n"
        let body = sections.enumerated().map { number, section in
            let title = "\(number + 1). \(section.title)"
            let sentences = section.sentences.map { wrapped($0.marked, width: width) }
            return "\n\(title)\n\(String(repeating: "-", count: title.count))\n\(sentences.joined(separator: "\n"))\n"
        }
        return heading + body.joined()
    }

    /// With a heading for each section and a list of its sentences.
    public var markdown: String {
        "# \(escapedMarkdown(title))\n"
            + sections.map { section in
                let items = section.sentences.map { sentence in
                    let reference = sentence.reference.isEmpty ? "" : " `\(sentence.reference)`"
                    return "- \(escapedMarkdown(sentence.text))\(reference)\n"
                }
                return "\n## \(escapedMarkdown(section.title))\n\n\(items.joined())"
            }.joined()
    }
}

extension Sentence {
    fileprivate var marked: String { reference.isEmpty ? text : "\(text)  [\(reference)]" }
}

/// A list item: later lines stand below the first's text.
private func wrapped(_ text: String, width: Int) -> String {
    var lines = ["-"]
    for word in text.split(separator: " ") {
        if lines[lines.count - 1].count + 1 + word.count > width, lines[lines.count - 1].count > 1 {
            lines.append(" ")
        }
        lines[lines.count - 1] += " \(word)"
    }
    return lines.joined(separator: "\n")
}

/// What Markdown would take for markup stands for itself.
private func escapedMarkdown(_ text: String) -> String {
    var escaped = ""
    for character in text {
        if "\\`*_[]<>#&|".contains(character) { escaped.append("\\") }
        escaped.append(character)
    }
    return escaped
}
