internal import Findings
internal import Vocabulary

extension AgreementReader {
    mutating func condition(_ syntax: Syntax, _ scope: ConditionScope) -> Condition? {
        guard let written = plainText(syntax, "a condition") else { return nil }
        return checked(ConditionCheck.condition(written, scope, names), syntax, written)
    }

    mutating func happening(_ syntax: Syntax) -> Happening? {
        guard let written = plainText(syntax, "what happens") else { return nil }
        return checked(ConditionCheck.happening(written, names), syntax, written)
    }

    mutating func term(_ syntax: Syntax, _ scope: ConditionScope) -> Term? {
        guard let written = plainText(syntax, "a value") else { return nil }
        return checked(ConditionCheck.term(written, scope, names), syntax, written)
    }

    /// Notes the problems of a text that begins `offset` bytes into the scalar.
    mutating func checked<Value>(
        _ reading: ConditionReading<Value>, _ syntax: Syntax, _ written: String, offset: Int = 0
    ) -> Value? {
        for problem in reading.problems {
            let span = problem.span.lowerBound + offset..<problem.span.upperBound + offset
            note(problem.complaint, at: span, of: written, syntax)
        }
        return reading.value
    }

    /// A finding within a scalar. Where the text stands in the file as it is read, the place is exact; a text with escapes or
    /// over several lines is underlined as a whole.
    private mutating func note(_ complaint: Complaint, at span: Range<Int>, of written: String, _ syntax: Syntax) {
        guard let start = column(of: written, syntax) else {
            note(complaint, line: syntax.line, column: syntax.column, length: syntax.length)
            return
        }
        let (before, meant) = (characters(written, 0..<span.lowerBound), characters(written, span))
        note(complaint, line: syntax.line, column: start + before, length: max(1, meant))
    }

    private func characters(_ text: String, _ span: Range<Int>) -> Int {
        let bytes = Array(text.utf8)
        let (low, high) = (min(span.lowerBound, bytes.count), min(span.upperBound, bytes.count))
        return String(decoding: bytes[low..<high], as: UTF8.self).count
    }

    /// The column at which the text itself begins, behind a quote where there is one.
    private func column(of written: String, _ syntax: Syntax) -> Int? {
        let rest = text.line(syntax.line).dropFirst(syntax.column - 1)
        if rest.hasPrefix(written) { return syntax.column }
        let isQuoted = rest.first == "\"" || rest.first == "'"
        return isQuoted && rest.dropFirst().hasPrefix(written) ? syntax.column + 1 : nil
    }
}
