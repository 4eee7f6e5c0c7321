import Agreement
import Engine
import Identity
import Journal
import Vocabulary

// Conditions, asked of a person at an instant or of a fact. A comparison with what is unknown is false, `!=` is its opposite.

/// What a term is worth; its first part tells values of different kinds apart.
enum Worth: Hashable {
    /// Millionths, minor units, milliseconds, days, places in a list.
    case quantity(String, Int64)
    case text(String)
    case flag(Bool)
}

/// Whom a condition asks about.
struct ReferenceAsked {
    var person: Int
    /// Happenings count from here, where the clause has no time of its own.
    var since: Int
    /// And what time alone did from this instant.
    var from = Instant.earliest
    /// What brings somebody back must have happened since, also within a time of its own.
    var isReturn = false
    /// Only the properties of a fact are asked about.
    var properties: Fact?
    /// Of deals, only what became of this one counts.
    var onlyDeal = ""
}

extension ReferenceAccount {
    func holds(_ condition: Condition, _ person: Int) -> Bool {
        holds(
            condition,
            ReferenceAsked(person: person, since: states[person].passStart, from: states[person].passSince))
    }

    func holds(_ condition: Condition, _ asked: ReferenceAsked) -> Bool {
        switch condition.node {
        case .always: return true
        case .not(let inner): return !holds(inner, asked)
        case .all(let parts): return parts.allSatisfy { holds($0, asked) }
        case .any(let parts): return parts.contains { holds($0, asked) }
        case .compares(let left, let comparison, let right): return compares(left, comparison, right, asked)
        case .between(let term, let low, let high):
            return compares(term, .atLeast, low, asked) && compares(term, .atMost, high, asked)
        case .isOneOf(let term, let literals):
            return literals.contains { literal in
                let type = term.type == .undeclared ? literal.valueType : term.type
                return compares(term, .equal, Term(.literal(literal), type), asked)
            }
        case .matches(let term, let pattern):
            guard case .text(let text)? = worth(term, .text, asked) else { return false }
            return matches(Array(text.lowercased().utf8)[...], Array(pattern.lowercased().utf8)[...])
        case .isKnown(let term): return worth(term, term.type, asked) != nil
        case .isFreeMail(let term):
            guard case .text(let address)? = worth(term, .text, asked) else { return false }
            return FreeMail.isProvider(domain: address.split(separator: "@").last.map(String.init) ?? address)
        case .isTrue(let term): return worth(term, .yesNo, asked) == .flag(true)
        case .happened(let happening, let count, let window):
            return occurrences(of: happening, asked).filter { occurrence in
                let isRecent = window.map { occurrence.instant > now - $0.elapsed } ?? true
                let isSince = occurrence.place >= asked.since && occurrence.instant >= asked.from
                return isRecent && (isSince || window != nil && !asked.isReturn)
            }.count >= count
        case .accountInTargets, .inPeriod: return false
        case .accountHasOpenDeal(nil): return told.deals.contains { $0.isOpen }
        case .accountHasOpenDeal(let above?):
            return told.deals.contains { $0.isOpen && $0.money.map { $0 > above.minorUnits } ?? false }
        case .accountHasOpenHandOver: return openHandOver(besides: asked.person) != nil
        case .dealIsOpen: return judgedDeal?.isOpen == true
        case .missed(let promise): return hasMissed(promise.rawValue, asked.person)
        }
    }

    /// A star stands for any text, also none.
    private func matches(_ text: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        if first == UInt8(ascii: "*") {
            return matches(text, pattern.dropFirst()) || (!text.isEmpty && matches(text.dropFirst(), pattern))
        }
        return text.first == first && matches(text.dropFirst(), pattern.dropFirst())
    }

    private func compares(_ left: Term, _ comparison: Comparison, _ right: Term, _ asked: ReferenceAsked) -> Bool {
        let type = left.type == .undeclared ? right.type : left.type
        guard let a = worth(left, type, asked), let b = worth(right, type, asked) else {
            return comparison == .notEqual
        }
        if comparison == .equal || comparison == .notEqual { return (a == b) == (comparison == .equal) }
        guard case .quantity(let unit, let x) = a, case .quantity(unit, let y) = b else { return false }
        return switch comparison {
        case .less: x < y
        case .atMost: x <= y
        case .greater: x > y
        default: x >= y
        }
    }

