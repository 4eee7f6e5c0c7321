internal import Vocabulary

/// A lead about whom nothing is known but its country: no other field, no account, no score yet, nothing that happened.
struct PlainLead {
    let country: String
    /// The fields that hold a country.
    let countryFields: Set<String>

    /// `nil` where it depends on what a plain lead does not settle, such as a score or the date.
    func satisfies(_ condition: Condition) -> Bool? {
        switch condition.node {
        case .always: true
        case .not(let inner): satisfies(inner).map { !$0 }
        case .all(let parts): verdict(parts.map { satisfies($0) }, ifAny: false)
        case .any(let parts): verdict(parts.map { satisfies($0) }, ifAny: true)
        case .compares(let left, let comparison, let right): compares(left, comparison, right)
        case .isOneOf(let term, let values):
            value(of: term).map { value in value.map { values.contains(.name($0)) } ?? false }
        case .isKnown(let term): value(of: term).map { $0 != nil }
        case .between(let term, _, _), .matches(let term, _), .isFreeMail(let term), .isTrue(let term):
            value(of: term).flatMap { $0 == nil ? false : nil }
        case .accountInTargets, .accountHasOpenDeal, .accountHasOpenHandOver: false
        case .happened, .dealIsOpen, .inPeriod, .missed: nil
        }
    }

    private func verdict(_ parts: [Bool?], ifAny decisive: Bool) -> Bool? {
        if parts.contains(decisive) { return decisive }
        return parts.contains(nil) ? nil : !decisive
    }

    /// `a != b` is `not a = b`, so it holds for what is unknown.
    private func compares(_ left: Term, _ comparison: Comparison, _ right: Term) -> Bool? {
        if left.isConstant { return right.isConstant ? nil : compares(right, comparison.mirrored, left) }
        guard let value = value(of: left) else { return nil }
        guard let value else { return comparison == .notEqual }
        guard case .literal(.name(let name)) = right.node, comparison == .equal || comparison == .notEqual else {
            return nil
        }
        return (value == name) == (comparison == .equal)
    }

    /// The outer optional is `nil` where it is not settled, the inner where the value is unknown.
    private func value(of term: Term) -> String?? {
        guard case .field(let name) = term.node else { return nil }
        return countryFields.contains(name) ? .some(country) : .some(nil)
    }
}

/// How leads are divided among rules of the routing by country.
struct Territories {
    /// Rules that ask for nothing but the country.
    let rules: [RoutingRule]
    private let countryFields: Set<String>

    init(of agreement: Agreement) {
        let fields = Set(agreement.fields.filter { $0.type.value == .country }.map(\.name))
        countryFields = fields
        rules = agreement.routing.rules.filter { $0.when.value.asksOnly(for: fields) }
    }

    func lead(from country: String) -> PlainLead { PlainLead(country: country, countryFields: countryFields) }

    func contains(_ rule: RoutingRule, _ country: String) -> Bool {
        lead(from: country).satisfies(rule.when.value) == true
    }

    /// The countries of a territory that its condition names, by code; those of "all but these" it does not.
    func named(by rule: RoutingRule) -> [String] {
        Set(rule.when.value.countries).filter { contains(rule, $0) }.sorted()
    }
}

extension Condition {
    fileprivate func asksOnly(for fields: Set<String>) -> Bool {
        switch node {
        case .not(let inner): inner.asksOnly(for: fields)
        case .all(let parts), .any(let parts): parts.allSatisfy { $0.asksOnly(for: fields) }
        case .compares(let left, _, let right):
            [left, right].allSatisfy { $0.isConstant || $0.isField(fields) }
        case .isOneOf(let term, _), .isKnown(let term): term.isField(fields)
        default: false
        }
    }

    fileprivate var countries: [String] {
        switch node {
        case .not(let inner): inner.countries
        case .all(let parts), .any(let parts): parts.flatMap(\.countries)
        case .compares(let left, _, let right): [left, right].compactMap(\.country)
        case .isOneOf(let term, let values): values.compactMap { Term(.literal($0), term.type).country }
        default: []
        }
    }
}

extension Term {
    fileprivate func isField(_ names: Set<String>) -> Bool {
        if case .field(let name) = node { names.contains(name) } else { false }
    }

    fileprivate var country: String? {
        if type == .country, case .literal(.name(let name)) = node { name } else { nil }
    }
}
