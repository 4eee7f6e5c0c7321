public import Engine
public import Journal
public import Vocabulary

//  What own alerts tell of
//
//      OwnAlert ─▶ whose facts: one person's, one account's, everybody's ─▶ since when ─▶ which acts ─▶ HeededFact
//
//  It costs a search in the facts of one account, or one in each where an alert is about anybody.

/// Looks for what people did that somebody wants to hear of.
public struct HeededFacts {
    private let history: History
    private let persons: [Identifier: Int32]
    private let accounts: [Int32: Int32]
    /// Properties that say on which page something was done.
    private let pageNames: Set<Int32>

    /// `persons` are those whom alerts name, as they are known now.
    public init(_ alerts: [OwnAlert], in history: History, persons: [Identifier: Int32]) {
        (self.history, self.persons) = (history, persons)
        pageNames = Set(HeededFacts.pageProperties.compactMap { history.texts.number(of: $0) })
        let wanted = Set(
            alerts.compactMap { alert in
                if case .account(let identifier) = alert.whom { history.texts.number(of: identifier.text) } else { nil }
            })
        var found: [Int32: Int32] = [:]
        if !wanted.isEmpty {
            for (number, account) in history.accounts.enumerated() {
                for identifier in account.identifiers where wanted.contains(identifier) {
                    found[identifier] = Int32(number)
                }
            }
        }
        accounts = found
    }

    /// As the systems that we read call them.
    private static let pageProperties = [
        "page", "path", "url", "title", "asset", "page_name", "screen_name", "page_url", "page_title",
    ]

    /// Whether it is about somebody who is known, and was not erased.
    public func isKnown(_ alert: OwnAlert) -> Bool {
        switch alert.whom {
        case .anybody: true
        case .person(let identifier): persons[identifier].map { !isErased($0) } ?? false
        case .account(let identifier): account(identifier) != nil
        }
    }

    private func isErased(_ person: Int32) -> Bool {
        guard person >= 0 else { return false }
        return history.accounts[Int(history.persons[Int(person)].account)].facts.contains { fact in
            history.person[Int(fact)] == person && history.acts[Int(history.act[Int(fact)])].kind == .erased
        }
    }

    private func account(_ identifier: Identifier) -> Int32? {
        history.texts.number(of: identifier.text).flatMap { accounts[$0] }
    }

    /// What was done from an instant on, but not before the alert was set, up to another; in order of time.
    public func facts(_ alert: OwnAlert, from oldest: Instant, through newest: Instant) -> [HeededFact] {
        let from = max(oldest, alert.since)
        guard from <= newest else { return [] }
        var search = Search(history, alert, pageNames, from: from.milliseconds, through: newest.milliseconds)
        switch alert.whom {
        case .anybody: for account in history.accounts.indices { search.look(Int32(account), nil) }
        case .person(let identifier):
            guard let person = persons[identifier] else { return [] }
            search.look(history.persons[Int(person)].account, person)
        case .account(let identifier):
            guard let account = account(identifier) else { return [] }
            search.look(account, nil)
        }
        let erased = Set(Set(search.found.map(\.person)).filter(isErased))
        return search.found.filter { !erased.contains($0.person) }.sorted { a, b in
            (history.occurred[Int(a.fact)], a.fact) < (history.occurred[Int(b.fact)], b.fact)
        }
    }
}

/// One alert's way through the facts.
private struct Search {
    private let history: History
    private let alert: OwnAlert
    private let act: String
    private let page: String
    private let pageNames: Set<Int32>
    private let from: Int64
    private let through: Int64
    /// Of acts that were met, whether it is about them.
    private var isMeant: [Int32: Bool] = [:]
    private(set) var found: [HeededFact] = []

    init(_ history: History, _ alert: OwnAlert, _ pageNames: Set<Int32>, from: Int64, through: Int64) {
        (self.history, self.alert, self.pageNames) = (history, alert, pageNames)
        (self.from, self.through) = (from, through)
        (act, page) = (alert.act.lowercased(), alert.page.lowercased())
    }

    /// The facts of an account, of one person where one is named.
    mutating func look(_ account: Int32, _ person: Int32?) {
        let facts = history.accounts[Int(account)].facts
        var (low, high) = (facts.lowerBound, facts.upperBound)
        while low < high {
            let middle = low + (high - low) / 2
            if history.occurred[Int(middle)] < from { low = middle + 1 } else { high = middle }
        }
        for fact in low..<facts.upperBound {
            guard history.occurred[Int(fact)] <= through else { return }
            let whose = history.person[Int(fact)]
            guard person == nil || person == whose, isAbout(history.act[Int(fact)]) else { continue }
            found.append(HeededFact(alert: alert, fact: fact, account: account, person: whose))
        }
    }

    private mutating func isAbout(_ number: Int32) -> Bool {
        if let known = isMeant[number] { return known }
        let meant = isMeant(history.acts[Int(number)])
        isMeant[number] = meant
        return meant
    }

    private func isMeant(_ act: Act) -> Bool {
        guard act.kind.isDoneByAPerson else { return false }
        let isNamed = self.act.isEmpty || history.texts[act.name].lowercased() == self.act || act.kind.word == self.act
        return isNamed && (page.isEmpty || says(act.properties))
    }

    private func says(_ set: Int32) -> Bool {
        history.properties[set].contains { property in
            property.kind == .text && pageNames.contains(property.name)
                && history.texts[Int32(property.bits)].lowercased().contains(page)
        }
    }
}

extension FactKind {
    /// What people do of themselves, apart from what reps do towards them and what systems note down.
    public var isDoneByAPerson: Bool { [.activity, .meeting].contains(family) }
}
