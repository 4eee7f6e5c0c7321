import Findings

// Damages of a document, each with what must come of it by the table of meanings.

struct Damage {
    enum Judgement {
        /// A finding of level error stands on one of these lines of the damaged document.
        case refused(Set<Int>)
        /// The differences have exactly the addresses of one of these sets.
        case legal([Set<String>])
    }

    let what: String
    let root: Branch
    let judgement: Judgement
}

/// All ways in which a document is damaged.
final class Damages {
    private let document: MeantDocument
    private(set) var all: [Damage] = []

    init(_ document: MeantDocument) {
        self.document = document
        for node in document.nodes {
            damageEntry(node)
            damageValue(node)
        }
        for section in sections { writeOutDefaults(section) }
        for (index, node) in document.children([]).enumerated() where index + 1 < document.root.count {
            reorder(node, within: nil)
        }
    }

    private func add(_ what: String, _ node: MeantDocument.Node, _ root: Branch, _ judgement: Damage.Judgement) {
        all.append(
            Damage(what: "\(what): \(node.path.joined(separator: "."))", root: root, judgement: judgement))
    }

    /// On the line of a spot, of the parent, or of where the parent's keys begin; or where one of the users stands.
    private func refused(_ root: Branch, at spot: Spot, users: [Spot] = []) -> Damage.Judgement {
        let written = WrittenBranch(root)
        let parent = Spot(spot.dropLast())
        var lines = written.lines(within: spot)
        lines.formUnion([written.line[parent], written.line[parent + [0]]].compactMap { $0 })
        for user in users { lines.formUnion(written.lines(within: user)) }
        return .refused(lines)
    }

    /// A damage that takes names away is refused where they are used; else it is what it is.
    private func judged(
        _ root: Branch, at spot: Spot, without names: Set<DeclaredName>, _ judgement: Damage.Judgement,
        spotOf: (Spot) -> Spot? = { $0 }
    ) -> Damage.Judgement {
        let users = names.flatMap { document.uses(of: $0) }.compactMap(spotOf)
        return users.isEmpty ? judgement : refused(root, at: spot, users: users)
    }
}

// Entries: dropped, misspelt, repeated, out of order.

extension Damages {
    private func damageEntry(_ node: MeantDocument.Node) {
        drop(node)
        misspellKey(node)
        let (parent, index) = (Spot(node.spot.dropLast()), node.spot[node.spot.count - 1])
        let twice = document.root.changing(parent) { $0.repeating(index) }
        add("written twice", node, twice, refused(twice, at: node.spot))
        guard index + 1 < document.root[parent].count, !parent.isEmpty else { return }
        reorder(node, within: document.node(parent))
    }

    private func drop(_ node: MeantDocument.Node) {
        let root = document.root.changing(Spot(node.spot.dropLast())) { $0.dropping(node.spot[node.spot.count - 1]) }
        add("dropped", node, root, dropped(node, root))
    }

    private func dropped(_ node: MeantDocument.Node, _ root: Branch) -> Damage.Judgement {
        let kept = document.namesKept(without: node)
        let lost = document.names(declaredWithin: node.spot).filter { name in
            !kept.contains(name) && document.uses(of: name).contains { !$0.starts(with: node.spot) }
        }
        let parent = Spot(node.spot.dropLast())
        let users = lost.flatMap { document.uses(of: $0) }.filter { !$0.starts(with: node.spot) }
        if !users.isEmpty { return refused(root, at: parent + [0], users: users.map { $0.after(dropping: node.spot) }) }
        if node.meaning.leftOut == .refused { return refused(root, at: parent + [0]) }
        if isLastOfNeededClause(node) { return refused(root, at: parent) }
        if node.isRuleName { return .legal([[routingRule(node, calledNow: nil)]]) }
        return .legal([document.changesWithout(node)])
    }

    /// Without it the clause it is part of, which must be there, says nothing.
    private func isLastOfNeededClause(_ node: MeantDocument.Node) -> Bool {
        guard node.meaning.isPart, let whole = document.parent(node) else { return false }
        return whole.meaning.leftOut == .refused && whole.branch.count == 1
    }

