internal import Agreement
package import Engine
package import Vocabulary

/// One contribution to the engagement: what it was, and what is left of it at the asked instant.
package struct ExplainedPart {
    package let activity: String
    package let instant: Instant
    package let points: Points
    package let left: Points
    package let age: Elapsed
    package let clause: CitedClause?
    package let fact: CitedFact?

    package static func all(of person: PersonAt, _ words: WordsOfRun, _ citations: Citations) throws -> [ExplainedPart]
    {
        try person.scoreParts.map { part in
            ExplainedPart(
                activity: words.text(part.activity), instant: part.instant, points: part.points, left: part.left,
                age: person.instant - part.instant, clause: citations.clause(part.clause, part.version),
                fact: try citations.fact(part.fact))
        }
    }
}

/// One rule of the fit, and why it holds or does not.
package struct ExplainedFit {
    package let condition: String
    package let points: Points
    package let holds: Bool
    /// What keeps it from holding.
    package let because: String?
    package let clause: CitedClause?

    package static func all(of person: PersonAt, _ words: WordsOfRun, _ citations: Citations) -> [ExplainedFit] {
        let compiled = words.compiled(person.version)
        let explainer = ConditionExplainer(compiled, person)
        return person.fitParts.map { part in
            let rule = compiled.agreement.scoring.fit.rules[part.rule]
            return ExplainedFit(
                condition: rule.when.value.text, points: part.points, holds: part.holds,
                because: explainer.shortfall(of: rule.when.value)?.sentence,
                clause: citations.clause(compiled.program.fit[part.rule].clause, person.version))
        }
    }
}
