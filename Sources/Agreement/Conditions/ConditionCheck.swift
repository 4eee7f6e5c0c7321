internal import Findings
internal import Vocabulary

// From syntax to a condition: every name is found, every comparison has two sides of one kind, nothing is true or false
// whatever the facts are. All problems of a condition are collected, not the first alone.

/// A checked condition, or what is wrong with it.
struct ConditionReading<Value> {
    /// `nil` exactly when there is a problem.
    var value: Value?
    var problems: [ConditionProblem]
}

struct ConditionCheck {
    private let names: ConditionNames
    private let scope: ConditionScope
    private let terms: [(name: String, node: Term.Node, type: ValueType)]
    /// Within `where` of this happening.
    private var properties: [(name: String, type: ValueType)]?
    private var problems: [ConditionProblem] = []

    static func condition(
        _ text: String, _ scope: ConditionScope, _ names: ConditionNames
    ) -> ConditionReading<Condition> {
        reading(scope, names) { check throws(ConditionProblem) in
            check.condition(try ConditionParser.condition(text))
        }
    }

    static func term(_ text: String, _ scope: ConditionScope, _ names: ConditionNames) -> ConditionReading<Term> {
        reading(scope, names) { check throws(ConditionProblem) in check.term(try ConditionParser.term(text)) }
    }

    /// What an activity means. Activities are not defined by one another.
    static func happening(_ text: String, _ names: ConditionNames) -> ConditionReading<Happening> {
        reading(.person, names) { check throws(ConditionProblem) in
            let parts = try ConditionParser.happenings(text)
            let checked = parts.map { check.happening($0) }
            let whole = checked.compactMap { $0 }
            guard whole.count == parts.count else { return nil }
            return whole.count == 1 ? whole[0] : Happening(.any(whole), span: 0..<text.utf8.count)
        }
    }

    private static func reading<Value>(
        _ scope: ConditionScope, _ names: ConditionNames,
        _ read: (inout ConditionCheck) throws(ConditionProblem) -> Value?
    ) -> ConditionReading<Value> {
        var check = ConditionCheck(scope, names)
        do throws(ConditionProblem) {
            let value = try read(&check)
            return ConditionReading(value: check.problems.isEmpty ? value : nil, problems: check.problems)
        } catch {
            return ConditionReading(value: nil, problems: [error])
        }
    }

    private init(_ scope: ConditionScope, _ names: ConditionNames) {
        (self.scope, self.names) = (scope, names)
        terms = names.terms(in: scope)
    }
}

// Conditions.

extension ConditionCheck {
    private mutating func condition(_ syntax: ConditionSyntax) -> Condition? {
        node(syntax).map { Condition($0, span: syntax.span) }
    }

    private mutating func node(_ syntax: ConditionSyntax) -> Condition.Node? {
        switch syntax.node {
        case .always: .always
        case .not(let inner): condition(inner).map { .not($0) }
        case .all(let parts): joined(parts, isAll: true)
        case .any(let parts): joined(parts, isAll: false)
        case .compares(let left, let comparison, let right): comparing(left, comparison, right, syntax.span)
        case .between(let term, let low, let high): between(term, low, high, syntax.span)
        case .isOneOf(let term, let values): oneOf(term, values)
        case .matches(let term, let pattern): matching(term, pattern)
        case .isKnown(let term): named(term, "is known").map { .isKnown($0) }
        case .isFreeMail(let term): freeMail(term)
        case .inPeriod(let term): inPeriod(term)
        case .happened(let happening, let count, let window): happened(happening, count, window, syntax.span)
        case .accountInTargets: aboutAccount(.accountInTargets, syntax.span)
        case .accountHasOpenDeal(let above): aboutAccount(.accountHasOpenDeal(above: above), syntax.span)
        case .accountHasOpenHandOver: aboutAccount(.accountHasOpenHandOver, syntax.span)
        case .dealIsOpen: dealIsOpen(syntax.span)
        case .missed(let name): missed(name, syntax.span)
        case .name(let name): alone(name, syntax)
        case .literal, .arithmetic, .timeSince, .timeIn: valueAlone(syntax)
        }
    }

