import Journal
import JournalContract
import Testing
import Vocabulary

struct RecordHistoryTests {
    /// What a source says, in order, and the changes that arise.
    @Test(arguments: [
        ([observed(1, "DE")], ["1 country nil→DE"]),
        ([observed(1, "DE"), observed(2, "DE")], ["1 country nil→DE"]),
        (
            [observed(1, "DE"), observed(2, "FR"), observed(3, "DE")],
            ["1 country nil→DE", "2 country DE→FR", "3 country FR→DE"]
        ),
        ([observed(2, "FR"), observed(1, "DE")], ["1 country nil→DE", "2 country DE→FR"]),
        ([observed(1, "DE"), changed(2, "FR"), observed(3, "FR")], ["1 country nil→DE", "2 country DE→FR"]),
        ([observed(1, "DE"), changed(1, "FR")], ["1 country nil→DE", "1 country DE→FR"]),
        ([observed(1, nil)], []),
        (
            [observed(1, "DE"), observed(2, nil), observed(3, "DE")],
            ["1 country nil→DE", "2 country DE→–", "3 country –→DE"]
        ),
        ([observed(1, "DE"), unmapped(2), observed(3, "FR")], ["1 country nil→DE", "3 country DE→FR"]),
    ])
    func changesArise(_ facts: [Fact], _ changes: [String]) {
        #expect(history(facts).changes.map(text) == changes)
    }

    @Test func fieldsOfOneObservationChangeInTheOrderOfTheirNames() {
        var fact = observed(1, "DE")
        fact = Fact(
            key: fact.key, kind: .observed, occurred: fact.occurred, recorded: fact.recorded,
            properties: [Property("z", .flag(true)), Property("a", .flag(false)), Property("m", .cleared)])
        #expect(history([fact]).changes.map(\.field) == ["a", "z"])
    }

    @Test func aRecordIsGoneUntilItIsRestored() {
        let facts = [
            observed(1, "DE"), gone(2, .archived), gone(3, .deleted), gone(4, .deleted), gone(5, .restored),
            gone(6, .mergedAway),
        ]
        let history = history(facts)
        #expect(history.turns.map(\.standing) == [.archived, .deleted, .present, .mergedAway(into: "8")])
        #expect(
            (1...6).map { history.standing(at: Example.hour($0)) }
                == [.present, .archived, .deleted, .deleted, .present, .mergedAway(into: "8")])
        #expect(history.standing(at: Example.hour(0)) == .present)
    }

    @Test func whatWasKnownByAnInstantLeavesOutWhatCameToLightLater() {
        var late = observed(2, "FR")
        late.known = Example.hour(10)
        let facts = recorded([observed(1, "DE"), late, observed(3, "DE")])
        #expect(RecordHistory(facts, knownBy: Example.hour(9)).changes.map(text) == ["1 country nil→DE"])
        #expect(RecordHistory(facts, knownBy: Example.hour(10)).changes.count == 3)
    }

    @Test func valuesAtAnInstantAreTheLastOnesByThen() {
        let history = history([observed(1, "DE"), observed(3, "FR")])
        #expect(history.values(at: Example.hour(0)).isEmpty)
        #expect(history.values(at: Example.hour(2)).map(text) == ["1 country nil→DE"])
        #expect(history.values(at: Example.hour(3)).map(text) == ["3 country DE→FR"])
    }

    /// Dated rows in files that overlap, imported in any order: the same changes. The obvious reference reads the rows
    /// sorted by time and notes each value that differs from the one before.
    @Test(arguments: 1...200)
    func anyOrderOfImportingGivesTheSameChanges(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let truth = (1...12).map { observed(Int64($0), ["DE", "FR", nil].randomElement(using: &random)!) }
        let files = (0..<6).map { _ in truth.filter { _ in Bool.random(using: &random) } } + [truth]
        var expected: [String] = []
        var last: Value = .cleared
        for fact in truth where fact["country"]! != last {
            expected.append("\(fact.occurred.hour) \(fact["country"]!)")
            last = fact["country"]!
        }
        for _ in 0..<3 {
            let journal = MemoryJournal(makeKey: KeySource().draw)
            for file in files.shuffled(using: &random) { try journal.append(file.shuffled(using: &random), .dated) }
            let stored = try journal.stored(source: "crm", object: "contact", id: "7")
            let history = RecordHistory(try stored.map { try $0.lifted { _ in nil } })
            #expect(history.changes.map { "\($0.occurred.hour) \($0.value)" } == expected)
        }
    }

    /// Files without dates of change, in the order of their days, say no more and no less.
    @Test(arguments: 1...50)
    func restatedFilesInTheirOrderGiveTheChangesOfDatedOnes(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let rows = (1...20).map { observed(Int64($0), ["DE", "FR"].randomElement(using: &random)!) }
        let histories = try [FactBatch.Statement.dated, .restated].map { statement in
            let journal = MemoryJournal(makeKey: KeySource().draw)
            for row in rows { try journal.append(row, statement) }
            return RecordHistory(
                try journal.stored(source: "crm", object: "contact", id: "7").map { try $0.lifted { _ in nil } })
        }
        #expect(histories[0].changes.map(text) == histories[1].changes.map(text))
    }

    private func history(_ facts: [Fact]) -> RecordHistory { RecordHistory(recorded(facts)) }

    private func recorded(_ facts: [Fact]) -> [RecordedFact] {
        facts.enumerated().map { RecordedFact(sequence: Int64($0) + 1, fact: $1) }
    }

    private func text(_ change: RecordHistory.Change) -> String {
        "\(change.occurred.hour) \(change.field) \(change.previous.map(word) ?? "nil")→\(word(change.value))"
    }

    private func word(_ value: Value) -> String {
        if case .text(let text) = value { text } else { "–" }
    }
}

private func observed(_ hours: Int64, _ country: String?) -> Fact {
    var fact = Example.contact("7", at: hours, country: country ?? "")
    if country == nil {
        fact = Fact(
            key: fact.key, kind: .observed, occurred: fact.occurred, recorded: fact.recorded, persons: fact.persons,
            properties: [Property("country", .cleared)])
    }
    return fact
}

private func unmapped(_ hours: Int64) -> Fact {
    let fact = observed(hours, nil)
    return Fact(
        key: fact.key, kind: .observed, occurred: fact.occurred, recorded: fact.recorded,
        properties: [Property("city", .cleared)])
}

private func changed(_ hours: Int64, _ country: String) -> Fact {
    Fact(
        key: FactKey(
            source: "crm", object: "contact", id: "7", aspect: FactKey.aspect("country", since: Example.hour(hours))),
        kind: .fieldChanged, name: "country", occurred: Example.hour(hours), recorded: Example.hour(hours),
        properties: [Property("value", .text(country))])
}

private func gone(_ hours: Int64, _ kind: FactKind) -> Fact {
    Fact(
        key: FactKey(
            source: "crm", object: "contact", id: "7", aspect: FactKey.aspect(kind.word, since: Example.hour(hours))),
        kind: kind, occurred: Example.hour(hours), recorded: Example.hour(hours),
        properties: kind == .mergedAway ? [Property("into", .text("8"))] : [])
}

extension Instant {
    fileprivate var hour: Int64 { (milliseconds - Example.hour(0).milliseconds) / 3_600_000 }
}
