internal import Vocabulary

/// How the hand-overs of one agreement differ from those of another, each in exactly one list.
public struct HandOverChanges: Hashable, Sendable {
    public struct Pair: Hashable, Sendable {
        public let current: HandedOver
        public let draft: HandedOver
    }

    /// By the draft alone.
    public private(set) var enters: [HandedOver] = []
    /// By the current agreement alone.
    public private(set) var leaves: [HandedOver] = []
    public private(set) var earlier: [Pair] = []
    public private(set) var later: [Pair] = []
    /// At the same instant.
    public private(set) var toAnotherOwner: [Pair] = []
    public private(set) var unchanged: [Pair] = []

    /// A step belongs to the window when either agreement puts it there.
    init(current: [HandedOver], draft: [HandedOver], in window: Range<Instant>) {
        let before = Dictionary(current.map { ($0.step, $0) }) { first, _ in first }
        let after = Set(draft.map(\.step))
        for new in draft {
            guard let old = before[new.step] else {
                if window.contains(new.ready) { enters.append(new) }
                continue
            }
            guard window.contains(new.ready) || window.contains(old.ready) else { continue }
            add(Pair(current: old, draft: new))
        }
        leaves = current.filter { window.contains($0.ready) && !after.contains($0.step) }
    }

    private mutating func add(_ pair: Pair) {
        if pair.draft.ready < pair.current.ready {
            earlier.append(pair)
        } else if pair.draft.ready > pair.current.ready {
            later.append(pair)
        } else if pair.draft.owner != pair.current.owner {
            toAnotherOwner.append(pair)
        } else {
            unchanged.append(pair)
        }
    }

    public var isEmpty: Bool { changed == 0 }

    public var changed: Int {
        enters.count + leaves.count + earlier.count + later.count + toAnotherOwner.count
    }
}
