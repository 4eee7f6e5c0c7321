// A document beside the meanings of its keys: the address of every clause, what declares a name, what uses it.

struct MeantDocument {
    struct Node {
        let spot: Spot
        let path: [String]
        let meaning: KeyMeaning
        /// Of the clause it says or belongs to; of a section what the addresses of its clauses begin with.
        let address: String
        let branch: Branch
    }

    let root: Branch
    private(set) var nodes: [Node] = []
    /// Spots without a row in the table.
    private(set) var unknown: [[String]] = []
    private var bySpot: [Spot: Int] = [:]

    init(_ root: Branch) {
        self.root = root
        visit(root, [], [], "", nil)
    }

    func node(_ spot: Spot) -> Node? { bySpot[spot].map { nodes[$0] } }
    func parent(_ node: Node) -> Node? { self.node(Array(node.spot.dropLast())) }
    func children(_ spot: Spot) -> [Node] { (0..<root[spot].count).compactMap { node(spot + [$0]) } }

    private mutating func visit(_ branch: Branch, _ spot: Spot, _ path: [String], _ address: String, _ own: Node?) {
        switch branch {
        case .text: return
        case .mapping(let entries):
            for (index, entry) in entries.enumerated() { visit(entry, index, spot, path, address, own) }
        case .list(let members):
            guard case .members(let key, _)? = own?.meaning.shape else { return }
            var seen: [String: Int] = [:]
            for (index, member) in members.enumerated() {
                let name = key.flatMap { member[$0]?.text } ?? String(index + 1)
                seen[name, default: 0] += 1
                let number = seen[name].map { $0 > 1 ? ".\($0)" : "" } ?? ""
                visit(member, spot + [index], path + ["[]"], "\(address).\(name)\(number)", nil)
            }
        }
    }

    private mutating func visit(
        _ entry: Branch.Entry, _ index: Int, _ spot: Spot, _ path: [String], _ address: String, _ parent: Node?
    ) {
        let (spot, path) = (spot + [index], path + [entry.key])
        guard let meaning = KeyMeanings.all.first(where: { $0.fits(path) }) else {
            unknown.append(path)
            return
        }
        let key = entry.key.hasPrefix("team ") ? String(entry.key.dropFirst(5)) : entry.key
        var own = address.isEmpty ? key : "\(address).\(key)"
        if let beside = meaning.partOf { own = "\(address).\(beside)" } else if meaning.isPart { own = address }
        let node = Node(spot: spot, path: path, meaning: meaning, address: own, branch: entry.value)
        bySpot[spot] = nodes.count
        nodes.append(node)
        visit(entry.value, spot, path, own, node)
    }
}

extension KeyMeaning {
    /// A row with a star or braces comes after the one that says the key itself.
    fileprivate func fits(_ keys: [String]) -> Bool {
        path.count == keys.count
            && zip(path, keys).allSatisfy { pattern, key in
                pattern == key || pattern == "*" || (pattern.contains("{") && key.fits(pattern))
            }
    }
}

extension String {
    /// The part before the braces, and the part between two of them, must be there.
    fileprivate func fits(_ pattern: String) -> Bool {
        let start = pattern.prefix { $0 != "{" }
        guard hasPrefix(start), count > start.count else { return false }
        return !pattern.contains("_to_") || contains("_to_")
    }
}

// Clauses.

extension MeantDocument {
    /// The addresses of the clauses that are written within a spot.
    func written(_ spot: Spot) -> Set<String> {
        Set(nodes.filter { $0.spot.starts(with: spot) && $0.saysAClause }.map(\.address))
    }
}

extension MeantDocument.Node {
    var saysAClause: Bool {
        if path == ["interlock"] || (path.starts(with: ["routing", "rules"]) && path.last == "name") { return false }
        return switch meaning.shape {
        case .clause, .list, .value: true
        case .section, .names, .members, .promise: false
        }
    }
}

// Names.

struct DeclaredName: Hashable {
    let kind: String
    let name: String
}

extension MeantDocument {
    /// Every name that is declared within a spot.
    func names(declaredWithin spot: Spot) -> Set<DeclaredName> {
        var names: Set<DeclaredName> = []
        for node in nodes {
            if case .names(let kind, _)? = parent(node)?.meaning.shape, node.meaning.isFreeKey, !kind.isEmpty,
                node.spot.starts(with: spot)
            {
                names.insert(DeclaredName(kind: kind, name: node.path[node.path.count - 1]))
            }
            guard let kind = node.meaning.declares else { continue }
            for (index, text) in node.texts.enumerated() {
                let own = node.branch.isText ? node.spot : node.spot + [index]
                if own.starts(with: spot) { names.insert(DeclaredName(kind: kind, name: text)) }
            }
        }
        return names
    }

