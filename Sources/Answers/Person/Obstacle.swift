package import Agreement
package import Engine
internal import Findings
internal import Vocabulary

/// A stage that the person has not reached, or the way back from a detour, and what is missing for it.
package struct Obstacle {
    /// `mql`, `back from nurture`.
    package let aim: String
    package let clause: CitedClause?
    /// What the agreement asks for, in its own words; of the segment that applies.
    package let condition: String
    /// `nil` where nothing that anybody can do is missing: only `note` holds it.
    package let shortfall: Shortfall?
    package let note: String?

    package static func all(of person: PersonAt, _ words: WordsOfRun, _ citations: Citations) -> [Obstacle] {
        let agreement = words.agreement(person.version)
        if person.isErased { return [] }
        if person.isIgnored {
            return [note("any stage", "own staff and competitors are kept and shown, never counted (ignore)")]
        }
        if person.detour >= 0 {
            return back(agreement.detours[Int(person.detour)], person, words, citations)
        }
        return agreement.stages.dropFirst(Int(person.stage) + 1).map { stage in
            let explainer = ConditionExplainer(words.compiled(person.version), person)
            return obstacle(stage.name, explainer.applying(stage.enter), explainer, citations)
        }
    }

    private static func note(_ aim: String, _ note: String) -> Obstacle {
        Obstacle(aim: aim, clause: nil, condition: "", shortfall: nil, note: note)
    }

    private static func obstacle(
        _ aim: String, _ clause: Clause<Condition>, _ explainer: ConditionExplainer, _ citations: Citations,
        note: String? = nil
    ) -> Obstacle {
        Obstacle(
            aim: aim, clause: citations.clause(clause, explainer.person.version), condition: clause.value.text,
            shortfall: explainer.shortfall(of: clause.value), note: note)
    }

    private static func back(
        _ detour: Detour, _ person: PersonAt, _ words: WordsOfRun, _ citations: Citations
    ) -> [Obstacle] {
        let explainer = ConditionExplainer(words.compiled(person.version), person, since: .detour)
        let aim = "back from \(detour.name)"
        var obstacles: [Obstacle] = []
        if let always = detour.alwaysReturns { obstacles.append(obstacle(aim, always, explainer, citations)) }
        if let returns = detour.returns {
            let wait = person.notBefore.flatMap { before in
                before > person.instant
                    ? "not before \(before.onTheWall(in: words.agreement(person.version).zone))" : nil
            }
            obstacles.append(obstacle(aim, explainer.applying(returns), explainer, citations, note: wait))
        }
        return obstacles.isEmpty ? [note(aim, "\(detour.name) is a way out: nothing ends it")] : obstacles
    }
}

extension ConditionExplainer {
    /// The case of the first segment that holds, else the last.
    package func applying<Value>(_ segmented: Segmented<Value>) -> Clause<Value> {
        segmented.cases.first { explain($0.condition.value).holds }?.clause ?? segmented.otherwise
    }
}

extension Citations {
    package func clause<Value>(_ clause: Clause<Value>, _ version: Int32) -> CitedClause {
        CitedClause(
            address: clause.address, file: clause.place.file, line: clause.place.line,
            version: evaluation.agreements.versions[Int(version)].name)
    }
}
