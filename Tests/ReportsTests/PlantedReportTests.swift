import Agreement
import Engine
import Foundation
import Reports
import Sample
import Testing
import Vocabulary

/// What the sample company planted is what the reports put first; its peers are not.
@Suite(.enabled(if: !SampleReports.zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct PlantedReportTests {
    private static let small = Task {
        try await PlantedCompany(SampleOptions(persons: 2000), until: Instant(milliseconds: 1_769_904_000_000))
    }

    @Test func theSlowRepKeepsLeast() async throws {
        let planted = try await Self.small.value
        let slow = try planted.rep("slow_rep")
        let promises = try planted.sample.report("promises", [(.by, "rep")])
        #expect(planted.reps(promises.section("sales_respond")).first == slow)
        let response = try planted.sample.report("response", [(.by, "rep")])
        let medians = planted.reps(response.section("waits")).map { rep in
            (rep: rep, wait: response.time("waits", rep, "median")?.count ?? .max)
        }.sorted { $0.wait > $1.wait }
        #expect(medians.first?.rep == slow)
        #expect(medians.last?.rep == (try planted.rep("fast_rep")))
    }

    @Test func theCherryPickerPrefersTheBestMost() async throws {
        let planted = try await Self.small.value
        let queue = try planted.sample.report("queue")
        let reps = planted.reps(queue.section("picking"))
        #expect(reps.first == (try planted.rep("cherry_picker")))
        let index = try #require(queue.section("picking")?.rows.first).cells[2].value
        guard case .number(let first) = index else { throw Unexpected(value: index) }
        #expect(first.numerator > 0)
        let fast = queue["picking", try planted.rep("fast_rep"), "index"]?.value
        guard case .number(let peer)? = fast else { throw Unexpected(value: fast) }
        #expect(peer.numerator <= 0)
    }

    @Test func whoRejectsEverythingAcceptsLeast() async throws {
        let planted = try await Self.small.value
        let verdicts = try planted.sample.report("verdicts", [(.by, "rep")])
        let shares = planted.reps(verdicts.section("verdicts")).compactMap { rep in
            verdicts.share("verdicts", rep, "acceptance").map { (rep: rep, percent: 100 * $0[0] / max(1, $0[1])) }
        }.sorted { $0.percent < $1.percent }
        #expect(shares.first?.rep == (try planted.rep("rejects_everything")))
        #expect(shares[0].percent < 30 && shares[1].percent > 55)
    }

    @Test func theStarvingTerritoryIsFlagged() async throws {
        let planted = try await Self.small.value
        let starving = try #require(planted.json["starving_territory"] as? [String: Any])["team"] as? String
        let queue = try planted.sample.report("queue")
        let rows = try #require(queue.section("territories")).rows
        #expect(rows.first?.name == starving)
        #expect(rows.map { $0.cells.last?.value } == [.flag(true), .flag(false), .flag(false)])
    }

    @Test func theFairIsWhatTheBusiestDaysAre() async throws {
        let planted = try await Self.small.value
        let fair = try #require(planted.json["fair"] as? [String: Any])
        let days = [try #require(fair["from"] as? String), try #require(fair["until"] as? String)]
        let rows = try #require(planted.sample.report("queue").section("busiest")).rows
        #expect(Set(rows.prefix(2).compactMap { $0.name.split(separator: " ").last.map(String.init) }) == Set(days))
        let times = rows.compactMap { row -> Int? in
            guard case .count(let people) = row.cells[0].value else { return nil }
            return people
        }
        // Some were known before. The lists that reps uploaded follow; an ordinary day brings a tenth.
        let planned = try #require(fair["contacts"] as? [Int]).count
        #expect(times[0] + times[1] <= planned && (times[0] + times[1]) * 10 >= planned * 9)
        #expect(times[5] * 4 < times[1])
    }

    @Test func onlyTheLeaverLeftLeadsBehind() async throws {
        let planted = try await Self.small.value
        let section = try #require(planted.sample.report("queue").section("left_behind"))
        #expect(section.rows.filter { !$0.isTotal }.map(\.name) == [try planted.rep("leaver")])
        #expect(section.rows.first?.cells.first?.value != .count(0))
    }

    @Test func everyListWithoutConsentIsFoundAndNothingElse() async throws {
        let planted = try await Self.small.value
        let lists = try #require(planted.json["uploads"] as? [[String: Any]])
        let expected = lists.map { list in
            "\(list["rep"] as? String ?? "") \((list["contacts"] as? [Int])?.count ?? 0)"
        }
        let rows = try #require(planted.sample.report("unmeasured").section("uploads")).rows
        let found = rows.map { row in "\(row.name.split(separator: ",")[0]) \(row.cells[0].value)" }
        #expect(found.sorted() == expected.sorted())
        #expect(expected.count == 3)
    }

    @Test func theCloseRateSlips() async throws {
        let planted = try await Self.small.value
        let slip = try #require(planted.json["close_rate"] as? [String: Any])
        let day = try #require(slip["slips_on"] as? String)
        let first = try #require(planted.json["first_day"] as? String)
        let windows: [(String, [(ReportOption, String)])] = [
            ("before", [(.from, first), (.to, day)]), ("after", [(.from, day)]),
        ]
        for (when, window) in windows {
            let truth = try #require(slip[when] as? [String: Int])
            let wins = try planted.sample.report("wins", window + [(.kind, "new")])
            let (won, lost) = (try #require(truth["won"]), try #require(truth["lost"]))
            #expect(wins.share("deals", ReportRow.total, "rate") == [won, won + lost], "\(when)")
        }
    }

    /// Of measures that count or share, the rows of a segment make up the total.
    @Test(arguments: [
        ("promises", "sales_respond"), ("verdicts", "verdicts"), ("recycling", "passes"), ("queue", "handled"),
    ])
    func segmentsMakeUpTheTotal(name: String, key: String) async throws {
        let planted = try await Self.small.value
        for by in ["rep", "team", "month", "hour", "source", "grade"] {
            let section = try #require(planted.sample.report(name, [(.by, by)]).section(key))
            let total = try #require(section.rows.last)
            #expect(total.isTotal && section.rows.count > 1)
            for (place, cell) in total.cells.enumerated() where cell.adding != .statistic {
                let parts = section.rows.dropLast().flatMap { $0.cells[place].records }
                #expect(parts.sorted() == cell.records.sorted(), "\(by) \(section.columns[place].key)")
            }
        }
    }

    /// Whoever may see their own numbers only reads no other rep's name anywhere, and the same totals.
    @Test(arguments: ["promises", "scoreboard", "verdicts", "recycling", "queue", "unmeasured", "journey"])
    func visibilityHolds(name: String) async throws {
        let planted = try await Self.small.value
        let jonas = "jonas@northwind.example"
        let takesSegment = try ReportRegistry.report(named: name).options.contains(.by)
        let question: [(ReportOption, String)] = takesSegment ? [(.by, "rep")] : []
        let all = try planted.sample.report(name, question)
        let his = try planted.sample.report(name, question, seenBy: .person(jonas))
        #expect(try whatDoesNotAddUp(his) == [])
        let others = planted.sample.agreement.teams.flatMap(\.reps).map(\.email.value.text).filter { $0 != jonas }
        #expect(others.count > 6)
        for section in his.sections {
            let words = section.rows.map(\.name) + section.records.rows.joined().map(\.description)
            #expect(others.filter { other in words.contains { $0.contains(other) } } == [], "\(section.key)")
        }
        for (mine, whole) in zip(his.sections, all.sections) {
            #expect(
                mine.rows.last { $0.isTotal }?.cells.map(\.value) == whole.rows.last { $0.isTotal }?.cells.map(\.value))
        }
    }

    /// With more people chance explains less: what is planted stands out of its interval, what is not does not.
    @Test(.enabled(if: LongTests.areWanted, LongTests.hint), .timeLimit(.minutes(30)))
    func inALargerCompanyItIsBeyondChance() async throws {
        let planted = try await PlantedCompany(
            SampleOptions(persons: 24_000), until: Instant(milliseconds: 1_769_904_000_000))
        let queue = try planted.sample.report("queue")
        let section = try #require(queue.section("picking"))
        let flagged = section.rows.filter { queue["picking", $0.key, "cherries"]?.value == .flag(true) && !$0.isTotal }
        #expect(flagged.first?.name == (try planted.rep("cherry_picker")))
        #expect(section.rows.first?.name == flagged.first?.name)
        let slip = try #require(planted.json["close_rate"] as? [String: Any])
        let day = try #require(slip["slips_on"] as? String)
        let before = try planted.sample.report("scoreboard", [(.to, day)])
        let after = try planted.sample.report("scoreboard", [(.from, day)])
        let (early, late) = (
            try #require(before.share("plan", "win rate", "share")),
            try #require(after.share("plan", "win rate", "share"))
        )
        #expect(early[0] * late[1] > late[0] * early[1])
        let promises = try planted.sample.report("promises", [(.by, "rep")])
        #expect(planted.reps(promises.section("sales_respond")).first == (try planted.rep("slow_rep")))
    }
}

/// A sample company with the list of what was planted in it.
struct PlantedCompany: Sendable {
    let sample: SampleReports

    init(_ options: SampleOptions, until: Instant) async throws {
        sample = try await SampleReports(options, until: until)
    }

    var json: [String: Any] {
        get throws {
            let object = try JSONSerialization.jsonObject(with: Data(sample.planted.utf8))
            return try #require(object as? [String: Any])
        }
    }

    func rep(_ trait: String) throws -> String {
        try #require((try json[trait] as? [String: Any])?["rep"] as? String, "no \(trait)")
    }

    /// The rows that are reps, in order.
    func reps(_ section: ReportSection?) -> [String] { (section?.rows ?? []).map(\.name).filter { $0.contains("@") } }
}

private struct Unexpected: Error { let value: ReportValue? }

enum LongTests {
    static let areWanted = ProcessInfo.processInfo.environment["INTERLOCK_LONG_TESTS"] == "1"
    static let hint: Comment = "takes minutes: set INTERLOCK_LONG_TESTS=1 to run it"
}