    private func misspellKey(_ node: MeantDocument.Node) {
        let key = node.path[node.path.count - 1]
        let (parent, index) = (Spot(node.spot.dropLast()), node.spot[node.spot.count - 1])
        let root = document.root.changing(parent) { $0.renaming(index, key.misspelt) }
        guard node.meaning.isFreeKey else { return add("key misspelt", node, root, refused(root, at: node.spot)) }
        if node.meaning.isPart { return add("key misspelt", node, root, .legal([[node.address]])) }
        guard case .names(let kind, _)? = document.parent(node)?.meaning.shape else { return }
        let renamed = MeantDocument(root)
        // A name that is told as such when it changes, and one whose clauses go and come.
        let isTold = ["field", "activity", "calendar", "team", "stage", "detour", "step", "pipeline", "entry point"]
            .contains(kind)
        let changes =
            isTold
            ? [node.address.dropLastKey + "." + key.misspelt]
            : document.written(node.spot).union(renamed.written(node.spot))
        let names = document.names(declaredWithin: node.spot).filter { $0.kind == kind }
        add("name misspelt", node, root, judged(root, at: node.spot, without: names, .legal([changes])))
    }

    private func reorder(_ node: MeantDocument.Node, within parent: MeantDocument.Node?) {
        let (spot, index) = (Spot(node.spot.dropLast()), node.spot[node.spot.count - 1])
        let root = document.root.changing(spot) { $0.swapping(index) }
        guard let parent else { return add("out of order", node, root, .legal([[]])) }
        switch parent.meaning.shape {
        case .clause(inOrder: true): add("out of order", node, root, refused(root, at: node.spot))
        case .names(let kind, inOrder: true):
            let broken = kind == "stage" ? document.conversions(brokenBySwapping: index) : []
            let moved = Damage.Judgement.legal([[parent.address]])
            add("out of order", node, root, broken.isEmpty ? moved : refused(root, at: node.spot, users: broken))
        default: add("out of order", node, root, .legal([[]]))
        }
    }

    private var sections: [Spot] {
        var spots: [Spot] = [[]]
        for node in document.nodes {
            switch (node.meaning.shape, node.branch) {
            case (.section, .mapping), (.promise, .mapping): spots.append(node.spot)
            case (.members, .list(let members)): spots += members.indices.map { node.spot + [$0] }
            case (.names(let kind, _), .mapping(let entries)) where kind.isEmpty == false:
                spots += entries.indices.map { node.spot + [$0] }
            default: break
            }
        }
        return spots
    }

    /// A default that is written out changes nothing.
    private func writeOutDefaults(_ spot: Spot) {
        let branch = document.root[spot]
        guard case .mapping = branch else { return }
        let path = document.path(spot)
        for meaning in KeyMeanings.all where meaning.path.count == path.count + 1 {
            guard case .means(let written) = meaning.leftOut, meaning.isBelow(path),
                let key = meaning.path.last, branch[key] == nil, let text = document.standard(written, branch)
            else { continue }
            let root = document.root.changing(spot) { $0.adding(key, Branch(written: text)) }
            all.append(
                Damage(
                    what: "default written out: \((path + [key]).joined(separator: "."))", root: root,
                    judgement: .legal([[]])))
        }
    }
}

extension KeyMeaning {
    fileprivate func isBelow(_ path: [String]) -> Bool {
        zip(self.path, path).allSatisfy { $0 == $1 || $0 == "*" }
    }
}

extension MeantDocument {
    /// With `[]` for members.
    fileprivate func path(_ spot: Spot) -> [String] {
        var path: [String] = []
        var branch = root
        for index in spot {
            if case .mapping(let entries) = branch { path.append(entries[index].key) } else { path.append("[]") }
            branch = branch[index]
        }
        return path
    }

    /// What holds where a key is left out of a section; `nil` where nobody could write it down.
    fileprivate func standard(_ written: String, _ section: Branch) -> String? {
        switch written {
        case "as its type": ["email", "phone"].contains(section["type"]?.text) ? "true" : "false"
        case "its number": nil
        case "{} of a choice": section["type"]?.text == "choice" ? "{}" : nil
        default: written
        }
    }

