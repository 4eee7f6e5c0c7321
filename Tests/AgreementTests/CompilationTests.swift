import Engine
import Testing
import Vocabulary

@testable import Agreement

/// What conditions are asked about: one person at one instant, values by name.
private struct World {
    /// Numbers in millionths, money in cents, dates in days, truths as 0 and 1.
    var numbers: [String: Int64] = [:]
    var texts: [String: String] = [:]
    var stage: String?
    var grade: String?
    var truths: Set<String> = []
    var openDeal: Int64?
    /// How often each happening occurred, for every window alike.
    var counts: [String: Int] = [:]

    init(_ random: inout Seeded) {
        for name in ["engagement", "fit", "employees"] where random.below(4) > 0 || name != "employees" {
            numbers[name] = Int64(random.below(600)) * 1_000_000 + Int64(random.below(2)) * 500_000
        }
        numbers["pass"] = Int64(1 + random.below(3)) * 1_000_000
        numbers["today"] = 20_500
        if random.below(3) > 0 { numbers["seen"] = Int64(20_450 + random.below(60)) }
        if random.below(3) > 0 { numbers["partner"] = Int64(random.below(2)) }
        if random.below(3) > 0 { numbers["budget"] = Int64(random.below(100)) * 100_000 }
        for activity in ["pricing_visit", "demo_request", "call"] {
            counts[activity] = random.below(4)
            if counts[activity] != 0 { numbers["time since \(activity)"] = Int64(random.below(90)) * 43_200_000 }
        }
        for happening in ["accepted", "recycled", "meeting held", "deal won", "accepted at mql"] {
            counts[happening] = random.below(2)
        }
        for stage in ["lead", "mql"] where random.below(2) == 0 {
            numbers["time in \(stage)"] = Int64(random.below(90)) * 43_200_000
        }
        texts["country"] = random.pick("DE", "AT", "NO", "GB", nil)
        texts["level"] = random.pick("vp", "director", "staff", nil)
        texts["company"] = random.pick("acme", "abc GmbH", "it's us", "axbxc", nil)
        texts["email"] = random.pick("ann@gmail.com", "bo@acme.example", nil)
        stage = random.pick("lead", "mql", nil)
        grade = random.pick("A", "B", "C", nil)
        for truth in ["targets", "hand_over", "qualify"] where random.below(2) == 0 { truths.insert(truth) }
        if random.below(2) == 0 { openDeal = Int64(random.below(200)) * 100_000 }
    }
}

/// Slow and obvious: walks the tree, values as they are written.
private struct TreeInterpreter {
    let world: World

    func holds(_ condition: Condition) -> Bool {
        switch condition.node {
        case .always: return true
        case .not(let inner): return !holds(inner)
        case .all(let parts): return parts.allSatisfy(holds)
        case .any(let parts): return parts.contains(where: holds)
        case .compares(let left, let comparison, let right):
            guard let a = value(left), let b = value(right) else { return comparison == .notEqual }
            switch comparison {
            case .equal: return a == b
            case .notEqual: return a != b
            case .less: return a.number < b.number
            case .atMost: return a.number <= b.number
            case .greater: return a.number > b.number
            case .atLeast: return a.number >= b.number
            }
        case .between(let term, let low, let high):
            guard let x = value(term), let a = value(low), let b = value(high) else { return false }
            return a.number <= x.number && x.number <= b.number
        case .isOneOf(let term, let literals):
            guard let x = value(term) else { return false }
            return literals.contains { literal($0) == x }
        case .matches(let term, let pattern):
            guard case .text(let text)? = value(term) else { return false }
            return Self.matches(Array(text.lowercased()), Array(pattern.lowercased()))
        case .isKnown(let term): return value(term) != nil
        case .isFreeMail(let term): return value(term) == .text("ann@gmail.com")
        case .isTrue(let term): return value(term) == .number(1)
        case .happened(let happening, let count, _): return world.counts[happening.text]! >= count
        case .accountInTargets: return world.truths.contains("targets")
        case .accountHasOpenDeal(nil): return world.openDeal != nil
        case .accountHasOpenDeal(let above?): return world.openDeal.map { $0 > above.minorUnits } ?? false
        case .accountHasOpenHandOver: return world.truths.contains("hand_over")
        case .missed: return world.truths.contains("qualify")
        case .dealIsOpen, .inPeriod: return false
        }
    }

    enum Value: Equatable {
        case number(Int64)
        case text(String)
        var number: Int64 {
            guard case .number(let number) = self else { return 0 }
            return number
        }
    }

    private func value(_ term: Term) -> Value? {
        switch term.node {
        case .literal(let literal): return self.literal(literal)
        case .field(let name): return world.numbers[name].map(Value.number) ?? world.texts[name].map(Value.text)
        case .stage: return world.stage.map(Value.text)
        case .grade: return world.grade.map(Value.text)
        case .arithmetic(let left, let operation, let right):
            guard let a = value(left)?.number, let b = value(right)?.number else { return nil }
            if term.type == .date { return .number(operation == .plus ? a + b / 86_400_000 : a - b / 86_400_000) }
            return exact(Int128(a), operation, Int128(b)).map(Value.number)
        default: return world.numbers[term.text].map(Value.number)
        }
    }

