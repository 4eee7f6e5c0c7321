import Findings

/// Writes what a file says in some other layout: indentation, flow or block style, quotes, line breaks, comments, empty
/// lines, all drawn. Each comment has a number of its own: `#c12`.
struct RandomLayout {
    var random: SeededGenerator
    private var comments = 0

    init(seed: UInt64) { random = SeededGenerator(state: seed) }

    mutating func text(_ root: Syntax) -> String {
        var lines = block(root)
        if chance(3) { lines = ["", "#c0 the file", ""] + lines }
        if chance(3) { lines += ["", "", "# c the end"] }
        let ending = chance(4) ? "\r\n" : "\n"
        return (chance(5) ? "\u{FEFF}" : "") + lines.joined(separator: ending) + (chance(3) ? "" : ending)
    }

    private mutating func chance(_ outOf: Int) -> Bool { Int.random(in: 0..<outOf, using: &random) == 0 }
    private mutating func spaces(_ range: ClosedRange<Int>) -> String {
        String(repeating: " ", count: Int.random(in: range, using: &random))
    }

    private mutating func comment() -> String {
        guard chance(4) else { return chance(6) ? spaces(1...3) : "" }
        comments += 1
        return spaces(1...9) + "#c\(comments) a comment: [with, {signs"
    }

    // Block style, at column 0.

    private mutating func block(_ node: Syntax) -> [String] {
        switch node.content {
        case .mapping(let entries): entries.flatMap { ownLines() + entry($0) }
        case .list(let members): members.flatMap { ownLines() + item($0) }
        case .text(let text): scalar(text, inFlow: false)
        }
    }

    private mutating func ownLines() -> [String] {
        if chance(8) { return [String](repeating: spaces(0...2), count: Int.random(in: 1...3, using: &random)) }
        guard chance(8) else { return [] }
        comments += 1
        return ["#c\(comments) a line: of its own"]
    }

    private mutating func entry(_ entry: Syntax.Entry) -> [String] {
        let head = word(entry.key, inFlow: false) + spaces(0...1) + ":"
        if isNested(entry.value) {
            let isList = if case .list = entry.value.content { true } else { false }
            return [head + comment()] + shifted(block(entry.value), spaces(isList ? 0...4 : 1...5))
        }
        if case .text(let text) = entry.value.content, isPlain(text), chance(12) { return blockText(head, text) }
        if chance(10) { return [head + comment()] + shifted(value(entry.value), spaces(1...4)) }
        let lines = value(entry.value)
        return [head + spaces(1...3) + lines[0]] + shifted(Array(lines.dropFirst()), " ")
    }

    private mutating func item(_ member: Syntax) -> [String] {
        let gap = spaces(1...4)
        let lines = isNested(member) ? block(member).filter { !isBare($0) } : value(member)
        return ["-" + gap + lines[0]] + shifted(Array(lines.dropFirst()), " " + gap)
    }

    /// Nothing but a comment or white space, which could not stand behind a dash.
    private func isBare(_ line: String) -> Bool {
        line.allSatisfy { $0 == " " } || line.drop { $0 == " " }.hasPrefix("#")
    }

    private mutating func isNested(_ node: Syntax) -> Bool {
        switch node.content {
        case .mapping(let entries): !entries.isEmpty && !chance(3)
        case .list(let members): !members.isEmpty && !chance(3)
        case .text: false
        }
    }

    private func shifted(_ lines: [String], _ indent: String) -> [String] {
        lines.map { $0.allSatisfy { $0 == " " } ? $0 : indent + $0 }
    }

    private mutating func blockText(_ head: String, _ text: String) -> [String] {
        let comment = comment()
        let header = chance(2) ? "|-" : ">-"
        return [head + " " + header + comment, spaces(1...5) + text] + (chance(3) ? ["", ""] : [])
    }

    // Values, which begin on a line and may go on in others.

    private mutating func value(_ node: Syntax) -> [String] {
        if case .text(let text) = node.content {
            var lines = scalar(text, inFlow: false)
            lines[lines.count - 1] += comment()
            return lines
        }
        var lines = flow(node)
        lines[lines.count - 1] += comment()
        return lines
    }

    private mutating func scalar(_ text: String, inFlow: Bool) -> [String] {
        let written = word(text, inFlow: inFlow)
        guard chance(6), !written.contains("  "), let space = written.dropFirst().firstIndex(of: " "),
            written[written.index(after: space)...].first.map({ $0.isLetter || $0.isNumber }) == true
        else { return [written] }
        return [String(written[..<space]) + spaces(0...2), spaces(1...6) + written[written.index(after: space)...]]
    }

    private mutating func word(_ text: String, inFlow: Bool) -> String {
        if isPlain(text), !chance(4) { return text }
        if chance(2), text.allSatisfy({ $0 != "\n" }) { return "'" + text.replacing("'", with: "''") + "'" }
        return "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    private func isPlain(_ text: String) -> Bool {
        text.wholeMatch(of: /[A-Za-z0-9_]([A-Za-z0-9_ .%\/*()=<>'+@:-]*[A-Za-z0-9_.%)>])?/) != nil
            && !text.contains(": ") && !text.contains(" #")
    }

    private mutating func flow(_ node: Syntax) -> [String] {
        switch node.content {
        case .text(let text): return scalar(text, inFlow: true)
        case .list(let members): return joined("[", members.map { flow($0) }, "]")
        case .mapping(let entries):
            let written = entries.map { entry in
                let value = flow(entry.value)
                return [word(entry.key, inFlow: true) + spaces(0...1) + ":" + spaces(1...2) + value[0]]
                    + value.dropFirst()
            }
            return joined("{", written, "}")
        }
    }

    private mutating func joined(_ opening: String, _ parts: [[String]], _ closing: String) -> [String] {
        var lines = [opening]
        for (number, part) in parts.enumerated() {
            append(part, to: &lines)
            if number < parts.count - 1 { append([","], to: &lines) }
        }
        append([closing], to: &lines)
        return lines
    }

    /// Behind what is there, or on a line of its own. A text of several lines may not be parted from its end by a comment.
    private mutating func append(_ part: [String], to lines: inout [String]) {
        if chance(9) {
            lines[lines.count - 1] += comment()
            lines.append(spaces(1...5) + part[0])
        } else {
            lines[lines.count - 1] += spaces(0...2) + part[0]
        }
        lines += part.dropFirst().map { " " + $0 }
    }
}

struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
