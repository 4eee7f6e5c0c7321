import Intake
import Journal
import Testing

/// Ids put together from several columns: different parts never give the same id, so no row hides behind another.
@Suite struct CompositeIdentityTests {
    private static let mapping = """
        mapping: 1
        source: desk
        facts:
          - fact: measure
            name: {is: calls}
            id: [team, day]
            at: when
            with: {amount: {is: "1"}}
        """

    static let cases: [(rows: [String], accepted: Int, repeated: Int, rejected: [String])] = [
        (["a,b", "a,b"], 1, 1, []),
        (["x|y,z", "x,y|z"], 2, 0, []),
        (["x\\,y", "x,\\y"], 2, 0, []),
        (["a\\|b,c", "a\\,b|c"], 2, 0, []),
        (["a,", ",a"], 2, 0, []),
        ([","], 0, 0, ["empty-id"]),
    ]

    @Test(arguments: cases.indices)
    func partsAreToldApart(index: Int) throws {
        let (rows, accepted, repeated, rejected) = Self.cases[index]
        let pipeline = Pipeline(try MappingText(Self.mapping).mapping)
        let lines = rows.map { $0 + ",2026-01-01T00:00:00Z" }
        let outcome = try pipeline.run((["team,day,when"] + lines).joined(separator: "\n"))
        #expect(outcome.counts.accepted == accepted)
        #expect(outcome.counts.repeated == repeated)
        #expect(outcome.rejects.map(\.code) == rejected)
    }
}
