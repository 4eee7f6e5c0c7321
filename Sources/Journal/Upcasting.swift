/// Lifts facts written in an older form of their kind to today's form, step by step, when they are read.
///
/// What is stored never changes; a kind whose form changes gets the next version and a step from the one before.
public struct Upcasting: Sendable {
    /// Turns the properties of one version into those of the next.
    public typealias Step = @Sendable ([Property]) -> [Property]

    private var steps: [FactKind: [UInt8: Step]]
    private let current: @Sendable (FactKind) -> UInt8

    /// `current` tells the version to lift to; today's by default.
    public init(
        steps: [FactKind: [UInt8: Step]], current: @escaping @Sendable (FactKind) -> UInt8 = { $0.currentVersion }
    ) {
        self.steps = steps
        self.current = current
    }

    /// All steps of all kinds so far. Every kind is still in its first form.
    public static let standard = Upcasting(steps: [:])

    /// The fact in today's form; a fact from a newer program than this one is left as it is.
    public func lift(_ fact: Fact) -> Fact {
        let target = current(fact.kind)
        guard fact.version < target else { return fact }
        var (properties, version) = (fact.properties, fact.version)
        while version < target, let step = steps[fact.kind]?[version] {
            properties = step(properties)
            version += 1
        }
        return fact.with(version: version, properties: properties)
    }

    /// The versions from which no chain of steps leads to today's: must be empty, by test.
    public func gaps() -> [(kind: FactKind, version: UInt8)] {
        FactKind.allCases.flatMap { kind in
            (1..<max(1, current(kind))).filter { steps[kind]?[$0] == nil }.map { (kind, $0) }
        }
    }
}

extension Fact {
    func with(version: UInt8, properties: [Property]) -> Fact {
        Fact(
            key: key, kind: kind, version: version, name: name, occurred: occurred, known: known, recorded: recorded,
            persons: persons, accounts: accounts, actor: actor, properties: properties)
    }
}
