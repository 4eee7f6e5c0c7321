internal import Vocabulary

// What changes for each role: what concerns it, once more and from its own point of view. These sentences speak for no clause.

extension Agreement {
    var roleSections: [ContractSection] {
        [
            ContractSection("What changes for a rep", repSentences),
            ContractSection("What changes for a marketer", marketerSentences),
            ContractSection("What changes for a sales manager", managerSentences),
            ContractSection("What changes for operations", operationsSentences),
            ContractSection("What changes for the executive", executiveSentences),
        ]
    }

    private var repSentences: [Sentence] {
        var sentences = promises.sales.respond.map { promise -> Sentence in
            let terms = promise.otherwise
            let usual = promise.cases.isEmpty ? "" : ", unless a special case applies"
            return """
                You turn to everybody handed over to you as \(terms.to.value) within \(terms.within.value.spoken)\(usual).
                """
        }
        sentences += businessDays
        sentences += promises.sales.decide.map {
            "You accept or reject each within \($0.otherwise.within.value.spoken), with a reason that others can learn from."
        }
        if let silence = verdicts.silence {
            sentences.append("If you say nothing, the hand-over counts as \(silence.means.value.rawValue).")
        }
        sentences += promises.sales.pursue.map {
            "You try at least \($0.otherwise.touches.value) times before you give somebody up."
        }
        sentences.append("Your list shows first what matters most: \(workOrder.value.words).")
        let viewers = visibility.repNumbers.value.spoken.replacing("the rep's", with: "your").replacing(
            "the rep", with: "you")
        sentences.append("Numbers about you are seen by \(viewers).")
        return sentences
    }

    /// In which hours a rep's time runs: one sentence for each team.
    private var businessDays: [Sentence] {
        teams.compactMap { team in
            guard let name = team.calendar?.value, let calendar = calendar(named: name) else { return nil }
            let hours = promises.sales.respond.first.map {
                " the \($0.otherwise.within.value.spoken) to turn to somebody"
            }
            let runs = hours.map { "and\($0) runs" } ?? "and business time runs"
            return """
                In team \(team.name) you work by the calendar \(name), \(runs) only in its hours: \
                \(weekInWords(calendar.calendar)).
                """
        }
    }

    private var marketerSentences: [Sentence] {
        var sentences: [Sentence] = ["You are there to \(mission.marketing.value.spoken)."]
        sentences += stages.filter { $0.side.value == .marketing }.map {
            "A person becomes \($0.name) by this definition and no other: \($0.enter.otherwise.value.spoken)."
        }
        if let quality = promises.marketing.quality?.otherwise {
            sentences.append(
                "You are measured by acceptance: at least \(quality.acceptance.value.words) of what you hand over.")
        }
        sentences +=
            verdicts.rejectReasons.isEmpty
            ? [] : ["You see why sales rejects: \(verdicts.rejectReasons.map(\.name.spaced).listed("or"))."]
        if let dispute = verdicts.dispute, dispute.by.value == .marketing {
            sentences.append("You may dispute a verdict within \(dispute.within.value.spoken).")
        }
        return sentences
    }

    private var managerSentences: [Sentence] {
        var sentences = promises.sales.respond.flatMap(\.otherwise.then).filter { $0.action.value == .tellManager }.map
        {
            "You are told when nobody has turned to a person \($0.after.value.spoken) after the hand-over." as Sentence
        }
        sentences += teams.compactMap { team in
            team.manager.map { "Team \(team.name) is led by \($0.value.words)." }
        }
        sentences += checkIns.filter { $0.with.value.contains(.sales) }.map {
            "You meet marketing \($0.every.value.spoken)."
        }
        return sentences
    }

    private var operationsSentences: [Sentence] {
        let owned = responsibilities.filter { $0.side.value == .operations }.map(\.name.spaced)
        let deputy = responsibilities.filter { $0.deputy?.value == .operations }.map(\.name.spaced)
        let facts = delegated.filter { $0.to.value == .operations }.map(\.what.rawValue)
        var sentences: [Sentence] = []
        if !owned.isEmpty { sentences.append("You answer for \(owned.listed("and")).") }
        if !deputy.isEmpty { sentences.append("You stand in for \(deputy.listed("and")).") }
        if !facts.isEmpty { sentences.append("You keep \(facts.listed("and")) up to date, without new signatures.") }
        if let dispute = verdicts.dispute, dispute.arbiter.value == .operations {
            sentences.append("You rule on disputes within \(dispute.rulingWithin.value.spoken).")
        }
        return sentences
    }

    private var executiveSentences: [Sentence] {
        var sentences: [Sentence] = ["You set what each side is for, and sign it when it changes."]
        if let then = mission.then { sentences.append("You are asked to move marketing on to \(then.value.spoken).") }
        if let review = company.reviewBy {
            sentences.append("You see the agreement reviewed by \(review.value.spoken).")
        }
        if let dispute = verdicts.dispute, dispute.arbiter.value == .executive {
            sentences.append("You rule on disputes within \(dispute.rulingWithin.value.spoken).")
        }
        return sentences
    }
}
