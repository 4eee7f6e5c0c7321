import Inbound
import Intake
import Journal
import Testing
import Vocabulary

/// The same event means the same, whether it came in a file or over the wire: whatever was imported is known when it is sent.
@Suite struct SameMeaningTests {
    private static let mapping = """
        mapping: 1
        source: web
        times: [iso8601]
        columns:
          user: {named: userId, optional: yes}
          form: {named: properties.form, optional: yes}
          seats: {named: properties.seats, as: number, optional: yes}
          email: {named: traits.email, as: email, optional: yes}
        facts:
          - fact: activity
            object: track
            name: event
            id: messageId
            at: timestamp
            when: {type: track}
            person: {record: {source: hubspot, object: contact, id: user}, anonymous: anonymousId}
            with: [form, seats]
          - fact: identified
            object: identify
            id: messageId
            at: timestamp
            when: {type: identify}
            person: {record: {source: hubspot, object: contact, id: user}, email: email, anonymous: anonymousId}
        """

    private static let events = [
        #"{"messageId":"1","type":"track","event":"Form Submitted","userId":"501","anonymousId":"v1","timestamp":"2026-01-05T03:15:52.123Z","properties":{"form":"Pricing","seats":3}}"#,
        #"{"messageId":"2","type":"track","event":"Ad Clicked","userId":null,"anonymousId":"v2","timestamp":"2026-01-05T04:15:52.000Z","properties":{"form":""}}"#,
        #"{"messageId":"3","type":"identify","userId":"501","anonymousId":"v1","timestamp":"2026-01-05T05:15:52.000Z","traits":{"email":"Ann@Acme.example"}}"#,
    ]

    @Test func whatWasImportedIsKnownWhenItIsSent() throws {
        let journal = MemoryJournal(makeKey: { PersonKey(drawing: { 7 }) })
        _ = try journal.append(JournalGroup([try imported()]))
        #expect(try journal.head().sequence == 3)
        let sent = try JSON((#"{"batch":["# + SameMeaningTests.events.joined(separator: ",") + "]}").utf8)
        let delivery = try Segment.batch.delivery(of: sent, from: Told.sender, received: Told.received)
        #expect(delivery.faults.isEmpty)
        let receipts = try journal.append(JournalGroup([delivery.batch]))[0]
        // The traits stand as a record of their own, which this mapping does not keep.
        #expect(receipts.map(\.verdict) == [.repeated, .repeated, .repeated, .accepted])
    }

    private func imported() throws -> FactBatch {
        let mapping = try MappingText(SameMeaningTests.mapping).mapping
        let bytes = Array(SameMeaningTests.events.joined(separator: "\n").utf8)
        let source = try RowSource(mapping, fileName: "events.ndjson") {
            var rest = bytes[...]
            return { buffer in
                let count = min(buffer.count, rest.count)
                buffer.copyBytes(from: rest.prefix(count))
                rest = rest.dropFirst(count)
                return count
            }
        }
        let row = Row()
        var mapper = try mapping.mapper(
            columns: source.columns, joins: [], row: row,
            file: FileFacts(asOf: nil, isComplete: false, recorded: Told.received), zones: { $0 == "UTC" ? .utc : nil },
            occurrences: RowOccurrencesInMemory())
        var batch = FactBatch()
        while case .row = try source.reader.read(into: row) {
            guard case .facts = try mapper.map(into: &batch) else {
                Issue.record("a row was not taken")
                continue
            }
        }
        return batch
    }
}
