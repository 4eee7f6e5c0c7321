internal import Journal
public import Vocabulary

// A program speaks of names by its own numbers, a history by its own. Binding translates once, so that while an account is
// folded a name is a number of the history, and what every act of the history is an occurrence of is looked up, not tested.

/// A program bound to a history, in force from an instant.
public final class BoundProgram: Sendable {
    public let program: Program
    /// Where the company is: what `today` means.
    public let zone: Zone
    /// In force from here until the next version.
    public let from: Instant
    let conditions: ConditionProgram
    /// The history's number of each name; −2 where no fact ever says it.
    let names: Flat<Int32>
    public let isFreeMail: @Sendable (String) -> Bool
    /// By act.
    let traits: Flat<ActTraits>
    /// The happenings an act is an occurrence of, in order of their index.
    let recognised: FlatLists<Int32>
    /// The rules of engagement that an act counts for, in their order.
    let scoring: FlatLists<Int32>
    /// The happenings of verdicts and deals, which are recognised by what became of them, not by their facts alone.
    let dynamic: DynamicHappenings
    let fields: BoundFields
    let stages: Flat<BoundStage>
    let engagement: Flat<EngagementProgram>
    let fit: Flat<FitProgram>
    let grades: Flat<GradeProgram>
    let courses: Courses
    let purposes: Flat<GateProgram.Purpose>
    let consent: Flat<BoundConsent>
    let settings: FlatLists<ConsentProgram.Setting>
    let hasBoundaries: Bool
    /// By happening.
    let alerts: FlatLists<Int32>
    let hasAlerts: Bool
    let happeningCount: Int
    /// Everybody's; `nil` where it differs by segment.
    let halfLife: Elapsed?
    /// What `Program.fit` asks about is only fields, so that it changes only with them.
    let fitNeedsFieldsOnly: Bool
    /// What moves people asks about the account, so that a change there may move everybody.
    let asksAboutAccount: Bool
    /// What the acts that were looked at have their numbers from, and the words that were looked for in them.
    private let lineage: Lineage?
    private let words: FactWords

    /// `before` is the same program bound to a history that this one may have grown out of: what its acts are is not looked at
    /// again then.
    public convenience init(
        _ program: Program, to history: inout History, zone: Zone, from: Instant = .earliest,
        after before: BoundProgram? = nil, isFreeMail: @escaping @Sendable (String) -> Bool
    ) {
        let names = program.names.map { history.texts.intern($0) }
        self.init(program, names: names, history, zone, from, before, isFreeMail)
    }

    private init(
        _ program: Program, names: [Int32], _ history: History, _ zone: Zone, _ from: Instant,
        _ before: BoundProgram?, _ isFreeMail: @escaping @Sendable (String) -> Bool
    ) {
        (self.program, self.zone, self.from, self.isFreeMail) = (program, zone, from, isFreeMail)
        self.names = Flat(names)
        let conditions = ConditionProgram(
            operations: BoundProgram.bind(program.operations, names), sets: BoundProgram.bind(program, names))
        self.conditions = conditions
        let uses = ConditionUses(program)
        (fitNeedsFieldsOnly, asksAboutAccount) = (uses.fitNeedsFieldsOnly, uses.movesAskAboutAccount)
        fields = BoundFields(program, names)
        stages = Flat(program.stages.map { BoundStage($0, of: program) })
        (engagement, fit, grades) = (Flat(program.engagement), Flat(program.fit), Flat(program.grades))
        courses = Courses(program, conditions)
        purposes = Flat(program.gate.purposes)
        consent = Flat(program.consent.map { BoundConsent(when: $0.when, clause: $0.clause) })
        settings = FlatLists(program.consent.map(\.settings))
        hasBoundaries = !program.boundaries.isEmpty
        alerts = FlatLists(program.alertsByHappening)
        hasAlerts = !program.alerts.isEmpty
        happeningCount = program.happenings.count
        dynamic = DynamicHappenings(program)
        let budget = program.halfLife.cases.isEmpty ? program.halfLife.otherwise : nil
        halfLife = budget.map { Elapsed(milliseconds: Int64($0.count) * $0.unit.elapsed.milliseconds) }
        (lineage, words) = (history.lineage, FactWords(history.texts))
        let recognition = Recognition(program, conditions, names, history, isFreeMail)
        // Its lists are freed with it, and are read until here.
        defer { withExtendedLifetime(before) {} }
        if let before, before.knows(actsOf: history, names, words) {
            let acts = RecognisedActs(
                program, recognition, history, from: before.traits.count, moving: uses.movingHappenings)
            recognised = FlatLists(before.recognised, ends: acts.happeningEnds, acts.happenings)
            scoring = FlatLists(before.scoring, ends: acts.ruleEnds, acts.rules)
            traits = Flat(before.traits, acts.traits)
        } else {
            let acts = RecognisedActs(program, recognition, history, from: 0, moving: uses.movingHappenings)
            recognised = FlatLists(ends: acts.happeningEnds, acts.happenings)
            scoring = FlatLists(ends: acts.ruleEnds, acts.rules)
            traits = Flat(acts.traits)
        }
    }

