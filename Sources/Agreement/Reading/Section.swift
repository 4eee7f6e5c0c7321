internal import Findings
internal import Vocabulary

// How clauses are read. What cannot be read leaves a finding and a stand-in behind, so that everything else is read as well
// and all findings come at once. Nobody ever sees a stand-in: an agreement with an error is not handed out.

/// A mapping of the agreement whose keys have been checked.
struct Section {
    let address: String
    /// The mapping; for one that was left out, what it was left out of.
    let syntax: Syntax
    let standing: Standing
    fileprivate let values: [String: Syntax]

    subscript(key: String) -> Syntax? { values[key] }
    func address(of key: String) -> String { address.isEmpty ? key : "\(address).\(key)" }
}

extension AgreementReader {
    /// Checks the keys of a mapping. One that was left out has no keys.
    mutating func section(
        _ syntax: Syntax?, _ address: String, in what: String, keys: [String], beside parent: Syntax,
        standing: Standing = .signed, example: String
    ) -> Section {
        guard let syntax else { return Section(address: address, syntax: parent, standing: standing, values: [:]) }
        let values = entries(of: syntax, in: what, keys: keys, example: example) ?? [:]
        return Section(address: address, syntax: syntax, standing: standing, values: values)
    }

    /// A clause that must be there.
    mutating func required<Value>(
        _ section: Section, _ key: String, _ standIn: Value, example: String,
        _ read: (inout AgreementReader, Syntax) -> Value?
    ) -> Clause<Value> {
        guard let syntax = section[key] else {
            let name = section.address.isEmpty ? "The agreement" : section.address
            note(
                .missingKey, at: section.syntax, "\(name) does not say \"\(key)\".", remedy: "Add it.", example: example
            )
            return Clause(standIn, address: section.address(of: key), place: place(section.syntax))
        }
        return record(read(&self, syntax) ?? standIn, section.address(of: key), syntax, section.standing)
    }

    /// A clause that may be left out and then says nothing.
    mutating func optional<Value>(
        _ section: Section, _ key: String, _ read: (inout AgreementReader, Syntax) -> Value?
    ) -> Clause<Value>? {
        section[key].flatMap { syntax in
            read(&self, syntax).map { record($0, section.address(of: key), syntax, section.standing) }
        }
    }

    /// A clause that says what `Defaults` says where it is left out.
    mutating func clause<Value>(
        _ section: Section, _ key: String, unless standard: Value, _ read: (inout AgreementReader, Syntax) -> Value?
    ) -> Clause<Value> {
        guard let syntax = section[key] else {
            return record(standard, section.address(of: key), section.syntax, section.standing, isDefault: true)
        }
        return record(read(&self, syntax) ?? standard, section.address(of: key), syntax, section.standing)
    }

    /// Every clause passes here once.
    @discardableResult
    mutating func record<Value>(
        _ value: Value, _ address: String, _ syntax: Syntax, _ standing: Standing = .signed, isDefault: Bool = false
    ) -> Clause<Value> {
        let clause = Clause(
            value, address: address, place: place(syntax), isDefault: isDefault, standing: standing)
        ledger.append(ClauseEntry(clause))
        return clause
    }

    /// A clause that stands in an included file.
    mutating func record<Value>(
        _ value: Value, _ address: String, in file: Place, _ standing: Standing
    ) -> Clause<Value> {
        let clause = Clause(value, address: address, place: file, standing: standing)
        ledger.append(ClauseEntry(clause))
        return clause
    }

    /// The names of a list whose order means something; an empty list says nothing.
    mutating func recordOrder(_ names: [String], _ address: String, _ syntax: Syntax?) {
        guard let syntax, !names.isEmpty else { return }
        record(NamesInOrder(names), address, syntax)
    }

    func place(_ syntax: Syntax) -> Place { Place(file: text.file, line: syntax.line, column: syntax.column) }

    /// The entries of a mapping of names that people choose.
    mutating func named(_ syntax: Syntax?, _ what: String, example: String) -> [Syntax.Entry] {
        guard let syntax, let entries = mapping(syntax, what, example: example) else { return [] }
        for entry in entries { checkName(entry) }
        return entries
    }

    /// The entries of a mapping of names that conditions use: a name that is a word of conditions already could never be
    /// reached, or would be read as two things.
    mutating func namedForConditions(
        _ syntax: Syntax?, _ what: String, taken: Set<String> = [], example: String
    ) -> [Syntax.Entry] {
        let entries = named(syntax, what, example: example)
        let reserved = conditionKeywords.union(taken)
        for entry in entries where reserved.contains(entry.key.lowercased()) {
            note(
                .reservedName, at: entry.keySyntax, "Conditions have the word \"\(entry.key)\" already.",
                remedy: "Choose another name, so that a condition with it can be read in one way only.",
                example: example)
        }
        return entries
    }

    /// The members of a list; one member may stand without brackets.
    func members(_ syntax: Syntax?) -> [Syntax] {
        guard let syntax else { return [] }
        if case .list(let members) = syntax.content { return members }
        return [syntax]
    }
}