    // MARK: Terms

    private func worth(_ term: Term, _ type: ValueType, _ asked: ReferenceAsked) -> Worth? {
        switch term.node {
        case .literal(let literal): return worth(literal, type)
        case .field(let name): return fieldValue(name, asked.person).flatMap { worth($0, term.type) }
        case .property(let name):
            if let fact = asked.properties { return fact[name].flatMap { worth($0, type) } }
            return dealProperty(name).flatMap { worth($0, type) }
        case .deal(let term): return worth(term)
        case .score(.engagement): return .quantity("number", engagement(asked.person, at: now).micropoints)
        case .score(.fit): return .quantity("number", fit(asked.person).micropoints)
        case .grade:
            let grade = grade(fit(asked.person))
            return agreed.agreement.scoring.fit.grades.firstIndex { $0.name == grade }.map {
                .quantity("place", Int64($0))
            }
        case .stage: return stageIndex(states[asked.person].stage).map { .quantity("place", Int64($0)) }
        case .pass: return .quantity("number", Int64(states[asked.person].pass) * 1_000_000)
        case .today: return .quantity("date", Int64(agreed.agreement.zone.civil(at: now).date.daysSinceEpoch))
        case .timeSince(let activity):
            return occurrences(of: Happening(.activity(activity)), asked).last.map {
                .quantity("duration", (now - $0.instant).milliseconds)
            }
        case .timeIn(let stage):
            return states[asked.person].entered[stage].map { .quantity("duration", (now - $0).milliseconds) }
        case .arithmetic(let left, let sign, let right):
            guard case .quantity(let unit, let x)? = worth(left, left.type, asked),
                case .quantity(let other, let y)? = worth(right, right.type, asked)
            else { return nil }
            return calculated(unit, x, sign, other, y)
        }
    }

    private func worth(_ literal: Literal, _ type: ValueType) -> Worth? {
        switch literal {
        case .number(let number): return (try? Points(number)).map { .quantity("number", $0.micropoints) }
        case .money(let money): return .quantity(money.currency.code, money.minorUnits)
        case .duration(let budget): return .quantity("duration", budget.elapsed.milliseconds)
        case .date(let date): return .quantity("date", Int64(date.daysSinceEpoch))
        case .text(let text): return .text(text)
        case .yesNo(let flag): return .flag(flag)
        case .name(let name):
            let lists = [agreed.agreement.stages.map(\.name), agreed.agreement.scoring.fit.grades.map(\.name)]
            if case .choice(let names) = type, let list = lists.first(where: { $0 == names }) {
                return list.firstIndex(of: name).map { .quantity("place", Int64($0)) }
            }
            return .text(name)
        }
    }

    /// As this type; unknown where it is of another.
    private func worth(_ value: Value, _ type: ValueType) -> Worth? {
        switch (type, value) {
        case (.number, .number(let number)): return (try? Points(number)).map { .quantity("number", $0.micropoints) }
        case (.money, .money(let money)): return .quantity(money.currency.code, money.minorUnits)
        case (.date, .date(let date)): return .quantity("date", Int64(date.daysSinceEpoch))
        case (.date, .instant(let instant)):
            return .quantity("date", Int64((Double(instant.milliseconds) / 86_400_000).rounded(.down)))
        case (.yesNo, .flag(let flag)): return .flag(flag)
        case (.text, .text(let text)), (.email, .text(let text)), (.country, .text(let text)),
            (.choice, .text(let text)),
            (.text, .personal(.known(let text))), (.email, .personal(.known(let text))):
            return .text(text)
        default: return nil
        }
    }

