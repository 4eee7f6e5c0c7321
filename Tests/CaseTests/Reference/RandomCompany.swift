import Agreement
import Engine
import Journal
import Synchronization
import Testing
import Vocabulary

/// A company with an agreement, perhaps another one later, and what happened to its people; all told by a seed.
struct RandomCompany {
    let seed: UInt64
    let versions: [(from: Instant, agreement: Agreement)]
    let texts: [String]
    var facts: [CaseFact]
    let until: Instant
    let assigning: Assigning

    /// Agreements are read anew for every so many companies only: reading takes longer than everything else.
    private static let agreements = UInt64(48)

    init(seed: UInt64) throws {
        self.seed = seed
        var random = SplitMix(seed: seed ^ 0xA5A5)
        let agreementSeed = seed % RandomCompany.agreements
        let count = random.once(in: 3) ? 2 : 1
        let read = try (0..<count).map { try RandomCompany.agreement(agreementSeed, $0) }
        texts = read.map(\.text)
        let change = Instant(milliseconds: 1_772_323_200_000 + Int64(random.number(4...12)) * 43_200_000)
        versions = read.enumerated().map { ($0 == 0 ? .earliest : change, $1.agreement) }
        let agreement = read[0].agreement
        var timeline = RandomTimeline(
            seed: seed, hasDeals: !agreement.deals.pipelines.isEmpty, hasGate: !agreement.consent.purposes.isEmpty)
        facts = RandomCompany.eachOnce(timeline.facts(random.number(5...45)))
        until = Instant(milliseconds: 1_772_323_200_000 + RandomTimeline.length * 60_000 + 4 * 86_400_000)
        assigning = random.once(in: 6) ? .recorded : .routed
    }

    private typealias Read = (text: String, agreement: Agreement)
    private static let known = Mutex<[String: Read]>([:])

    private static func agreement(_ seed: UInt64, _ version: Int) throws -> Read {
        if let known = known.withLock({ $0["\(seed) \(version)"] }) { return known }
        var random = RandomAgreement(seed: seed, version: version)
        let text = random.text
        let agreement = try Evaluated.agreement(text, "agreement \(seed), version \(version)")
        known.withLock { $0["\(seed) \(version)"] = (text, agreement) }
        return (text, agreement)
    }

    /// A source that says something else under the same key is refused long before the engine.
    private static func eachOnce(_ facts: [CaseFact]) -> [CaseFact] {
        var seen: Set<FactKey> = []
        return facts.filter { entry in
            let keys = entry.facts.map(\.key)
            guard seen.isDisjoint(with: keys) else { return false }
            seen.formUnion(keys)
            return true
        }
    }

    func evaluated(
        _ facts: [CaseFact]? = nil, until: Instant? = nil, assigning: Assigning? = nil
    ) throws -> Evaluated {
        try Evaluated(
            (facts ?? self.facts).flatMap(\.facts), under: versions, until: until ?? self.until,
            assigning: assigning ?? self.assigning,
            years: 2026...2026)
    }
}

// What is printed where both engines say different things.

extension RandomCompany {
    /// What only one engine says of these facts.
    func differences(_ facts: [CaseFact]) throws -> [String] {
        let both = try BothEngines(evaluated(facts))
        let (engine, reference) = (both.byEngine, both.byReference)
        guard engine != reference else { return [] }
        return engine.filter { !reference.contains($0) }.map { "engine    \($0)" }
            + reference.filter { !engine.contains($0) }.map { "reference \($0)" } + ["in another order"]
    }

    /// The fewest facts about which they differ, found by leaving out one after the other.
    func smallest() throws -> [CaseFact] {
        var facts = facts
        var index = facts.count - 1
        while index >= 0 {
            var fewer = facts
            fewer.remove(at: index)
            if try !differences(fewer).isEmpty { facts = fewer }
            index -= 1
            if index >= facts.count { index = facts.count - 1 }
        }
        return facts
    }

    func report() throws -> String {
        let few = try smallest()
        let timeline = few.map { "      - \($0)" }.sorted()
        let from = versions.map { "from \($0.from == .earliest ? "the start" : shown($0.from))" }
        return (["seed \(seed), assigning \(assigning), \(from)"] + timeline + (try differences(few)) + texts)
            .joined(separator: "\n")
    }
}

extension CaseFact: CustomStringConvertible {
    /// As Tests/Cases writes it down.
    var description: String {
        var parts = ["at", "known", "who"].compactMap { key in self[key].map { "\(key): \($0)" } }
        parts += values.keys.sorted().filter { !["at", "known", "who", "id"].contains($0) }.map {
            "\($0): \(values[$0] ?? "")"
        }
        parts += maps.keys.sorted().filter { maps[$0]?.isEmpty == false }.map { name in
            let entries = (maps[name] ?? []).map { "\($0): \($1 ?? "null")" }
            return "\(name): {\(entries.joined(separator: ", "))}"
        }
        parts += lists.keys.sorted().filter { lists[$0]?.isEmpty == false }.map { name in
            "\(name): [\((lists[name] ?? []).joined(separator: ", "))]"
        }
        return "{\(parts.joined(separator: ", "))}"
    }
}
