internal import Vocabulary

// How each word is defined: stages, detours, scores, activities, deals.

extension Agreement {
    var stageSentences: [Sentence] {
        let order: [Sentence] =
            clause(at: "stages").map {
                [
                    "A person passes these stages, in this order: \(entry: $0, as: stages.map(\.name).joined(separator: ", "))."
                ]
            } ?? []
        return order
            + stages.map { stage in
                """
                A person becomes \(stage.name) when \(stage.enter), and then belongs to \(stage.side)\
                \("; the person is handed over to ", stage.handOver).
                """
            } + journeySentences
    }

    private var journeySentences: [Sentence] {
        let order: [Sentence] =
            clause(at: "journey").map {
                ["People here buy in these steps: \(entry: $0, as: journey.map(\.name).joined(separator: ", "))."]
            } ?? []
        return order
            + journey.map {
                """
                The step \($0.name) is led by \($0.ledBy) and shows in \
                \($0.activities, as: $0.activities.value.map(\.spaced).listed("and")).
                """
            }
    }

    var detourSentences: [Sentence] {
        let order: [Sentence] =
            clause(at: "detours").map {
                ["The only ways back and out are these: \(entry: $0, as: detours.map(\.name).joined(separator: ", "))."]
            } ?? []
        return order + detours.flatMap(\.sentences)
    }

    var scoringSentences: [Sentence] {
        let fit = scoring.fit.rules.map { "Fit: \($0.points) points where \($0.when)." as Sentence }
        let grades = scoring.fit.grades.map { "Grade \($0.name) begins at \($0.from) points of fit." as Sentence }
        let fading: [Sentence] = ["Half of an engagement fades in \(scoring.engagement.halfLife)."]
        let engagement = scoring.engagement.rules.map { rule -> Sentence in
            """
            Engagement: \(rule.points) points for each \(rule.activity, as: rule.activity.value.spaced)\
            \(", at most ", rule.atMost)\(", once for each ", rule.oncePer).
            """
        }
        return fit + grades + fading + engagement
    }

    var activitySentences: [Sentence] {
        activities.map { activity in
            guard let clause = clause(at: activity.address) else { return "" }
            return "\(activity.name.spaced.sentence) means \(entry: clause, as: activity.what.value.inWords)."
        }
    }

    var dealSentences: [Sentence] {
        var sentences: [Sentence] = deals.pipelines.map {
            """
            In the pipeline \($0.name) a deal is open at \($0.open, as: $0.open.value.listed("or")), won at \
            \($0.won, as: $0.won.value.listed("or")) and lost at \($0.lost, as: $0.lost.value.listed("or")).
            """
        }
        sentences.append("These stages of the CRM hold no deals: \(deals.ignored).")
        if let order = clause(at: "deals.kind") {
            let names = deals.kinds.map(\.name).joined(separator: ", ")
            sentences.append(
                "The kinds of deals are, in the order in which they are tried: \(entry: order, as: names).")
        }
        return sentences + deals.kinds.map { "A deal is of kind \($0.name) when \($0.when)." }
    }
}

extension Detour {
    fileprivate var sentences: [Sentence] {
        let enters: Sentence = "A person goes from \(from) to \(name) when \(enters), and then belongs to \(side)."
        var sentences = [enters]
        if let returns {
            sentences.append(
                "A person comes back from \(name) when \(returns)\(", but not before ", notBefore, " are over").")
        } else if let notBefore {
            sentences.append("A person stays in \(name) for at least \(notBefore).")
        }
        if let always = alwaysReturns {
            sentences.append("At any time a person comes back from \(name) when \(always).")
        }
        if let to { sentences.append("Who comes back from \(name) is \(to) again.") }
        sentences.append("In \(name) these scores begin anew: \(forgets).")
        sentences.append(
            "Besides rejections, these reasons lead to \(name): \(reasons, as: reasons.value.map(\.spaced).listed("and"))."
        )
        return sentences
    }
}
