import Engine
import Foundation
import Journal
import Testing
import Vocabulary

/// A history that grows as facts come says what one says that was built of them all.
@Suite struct LivingHistoryTests {
    private struct Living {
        var history = LivingHistory(registrableDomain: lastTwoLabels)
        private var sequence: Int64 = 0

        mutating func add(_ facts: some Sequence<Fact>) -> [String] {
            for fact in facts {
                sequence += 1
                history.add(RecordedFact(sequence: sequence, fact: fact))
            }
            return history.history().lines
        }
    }

    /// Few people of few companies, so that everything meets: devices and mailboxes shared, records merged and parted, deals of
    /// several, people who change companies.
    @Test(arguments: 0..<UInt64(ProcessInfo.processInfo.environment["INTERLOCK_LONG_TESTS"] == nil ? 60 : 500))
    func itSaysTheSameAfterEveryFewFacts(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let facts = RandomFacts(crowd: Int.random(in: 2...30, using: &random)).facts(&random, count: 160)
        var (living, place) = (Living(), 0)
        while place < facts.count {
            let next = min(facts.count, place + Int.random(in: 1...(place == 0 ? 100 : 12), using: &random))
            let lines = living.add(facts[place..<next])
            let expected = history(Array(facts[..<next])).lines
            let isSame = lines == expected
            #expect(isSame, "\(difference(expected, lines)) after \(facts[place..<next].map(\.key.text))")
            guard isSame else { return }
            place = next
        }
    }

    private func difference(_ expected: [String], _ found: [String]) -> String {
        "missing: \(Set(expected).subtracting(found).sorted().prefix(6)), "
            + "besides: \(Set(found).subtracting(expected).sorted().prefix(6))"
    }

    /// What is added, and whether it is found a place without building all anew.
    @Test(arguments: [
        ("activity x @900 named visit person record:crm/contact/7", true),
        ("activity x @1 named visit person email:p7@c7.example", true),
        ("activity x @900 named visit person anonymous:web/new", true),
        ("identified x @900 person record:crm/contact/7 person anonymous:web/7", true),
        ("observed x @900 person record:crm/contact/7 stage=new", true),
        ("observed x @900 person record:crm/contact/new email:new@c7.example", true),
        ("merged x @900 person record:crm/contact/7 record:crm/contact/8", true),
        ("activity x @900 named visit account domain:gmail.com", false),
        ("deal won x @900 person record:crm/contact/7", false),
    ])
    func whatCanGrowGrows(line: String, grows: Bool) {
        var living = Living()
        let facts = (0..<200).map { number in
            fact(
                "observed \(number) @\(number) person record:crm/contact/\(number % 50) email:p\(number % 50)@c\(number % 20).example"
            )
        }
        _ = living.add(facts)
        let lines = living.add([fact(line)])
        #expect(living.history.grown == (grows ? 1 : 0) && living.history.built == (grows ? 1 : 2))
        #expect(lines == history(facts + [fact(line)]).lines)
    }
}

/// Facts of a crowd of people among whom everything happens.
private struct RandomFacts {
    let crowd: Int

    func facts(_ random: inout SplitMix, count: Int) -> [Fact] {
        (0..<count).map { id in one(id, &random) }
    }

    private static let kinds = [
        "activity", "activity", "activity", "touch", "observed", "observed", "identified", "identified", "merged",
        "unmerged",
        "merged away", "deal opened", "deal changed", "deal won", "owned", "field changed", "consent given", "accepted",
    ]

    private func one(_ id: Int, _ random: inout SplitMix) -> Fact {
        let kind = RandomFacts.kinds.randomElement(using: &random)!
        let whom = persons(&random)
        let isOfDeal = kind.hasPrefix("deal") || kind == "owned" && Bool.random(using: &random)
        let names = isOfDeal && Bool.random(using: &random) ? [] : whom
        let place = account(&random)
        let record =
            isOfDeal ? "\(Int.random(in: 1...crowd, using: &random))" : "\(Int.random(in: 1...crowd, using: &random))"
        let (at, late) = (Int.random(in: 1...400, using: &random), Int.random(in: 0...5, using: &random) == 0)
        var line = "\(kind) \(record) @\(at)" + (late ? " known @\(at + 50)" : "") + " named n\(id % 3)"
        if !names.isEmpty { line += " person " + names.joined(separator: " ") }
        if let place { line += " account " + place }
        if kind == "merged away" {
            line += " into='\(Int.random(in: 1...crowd, using: &random))"
        } else {
            line += " stage=s\(id % 2) amount=\(id % 4)EUR"
        }
        let source = Int.random(in: 0...3, using: &random) == 0 ? "map" : "crm"
        return fact(line, source: source, object: isOfDeal ? "deal" : nil, aspect: "a\(id)")
    }

    private func persons(_ random: inout SplitMix) -> [String] {
        let number = Int.random(in: 1...crowd, using: &random)
        let all = [
            "record:crm/contact/\(number)", "record:map/contact/\(number)", "email:p\(number)@c\(number % 7).example",
            "anonymous:web/\(Int.random(in: 1...crowd * 2, using: &random))", "phone:+49\(number % 5)",
            "email:info@c\(number % 3).example",
            "email:p\(number)@gmail.com",
        ]
        return Array(all.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random)))
    }

    private func account(_ random: inout SplitMix) -> String? {
        let number = Int.random(in: 1...crowd, using: &random)
        switch Int.random(in: 0...9, using: &random) {
        case 0: return "record:crm/account/\(number)"
        case 1: return "domain:c\(number % 9).example"
        case 2: return "record:erp/customer/\(number % 4)"
        case 3 where number % 4 == 0: return "domain:gmail.com"
        default: return nil
        }
    }
}