    /// Whether the acts that it looked at are the first of this history's, and nothing that it looked for has another number.
    private func knows(actsOf history: History, _ names: [Int32], _ words: FactWords) -> Bool {
        guard let lineage, lineage === history.lineage, traits.count <= history.acts.count else { return false }
        return words == self.words && names.count == self.names.count
            && names.indices.allSatisfy { names[$0] == self.names[$0] }
    }

    deinit {
        conditions.free()
        names.free()
        traits.free()
        recognised.free()
        scoring.free()
        fields.free()
        stages.free()
        engagement.free()
        fit.free()
        grades.free()
        courses.free()
        purposes.free()
        consent.free()
        settings.free()
        alerts.free()
    }

    /// The happenings an act is an occurrence of, in order of their index.
    public func recognised(in act: Int32) -> [Int32] { recognised.range(Int(act)).map { recognised[at: $0] } }

    public func name(_ id: Int32) -> Int32 { id < 0 ? -1 : names[id] }

    func stage(named text: Int32) -> Int32 {
        Int32(program.stages.firstIndex { name($0.name) == text } ?? -1)
    }

    private static func bind(_ operations: [ProgramOperation], _ names: [Int32]) -> [ProgramOperation] {
        var bound = operations
        for (index, operation) in operations.enumerated() {
            switch operation {
            case .pushText(let name): bound[index] = .pushText(name < 0 ? -2 : names[Int(name)])
            case .property(let name, let kind): bound[index] = .property(name: names[Int(name)], as: kind)
            case .engagement:
                if index + 2 < operations.count, case .push(let value) = operations[index + 1],
                    case .compare(let comparison) = operations[index + 2]
                {
                    bound[index] = .engagementIs(comparison, value)
                }
            default: break
            }
        }
        return bound
    }

    /// Sets of names become sets of the history's numbers; which they are, the operations that use them tell.
    private static func bind(_ program: Program, _ names: [Int32]) -> [[Int64]] {
        var sets = program.sets
        var texts = Set<Int32>()
        for case .isOneOfTexts(let set) in program.operations { texts.insert(set) }
        for case .event(let set, _) in program.happenings { texts.insert(set) }
        for set in texts { sets[Int(set)] = sets[Int(set)].map { $0 < 0 ? -2 : Int64(names[Int($0)]) }.sorted() }
        return sets
    }
}

/// A rule of consent, without what it says of each purpose.
struct BoundConsent: Sendable {
    let when: ProgramCondition
    let clause: ClauseID
}

/// Which happenings come of verdicts and of deals.
struct DynamicHappenings: Sendable {
    struct Entry: Sendable {
        let happening: Int32
        /// All `any` happenings it is part of, itself first.
        let implied: [Int32]
    }

    /// By kind of verdict and index of stage; −1 for a verdict on whatever was handed over last.
    let verdicts: [(kind: FactKind, stage: Int32, entry: Entry)]
    /// Opened, won, lost, reopened.
    let deals: [(kind: FactKind, entry: Entry)]
    /// A name id.
    let stages: [(stage: Int32, entry: Entry)]

    init(_ program: Program) {
        var verdicts: [(FactKind, Int32, Entry)] = []
        var deals: [(FactKind, Entry)] = []
        var stages: [(Int32, Entry)] = []
        for (index, happening) in program.happenings.enumerated() {
            let entry = Entry(happening: Int32(index), implied: program.implied(by: Int32(index)))
            switch happening {
            case .verdict(let kind, let stage): verdicts.append((kind, stage, entry))
            case .fact(let kind) where kind.family == .deal: deals.append((kind, entry))
            case .dealEnters(let stage): stages.append((stage, entry))
            default: break
            }
        }
        (self.verdicts, self.deals, self.stages) = (verdicts, deals, stages)
    }
}

extension Program {
    /// A happening and every `any` that it is part of, at whatever depth.
    func implied(by index: Int32) -> [Int32] {
        var found = [index]
        var next = 0
        while next < found.count {
            for (other, happening) in happenings.enumerated() {
                if case .any(let parts) = happening, parts.contains(found[next]), !found.contains(Int32(other)) {
                    found.append(Int32(other))
                }
            }
            next += 1
        }
        return found
    }
}
