internal import Findings
internal import Vocabulary

// The grammar, keywords in any case:
//
//     any         all { OR all }
//     all         unary { AND unary }
//     unary       NOT unary | test
//     test        sum [ = sum | BETWEEN sum AND sum | IN ( list ) | IN PERIOD | MATCHES text | IS [NOT] KNOWN | IS FREE_MAIL ]
//               | happening [AT LEAST n TIMES] [WITHIN duration] | name MISSED
//     sum         product { + product | - product }
//     product     atom { * atom | / atom }
//     atom        ( any ) | number [unit | currency] | date | 'text' | YES | NO | TIME SINCE name | TIME IN name | name
//     happening   EVENT = 'name' [WHERE unary] | PAGE [WHERE unary] | TOUCH [WHERE unary] | MEETING HELD | DEAL WON | …
//
// Where only a happening is wanted, in `activities`, `where` goes on as far as `and` does, and `or` parts happenings.

/// Turns tokens into syntax. Stops at the first thing it does not understand.
struct ConditionParser {
    /// Nesting beyond this is refused, so that no text can take the stack.
    static let deepest = 48

    private let tokens: [Token]
    private var at = 0
    private var depth = 0
    /// Within `where`: names are properties of the fact and nothing else.
    private var isWithinWhere = false
    private let isDefinition: Bool

    static func condition(_ text: String) throws(ConditionProblem) -> ConditionSyntax {
        var parser = ConditionParser(tokens: try ConditionLexer.tokens(of: text), isDefinition: false)
        let condition = try parser.any()
        try parser.expectEnd()
        return condition
    }

    /// A value alone: `amount`.
    static func term(_ text: String) throws(ConditionProblem) -> ConditionSyntax {
        var parser = ConditionParser(tokens: try ConditionLexer.tokens(of: text), isDefinition: false)
        let term = try parser.sum()
        try parser.expectEnd()
        return term
    }

    /// What `activities` says of a name: happenings with `or` between.
    static func happenings(_ text: String) throws(ConditionProblem) -> [HappeningSyntax] {
        var parser = ConditionParser(tokens: try ConditionLexer.tokens(of: text), isDefinition: true)
        var parts: [HappeningSyntax] = []
        repeat {
            guard let part = try parser.happening() else { throw parser.unexpected("something that happens") }
            parts.append(part)
        } while parser.skip("or")
        try parser.expectEnd()
        return parts
    }

    private init(tokens: [Token], isDefinition: Bool) {
        (self.tokens, self.isDefinition) = (tokens, isDefinition)
    }
}

// And, or, not.

extension ConditionParser {
    private mutating func any() throws(ConditionProblem) -> ConditionSyntax {
        let start = next.span.lowerBound
        var parts = [try all()]
        while skip("or") { parts.append(try all()) }
        return parts.count == 1 ? parts[0] : syntax(.any(parts), from: start)
    }

    private mutating func all() throws(ConditionProblem) -> ConditionSyntax {
        let start = next.span.lowerBound
        var parts = [try unary()]
        while skip("and") { parts.append(try unary()) }
        return parts.count == 1 ? parts[0] : syntax(.all(parts), from: start)
    }

    private mutating func unary() throws(ConditionProblem) -> ConditionSyntax {
        let start = next.span.lowerBound
        guard skip("not") else { return try test() }
        try deeper()
        defer { depth -= 1 }
        let inner = try unary()
        return syntax(.not(inner), from: start)
    }

    private mutating func deeper() throws(ConditionProblem) {
        depth += 1
        guard depth <= ConditionParser.deepest else {
            throw ConditionProblem(
                .badCondition, "The condition is nested more than \(ConditionParser.deepest) levels deep.",
                remedy: "Write it in parts that can be read.", at: next.span)
        }
    }
}

// One test.

extension ConditionParser {
    private mutating func test() throws(ConditionProblem) -> ConditionSyntax {
        let start = next.span.lowerBound
        if let phrase = try accountOrDealState() { return phrase }
        if !isWithinWhere, let happening = try happening() { return try counted(happening, from: start) }
        if skip("always") { return syntax(.always, from: start) }
        return try tested(try sum(), from: start)
    }