    /// `a and (b and c)` is `a and b and c`.
    private mutating func joined(_ parts: [ConditionSyntax], isAll: Bool) -> Condition.Node? {
        let checked = parts.map { condition($0) }
        let whole = checked.compactMap { $0 }
        guard whole.count == parts.count else { return nil }
        let flat = whole.flatMap { part -> [Condition] in
            switch part.node {
            case .all(let inner) where isAll: inner
            case .any(let inner) where !isAll: inner
            default: [part]
            }
        }
        return isAll ? .all(flat) : .any(flat)
    }

    private mutating func comparing(
        _ left: ConditionSyntax, _ comparison: Comparison, _ right: ConditionSyntax, _ span: Range<Int>
    ) -> Condition.Node? {
        guard let (left, right) = pair(left, right) else { return nil }
        if left.isConstant, right.isConstant || left == right {
            return impossible("Both sides are fixed, so this is always the same.", span)
        }
        if left == right { return impossible("Both sides are the same, so this is always the same.", span) }
        if comparison != .equal, comparison != .notEqual,
            let type = [left.type, right.type].first(where: { !$0.isOrdered })
        {
            return mismatch("\(type.words.sentence) is not more or less than another.", "Compare with = or !=.", span)
        }
        return .compares(left, comparison, right)
    }

    private mutating func between(
        _ term: ConditionSyntax, _ low: ConditionSyntax, _ high: ConditionSyntax, _ span: Range<Int>
    ) -> Condition.Node? {
        guard let term = self.term(term), let low = fitting(low, term), let high = fitting(high, term) else {
            return nil
        }
        let type = term.type == .undeclared ? low.type : term.type
        guard type.isOrdered else {
            return mismatch("\(type.words.sentence) lies between nothing.", "Compare with = or in (…).", span)
        }
        if term.isConstant { return impossible("A fixed value is always the same.", span) }
        if let a = low.order, let b = high.order, a > b {
            return impossible("Nothing lies between \(low.text) and \(high.text): the lower end comes first.", span)
        }
        return .between(term, low, high)
    }

    private mutating func oneOf(_ term: ConditionSyntax, _ values: [ConditionSyntax]) -> Condition.Node? {
        guard let leading = self.term(term) else { return nil }
        if leading.isConstant { return impossible("A fixed value is always the same.", term.span) }
        var literals: [Literal] = []
        for value in values {
            guard let fitted = fitting(value, leading) else { continue }
            if case .literal(let literal) = fitted.node {
                literals.append(literal)
            } else {
                complain(.typeMismatch, "A list holds fixed values only.", "Compare with = instead.", value.span)
            }
        }
        return literals.count == values.count ? .isOneOf(leading, literals) : nil
    }

    private mutating func matching(_ term: ConditionSyntax, _ pattern: String) -> Condition.Node? {
        guard let found = self.term(term) else { return nil }
        guard [.text, .email, .undeclared].contains(found.type), !found.isConstant else {
            return mismatch(
                "Only texts can match a pattern; this is \(found.type.words).", "Compare with = or in (…).", term.span)
        }
        return .matches(found, pattern: pattern)
    }

    private mutating func freeMail(_ term: ConditionSyntax) -> Condition.Node? {
        guard let found = named(term, "is free_mail") else { return nil }
        guard [.email, .undeclared].contains(found.type) else {
            return mismatch("\(found.text) is no mail address.", "Ask this of a field of type email.", term.span)
        }
        return .isFreeMail(found)
    }

    private mutating func inPeriod(_ term: ConditionSyntax) -> Condition.Node? {
        guard let found = named(term, "in period") else { return nil }
        guard scope == .deal, found.type == .date else {
            return mismatch(
                "Only a date of a deal lies in the period of a report.", "Write close_date in period.", term.span)
        }
        return .inPeriod(found)
    }

    private mutating func aboutAccount(_ node: Condition.Node, _ span: Range<Int>) -> Condition.Node? {
        guard !scope.isAboutDeals else {
            return mismatch("A condition about \(scope.words) knows no account terms.", "Ask about the deal.", span)
        }
        return node
    }

