import Agreement
import Engine
import Journal
import Vocabulary

// Scores: plain sums over lists. Points are those of the version at the activity; what counts is what the version in force
// says.

extension ReferenceAccount {
    /// What a fact scored under the version in force.
    mutating func score(_ person: Int, of fact: Fact) {
        for rule in agreed.agreement.scoring.engagement.rules
        where isOccurrence(fact, of: Happening(.activity(rule.activity.value))) { score(rule, person, fact) }
    }

    mutating func score(_ person: Int, of said: ReferenceSaid) {
        for rule in agreed.agreement.scoring.engagement.rules
        where isOccurrence(said, of: Happening(.activity(rule.activity.value))) {
            score(rule, person, fact < 0 ? nil : facts[fact].fact)
        }
    }

    private mutating func score(_ rule: EngagementRule, _ person: Int, _ fact: Fact?) {
        scored.append(
            ReferenceScored(
                person: person, rule: rule.address, instant: now, points: rule.points.value, fact: fact))
    }

    /// All that counts of what scored: caps and what counts once are those of the version in force.
    func contributions(_ person: Int) -> [ReferenceScored] {
        var counted: [ReferenceScored] = []
        for entry in scored where entry.person == person {
            let rule = agreed.agreement.scoring.engagement.rules.first { $0.address == entry.rule }
            let sameRule = counted.filter { $0.rule == entry.rule }
            if let cap = rule?.atMost?.value {
                let recent = sameRule.filter { $0.instant > entry.instant - cap.window.elapsed }
                if recent.count >= cap.count { continue }
            }
            if let once = rule?.oncePer?.value {
                if sameRule.contains(where: { $0.fact?[once] == entry.fact?[once] }) { continue }
            }
            counted.append(entry)
        }
        return counted
    }

    func engagement(_ person: Int, at instant: Instant) -> Points {
        let halfLife = applying(agreed.agreement.scoring.engagement.halfLife, to: person).value.elapsed
        let sum = contributions(person).reduce(Int128(0)) { sum, entry in
            sum
                + Int128(
                    HalfLife.left(of: entry.points, after: instant - entry.instant, halfLife: halfLife).micropoints)
        }
        return Points(micropoints: Int64(sum))
    }

    mutating func forget(_ person: Int) { scored.removeAll { $0.person == person } }

    func fit(_ person: Int) -> Points {
        let matching = agreed.agreement.scoring.fit.rules.filter { holds($0.when.value, person) }
        return Points(micropoints: matching.reduce(0) { $0 + $1.points.value.micropoints })
    }

    func grade(_ fit: Points) -> String {
        agreed.agreement.scoring.fit.grades.first { $0.from.value <= fit }?.name ?? ""
    }
}
