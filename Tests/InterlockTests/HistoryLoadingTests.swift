import Engine
import Foundation
import Identity
import Journal
import PublicSuffixes
import StoreSQLite
import Testing

/// A journal on disk, loaded whole: persons, accounts and deals are as many as there are.
@Suite struct HistoryLoadingTests {
    private struct Loaded {
        let history: History
        let others: [CompanyFact]

        init(_ journal: String) throws {
            let list = PublicSuffixList()
            let store = try SQLiteJournal(path: journal) { PersonKey(drawing: { .random(in: .min ... .max) }) }
            var builder = HistoryBuilder()
            try builder.add(journal: store)
            history = builder.build { list.registrableDomain(of: $0) }
            others = builder.others
        }

        func facts(_ kind: FactKind) -> Int { history.act.count { history.acts[Int($0)].kind == kind } }

        /// Records of which a fact of this kind tells.
        func records(_ kind: FactKind, object: String) -> Set<String> {
            let texts = history.acts.filter { $0.kind == kind && $0.record >= 0 }.map { history.texts[$0.record] }
            return Set(texts.filter { $0.split(separator: "/").dropFirst().first.map(String.init) == object })
        }
    }

    private static let data =
        ProcessInfo.processInfo.environment["INTERLOCK_DATA"]
        ?? CommandRun.package.deletingLastPathComponent().appendingPathComponent("shared/data").path

    private static func has(_ path: String) -> Bool { FileManager.default.fileExists(atPath: data + "/" + path) }

    private static let missing: Comment = "the public example files are not here: name their folder with INTERLOCK_DATA"

    private func load(_ imports: [(mapping: String, file: String)], _ body: (Loaded) throws -> Void) throws {
        try withTemporaryFolder { folder in
            let journal = folder.appendingPathComponent("journal").path
            for (mapping, file) in imports {
                let run = try CommandRun(
                    ["import", Self.data + "/" + file, "--mapping", "Examples/" + mapping, "--journal", journal])
                try #require(run.exitCode == 0, "\(run.errors)")
            }
            try body(try Loaded(journal))
        }
    }

    @Test(.enabled(if: has("olist_funnel"), missing)) func olist() throws {
        try load([
            ("olist/leads.yaml", "olist_funnel/olist_marketing_qualified_leads_dataset.csv"),
            ("olist/deals.yaml", "olist_funnel/olist_closed_deals_dataset.csv"),
        ]) { loaded in
            #expect(loaded.history.persons.count == 8000)
            #expect(loaded.facts(.dealWon) == 842)
            // Each deal names a seller of its own; every other lead is an account of one.
            #expect(loaded.history.accounts.count == 8000)
            #expect(loaded.history.accounts.count { !$0.identifiers.isEmpty } == 842)
            #expect(loaded.history.count == 16_842 && loaded.history.unplaced == 0)
        }
    }

    @Test(.enabled(if: has("maven_crm"), missing)) func maven() throws {
        try load([
            ("maven/accounts.yaml", "maven_crm/accounts.csv"), ("maven/deals.yaml", "maven_crm/sales_pipeline.csv"),
        ]) { loaded in
            #expect(loaded.history.persons.isEmpty)
            #expect(loaded.records(.dealOpened, object: "deal").count == 8800)
            // 1,425 deals name no account, and each is one of its own.
            #expect(loaded.history.accounts.count == 85 + 1425)
            #expect(loaded.facts(.dealWon) == 4238 && loaded.facts(.dealLost) == 2473)
            #expect(loaded.history.unplaced == 0)
        }
    }

    @Test(.enabled(if: has("bpi_2012"), missing)) func loanDesk() throws {
        try load([("bpi2012/events.yaml", "bpi_2012/BPI_Challenge_2012.csv.gz")]) { loaded in
            #expect(loaded.history.persons.count == 13_087 && loaded.history.accounts.count == 13_087)
            #expect(loaded.facts(.activity) == 262_200)
        }
    }

    @Test func sampleCompany() throws {
        try withTemporaryFolder { folder in
            let sample = folder.appendingPathComponent("sample")
            #expect(try CommandRun(["sample", "--out", sample.path]).exitCode == 0)
            _ = try SampleImport.all(sample)
            let journal = sample.path + "/journal"
            let loaded = try Loaded(journal)
            let facts = try JournalContent(at: journal).facts().map(\.fact)
            expectPersons(loaded, facts)
            try expectDuplicates(loaded, facts, sample)
            expectAccounts(loaded, facts)
            #expect(loaded.history.count + loaded.others.count + loaded.history.company.count == facts.count)
        }
    }

    /// Records and addresses named together, relabelled until nothing changes, and visitors who were never identified. No
    /// address of the company is a role's, and no browser is two people's.
    private func expectPersons(_ loaded: Loaded, _ facts: [Fact]) {
        var label: [Identifier: Identifier] = [:]
        let named = Set(facts.map(\.persons))
        for identifier in named.joined() { label[identifier] = identifier }
        var changed = true
        while changed {
            changed = false
            for persons in named where persons.count > 1 {
                let least = persons.map { label[$0]! }.min { $0.text < $1.text }!
                for person in persons where label[person]! != least { (label[person], changed) = (least, true) }
            }
        }
        #expect(loaded.history.persons.count == Set(label.values).count)
    }

    /// What the marketing platform merged is one person, and what nobody has noticed yet is two.
    private func expectDuplicates(_ loaded: Loaded, _ facts: [Fact], _ sample: URL) throws {
        struct Planted: Decodable {
            struct Duplicate: Decodable {
                var contact, same_as: Int
                var merged: String?
            }
            var duplicates: [Duplicate]
        }
        let data = try Data(contentsOf: sample.appendingPathComponent("planted.json"))
        let planted = try JSONDecoder().decode(Planted.self, from: data).duplicates
        var person: [UInt32: Int32] = [:]
        for (row, sequence) in loaded.history.sequence.enumerated() { person[sequence] = loaded.history.person[row] }
        var ofContact: [String: Int32] = [:]
        for (place, fact) in facts.enumerated() where fact.kind == .observed && fact.key.object == "contact" {
            ofContact[fact.key.id] = person[UInt32(place) + 1]
        }
        #expect(planted.contains { $0.merged != nil } && planted.contains { $0.merged == nil })
        for duplicate in planted {
            guard let one = ofContact["\(duplicate.contact)"], let other = ofContact["\(duplicate.same_as)"] else {
                continue
            }
            #expect((one == other) == (duplicate.merged != nil), "\(duplicate)")
        }
    }

    private func expectAccounts(_ loaded: Loaded, _ facts: [Fact]) {
        let records = Set(facts.flatMap(\.accounts).filter { $0.scheme == .record })
        let named = loaded.history.accounts.filter { entry in
            entry.identifiers.contains { loaded.history.texts[$0].hasPrefix("record:") }
        }
        #expect(named.count == records.count, "each account of the CRM has a website of its own")
        let deals = Set(facts.filter { $0.key.object == "deal" && $0.kind == .observed }.map(\.key.id))
        #expect(loaded.records(.observed, object: "deal").count == deals.count)
    }
}
