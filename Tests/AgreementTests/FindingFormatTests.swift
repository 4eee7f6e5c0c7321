import Findings
import Foundation
import Testing

@testable import Agreement

/// Findings as machines read them. The members that SARIF 2.1.0 (OASIS, sections 3.13 to 3.30) requires are checked one by
/// one, for every finding there is a file for.
@Suite struct FindingFormatTests {
    private static let overlapping = SourceText(file: "our agreement.yaml", bytes: Array("a: 1\nb: \"2\"\n".utf8))
        .finding(
            .init(FindingCode("two-rules"), "“b” says what “a” says.", remedy: "Keep one."), line: 2, column: 1,
            related: [Place(file: "our agreement.yaml", line: 1, column: 1)])

    @Test func theJSONOfAFindingHasItsRelatedPlaces() throws {
        let object = try #require(try parsed(Self.overlapping.json) as? [String: Any])
        let related = try #require(object["related"] as? [[String: Any]])
        #expect(related.count == 1)
        #expect(related.first?["file"] as? String == "our agreement.yaml")
        #expect(related.first?["line"] as? Int == 1)
        #expect(related.first?["column"] as? Int == 1)
        #expect(object["excerpt"] as? String == "b: \"2\"")
    }

    @Test func theSARIFOfAFindingHasItsRelatedLocations() throws {
        let result = try #require(try results(of: [Self.overlapping]).first)
        let related = try #require(result["relatedLocations"] as? [[String: Any]])
        #expect(try place(try #require(related.first)) == "our%20agreement.yaml:1:1")
        #expect(try place(try #require((result["locations"] as? [[String: Any]])?.first)) == "our%20agreement.yaml:2:1")
    }

    @Test func aFindingWithoutRelatedPlacesHasNoneOfThem() throws {
        let alone = SourceText(file: "a.yaml", bytes: Array("a: 1".utf8)).finding(
            .init(FindingCode("alone"), "It is.", remedy: "Leave it."), line: 1, column: 1)
        #expect(!alone.json.contains("related"))
        #expect(try results(of: [alone]).first?["relatedLocations"] == nil)
    }

    @Test(arguments: FindingCase.all)
    func everyFindingIsWhatSARIFAsksFor(of row: FindingCase) throws {
        let findings = readPart(row.yaml, FindingCase.files).findings
        let results = try results(of: findings)
        #expect(results.count == findings.count)
        for (result, finding) in zip(results, findings) {
            #expect(result["ruleId"] as? String == finding.code.name)
            #expect(["error", "warning"].contains(result["level"] as? String))
            #expect((result["message"] as? [String: Any])?["text"] as? String == finding.cause + " " + finding.remedy)
            for location in try #require(result["locations"] as? [[String: Any]]) { _ = try place(location) }
        }
    }

    /// The results of the one run, every rule of which is declared.
    private func results(of findings: [Finding]) throws -> [[String: Any]] {
        let log = try #require(try parsed(sarifText(of: findings)) as? [String: Any])
        #expect(log["version"] as? String == "2.1.0")
        let run = try #require((log["runs"] as? [[String: Any]])?.first)
        let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
        #expect(driver["name"] as? String == "interlock")
        let rules = try #require(driver["rules"] as? [[String: Any]]).compactMap { $0["id"] as? String }
        let results = try #require(run["results"] as? [[String: Any]])
        #expect(Set(results.compactMap { $0["ruleId"] as? String }) == Set(rules))
        #expect(rules.count == Set(rules).count)
        return results
    }

    /// `file:line:column` of a location, all of which must be there and count from 1.
    private func place(_ location: [String: Any]) throws -> String {
        let physical = try #require(location["physicalLocation"] as? [String: Any])
        let uri = try #require((physical["artifactLocation"] as? [String: Any])?["uri"] as? String)
        let region = try #require(physical["region"] as? [String: Any])
        let line = try #require(region["startLine"] as? Int)
        let column = try #require(region["startColumn"] as? Int)
        #expect(line >= 1 && column >= 1)
        #expect(URL(string: uri) != nil)
        if let end = region["endColumn"] as? Int { #expect(end > column) }
        return "\(uri):\(line):\(column)"
    }

    private func parsed(_ text: String) throws -> Any { try JSONSerialization.jsonObject(with: Data(text.utf8)) }
}
