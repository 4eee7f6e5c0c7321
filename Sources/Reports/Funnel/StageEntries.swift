internal import Agreement
internal import Engine
internal import Vocabulary

/// Who or what goes from stage to stage: a person in one pass; where a deal moves, the deal.
struct StageUnit: Hashable, Sendable {
    let account: Int32
    /// −1: a deal's way.
    let person: Int32
    /// 0: a deal's way, which may begin in one pass of a person and end in another.
    let pass: Int32
    /// An index in the account's deals; −1: the person moves.
    let deal: Int32
}

/// One entry into a stage.
struct StageEntry: Hashable, Sendable {
    let unit: StageUnit
    /// Whom a deal is credited to; −1: nobody.
    let person: Int32
    let pass: Int32
    let instant: Instant
    /// An index in the stages of the agreement in force.
    let stage: Int
    let isSkipped: Bool
    let fact: Int32
}

/// Every first entry of each unit into each stage, in the order of accounts, and who left sideways when.
///
/// A stage that a later version renamed is no stage of today's and is left out. A win that was opened again since is no entry:
/// it is counted once the deal is won anew.
struct StageEntries: Sendable {
    private(set) var entries: [StageEntry] = []
    private var byUnit: [StageUnit: [Int: Int]] = [:]
    private var byPerson: [Int32: [Int: Int]] = [:]
    private(set) var leaving: [StageUnit: Instant] = [:]
    private(set) var reopened = 0

    init(_ company: JudgedCompany) {
        let stages = StageNumbers(company)
        for account in company.outcome.accounts {
            for move in account.moves { note(move, account, stages) }
        }
    }

    private mutating func note(_ move: Move, _ account: AccountOutcome, _ stages: StageNumbers) {
        let whole = StageUnit(account: account.account, person: move.person, pass: move.pass, deal: -1)
        switch move.change {
        case .wentAway: leaving[whole] = leaving[whole] ?? move.instant
        case .entered, .skipped, .imported, .returned:
            guard let stage = stages[move.version, move.stage] else { return }
            if wasTakenBack(move, account) {
                reopened += 1
                return
            }
            if move.person >= 0 { note(move, stage, whole) }
            guard move.deal >= 0 else { return }
            note(
                move, stage,
                StageUnit(account: account.account, person: -1, pass: 0, deal: move.deal))
        case .alsoOnDeal, .expanded: return
        }
    }

    private mutating func note(_ move: Move, _ stage: Int, _ unit: StageUnit) {
        guard byUnit[unit]?[stage] == nil else { return }
        byUnit[unit, default: [:]][stage] = entries.count
        if unit.deal < 0, byPerson[unit.person]?[stage] == nil {
            byPerson[unit.person, default: [:]][stage] = entries.count
        }
        entries.append(
            StageEntry(
                unit: unit, person: move.person, pass: move.pass, instant: move.instant, stage: stage,
                isSkipped: move.change == .skipped, fact: move.fact))
    }

    private func wasTakenBack(_ move: Move, _ account: AccountOutcome) -> Bool {
        guard move.deal >= 0 else { return false }
        return account.deals[Int(move.deal)].changes.contains { $0.what == .reopened && $0.instant > move.instant }
    }

    /// The first entry of a unit into a stage. `nil`: it has not been there.
    func entry(of unit: StageUnit, into stage: Int) -> StageEntry? { byUnit[unit]?[stage].map { entries[$0] } }

    /// The first entry of a person into a stage, in whichever pass.
    func entry(ofPerson person: Int32, into stage: Int) -> StageEntry? { byPerson[person]?[stage].map { entries[$0] } }

    /// Entries that count for a stage: where deals move into it those of deals, of persons otherwise.
    func entries(into stage: Int) -> [StageEntry] {
        let all = entries.filter { $0.stage == stage }
        let withDeal = Set(
            all.filter { $0.unit.deal >= 0 }.map {
                StageUnit(account: $0.unit.account, person: $0.person, pass: $0.pass, deal: -1)
            })
        return all.filter { !withDeal.contains($0.unit) }
    }
}

/// Stages of every version as indices of the stages of the agreement in force, by name.
struct StageNumbers: Sendable {
    let names: [String]
    private let numbers: [[Int?]]

    init(_ company: JudgedCompany) {
        let names = company.agreement.stages.map(\.name)
        self.names = names
        numbers = company.world.versions.map { bound in
            bound.program.stages.map { stage in names.firstIndex(of: bound.program.names[Int(stage.name)]) }
        }
    }

    subscript(version: Int32, stage: Int32) -> Int? { stage < 0 ? nil : numbers[Int(version)][Int(stage)] }
}

/// Who has somebody in a pass, and what they were worth when handed over: from the last hand-over that was ready.
struct PassOwners: Sendable {
    struct Owner: Hashable, Sendable {
        let owner: Int32
        let team: Int32
        let grade: Int32
    }

    private struct Pass: Hashable { let person, pass: Int32 }

    private var owners: [Pass: Owner] = [:]

    init(_ company: JudgedCompany) {
        for account in company.outcome.accounts {
            for handOver in account.handOvers where handOver.ready != nil {
                owners[Pass(person: handOver.person, pass: handOver.pass)] = company.owner(of: handOver)
            }
        }
    }

    subscript(person: Int32, pass: Int32) -> Owner? { owners[Pass(person: person, pass: pass)] }
}

extension JudgedCompany {
    /// Who has a hand-over; where nobody has, the team whose queue it is in.
    func owner(of handOver: HandOver) -> PassOwners.Owner {
        let program = world.versions[Int(handOver.version)].program
        func number(_ name: Int32) -> Int32 {
            name < 0 ? -1 : world.history.texts.number(of: program.names[Int(name)]) ?? -1
        }
        let grade = handOver.grade < 0 ? -1 : number(program.grades[Int(handOver.grade)].name)
        return PassOwners.Owner(
            owner: handOver.owner, team: number(program.stages[Int(handOver.stage)].team), grade: grade)
    }

    /// The kind of a deal, a text; −1: none. `version` is of the agreement that named it: that in force at its last change.
    func kind(of deal: DealOutcome) -> Int32 {
        guard deal.kind >= 0, let last = deal.changes.last else { return -1 }
        let bound = world.versions.last { $0.from <= last.instant } ?? world.versions[0]
        guard bound.program.dealKinds.indices.contains(Int(deal.kind)) else { return -1 }
        return world.history.texts.number(of: bound.program.names[Int(bound.program.dealKinds[Int(deal.kind)].name)])
            ?? -1
    }
}
