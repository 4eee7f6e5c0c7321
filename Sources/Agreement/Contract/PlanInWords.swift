internal import Vocabulary

// The assumptions behind the promises, and what is counted how.

extension Agreement {
    var planSentences: [Sentence] {
        var sentences: [Sentence] = [
            "A deal counts as pipeline when \(pipeline.counts), with the value of \(pipeline.value)."
        ]
        if let coverage = pipeline.coverage { sentences += coverage.sentences }
        if let visitors = plan.visitors { sentences.append("The plan assumes visitors: \(visitors).") }
        sentences += plan.conversions.map { "The plan assumes that \($0.share) of each \($0.from) become \($0.to)." }
        if let rate = plan.winRate { sentences.append("The plan assumes that \(rate) of deals are won.") }
        if let sale = plan.averageSale { sentences.append("The plan assumes an average sale of \(sale).") }
        if let cycle = plan.salesCycle { sentences.append("The plan assumes that a sale takes \(cycle).") }
        if let alarm = plan.alarm {
            sentences.append(
                """
                An assumption is said to be broken when it is off by more than \(alarm.tolerance), with a chance of \
                \(alarm.falseAlarms) in a year that any alarm is false.
                """)
        }
        return sentences + [
            """
            A won deal is shared out among what led to it in the last \(attribution.window), by these models: \
            \(attribution.models); the one that counts is \(attribution.primary).
            """
        ]
    }
}

extension Coverage {
    fileprivate var sentences: [Sentence] {
        let general: Sentence = "Enough pipeline is \(multiple) times \(against), at \(at)."
        return [general] + exceptions.map { "For team \($0.team) enough pipeline is \($0.multiple) times." }
    }
}