    private func worth(_ term: DealTerm) -> Worth? {
        guard let deal = judgedDeal else { return nil }
        switch term {
        case .pipeline: return deal.pipeline.isEmpty ? nil : .text(deal.pipeline)
        case .stage: return deal.changes.last.flatMap { $0.stage.isEmpty ? nil : .text($0.stage) }
        case .kind: return deal.kind.isEmpty ? nil : .text(deal.kind)
        case .closeDate: return deal.changes.last.flatMap { Int64($0.closeDate) }.map { .quantity("date", $0) }
        case .amount: return deal.money.map { .quantity(agreed.agreement.company.currencies.base.value.code, $0) }
        }
    }

    private func calculated(_ unit: String, _ x: Int64, _ sign: Arithmetic, _ other: String, _ y: Int64) -> Worth? {
        let day: Int64 = 86_400_000
        let days = y >= 0 ? y / day : (y - day + 1) / day
        let result: Int128? =
            switch (unit, sign, other) {
            case ("date", .plus, "duration"): Int128(x + days)
            case ("date", .minus, "duration"): Int128(x - days)
            case ("date", .minus, "date"): Int128(x - y) * Int128(day)
            case (_, .plus, _): Int128(x) + Int128(y)
            case (_, .minus, _): Int128(x) - Int128(y)
            case (_, .times, _): rounded(Int128(x) * Int128(y), 1_000_000)
            case (_, .over, _): y == 0 ? nil : rounded(Int128(x) * 1_000_000, Int128(y))
            }
        let kind = unit == "date" && other == "date" ? "duration" : unit == "number" ? other : unit
        return result.flatMap { Int64(exactly: $0) }.map { .quantity(kind, $0) }
    }

    /// To the nearest, halves away from nought.
    private func rounded(_ dividend: Int128, _ divisor: Int128) -> Int128 {
        let (a, b) = (dividend.magnitude, divisor.magnitude)
        let magnitude = Int128((a * 2 + b) / (b * 2))
        return (dividend < 0) == (divisor < 0) ? magnitude : -magnitude
    }

    // MARK: Happenings

    struct Occurred {
        var instant: Instant
        var place: Int
    }

    /// All that happened so far, in order.
    func occurrences(of happening: Happening, _ asked: ReferenceAsked) -> [Occurred] {
        let facts = facts[..<noted].enumerated().filter { place, entry in
            entry.person == asked.person && isOccurrence(entry.fact, of: happening)
        }.map { Occurred(instant: $1.fact.occurred, place: $0) }
        let said = said.filter { said in
            said.person == asked.person && isOccurrence(said, of: happening)
                && (asked.onlyDeal.isEmpty || said.deal.isEmpty || said.deal == asked.onlyDeal)
        }.map { Occurred(instant: $0.instant, place: $0.place) }
        return (facts + said).sorted { ($0.instant, $0.place) < ($1.instant, $1.place) }
    }

    func isOccurrence(_ fact: Fact, of happening: Happening) -> Bool {
        func passes(_ filter: Condition?) -> Bool {
            filter.map { holds($0, ReferenceAsked(person: 0, since: 0, properties: fact)) } ?? true
        }
        switch happening.node {
        case .activity(let name):
            return agreed.agreement.activities.first { $0.name == name }.map { isOccurrence(fact, of: $0.what.value) }
                ?? false
        case .event(.named(let names), let filter):
            return fact.kind == .activity && names.contains(fact.name) && passes(filter)
        case .event(.matching(let pattern), let filter):
            return fact.kind == .activity
                && matches(Array(fact.name.lowercased().utf8)[...], Array(pattern.lowercased().utf8)[...])
                && passes(filter)
        case .page(let filter): return fact.kind == .activity && fact.name == "page" && passes(filter)
        case .touch(let filter): return fact.kind == .touch && passes(filter)
        case .meeting(let change): return fact.kind.word == "meeting \(change.rawValue)"
        case .consent(let change, let purpose):
            guard fact.kind.word == "consent \(change.rawValue)", case .text(let told)? = fact["purpose"] else {
                return false
            }
            return told == purpose || told == "all" || purpose == "all"
        case .deal, .verdict: return false
        case .any(let parts): return parts.contains { isOccurrence(fact, of: $0) }
        }
    }