    /// The spots at which a name is used.
    func uses(of name: DeclaredName) -> [Spot] {
        nodes.flatMap { node -> [Spot] in
            var spots: [Spot] = []
            if node.meaning.keyNames.contains(name.kind), keyNames(node).contains(name.name) { spots.append(node.spot) }
            if node.usedNames.contains(name) { spots.append(node.spot) }
            return spots
        }
    }

    private func keyNames(_ node: Node) -> [String] {
        let key = node.path[node.path.count - 1]
        if node.meaning.keyNames.count == 2 { return key.parts(around: "_to_") }
        let pattern = node.meaning.path[node.meaning.path.count - 1]
        return [String(key.dropFirst(pattern.prefix { $0 != "{" }.count))]
    }
}

extension String {
    func parts(around separator: String) -> [String] {
        guard let range = firstRange(of: separator) else { return [self] }
        return [String(self[..<range.lowerBound]), String(self[range.upperBound...])]
    }
}

extension MeantDocument.Node {
    var texts: [String] {
        switch branch {
        case .text(let text): [text]
        case .list(let members): members.compactMap(\.text)
        case .mapping: []
        }
    }

    fileprivate var usedNames: Set<DeclaredName> {
        switch meaning.shape {
        case .value(let form) where form.hasPrefix("a "): references(String(form.dropFirst(2)))
        case .list(let form) where form.hasPrefix("a "): references(String(form.dropFirst(2)))
        case .value("destination"), .value("choice"):
            Set(
                texts.filter { $0.hasPrefix("team ") }.map { DeclaredName(kind: "team", name: String($0.dropFirst(5))) }
            )
        case .value("condition"), .value("deal condition"), .value("happening"), .value("limit"):
            Set(texts.flatMap { ConditionWords($0).uses })
        default: []
        }
    }

    private func references(_ kind: String) -> Set<DeclaredName> {
        Set(texts.map { DeclaredName(kind: kind, name: $0) })
    }
}

/// The words of a condition and what each is, told by the words around it.
struct ConditionWords {
    struct Word: Hashable {
        let text: String
        let range: Range<String.Index>
        let isQuoted: Bool
    }

    private(set) var words: [Word] = []
    /// What the condition asks of whom: names that are compared, and properties of what happened.
    private(set) var leading: [String] = []
    private(set) var uses: Set<DeclaredName> = []

    private static let comparing: Set = ["is", "in", "between", "matches", "=", "!=", "<", "<=", ">", ">="]
    private static let joining: Set = ["and", "or", "not", "where"]

    init(_ text: String) {
        var index = text.startIndex
        while index < text.endIndex {
            let start = index
            let character = text[index]
            if character == "'" {
                index = text[text.index(after: index)...].firstIndex(of: "'").map(text.index(after:)) ?? text.endIndex
            } else if character.isNamePart {
                index = text[index...].firstIndex { !$0.isNamePart } ?? text.endIndex
            } else if "<>=!".contains(character) {
                index = text[index...].firstIndex { !"<>=!".contains($0) } ?? text.endIndex
            } else {
                index = text.index(after: index)
                continue
            }
            words.append(Word(text: String(text[start..<index]), range: start..<index, isQuoted: character == "'"))
        }
        readUses()
    }

    private mutating func readUses() {
        var subject: String?
        for (index, word) in words.enumerated() {
            let next = index + 1 < words.count ? words[index + 1].text : ""
            let last = index > 0 ? words[index - 1].text : ""
            if Self.joining.contains(word.text) { subject = nil }
            if last == "for" { uses.insert(DeclaredName(kind: "purpose", name: word.text)) }
            if last == "enters" { uses.insert(DeclaredName(kind: "deal stage", name: word.bare)) }
            if Self.comparing.contains(next), !Self.comparing.contains(word.text) {
                (subject, leading) = (word.text, leading + [word.text])
                uses.insert(DeclaredName(kind: "field", name: word.text))
            } else if let subject {
                uses.insert(DeclaredName(kind: Self.kinds[subject] ?? "choice", name: word.bare))
            } else {
                uses.insert(DeclaredName(kind: "activity", name: word.text))
            }
        }
    }

    /// Of what a value is the name, by what it is compared with.
    private static let kinds = ["grade": "grade", "kind": "kind", "pipeline": "pipeline", "stage": "stage"]
}

extension ConditionWords.Word {
    fileprivate var bare: String { isQuoted ? String(text.dropFirst().dropLast()) : text }
}

extension Character {
    fileprivate var isNamePart: Bool { isLetter || isNumber || self == "_" || self == "." || self == "-" }
}
