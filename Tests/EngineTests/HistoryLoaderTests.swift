import Engine
import Journal
import Testing
import Vocabulary

/// A journal read whole is the history of its facts taken one by one, whatever is remembered on the way.
@Suite struct HistoryLoaderTests {
    @Test(arguments: 0..<3)
    func aJournalIsTheHistoryOfItsFacts(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let journal = try journal(of: facts(&random), &random)
        #expect(try loaded(journal).lines == oneByOne(journal).lines)
        _ = try journal.erase([Subject(of: .email("ann@acme.example"))], at: Instant(milliseconds: 1000))
        let after = try loaded(journal)
        #expect(after.lines == (try oneByOne(journal).lines))
        #expect(!after.texts.all.contains { $0.contains("ann@acme.example") })
    }

    @Test func asOfAnInstantIsReadSoToo() throws {
        var random = SplitMix(seed: 77)
        let journal = try journal(of: facts(&random), &random)
        let instant = Instant(milliseconds: 20)
        var builder = HistoryBuilder(knownBy: instant)
        try builder.add(journal: journal)
        let history = builder.build(registrableDomain: lastTwoLabels)
        #expect(history.lines == (try oneByOne(journal, knownBy: instant).lines))
        #expect(history.count > 0 && history.occurred.allSatisfy { $0 <= 20 })
    }

    private func loaded(_ journal: MemoryJournal) throws -> History {
        var builder = HistoryBuilder()
        try builder.add(journal: journal)
        return builder.build(registrableDomain: lastTwoLabels)
    }

    private func oneByOne(_ journal: MemoryJournal, knownBy: Instant? = nil) throws -> History {
        var builder = HistoryBuilder(knownBy: knownBy)
        var values = PersonalValues(journal)
        for stored in try journal.stored(after: 0, limit: .max) { builder.add(try values.reveal(stored)) }
        return builder.build(registrableDomain: lastTwoLabels)
    }

    /// Facts of many shapes, in batches, so that equal shapes come as copies too.
    private func journal(of facts: [Fact], _ random: inout SplitMix) throws -> MemoryJournal {
        let journal = MemoryJournal { PersonKey(drawing: { 7 }) }
        var rest = facts[...]
        while !rest.isEmpty {
            var batch = FactBatch()
            for fact in rest.prefix(.random(in: 1...40, using: &random)) { batch.append(fact) }
            rest = rest.dropFirst(batch.count)
            _ = try journal.append(JournalGroup([batch]))
        }
        return journal
    }

    private func facts(_ random: inout SplitMix) -> [Fact] {
        let persons = [
            "record:crm/contact/1", "email:ann@acme.example", "record:crm/contact/1 email:ann@acme.example",
            "email:bob@beta.example phone:+491", "anonymous:web/a", "anonymous:web/a email:bob@beta.example",
        ]
        let kinds = ["activity", "touch", "observed", "identified", "consent given", "meeting held", "deal opened"]
        return (0..<200).map { id in
            let kind = kinds.randomElement(using: &random)!
            let values = ["", " path=/a", " path=/b", " path=/a size=3"].randomElement(using: &random)!
            return fact(
                "\(kind) f\(id) @\(Int.random(in: 1...40, using: &random)) named n\(Int.random(in: 0...2, using: &random))"
                    + " person \(persons.randomElement(using: &random)!) by email:rep@ours.example" + values
                    + (kind == "touch"
                        ? " channel=call direction=outward" : kind == "consent given" ? " purpose=all" : ""))
        }
    }
}
