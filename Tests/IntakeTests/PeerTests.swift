import Intake
import Testing

@Test("A row is what Python's csv says it is", arguments: PeerVerdicts.csv)
func csvPeer(_ row: (line: String, fields: [String])) throws {
    let header = CSVHeader(written: row.fields.indices.map { "c\($0)" })
    let reader = CSVReader(
        resumingAt: .start, dialect: Dialect(), header: header, pull: pull(Array(row.line.utf8), chunk: 3))
    #expect(try readAll(reader) == [.row(row.fields, line: 1, offset: 0)])
}

@Test("A line is an object where Python's json says so", arguments: PeerVerdicts.json)
func jsonPeer(_ row: (line: String, isObject: Bool)) throws {
    let reader = NDJSONReader(
        resumingAt: .start, paths: [JSONPath(parsing: "v")!], pull: pull(Array(row.line.utf8), chunk: 3))
    _ = try readAll(reader)
    #expect(reader.counts.rows == (row.isObject ? 1 : 0) && reader.counts.total == 1)
}
