import Foundation
import Testing

/// `interlock schema`, from outside.
@Suite struct SchemaCommandTests {
    @Test func printsWhatStandsInTheDocumentation() throws {
        let result = try CommandRun(["schema"])
        let file = CommandRun.package.appendingPathComponent("docs/agreement.schema.json")
        #expect(try result.output == String(contentsOf: file, encoding: .utf8))
        #expect(result.exitCode == 0 && result.errors.isEmpty)
    }
}