    private mutating func dealIsOpen(_ span: Range<Int>) -> Condition.Node? {
        guard scope == .deal else {
            return mismatch(
                "A condition about \(scope.words) is about no single deal.", "Write account has open deal.", span)
        }
        return .dealIsOpen
    }

    private mutating func missed(_ name: String, _ span: Range<Int>) -> Condition.Node? {
        guard scope == .person else {
            return mismatch("A condition about \(scope.words) knows no promises.", "Take it out.", span)
        }
        guard let promise = PromiseName(rawValue: name) else {
            complain(
                .unknownName, "There is no promise \"\(name)\" that could be missed.",
                suggestion(name, among: names.promises, otherwise: "Promises are \(names.promises.words)."), span)
            return nil
        }
        return .missed(promise)
    }

    /// A name alone is an activity that happened, or a field of yes and no.
    private mutating func alone(_ name: String, _ syntax: ConditionSyntax) -> Condition.Node? {
        if properties == nil, scope == .person, names.activities.contains(name) {
            return .happened(Happening(.activity(name), span: syntax.span), atLeast: 1, within: nil)
        }
        return valueAlone(syntax)
    }

    private mutating func valueAlone(_ syntax: ConditionSyntax) -> Condition.Node? {
        guard let term = term(syntax, orActivity: true) else { return nil }
        if case .literal = term.node { return impossible("A fixed value is always the same.", syntax.span) }
        guard term.type == .yesNo || term.type == .undeclared else {
            return mismatch(
                "\(term.text) is \(term.type.words), not something that holds or does not.",
                "Compare it with something.", syntax.span, example: term.type.example(term.text))
        }
        return .isTrue(term)
    }

    private mutating func happened(
        _ syntax: HappeningSyntax, _ count: Int, _ window: Budget?, _ span: Range<Int>
    ) -> Condition.Node? {
        guard scope == .person, properties == nil else {
            return mismatch(
                "A condition about \(scope.words) does not know what happened.",
                "Ask this where people are judged: stages, detours, alerts.", span)
        }
        return happening(syntax).map { .happened($0, atLeast: count, within: window) }
    }
}

// Happenings.

extension ConditionCheck {
    private mutating func happening(_ syntax: HappeningSyntax) -> Happening? {
        happeningNode(syntax).map { Happening($0, span: syntax.span) }
    }

    private mutating func happeningNode(_ syntax: HappeningSyntax) -> Happening.Node? {
        switch syntax.node {
        case .activity(let name):
            known(name, among: names.activities, "an activity", syntax.nameSpan) ? .activity(name) : nil
        case .event(let test, let condition): filter(condition, []).map { .event(test, where: $0) }
        case .page(let condition): filter(condition, []).map { .page(where: $0) }
        case .touch(let condition): filter(condition, touchProperties).map { .touch(where: $0) }
        case .meeting(let change): .meeting(change)
        case .consent(let change, let purpose):
            purpose == "all" || known(purpose, among: names.purposes, "a purpose of consent", syntax.nameSpan)
                ? .consent(change, purpose: purpose) : nil
        case .deal(.enters(let stage)):
            known(stage, among: names.dealStages, "a stage of deals", syntax.nameSpan) ? .deal(.enters(stage)) : nil
        case .deal(let change): .deal(change)
        case .verdict(let word, let stage):
            stage.map { known($0, among: names.stages, "a stage", syntax.nameSpan) } ?? true
                ? .verdict(word, at: stage) : nil
        }
    }

    /// The outer optional is `nil` where the condition is wrong.
    private mutating func filter(_ syntax: ConditionSyntax?, _ declared: [(name: String, type: ValueType)])
        -> Condition??
    {
        guard let syntax else { return .some(nil) }
        properties = declared
        defer { properties = nil }
        return condition(syntax).map { .some($0) }
    }
}

// Terms.

