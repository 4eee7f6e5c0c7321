internal import Vocabulary

/// A value nobody knows. No quantity reaches it: it lies beyond what any source or sum may hold.
let unknown = Int64.min

/// Where a condition is asked: an account as it is folded, or a fact that is being recognised.
protocol ConditionWorld {
    /// About whom.
    associatedtype Subject

    /// What a term is worth, as ProgramOperation.swift lists it; `unknown` where it is not known.
    func value(of term: ProgramOperation, for subject: Subject) -> Int64
    /// Whether what a predicate asks is so.
    func isSo(_ predicate: ProgramOperation, for subject: Subject) -> Bool
    func matches(_ text: Int64, pattern: Int32) -> Bool
    func isFreeMail(_ text: Int64) -> Bool
    /// Whether a date lies in the period a report asks about; outside of a report no date does.
    func isInPeriod(_ date: Int64) -> Bool
}

extension ConditionWorld {
    func isInPeriod(_ date: Int64) -> Bool { false }
}

/// Conditions with their texts bound to a history, ready to run.
struct ConditionProgram: Sendable {
    private let operations: Flat<ProgramOperation>
    private let sets: FlatLists<Int64>

    init(operations: [ProgramOperation], sets: [[Int64]]) {
        (self.operations, self.sets) = (Flat(operations), FlatLists(sets))
    }

    func free() {
        operations.free()
        sets.free()
    }

    func set(_ number: Int32) -> [Int64] { sets.range(Int(number)).map { sets[at: $0] } }
    subscript(at place: Int) -> ProgramOperation { operations[place] }

    private func set(_ number: Int32, contains value: Int64) -> Bool {
        var (low, high) = (sets.range(Int(number)).lowerBound, sets.range(Int(number)).upperBound)
        let end = high
        while low < high {
            let middle = (low + high) / 2
            if sets[at: middle] < value { low = middle + 1 } else { high = middle }
        }
        return low < end && sets[at: low] == value
    }

    /// Whether a condition holds. Runs its operations as ProgramOperation.swift says; linear in their number. `room` has a
    /// place for each of them.
    func holds<World: ConditionWorld>(
        _ condition: ProgramCondition, for subject: World.Subject, in world: World, on room: ConditionRoom
    ) -> Bool {
        guard !condition.operations.isEmpty else { return true }
        var run = ConditionStack(room.places)
        var at = Int(condition.operations.lowerBound)
        let end = Int(condition.operations.upperBound)
        while at < end { at = step(at, &run, subject, world) }
        return run.pop() == 1
    }

    /// Room for any of the conditions.
    var room: ConditionRoom { ConditionRoom(operations.count) }

    /// Where to go on.
    private func step<World: ConditionWorld>(
        _ at: Int, _ run: inout ConditionStack, _ subject: World.Subject, _ world: World
    ) -> Int {
        let operation = operations[at]
        switch operation {
        case .push(let value): run.push(value)
        case .pushText(let number): run.push(Int64(number))
        case .field, .moneyField, .property, .dealPipeline, .dealStage, .dealKind, .dealCloseDate, .dealAmount,
            .engagement,
            .fit, .grade, .stage, .pass, .today, .timeSince, .timeInStage:
            run.push(world.value(of: operation, for: subject))
        case .engagementIs:
            run.push(world.isSo(operation, for: subject) ? 1 : 0)
            return at + 3
        case .happened, .accountInTargets, .accountHasOpenDeal, .accountHasOpenDealAbove, .accountHasOpenHandOver,
            .dealIsOpen, .missed:
            run.push(world.isSo(operation, for: subject) ? 1 : 0)
        case .add, .subtract, .multiply, .divide, .addDays, .subtractDays, .daysBetween: run.calculate(operation)
        case .compare(let comparison): run.compare(comparison)
        case .between: run.between()
        case .isOneOf(let set), .isOneOfTexts(let set): run.test { self.set(set, contains: $0) }
        case .matches(let pattern): run.test { world.matches($0, pattern: pattern) }
        case .isKnown: run.test { _ in true }
        case .isFreeMail: run.test { world.isFreeMail($0) }
        case .isTrue: run.test { $0 != 0 }
        case .inPeriod: run.test { world.isInPeriod($0) }
        case .not: run.push(run.pop() == 1 ? 0 : 1)
        case .jumpUnless(let target): return run.jump(unless: 1) ? Int(target) : at + 1
        case .jumpIf(let target): return run.jump(unless: 0) ? Int(target) : at + 1
        }
        return at + 1
    }
}

