import Agreement
import Engine
import Vocabulary

/// One contribution to the engagement: what it was, and what is left of it at the asked instant.
struct ExplainedPart {
    let activity: String
    let instant: Instant
    let points: Points
    let left: Points
    let age: Elapsed
    let clause: CitedClause?
    let fact: CitedFact?

    static func all(of person: PersonAt, _ words: WordsOfRun, _ citations: Citations) throws -> [ExplainedPart] {
        try person.scoreParts.map { part in
            ExplainedPart(
                activity: words.text(part.activity), instant: part.instant, points: part.points, left: part.left,
                age: person.instant - part.instant, clause: citations.clause(part.clause, part.version),
                fact: try citations.fact(part.fact))
        }
    }
}

/// One rule of the fit, and why it holds or does not.
struct ExplainedFit {
    let condition: String
    let points: Points
    let holds: Bool
    /// What keeps it from holding.
    let because: String?
    let clause: CitedClause?

    static func all(of person: PersonAt, _ words: WordsOfRun, _ citations: Citations) -> [ExplainedFit] {
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
