import Engine
import Journal
import Testing
import Vocabulary

/// The same facts in any order are the same history, numbers and all.
@Suite struct HistoryOrderTests {
    @Test(arguments: 0..<30)
    func anyOrderGivesTheSameHistory(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let facts = randomFacts(&random, count: 60)
        let expected = history(facts).everything
        for _ in 0..<8 { #expect(history(facts.shuffled(using: &random)).everything == expected) }
    }

    @Test(arguments: 30..<40)
    func everyFactIsInItOnce(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let facts = randomFacts(&random, count: 200)
        let history = history(facts)
        #expect(history.count + history.unplaced == facts.count)
        #expect(Set(history.sequence).count == history.count)
        #expect(history.accounts.map(\.facts.count).reduce(0, +) == history.count)
        #expect(history.accounts.map(\.persons.count).reduce(0, +) == history.persons.count)
        for (number, entry) in history.accounts.enumerated() {
            for fact in entry.facts.map(Int.init) {
                let person = history.person[fact]
                #expect(person < 0 || entry.persons.contains(person), "a person's facts lie in the person's account")
                #expect(person < 0 || history.persons[Int(person)].account == Int32(number))
            }
            let times = entry.facts.map { history.occurred[Int($0)] }
            #expect(times == times.sorted())
        }
        let names = history.accounts.map { history.texts[$0.name] }
        #expect(names == names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } && Set(names).count == names.count)
    }

    /// Few instants and few identifiers, so that everything meets at once.
    private func randomFacts(_ random: inout SplitMix, count: Int) -> [Fact] {
        let persons = [
            "record:crm/contact/1", "record:crm/contact/2", "record:map/contact/3", "email:ann@acme.example",
            "email:bob@beta.example", "email:info@acme.example", "phone:+491", "anonymous:web/a", "anonymous:web/b",
        ]
        let accounts = ["record:crm/account/1", "record:erp/customer/2", "domain:acme.example", "domain:gmail.com"]
        let kinds = [
            "activity", "observed", "identified", "merged", "unmerged", "deal opened", "deal won", "owned", "touch",
            "field changed", "consent given", "deal changed",
        ]
        return (0..<count).map { id in
            let kind = kinds.randomElement(using: &random)!
            let whom = persons.shuffled(using: &random).prefix(.random(in: 1...2, using: &random))
            let where_ = accounts.shuffled(using: &random).prefix(.random(in: 0...1, using: &random))
            let isOfDeal = kind.hasPrefix("deal") || kind == "owned"
            let names = isOfDeal && Bool.random(using: &random) ? [] : Array(whom)
            let record = isOfDeal ? "\(Int.random(in: 1...4, using: &random))" : "\(id)"
            return fact(
                "\(kind) \(record) @\(Int.random(in: 1...5, using: &random)) named n\(id % 3)"
                    + (names.isEmpty ? "" : " person " + names.joined(separator: " "))
                    + (where_.isEmpty ? "" : " account " + where_.joined()) + " stage=s\(id % 2) amount=\(id % 4)EUR",
                source: Bool.random(using: &random) ? "crm" : "map", object: isOfDeal ? "deal" : nil, aspect: "a\(id)")
        }
    }
}

/// The generator of G. Steele and others, "Fast splittable pseudorandom number generators" (2014).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
