/// The values that a field may have, each with the other names that systems give it. Case and outer space do not matter.
public struct ChoiceList: Hashable, Sendable {
    /// In the order given; `choice` returns an index into it.
    public let names: [String]
    /// Folded names and aliases, sorted by length and bytes.
    private let entries: [Entry]

    private struct Entry: Hashable {
        let folded: [UInt8]
        let choice: Int
    }

    /// The name or alias that two choices claim.
    public struct Conflict: Error, Hashable, CustomStringConvertible {
        public let alias: String
        public let choices: [String]

        public var description: String {
            "`\(alias)` stands for `\(choices[0])` and for `\(choices[1])`. Keep it with one of them."
        }
    }

    public init(_ choices: [(name: String, aliases: [String])]) throws(Conflict) {
        var owners: [[UInt8]: Int] = [:]
        for (index, choice) in choices.enumerated() {
            for alias in [choice.name] + choice.aliases {
                let folded = ChoiceList.folded(alias)
                if let owner = owners[folded], owner != index {
                    throw Conflict(alias: alias, choices: [choices[owner].name, choice.name])
                }
                owners[folded] = index
            }
        }
        names = choices.map(\.name)
        entries = owners.map { Entry(folded: $0.key, choice: $0.value) }.sorted { a, b in
            a.folded.withUnsafeBufferPointer { ChoiceList.order($0, b.folded) < 0 }
        }
    }

    /// The index of the choice that a field names.
    public func choice(_ written: Bytes) throws(UnreadableValue) -> Int {
        let text = written.trimmed
        if text.isEmpty { throw .empty }
        if let index = find(text) { return index }
        // Only other alphabets need the tables of Unicode, and with them an allocation.
        guard text.contains(where: { $0 >= 0x80 }) else { throw .notAChoice }
        let folded = ChoiceList.folded(String(decoding: text, as: UTF8.self))
        guard let index = folded.withUnsafeBufferPointer(find) else { throw .notAChoice }
        return index
    }

    private func find(_ text: Bytes) -> Int? {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            let order = ChoiceList.order(text, entries[middle].folded)
            if order == 0 { return entries[middle].choice }
            (low, high) = order > 0 ? (middle + 1, high) : (low, middle)
        }
        return nil
    }

    private static func folded(_ name: String) -> [UInt8] {
        name.lowercased().withBytes { Array($0.trimmed) }
    }

    /// Shorter first, then by bytes with ASCII's capitals as small letters.
    private static func order(_ text: Bytes, _ folded: [UInt8]) -> Int {
        if text.count != folded.count { return text.count - folded.count }
        for i in 0..<text.count {
            let byte = ASCII.lowercased(text[i])
            if byte != folded[i] { return Int(byte) - Int(folded[i]) }
        }
        return 0
    }
}
