import Foundation
import Sample
import Testing
import Vocabulary

@Suite struct SameBytesTests {
    @Test(arguments: [1, 2, 5])
    func threadsChangeNothing(threads: Int) async throws {
        let standard = try await World.standard()
        let again = try await World(SampleOptions(), threads: threads)
        #expect(again.files == standard.files)
    }

    @Test func anotherSeedIsAnotherCompany() async throws {
        let one = try await World(SampleOptions(seed: 1, persons: 300, months: 3))
        let two = try await World(SampleOptions(seed: 2, persons: 300, months: 3))
        #expect(Set(one.files.keys) == Set(two.files.keys))
        for name in one.names("web/pages") + one.names("map/contacts") + one.names("crm/touches") {
            #expect(one.files[name] != two.files[name], "\(name) does not depend on the seed")
        }
    }

    /// A digest for each file of a tiny company. To record anew what has changed on purpose:
    /// `RECORD_GOLDEN=1 swift test --filter SampleTests`; the difference in the file is the review.
    @Test func tinyCompanyIsAsRecorded() async throws {
        let tiny = try await World(SampleOptions(seed: 42, persons: 300, months: 3))
        let lines = tiny.files.sorted { $0.key < $1.key }.map { "\(digest($0.value)) \($0.value.count) \($0.key)" }
        let actual = lines.joined(separator: "\n") + "\n"
        let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "Golden/tiny.txt")
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
            try FileManager.default.createDirectory(
                at: golden.deletingLastPathComponent(), withIntermediateDirectories: true)
            try actual.write(to: golden, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: golden, encoding: .utf8) == actual)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let persons: Int
        let months: Int
        let start: CivilDate
        let error: SampleOptionError?

        var testDescription: String { "\(persons) persons, \(months) months" }
    }

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
        CivilDate(year: year, month: month, day: day)!
    }

    @Test(arguments: [
        Case(persons: 300, months: 3, start: day(2025, 2, 1), error: nil),
        Case(persons: 5_000_000, months: 60, start: day(2008, 1, 1), error: nil),
        Case(persons: 299, months: 12, start: day(2025, 2, 1), error: .persons(299)),
        Case(persons: -1, months: 12, start: day(2025, 2, 1), error: .persons(-1)),
        Case(persons: 5_000_001, months: 12, start: day(2025, 2, 1), error: .persons(5_000_001)),
        Case(persons: 2000, months: 2, start: day(2025, 2, 1), error: .months(2)),
        Case(persons: 2000, months: 61, start: day(2025, 2, 1), error: .months(61)),
        Case(persons: 2000, months: 12, start: day(2025, 2, 2), error: .start(day(2025, 2, 2))),
        Case(persons: 2000, months: 12, start: day(2007, 12, 1), error: .start(day(2007, 12, 1))),
    ])
    func optionsAreChecked(_ it: Case) {
        var error: SampleOptionError?
        do {
            _ = try SampleOptions(persons: it.persons, months: it.months, start: it.start)
        } catch let thrown {
            error = thrown
        }
        #expect(error == it.error)
        if let error { #expect(error.description.contains("Try --")) }
    }

    /// Every size and length makes files, whatever day of the year it begins on and however few people there are.
    @Test(arguments: [(300, 3, 2024, 1), (300, 60, 2008, 3), (450, 5, 2031, 12), (700, 13, 2025, 7)])
    func everyShapeOfCompanyWorks(persons: Int, months: Int, year: Int, month: Int) async throws {
        let start = Self.day(year, month, 1)
        let world = try await World(SampleOptions(seed: 3, persons: persons, months: months, start: start))
        #expect(world.names("web/pages-").count == months)
        #expect(world.summary.facts > persons)
        #expect(try world.planted["facts"] as? Int == world.summary.facts)
    }
}
