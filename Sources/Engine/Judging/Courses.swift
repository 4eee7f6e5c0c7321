// Where somebody can go from where they stand, and what time may do to them there: told once from the program, since it is
// asked at every judgement.

/// A condition that may differ by segment, as most do not.
struct BoundCondition: Sendable {
    /// Whether it is the same for everybody.
    let isForAll: Bool
    /// That of whoever no segment takes.
    let otherwise: ProgramCondition

    init(_ condition: SegmentedCondition) {
        (isForAll, otherwise) = (condition.cases.isEmpty, condition.otherwise)
    }
}

/// A stage without what only reports ask.
struct BoundStage: Sendable {
    let handsOver: Bool
    let enter: BoundCondition
    /// It is entered by what becomes of a deal.
    let isByDeal: Bool

    init(_ stage: StageProgram, of program: Program) {
        (handsOver, enter) = (stage.handsOver, BoundCondition(stage.enter))
        isByDeal = stage.enter.all.contains { condition in
            program.operations[condition].contains { operation in
                guard case .happened(let happening, _, _) = operation else { return false }
                return program.isOfDeals(happening)
            }
        }
    }
}

/// What is watched of somebody who stands somewhere.
struct Courses: Sendable {
    /// Detours that begin at a stage, the program's indices in their order. Before the first stage none does.
    let detours: FlatLists<Int32>
    /// By stage plus one, and behind those by detour: conditions that time may bring about.
    /// By detour, what leads into it.
    let entering: Flat<BoundCondition>
    private let watched: FlatLists<ProgramCondition>
    /// Whether among them is one that a shrinking score brings about: then every fact of the moment is a look.
    private let shrinks: Flat<Bool>
    private let stageCount: Int

    init(_ program: Program, _ conditions: ConditionProgram) {
        stageCount = program.stages.count
        detours = FlatLists(
            program.stages.indices.map { stage in
                program.detours.indices.filter { program.detours[$0].from.contains(Int32(stage)) }.map { Int32($0) }
            })
        entering = Flat(program.detours.map { BoundCondition($0.enters) })
        let byStage = (-1..<program.stages.count).map { stage in
            let away = program.detours.filter { $0.from.contains(Int32(stage)) }.flatMap(\.enters.all)
            return away + program.stages.dropFirst(stage + 1).flatMap(\.enter.all)
        }
        let byDetour = program.detours.map { detour in
            (detour.returns?.all ?? []) + (detour.alwaysReturns.map { [$0] } ?? [])
        }
        let lists = (byStage + byDetour).map { $0.filter { program.canComeToHoldByTime($0) } }
        watched = FlatLists(lists)
        shrinks = Flat(
            lists.map { list in
                list.contains { program.operations[$0].contains(where: \.isOfEngagement) }
            })
    }

    func place(stage: Int32, detour: Int32) -> Int { detour >= 0 ? stageCount + 1 + Int(detour) : Int(stage) + 1 }
    func watchedRange(_ place: Int) -> Range<Int> { watched.range(place) }
    func condition(_ index: Int) -> ProgramCondition { watched[at: index] }
    func isMovedByShrinking(_ place: Int) -> Bool { shrinks[place] }

    func free() {
        detours.free()
        entering.free()
        watched.free()
        shrinks.free()
    }
}

extension ProgramOperation {
    fileprivate var isOfEngagement: Bool {
        switch self {
        case .engagement, .engagementIs: true
        default: false
        }
    }
}
