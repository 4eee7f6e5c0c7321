import Agreement
import Engine
import Identity
import Journal
import PublicSuffixes
import Vocabulary

/// A timeline under both engines.
struct BothEngines {
    let evaluated: Evaluated
    let facts: [RecordedFact]
    private let reference: ReferenceEngine

    init(_ evaluated: Evaluated) throws {
        self.evaluated = evaluated
        facts = evaluated.facts
        let bySequence = Dictionary(uniqueKeysWithValues: facts.map { ($0.sequence, $0.fact) })
        let history = evaluated.history
        let company = facts.map(\.fact).filter { $0.kind == .company }.sorted {
            ($0.occurred, $0.key) < ($1.occurred, $1.key)
        }
        let agreements = evaluated.agreements
        let world = ReferenceWorld(
            versions: zip(evaluated.versions, agreements).map { AgreedVersion($0.from, $1) },
            staff: try ReferenceStaff(agreements[agreements.count - 1], company, years: evaluated.years),
            until: evaluated.world.until, assigning: evaluated.world.assigning)
        reference = ReferenceEngine(
            world: world,
            accounts: history.accounts.map { entry in
                let people = entry.persons.map { history.texts[history.persons[Int($0)].name] }
                let told = entry.facts.compactMap { place in
                    bySequence[Int64(history.sequence[Int(place)])].map { fact in
                        let person = history.person[Int(place)]
                        return ReferenceFact(
                            fact: fact, person: person < 0 ? people.count : Int(person - entry.persons.lowerBound))
                    }
                }
                return (history.texts[entry.name], people, told.sorted(by: BothEngines.isBefore))
            })
    }

    /// Section 2: occurred, then kind, then source, object, id by bytes.
    private static func isBefore(_ a: ReferenceFact, _ b: ReferenceFact) -> Bool {
        let (x, y) = (a.fact, b.fact)
        if x.occurred != y.occurred { return x.occurred < y.occurred }
        if place(x.kind.family) != place(y.kind.family) { return place(x.kind.family) < place(y.kind.family) }
        return x.key < y.key
    }

    /// What is known of somebody stands with the fields: whose they are, and that they are gone.
    private static func place(_ family: Family) -> Int {
        let order: [[Family]] = [
            [.identity], [.consent], [.field, .ownership, .gone], [.activity], [.touch], [.meeting], [.verdict],
            [.deal],
            [.customer], [.heard], [.request], [.decision],
        ]
        return order.firstIndex { $0.contains(family) } ?? order.count
    }

    var byEngine: [String] {
        let keys = Dictionary(uniqueKeysWithValues: facts.map { ($0.sequence, $0.fact.key.text) })
        return ToldByEngine(
            history: evaluated.history, agreements: evaluated.agreements, versions: evaluated.versions, keys: keys
        ).lines(evaluated.outcome)
    }

    var byReference: [String] { reference.lines }
}
