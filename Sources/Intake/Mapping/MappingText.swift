internal import Findings
internal import Journal
internal import Vocabulary

/// A mapping file as people write it: parsed with positions, so that every problem can say where.
public struct MappingText: Sendable {
    public let mapping: Mapping
    /// Line and column of each clause by its address: `facts[2].with.country`.
    public let positions: [String: Position]

    /// Line and column, both from 1; a column counts characters.
    public struct Position: Hashable, Sendable {
        public var line: Int
        public var column: Int
        /// How many characters are meant.
        public var length: Int
    }

    /// The text with a clause of one line, at its outermost level, saying `value` instead of what it said, if anything.
    public static func saying(_ clause: String, _ value: String, in text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var rest = lines.filter { !$0.hasPrefix(clause + ":") }
        let place = rest.firstIndex { $0.hasPrefix("source:") }.map { $0 + 1 } ?? rest.endIndex
        rest.insert("\(clause): \(value)", at: place)
        return rest.joined(separator: "\n")
    }

    /// Throws `MappingProblems` with everything that is wrong at once. What YAML could do to the parser is refused before it.
    public init(_ text: String) throws { try self.init(bytes: Array(text.utf8)) }

    /// The same for bytes as they came from a file, which may not even be text.
    public init(bytes: [UInt8]) throws {
        var reader = try MappingReader(SourceText(file: "", bytes: bytes))
        mapping = reader.mapping()
        positions = reader.positions
        guard reader.problems.isEmpty else { throw MappingProblems(problems: reader.problems, positions: positions) }
    }
}

/// Walks the YAML tree. Every read leaves the address's position behind and says what it does not understand.
private struct MappingReader {
    private let root: Syntax
    /// Whether a file may lack columns that do not say.
    private var columnsAreOptional = false
    var problems: [MappingProblem] = []
    var positions: [String: MappingText.Position] = [:]

    init(_ text: SourceText) throws {
        do {
            guard let syntax = try Syntax.root(of: text) else {
                throw MappingProblems(refusing: .badClause, "the file is empty", remedy: "Begin it with `mapping: 1`.")
            }
            root = syntax
        } catch let refusal as YAMLGuard.Refusal {
            throw MappingProblems(refusal)
        }
    }

    // MARK: The file

    mutating func mapping() -> Mapping {
        var mapping = Mapping(name: "", source: "")
        let known = [
            "mapping", "name", "source", "reads", "csv", "zone", "currency", "decimal", "times", "as_of", "complete",
            "optional", "columns", "joins", "only", "facts",
        ]
        let file = members(root, at: "", known: known)
        if text(file["mapping"], at: "mapping") != "1" {
            report(
                .badClause, "mapping", "the file must begin with “mapping: 1”",
                "It says which form of the language is meant.")
        }
        mapping.source = text(file["source"], at: "source") ?? ""
        if mapping.source.isEmpty {
            report(
                .badClause, "source", "“source” is missing", "Say which system the rows come from: `source: hubspot`.")
        }
        mapping.name = text(file["name"], at: "name") ?? mapping.source
        mapping.reads = word(file["reads"], at: "reads", ["csv": .csv, "ndjson": .ndjson]) ?? .byFileName
        mapping.dialect = dialect(file["csv"])
        mapping.zone = text(file["zone"], at: "zone")
        mapping.currency = file["currency"].flatMap { currency($0, at: "currency") }
        mapping.decimalComma = word(file["decimal"], at: "decimal", [".": false, ",": true]) ?? false
        mapping.times = texts(file["times"], at: "times")
        mapping.asOf = file["as_of"].map { asOf($0) } ?? .notStated
        mapping.complete = file["complete"].map { complete($0) } ?? .no
        columnsAreOptional = flag(file["optional"], at: "optional")
        mapping.columns = columns(file["columns"])
        mapping.joins = joins(file["joins"])
        mapping.only = condition(file["only"], at: "only")
        mapping.facts = facts(file["facts"])
        return mapping
    }

