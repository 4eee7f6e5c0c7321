internal import Vocabulary

// Whose agreement it is, what each side is for, who is responsible, who sees what.

extension Agreement {
    var companySentences: [Sentence] {
        let company = company
        var sentences: [Sentence] = [
            """
            This is the agreement between the marketing and the sales of \(company.name), whose clock is that of \
            \(company.timezone).
            """
        ]
        for party in Party.allCases {
            if let person = parties[party] {
                sentences.append("For \(party.words) speaks, and signs, \(person).")
            }
        }
        if let effective = company.effective {
            sentences.append(
                "It is in force from \(effective), or from the last signature if that is later; never retroactively.")
        }
        if let review = company.reviewBy { sentences.append("Both sides look at it again by \(review).") }
        if let starts = company.starts {
            sentences.append("Nothing that happened before \(starts) is sent, routed or escalated.")
        }
        sentences += [
            """
            Of the time before, claims about stages count from these systems: \(company.history.stagesFrom); a hand-over \
            that is learned of late is acted on while it is younger than \(company.history.actWithin).
            """,
            "The fiscal year \(company.fiscalYear).",
            """
            Amounts are added up in \(company.currencies.base)\(", at ", company.currencies.rates), at the rate of \
            \(company.currencies.at).
            """,
            "When a version takes force, people who would newly enter a stage \(onChange).",
        ]
        return sentences + ignoredSentences
    }

    private var ignoredSentences: [Sentence] {
        [
            "What people of these domains do is kept and shown, but never scored or counted: \(ignored.domains).",
            "What a machine did is neither scored nor counted, and this gives it away: \(ignored.machine).",
        ]
    }

    var missionSentences: [Sentence] {
        var sentences: [Sentence] = ["Marketing is there to \(mission.marketing)."]
        if let sales = mission.sales { sentences.append("Sales is there for this: \(sales)") }
        if let then = mission.then { sentences.append("After that marketing is to \(then).") }
        return sentences
            + mission.boundaries.map {
                "There is a boundary: \($0.never)\(", unless with the consent of ", $0.without)."
            }
    }

    var responsibilitySentences: [Sentence] {
        let owned = responsibilities.map { entry -> Sentence in
            "\(entry.side, as: entry.side.value.words.sentence) answers for the \(entry.name.spaced)\(", and in its place ", entry.deputy)."
        }
        let facts = delegated.map { entry -> Sentence in
            "\(entry.to, as: entry.to.value.words.sentence) may change \(entry.what.subject) without new signatures."
        }
        return owned + facts + ["Numbers about a single rep are seen by \(visibility.repNumbers)."]
    }
}

extension Delegable {
    fileprivate var subject: String {
        switch self {
        case .teams: "who is in which team"
        case .quotas: "quotas"
        case .targets: "the list of target accounts"
        case .holidays: "holidays"
        case .rates: "exchange rates"
        case .spend: "spend"
        }
    }
}
