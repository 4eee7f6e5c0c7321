import Findings

/// A document as a tree that can be damaged, and written down again with every node on a line of its own.
indirect enum Branch: Hashable {
    case text(String)
    case list([Branch])
    case mapping([Entry])

    struct Entry: Hashable {
        var key: String
        var value: Branch
    }

    init(_ syntax: Syntax) {
        switch syntax.content {
        case .text(let text): self = .text(text)
        case .list(let members): self = .list(members.map(Branch.init))
        case .mapping(let entries): self = .mapping(entries.map { Entry(key: $0.key, value: Branch($0.value)) })
        }
    }

    /// `a text`, `[a list, of texts]`, `{}`.
    init(written text: String) {
        guard text != "{}" else {
            self = .mapping([])
            return
        }
        guard text.hasPrefix("["), text.hasSuffix("]") else {
            self = .text(text)
            return
        }
        let members = text.dropFirst().dropLast().split(separator: ",").map { $0.drop { $0 == " " } }
        self = .list(members.map { .text(String($0)) })
    }

    var count: Int {
        switch self {
        case .text: 0
        case .list(let members): members.count
        case .mapping(let entries): entries.count
        }
    }

    var text: String? { if case .text(let text) = self { text } else { nil } }
    var isText: Bool { text != nil }

    func keys() -> [String] { if case .mapping(let entries) = self { entries.map(\.key) } else { [] } }

    subscript(key: String) -> Branch? {
        guard case .mapping(let entries) = self else { return nil }
        return entries.first { $0.key == key }?.value
    }

    /// The child at a position, in the order of the document.
    subscript(index: Int) -> Branch {
        switch self {
        case .text: self
        case .list(let members): members[index]
        case .mapping(let entries): entries[index].value
        }
    }
}

/// The positions of children from the root down.
typealias Spot = [Int]

extension Branch {
    subscript(spot: Spot) -> Branch { spot.reduce(self) { $0[$1] } }

    /// The same document with something else at a spot.
    func changing(_ spot: Spot, _ change: (Branch) -> Branch) -> Branch {
        guard let index = spot.first else { return change(self) }
        let rest = Array(spot.dropFirst())
        switch self {
        case .text: return self
        case .list(var members):
            members[index] = members[index].changing(rest, change)
            return .list(members)
        case .mapping(var entries):
            entries[index].value = entries[index].value.changing(rest, change)
            return .mapping(entries)
        }
    }

    func dropping(_ index: Int) -> Branch {
        switch self {
        case .text: self
        case .list(let members): .list(members.enumerated().filter { $0.offset != index }.map(\.element))
        case .mapping(let entries): .mapping(entries.enumerated().filter { $0.offset != index }.map(\.element))
        }
    }

    func repeating(_ index: Int) -> Branch {
        switch self {
        case .text: self
        case .list(let members): .list(Array(members[...index]) + Array(members[index...]))
        case .mapping(let entries): .mapping(Array(entries[...index]) + Array(entries[index...]))
        }
    }

    func swapping(_ index: Int) -> Branch {
        switch self {
        case .text: return self
        case .list(var members):
            members.swapAt(index, index + 1)
            return .list(members)
        case .mapping(var entries):
            entries.swapAt(index, index + 1)
            return .mapping(entries)
        }
    }

    func renaming(_ index: Int, _ key: String) -> Branch {
        guard case .mapping(var entries) = self else { return self }
        entries[index].key = key
        return .mapping(entries)
    }

    func adding(_ key: String, _ value: Branch) -> Branch {
        guard case .mapping(let entries) = self else { return self }
        return .mapping(entries + [Entry(key: key, value: value)])
    }
}

// As YAML: one key or member a line, texts in single quotes.

struct WrittenBranch {
    private(set) var lines: [String] = []
    /// The line, from 1, of the key or dash of each spot.
    private(set) var line: [Spot: Int] = [[]: 1]

    var text: String { lines.map { $0 + "\n" }.joined() }

    init(_ root: Branch) { write(root, at: [], indent: 0) }

    private mutating func write(_ branch: Branch, at spot: Spot, indent: Int) {
        let margin = String(repeating: " ", count: indent)
        switch branch {
        case .text: break
        case .list(let members):
            for (index, member) in members.enumerated() { add("\(margin)-", member, spot + [index], indent) }
        case .mapping(let entries):
            for (index, entry) in entries.enumerated() {
                add("\(margin)\(quoted(entry.key)):", entry.value, spot + [index], indent)
            }
        }
    }

    private mutating func add(_ start: String, _ value: Branch, _ spot: Spot, _ indent: Int) {
        switch value {
        case .text(let text): lines.append("\(start) \(quoted(text))")
        case .list(let members) where members.isEmpty: lines.append("\(start) []")
        case .mapping(let entries) where entries.isEmpty: lines.append("\(start) {}")
        case .list, .mapping: lines.append(start)
        }
        line[spot] = lines.count
        write(value, at: spot, indent: indent + 2)
    }

    private func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    }

    /// The lines on which something at a spot, or below it, stands.
    func lines(within spot: Spot) -> Set<Int> {
        Set(line.filter { $0.key.starts(with: spot) }.map(\.value))
    }
}