    private mutating func dialect(_ node: Syntax?) -> Mapping.DialectOverride {
        var dialect = Mapping.DialectOverride()
        guard let node else { return dialect }
        let csv = members(node, at: "csv", known: ["delimiter", "encoding", "escapes"])
        dialect.delimiter = word(
            csv["delimiter"], at: "csv.delimiter", [",": 0x2C, ";": 0x3B, "tab": 0x09, "|": 0x7C])
        dialect.encoding = csv["encoding"].flatMap { node in
            word(
                node, at: "csv.encoding",
                Dictionary(uniqueKeysWithValues: TextEncoding.allCases.map { ($0.rawValue, $0) }))
        }
        dialect.backslashEscapes =
            word(csv["escapes"], at: "csv.escapes", ["doubled": false, "backslash": true]) ?? false
        return dialect
    }

    private mutating func asOf(_ node: Syntax) -> Mapping.AsOf {
        guard let written = text(node, at: "as_of") else { return .notStated }
        if written == "file name" { return .fileName }
        if let instant = try? Instant(text: written) { return .instant(instant) }
        if let date = try? CivilDate(text: written) {
            return .instant(Instant(milliseconds: Int64(date.daysSinceEpoch) * 86_400_000))
        }
        report(
            .badClause, "as_of", "“\(written)” is no instant",
            "Write 2026-02-02, 2026-02-02T08:00:00Z, or `file name` for the date in the file's name.")
        return .notStated
    }

    private mutating func complete(_ node: Syntax) -> Mapping.Complete {
        guard let written = text(node, at: "complete") else { return .no }
        switch written {
        case "yes", "true": return .yes
        case "no", "false": return .no
        default: return .fileName(written)
        }
    }

    // MARK: Columns

    private mutating func columns(_ node: Syntax?) -> [Column] {
        guard let node else { return [] }
        return pairs(node, at: "columns").map { name, node in column(name, node, at: "columns.\(name)") }
    }

    private mutating func column(_ name: String, _ node: Syntax, at place: String) -> Column {
        var column = Column(name)
        column.isOptional = columnsAreOptional
        if node.entries == nil {
            column.named = texts(node, at: place)
            return column
        }
        let known = [
            "named", "join", "as", "personal", "optional", "empty", "aliases", "of", "separator", "zone", "format",
            "decimal", "currency",
        ]
        let members = members(node, at: place, known: known)
        if let named = members["named"] { column.named = texts(named, at: place + ".named") }
        column.join = text(members["join"], at: place + ".join")
        let types = Dictionary(uniqueKeysWithValues: Column.ValueType.allCases.map { ($0.rawValue, $0) })
        column.type = word(members["as"], at: place + ".as", types) ?? .text
        column.isPersonal = flag(members["personal"], at: place + ".personal")
        if let optional = members["optional"] { column.isOptional = flag(optional, at: place + ".optional") }
        column.empty = text(members["empty"], at: place + ".empty")
        column.separator = text(members["separator"], at: place + ".separator")
        column.zone = text(members["zone"], at: place + ".zone")
        column.formats = texts(members["format"], at: place + ".format")
        column.choices = texts(members["of"], at: place + ".of")
        column.decimalComma = word(members["decimal"], at: place + ".decimal", [".": false, ",": true])
        column.currency = members["currency"].flatMap { currencyRule($0, at: place + ".currency") }
        for (from, to) in members["aliases"].map({ pairs($0, at: place + ".aliases") }) ?? [] {
            column.aliases[from] = text(to, at: "\(place).aliases.\(from)") ?? ""
        }
        return column
    }

    private mutating func currencyRule(_ node: Syntax, at place: String) -> Column.CurrencyRule? {
        if node.entries != nil {
            return text(members(node, at: place, known: ["column"])["column"], at: place + ".column").map {
                .column($0)
            }
        }
        return currency(node, at: place).map { .fixed($0) }
    }

