/// What conditions ask about, told from their operations.
struct ConditionUses {
    private let program: Program
    let fitNeedsFieldsOnly: Bool
    let movesAskAboutAccount: Bool
    /// The happenings that decide where somebody stands.
    let movingHappenings: Set<Int32>

    init(_ program: Program) {
        self.program = program
        fitNeedsFieldsOnly = program.fit.allSatisfy { rule in
            program.operations[rule.when].allSatisfy(\.isAboutFieldsOnly)
        }
        movesAskAboutAccount = program.moving.contains { program.operations[$0].contains(where: \.isAboutAccount) }
        let deciding = program.moving + program.fit.map(\.when) + program.halfLife.cases.map(\.condition)
        movingHappenings = Set(deciding.flatMap { program.happenings(namedIn: $0) })
    }
}

extension Program {
    func happenings(namedIn condition: ProgramCondition) -> [Int32] {
        operations[condition].compactMap { operation in
            switch operation {
            case .happened(let happening, _, _), .timeSince(let happening): happening
            default: nil
            }
        }
    }

    /// By happening, the alerts whose conditions name it.
    var alertsByHappening: [[Int32]] {
        happenings.indices.map { happening in
            alerts.indices.filter { happenings(namedIn: alerts[$0].when).contains(Int32(happening)) }.map { Int32($0) }
        }
    }

    /// The conditions that move people.
    var moving: [ProgramCondition] {
        stages.flatMap(\.enter.all)
            + detours.flatMap { $0.enters.all + ($0.returns?.all ?? []) + ($0.alwaysReturns.map { [$0] } ?? []) }
    }

    /// Whether a condition can come to hold because time passes, with no fact. Told from its operations, and rather too
    /// often than too seldom.
    func canComeToHoldByTime(_ condition: ProgramCondition) -> Bool {
        let operations = self.operations[condition]
        let isTurned = operations.contains { operation in
            switch operation {
            case .not, .subtract, .divide: true
            case .compare(.less), .compare(.atMost), .compare(.equal), .compare(.notEqual), .between: true
            default: false
            }
        }
        return operations.contains { operation in
            switch operation {
            case .today, .timeSince, .timeInStage: true
            case .engagement, .engagementIs: isTurned
            case .happened(_, _, let within): within >= 0 && isTurned
            default: false
            }
        }
    }
}

extension SegmentedCondition {
    var all: [ProgramCondition] { cases.flatMap { [$0.segment, $0.condition] } + [otherwise] }
}

extension [ProgramOperation] {
    subscript(condition: ProgramCondition) -> ArraySlice<ProgramOperation> {
        self[Int(condition.operations.lowerBound)..<Int(condition.operations.upperBound)]
    }
}

extension ProgramOperation {
    fileprivate var isAboutFieldsOnly: Bool {
        switch self {
        case .engagement, .engagementIs, .fit, .grade, .stage, .pass, .today, .timeSince, .timeInStage, .happened,
            .accountInTargets, .accountHasOpenDeal, .accountHasOpenDealAbove, .accountHasOpenHandOver, .dealIsOpen,
            .missed, .dealPipeline, .dealStage, .dealKind, .dealCloseDate, .dealAmount, .inPeriod:
            false
        default: true
        }
    }

    fileprivate var isAboutAccount: Bool {
        switch self {
        case .accountHasOpenDeal, .accountHasOpenDealAbove, .accountHasOpenHandOver, .dealIsOpen, .dealPipeline,
            .dealStage, .dealKind, .dealCloseDate, .dealAmount:
            true
        default: false
        }
    }
}