    func isOccurrence(_ said: ReferenceSaid, of happening: Happening) -> Bool {
        switch happening.node {
        case .activity(let name):
            return agreed.agreement.activities.first { $0.name == name }.map { isOccurrence(said, of: $0.what.value) }
                ?? false
        case .deal(.enters(let stage)): return said.kind == .dealChanged && said.stage == stage
        case .deal(let change): return said.kind.word == "deal \(change)"
        case .verdict(let word, let stage):
            return said.kind.word == word.rawValue && (stage == nil || stage == said.stage)
        case .any(let parts): return parts.contains { isOccurrence(said, of: $0) }
        default: return false
        }
    }

    // MARK: Fields

    /// The value told last, by any source that told of a change.
    func fieldValue(_ name: String, _ person: Int) -> Value? { value(name, person, before: noted) }

    func changedField(_ place: Int) -> Bool {
        let (person, fact) = (facts[place].person, facts[place].fact)
        return fact.properties.contains { property in
            agreed.agreement.field(named: property.name) != nil
                && value(property.name, person, before: place) != value(property.name, person, before: place + 1)
        }
    }

    private func value(_ name: String, _ person: Int, before end: Int) -> Value? {
        guard let field = agreed.agreement.field(named: name) else { return nil }
        var (value, last): (Value?, [String: Value]) = (nil, [:])
        for entry in facts[..<end] where entry.fact.kind == .observed {
            guard let told = entry.fact[name] else { continue }
            let record = [entry.fact.key.source, entry.fact.key.object, entry.fact.key.id].joined(separator: "/")
            // A change arises only where a source says something other than it last said.
            if last[record] == told { continue }
            last[record] = told
            guard entry.person == person, !(field.isWriteOnce.value && value != nil) else { continue }
            value = told == .cleared ? nil : meant(told, field)
        }
        return value
    }

    private func meant(_ told: Value, _ field: Field) -> Value? {
        if case .text(let text) = told, let alias = field.aliases.value.first(where: { $0.written == text }) {
            return .text(alias.means)
        }
        return worth(told, field.type.value.meansValueType) == nil ? nil : told
    }

    /// Own staff and competitors, by the domain of the address.
    func isIgnored(_ person: Int, before end: Int? = nil) -> Bool {
        let address: String
        switch value("email", person, before: end ?? noted) {
        case .personal(.known(let text)), .text(let text): address = text
        default: return false
        }
        let domain = address.lowercased().split(separator: "@", omittingEmptySubsequences: false).last.map(String.init)
        return address.contains("@") && agreed.agreement.ignored.domains.value.contains { $0.lowercased() == domain }
    }

    // MARK: Segments

    func applying<Value>(_ segmented: Segmented<Value>, to person: Int) -> Clause<Value> {
        segmented.cases.first { holds($0.condition.value, person) }?.clause ?? segmented.otherwise
    }
}

extension FieldType {
    var meansValueType: ValueType {
        switch self {
        case .text, .phone: .text
        case .email: .email
        case .country: .country
        case .integer, .number: .number
        case .date: .date
        case .money: .money
        case .yesNo: .yesNo
        case .choice(let names): .choice(names)
        }
    }
}

extension Literal {
    fileprivate var valueType: ValueType {
        switch self {
        case .number: .number
        case .money: .money
        case .duration: .duration
        case .date: .date
        case .text, .name: .text
        case .yesNo: .yesNo
        }
    }
}

extension Budget {
    /// Of physical time.
    var elapsed: Elapsed { Elapsed(milliseconds: Int64(count) * unit.elapsed.milliseconds) }
}

extension Segmented<Condition> {
    var conditions: [Condition] { cases.flatMap { [$0.condition.value, $0.clause.value] } + [otherwise.value] }
}

extension Condition {
    /// Itself and all its parts.
    var parts: [Condition] {
        switch node {
        case .not(let inner): [self] + inner.parts
        case .all(let parts), .any(let parts): [self] + parts.flatMap(\.parts)
        default: [self]
        }
    }

    var happenings: [Happening] {
        parts.compactMap { part in
            if case .happened(let happening, _, _) = part.node { return happening }
            return nil
        }
    }
}
