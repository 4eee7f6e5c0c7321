import Agreement
import Engine
import Journal
import Vocabulary

// Deals: what is told of each, whom it is credited to, whom it moves.

extension ToldDeal {
    var isOpen: Bool { changes.last?.state == "open" }
    /// In minor units.
    var money: Int64? { changes.last.flatMap { Int64($0.amount) } }
}

extension ReferenceAccount {
    var judgedDeal: ToldDeal? { told.deals.first { $0.record == deal } }

    /// What was told last of the deal that is judged.
    func dealProperty(_ name: String) -> Value? {
        guard !deal.isEmpty else { return nil }
        let last = facts[..<noted].last { record(of: $0.fact) == deal && $0.fact[name] != nil }
        return last?.fact[name].flatMap { $0 == .cleared ? nil : $0 }
    }

    private func record(of fact: Fact) -> String {
        guard fact.kind.family == .deal, case .text(let name)? = fact["deal"] else { return "" }
        return "\(fact.key.source)/deal/\(name)"
    }

    mutating func noteDeal(_ person: Int) {
        let record = record(of: facts[fact].fact)
        if !told.deals.contains(where: { $0.record == record }) { told.deals.append(ToldDeal(record: record)) }
        guard let index = told.deals.firstIndex(where: { $0.record == record }) else { return }
        if person != itself, !told.deals[index].persons.contains(who(person)) {
            told.deals[index].persons.append(who(person))
            if !told.deals[index].changes.isEmpty { credit(index) }
        }
        guard let change = change(index) else { return }
        told.deals[index].changes.append(change)
        deal = record
        told.deals[index].kind = agreed.agreement.deals.kinds.first { holds($0.when.value, itself) }?.name ?? ""
        credit(index)
        moveBy(index, change)
        deal = ""
        accountChanged = true
    }

    /// What the fact says became of the deal; `nil`: nothing new.
    private mutating func change(_ index: Int) -> ToldDeal.Change? {
        let (kind, last) = (facts[fact].fact.kind, told.deals[index].changes.last)
        let says = ["pipeline", "stage", "amount", "close_date"].contains { property($0) != nil }
        if kind == .dealChanged, !says { return nil }
        if case .text(let pipeline)? = property("pipeline") { told.deals[index].pipeline = pipeline }
        var next =
            last
            ?? ToldDeal.Change(
                instant: now, what: "", state: "open", stage: "", amount: "", closeDate: "", owner: "", fact: "")
        if case .text(let stage)? = property("stage") { next.stage = stage }
        if let amount = property("amount") {
            next.amount = ""
            if case .money(let money) = amount { next.amount = "\(money.minorUnits)" }
        }
        if let date = property("close_date") {
            next.closeDate = last?.closeDate ?? ""
            if case .date(let date) = date { next.closeDate = "\(date.daysSinceEpoch)" }
        }
        if let owner = facts[fact].fact.actor?.value { next.owner = owner }
        next.state = state(kind, next.stage, told.deals[index].pipeline, last)
        let isNew = last.map { next != $0 } ?? true
        next.what = what(from: told.deals[index].changes, to: next.state)
        (next.instant, next.fact) = (now, evidence)
        return isNew ? next : nil
    }

    private func state(_ kind: FactKind, _ stage: String, _ pipeline: String, _ last: ToldDeal.Change?) -> String {
        switch kind {
        case .dealWon: return "won"
        case .dealLost: return "lost"
        case .dealReopened: return "open"
        default: break
        }
        for entry in agreed.agreement.deals.pipelines where pipeline.isEmpty || entry.name == pipeline {
            if entry.open.value.contains(stage) { return "open" }
            if entry.won.value.contains(stage) { return "won" }
            if entry.lost.value.contains(stage) { return "lost" }
        }
        if agreed.agreement.deals.ignored.value.contains(stage) { return "ignored" }
        return last?.state ?? "open"
    }

    /// Stages that the agreement ignores are those of deals that are none.
    private func what(from earlier: [ToldDeal.Change], to state: String) -> String {
        if state == "ignored" || state == earlier.last?.state { return "changed" }
        if state != "open" { return state }
        return earlier.contains { $0.state != "ignored" } ? "reopened" : "opened"
    }

    /// The first of those on it who was handed over; where nobody is on it, whoever of the account was accepted last before it
    /// was opened.
    private mutating func credit(_ index: Int) {
        guard told.deals[index].credited.isEmpty else { return }
        let persons = told.deals[index].persons
        if persons.isEmpty {
            guard told.deals[index].changes.count == 1 else { return }
            told.deals[index].credited = lastAccepted
            return
        }
        let handedOver = persons.compactMap { person in
            told.handOvers.first { $0.who == person && $0.ready != nil }.flatMap(\.ready).map {
                ($0, number(of: person))
            }
        }
        let first = handedOver.min { $0 < $1 }
        told.deals[index].credited = first.map { who($0.1) } ?? persons[0]
    }

    private var lastAccepted: String {
        let accepted = told.handOvers.compactMap { handOver -> (Instant, Int)? in
            guard let verdict = handOver.verdict, verdict.isAccepted else { return nil }
            return (verdict.instant, -number(of: handOver.who))
        }
        return accepted.max { $0 < $1 }.map { who(-$0.1) } ?? ""
    }

    private mutating func moveBy(_ index: Int, _ change: ToldDeal.Change) {
        let told = told.deals[index]
        let unit = told.credited.isEmpty ? itself : number(of: told.credited)
        let people = [unit] + told.persons.map { number(of: $0) }.filter { $0 != unit }
        if change.what == "opened" { for person in people where isInLastStage(person) { expand(person) } }
        let kinds: [String: FactKind] = [
            "opened": .dealOpened, "won": .dealWon, "lost": .dealLost, "reopened": .dealReopened,
        ]
        let before = told.changes.dropLast().last?.stage ?? ""
        for person in people {
            var words = ReferenceSaid(kind: .dealOpened, person: person, instant: now, place: place, deal: told.record)
            if let kind = kinds[change.what] {
                words.kind = kind
                say(words)
            }
            // A deal takes a stage when it had another or none.
            if !change.stage.isEmpty, change.stage != before {
                (words.kind, words.stage) = (.dealChanged, change.stage)
                say(words)
            }
        }
        // What was won once does not move anybody again when it is opened again.
        if change.what != "reopened" { judge(unit, byDeal: told.record) }
        for person in people.dropFirst() { judge(person, alsoOn: told.record) }
    }

    private func isInLastStage(_ person: Int) -> Bool {
        states[person].stage == agreed.agreement.stages.last?.name && states[person].detour.isEmpty
    }
}