    /// What differs when a key is left out that may be.
    func changesWithout(_ node: Node) -> Set<String> {
        switch node.meaning.leftOut {
        case .refused: []
        case .keys:
            if case .clause = node.meaning.shape {
                children(node.spot).allSatisfy { changesWithout($0).isEmpty } ? [] : [node.address]
            } else {
                children(node.spot).reduce(into: []) { $0.formUnion(changesWithout($1)) }
            }
        case .nothing: node.meaning.isPart ? [node.address] : written(node.spot)
        case .means(let text):
            isStandard(node, text) ? [] : [node.address]
        }
    }

    private func isStandard(_ node: Node, _ written: String) -> Bool {
        guard let standard = standard(written, root[Spot(node.spot.dropLast())]) else { return false }
        return node.texts.sorted() == Branch(written: standard).members.sorted() && !node.branch.isMapping
    }

    /// Names that a default declares in place of what is dropped.
    fileprivate func namesKept(without node: Node) -> Set<DeclaredName> {
        Set(
            nodes.filter { $0.spot.starts(with: node.spot) }.flatMap { node -> [DeclaredName] in
                guard case .means(let text) = node.meaning.leftOut, let kind = node.meaning.declares else { return [] }
                return Branch(written: text).members.map { DeclaredName(kind: kind, name: $0) }
            })
    }

    /// The conversions of the plan that no longer lead from a stage to the next when two neighbours change places.
    fileprivate func conversions(brokenBySwapping index: Int) -> [Spot] {
        guard var stages = root["stages"]?.keys() else { return [] }
        stages.swapAt(index, index + 1)
        let pairs = zip(["visitor"] + stages, stages).map { "\($0)_to_\($1)" }
        return nodes.filter {
            $0.path.count == 2 && $0.path[0] == "plan" && $0.path[1].contains("_to_") && !pairs.contains($0.path[1])
        }.map(\.spot)
    }
}

extension MeantDocument.Node {
    fileprivate var isRuleName: Bool { path.starts(with: ["routing", "rules"]) && path.last == "name" }
}

extension Branch {
    fileprivate var members: [String] {
        switch self {
        case .text(let text): [text]
        case .list(let members): members.compactMap(\.text)
        case .mapping: []
        }
    }

    fileprivate var isMapping: Bool { if case .mapping = self { true } else { false } }
}

extension Spot {
    /// Where something stands once an earlier sibling has been dropped.
    fileprivate func after(dropping dropped: Spot) -> Spot {
        let depth = dropped.count - 1
        guard count > depth, starts(with: dropped.dropLast()), self[depth] > dropped[depth] else { return self }
        var spot = self
        spot[depth] -= 1
        return spot
    }
}

extension String {
    /// An x after the first letter.
    var misspelt: String { prefix(1) + "x" + dropFirst() }

    fileprivate var dropLastKey: String { split(separator: ".").dropLast().joined(separator: ".") }
}

// Values: misspelt, of another type, extreme; members dropped, repeated, out of order.

extension Damages {
    private func damageValue(_ node: MeantDocument.Node) {
        retype(node)
        switch node.branch {
        case .text(let text):
            misspell(node, node.spot, text)
            exaggerate(node, node.spot, text)
        case .list(let members):
            for (index, member) in members.enumerated() {
                damageMember(node, index)
                if let text = member.text { misspell(node, node.spot + [index], text) }
            }
        case .mapping: break
        }
    }

    private func replace(
        _ what: String, _ node: MeantDocument.Node, _ spot: Spot, _ branch: Branch,
        _ judgement: (Branch) -> Damage.Judgement
    ) {
        let root = document.root.changing(spot) { _ in branch }
        add(what, node, root, judgement(root))
    }

    private func misspell(_ node: MeantDocument.Node, _ spot: Spot, _ text: String) {
        if node.form.isCondition { return misspellWords(node, spot, text) }
        let names = texts(declaredBy: node, within: spot)
        replace("misspelt", node, spot, .text(text.misspelt)) { root in
            let isMail = ["mail", "domain"].contains(node.form) || (node.form == "destination" && text.contains("@"))
            guard node.form.takesAnyText || isMail else {
                return refused(root, at: spot)
            }
            return judged(root, at: spot, without: names, legalText(node, text.misspelt, root))
        }
    }

    /// The names among the texts of a value; the key it stands under keeps its name.
    private func texts(declaredBy node: MeantDocument.Node, within spot: Spot) -> Set<DeclaredName> {
        document.names(declaredWithin: spot).filter { $0.kind == node.meaning.declares }
    }

