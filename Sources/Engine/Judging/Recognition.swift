internal import Journal
internal import Vocabulary

/// Tells of an act what it is an occurrence of. Verdicts and deals are left to the fold.
struct Recognition {
    private let program: Program
    private let conditions: ConditionProgram
    private let names: [Int32]
    private let history: History
    private let isFreeMail: @Sendable (String) -> Bool
    private let room: ConditionRoom
    private let implied: [[Int32]]
    /// Happenings that activities of a name may be.
    private let ofName: [Int32: [Int32]]
    /// Happenings that any activity may be.
    private let ofAnyName: [Int32]
    /// Happenings that acts of a kind may be, by its raw value.
    private let ofKind: [[Int32]]

    init(
        _ program: Program, _ conditions: ConditionProgram, _ names: [Int32], _ history: History,
        _ isFreeMail: @escaping @Sendable (String) -> Bool
    ) {
        (self.program, self.conditions, self.names) = (program, conditions, names)
        (self.history, self.isFreeMail) = (history, isFreeMail)
        room = conditions.room
        implied = program.happenings.indices.map { program.implied(by: Int32($0)) }
        var ofName: [Int32: [Int32]] = [:]
        var ofAnyName: [Int32] = []
        var ofKind = Array(repeating: [Int32](), count: Int(UInt8.max) + 1)
        for (index, happening) in program.happenings.enumerated() {
            let index = Int32(index)
            switch happening {
            case .event(let set, _): for name in conditions.set(set) { ofName[Int32(name), default: []].append(index) }
            case .eventMatching: ofAnyName.append(index)
            case .fact(let kind) where kind.family != .deal: ofKind[Int(kind.rawValue)].append(index)
            case .touch: ofKind[Int(FactKind.touch.rawValue)].append(index)
            case .consent(let kind, _): ofKind[Int(kind.rawValue)].append(index)
            case .fact, .dealEnters, .verdict, .any: break
            }
        }
        (self.ofName, self.ofAnyName, self.ofKind) = (ofName, ofAnyName, ofKind)
    }

    /// The happenings of an act, in order of their index.
    func happenings(of act: Act) -> [Int32] {
        var found: [Int32] = []
        func consider(_ candidates: [Int32]) {
            for index in candidates where isOccurrence(act, of: program.happenings[Int(index)]) {
                found += implied[Int(index)]
            }
        }
        if act.kind == .activity {
            if let named = ofName[act.name] { consider(named) }
            consider(ofAnyName)
        }
        consider(ofKind[Int(act.kind.rawValue)])
        return found.count > 1 ? Set(found).sorted() : found
    }

    private func isOccurrence(_ act: Act, of happening: ProgramHappening) -> Bool {
        switch happening {
        case .fact(let kind): act.kind == kind && kind.family != .deal
        case .event(let set, let filter):
            act.kind == .activity && conditions.set(set).contains(Int64(act.name)) && passes(act, filter)
        case .eventMatching(let pattern, let filter):
            act.kind == .activity
                && program.patterns[Int(pattern)].matches(history.texts[act.name].lowercased()) && passes(act, filter)
        case .touch(let filter): act.kind == .touch && passes(act, filter)
        case .consent(let kind, let purpose): act.kind == kind && isAbout(act, purpose: names[Int(purpose)])
        case .dealEnters, .verdict, .any: false
        }
    }

    private func isAbout(_ act: Act, purpose: Int32) -> Bool {
        guard let name = history.texts.number(of: "purpose"),
            let property = history.properties.property(name, of: act.properties), property.kind == .text
        else { return false }
        return property.bits == Int64(purpose) || history.texts[Int32(property.bits)] == "all"
            || history.texts[purpose] == "all"
    }

    private func passes(_ act: Act, _ filter: ProgramCondition?) -> Bool {
        guard let filter else { return true }
        let world = FactWorld(program: program, history: history, act: act, isFreeMail: isFreeMail)
        return conditions.holds(filter, for: (), in: world, on: room)
    }
}

/// What every act is recognised as and counts for, end to end.
struct RecognisedActs {
    private(set) var happenings: [Int32] = []
    private(set) var happeningEnds: [Int32] = []
    private(set) var rules: [Int32] = []
    private(set) var ruleEnds: [Int32] = []
    private(set) var traits: [ActTraits] = []

    /// Acts from a number on. `moving`: the happenings that conditions which move people ask about.
    init(
        _ program: Program, _ recognition: Recognition, _ history: History, from first: Int, moving: Set<Int32>
    ) {
        let reading = ActReading(history)
        let count = history.acts.count - first
        happeningEnds.reserveCapacity(count)
        ruleEnds.reserveCapacity(count)
        traits.reserveCapacity(count)
        for act in history.acts[first...] {
            let found = recognition.happenings(of: act)
            var its = reading.traits(act)
            if !found.isEmpty {
                its.insert(.isRecognised)
                let counted = program.engagement.indices.filter { found.contains(program.engagement[$0].happening) }
                if !counted.isEmpty { its.insert(.scores) }
                if found.contains(where: moving.contains) { its.insert(.moves) }
                happenings += found
                rules += counted.map { Int32($0) }
            }
            happeningEnds.append(Int32(happenings.count))
            ruleEnds.append(Int32(rules.count))
            traits.append(its)
        }
    }
}

/// A fact that is being recognised: a condition may ask about its properties and nothing else.
struct FactWorld: ConditionWorld {
    let program: Program
    let history: History
    let act: Act
    let isFreeMail: @Sendable (String) -> Bool

    func value(of term: ProgramOperation, for subject: Void) -> Int64 {
        guard case .property(let name, let kind) = term else { return unknown }
        return history.properties.property(name, of: act.properties).map { $0.value(as: kind) } ?? unknown
    }

    func isSo(_ predicate: ProgramOperation, for subject: Void) -> Bool { false }

    func matches(_ text: Int64, pattern: Int32) -> Bool {
        program.patterns[Int(pattern)].matches(history.texts[Int32(text)].lowercased())
    }

    func isFreeMail(_ text: Int64) -> Bool { isFreeMail(history.texts[Int32(text)]) }
}

extension PropertyTable.Property {
    /// As a condition compares it; `unknown` where it is of another kind.
    func value(as wanted: ValueKind) -> Int64 {
        switch (wanted, kind) {
        case (.number, .number), (.money, .money), (.date, .date), (.text, .text), (.truth, .flag): bits
        case (.date, .instant): bits >= 0 ? bits / 86_400_000 : (bits - 86_399_999) / 86_400_000
        default: unknown
        }
    }
}