    private mutating func tested(
        _ left: ConditionSyntax, from start: Int
    ) throws(ConditionProblem) -> ConditionSyntax {
        if case .sign(let sign) = next.kind, let comparison = Comparison(rawValue: sign) {
            at += 1
            let right = try sum()
            return syntax(.compares(left, comparison, right), from: start)
        }
        switch next.keyword {
        case "between": return try between(left, from: start)
        case "in": return try membership(left, from: start)
        case "not" where peek(1).keyword == "in": return try notIn(left, from: start)
        case "matches": return try matches(left, from: start)
        case "is": return try state(left, from: start)
        default: return try namedAlone(left, from: start)
        }
    }

    private mutating func between(
        _ left: ConditionSyntax, from start: Int
    ) throws(ConditionProblem) -> ConditionSyntax {
        at += 1
        let low = try sum()
        guard skip("and") else { throw unexpected("\"and\" and the upper end of between") }
        let high = try sum()
        return syntax(.between(left, low, high), from: start)
    }

    private mutating func membership(
        _ left: ConditionSyntax, from start: Int
    ) throws(ConditionProblem) -> ConditionSyntax {
        at += 1
        if skip("period") { return syntax(.inPeriod(left), from: start) }
        guard skipSign("(") else { throw unexpected("a list in parentheses, or \"period\"") }
        var values = [try sum()]
        while skipSign(",") { values.append(try sum()) }
        guard skipSign(")") else { throw unexpected("a comma or a closing parenthesis") }
        return syntax(.isOneOf(left, values), from: start)
    }

    private mutating func notIn(_ left: ConditionSyntax, from start: Int) throws(ConditionProblem) -> ConditionSyntax {
        at += 1
        let inner = try membership(left, from: start)
        return syntax(.not(inner), from: start)
    }

    private mutating func matches(
        _ left: ConditionSyntax, from start: Int
    ) throws(ConditionProblem) -> ConditionSyntax {
        at += 1
        let pattern = try text("a pattern in quotes, such as '/pricing*'")
        return syntax(.matches(left, pattern: pattern), from: start)
    }

    private mutating func state(
        _ left: ConditionSyntax, from start: Int
    ) throws(ConditionProblem) -> ConditionSyntax {
        at += 1
        let isNegated = skip("not")
        let node: ConditionSyntax.Node
        if skip("known") {
            node = .isKnown(left)
        } else if skip("free_mail") {
            node = .isFreeMail(left)
        } else if !isNegated, skip("unknown") {
            return syntax(.not(syntax(.isKnown(left), from: start)), from: start)
        } else {
            throw unexpected("\"known\" or \"free_mail\"")
        }
        return isNegated ? syntax(.not(syntax(node, from: start)), from: start) : syntax(node, from: start)
    }

    /// `qualify missed`, `pricing_visit at least 3 times within 14 days`, `demo_request`.
    private mutating func namedAlone(
        _ left: ConditionSyntax, from start: Int
    ) throws(ConditionProblem) -> ConditionSyntax {
        guard case .name(let name) = left.node else { return left }
        if skip("missed") { return syntax(.missed(name), from: start) }
        guard next.keyword == "at" || next.keyword == "within" else { return left }
        let happening = HappeningSyntax(node: .activity(name), span: left.span, nameSpan: left.span)
        return try counted(happening, from: start)
    }

    private mutating func counted(
        _ happening: HappeningSyntax, from start: Int
    ) throws(ConditionProblem) -> ConditionSyntax {
        var count = 1
        if skip("at") {
            guard skip("least") else { throw unexpected("\"least\"") }
            count = try wholeNumber()
            guard skip("times") || skip("time") else { throw unexpected("\"times\"") }
        }
        let window = skip("within") ? try duration() : nil
        return syntax(.happened(happening, atLeast: count, within: window), from: start)
    }
}

// Values.

extension ConditionParser {
    private mutating func sum() throws(ConditionProblem) -> ConditionSyntax {
        try chain(of: ["+": .plus, "-": .minus]) { parser throws(ConditionProblem) in try parser.product() }
    }

    private mutating func product() throws(ConditionProblem) -> ConditionSyntax {
        try chain(of: ["*": .times, "/": .over]) { parser throws(ConditionProblem) in try parser.atom() }
    }

    /// Left to right. Each link makes the tree a level deeper.
    private mutating func chain(
        of operations: [String: Arithmetic],
        _ operand: (inout ConditionParser) throws(ConditionProblem) -> ConditionSyntax
    ) throws(ConditionProblem) -> ConditionSyntax {
        let (start, outer) = (next.span.lowerBound, depth)
        defer { depth = outer }
        var left = try operand(&self)
        while case .sign(let sign) = next.kind, let operation = operations[sign] {
            at += 1
            try deeper()
            let right = try operand(&self)
            left = syntax(.arithmetic(left, operation, right), from: start)
        }
        return left
    }

