import Journal
import Testing
import Vocabulary

@Suite("Two weekly exports")
struct WeeklyExportTests {
    private let (monday, friday): (WeeklyExport, WeeklyExport)
    private let week: WeeklyExport.Week
    private let folder: TemporaryFolder

    init() throws {
        var random = SplitMix(state: 2026)
        monday = .monday(&random)
        (friday, week) = monday.friday(&random)
        folder = try TemporaryFolder()
        for dated in [true, false] {
            let kind = dated ? "dated" : "undated"
            try folder.write(WeeklyExport.contactsMapping(dated: dated), to: "contacts-\(kind).yaml")
            try folder.write(WeeklyExport.dealsMapping(dated: dated), to: "deals-\(kind).yaml")
            for (day, export) in [(WeeklyExport.monday, monday), (WeeklyExport.friday, friday)] {
                try folder.write(export.contactsCSV(dated: dated), to: "contacts-\(kind)-\(day).csv")
                try folder.write(export.dealsCSV(dated: dated), to: "deals-\(kind)-\(day).csv")
            }
        }
    }

    private func imported(_ days: [String], dated: Bool) throws -> (JournalContent, [String: [ImportSummary]]) {
        let kind = dated ? "dated" : "undated"
        let journal = "\(folder.path)/\(kind)-\(days.joined(separator: "-"))"
        var summaries: [String: [ImportSummary]] = [:]
        for object in ["contacts", "deals"] {
            for day in days {
                let outcome = try ProgramUnderTest(folder: folder).run(
                    "import", "\(folder.path)/\(object)-\(kind)-\(day).csv", "--mapping",
                    "\(folder.path)/\(object)-\(kind).yaml", "--journal", journal, "--json", "--quiet")
                #expect(outcome.code == 0, "\(outcome.errors)")
                summaries[object, default: []] += try ImportSummary.all(in: outcome)
            }
        }
        return (try JournalContent(at: journal), summaries)
    }

    @Test("dated: the same facts in either order")
    func dated() throws {
        let (inOrder, _) = try imported([WeeklyExport.monday, WeeklyExport.friday], dated: true)
        let (backwards, _) = try imported([WeeklyExport.friday, WeeklyExport.monday], dated: true)
        let (some, others) = (try bare(inOrder), try bare(backwards))
        #expect(some.count == 500 + 200 + 40 + 5 + 3 + 4)
        #expect(some == others)
    }

    /// Facts apart from where they stand and when they were written down.
    private func bare(_ journal: JournalContent) throws -> Set<Fact> {
        Set(
            try journal.facts().map { recorded in
                var fact = recorded.fact
                fact.recorded = .earliest
                return fact
            })
    }

    @Test("undated: the same changes in either order")
    func undated() throws {
        let (inOrder, _) = try imported([WeeklyExport.monday, WeeklyExport.friday], dated: false)
        let (backwards, _) = try imported([WeeklyExport.friday, WeeklyExport.monday], dated: false)
        for object in ["contact", "deal"] { #expect(try changes(object, inOrder) == changes(object, backwards)) }
    }

    /// By record; who has none is left out.
    private func changes(
        _ object: String, _ journal: JournalContent, knownBy instant: Instant? = nil
    ) throws -> [String: [Occurrence]] {
        try journal.histories(object, knownBy: instant).mapValues { Occurrence.all(in: $0) }.filter {
            !$0.value.isEmpty
        }
    }

    @Test("40 changed, 5 deleted, 3 merged", arguments: [true, false], [false, true])
    func found(dated: Bool, backwards: Bool) throws {
        let days = [WeeklyExport.monday, WeeklyExport.friday]
        let (journal, summaries) = try imported(backwards ? days.reversed() : days, dated: dated)
        let (contacts, deals) = (try journal.histories("contact"), try journal.histories("deal"))
        #expect(ids(contacts) { $0.changes.contains { $0.previous != nil } } == week.changedContacts)
        #expect(ids(deals) { $0.changes.contains { $0.previous != nil } } == week.changedDeals)
        #expect(ids(contacts) { $0.turns.last?.standing == .deleted } == week.deletedContacts)
        #expect(ids(deals) { $0.turns.last?.standing == .deleted } == week.deletedDeals)
        #expect(
            ids(contacts) { if case .mergedAway = $0.turns.last?.standing { true } else { false } }
                == week.mergedContacts)
        #expect(summaries["contacts"]!.map(\.recordsGone) == [0, 4])
        #expect(summaries["deals"]!.map(\.recordsGone) == [0, 1])
        for summary in summaries.values.joined() { #expect(summary.accountedFor == summary.rows) }
    }

    private func ids(_ histories: [String: RecordHistory], where holds: (RecordHistory) -> Bool) -> Set<Int> {
        Set(histories.filter { holds($0.value) }.compactMap { Int($0.key) })
    }

    @Test("asked as of Wednesday the answer is Monday's", arguments: [true, false])
    func asOfWednesday(dated: Bool) throws {
        let (both, _) = try imported([WeeklyExport.friday, WeeklyExport.monday], dated: dated)
        let (only, _) = try imported([WeeklyExport.monday], dated: dated)
        let wednesday = try Instant(text: "2026-02-04T00:00:00Z")
        for object in ["contact", "deal"] {
            let known = try changes(object, both, knownBy: wednesday)
            #expect(known.count >= 200)
            #expect(try known == changes(object, only))
        }
    }
}
