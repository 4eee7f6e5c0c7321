internal import Findings
internal import Journal
public import Vocabulary

/// What the shell knows about the file at hand.
public struct FileFacts: Sendable {
    /// As of when the file speaks, resolved from the command line, the mapping or the file's name.
    public var asOf: Instant?
    /// Whether records missing from it are gone.
    public var isComplete: Bool
    public var recorded: Instant

    public init(asOf: Instant?, isComplete: Bool, recorded: Instant) {
        self.asOf = asOf
        self.isComplete = isComplete
        self.recorded = recorded
    }
}

extension Mapping {
    /// Prepares the mapping for a file with these columns. Throws `MappingProblems` with all that is wrong at once.
    ///
    /// `row` is the row that the reader fills; `zones` answers zone names.
    public func mapper(
        columns: [String], joins: [JoinTable], row: Row, file: FileFacts, zones: @escaping (String) -> Zone?,
        occurrences: any RowOccurrences
    ) throws -> RowMapper {
        var compiler = MappingCompiler(mapping: self, columns: columns, joins: joins, file: file, zones: zones)
        let rules = facts.enumerated().compactMap { compiler.rule($1, at: "facts[\($0 + 1)]") }
        compiler.checkKeys()
        let only = compiler.condition(only, at: "only")
        let joinKeys = self.joins.map { compiler.source(of: $0.on, at: "joins.\($0.name).on") ?? .absent }
        guard compiler.problems.isEmpty else { throw MappingProblems(problems: compiler.problems) }
        var mapper = RowMapper(
            rules: rules, only: only, joins: joins, joinKeys: joinKeys, joined: self.joins, row: row,
            file: RulePlan.FileContext(asOf: file.asOf, recorded: file.recorded), occurrences: occurrences,
            isSheet: columns.contains(StepReader.rejectColumn))
        for (join, table) in zip(self.joins, joins) where table.isAbsent {
            mapper.notices.note(Notice(.joinAbsent, column: join.name, value: join.files[0]), line: 0)
        }
        for column in compiler.unread where !RejectSheet.ownColumns.contains(column) {
            mapper.notices.note(Notice(.notMapped, column: column), line: 1)
        }
        return mapper
    }

    /// The columns an NDJSON reader must look for, given the paths that its first rows have: of a column's names the first
    /// that is there, as in a CSV file's header; all of them when none is.
    public func paths(inSample sample: Set<String>) -> [String] {
        var seen: Set<String> = []
        let fromColumns = columns.filter { $0.join == nil }.flatMap { column in
            column.named.first { sample.contains($0) }.map { [$0] } ?? column.named
        }
        let notOfFile = Set(columns.map(\.name)).union(joins.map(\.name)).union([MappingCompiler.item])
        return (fromColumns + mentioned.filter { !notOfFile.contains($0) }).filter { seen.insert($0).inserted }
    }

    /// Every column name that the mapping uses anywhere.
    var mentioned: [String] {
        joins.map(\.on) + only.columns + columns.compactMap(\.currency?.column) + facts.flatMap(\.columns)
    }
}

extension Column.CurrencyRule {
    var column: String? { if case .column(let name) = self { name } else { nil } }
}

extension Condition {
    var columns: [String] { anyOf.flatMap { $0.map(\.column) } }
}

extension Cell {
    var column: String? {
        switch self {
        case .column(let name), .known(let name): name
        case .constant: nil
        }
    }
}

extension FactRule {
    var columns: [String] {
        let references = (persons + accounts + [by].compactMap { $0 }).map(\.cell)
        let cells = references + with.map(\.cell) + [name].compactMap { $0 }
        return identityColumns + timeColumns + known + cells.compactMap(\.column) + when.columns
            + [each, aspect?.column].compactMap { $0 } + (toldSince ?? [])
    }

    private var identityColumns: [String] { if case .columns(let names) = id { names } else { [] } }

    private var timeColumns: [String] {
        switch time {
        case .at(let names, _), .since(let names): names
        case .asOf: []
        }
    }
}

/// Finds columns, builds cells, gathers what is wrong.
struct MappingCompiler {
    let mapping: Mapping
    let columns: [String]
    let joins: [JoinTable]
    let file: FileFacts
    let zones: (String) -> Zone?
    var problems: [MappingProblem] = []
    private let places: [String: Int]
    private let defined: [String: Column]
    private var read: Set<Int> = []
    private var missed: Set<String> = []

    /// The name under which a rule repeated for a list sees the item at hand.
    static let item = "each"