// Lists whose members are compared with each other: what takes a second for some hundreds would take hours for all that a
// file can hold.

extension AgreementReader {
    static let mostStages = 200
    static let mostRules = 500
    static let mostSegments = 100

    mutating func atMost(_ most: Int, _ entries: [Syntax.Entry], _ what: String) -> [Syntax.Entry] {
        noteTooMany(entries.map(\.keySyntax), most, what)
        return Array(entries.prefix(most))
    }

    mutating func atMost(_ most: Int, _ members: [Syntax], _ what: String) -> [Syntax] {
        noteTooMany(members, most, what)
        return Array(members.prefix(most))
    }

    private mutating func noteTooMany(_ items: [Syntax], _ most: Int, _ what: String) {
        guard items.count > most else { return }
        note(
            .tooLarge, at: items[most],
            "An agreement has at most \(most) \(what) in one place; here are \(items.count).",
            remedy: "Say by one what several say, or take out what never applies.")
    }
}

// Clauses that may differ by segment:
//
//     enter:
//       - {where: employees < 200, is: engagement >= 60}
//       - {otherwise: engagement >= 50}

extension AgreementReader {
    mutating func segmented<Value>(
        _ section: Section, _ key: String, unless standard: Value, _ read: (inout AgreementReader, Syntax) -> Value?
    ) -> Segmented<Value> {
        let address = section.address(of: key)
        guard let syntax = section[key], let items = segments(syntax) else {
            return Segmented(address, cases: [], otherwise: clause(section, key, unless: standard, read))
        }
        return segmented(address, items, standard, read)
    }

    mutating func optionalSegmented<Value>(
        _ section: Section, _ key: String, _ standIn: Value, _ read: (inout AgreementReader, Syntax) -> Value?
    ) -> Segmented<Value>? {
        section[key] == nil ? nil : segmented(section, key, unless: standIn, read)
    }

    mutating func requiredSegmented<Value>(
        _ section: Section, _ key: String, _ standIn: Value, example: String,
        _ read: (inout AgreementReader, Syntax) -> Value?
    ) -> Segmented<Value> {
        let address = section.address(of: key)
        guard let syntax = section[key], let items = segments(syntax) else {
            return Segmented(address, cases: [], otherwise: required(section, key, standIn, example: example, read))
        }
        return segmented(address, items, standIn, read)
    }

    /// The mappings of a list with `where` or `otherwise`; `nil` for any other value.
    private func segments(_ syntax: Syntax) -> [(item: Syntax, entries: [Syntax.Entry])]? {
        guard case .list(let items) = syntax.content, !items.isEmpty else { return nil }
        let mappings = items.compactMap { item -> (item: Syntax, entries: [Syntax.Entry])? in
            guard case .mapping(let entries) = item.content else { return nil }
            return (item, entries)
        }
        return mappings.count == items.count ? mappings : nil
    }

    private mutating func segmented<Value>(
        _ address: String, _ items: [(item: Syntax, entries: [Syntax.Entry])], _ standIn: Value,
        _ read: (inout AgreementReader, Syntax) -> Value?
    ) -> Segmented<Value> {
        var cases: [Segment<Value>] = []
        var otherwise: Clause<Value>?
        _ = atMost(Self.mostSegments, items.map(\.item), "segments")
        for (number, item) in items.prefix(Self.mostSegments).enumerated() {
            let values = section(
                item.item, "\(address).\(number + 1)", in: "a segment", keys: ["where", "is", "otherwise"],
                beside: item.item, example: "{where: employees < 200, is: 30 days}")
            if let last = values["otherwise"] {
                if number < items.count - 1 { noteAfterOtherwise(items[number + 1].item) }
                // Without a case it holds for everybody, as if it stood alone.
                let own = number == 0 ? address : "\(address).otherwise"
                otherwise = record(read(&self, last) ?? standIn, own, last)
            } else {
                let condition = required(values, "where", .always, example: "where: country = DE") {
                    $0.condition($1, .profile)
                }
                cases.append(
                    Segment(where: condition, required(values, "is", standIn, example: "is: 30 days", read)))
            }
        }
        if otherwise == nil, let last = items.last { noteNoOtherwise(last.item, address) }
        return Segmented(
            address, cases: cases,
            otherwise: otherwise ?? Clause(standIn, address: address, place: place(items[0].item)))
    }

    mutating func noteNoOtherwise(_ syntax: Syntax, _ address: String) {
        note(
            .noOtherwise, at: syntax, "\(address) differs by segment and does not say what holds for everybody else.",
            remedy: "End the list with otherwise.", example: "- {otherwise: 30 days}")
    }

    mutating func noteAfterOtherwise(_ syntax: Syntax) {
        note(
            .noOtherwise, at: syntax, "What comes after otherwise is never reached.",
            remedy: "Put otherwise last.", example: "- {otherwise: 30 days}")
    }
}