    private mutating func atom() throws(ConditionProblem) -> ConditionSyntax {
        let token = next
        at += 1
        switch token.kind {
        case .sign("("): return try parenthesised()
        case .sign("-"):
            guard case .number(let number) = next.kind else { throw unexpected("a number behind the minus") }
            at += 1
            return try quantity(Number(mantissa: -number.mantissa, scale: number.scale), from: token.span.lowerBound)
        case .number(let number): return try quantity(number, from: token.span.lowerBound)
        case .text(let text): return ConditionSyntax(node: .literal(.text(text)), span: token.span)
        case .date(let date): return ConditionSyntax(node: .literal(.date(date)), span: token.span)
        case .name(let name): return try named(name, token)
        case .sign, .end:
            at -= 1
            throw unexpected("a name or a value")
        }
    }

    private mutating func parenthesised() throws(ConditionProblem) -> ConditionSyntax {
        try deeper()
        defer { depth -= 1 }
        let inner = try any()
        guard skipSign(")") else { throw unexpected("a closing parenthesis") }
        return inner
    }

    private mutating func named(_ name: String, _ token: Token) throws(ConditionProblem) -> ConditionSyntax {
        switch name.lowercased() {
        case "yes", "true": return ConditionSyntax(node: .literal(.yesNo(true)), span: token.span)
        case "no" where !isAmongValues, "false": return ConditionSyntax(node: .literal(.yesNo(false)), span: token.span)
        case "time" where peek(0).keyword == "since" || peek(0).keyword == "in": return try time(token)
        case let word
        where conditionKeywords.contains(word) && word != "no" && word != "at" && word != "in"
            && word != "is":
            at -= 1
            throw unexpected("a name or a value")
        default: return ConditionSyntax(node: .name(name), span: token.span)
        }
    }

    /// `NO`, `AT`, `IN` and `IS` are countries too, wherever a value is expected behind a bracket, a comma or a sign.
    private var isAmongValues: Bool {
        guard at >= 2, case .sign = tokens[at - 2].kind else { return false }
        return true
    }

    private mutating func time(_ token: Token) throws(ConditionProblem) -> ConditionSyntax {
        let isSince = next.keyword == "since"
        at += 1
        let name = try self.name(isSince ? "an activity" : "a stage").text
        return syntax(isSince ? .timeSince(name) : .timeIn(name), from: token.span.lowerBound)
    }

    /// A number with its unit or currency, if it has one.
    private mutating func quantity(_ number: Number, from start: Int) throws(ConditionProblem) -> ConditionSyntax {
        guard case .name(let word) = next.kind else { return syntax(.literal(.number(number)), from: start) }
        if let currency = Currency(code: word) {
            at += 1
            let money = try money(number, currency, from: start)
            return syntax(.literal(.money(money)), from: start)
        }
        guard isUnit(word) else { return syntax(.literal(.number(number)), from: start) }
        let budget = try budget(number, from: start)
        return syntax(.literal(.duration(budget)), from: start)
    }

    private func isUnit(_ word: String) -> Bool {
        word.lowercased() == "business" || Budget.unitNames.contains(word.lowercased())
    }

    private func money(
        _ number: Number, _ currency: Currency, from start: Int
    ) throws(ConditionProblem) -> Money {
        do {
            return try Money(number, currency)
        } catch {
            throw ConditionProblem(
                .badCondition, "\(number) \(currency) is no amount: \(currency) has \(currency.exponent) decimals.",
                remedy: "Write an amount that exists.", example: "400k EUR", at: start..<next.span.lowerBound)
        }
    }
}

// What happens.

extension ConditionParser {
    /// `nil`, and nothing read, where no happening other than a named activity begins here.
    private mutating func happening() throws(ConditionProblem) -> HappeningSyntax? {
        let (start, second) = (next.span, peek(1))
        switch next.keyword {
        case "event": return try event()
        case "page" where !isValue(second): return try filtered(start) { .page(where: $0) }
        case "touch" where !isValue(second): return try filtered(start) { .touch(where: $0) }
        case "meeting":
            guard let change = second.keyword.flatMap(MeetingChange.init) else { return nil }
            at += 2
            return happening(.meeting(change), from: start)
        case "consent": return try consent()
        case "deal": return try deal()
        case let word?:
            guard let verdict = VerdictWord(rawValue: word), !isValue(second) else { return nil }
            return try self.verdict(verdict)
        case nil: return nil
        }
    }