    private func legalText(_ node: MeantDocument.Node, _ text: String, _ root: Branch) -> Damage.Judgement {
        if node.isRuleName { return .legal([[routingRule(node, calledNow: text)]]) }
        if node.isRepMail {
            let member = Spot(node.spot.dropLast())
            return .legal([document.written(member).union(MeantDocument(root).written(member))])
        }
        return .legal([[node.address]])
    }

    /// The address of a rule of the routing by its name, or by its number.
    private func routingRule(_ node: MeantDocument.Node, calledNow name: String?) -> String {
        "routing.rules.\(name ?? String(node.spot[node.spot.count - 2] + 1))"
    }

    /// Each word of three letters or more.
    private func misspellWords(_ node: MeantDocument.Node, _ spot: Spot, _ text: String) {
        let condition = ConditionWords(text)
        for word in condition.words where word.text.count >= 3 && word.text.contains(where: \.isLetter) {
            let isFree = word.isQuoted ? !condition.isName(word) : node.isProperty(word.text, in: condition)
            let changed = text.replacingCharacters(word.range, with: word.text.misspelt(quoted: word.isQuoted))
            replace("word misspelt (\(word.text))", node, spot, .text(changed)) { root in
                isFree ? .legal([[node.address]]) : refused(root, at: spot)
            }
        }
    }

    private func retype(_ node: MeantDocument.Node) {
        let nested = Branch.mapping([.init(key: "xyzzy", value: node.branch)])
        replace("made a mapping", node, node.spot, nested) { refused($0, at: node.spot) }
        replace("made a list", node, node.spot, .list([node.branch])) { root in
            switch (node.meaning.shape, node.branch) {
            case (.promise, .mapping): .legal([[]])
            case (.list, .text): .legal([[]])
            default: refused(root, at: node.spot)
            }
        }
        let names = texts(declaredBy: node, within: node.spot)
        replace("made xyzzy", node, node.spot, .text("xyzzy")) { root in
            guard node.form.takesAnyText || node.form == "deal condition" else { return refused(root, at: node.spot) }
            return judged(root, at: node.spot, without: names, legalText(node, "xyzzy", root))
        }
    }

    private func exaggerate(_ node: MeantDocument.Node, _ spot: Spot, _ text: String) {
        for extreme in Extreme.all[node.form] ?? [] where extreme.text != text {
            replace("made \(extreme.text)", node, spot, .text(extreme.text)) { root in
                extreme.isLegal ? .legal([[node.address]]) : refused(root, at: spot)
            }
        }
        guard node.form.isCondition, let digits = text.firstRange(of: #/[0-9]+/#) else { return }
        let huge = text.replacingCharacters(digits, with: "99999999999999999999")
        replace("made huge", node, spot, .text(huge)) { refused($0, at: spot) }
    }

    private func damageMember(_ node: MeantDocument.Node, _ index: Int) {
        let spot = node.spot + [index]
        let what = "member \(index + 1)"
        let without = document.root.changing(node.spot) { $0.dropping(index) }
        let twice = document.root.changing(node.spot) { $0.repeating(index) }
        add("\(what) dropped", node, without, memberDropped(node, spot, without))
        add("\(what) written twice", node, twice, memberRepeated(node, index, twice))
        guard index + 1 < node.branch.count else { return }
        let swapped = document.root.changing(node.spot) { $0.swapping(index) }
        add("\(what) out of order", node, swapped, .legal(membersSwapped(node, index)))
    }

    private func memberDropped(_ node: MeantDocument.Node, _ spot: Spot, _ root: Branch) -> Damage.Judgement {
        guard case .members = node.meaning.shape else {
            let names = document.names(declaredWithin: spot)
            return judged(root, at: spot, without: names, .legal([[node.address]]))
        }
        return .legal([document.written(spot)])
    }

    private func memberRepeated(_ node: MeantDocument.Node, _ index: Int, _ root: Branch) -> Damage.Judgement {
        switch node.meaning.shape {
        case .members(let key?, _) where key != "for": refused(root, at: node.spot + [index + 1])
        case .members: .legal([MeantDocument(root).written(node.spot + [index + 1])])
        case .value("file or days"): .legal([[]])
        case _ where node.form == "hours": refused(root, at: node.spot)
        default: refused(root, at: node.spot + [index + 1])
        }
    }

    /// Of two neighbours in an order, either may be said to have moved.
    private func membersSwapped(_ node: MeantDocument.Node, _ index: Int) -> [Set<String>] {
        switch node.meaning.shape {
        case .members(by: .some, inOrder: true): [[node.address]]
        case .members(by: nil, inOrder: true): [["\(node.address).\(index + 1)"], ["\(node.address).\(index + 2)"]]
        default: [[]]
        }
    }
}

extension MeantDocument.Node {
    /// Of a scalar, or of the members of a list.
    fileprivate var form: String {
        switch meaning.shape {
        case .value(let form), .list(let form): form
        default: ""
        }
    }