    init(mapping: Mapping, columns: [String], joins: [JoinTable], file: FileFacts, zones: @escaping (String) -> Zone?) {
        self.mapping = mapping
        self.columns = columns
        self.joins = joins
        self.file = file
        self.zones = zones
        places = Dictionary(columns.enumerated().map { ($1, $0) }) { first, _ in first }
        defined = Dictionary(mapping.columns.map { ($0.name, $0) }) { first, _ in first }
    }

    /// Columns of the file that nothing reads.
    var unread: [String] { columns.indices.filter { !read.contains($0) }.map { columns[$0] } }

    // MARK: Columns

    private func column(_ name: String) -> Column { defined[name] ?? Column(name) }

    mutating func source(of name: String, at place: String) -> FieldSource? {
        if name == MappingCompiler.item { return .item }
        let column = column(name)
        if let join = column.join { return joined(column, join, at: place) }
        for candidate in column.named {
            if let found = places[candidate] {
                read.insert(found)
                return .column(found)
            }
        }
        if column.isOptional { return .absent }
        // Told once for a column, where it is defined if it is, however many facts read it.
        if missed.insert(name).inserted {
            problems.append(notInFile(column, at: defined[name] == nil ? place : "columns.\(name)"))
        }
        return nil
    }

    private mutating func joined(_ column: Column, _ join: String, at place: String) -> FieldSource? {
        guard let index = mapping.joins.firstIndex(where: { $0.name == join }), index < joins.count else {
            problems.append(
                MappingProblem(
                    .joinColumn, at: place, "there is no join “\(join)”",
                    remedy: "Name one of: \(mapping.joins.map(\.name).joined(separator: ", "))."))
            return nil
        }
        for candidate in column.named {
            if let found = joins[index].columns.firstIndex(of: candidate) { return .joined(join: index, column: found) }
        }
        if joins[index].isAbsent || column.isOptional { return .absent }
        problems.append(
            MappingProblem(
                .joinColumn, at: place,
                "the joined file \(mapping.joins[index].files[0]) has no column “\(column.named[0])”",
                remedy: "It has: \(joins[index].columns.joined(separator: ", "))."))
        return nil
    }

    private func notInFile(_ column: Column, at place: String) -> MappingProblem {
        let wanted = column.named.map { "“\($0)”" }.joined(separator: " or ")
        let near = column.named.compactMap { nearestName(to: $0, among: columns) }.first
        return MappingProblem(
            .columnNotInFile, at: place, "the file has no column \(wanted)",
            remedy: (near.map { "Did you mean “\($0)”? " } ?? "")
                + "If files may lack it, say so: `columns: {\(column.name): {named: \(column.named[0]), optional: yes}}`."
        )
    }

    // MARK: Rules

    mutating func rule(_ rule: FactRule, at place: String) -> RulePlan? {
        let before = problems.count
        let schema = rule.kind.schema
        check(rule, schema, at: place)
        let plan = RulePlan(
            kind: rule.kind, source: mapping.source, object: rule.object, id: identity(rule.id, at: place + ".id"),
            aspect: aspect(of: rule, at: place), name: name(rule, schema, at: place + ".name"),
            time: mode(rule, at: place), times: times(rule.time, at: place),
            told: rule.toldSince.map { names in names.compactMap { time($0, at: place + ".since") } },
            keepsChangesOnly: rule.keepsChangesOnly, known: rule.known.compactMap { time($0, at: place + ".known") },
            persons: rule.persons.compactMap { reference($0, rule, at: place + ".person") },
            accounts: rule.accounts.compactMap { reference($0, rule, at: place + ".account") },
            actor: rule.by.flatMap { reference($0, rule, at: place + ".by", isActor: true) },
            values: values(rule, schema, at: place), when: condition(rule.when, at: place + ".when"),
            skipsNobody: rule.skipsNobody, each: each(rule, at: place))
        return problems.count == before ? plan : nil
    }

    private mutating func each(_ rule: FactRule, at place: String) -> RulePlan.Each? {
        guard let name = rule.each else { return nil }
        if let join = mapping.joins.firstIndex(where: { $0.name == name }) { return .joinedRow(join) }
        return source(of: name, at: place + ".each").map {
            .item(of: $0, separator: Array((column(name).separator ?? ";").utf8))
        }
    }

