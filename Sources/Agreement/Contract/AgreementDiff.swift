// What changed between two agreements, clause by clause:
//
//     entries of both ─▶ names that became others while all else stayed are told once, and the old entries take them
//                     ─▶ lists whose members have only numbers are matched member by member, so that a new first rule is one
//                        addition and not a change of all others
//                     ─▶ clauses are compared by what they say; order counts only where it means something
//                     ─▶ each change in words, under the contract's section, with whom it touches
//
// Comments, the order of keys, a split into files, and a default that is written out are no differences.

/// What a new agreement says that an old one does not, and the other way round.
public struct AgreementDiff: Sendable {
    /// In the order of the contract's sections, then by address.
    public let changes: [Change]

    public struct Change: Hashable, Sendable {
        /// In the new agreement; of what was removed, in the old.
        public let address: String
        public let kind: Kind
        /// The section of the contract.
        public let section: String
        /// As the new contract puts it, of what was removed as the old one did.
        public let sentence: String
        /// People, teams and sides.
        public let touched: [String]
        /// Whether both sides must sign before it holds.
        public let needsSignatures: Bool
    }

    public enum Kind: Hashable, Sendable {
        case added(String)
        case removed(String)
        case changed(from: String, to: String)
        /// To another place in a list whose order means something.
        case moved(from: String, to: String)
        /// Everything else about it, and whatever names it, is the same.
        case renamed(from: String, to: String)
    }

    public init(from old: Agreement, to new: Agreement) {
        let renamed = RenamedAgreement(old, asIn: new)
        var comparison = ClauseComparison(renamed.clauses, new.clauses)
        comparison.run()
        let before = ContractIndex(old, formerAddresses: renamed.formerAddresses)
        let after = ContractIndex(new)
        let sides = Sides(old: old, new: new, before: before, after: after)
        let found = renamed.renamings.map(sides.change) + comparison.differences.map(sides.change)
        changes = found.sorted {
            ($0.section, $0.change.address) < ($1.section, $1.change.address)
        }.map(\.change)
    }
}

/// Both agreements, and where their contracts speak for what.
private struct Sides {
    let old: Agreement
    let new: Agreement
    let before: ContractIndex
    let after: ContractIndex

    func change(_ renaming: Renaming) -> (section: Int, change: AgreementDiff.Change) {
        let own = new.clauses.filter { $0.address.hasPrefix(renaming.address + ".") || $0.address == renaming.address }
        let place = own.compactMap { after.places[$0.address] }.first
        return (
            place?.section ?? .max,
            AgreementDiff.Change(
                address: renaming.address, kind: .renamed(from: renaming.old, to: renaming.new),
                section: place?.title ?? "", sentence: "",
                touched: own.flatMap { new.touched(by: $0.address) }.withoutRepeats,
                needsSignatures: own.contains { $0.standing == .signed })
        )
    }

    func change(_ difference: ClauseComparison.Difference) -> (section: Int, change: AgreementDiff.Change) {
        let index = difference.new == nil ? before : after
        let entry = difference.new ?? difference.old!
        let place = index.place(entry)
        let touched =
            (difference.old.map { old.touched(by: before.address($0)) } ?? [])
            + (difference.new.map { new.touched(by: $0.address) } ?? [])
        return (
            place?.section ?? .max,
            AgreementDiff.Change(
                address: difference.isMove ? entry.placeAddress : index.address(entry),
                kind: difference.kind(before, after),
                section: place?.title ?? "", sentence: place?.sentence ?? "", touched: touched.withoutRepeats,
                needsSignatures: entry.standing == .signed)
        )
    }
}

/// Where the contract speaks for each clause.
struct ContractIndex {
    struct Place {
        let section: Int
        let title: String
        let sentence: String
        let phrase: String
    }

    private(set) var places: [String: Place] = [:]
    private let formerAddresses: [String: String]

    /// - Parameter formerAddresses: For clauses that go by the names of a later agreement, what they are called in this one.
    init(_ agreement: Agreement, formerAddresses: [String: String] = [:]) {
        self.formerAddresses = formerAddresses
        for (number, section) in Contract(agreement).sections.enumerated() {
            for sentence in section.sentences {
                for (address, phrase) in sentence.phrases {
                    places[address] = Place(
                        section: number, title: section.title, sentence: sentence.text, phrase: phrase)
                }
            }
        }
    }

    func address(_ entry: ClauseEntry) -> String { formerAddresses[entry.address] ?? entry.address }

    func place(_ entry: ClauseEntry) -> Place? { places[address(entry)] }

    func phrase(_ entry: ClauseEntry) -> String {
        guard let phrase = place(entry)?.phrase, !phrase.isEmpty else { return entry.words }
        return phrase
    }
}

