import Foundation
import Intake
import Journal
import Testing
import Vocabulary

/// Public data whose numbers are known, through the example mappings and the whole pipeline, each file twice.
@Suite(.enabled(if: RealData.has("olist_funnel"), RealData.missing)) struct PublicDataTests {
    @Test func olistLeads() throws {
        let imported = try Import("olist/leads.yaml", "olist_funnel/olist_marketing_qualified_leads_dataset.csv")
        #expect(imported.first.counts.accepted == 8000)
        #expect(imported.rows(.filledIn, "origin", "unknown") == 60)
        #expect(imported.facts(.activity) == 8000)
        #expect(imported.facts(.observed) == 8000)
        #expect(imported.first.rejects.isEmpty)
    }

    @Test func olistDeals() throws {
        let imported = try Import("olist/deals.yaml", "olist_funnel/olist_closed_deals_dataset.csv")
        #expect(imported.facts(.dealWon) == 842)
        #expect(imported.first.rejects.isEmpty)
    }

    @Test func mavenDeals() throws {
        let imported = try Import("maven/deals.yaml", "maven_crm/sales_pipeline.csv")
        #expect(imported.first.counts.accepted == 8800)
        #expect(imported.rows(.joinMissed, "products", "GTXPro") == 1480)
        #expect(imported.rows(.datedAsOf, "engage_date") == 500)
        #expect(imported.rows(.alone, "account") == 1425)
        #expect(
            imported.first.notices.listed.count { $0.notice.code == .joinUnused && $0.notice.column == "teams" } == 5)
        #expect(imported.facts(.dealWon) == 4238)
        #expect(imported.facts(.dealLost) == 2473)
        #expect(try imported.total("amount", of: .dealWon) == Money(Number(10_005_534), Currency(code: "USD")!))
    }

    @Test func mavenAccounts() throws {
        let imported = try Import("maven/accounts.yaml", "maven_crm/accounts.csv")
        #expect(imported.first.counts.accepted == 85)
        #expect(imported.rows(.notListed, "industry", "technolgy") == 12)
    }

    @Test func loanDesk() throws {
        let imported = try Import("bpi2012/events.yaml", "bpi_2012/BPI_Challenge_2012.csv.gz")
        #expect(imported.first.counts.accepted == 262_200)
        let facts = try imported.journal.allFacts()
        let steps = facts.filter { $0.shape.kind == .activity }
        let handOvers = facts.filter { $0.shape.kind == .owned }
        #expect(steps.count == 262_200)
        #expect(try imported.people(of: steps) == 13_087)
        #expect(try imported.people(of: handOvers) == 4755)
    }
}

/// A file imported by an example's mapping, and then again, which must change nothing.
private struct Import {
    let journal: MemoryJournal
    let first: Pipeline.Outcome

    init(_ example: String, _ path: String) throws {
        var pipeline = Pipeline(try MappingText(RealData.example(example)).mapping)
        if case .instant(let day) = pipeline.mapping.asOf { pipeline.asOf = day }
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        pipeline.beside = { try? RealData.bytes("\(folder)/\($0)") }
        let bytes = try RealData.bytes(path)
        let plain = path.hasSuffix(".gz") ? try unzipped(path) : bytes
        first = try pipeline.run(plain)
        let head = try pipeline.journal.head()
        let second = try pipeline.run(plain)
        #expect(try pipeline.journal.head() == head, "the second import of \(path) changed the journal")
        #expect(second.counts.accepted == 0 && second.counts.rejected == first.counts.rejected)
        journal = pipeline.journal
    }

    func rows(_ code: Notice.Code, _ column: String, _ value: String = "") -> Int {
        first.notices.counts[Notice(code, column: column, value: value)]?.rows ?? 0
    }

    func facts(_ kind: FactKind) -> Int64 {
        ((try? journal.counts()) ?? []).filter { $0.kind == kind }.reduce(0) { $0 + $1.facts }
    }

    func people(of facts: [StoredFact]) throws -> Int {
        Set(try facts.flatMap { try $0.asWritten { _ in nil }.persons }).count
    }

    func total(_ property: String, of kind: FactKind) throws -> Money {
        try journal.allFacts().filter { $0.shape.kind == kind }.reduce(
            Money(minorUnits: 0, currency: Currency(code: "USD")!)
        ) {
            guard case .money(let money)? = try $1.asWritten(reveal: { _ in nil })[property] else { return $0 }
            return try $0.adding(money)
        }
    }
}

func unzipped(_ path: String) throws -> [UInt8] {
    let gzip = Process()
    let output = Pipe()
    gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    gzip.arguments = ["gzip", "-dc", RealData.folder + "/" + path]
    gzip.standardOutput = output
    try gzip.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    gzip.waitUntilExit()
    return Array(data)
}
