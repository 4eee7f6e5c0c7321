internal import Agreement
internal import Engine
internal import Journal
internal import Reports
internal import Vocabulary

/// Everybody who has come into a stage, as lists show them: made once for each moment.
struct LeadRegister: Sendable {
    let leads: [Lead]
    private let byPerson: [Int32: Int]
    private let byName: [Int32: Int32]

    init(_ company: JudgedCompany) {
        let said = SaidOfPeople(company)
        leads = company.outcome.accounts.flatMap { account in
            account.standings.compactMap { Lead($0, account, said, company) }
        }
        byPerson = Dictionary(leads.enumerated().map { ($1.person, $0) }) { first, _ in first }
        let persons = company.world.history.persons.enumerated()
        byName = Dictionary(persons.map { ($1.name, Int32($0)) }) { first, _ in first }
    }

    /// The lead of a person; `nil` for one who has come into no stage.
    func lead(_ person: Int32) -> Lead? { byPerson[person].map { leads[$0] } }

    /// Whoever goes by this identifier, the one that pages call people by.
    func person(called identifier: String, in history: Engine.History) -> Int32? {
        history.texts.number(of: identifier).flatMap { byName[$0] }
    }
}

/// Somebody in a stage or a detour, and what is to be done.
struct Lead: Sendable {
    let person: Int32
    /// The identifier that pages call the person by.
    let identifier: String
    /// Empty where nothing says it.
    let name: String
    let email: String
    let company: String
    let source: String
    /// Of the agreement in force; the detour, where the person is in one.
    let stage: String
    let isInDetour: Bool
    let since: Instant
    let grade: String
    let engagement: Points
    let fit: Points
    /// A text; −1: nobody, or a queue.
    let owner: Int32
    /// Since when somebody waits for an answer; `nil`: nobody does.
    let waitingSince: Instant?
    /// The promise that falls due first, or fell due first and is not kept yet.
    let due: Due?
    /// What a search looks through, and what lists are ordered by: in small letters.
    let words: String
    let titleKey: String
    let companyKey: String

    struct Due: Sendable {
        /// The address of its clause.
        let promise: String
        let instant: Instant
        let isMissed: Bool
    }

    /// `nil` for somebody who stands nowhere yet.
    fileprivate init?(
        _ standing: Engine.Standing, _ account: AccountOutcome, _ said: SaidOfPeople, _ company: JudgedCompany
    ) {
        guard standing.stage >= 0 || standing.detour >= 0 else { return nil }
        let history = company.world.history
        let version = Int32(company.world.versions.lastIndex { $0.from <= company.world.until } ?? 0)
        let program = company.world.versions[Int(version)].program
        person = standing.person
        identifier = company.personName(standing.person)
        let own = said[standing.person]
        (name, email, source) = (own.fullName, own.email, own.source)
        let accountName = company.accountName(history.persons[Int(standing.person)].account)
        self.company = own.company.isEmpty ? accountName : own.company
        isInDetour = standing.detour >= 0
        stage =
            isInDetour
            ? program.names[Int(program.detours[Int(standing.detour)].name)]
            : program.names[Int(program.stages[Int(standing.stage)].name)]
        (since, engagement, fit) = (standing.since, standing.engagement, standing.fit)
        grade = standing.grade >= 0 ? program.names[Int(program.grades[Int(standing.grade)].name)] : ""
        let open = account.handOvers.indices.last { index in
            let handOver = account.handOvers[index]
            return handOver.person == standing.person && handOver.isOpen && !handOver.isBeforeStart
        }
        owner = open.map { account.handOvers[$0].owner } ?? -1
        let clocks = open.map { open in account.clocks.filter { $0.handOver == Int32(open) } } ?? []
        waitingSince = open.flatMap { Lead.waitingSince(account.handOvers[$0], clocks) }
        due = Lead.due(clocks, said.promises)
        words = [name, email, self.company, identifier].joined(separator: "\n").lowercased()
        titleKey = Lead.title(name, email, identifier).lowercased()
        companyKey = self.company.lowercased()
    }