    private func exact(_ a: Int128, _ operation: Arithmetic, _ b: Int128) -> Int64? {
        switch operation {
        case .plus: return Int64(exactly: a + b)
        case .minus: return Int64(exactly: a - b)
        case .times: return Int64(exactly: rounded(a * b, 1_000_000))
        case .over: return b == 0 ? nil : Int64(exactly: rounded(a * 1_000_000, b))
        }
    }

    private func rounded(_ a: Int128, _ b: Int128) -> Int128 {
        let magnitude = (abs(a) * 2 + abs(b)) / (abs(b) * 2)
        return (a < 0) == (b < 0) ? magnitude : -magnitude
    }

    private func literal(_ literal: Literal) -> Value {
        switch literal {
        case .number(let number): .number(try! Points(number).micropoints)
        case .money(let money): .number(money.minorUnits)
        case .duration(let budget): .number(Int64(budget.count) * budget.unit.elapsed.milliseconds)
        case .date(let date): .number(Int64(date.daysSinceEpoch))
        case .text(let text), .name(let text): .text(text)
        case .yesNo(let flag): .number(flag ? 1 : 0)
        }
    }

    private static func matches(_ text: [Character], _ pattern: [Character]) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        if first == "*" {
            return (0...text.count).contains { matches(Array(text.dropFirst($0)), Array(pattern.dropFirst())) }
        }
        return text.first == first && matches(Array(text.dropFirst()), Array(pattern.dropFirst()))
    }
}

/// Runs operations as ProgramOperation.swift says.
private struct FlatInterpreter {
    let program: Program
    let world: World
    let happenings: [Int32: String]

    func holds(_ condition: ProgramCondition) -> Bool {
        if condition.operations.isEmpty { return true }
        var stack: [Int64?] = []
        var at = Int(condition.operations.lowerBound)
        while at < Int(condition.operations.upperBound) {
            at = step(program.operations[at], &stack) ?? at + 1
        }
        #expect(stack.count == 1)
        return stack[0] == 1
    }

    /// Where to go on, for a jump that is taken.
    private func step(_ operation: ProgramOperation, _ stack: inout [Int64?]) -> Int? {
        switch operation {
        case .push(let value): stack.append(value)
        case .pushText(let name): stack.append(Int64(name))
        case .field(let index), .moneyField(let index, _): stack.append(field(index))
        case .engagement: stack.append(world.numbers["engagement"])
        case .fit: stack.append(world.numbers["fit"])
        case .pass: stack.append(world.numbers["pass"])
        case .today: stack.append(world.numbers["today"])
        case .grade: stack.append(index(world.grade, program.grades.map(\.name), ["A", "B", "C"]))
        case .stage: stack.append(index(world.stage, program.stages.map(\.name), ["lead", "mql"]))
        case .timeSince(let happening): stack.append(world.numbers["time since \(happenings[happening]!)"])
        case .timeInStage(let stage): stack.append(world.numbers["time in \(["lead", "mql"][Int(stage)])"])
        case .add: binary(&stack) { $0 + $1 }
        case .subtract: binary(&stack) { $0 - $1 }
        case .multiply: binary(&stack) { rounded($0 * $1, 1_000_000) }
        case .divide: binary(&stack) { $1 == 0 ? nil : rounded($0 * 1_000_000, $1) }
        case .addDays: binary(&stack) { $0 + floored($1) }
        case .subtractDays: binary(&stack) { $0 - floored($1) }
        case .daysBetween: binary(&stack) { ($0 - $1) * 86_400_000 }
        case .compare(let comparison): compare(&stack, comparison)
        case .between:
            let (high, low, value) = (stack.removeLast(), stack.removeLast(), stack.removeLast())
            stack.append(flag(high != nil && low != nil && value != nil && low! <= value! && value! <= high!))
        case .isOneOf(let set), .isOneOfTexts(let set): test(&stack) { program.sets[Int(set)].contains($0) }
        case .matches(let pattern):
            test(&stack) { program.patterns[Int(pattern)].matches(text($0).lowercased()) }
        case .isKnown: test(&stack) { _ in true }
        case .isFreeMail: test(&stack) { text($0) == "ann@gmail.com" }
        case .isTrue: test(&stack) { $0 != 0 }
        case .happened(let happening, let count, _):
            stack.append(flag(world.counts[happenings[happening]!]! >= Int(count)))
        case .accountInTargets: stack.append(flag(world.truths.contains("targets")))
        case .accountHasOpenHandOver: stack.append(flag(world.truths.contains("hand_over")))
        case .accountHasOpenDeal: stack.append(flag(world.openDeal != nil))
        case .accountHasOpenDealAbove(let units, _): stack.append(flag(world.openDeal.map { $0 > units } ?? false))
        case .missed: stack.append(flag(world.truths.contains("qualify")))
        case .not: stack.append(flag(stack.removeLast() != 1))
        case .jumpUnless(let end): return jump(&stack, to: end, unless: 1)
        case .jumpIf(let end): return jump(&stack, to: end, unless: 0)
        case .engagementIs, .property, .dealPipeline, .dealStage, .dealKind, .dealCloseDate, .dealAmount, .dealIsOpen,
            .inPeriod:
            stack.append(nil)
        }
        return nil
    }

