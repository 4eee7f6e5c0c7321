internal import Findings
internal import Vocabulary

/// A word, value or sign of a condition.
struct Token {
    enum Kind: Equatable {
        case name(String)
        case text(String)
        case number(Number)
        case date(CivilDate)
        case sign(String)
        case end
    }

    var kind: Kind
    /// In UTF-8 bytes.
    var span: Range<Int>

    /// The word in small letters, where it is one.
    var keyword: String? {
        guard case .name(let name) = kind else { return nil }
        return name.lowercased()
    }
}

/// What is wrong with a condition, and where in its text.
struct ConditionProblem: Error, Hashable {
    var complaint: Complaint
    var span: Range<Int>

    init(_ code: FindingCode, _ cause: String, remedy: String, example: String? = nil, at span: Range<Int>) {
        complaint = Complaint(code, cause, remedy: remedy, example: example)
        self.span = span
    }
}

/// Cuts the text of a condition into tokens.
struct ConditionLexer {
    /// The longest condition anybody can still read.
    static let longest = 4000

    private let bytes: [UInt8]
    private var at = 0
    private var tokens: [Token] = []

    static func tokens(of text: String) throws(ConditionProblem) -> [Token] {
        guard text.utf8.count <= longest else {
            throw ConditionProblem(
                .badCondition, "The condition has \(text.utf8.count) characters; \(longest) are the most.",
                remedy: "Split it: name parts of it as activities, or make several rules.", at: 0..<1)
        }
        var lexer = ConditionLexer(bytes: Array(text.utf8))
        while try lexer.token() {}
        return lexer.tokens
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// `false` after the end.
    private mutating func token() throws(ConditionProblem) -> Bool {
        while [32, 9, 10, 13].contains(byte(0)) { at += 1 }
        guard at < bytes.count else {
            tokens.append(Token(kind: .end, span: at..<at))
            return false
        }
        let first = bytes[at]
        if isNameStart(first) {
            name()
        } else if isDigit(first) {
            try number()
        } else if first == UInt8(ascii: "'") || first == UInt8(ascii: "\"") {
            try quotedText(first)
        } else {
            try sign()
        }
        return true
    }

    private mutating func name() {
        let start = at
        while at < bytes.count, isNamePart(bytes[at]) { at += 1 }
        append(.name(String(decoding: bytes[start..<at], as: UTF8.self)), from: start)
    }

    /// `2026-02-09`, `50`, `2.5`, `400k`, `1.5m`.
    private mutating func number() throws(ConditionProblem) {
        let start = at
        while at < bytes.count, isNamePart(bytes[at]) || bytes[at] == UInt8(ascii: ".") { at += 1 }
        let written = String(decoding: bytes[start..<at], as: UTF8.self)
        if let number = Number(agreementText: written) {
            append(.number(number), from: start)
        } else if let date = try? CivilDate(text: written) {
            append(.date(date), from: start)
        } else {
            throw ConditionProblem(
                .badCondition, "\"\(written.prefix(40))\" is neither a number nor a date.",
                remedy: "Write digits, a date as 2026-02-09, or quotes around a text.", at: start..<at)
        }
    }

    /// Between quotes; a quote within is doubled.
    private mutating func quotedText(_ quote: UInt8) throws(ConditionProblem) {
        let start = at
        var content: [UInt8] = []
        at += 1
        while at < bytes.count {
            if bytes[at] == quote {
                guard byte(1) == quote else {
                    at += 1
                    return append(.text(String(decoding: content, as: UTF8.self)), from: start)
                }
                at += 1
            }
            content.append(bytes[at])
            at += 1
        }
        throw ConditionProblem(
            .badCondition, "The quote that opens here is never closed.", remedy: "Close it.", example: "'Closed Won'",
            at: start..<start + 1)
    }

    private mutating func sign() throws(ConditionProblem) {
        let start = at
        let pair = String(decoding: bytes[at..<min(at + 2, bytes.count)], as: UTF8.self)
        if ["<=", ">=", "!=", "<>", "=="].contains(pair) {
            at += 2
            return append(.sign(["<>": "!=", "==": "="][pair] ?? pair), from: start)
        }
        let single = String(decoding: bytes[at..<at + 1], as: UTF8.self)
        guard "()=<>,+-*/".contains(single) else {
            throw ConditionProblem(
                .badCondition, "A condition has no place for the character \"\(single)\".",
                remedy: "Take it out, or put the text it belongs to in quotes.", example: "form = 'R&D?'",
                at: start..<start + 1)
        }
        at += 1
        append(.sign(single), from: start)
    }

    private mutating func append(_ kind: Token.Kind, from start: Int) {
        tokens.append(Token(kind: kind, span: start..<at))
    }

    /// 0 past the end.
    private func byte(_ offset: Int) -> UInt8 { at + offset < bytes.count ? bytes[at + offset] : 0 }
    private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}

extension Number {
    /// Reads `50`, `-20`, `2.5`, `400k`, `1.5m`; `nil` for anything else, and where it does not fit.
    init?(agreementText text: String) {
        var digits = Substring(text)
        var power = 0
        if let last = digits.last, last == "k" || last == "m" {
            power = last == "k" ? 3 : 6
            digits.removeLast()
        }
        let isNegative = digits.first == "-"
        if isNegative { digits.removeFirst() }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count),
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } })
        else { return nil }
        let decimals = parts.count == 2 ? parts[1].count : 0
        guard decimals <= 15, var mantissa = Int64(parts.joined()) else { return nil }
        for _ in 0..<max(0, power - decimals) {
            let (product, overflow) = mantissa.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            mantissa = product
        }
        self.init(mantissa: isNegative ? -mantissa : mantissa, scale: UInt8(max(0, decimals - power)))
    }
}
