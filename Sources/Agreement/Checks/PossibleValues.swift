/// The values a term may still have.
struct PossibleValues {
    enum Values {
        case positions(PositionSet)
        case names(NameSet)
    }

    private var canBeUnknown = true
    private var values: Values

    /// Before anything was claimed: unknown, or any value of its type.
    init(of type: ValueType, like meant: Values?) {
        switch (type, meant) {
        case (.choice(let names), _): values = .names(NameSet(names))
        case (.yesNo, _): values = .names(NameSet(["yes", "no"]))
        case (.undeclared, .positions?), (.number, _), (.money, _), (.duration, _), (.date, _):
            values = .positions(.everything)
        case (.undeclared, _), (.text, _), (.email, _), (.country, _): values = .names(.everything)
        }
    }

    /// A claim that does not hold also allows that nothing is known. `false` where values of two kinds meet.
    mutating func narrow(to meant: Values?, holds: Bool) -> Bool {
        switch (values, meant) {
        case (_, nil) where holds: break
        case (.positions, nil): values = .positions(PositionSet([]))
        case (.names, nil): values = .names(NameSet([]))
        case (.positions(let own), .positions(let meant)?):
            values = .positions(own.intersection(holds ? meant : meant.complement))
        case (.names(let own), .names(let meant)?):
            values = .names(holds ? own.intersection(meant) : own.subtracting(meant))
        default: return false
        }
        if holds { canBeUnknown = false }
        return true
    }

    var isEmpty: Bool {
        guard !canBeUnknown else { return false }
        return switch values {
        case .positions(let positions): positions.ranges.isEmpty
        case .names(let names): names.isEmpty
        }
    }
}

/// Positions in an order, as ranges from the lowest up, none of which overlap.
struct PositionSet {
    let ranges: [ClosedRange<Int64>]

    static let everything = PositionSet([.min ... .max])

    init(_ ranges: [ClosedRange<Int64>]) {
        var merged: [ClosedRange<Int64>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        self.ranges = merged
    }

    func intersection(_ other: PositionSet) -> PositionSet {
        PositionSet(ranges.flatMap { a in other.ranges.filter(a.overlaps).map { $0.clamped(to: a) } })
    }

    var complement: PositionSet {
        var gaps: [ClosedRange<Int64>] = []
        var next = Int64.min
        for range in ranges {
            if range.lowerBound > next { gaps.append(next...range.lowerBound - 1) }
            guard range.upperBound < .max else { return PositionSet(gaps) }
            next = range.upperBound + 1
        }
        return PositionSet(gaps + [next ... .max])
    }
}

/// Names or texts: these, or all but these. Texts that differ only in case may or may not be equal, so they meet where
/// they are asked for and do not exclude each other.
struct NameSet {
    private let names: Set<String>
    private let isAllBut: Bool

    static let everything = NameSet([], isAllBut: true)

    init(_ names: some Sequence<String>) { self.init(Set(names), isAllBut: false) }

    private init(_ names: Set<String>, isAllBut: Bool) {
        (self.names, self.isAllBut) = (names, isAllBut)
    }

    var isEmpty: Bool { !isAllBut && names.isEmpty }

    /// `meant` lists names.
    func intersection(_ meant: NameSet) -> NameSet {
        if isAllBut { return NameSet(meant.names.subtracting(names)) }
        let folded = Set(meant.names.map { $0.lowercased() })
        return NameSet(names.filter { folded.contains($0.lowercased()) })
    }

    /// `meant` lists names.
    func subtracting(_ meant: NameSet) -> NameSet {
        isAllBut
            ? NameSet(names.union(meant.names), isAllBut: true) : NameSet(names.subtracting(meant.names))
    }
}