    private mutating func check(_ rule: FactRule, _ schema: FactSchema, at place: String) {
        let named = Set(rule.with.map(\.property))
        for needed in schema.rules where needed.required && !named.contains(needed.name) {
            problems.append(
                MappingProblem(
                    .missingProperty, at: place, "a fact of kind “\(rule.kind.word)” must have “\(needed.name)”",
                    remedy: "Add it under `with:`: \(needed.meaning), \(needed.shape.words)."))
        }
        let known = Set(schema.rules.map(\.name))
        for property in rule.with where !schema.open && !known.contains(property.property) {
            problems.append(
                MappingProblem(
                    .unknownProperty, at: "\(place).with.\(property.property)",
                    "a fact of kind “\(rule.kind.word)” has no “\(property.property)”",
                    remedy: "It has: \(schema.rules.map(\.name).joined(separator: ", "))."))
        }
        if !schema.concerns.isMet(persons: rule.persons.count, accounts: rule.accounts.count) {
            problems.append(
                MappingProblem(
                    .namesNobody, at: place, "a fact of kind “\(rule.kind.word)” must name whom it concerns",
                    remedy: "Add `person: {record: COLUMN}` or `person: {email: COLUMN}`."))
        }
        // Of the whole file, however many rules need it.
        if file.asOf == nil, needsAsOf(rule, at: place), !problems.contains(where: { $0.code == .noAsOf }) {
            problems.append(
                MappingProblem(
                    .noAsOf, at: "facts", "nothing says as of when the file's records are as they are",
                    remedy:
                        "Say `--as-of 2026-02-02`, or in the mapping `as_of:` or the column with the last modification "
                        + "(`since:`)."))
        }
    }

    private mutating func needsAsOf(_ rule: FactRule, at place: String) -> Bool {
        if let told = rule.toldSince { return told.allSatisfy { time($0, at: place + ".since") == nil } }
        return rule.statesRecord && times(rule.time, at: place).isEmpty
    }

    /// Two rules that give the same row the same key would call each other's facts reused.
    mutating func checkKeys() {
        var first: [String: Int] = [:]
        for (index, rule) in mapping.facts.enumerated() where rule.when == .always || rule.aspect != nil {
            let key = "\(rule.object)\u{1F}\(rule.id)\u{1F}\(aspectText(of: rule))\u{1F}\(rule.aspect?.column ?? "")"
            if let other = first[key] {
                problems.append(
                    MappingProblem(
                        .sameKey, at: "facts[\(index + 1)]", "it gives the same key as facts[\(other + 1)]",
                        remedy: "Give one of them an `aspect:` of its own, or another `object:`."))
            }
            first[key] = first[key] ?? index
        }
    }

    /// A record's statement is told from others of other columns: what a wider mapping adds later has its own key.
    private func aspectText(of rule: FactRule) -> String {
        if let aspect = rule.aspect { return aspect.text }
        guard rule.statesRecord, rule.kind == .observed else { return rule.kind == .activity ? "" : rule.kind.word }
        let shape = rule.with.map(\.property).sorted().joined(separator: "\u{1F}") + (rule.takesRest ? "\u{1F}*" : "")
        return "values." + Subject.digest(shape).prefix(6)
    }

    private mutating func aspect(of rule: FactRule, at place: String) -> RulePlan.Aspect {
        var aspect = RulePlan.Aspect(text: Array(aspectText(of: rule).utf8), of: nil)
        if let column = rule.aspect?.column {
            aspect.text.append(UInt8(ascii: "."))
            aspect.of = identity(.columns([column]), at: place + ".aspect")
        }
        return aspect
    }

    private mutating func identity(_ identity: FactRule.Identity, at place: String) -> IdentityCell {
        switch identity {
        case .row: return IdentityCell(parts: [.row])
        case .columns(let names):
            return IdentityCell(
                parts: names.compactMap { name in
                    source(of: name, at: place).map {
                        .field($0, column: name, isPersonal: column(name).type == .email || column(name).type == .phone)
                    }
                })
        }
    }

    private mutating func name(_ rule: FactRule, _ schema: FactSchema, at place: String) -> RulePlan.Name {
        switch rule.name {
        case .constant(let text): return .constant(Array(text.utf8))
        case .column(let name), .known(let name):
            let aliases = aliases(of: column(name))
            return source(of: name, at: place).map { .field($0, column: name, aliases: aliases) } ?? .none
        case nil:
            if let says = schema.names {
                problems.append(
                    MappingProblem(
                        .noName, at: place, "a fact of kind “\(rule.kind.word)” must say \(says)",
                        remedy: "Add `name: COLUMN`, or `name: {is: \"…\"}` for one that is always the same."))
            }
            return .none
        }
    }

