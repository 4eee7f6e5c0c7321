internal import Journal
internal import Vocabulary

/// Tells of every act what it is an occurrence of. Verdicts and deals are left to the fold.
struct Recognition {
    private let program: Program
    private let conditions: ConditionProgram
    private let names: [Int32]
    private let history: History
    private let isFreeMail: @Sendable (String) -> Bool
    private let implied: [[Int32]]

    init(
        _ program: Program, _ conditions: ConditionProgram, _ names: [Int32], _ history: History,
        _ isFreeMail: @escaping @Sendable (String) -> Bool
    ) {
        (self.program, self.conditions, self.names) = (program, conditions, names)
        (self.history, self.isFreeMail) = (history, isFreeMail)
        implied = program.happenings.indices.map { program.implied(by: Int32($0)) }
    }

    /// The happenings of all acts, one behind the other, and where those of each act end.
    func everything() -> (ends: [Int32], happenings: [Int32]) {
        var ends: [Int32] = []
        ends.reserveCapacity(history.acts.count)
        var all: [Int32] = []
        for act in history.acts {
            var found: [Int32] = []
            for index in program.happenings.indices where isOccurrence(act, of: program.happenings[index]) {
                found += implied[index]
            }
            if found.count > 1 { found = Set(found).sorted() }
            all += found
            ends.append(Int32(all.count))
        }
        return (ends, all)
    }

    private func isOccurrence(_ act: Act, of happening: ProgramHappening) -> Bool {
        switch happening {
        case .fact(let kind): act.kind == kind && kind.family != .deal
        case .event(let set, let filter):
            act.kind == .activity && conditions.sets[Int(set)].contains(Int64(act.name)) && passes(act, filter)
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
        return conditions.holds(filter, for: (), in: world)
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