    private func jump(_ stack: inout [Int64?], to end: Int32, unless going: Int64) -> Int? {
        let value = stack.removeLast()
        guard value != going else { return nil }
        stack.append(value)
        return Int(end)
    }

    private func compare(_ stack: inout [Int64?], _ comparison: ProgramComparison) {
        let (right, left) = (stack.removeLast(), stack.removeLast())
        guard let left, let right else { return stack.append(flag(comparison == .notEqual)) }
        switch comparison {
        case .equal: stack.append(flag(left == right))
        case .notEqual: stack.append(flag(left != right))
        case .less: stack.append(flag(left < right))
        case .atMost: stack.append(flag(left <= right))
        case .greater: stack.append(flag(left > right))
        case .atLeast: stack.append(flag(left >= right))
        }
    }

    private func binary(_ stack: inout [Int64?], _ combine: (Int128, Int128) -> Int128?) {
        let (right, left) = (stack.removeLast(), stack.removeLast())
        guard let left, let right else { return stack.append(nil) }
        stack.append(combine(Int128(left), Int128(right)).flatMap { Int64(exactly: $0) })
    }

    private func test(_ stack: inout [Int64?], _ holds: (Int64) -> Bool) {
        stack.append(flag(stack.removeLast().map(holds) ?? false))
    }

    private func rounded(_ a: Int128, _ b: Int128) -> Int128 {
        let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
        guard remainder.magnitude * 2 >= b.magnitude else { return quotient }
        return (a < 0) == (b < 0) ? quotient + 1 : quotient - 1
    }

    private func floored(_ milliseconds: Int128) -> Int128 {
        milliseconds >= 0 ? milliseconds / 86_400_000 : (milliseconds - 86_399_999) / 86_400_000
    }

    private func field(_ index: Int32) -> Int64? {
        let name = program.names[Int(program.fields[Int(index)].name)]
        return world.numbers[name] ?? world.texts[name].map { Int64(program.names.firstIndex(of: $0) ?? -2) }
    }

    /// What the journal would intern beyond the program's own names.
    private func text(_ id: Int64) -> String {
        id >= 0 ? program.names[Int(id)] : world.texts["company"] ?? ""
    }

    private func index(_ name: String?, _ ids: [Int32], _ standard: [String]) -> Int64? {
        name.flatMap { name in standard.firstIndex(of: name).map(Int64.init) }
    }

    private func flag(_ holds: Bool) -> Int64 { holds ? 1 : 0 }
}

@Suite struct CompilationTests {
    @Test func operationsAgreeWithTheTreeOnRandomConditions() throws {
        var random = Seeded(state: 5)
        let agreement = try #require(namesAgreement)
        var (held, compared) = (0, 0)
        for _ in 0..<3000 {
            guard let condition = check(random.condition()).value else { continue }
            var compiler = ConditionCompiler(agreement)
            // The journal's own texts have ids too.
            for text in ["acme", "abc GmbH", "it's us", "axbxc", "ann@gmail.com", "bo@acme.example"] {
                _ = compiler.name(text)
            }
            var happenings: [Int32: String] = [:]
            for text in [
                "pricing_visit", "demo_request", "call", "accepted", "recycled", "meeting held", "deal won",
                "accepted at mql",
            ] {
                guard case .happened(let happening, _, _)? = check(text).value?.node else { continue }
                happenings[compiler.happening(happening)] = text
            }
            let compiled = compiler.condition(condition, "test")
            for _ in 0..<4 {
                let world = World(&random)
                let expected = TreeInterpreter(world: world).holds(condition)
                let actual = FlatInterpreter(program: compiler.program, world: world, happenings: happenings)
                    .holds(compiled)
                #expect(actual == expected, "\(condition.text)\n\(world)")
                compared += 1
                if expected { held += 1 }
            }
        }
        // Neither all true nor all false.
        #expect(compared > 8000)
        #expect(held > compared / 5 && held < compared * 4 / 5)
    }

    @Test(arguments: [
        ("/pricing*", "/pricing/eu", true), ("/pricing*", "/price", false), ("*", "", true), ("", "", true),
        ("a*a", "a", false), ("a*a", "aa", true), ("*b*c", "axbxc", true), ("*b*b*", "abc", false),
        ("a*b*", "ab", true),
    ])
    func patternsMatchWhatTheyShow(pattern: String, text: String, isMatch: Bool) {
        let pieces = pattern.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
        #expect(ProgramPattern(pieces: pieces).matches(text) == isMatch)
    }
}