extension ConditionCheck {
    /// Both sides of a comparison; the side that is no mere value says what the other must be.
    private mutating func pair(_ left: ConditionSyntax, _ right: ConditionSyntax) -> (Term, Term)? {
        guard left.isValue, !right.isValue else {
            guard let leading = term(left), let other = fitting(right, leading) else { return nil }
            return (leading, other)
        }
        guard let leading = term(right), let other = fitting(left, leading) else { return nil }
        return (other, leading)
    }

    private mutating func term(_ syntax: ConditionSyntax, orActivity: Bool = false) -> Term? {
        switch syntax.node {
        case .name(let name): return lookedUp(name, syntax.span, orActivity: orActivity)
        case .literal(let literal): return plain(literal, syntax.span)
        case .arithmetic(let left, let operation, let right): return arithmetic(left, operation, right, syntax.span)
        case .timeSince(let name):
            guard inPerson("time since", syntax.span), known(name, among: names.activities, "an activity", syntax.span)
            else { return nil }
            return Term(.timeSince(name), .duration, span: syntax.span)
        case .timeIn(let name):
            guard inPerson("time in", syntax.span), known(name, among: names.stages, "a stage", syntax.span) else {
                return nil
            }
            return Term(.timeIn(name), .duration, span: syntax.span)
        default:
            complain(.typeMismatch, "This holds or does not; it is no value.", "Compare values.", syntax.span)
            return nil
        }
    }

    /// A field, score or property: not a value that is written down or computed.
    private mutating func named(_ syntax: ConditionSyntax, _ test: String) -> Term? {
        guard case .name = syntax.node else {
            complain(.typeMismatch, "\"\(test)\" asks about a name.", "Put a field's name before it.", syntax.span)
            return nil
        }
        return term(syntax)
    }

    private mutating func lookedUp(_ name: String, _ span: Range<Int>, orActivity: Bool) -> Term? {
        if let properties {
            let type = properties.first { $0.name == name }?.type ?? .undeclared
            return Term(.property(name), type, span: span)
        }
        if let found = terms.first(where: { $0.name == name }) { return Term(found.node, found.type, span: span) }
        let candidates = terms.map(\.name) + (orActivity && scope == .person ? names.activities : [])
        let near = nearestName(to: name, among: candidates)
        if scope.isAboutDeals, near == nil, name != "kind" { return Term(.property(name), .undeclared, span: span) }
        complain(
            .unknownName, missing(name), near.map { "Did you mean \($0)?" } ?? "It may name: \(list(candidates)).", span
        )
        return nil
    }

    private func missing(_ name: String) -> String {
        names.activities.contains(name)
            ? "\"\(name)\" is an activity; it has no value to compare, and a condition about \(scope.words) may not ask whether it happened."
            : "A condition about \(scope.words) knows no \"\(name)\"."
    }

