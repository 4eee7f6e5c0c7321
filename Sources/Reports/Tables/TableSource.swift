internal import Agreement
internal import Engine
internal import Vocabulary

/// What tables are filled from: the company, and what several of them need.
struct TableSource: Sendable {
    let company: JudgedCompany
    let entries: StageEntries
    let owners: PassOwners
    let stages: StageNumbers
    let exchange: Exchange
    let origins: DealOrigins
    /// Each unit that goes from stage to stage has a number.
    let units: [StageUnit: Int64]
    /// Hand-overs are numbered through the accounts; of each account, the number of its first.
    let firstHandOver: [Int64]

    init(_ company: JudgedCompany) {
        self.company = company
        entries = StageEntries(company)
        owners = PassOwners(company)
        stages = StageNumbers(company)
        exchange = Exchange(company)
        origins = DealOrigins(company)
        var units: [StageUnit: Int64] = [:]
        for entry in entries.entries where units[entry.unit] == nil { units[entry.unit] = Int64(units.count + 1) }
        self.units = units
        var next: Int64 = 1
        var first: [Int64] = []
        for account in company.outcome.accounts {
            first.append(next)
            next += Int64(account.handOvers.count)
        }
        firstHandOver = first
    }

    var world: FoldWorld { company.world }

    /// A text; `nil`: none.
    func text(_ number: Int32) -> String? { number < 0 ? nil : world.history.texts[number] }
    func person(_ person: Int32) -> String? { person < 0 ? nil : company.personName(person) }
    func fact(_ fact: Int32) -> Int64? { fact < 0 ? nil : Int64(world.history.sequence[Int(fact)]) }

    func stage(_ stage: Int32, _ version: Int32) -> String? { stage < 0 ? nil : company.stageName(stage, version) }

    func handOver(_ account: Int32, _ index: Int32) -> Int64? {
        index < 0 ? nil : firstHandOver[Int(account)] + Int64(index)
    }

    func clause(_ clause: ClauseID, _ version: Int32) -> String? {
        let clauses = company.agreements[Int(version)].clauses
        return clauses.indices.contains(Int(clause.index)) ? clauses[Int(clause.index)].address : nil
    }
}