    private mutating func currency(_ node: Syntax, at place: String) -> Currency? {
        guard let code = text(node, at: place) else { return nil }
        if let currency = Currency(code: code) { return currency }
        report(.badClause, place, "“\(code)” is no currency of ISO 4217", "Write three capital letters, such as EUR.")
        return nil
    }

    private mutating func joins(_ node: Syntax?) -> [Join] {
        guard let node else { return [] }
        return pairs(node, at: "joins").compactMap { name, node in
            let place = "joins.\(name)"
            let members = members(node, at: place, known: ["file", "on", "key", "optional"])
            let files = texts(members["file"], at: place + ".file")
            guard !files.isEmpty, let on = text(members["on"], at: place + ".on") else {
                report(.badClause, place, "a join needs “file” and “on”", "`\(name): {file: teams.csv, on: agent}`.")
                return nil
            }
            var join = Join(name: name, files: files, on: on, key: text(members["key"], at: place + ".key") ?? on)
            join.isOptional = flag(members["optional"], at: place + ".optional")
            return join
        }
    }

    // MARK: Conditions

    private mutating func condition(_ node: Syntax?, at place: String) -> Condition {
        guard let node else { return .always }
        if let groups = node.list {
            return Condition(anyOf: groups.enumerated().map { tests($1, at: "\(place)[\($0 + 1)]") })
        }
        return Condition(anyOf: [tests(node, at: place)])
    }

    private mutating func tests(_ node: Syntax, at place: String) -> [Condition.Test] {
        pairs(node, at: place).flatMap { column, node in tests(of: column, node, at: "\(place).\(column)") }
    }

    /// `stage: Won` or `stage: {known: yes, not: [Lost, Won]}`: all tests of the column must hold.
    private mutating func tests(of column: String, _ node: Syntax, at place: String) -> [Condition.Test] {
        guard node.entries != nil else {
            let values = texts(node, at: place)
            return values == ["known"] ? [.init(column: column, .known)] : [.init(column: column, .oneOf(values))]
        }
        let known = ["is", "not", "known", "present", "matches", "not_matches"]
        let members = members(node, at: place, known: known)
        return known.compactMap { name in
            members[name].flatMap { comparison(name, $0, at: "\(place).\(name)") }
                .map { Condition.Test(column: column, $0.comparison, isNegated: $0.isNegated) }
        }
    }

    private mutating func comparison(
        _ name: String, _ node: Syntax, at place: String
    ) -> (comparison: Condition.Comparison, isNegated: Bool)? {
        switch name {
        case "known": (.known, !flag(node, at: place))
        case "present": (.present, !flag(node, at: place))
        case "matches": text(node, at: place).map { (.matches($0), false) }
        case "not_matches": text(node, at: place).map { (.matches($0), true) }
        default: (.oneOf(texts(node, at: place)), name == "not")
        }
    }

    // MARK: Facts

    private mutating func facts(_ node: Syntax?) -> [FactRule] {
        guard let node, let items = node.list, !items.isEmpty else {
            report(
                .badClause, "facts", "“facts” is missing or not a list",
                "Say what each row becomes: `facts: [{fact: observed, …}]`.")
            return []
        }
        return items.enumerated().compactMap { fact($1, at: "facts[\($0 + 1)]") }
    }

