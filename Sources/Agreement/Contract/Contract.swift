// The agreement as people read it:
//
//     Contract
//       sections ─ [ContractSection]      "What sales promises"
//                    sentences ─ [Sentence]
//                                  text      "Sales turns to everybody handed over as mql within 1 business hour …"
//                                  clauses   promises.sales.respond.to, promises.sales.respond.within, …
//
// Every clause is spoken for by exactly one sentence; what somebody reads about their own part at the end repeats what was
// said and speaks for nothing.

/// The whole agreement in plain language, defaults included.
public struct Contract: Sendable {
    public let title: String
    public let sections: [ContractSection]

    init(title: String, sections: [ContractSection]) {
        (self.title, self.sections) = (title, sections)
    }

    public var sentences: [Sentence] { sections.flatMap(\.sentences) }
}

public struct ContractSection: Sendable {
    public let title: String
    public let sentences: [Sentence]

    public init(_ title: String, _ sentences: [Sentence]) {
        (self.title, self.sentences) = (title, sentences)
    }
}

extension Contract {
    /// A section about which the agreement says nothing is left out.
    public init(_ agreement: Agreement) {
        let said = [
            ContractSection("Whose agreement this is", agreement.companySentences),
            ContractSection("What each side is for", agreement.missionSentences),
            ContractSection("What sales promises", agreement.salesPromiseSentences),
            ContractSection("What marketing promises", agreement.marketingPromiseSentences),
            ContractSection("Accepting, rejecting, disagreeing", agreement.verdictSentences),
            ContractSection("Who gets a hand-over", agreement.routingSentences),
            ContractSection("The stages", agreement.stageSentences),
            ContractSection("Ways back and out", agreement.detourSentences),
            ContractSection("How people are scored", agreement.scoringSentences),
            ContractSection("What the words mean", agreement.activitySentences + agreement.dealSentences),
            ContractSection("Who may be contacted", agreement.consentSentences),
            ContractSection("The plan and what is counted", agreement.planSentences),
            ContractSection("Who is told, asked and met", agreement.exchangeSentences),
            ContractSection("Who is responsible", agreement.responsibilitySentences),
            ContractSection("The data", agreement.fieldSentences + agreement.entryPointSentences),
            ContractSection("Working hours", agreement.calendarSentences),
            ContractSection("Teams", agreement.teamSentences),
        ]
        let spokenFor = Set(said.flatMap(\.sentences).flatMap(\.clauses))
        let rest = ContractSection(
            "Also agreed",
            agreement.clauses.filter { !spokenFor.contains($0.address) }.map { "\($0.address): \(entry: $0)." })
        title = "The agreement of \(agreement.company.name.value)"
        sections = (said + [rest] + agreement.roleSections).filter { !$0.sentences.isEmpty }
    }
}
