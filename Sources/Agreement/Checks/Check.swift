internal import Findings
internal import Vocabulary

/// A question asked of every agreement that can be read. Each is declared in a file of its own and listed in `Checks.swift`.
struct Check: Sendable {
    let code: FindingCode
    /// For `docs/findings.md`: what it finds, in one or two sentences.
    let finds: String
    let run: @Sendable (CheckedAgreement) -> [Concern]

    init(
        _ name: String, _ level: Finding.Level, finds: String,
        _ run: @escaping @Sendable (CheckedAgreement) -> [Concern]
    ) {
        (self.code, self.finds, self.run) = (FindingCode(name, level), finds, run)
    }
}

/// What a check looks at.
struct CheckedAgreement: Sendable {
    let agreement: Agreement
    /// The local date in the company's zone.
    let today: CivilDate
    let circumstances: Circumstances
}

/// What a check has found, and where.
struct Concern {
    let place: Place
    /// Part of a condition, in UTF-8 bytes of its text; `nil`: all that stands at the place.
    let span: Range<Int>?
    let cause: String
    let remedy: String
    let example: String?
    let related: [Place]

    init(
        at place: Place, span: Range<Int>? = nil, _ cause: String, remedy: String, example: String? = nil,
        related: [Place] = []
    ) {
        (self.place, self.span, self.cause, self.remedy) = (place, span, cause, remedy)
        (self.example, self.related) = (example, related)
    }
}

extension Concern {
    func finding(_ code: FindingCode, in text: SourceText) -> Finding {
        let complaint = Complaint(code, cause, remedy: remedy, example: example)
        let value = WrittenValue(at: place, in: text)
        let (column, length) = value.part(span)
        return text.finding(
            complaint, line: place.line, column: column, length: length, related: related.filter { $0 != place })
    }
}

/// A value as it stands in its line, for underlining.
private struct WrittenValue {
    private let column: Int
    private let characters: [Character]

    init(at place: Place, in text: SourceText) {
        column = place.column
        characters = Array(text.line(place.line).dropFirst(place.column - 1))
    }

    /// Where a part of the text stands, and how many characters of the line it has.
    func part(_ span: Range<Int>?) -> (column: Int, length: Int) {
        guard let span else { return (column, length) }
        let quote = characters.first == "\"" || characters.first == "'" ? 1 : 0
        let bytes = Array(String(characters.dropFirst(quote)).utf8)
        guard span.upperBound <= bytes.count, quote + bytes.count > span.lowerBound else { return (column, length) }
        let before = String(decoding: bytes[..<span.lowerBound], as: UTF8.self).count
        let meant = String(decoding: bytes[span], as: UTF8.self).count
        return (column + quote + before, max(1, meant))
    }

    /// Through the closing quote or bracket; without one, until a comma, a bracket that closes, or a comment.
    private var length: Int {
        guard let first = characters.first else { return 1 }
        if first == "\"" || first == "'" {
            return 1 + (characters.dropFirst().firstIndex(of: first) ?? characters.count - 1)
        }
        var depth = 0
        for (index, character) in characters.enumerated() {
            if "([{".contains(character) { depth += 1 }
            if ")]}".contains(character) { depth -= 1 }
            if depth < 0 || (depth == 0 && character == ",") { return max(1, index) }
            if depth == 0, "]}".contains(character) { return index + 1 }
            if character == "#", index > 0, characters[index - 1] == " " { return trimmed(index) }
        }
        return trimmed(characters.count)
    }

    private func trimmed(_ end: Int) -> Int {
        max(1, characters[..<end].lastIndex { $0 != " " }.map { $0 + 1 } ?? 1)
    }
}