    /// Whether what follows a name makes it a value.
    private func isValue(_ token: Token) -> Bool {
        switch token.kind {
        case .sign(let sign): sign != ")" && sign != "("
        case .name(let name): ["between", "in", "matches", "is"].contains(name.lowercased())
        default: false
        }
    }

    private mutating func event() throws(ConditionProblem) -> HappeningSyntax? {
        let start = next.span
        let test: NameTest
        switch peek(1).kind {
        case .sign("="):
            at += 2
            test = .named([try text("the event's name in quotes")])
        case .name(let word) where word.lowercased() == "in":
            at += 2
            test = .named(try texts())
        case .name(let word) where word.lowercased() == "matches":
            at += 2
            test = .matching(try text("a pattern in quotes"))
        default: return nil
        }
        let condition = try filter()
        return happening(.event(test, where: condition), from: start)
    }

    private mutating func texts() throws(ConditionProblem) -> [String] {
        guard skipSign("(") else { throw unexpected("a list in parentheses") }
        var texts = [try text("a name in quotes")]
        while skipSign(",") { texts.append(try text("a name in quotes")) }
        guard skipSign(")") else { throw unexpected("a comma or a closing parenthesis") }
        return texts
    }

    private mutating func filtered(
        _ start: Range<Int>, _ node: (ConditionSyntax?) -> HappeningSyntax.Node
    ) throws(ConditionProblem) -> HappeningSyntax {
        at += 1
        let condition = try filter()
        return happening(node(condition), from: start)
    }

    private mutating func filter() throws(ConditionProblem) -> ConditionSyntax? {
        guard skip("where") else { return nil }
        try deeper()
        isWithinWhere = true
        defer {
            isWithinWhere = false
            depth -= 1
        }
        return isDefinition ? try all() : try unary()
    }

    private mutating func consent() throws(ConditionProblem) -> HappeningSyntax? {
        let start = next.span
        guard let change = peek(1).keyword.flatMap(ConsentChange.init) else { return nil }
        at += 2
        guard skip("for") else { throw unexpected("\"for\" and a purpose") }
        let purpose = try name("a purpose")
        return happening(.consent(change, purpose: purpose.text), from: start, name: purpose.span)
    }

    private mutating func deal() throws(ConditionProblem) -> HappeningSyntax? {
        let start = next.span
        let changes: [String: DealChange] = ["opened": .opened, "won": .won, "lost": .lost, "reopened": .reopened]
        if let change = peek(1).keyword.flatMap({ changes[$0] }) {
            at += 2
            return happening(.deal(change), from: start)
        }
        guard peek(1).keyword == "enters" else { return nil }
        at += 2
        let stage = try name("a stage of the CRM")
        return happening(.deal(.enters(stage.text)), from: start, name: stage.span)
    }

    private mutating func verdict(_ word: VerdictWord) throws(ConditionProblem) -> HappeningSyntax {
        let start = next.span
        at += 1
        guard next.keyword == "at", peek(1).keyword != "least" else {
            return happening(.verdict(word, at: nil), from: start)
        }
        at += 1
        let stage = try name("a stage")
        return happening(.verdict(word, at: stage.text), from: start, name: stage.span)
    }

    private func happening(
        _ node: HappeningSyntax.Node, from start: Range<Int>, name: Range<Int>? = nil
    ) -> HappeningSyntax {
        let span = start.lowerBound..<max(start.upperBound, lastEnd)
        return HappeningSyntax(node: node, span: span, nameSpan: name ?? span)
    }

    /// `account in targets`, `account has open deal above 100k EUR`, `account has open hand_over`, `deal is open`.
    private mutating func accountOrDealState() throws(ConditionProblem) -> ConditionSyntax? {
        let start = next.span.lowerBound
        guard !isWithinWhere else { return nil }
        if words("deal", "is", "open") { return syntax(.dealIsOpen, from: start) }
        if words("account", "in", "targets") { return syntax(.accountInTargets, from: start) }
        if words("account", "has", "open", "hand_over") { return syntax(.accountHasOpenHandOver, from: start) }
        guard words("account", "has", "open", "deal") else {
            guard next.keyword == "account" else { return nil }
            if peek(1).keyword == "in" { at += 2 } else { at += 1 }
            throw unexpected("\"in targets\", \"has open deal\" or \"has open hand_over\" behind \"account\"")
        }
        var above: Money?
        if skip("above") {
            let amount = try atom()
            guard case .literal(.money(let money)) = amount.node else {
                throw ConditionProblem(
                    .typeMismatch, "\"above\" needs an amount of money with its currency.", remedy: "Add the currency.",
                    example: "account has open deal above 100k EUR", at: amount.span)
            }
            above = money
        }
        return syntax(.accountHasOpenDeal(above: above), from: start)
    }
}

