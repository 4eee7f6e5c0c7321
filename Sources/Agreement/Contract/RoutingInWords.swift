internal import Vocabulary

// Who gets what, who works on what first, who is told, asked and met.

extension Agreement {
    var routingSentences: [Sentence] {
        var sentences: [Sentence] = []
        if let order = clause(at: "routing.rules") {
            let names = routing.rules.map(\.name).joined(separator: "; ")
            sentences.append("The first of these rules that applies decides: \(entry: order, as: names).")
        }
        sentences += routing.rules.map(\.sentence)
        if let last = routing.lastResort { sentences.append("What nobody else can take goes to \(last).") }
        if !routing.value.isEmpty {
            let values = routing.value.map { "\($0.value) for grade \($0.grade)" as Sentence }
            sentences.append("In a team, work is shared out by value: \(values.joined(", ")).")
        }
        if let burst = routing.burst {
            sentences.append("When more than \(burst.over) come in, they are released \(burst.release).")
        }
        if let targets {
            sentences.append("The target accounts are those of the list: \(targets.accounts).")
        }
        return sentences + ["A rep's list is sorted like this: \(workOrder)."]
    }

    var exchangeSentences: [Sentence] {
        var sentences = alerts.map { alert -> Sentence in
            "Whenever \(alert.when), \(alert.tell) is told within \(alert.within)\(", at most ", alert.atMost)."
        }
        if let requests {
            sentences.append(
                "What \(requests.between) ask of each other is answered within \(requests.answerWithin).")
        }
        return sentences
            + checkIns.map { "The \($0.name.spaced) check-in is \($0.every), with \($0.with)." }
    }
}

extension RoutingRule {
    fileprivate var sentence: Sentence {
        let applies: Sentence =
            when.value == .always && !when.isDefault
            ? "Always\(when, as: "")" : when.isDefault ? "In every case left\(when, as: "")" : "Where \(when)"
        let hours: Sentence =
            isInHoursOnly.isDefault
            ? "at any hour\(isInHoursOnly, as: "")"
            : isInHoursOnly.value
                ? "to people at work only\(isInHoursOnly, as: "")" : "at any hour\(isInHoursOnly, as: "")"
        return
            "\(name.sentence): \(applies), it goes to \(to), \(hours)\("; if nobody there can take it, to ", fallback)."
    }
}