    private mutating func fact(_ node: Syntax, at place: String) -> FactRule? {
        let known = [
            "fact", "object", "id", "aspect", "name", "at", "since", "else", "keep", "known", "person", "account", "by",
            "with", "rest", "each", "when", "if_nobody",
        ]
        let members = members(node, at: place, known: known)
        guard let kind = kind(members["fact"], at: place + ".fact") else { return nil }
        let object = text(members["object"], at: place + ".object") ?? kind.word.replacing(" ", with: "_")
        var rule = FactRule(
            kind, object: object, id: identity(members["id"], at: place), time: time(members, at: place))
        rule.aspect = members["aspect"].flatMap { aspect($0, at: place + ".aspect") }
        if members["at"] != nil { rule.toldSince = members["since"].map { texts($0, at: place + ".since") } }
        rule.keepsChangesOnly = word(members["keep"], at: place + ".keep", ["changes": true, "all": false]) ?? false
        rule.name = members["name"].map { cell($0, at: place + ".name") }
        rule.known = texts(members["known"], at: place + ".known")
        rule.persons = references(members["person"], at: place + ".person")
        rule.accounts = references(members["account"], at: place + ".account")
        rule.by = references(members["by"], at: place + ".by", scalar: .email).first
        rule.with = named(members["with"], at: place + ".with")
        rule.takesRest = word(members["rest"], at: place + ".rest", ["keep": true, "drop": false]) ?? false
        rule.each = text(members["each"], at: place + ".each")
        rule.when = condition(members["when"], at: place + ".when")
        rule.skipsNobody =
            word(members["if_nobody"], at: place + ".if_nobody", ["skip": true, "reject": false]) ?? false
        return rule
    }

    private mutating func aspect(_ node: Syntax, at place: String) -> FactRule.Aspect? {
        guard node.entries != nil else { return text(node, at: place).map { FactRule.Aspect($0) } }
        let members = members(node, at: place, known: ["is", "of"])
        return text(members["is"], at: place + ".is").map { name in
            FactRule.Aspect(name, of: text(members["of"], at: place + ".of"))
        }
    }

    private mutating func kind(_ node: Syntax?, at place: String) -> FactKind? {
        let word = text(node, at: place) ?? ""
        if let kind = FactKind(word: word) { return kind }
        let words = FactKind.allCases.map(\.word)
        let near = nearestName(to: word, among: words).map { "Did you mean “\($0)”? " } ?? ""
        report(.badClause, place, "“\(word)” is no kind of fact", near + "There are: \(words.joined(separator: ", ")).")
        return nil
    }

    private mutating func identity(_ node: Syntax?, at place: String) -> FactRule.Identity {
        guard let node else {
            report(.badClause, place, "“id” is missing", "Name the column that tells rows apart, or say `id: row`.")
            return .row
        }
        let names = texts(node, at: place + ".id")
        return names == ["row"] ? .row : .columns(names)
    }

    private mutating func time(_ members: [String: Syntax], at place: String) -> FactRule.Time {
        let elseAsOf = word(members["else"], at: place + ".else", ["as_of": true]) ?? false
        if let at = members["at"] {
            let names = texts(at, at: place + ".at")
            return names == ["as_of"] ? .at([], elseAsOf: true) : .at(names, elseAsOf: elseAsOf)
        }
        if let since = members["since"] { return .since(texts(since, at: place + ".since")) }
        return .asOf
    }

    private mutating func references(
        _ node: Syntax?, at place: String, scalar: Identifier.Scheme = .record
    ) -> [FactRule.Reference] {
        guard let node else { return [] }
        if node.entries == nil { return [FactRule.Reference(scalar, .column(text(node, at: place) ?? ""))] }
        let schemes = Identifier.Scheme.allCases.map(\.word)
        let members = members(node, at: place, known: schemes)
        return Identifier.Scheme.allCases.flatMap { scheme -> [FactRule.Reference] in
            guard let node = members[scheme.word] else { return [] }
            let place = "\(place).\(scheme.word)"
            return (node.list ?? [node]).map { reference(scheme, $0, at: place) }
        }
    }

    private mutating func reference(_ scheme: Identifier.Scheme, _ node: Syntax, at place: String) -> FactRule.Reference
    {
        guard node.entries != nil else { return FactRule.Reference(scheme, cell(node, at: place)) }
        let members = members(node, at: place, known: ["source", "object", "id", "is"])
        let constant = text(members["is"], at: place + ".is").map { Cell.constant($0) }
        return FactRule.Reference(
            scheme, source: text(members["source"], at: place + ".source"),
            object: text(members["object"], at: place + ".object"),
            constant ?? .column(text(members["id"], at: place + ".id") ?? ""))
    }

