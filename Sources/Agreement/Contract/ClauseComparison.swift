// Which clauses of two agreements say something different, whatever they are numbered.

struct ClauseComparison {
    struct Difference {
        let old: ClauseEntry?
        let new: ClauseEntry?
        let isMove: Bool
    }

    private(set) var differences: [Difference] = []
    /// Defaults and orders that came or went with what they belong to.
    private var silent: [Difference] = []
    private let old: [ClauseEntry]
    private let new: [ClauseEntry]

    init(_ old: [ClauseEntry], _ new: [ClauseEntry]) {
        (self.old, self.new) = (old, new)
    }

    mutating func run() {
        compare(old.filter { $0.numbered == nil }, new.filter { $0.numbered == nil }, by: \.key)
        let before = lists(old)
        let after = lists(new)
        for name in Set(before.keys).union(after.keys).sorted() {
            compareMembers(before[name] ?? [], after[name] ?? [])
        }
        tellWhatNothingElseTells()
    }

    /// Clauses of which each has a key of its own.
    private mutating func compare(_ old: [ClauseEntry], _ new: [ClauseEntry], by key: (ClauseEntry) -> String) {
        let before = Dictionary(old.map { (key($0), $0) }) { first, _ in first }
        let after = Dictionary(new.map { (key($0), $0) }) { first, _ in first }
        for key in Set(before.keys).union(after.keys).sorted() { compare(before[key], after[key]) }
    }

    private mutating func compare(_ old: ClauseEntry?, _ new: ClauseEntry?) {
        guard let old, let new else {
            guard let only = old ?? new else { return }
            let difference = Difference(old: old, new: new, isMove: false)
            if only.isDefault || only.names != nil { silent.append(difference) } else { differences.append(difference) }
            return
        }
        if let before = old.names, let after = new.names {
            let common = Set(before).intersection(after)
            guard before.filter(common.contains) != after.filter(common.contains) else { return }
            differences.append(Difference(old: old, new: new, isMove: true))
        } else if old.meaning != new.meaning {
            differences.append(Difference(old: old, new: new, isMove: false))
        }
    }
}

extension ClauseComparison {
    /// A default that comes or goes with its section says nothing by itself, nor does a list's order. It is told where
    /// nothing else of the section is.
    private mutating func tellWhatNothingElseTells() {
        let told = differences.map { ($0.new ?? $0.old)?.address ?? "" }
        for difference in silent {
            guard let entry = difference.new ?? difference.old else { continue }
            let section = entry.names == nil ? entry.address.prefix(upTo: entry.section) : entry.address[...]
            if !told.contains(where: { $0.hasPrefix(section + ".") }) { differences.append(difference) }
        }
    }
}

// Lists by number.

extension ClauseComparison {
    private struct Member {
        let number: Int
        let isOrdered: Bool
        let entries: [ClauseEntry]

        var meaning: [String: String] {
            Dictionary(entries.map { ($0.numbered?.rest ?? "", $0.meaning) }) { first, _ in first }
        }
    }

    private func lists(_ entries: [ClauseEntry]) -> [String: [Member]] {
        let byList = Dictionary(grouping: entries.filter { $0.numbered != nil }) { $0.numbered?.list ?? "" }
        return byList.mapValues { entries in
            let members = Dictionary(grouping: entries) { $0.numbered?.number ?? 0 }
            return members.sorted { $0.key < $1.key }.map {
                Member(number: $0.key, isOrdered: $0.value[0].numbered?.isOrdered ?? true, entries: $0.value)
            }
        }
    }

    private mutating func compareMembers(_ old: [Member], _ new: [Member]) {
        var pairs: [(old: Int, new: Int)] = []
        var freeOld = Set(old.indices)
        var freeNew = Set(new.indices)
        func pair(_ match: (Member, Member) -> Bool) {
            for i in old.indices where freeOld.contains(i) {
                guard let j = freeNew.sorted().first(where: { match(old[i], new[$0]) }) else { continue }
                pairs.append((i, j))
                freeOld.remove(i)
                freeNew.remove(j)
            }
        }
        pair { $0.number == $1.number && $0.meaning == $1.meaning }
        pair { $0.meaning == $1.meaning }
        noteMoves(pairs, old, new)
        let equal = pairs.count
        pair { $0.number == $1.number }
        for (i, j) in pairs[equal...] { compare(old[i].entries, new[j].entries) { $0.numbered?.rest ?? "" } }
        for i in freeOld.sorted() { for entry in old[i].entries { compare(entry, nil) } }
        for j in freeNew.sorted() { for entry in new[j].entries { compare(nil, entry) } }
    }

    /// Of equal members, those that no longer stand in the order of the others.
    private mutating func noteMoves(_ pairs: [(old: Int, new: Int)], _ old: [Member], _ new: [Member]) {
        let ordered = pairs.sorted { $0.old < $1.old }
        let kept = longestRise(ordered.map(\.new))
        for (index, pair) in ordered.enumerated() where !kept.contains(index) && old[pair.old].isOrdered {
            differences.append(
                Difference(old: old[pair.old].entries[0], new: new[pair.new].entries[0], isMove: true))
        }
    }

    /// The positions of a longest rising part.
    private func longestRise(_ values: [Int]) -> Set<Int> {
        var best: [[Int]] = []
        for (index, value) in values.enumerated() {
            let before = best.filter { values[$0[$0.count - 1]] < value }.max { $0.count < $1.count } ?? []
            best.append(before + [index])
        }
        return Set(best.max { $0.count < $1.count } ?? [])
    }
}

extension ClauseEntry {
    fileprivate var numbered: NumberedAddress? { NumberedAddress(address) }

    /// The same for a clause that holds for everybody and the `otherwise` of one that differs by segment.
    fileprivate var key: String {
        address.split(separator: ".", omittingEmptySubsequences: false).filter { $0 != "otherwise" }
            .joined(separator: ".")
    }

    /// The names that a list has in an order that means something; what else it says stands in clauses of its own.
    var names: [String]? { (value as? NamesInOrder)?.names }

    fileprivate var meaning: String { words }

    /// Where the address of its section ends.
    fileprivate var section: String.Index { address.lastIndex(of: ".") ?? address.startIndex }

    /// The members of a list in canonical words.
    var listMembers: [String]? {
        guard words.hasPrefix("["), words.hasSuffix("]") else { return nil }
        var members: [String] = []
        var (member, isQuoted) = ("", false)
        for character in words.dropFirst().dropLast() {
            if character == "'" { isQuoted.toggle() }
            if character == ",", !isQuoted {
                members.append(member)
                member = ""
            } else if !(character == " " && member.isEmpty) {
                member.append(character)
            }
        }
        return member.isEmpty ? members : members + [member]
    }
}