    private func aliases(of column: Column) -> [[UInt8]: [UInt8]] {
        Dictionary(column.aliases.map { (lowercased($0.key), Array($0.value.utf8)) }) { first, _ in first }
    }

    private func mode(_ rule: FactRule, at place: String) -> RulePlan.Time {
        switch rule.time {
        case .at(_, let elseAsOf): .at(elseAsOf: elseAsOf)
        case .since: .since
        case .asOf: .asOf
        }
    }

    private mutating func times(_ time: FactRule.Time, at place: String) -> [RulePlan.TimeCell] {
        switch time {
        case .at(let names, _): names.compactMap { self.time($0, at: place + ".at") }
        case .since(let names): names.compactMap { self.time($0, at: place + ".since") }
        case .asOf: []
        }
    }

    private mutating func time(_ name: String, at place: String) -> RulePlan.TimeCell? {
        guard let source = source(of: name, at: place) else { return nil }
        if source == .absent { return nil }
        return reader(column(name), at: place).map { RulePlan.TimeCell(source: source, column: name, reader: $0) }
    }

    private mutating func reader(_ column: Column, at place: String) -> InstantReader? {
        let named = column.zone ?? mapping.zone
        let name = named ?? "UTC"
        guard let zone = zones(name) else {
            problems.append(
                MappingProblem(
                    .unknownZone, at: place, "there is no time zone “\(name)”",
                    remedy: "Use a name of the IANA database, such as Europe/Berlin or UTC."))
            return nil
        }
        return format(column, at: place).map { InstantReader($0, zone: zone, isAssumed: named == nil) }
    }

    private mutating func format(_ column: Column, at place: String) -> TimeFormat? {
        let formats = column.formats.isEmpty ? mapping.times : column.formats
        do throws(TimeFormatError) {
            return try formats.isEmpty ? .iso8601 : TimeFormat(formats)
        } catch {
            problems.append(
                MappingProblem(.badFormat, at: place, error.description, remedy: "See docs/mapping.md, “Times”."))
            return nil
        }
    }

    private mutating func reference(
        _ reference: FactRule.Reference, _ rule: FactRule, at place: String, isActor: Bool = false
    ) -> IdentifierCell? {
        var namespace: [UInt8] = []
        let source = reference.source ?? mapping.source
        switch reference.scheme {
        case .record: namespace.append(text: "\(source)/\(reference.object ?? rule.object)")
        case .anonymous: namespace.append(text: source)
        case .email, .phone, .domain: namespace.append(text: "")
        }
        var cell = IdentifierCell(
            scheme: reference.scheme, namespace: namespace, column: "", source: .absent, constant: nil, isActor: isActor
        )
        switch reference.cell {
        case .constant(let text): cell.constant = Array(text.utf8)
        case .column(let name), .known(let name):
            guard let found = self.source(of: name, at: place) else { return nil }
            (cell.column, cell.source) = (name, found)
        }
        return cell
    }

    // MARK: Values

    private mutating func values(_ rule: FactRule, _ schema: FactSchema, at place: String) -> [ValueCell] {
        var cells = rule.with.compactMap { value($0, rule, schema, at: "\(place).with.\($0.property)") }
        if rule.takesRest { cells += rest(besides: cells) }
        return cells.sorted { $0.property.utf8.lexicographicallyPrecedes($1.property.utf8) }
    }

    /// Every column that nothing else in the mapping reads, as text under its own name.
    private mutating func rest(besides cells: [ValueCell]) -> [ValueCell] {
        let taken = Set(cells.map(\.property))
        let named = Set(mapping.mentioned.flatMap { column($0).named } + mapping.columns.flatMap(\.named))
        return columns.indices.filter { !named.contains(columns[$0]) && !taken.contains(columns[$0]) }.map { index in
            read.insert(index)
            return ValueCell(
                property: columns[index], column: columns[index], source: .column(index), conversion: .text)
        }
    }

    private mutating func value(
        _ named: FactRule.Named, _ rule: FactRule, _ schema: FactSchema, at place: String
    ) -> ValueCell? {
        let shape = schema.rules.first { $0.name == named.property }
        switch named.cell {
        case .constant(let text): return constant(named.property, text, shape, at: place)
        case .known(let name):
            guard let source = source(of: name, at: place) else { return nil }
            check(.flag, name, shape, at: place)
            return ValueCell(property: named.property, column: name, source: source, conversion: .isKnown)
        case .column(let name):
            guard let source = source(of: name, at: place) else { return nil }
            let column = column(name)
            guard let conversion = conversion(column, at: place) else { return nil }
            check(column.type, name, shape, at: place)
            var cell = ValueCell(property: named.property, column: name, source: source, conversion: conversion)
            cell.isPersonal = column.isPersonal || column.type == .email || column.type == .phone
            cell.empty = column.empty.map { Array($0.utf8) }
            cell.aliases = aliases(of: column)
            cell.choices = Set(column.choices.map { Array($0.utf8) })
            cell.clearsWhenEmpty = rule.kind == .observed || rule.kind == .fieldChanged
            cell.isRequired = shape?.required ?? false
            if case .word(let words)? = shape?.shape { cell.allowed = Set(words.map { Array($0.utf8) }) }
            return cell
        }
    }