    private mutating func named(_ node: Syntax?, at place: String) -> [FactRule.Named] {
        guard let node else { return [] }
        if node.entries == nil {
            return texts(node, at: place).map { name in
                positions["\(place).\(name)"] = MappingText.Position(node)
                return FactRule.Named(name, .column(name))
            }
        }
        return pairs(node, at: place).map { property, node in
            FactRule.Named(property, cell(node, at: "\(place).\(property)"))
        }
    }

    /// A column's name, or `{is: …}` for what is always the same.
    private mutating func cell(_ node: Syntax, at place: String) -> Cell {
        guard node.entries != nil else { return .column(text(node, at: place) ?? "") }
        let members = members(node, at: place, known: ["is", "known", "column"])
        if let constant = text(members["is"], at: place + ".is") { return .constant(constant) }
        if let column = text(members["known"], at: place + ".known") { return .known(column) }
        return .column(text(members["column"], at: place + ".column") ?? "")
    }

    // MARK: Nodes

    private mutating func members(_ node: Syntax, at place: String, known: [String]) -> [String: Syntax] {
        var members: [String: Syntax] = [:]
        for (name, value) in pairs(node, at: place) {
            if known.contains(name) {
                members[name] = value
            } else {
                let near = nearestName(to: name, among: known).map { "Did you mean “\($0)”? " } ?? ""
                report(
                    .badClause, place.isEmpty ? name : "\(place).\(name)", "“\(name)” means nothing here",
                    near + "There are: \(known.joined(separator: ", ")).")
            }
        }
        return members
    }

    private mutating func pairs(_ node: Syntax, at place: String) -> [(String, Syntax)] {
        positions[place] = MappingText.Position(node)
        guard let entries = node.entries else {
            report(.badClause, place, "names with values are expected here", "Write `name: value`, one a line.")
            return []
        }
        return entries.map { entry in
            positions[place.isEmpty ? entry.key : "\(place).\(entry.key)"] = MappingText.Position(entry.keySyntax)
            return (entry.key, entry.value)
        }
    }

    private mutating func text(_ node: Syntax?, at place: String) -> String? {
        guard let node else { return nil }
        if positions[place] == nil { positions[place] = MappingText.Position(node) }
        if let text = node.text { return text }
        report(.badClause, place, "one value is expected here", "Write it on the same line.")
        return nil
    }

    private mutating func texts(_ node: Syntax?, at place: String) -> [String] {
        guard let node else { return [] }
        if let items = node.list { return items.compactMap { text($0, at: place) } }
        return text(node, at: place).map { [$0] } ?? []
    }

    private mutating func flag(_ node: Syntax?, at place: String) -> Bool {
        word(node, at: place, ["yes": true, "true": true, "no": false, "false": false]) ?? false
    }

    private mutating func word<Meaning>(_ node: Syntax?, at place: String, _ words: [String: Meaning]) -> Meaning? {
        guard let text = text(node, at: place) else { return nil }
        if let meaning = words[text] { return meaning }
        report(
            .badClause, place, "“\(text)” is not understood here",
            "Write one of: \(words.keys.sorted().joined(separator: ", ")).")
        return nil
    }

    private mutating func report(_ code: MappingProblem.Code, _ place: String, _ cause: String, _ remedy: String) {
        problems.append(MappingProblem(code, at: place, cause, remedy: remedy))
    }
}

extension MappingText.Position {
    fileprivate init(_ node: Syntax) {
        self.init(line: node.line, column: node.column, length: node.length)
    }
}

extension Syntax {
    fileprivate var entries: [Entry]? { if case .mapping(let entries) = content { entries } else { nil } }
    fileprivate var list: [Syntax]? { if case .list(let items) = content { items } else { nil } }
}
