internal import Journal
internal import Vocabulary

/// A rule with its columns found and its shapes prepared: turns a row into one fact, bytes to bytes.
struct RulePlan {
    /// What the whole file gives to every fact.
    struct FileContext {
        var asOf: Instant?
        var recorded: Instant
    }

    enum Name {
        case none
        case constant([UInt8])
        /// Aliases are in lower case.
        case field(FieldSource, column: String, aliases: [[UInt8]: [UInt8]])
    }

    /// What the rule is applied once for.
    enum Each {
        case item(of: FieldSource, separator: [UInt8])
        case joinedRow(Int)
    }

    /// Of a record's statement the part before `@`; of an event the whole aspect.
    struct Aspect {
        var text: [UInt8]
        var of: IdentityCell?
    }

    enum Time {
        case at(elseAsOf: Bool)
        case since
        case asOf
    }

    struct TimeCell {
        var source: FieldSource
        var column: String
        var reader: InstantReader
    }

    var kind: FactKind
    var source: String
    var object: String
    var id: IdentityCell
    var aspect: Aspect
    var name: Name
    var time: Time
    /// The first that is not empty counts.
    var times: [Settled<TimeCell>]
    /// Since when a record tells of what happened; `nil` for events of their own.
    var told: [Settled<TimeCell>]?
    var keepsChangesOnly: Bool
    var known: [Settled<TimeCell>]
    var persons: [Settled<IdentifierCell>]
    var accounts: [Settled<IdentifierCell>]
    var actor: IdentifierCell?
    /// In the order of their properties' names.
    var values: [Settled<ValueCell>]
    var when: ConditionPlan
    var skipsNobody: Bool
    var needs: FactSchema.Concern
    var each: Each?
    /// Shapes of the current batch by which values were there.
    private var shapes: [[UInt64]: Int] = [:]
    private var present: [UInt64] = []

    /// Whether the rule says what the row's own record is.
    var observesRecord: Bool {
        if case .at = time { return false }
        return kind == .observed && each == nil
    }

    enum Outcome {
        case written
        case left
    }

    /// The batch was emptied, its shapes with it.
    mutating func batchWasEmptied() { shapes.removeAll(keepingCapacity: true) }

    /// Appends the fact to the batch; on a fault the caller cuts the batch back.
    mutating func apply(
        _ view: RowView, _ file: FileContext, to batch: inout FactBatch, _ notices: inout Notices,
        rowID: (Instant) throws -> [UInt8]
    ) throws -> Outcome {
        guard let (occurred, statement) = try instant(view, file, &notices) else {
            throw MappingFault(.undated, column: "")
        }
        let since = statement == .event ? nil : try told(view, file, &notices) ?? occurred
        let known = try firstInstant(self.known, view, &notices) ?? occurred
        let begin = (keys: batch.keys.count, bodies: batch.bodies.count)
        try id.write(view, to: &batch.keys) { try rowID(occurred) }
        try appendAspect(view, since, to: &batch.keys)
        guard let holdsPersonal = try writeBody(view, to: &batch.bodies, &notices) else {
            batch.keys.removeSubrange(begin.keys...)
            batch.bodies.removeSubrange(begin.bodies...)
            return .left
        }
        batch.close(
            shape: shape(in: &batch), occurred: occurred, known: known, recorded: file.recorded, statement: statement,
            holdsPersonal: holdsPersonal)
        return .written
    }

    // MARK: Times

    private func instant(
        _ view: RowView, _ file: FileContext, _ notices: inout Notices
    ) throws(MappingFault) -> (Instant, FactBatch.Statement)? {
        let found = try firstInstant(times, view, &notices)
        let dated = keepsChangesOnly ? FactBatch.Statement.restated : .dated
        switch time {
        case .asOf: return file.asOf.map { ($0, .restated) }
        case .since: return found.map { ($0, dated) } ?? file.asOf.map { ($0, .restated) }
        case .at(let elseAsOf):
            let statement = told == nil ? FactBatch.Statement.event : dated
            if let found { return (found, statement) }
            guard elseAsOf, let asOf = file.asOf else { return nil }
            notices.note(Notice(.datedAsOf, column: times.first?.value.column ?? ""), line: view.row.position.line)
            return (asOf, statement)
        }
    }

    /// Since when the record says what happened, for events that a record tells of.
    private func told(
        _ view: RowView, _ file: FileContext, _ notices: inout Notices
    ) throws(MappingFault) -> Instant? {
        guard let told else { return nil }
        guard let since = try firstInstant(told, view, &notices) ?? file.asOf else {
            throw MappingFault(.undated, column: told.first?.value.column ?? "")
        }
        return since
    }

    private func firstInstant(
        _ cells: [Settled<TimeCell>], _ view: RowView, _ notices: inout Notices
    ) throws(MappingFault) -> Instant? {
        for cell in cells {
            if let instant = try cell.value.instant(view, &notices) { return instant }
        }
        return nil
    }

    private func appendAspect(_ view: RowView, _ since: Instant?, to keys: inout [UInt8]) throws {
        keys.append(FactKey.separator)
        keys.append(contentsOf: aspect.text)
        try aspect.of?.write(view, to: &keys) { [] }
        guard let since else { return }
        keys.append(UInt8(ascii: "@"))
        since.appendFixedWidth(to: &keys)
    }

    // MARK: Body