    private mutating func constant(
        _ property: String, _ text: String, _ rule: FactSchema.Rule?, at place: String
    ) -> ValueCell {
        let value: Value =
            switch rule?.shape {
            case .flag: .flag(text == "yes" || text == "true")
            case .number: Int64(text).map { .number(Number($0)) } ?? .text(text)
            default: .text(text)
            }
        if let rule, !rule.shape.takes(value) {
            problems.append(
                MappingProblem(
                    .wrongType, at: place, "“\(text)” is not \(rule.shape.words)", remedy: "Give \(rule.shape.words)."))
        }
        var bytes: [UInt8] = []
        bytes.append(value: value)
        return ValueCell(property: property, column: "", source: .absent, conversion: .constant(bytes))
    }

    private mutating func check(
        _ type: Column.ValueType, _ column: String, _ rule: FactSchema.Rule?, at place: String
    ) {
        guard let rule, !type.fits(rule.shape) else { return }
        problems.append(
            MappingProblem(
                .wrongType, at: place,
                "“\(rule.name)” must be \(rule.shape.words), the column is \(type.rawValue)",
                remedy: "Give the column a type: `columns: {\(column): {as: …}}`."))
    }

    private mutating func conversion(_ column: Column, at place: String) -> ValueCell.Conversion? {
        let style = NumberStyle(decimalSign: column.decimalComma ?? mapping.decimalComma ? .comma : .point)
        switch column.type {
        case .text: return .text
        case .choice: return .choice
        case .email: return .email
        case .phone: return .phone
        case .domain: return .domain
        case .country: return .country
        case .flag: return .flag
        case .list: return .list(separator: Array((column.separator ?? ";").utf8))
        case .number: return .number(style)
        case .money: return currency(column, at: place).map { .money(style, $0) }
        case .time: return reader(column, at: place).map { .instant($0) }
        case .date: return format(column, at: place).map { .date($0) }
        }
    }

    private mutating func currency(_ column: Column, at place: String) -> ValueCell.CurrencyCell? {
        switch column.currency {
        case .fixed(let currency): return .fixed(currency)
        case .column(let name):
            return source(of: name, at: place).map { .column($0, else: mapping.currency) }
        case nil: return mapping.currency.map { .fixed($0) } ?? .written
        }
    }

    // MARK: Conditions

    mutating func condition(_ condition: Condition, at place: String) -> ConditionPlan {
        ConditionPlan(
            anyOf: condition.anyOf.map { group in
                group.compactMap { test in
                    source(of: test.column, at: place).map {
                        ConditionPlan.Test(
                            source: $0, comparison: comparison(test.comparison), isNegated: test.isNegated)
                    }
                }
            })
    }

    private func comparison(_ comparison: Condition.Comparison) -> ConditionPlan.Comparison {
        switch comparison {
        case .known: .known
        case .present: .present
        case .matches(let pattern): .matches(Pattern(pattern))
        case .oneOf(let values): .oneOf(Set(values.map { lowercased($0) }))
        }
    }
}

extension Column.ValueType {
    func fits(_ shape: FactSchema.Shape) -> Bool {
        switch (shape, self) {
        case (.anything, _), (.text, .text), (.text, .choice), (.text, .email), (.text, .phone), (.text, .domain),
            (.text, .country), (.word, .text), (.word, .choice), (.number, .number), (.money, .money),
            (.instant, .time), (.date, .date), (.flag, .flag), (.list, .list):
            true
        default: false
        }
    }
}

extension ValueCell {
    init(property: String, column: String, source: FieldSource, conversion: Conversion) {
        self.init(
            property: property, column: column, source: source, isPersonal: false, empty: nil, aliases: [:],
            choices: [],
            allowed: nil, clearsWhenEmpty: true, isRequired: false, conversion: conversion)
    }
}

func lowercased(_ text: String) -> [UInt8] { text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 } }
