public import Journal

/// What one request brought: the facts of its good items, packed for the journal, and what is wrong with the others.
public struct Delivery: Sendable {
    public private(set) var batch = FactBatch()
    /// For each item of the request, in its order, how many facts it became; 0 for a bad one.
    public private(set) var factCounts: [Int] = []
    public private(set) var faults: [ItemFault] = []

    public init() {}

    /// Adds the facts of the next item, or says why there are none. A bad item leaves nothing in the batch.
    mutating func add(at pointer: String, _ facts: () throws(ItemFault) -> [Fact]) {
        let index = factCounts.count
        do throws(ItemFault) {
            let facts = try facts()
            for fact in facts {
                if let problem = fact.problems.first { throw ItemFault(problem) }
            }
            for fact in facts { batch.append(fact) }
            factCounts.append(facts.count)
        } catch {
            factCounts.append(0)
            faults.append(error.placed(index, pointer))
        }
    }
}

/// Why an item of a request did not become facts.
public struct ItemFault: Error, Hashable, Sendable {
    /// The item's place in the request, the first being 0.
    public private(set) var index = 0
    /// A JSON pointer (RFC 6901) to what is wrong.
    public private(set) var pointer: String
    /// Stable, in kebab case.
    public var code: String
    /// A sentence without its full stop.
    public var cause: String
    public var remedy: String

    init(_ code: String, at pointer: String = "", _ cause: String, remedy: String) {
        (self.code, self.pointer, self.cause, self.remedy) = (code, pointer, cause, remedy)
    }

    /// A fact of the item is not what its kind says it is.
    init(_ problem: FactProblem) {
        self.init(
            "not-a-fact", problem.sentence,
            remedy: "The kinds of facts and what each of them needs are listed in docs/facts.md.")
    }

    /// Two different facts were given one key. `isAlone`: the request is the fact itself, not a list.
    public static func keyReused(index: Int, isAlone: Bool) -> ItemFault {
        ItemFault(
            "key-reused", at: "/id", "a fact with this object, id and aspect is there and says something else",
            remedy: "A correction is a new fact: give it an “aspect” or an id of its own."
        ).placed(index, isAlone ? "" : "/\(index)")
    }

    /// Only keys send facts: whoever sends is known by nothing else.
    public static let noSender = ItemFault(
        "no-sender", "only a key can send facts", remedy: "Send it with a key made for a source.")

    func placed(_ index: Int, _ item: String) -> ItemFault {
        var fault = self
        (fault.index, fault.pointer) = (index, item + pointer)
        return fault
    }
}
