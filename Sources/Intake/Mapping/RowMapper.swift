internal import Crypto
public import Journal
internal import Vocabulary

/// Counts how often an equal row came before in the same file: a source without ids still gets stable keys.
public protocol RowOccurrences: AnyObject {
    /// 0 for the first row with this digest, 1 for the second…
    func ordinal(of digest: [UInt8]) throws -> Int
}

/// Occurrences in memory: for small files and tests.
public final class RowOccurrencesInMemory: RowOccurrences {
    private var seen: [[UInt8]: Int] = [:]

    public init() {}

    public func ordinal(of digest: [UInt8]) throws -> Int {
        let ordinal = seen[digest, default: 0]
        seen[digest] = ordinal + 1
        return ordinal
    }
}

/// A record of a source by its object and its id as bytes.
public struct StatedRecord: Hashable, Sendable {
    public var object: String
    public var id: [UInt8]
}

/// Turns rows into facts as a mapping says: made once for a file whose columns are known.
public struct RowMapper {
    public enum Outcome: Equatable {
        /// So many facts were added to the batch.
        case facts(Int)
        /// The mapping does not want this row.
        case filtered
        case rejected(MappingFault)
    }

    public internal(set) var notices = Notices()
    private var rules: [RulePlan]
    private let only: ConditionPlan
    private let joinKeys: [FieldSource]
    private let joinNames: [String]
    /// Optional joins are missed and unused as a matter of course: counted, without their keys.
    private let joinIsOptional: [Bool]
    private var view: RowView
    private let file: RulePlan.FileContext
    private let occurrences: any RowOccurrences
    private let usesRowIdentity: Bool

    init(
        rules: [RulePlan], only: ConditionPlan, joins: [JoinTable], joinKeys: [FieldSource], joined: [Join], row: Row,
        file: RulePlan.FileContext, occurrences: any RowOccurrences, isSheet: Bool
    ) {
        self.rules = rules
        self.only = only
        self.joinKeys = joinKeys
        joinNames = joined.map(\.name)
        joinIsOptional = joined.map(\.isOptional)
        view = RowView(row: row, joins: joins)
        view.isSheet = isSheet
        self.file = file
        self.occurrences = occurrences
        usesRowIdentity = rules.contains { rule in
            rule.id.parts.contains { if case .row = $0 { true } else { false } }
        }
    }

    /// Whether keys depend on the rows before: then an interrupted import starts again from the first row.
    public var dependsOnEarlierRows: Bool { usesRowIdentity }

    /// The batch was emptied and will be filled again.
    public mutating func batchWasEmptied() {
        for index in rules.indices { rules[index].batchWasEmptied() }
    }

    /// Maps the row that was read into the `Row` the mapper was made with. A rejected row leaves nothing in the batch.
    public mutating func map(into batch: inout FactBatch) throws -> Outcome {
        lookUpJoins()
        guard only.holds(view) else { return .filtered }
        let before = batch.count
        do {
            var identity: [UInt8]?
            for index in rules.indices { try apply(index, to: &batch, &identity) }
        } catch let fault as MappingFault {
            batch.cut(to: before)
            return .rejected(fault)
        }
        return batch.count == before ? .filtered : .facts(batch.count - before)
    }

    private mutating func lookUpJoins() {
        for join in joinKeys.indices where !view.joins[join].isAbsent {
            var tables = view.joins
            view.joins = []
            let place = view.withField(joinKeys[join]) { field in tables[join].find(field) }
            if place == nil {
                let value = joinIsOptional[join] ? "" : view.withField(joinKeys[join]) { $0.trimmed.text }
                notices.note(Notice(.joinMissed, column: joinNames[join], value: value), line: view.row.position.line)
            }
            view.joins = tables
            view.joined[join] = place
        }
    }

    private mutating func apply(_ index: Int, to batch: inout FactBatch, _ identity: inout [UInt8]?) throws {
        guard rules[index].when.holds(view) else { return }
        switch rules[index].each {
        case nil: try applyOnce(index, to: &batch, &identity)
        case .joinedRow(let join): try applyToJoinedRows(join, index, to: &batch, &identity)
        case .item(let source, let separator):
            for item in view.withField(source, { ListItems.of($0.trimmed, separator) }) {
                view.item = item
                try applyOnce(index, to: &batch, &identity)
            }
        }
    }

    /// Once for each row of the join that fits; once without any when none does, so that the row is not passed over.
    private mutating func applyToJoinedRows(
        _ join: Int, _ index: Int, to batch: inout FactBatch, _ identity: inout [UInt8]?
    ) throws {
        let first = view.joined[join]
        defer { view.joined[join] = first }
        repeat {
            try applyOnce(index, to: &batch, &identity)
            view.joined[join] = view.joined[join].flatMap { view.joins[join].next(after: $0) }
        } while view.joined[join] != nil
    }

    private mutating func applyOnce(_ index: Int, to batch: inout FactBatch, _ identity: inout [UInt8]?) throws {
        let (row, occurrences) = (view.row, occurrences)
        _ = try rules[index].apply(view, file, to: &batch, &notices) { occurred in
            if let identity { return identity }
            let made = try RowMapper.rowIdentity(row, occurred, occurrences)
            identity = made
            return made
        }
    }

    /// Digest of the row's fields and its ordinal among equal rows, the time in front so that keys arrive in order.
    private static func rowIdentity(
        _ row: Row, _ occurred: Instant, _ occurrences: any RowOccurrences
    ) throws -> [UInt8] {
        var hash = SHA256()
        for field in 0..<row.count {
            row.withField(field) { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
            hash.update(data: [FactKey.separator, row.kind(field) == .missing ? 1 : 0])
        }
        let digest = Array(hash.finalize().prefix(16))
        var id: [UInt8] = []
        occurred.appendFixedWidth(to: &id)
        id.append(contentsOf: "~\(Hex.text(digest))~\(try occurrences.ordinal(of: digest))".utf8)
        return id
    }

    /// The records whose state the row at hand would state, as far as their ids can be read.
    func statedRecords() -> [StatedRecord] {
        rules.filter { $0.observesRecord && $0.when.holds(view) }.compactMap { rule in
            var id: [UInt8] = []
            do {
                try rule.id.write(view, to: &id) { throw MappingFault(.emptyID, column: "") }
            } catch { return nil }
            return StatedRecord(object: rule.object, id: id)
        }
    }

    /// Joined rows that no row asked for, told once at the end of the file.
    public mutating func finish() {
        for (join, table) in view.joins.enumerated() where !joinIsOptional[join] {
            for key in table.unusedKeys {
                notices.note(Notice(.joinUnused, column: joinNames[join], value: key), line: 0)
            }
        }
    }
}