    /// Whether the body holds personal values; `nil` when the row names nobody and the rule says to leave the fact out.
    private mutating func writeBody(
        _ view: RowView, to body: inout [UInt8], _ notices: inout Notices
    ) throws(MappingFault) -> Bool? {
        try writeName(view, to: &body)
        let actorAt = body.count
        body.append(0)
        if let actor, actor.write(view, to: &body, &notices) { body[actorAt] = 1 }
        let persons = write(self.persons, view, to: &body, &notices)
        let accounts = write(self.accounts, view, to: &body, &notices)
        guard needs.isMet(persons: persons.count, accounts: accounts.count) else {
            guard skipsNobody else { throw MappingFault(.nobody, column: self.persons.first?.value.column ?? "") }
            notices.note(Notice(.nobody, column: self.persons.first?.value.column ?? ""), line: view.row.position.line)
            return nil
        }
        return try writeValues(view, to: &body, &notices) || persons.isPersonal || accounts.isPersonal
    }

    private func writeName(_ view: RowView, to body: inout [UInt8]) throws(MappingFault) {
        switch name {
        case .none: body.append(0)
        case .constant(let text): text.withUnsafeBufferPointer { body.append(text: $0) }
        case .field(let source, let column, let aliases):
            try view.withField(source) { (field: Bytes) throws(MappingFault) in
                let name = field.trimmed
                if name.isEmpty { throw MappingFault(.missingValue, column: column) }
                if !aliases.isEmpty, let alias = aliases[lowercased(name)] {
                    alias.withUnsafeBufferPointer { body.append(text: $0) }
                } else {
                    body.append(text: name)
                }
            }
        }
    }

    private func write(
        _ cells: [Settled<IdentifierCell>], _ view: RowView, to body: inout [UInt8], _ notices: inout Notices
    ) -> (count: Int, isPersonal: Bool) {
        let countAt = body.count
        body.append(0)  // fewer than 128 identifiers, so the count is one byte
        var (count, isPersonal) = (0, false)
        for cell in cells where cell.value.write(view, to: &body, &notices) {
            count += 1
            isPersonal = isPersonal || cell.value.isPersonal
        }
        body[countAt] = UInt8(count)
        if count == 0, let first = cells.first?.value, first.source != .absent {
            notices.note(Notice(.alone, column: first.column), line: view.row.position.line)
        }
        return (count, isPersonal)
    }

    private mutating func writeValues(
        _ view: RowView, to body: inout [UInt8], _ notices: inout Notices
    ) throws(MappingFault) -> Bool {
        for word in present.indices { present[word] = 0 }
        if present.isEmpty { present = Array(repeating: 0, count: (values.count + 63) / 64) }
        var isPersonal = false
        for index in values.indices {
            switch try values[index].value.write(view, to: &body, &notices) {
            case .nothing: continue
            case .written: break
            case .writtenPersonal: isPersonal = true
            }
            present[index / 64] |= 1 << UInt64(index % 64)
        }
        return isPersonal
    }

    /// The shape of the values just written, in the batch at hand.
    private mutating func shape(in batch: inout FactBatch) -> Int {
        if let known = shapes[present] { return known }
        let names = values.indices.filter { present[$0 / 64] & 1 << UInt64($0 % 64) != 0 }.map {
            values[$0].value.property
        }
        let index = batch.index(
            of: FactShape(source: source, object: object, kind: kind, version: kind.currentVersion, properties: names))
        shapes[present] = index
        return index
    }
}

extension RulePlan {
    init(
        kind: FactKind, source: String, object: String, id: IdentityCell, aspect: Aspect, name: Name, time: Time,
        times: [TimeCell], told: [TimeCell]?, keepsChangesOnly: Bool, known: [TimeCell], persons: [IdentifierCell],
        accounts: [IdentifierCell], actor: IdentifierCell?, values: [ValueCell], when: ConditionPlan, skipsNobody: Bool,
        each: Each?
    ) {
        self.kind = kind
        self.source = source
        self.object = object
        self.id = id
        self.aspect = aspect
        self.name = name
        self.time = time
        self.times = times.map(Settled.init)
        self.told = told.map { $0.map(Settled.init) }
        self.keepsChangesOnly = keepsChangesOnly
        self.known = known.map(Settled.init)
        self.persons = persons.map(Settled.init)
        self.accounts = accounts.map(Settled.init)
        self.actor = actor
        self.values = values.map(Settled.init)
        self.when = when
        self.skipsNobody = skipsNobody
        self.each = each
        needs = kind.schema.concerns
    }
}

extension RulePlan.TimeCell {
    /// `nil` when the field is empty.
    func instant(_ view: RowView, _ notices: inout Notices) throws(MappingFault) -> Instant? {
        try view.withField(source) { (field: Bytes) throws(MappingFault) -> Instant? in
            let written = field.trimmed
            if written.isEmpty { return nil }
            do throws(UnreadableValue) {
                let (instant, doubt) = try reader.instant(written)
                if let code = doubt.code {
                    let value = code == .utcAssumed ? "" : written.text
                    notices.note(Notice(code, column: column, value: value), line: view.row.position.line)
                }
                return instant
            } catch {
                throw MappingFault(error, column: column, value: written.text)
            }
        }
    }
}

extension FactSchema.Concern {
    func isMet(persons: Int, accounts: Int) -> Bool {
        switch self {
        case .person: persons > 0
        case .personOrAccount: persons + accounts > 0
        case .anyone, .nobody: true
        }
    }
}

extension Instant {
    func appendFixedWidth(to bytes: inout [UInt8]) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { buffer in
            writeFixedWidth(to: buffer.baseAddress!)
            bytes.append(contentsOf: buffer)
        }
    }
}