extension ClauseComparison.Difference {
    fileprivate func kind(_ before: ContractIndex, _ after: ContractIndex) -> AgreementDiff.Kind {
        switch (old, new) {
        case (let old?, nil): return .removed(before.phrase(old))
        case (nil, let new?): return .added(after.phrase(new))
        case (let old?, let new?):
            if isMove { return .moved(from: old.movePhrase, to: new.movePhrase) }
            let (from, to) = (before.phrase(old), after.phrase(new))
            return longChange(from, old.pieces, to, new.pieces)
                ?? .changed(
                    from: from == to ? old.words : from, to: from == to ? new.words : to)
        case (nil, nil): preconditionFailure("a difference has a side")
        }
    }
}

/// Of a long list only the members that come and go are named; `nil` where there is no such list.
private func longChange(_ from: String, _ old: [String], _ to: String, _ new: [String]) -> AgreementDiff.Kind? {
    guard max(old.count, new.count) > 12 else { return nil }
    let (before, after) = (Set(old), Set(new))
    func naming(_ phrase: String, _ members: [String]) -> String {
        members.isEmpty ? phrase : "\(phrase), among them \(members.listed("and"))"
    }
    return .changed(
        from: naming(from, old.filter { !after.contains($0) }), to: naming(to, new.filter { !before.contains($0) }))
}

extension ClauseEntry {
    /// The members of a list or the rows of a table.
    fileprivate var pieces: [String] { listMembers ?? words.split(separator: "; ").map(String.init) }

    /// Of a clause of a numbered member, the member's.
    fileprivate var placeAddress: String { NumberedAddress(address).map { "\($0.list).\($0.number)" } ?? address }

    /// A list by its words, a member by its place.
    fileprivate var movePhrase: String {
        if let names { return names.joined(separator: ", ") }
        return NumberedAddress(address).map { "place \($0.number)" } ?? words
    }
}

// As text and as JSON.

extension AgreementDiff {
    /// For people; empty where nothing differs.
    public var text: String {
        var lines: [String] = []
        var section: String?
        for (change, next) in zip(changes, changes.dropFirst().map(Optional.some) + [nil]) {
            if change.section != section {
                if section != nil { lines.append("") }
                lines.append(change.section)
                section = change.section
            }
            lines.append("  \(change.address): \(change.kind.text)")
            if let next, change.isTold(with: next) { continue }
            if !change.sentence.isEmpty { lines.append("    \(change.heading): \(change.sentence)") }
            lines.append("    Touches: \(change.touched.listed("and")).\(change.signing)")
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// `{"changes":[{"address":"promises.sales.respond.within","kind":"changed","from":…,"to":…,…}]}` on one line.
    public var json: String { "{\"changes\":[\(changes.map(\.json).joined(separator: ","))]}" }
}

extension AgreementDiff.Change {
    /// One sentence speaks for both, and both touch the same people.
    fileprivate func isTold(with next: Self) -> Bool {
        (section, sentence, heading) == (next.section, next.sentence, next.heading) && touched == next.touched
            && needsSignatures == next.needsSignatures
    }

    fileprivate var heading: String {
        if case .removed = kind { return "Until now" }
        return "Now"
    }

    fileprivate var signing: String { needsSignatures ? "" : " Needs no new signatures." }

    fileprivate var json: String {
        var members = [("address", address), ("section", section), ("kind", kind.name)]
        if let from = kind.from { members.append(("from", from)) }
        if let to = kind.to { members.append(("to", to)) }
        members.append(("sentence", sentence))
        let texts = members.map { "\(quotedJSON($0.0)):\(quotedJSON($0.1))" }
        let people = "\"touched\":[\(touched.map(quotedJSON).joined(separator: ","))]"
        return "{\((texts + [people, "\"needs_signatures\":\(needsSignatures)"]).joined(separator: ","))}"
    }
}

extension AgreementDiff.Kind {
    fileprivate var text: String {
        switch self {
        case .added(let words): "added: \(words)."
        case .removed(let words): "removed: \(words)."
        case .changed(let from, let to): "changed from \(from) to \(to)."
        case .moved(let from, let to): "moved from \(from) to \(to)."
        case .renamed(let from, let to): "\(from) is now called \(to)."
        }
    }

    fileprivate var name: String {
        switch self {
        case .added: "added"
        case .removed: "removed"
        case .changed: "changed"
        case .moved: "moved"
        case .renamed: "renamed"
        }
    }

    fileprivate var from: String? {
        switch self {
        case .added: nil
        case .removed(let from), .changed(let from, _), .moved(let from, _), .renamed(let from, _): from
        }
    }

    fileprivate var to: String? {
        switch self {
        case .removed: nil
        case .added(let to), .changed(_, let to), .moved(_, let to), .renamed(_, let to): to
        }
    }
}

func quotedJSON(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": quoted += "\\\""
        case "\\": quoted += "\\\\"
        case "\n": quoted += "\\n"
        case "\t": quoted += "\\t"
        case _ where scalar.value < 32:
            let hex = String(scalar.value, radix: 16)
            quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        default: quoted.unicodeScalars.append(scalar)
        }
    }
    return quoted + "\""
}