/// Where conditions put their values while they run, made once: conditions run millions of times. Of one thread at a time.
final class ConditionRoom: @unchecked Sendable {
    fileprivate let places: UnsafeMutablePointer<Int64>

    init(_ count: Int) { places = .allocate(capacity: max(1, count)) }
    deinit { places.deallocate() }
}

/// The stack of a condition that runs. Checked on compiling: never empty when popped.
struct ConditionStack {
    private let values: UnsafeMutablePointer<Int64>
    private var count = 0

    init(_ values: UnsafeMutablePointer<Int64>) { self.values = values }

    mutating func push(_ value: Int64) {
        values[count] = value
        count += 1
    }

    mutating func pop() -> Int64 {
        count -= 1
        return values[count]
    }

    mutating func test(_ holds: (Int64) -> Bool) {
        let value = pop()
        push(value != unknown && holds(value) ? 1 : 0)
    }

    /// Pops; where the value is another than `going`, pushes it again and says that the jump is taken.
    mutating func jump(unless going: Int64) -> Bool {
        let value = pop()
        guard value != going else { return false }
        push(value)
        return true
    }

    mutating func compare(_ comparison: ProgramComparison) {
        let right = pop()
        let left = pop()
        guard left != unknown, right != unknown else { return push(comparison == .notEqual ? 1 : 0) }
        push(comparison.holds(left, right) ? 1 : 0)
    }

    mutating func between() {
        let high = pop()
        let low = pop()
        let value = pop()
        let isKnown = high != unknown && low != unknown && value != unknown
        push(isKnown && low <= value && value <= high ? 1 : 0)
    }

    mutating func calculate(_ operation: ProgramOperation) {
        let right = pop()
        let left = pop()
        guard left != unknown, right != unknown else { return push(unknown) }
        push(
            ConditionStack.result(of: operation, Int128(left), Int128(right)).flatMap { Int64(exactly: $0) } ?? unknown)
    }

    private static func result(of operation: ProgramOperation, _ left: Int128, _ right: Int128) -> Int128? {
        switch operation {
        case .add: left + right
        case .subtract: left - right
        case .multiply: (left * right).dividedRounding(by: 1_000_000)
        case .divide: right == 0 ? nil : (left * 1_000_000).dividedRounding(by: right)
        case .addDays: left + right.wholeDays
        case .subtractDays: left - right.wholeDays
        case .daysBetween: (left - right) * 86_400_000
        default: nil
        }
    }
}

extension ProgramComparison {
    func holds(_ left: Int64, _ right: Int64) -> Bool {
        switch self {
        case .equal: left == right
        case .notEqual: left != right
        case .less: left < right
        case .atMost: left <= right
        case .greater: left > right
        case .atLeast: left >= right
        }
    }
}

extension Int128 {
    /// To the nearest, halves away from nought.
    fileprivate func dividedRounding(by divisor: Int128) -> Int128 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        guard remainder.magnitude * 2 >= divisor.magnitude else { return quotient }
        return (self < 0) == (divisor < 0) ? quotient + 1 : quotient - 1
    }

    /// Of milliseconds, rounded towards the past.
    fileprivate var wholeDays: Int128 { self >= 0 ? self / 86_400_000 : (self - 86_399_999) / 86_400_000 }
}