    private func list(_ names: [String]) -> String {
        names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", …" : "")
    }

    private mutating func plain(_ literal: Literal, _ span: Range<Int>) -> Term? {
        if case .number(let number) = literal, !number.fits {
            complain(
                .typeMismatch, "\(number) has more than six decimals or is beyond nine trillion.",
                "Write a number that can be kept exactly.", span)
            return nil
        }
        return Term(.literal(literal), literal.type, span: span)
    }

    /// A value as the other side of this term.
    private mutating func fitting(_ syntax: ConditionSyntax, _ leading: Term) -> Term? {
        if let literal = word(syntax, for: leading.type) { return named(literal, leading, syntax.span) }
        guard let term = term(syntax) else { return nil }
        let types = [leading.type, term.type]
        if leading.type.takes(term.type) {
            guard types != [.undeclared, .undeclared] else {
                complain(
                    .typeMismatch, "Nothing says what kind of value \(leading.text) and \(term.text) have.",
                    "Compare each with a value.", syntax.span)
                return nil
            }
            return term
        }
        complain(
            .typeMismatch, "\(leading.text) is \(leading.type.words), and \(term.text) is \(term.type.words).",
            leading.type.remedy, syntax.span, leading.type.example(leading.text))
        return nil
    }

    /// The word of a name or text, where the type wants a name.
    private func word(_ syntax: ConditionSyntax, for type: ValueType) -> String? {
        switch (type, syntax.node) {
        case (.choice, .literal(.text(let text))), (.country, .literal(.text(let text))): text
        case (.choice(let values), .name(let name)):
            values.contains(name) || !terms.contains { $0.name == name } || properties != nil ? name : nil
        case (.country, .name(let name)): terms.contains { $0.name == name } && properties == nil ? nil : name
        case (.yesNo, .name(let name)) where ["yes", "no"].contains(name.lowercased()): name
        case (.undeclared, .name(let name)) where properties != nil || scope.isAboutDeals: name
        default: nil
        }
    }

    private mutating func named(_ word: String, _ leading: Term, _ span: Range<Int>) -> Term? {
        switch leading.type {
        case .choice(let values):
            guard known(word, among: values, "a value of \(leading.text)", span) else { return nil }
            return Term(.literal(.name(word)), leading.type, span: span)
        case .country:
            guard countryCodes.contains(word) else {
                complain(
                    .unknownName, "There is no country \"\(word)\".",
                    countryCodes.contains(word.uppercased())
                        ? "Did you mean \(word.uppercased())?" : "Countries are two capital letters of ISO 3166.", span,
                    "\(leading.text) in (DE, AT, CH)")
                return nil
            }
            return Term(.literal(.name(word)), .country, span: span)
        case .yesNo: return Term(.literal(.yesNo(word.lowercased() == "yes")), .yesNo, span: span)
        case .undeclared where word == "no": return Term(.literal(.yesNo(false)), .yesNo, span: span)
        default:
            complain(
                .typeMismatch, "\(leading.text) is compared with \(word), which may be a text or a name.",
                "Put a text in quotes.", span, "\(leading.text) = \(quoted(word))")
            return nil
        }
    }

    /// Numbers by numbers; durations with durations, by numbers; dates by durations.
    private mutating func arithmetic(
        _ left: ConditionSyntax, _ operation: Arithmetic, _ right: ConditionSyntax, _ span: Range<Int>
    ) -> Term? {
        guard let left = term(left), let right = term(right) else { return nil }
        guard let type = operation.type(left.type, right.type) else {
            complain(
                .typeMismatch, "There is no \(left.type.words) \(operation.rawValue) \(right.type.words).",
                "Numbers can be added and multiplied, durations added, dates moved by durations.", span,
                "today - 30 days")
            return nil
        }
        return Term(.arithmetic(left, operation, right), type, span: span)
    }

    private mutating func inPerson(_ what: String, _ span: Range<Int>) -> Bool {
        if scope == .person, properties == nil { return true }
        complain(.typeMismatch, "A condition about \(scope.words) knows no \"\(what)\".", "Take it out.", span)
        return false
    }
}

// Problems.

extension ConditionCheck {
    private mutating func complain(
        _ code: FindingCode, _ cause: String, _ remedy: String, _ span: Range<Int>, _ example: String? = nil
    ) {
        problems.append(ConditionProblem(code, cause, remedy: remedy, example: example, at: span))
    }

    private mutating func impossible(_ cause: String, _ span: Range<Int>) -> Condition.Node? {
        complain(.impossibleComparison, cause, "Compare something that differs from person to person.", span)
        return nil
    }

    private mutating func mismatch(
        _ cause: String, _ remedy: String, _ span: Range<Int>, example: String? = nil
    ) -> Condition.Node? {
        complain(.typeMismatch, cause, remedy, span, example)
        return nil
    }

    private mutating func known(_ name: String, among names: [String], _ what: String, _ span: Range<Int>) -> Bool {
        if names.contains(name) { return true }
        let otherwise = names.isEmpty ? "The agreement names none yet." : "There are: \(list(names))."
        complain(
            .unknownName, "\"\(name)\" is not \(what).", suggestion(name, among: names, otherwise: otherwise), span)
        return false
    }

    private func suggestion(_ name: String, among names: [String], otherwise: String) -> String {
        nearestName(to: name, among: names).map { "Did you mean \($0)?" } ?? otherwise
    }
}