    /// Whoever has a promise to be answered waits until it is kept; without one, until the verdict.
    private static func waitingSince(_ handOver: HandOver, _ clocks: [Clock]) -> Instant? {
        let answers = clocks.filter { $0.promise == .respond }
        let isWaiting = answers.isEmpty ? handOver.verdict == nil : answers.contains(where: \.isOwed)
        return isWaiting ? handOver.owners.first?.since ?? handOver.ready : nil
    }

    private static func due(_ clocks: [Clock], _ promises: PromiseNames) -> Due? {
        let owed = clocks.filter(\.isOwed).compactMap { clock in
            clock.due.map { Due(promise: promises[clock], instant: $0, isMissed: clock.state == .missed) }
        }
        return owed.min { $0.instant < $1.instant }
    }

    /// What people call the person: a name, else an address, else an identifier.
    var title: String { Lead.title(name, email, identifier) }

    private static func title(_ name: String, _ email: String, _ identifier: String) -> String {
        if !name.isEmpty { return name }
        return email.isEmpty ? PersonName(identifier).text : email
    }

    var path: String { PersonName(identifier).path }
}

extension Clock {
    /// Somebody still owes what was promised.
    var isOwed: Bool { state == .running || state == .missed }
}

/// What facts say of people that lists show: their last names, addresses and companies, and their first source.
private struct SaidOfPeople: Sendable {
    struct Words: Sendable {
        var email = ""
        var name = ""
        var firstName = ""
        var lastName = ""
        var company = ""
        var source = ""

        var fullName: String {
            guard name.isEmpty else { return name }
            return [firstName, lastName].filter { !$0.isEmpty }.joined(separator: " ")
        }
    }

    let promises: PromiseNames
    private var words: [Int32: Words] = [:]

    private enum What { case email, name, firstName, lastName, company, source }

    init(_ company: JudgedCompany) {
        promises = PromiseNames(company)
        let history = company.world.history
        let named = SaidOfPeople.named(company)
        guard !named.isEmpty else { return }
        let value = history.texts.number(of: "value")
        for place in 0..<history.count {
            let (person, act) = (history.person[place], history.acts[Int(history.act[place])])
            guard person >= 0, act.kind.family == .field else { continue }
            for property in history.properties[act.properties] {
                let isValue = act.kind == .fieldChanged && property.name == value
                guard let what = named[isValue ? act.name : property.name] else { continue }
                take(what, property, person, history)
            }
        }
    }

    private mutating func take(
        _ what: What, _ property: PropertyTable.Property, _ person: Int32, _ history: Engine.History
    ) {
        let isText = property.kind == .text || property.kind == .other && property.bits >= 0
        guard isText || property.kind == .cleared else { return }
        let text = isText ? history.texts[Int32(property.bits)] : ""
        switch what {
        case .email: words[person, default: Words()].email = text
        case .name: words[person, default: Words()].name = text
        case .firstName: words[person, default: Words()].firstName = text
        case .lastName: words[person, default: Words()].lastName = text
        case .company: words[person, default: Words()].company = text
        case .source:
            if words[person, default: Words()].source.isEmpty { words[person, default: Words()].source = text }
        }
    }

    /// By the numbers of their texts, the names under which facts say it.
    private static func named(_ company: JudgedCompany) -> [Int32: What] {
        let texts = company.world.history.texts
        let addresses = company.agreement.fields.filter { field in
            if case .email = field.type.value { return true }
            return false
        }.map(\.name)
        var named: [Int32: What] = [:]
        for name in company.world.history.propertyNames {
            guard let number = texts.number(of: name) else { continue }
            named[number] = addresses.contains(name) ? .email : what(name)
        }
        return named
    }

    private static func what(_ name: String) -> What? {
        switch name.lowercased().filter({ $0.isLetter }) {
        case "email", "emailaddress": .email
        case "name", "fullname": .name
        case "firstname": .firstName
        case "lastname": .lastName
        case "company", "companyname": .company
        case "source": .source
        default: nil
        }
    }

    subscript(person: Int32) -> Words { words[person] ?? Words() }
}
