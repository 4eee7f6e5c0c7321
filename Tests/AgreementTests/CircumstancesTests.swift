import Testing
import Vocabulary

@testable import Agreement

/// Conditions over a number, a choice, yes and no, and visits, judged for each of the few worlds there are.
private struct World {
    /// In halves, so that there is something between two whole numbers; `nil`: unknown.
    let size: Int?
    let level: String?
    let isPartner: Bool?
    let visits: Int

    static let all: [World] = ([nil] + (-1...9).map { $0 }).flatMap { size in
        [nil, "a", "b", "c"].flatMap { level in
            [nil, true, false].flatMap { partner in
                (0...4).map { World(size: size, level: level, isPartner: partner, visits: $0) }
            }
        }
    }

    /// The slow and obvious reference.
    func satisfies(_ condition: Condition) -> Bool {
        switch condition.node {
        case .always: true
        case .not(let inner): !satisfies(inner)
        case .all(let parts): parts.allSatisfy { satisfies($0) }
        case .any(let parts): parts.contains { satisfies($0) }
        case .compares(_, let comparison, let right):
            size.map { compare($0, comparison, 2 * Int(right.order! / 1_000_000)) } ?? (comparison == .notEqual)
        case .between(_, let low, let high):
            size.map { $0 >= 2 * low.order! / 1_000_000 && $0 <= 2 * high.order! / 1_000_000 } ?? false
        case .isOneOf(_, let values): level.map { values.contains(.name($0)) } ?? false
        case .isKnown(let term): term == Self.level ? level != nil : size != nil
        case .isTrue: isPartner == true
        case .happened(_, let count, _): visits >= count
        default: preconditionFailure("not made by the generator")
        }
    }

    private func compare(_ a: Int, _ comparison: Comparison, _ b: Int) -> Bool {
        switch comparison {
        case .equal: a == b
        case .notEqual: a != b
        case .less: a < b
        case .atMost: a <= b
        case .greater: a > b
        case .atLeast: a >= b
        }
    }

    static let size = Term(.field("size"), .number)
    static let level = Term(.field("level"), .choice(["a", "b", "c"]))
    static let partner = Term(.field("partner"), .yesNo)
}

private func number(_ value: Int) -> Term { Term(.literal(.number(Number(Int64(value)))), .number) }

private func condition(_ depth: Int, _ random: inout Seeded) -> Condition {
    func parts() -> [Condition] {
        (0..<Int.random(in: 2...3, using: &random)).map { _ in condition(depth - 1, &random) }
    }
    switch Int.random(in: 0..<(depth > 0 ? 12 : 6), using: &random) {
    case 0, 1:
        let value = number(Int.random(in: 0...4, using: &random))
        return Condition(.compares(World.size, Comparison.allCases.randomElement(using: &random)!, value))
    case 2:
        let low = Int.random(in: 0...3, using: &random)
        return Condition(.between(World.size, number(low), number(Int.random(in: low...4, using: &random))))
    case 3:
        let names = ["a", "b", "c"].filter { _ in Bool.random(using: &random) }
        return Condition(.isOneOf(World.level, names.map { .name($0) }))
    case 4: return Condition(Bool.random(using: &random) ? .isTrue(World.partner) : .isKnown(World.level))
    case 5:
        let visit = Happening(.activity("visit"))
        return Condition(.happened(visit, atLeast: Int.random(in: 1...4, using: &random), within: nil))
    case 6, 7: return Condition(.not(condition(depth - 1, &random)))
    case 8, 9, 10: return Condition(.all(parts()))
    default: return Condition(.any(parts()))
    }
}

struct CircumstancesTests {
    /// Over these terms the answer is exact in both directions.
    @Test func canHoldExactlyWhereSomeWorldMakesItTrue() {
        var random = Seeded(state: 20_260_202)
        var counts = [true: 0, false: 0]
        for _ in 0..<3000 {
            let condition = condition(3, &random)
            let expected = World.all.contains { $0.satisfies(condition) }
            counts[expected]! += 1
            #expect(Circumstances().canHold(condition) == expected, "\(condition.text)")
        }
        #expect(counts.values.allSatisfy { $0 > 100 }, "\(counts)")
    }

    @Test func impliesExactlyWhereEveryWorldAgrees() {
        var random = Seeded(state: 7)
        for _ in 0..<1500 {
            let (a, b, c) = (condition(1, &random), condition(1, &random), condition(1, &random))
            let expected = World.all.allSatisfy { !$0.satisfies(a) || $0.satisfies(b) || $0.satisfies(c) }
            #expect(Circumstances().implies(a, anyOf: [b, c]) == expected, "\(a.text) → \(b.text), \(c.text)")
        }
    }
}
