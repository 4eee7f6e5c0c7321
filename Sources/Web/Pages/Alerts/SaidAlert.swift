internal import Answers
internal import Engine
internal import Journal
internal import Reports
internal import Vocabulary

/// What a form says of an alert, as it was written.
struct SaidAlert: Sendable {
    let person: String
    let account: String
    let act: String
    let page: String

    init(_ form: FormFields) {
        func line(_ name: String) -> String {
            form[name].split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        (person, account, act, page) = (line("person"), line("account"), line("act"), line("page"))
    }

    struct Fault: Error { let sentence: String }

    /// Who is meant, by the names that facts call them by. Throws what is to be said where nobody is, or nobody whom they may see.
    func meant(
        _ leads: VisibleLeads, _ company: LivingCompany, _ present: Present
    ) throws -> (person: String, account: String) {
        guard person.isEmpty || account.isEmpty else {
            throw Fault(sentence: "Name a person or a company, not both: a company’s people are all of them.")
        }
        return (try personMeant(leads, company, present), try accountMeant(present))
    }

    private func personMeant(
        _ leads: VisibleLeads, _ company: LivingCompany, _ present: Present
    ) throws -> String {
        guard !person.isEmpty else { return "" }
        guard let number = try number(leads, company, present) else {
            throw Fault(
                sentence:
                    "Nobody is known as “\(person)”. Write an address such as ann@acme.example, or set the alert on their own page."
            )
        }
        guard leads.sees(person: number) else { throw Fault(sentence: Problem.notYours.detail) }
        return leads.company.personName(number)
    }

    private func number(_ leads: VisibleLeads, _ company: LivingCompany, _ present: Present) throws -> Int32? {
        if let known = leads.present.leads.get().person(called: person, in: present.history) { return known }
        guard let identifier = WrittenAddress(naming: person).identifier else { return nil }
        return try company.persons([identifier], in: present)[identifier]
    }

    /// A company by its domain, or by one of its records.
    private func accountMeant(_ present: Present) throws -> String {
        guard !account.isEmpty else { return "" }
        let identifier = Identifier(text: account) ?? Identifier(.domain, account.lowercased())
        let number = present.history.texts.number(of: identifier.text)
        guard let number, present.history.accounts.contains(where: { $0.identifiers.contains(number) }) else {
            throw Fault(
                sentence:
                    "No company is known as “\(account)”. Write the domain of its mail or site, such as acme.example.")
        }
        return identifier.text
    }
}