// Tokens.

extension ConditionParser {
    private var next: Token { tokens[min(at, tokens.count - 1)] }
    private var lastEnd: Int { at > 0 ? tokens[min(at, tokens.count) - 1].span.upperBound : 0 }

    private func peek(_ offset: Int) -> Token { tokens[min(at + offset, tokens.count - 1)] }

    private func syntax(_ node: ConditionSyntax.Node, from start: Int) -> ConditionSyntax {
        ConditionSyntax(node: node, span: start..<max(start, lastEnd))
    }

    private mutating func skip(_ keyword: String) -> Bool {
        guard next.keyword == keyword else { return false }
        at += 1
        return true
    }

    private mutating func skipSign(_ sign: String) -> Bool {
        guard next.kind == .sign(sign) else { return false }
        at += 1
        return true
    }

    /// All of these words, or none is read.
    private mutating func words(_ words: String...) -> Bool {
        guard words.indices.allSatisfy({ peek($0).keyword == words[$0] }) else { return false }
        at += words.count
        return true
    }

    private mutating func text(_ what: String) throws(ConditionProblem) -> String {
        guard case .text(let text) = next.kind else { throw unexpected(what) }
        at += 1
        return text
    }

    /// A name, plain or in quotes.
    private mutating func name(_ what: String) throws(ConditionProblem) -> (text: String, span: Range<Int>) {
        let token = next
        switch token.kind {
        case .name(let name), .text(let name):
            at += 1
            return (name, token.span)
        default: throw unexpected("the name of \(what)")
        }
    }

    private mutating func wholeNumber() throws(ConditionProblem) -> Int {
        guard case .number(let number) = next.kind, number.scale == 0, (1...1_000_000) ~= number.mantissa else {
            throw unexpected("a whole number from 1 on")
        }
        at += 1
        return Int(number.mantissa)
    }

    private mutating func duration() throws(ConditionProblem) -> Budget {
        let start = next.span.lowerBound
        guard case .number(let number) = next.kind else { throw unexpected("a duration, such as 14 days") }
        at += 1
        return try budget(number, from: start)
    }

    /// The unit behind a number. Business time belongs to a calendar, and a condition has none.
    private mutating func budget(_ number: Number, from start: Int) throws(ConditionProblem) -> Budget {
        var words = [number.description]
        if next.keyword == "business" {
            words.append("business")
            at += 1
        }
        guard let unit = next.keyword else { throw unexpected("a unit of time") }
        at += 1
        let span = start..<lastEnd
        do {
            let budget = try Budget(text: (words + [unit]).joined(separator: " "))
            guard !budget.isBusiness else {
                throw ConditionProblem(
                    .badDuration, "Conditions count physical time, since they belong to no calendar.",
                    remedy: "Write days or hours without \"business\".", example: "within 14 days", at: span)
            }
            return budget
        } catch let problem as ConditionProblem {
            throw problem
        } catch let error as BudgetTextError {
            throw ConditionProblem(
                .badDuration, "This is not a duration: \(error).", remedy: "Say a whole number and a unit.",
                example: "within 14 days", at: span)
        } catch {
            throw unexpected("a duration")
        }
    }

    private func expectEnd() throws(ConditionProblem) {
        guard next.kind == .end else { throw unexpected("\"and\", \"or\", or the end of the condition") }
    }

    private func unexpected(_ expected: String) -> ConditionProblem {
        let found: String
        switch next.kind {
        case .end: found = "the condition ends"
        case .name(let name): found = "\"\(name.prefix(40))\" stands"
        case .text(let text): found = "'\(text.prefix(40))' stands"
        case .number(let number): found = "\(number) stands"
        case .date(let date): found = "\(date) stands"
        case .sign(let sign): found = "\"\(sign)\" stands"
        }
        return ConditionProblem(
            .badCondition, "Here should come \(expected), but \(found).",
            remedy: "Complete it, or take out what is too much.", example: "engagement >= 50 and grade in (A, B)",
            at: next.span)
    }
}