    fileprivate var isRepMail: Bool { path.starts(with: ["teams"]) && path.last == "email" }

    /// Names of what a source or a CRM knows about a fact are its own.
    fileprivate func isProperty(_ word: String, in condition: ConditionWords) -> Bool {
        guard condition.leading.contains(word) else { return false }
        return switch form {
        case "happening": !["event", "channel"].contains(word)
        case "deal condition": !["kind", "pipeline", "stage", "close_date", "amount", "deal"].contains(word)
        default: false
        }
    }
}

extension ConditionWords {
    /// A quoted name of a stage of deals is looked up like any other.
    fileprivate func isName(_ word: Word) -> Bool {
        guard let index = words.firstIndex(of: word), index > 0 else { return false }
        return words[index - 1].text == "enters"
    }
}

extension String {
    fileprivate var takesAnyText: Bool { self == "text" || self == "limit" }

    fileprivate var isCondition: Bool { ["condition", "deal condition", "happening", "limit", "term"].contains(self) }

    fileprivate func misspelt(quoted: Bool) -> String {
        quoted ? prefix(1) + dropFirst().description.misspelt : misspelt
    }

    fileprivate func replacingCharacters(_ range: Range<Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + self[range.upperBound...]
    }
}

// The largest and smallest that each form allows, and what lies beyond.

private struct Extreme {
    let text: String
    let isLegal: Bool

    static let all: [String: [Extreme]] = [
        "duration": legal("36525 days", "1 second")
            + refused("0 days", "36526 days", "-1 days", "99999999999999999999 days"),
        "count": legal("1", "1000000") + refused("0", "-1", "1000001", "99999999999999999999"),
        "share": legal("0.0001%", "99.9999%") + refused("100.0001%", "-1%", "0.00001%", "99999999999999999999%"),
        "share per year": legal("0.0001% per year") + refused("0% per year", "101% per year"),
        "number": legal("0.000001", "9000000000000") + refused("0", "-1", "0.0000001", "99999999999999999999"),
        "points": legal("0.000001", "-9000000000000", "9000000000000")
            + refused("0.0000001", "10000000000000", "99999999999999999999"),
        "money": legal("0.01 EUR", "90000000000000 EUR") + refused("-1 EUR", "0.001 EUR", "99999999999999999999 EUR"),
        "money rate": legal("0.01 EUR per year")
            + refused("-1 EUR per year", "0.001 EUR per year", "99999999999999999999 EUR per year"),
        "volume": legal("1 per year", "1000000000 per hour")
            + refused("0 per year", "-1 per year", "1000000001 per hour", "99999999999999999999 per hour"),
        "burst": legal("1 per year of one origin")
            + refused("0 per year of one origin", "1000000001 per day of one origin"),
        "date": legal("0001-01-01", "9999-12-31") + refused("0000-01-01", "2026-02-30", "10000-01-01"),
        "cap": legal("1000000 within 36525 days")
            + refused("0 within 7 days", "1000001 within 7 days", "3 within 0 days"),
        "marks": legal("0..100") + refused("1..1", "3..1", "0..101", "99999999999999999999..1"),
        "month": refused("0", "13"),
        "file or days": refused("99999999999999999999"),
    ]

    private static func legal(_ texts: String...) -> [Extreme] { texts.map { Extreme(text: $0, isLegal: true) } }
    private static func refused(_ texts: String...) -> [Extreme] { texts.map { Extreme(text: $0, isLegal: false) } }
}
