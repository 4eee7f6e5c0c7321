import Answers
import Importing
import Intake
import Journal
import Testing
import Vocabulary

@Suite("Complete lists read in any order")
struct ListOrderTests {
    private static let seeds = LongTests.areWanted ? 1...300 : 1...12

    @Test("give the changes that the lists tell", arguments: seeds, [true, false])
    func anyOrder(seed: Int, dated: Bool) throws {
        var random = SplitMix(state: UInt64(seed))
        let count = Int.random(in: 3...5, using: &random)
        let days = (20_486..<20_506).shuffled(using: &random).prefix(count).sorted()
        let truth = ListHistory(days: days, &random)
        let expected = Dictionary(
            uniqueKeysWithValues: (0..<ListHistory.records).map {
                ("r\($0)", truth.occurrences(of: $0, dated: dated))
            }
        ).filter { !$0.value.isEmpty }
        let folder = try TemporaryFolder()
        for index in truth.lists.indices {
            let (name, text) = truth.file(index, dated: dated)
            try folder.write(text, to: name)
        }
        for order in orders(of: Array(truth.lists.indices), &random) {
            let found = try imported(order.map { folder.path + "/" + truth.file($0, dated: dated).name }, dated)
            #expect(difference(found, expected) == nil, "order \(order)")
        }
    }

    /// All orders of three and of four lists, as many of five.
    private func orders(of indices: [Int], _ random: inout SplitMix) -> [[Int]] {
        if indices.count > 4 { return (0..<24).map { _ in indices.shuffled(using: &random) } }
        guard indices.count > 1 else { return [indices] }
        return indices.flatMap { first in
            orders(of: indices.filter { $0 != first }, &random).map { [first] + $0 }
        }
    }

    private func imported(_ paths: [String], _ dated: Bool) throws -> [String: [Occurrence]] {
        let journal = MemoryJournal { PersonKey(drawing: { 7 }) }
        let text = ListHistory.mapping(dated: dated)
        let mapping = try MappingText(text).mapping
        for path in paths {
            let file = try InputFile(path)
            let day = try Instant(text: FileNameDate.date(in: file.name)! + "T00:00:00Z")
            let run = ImportRun(
                journal: journal, file: file, mapping: mapping, mappingText: text, folder: ".",
                facts: FileFacts(asOf: day, isComplete: true, recorded: .latest), zones: { _ in .utc })
            _ = try run.run()
        }
        return try JournalContent(journal).histories("record").mapValues { Occurrence.all(in: $0) }
            .filter { !$0.value.isEmpty }
    }

    private func difference(_ found: [String: [Occurrence]], _ expected: [String: [Occurrence]]) -> String? {
        let ids = Set(found.keys).union(expected.keys).sorted().filter { found[$0] != expected[$0] }
        guard let id = ids.first else { return nil }
        return "\(ids.count) records differ, \(id): found \(found[id] ?? []), expected \(expected[id] ?? [])"
    }
}
