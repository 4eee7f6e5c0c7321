internal import Agreement
internal import Engine
internal import Journal
internal import Vocabulary

/// One unit on the way from one place to another.
struct Passage: Hashable, Sendable {
    /// An index in `Ways.all`.
    let way: Int
    let account: Int32
    let person: Int32
    let pass: Int32
    /// A text, the deal's record; −1: a person's way.
    let deal: Int32
    let entered: Instant
    let enteredFact: Int32
    let isStartSkipped: Bool
    let reached: Instant?
    let reachedFact: Int32
    let isEndSkipped: Bool
    /// Into a detour, before anything was reached.
    let left: Instant?
    /// Older than the horizon.
    let isMature: Bool
    /// Mature, and reached within the horizon.
    let isConverted: Bool
    let subject: Subject

    /// How long it took, where it counts for times.
    var time: Elapsed? {
        guard isConverted, !isStartSkipped, !isEndSkipped else { return nil }
        return reached.map { $0 - entered }
    }
}

/// Where ways begin and end.
struct Way: Hashable, Sendable {
    enum Start: Hashable, Sendable {
        case stage(Int)
        /// The first of these activities of each person, a text.
        case activity(Int32)
    }

    let start: Start
    let end: Int
    /// `lead to mql`.
    let name: String
    /// Part of handles.
    let key: String
}

extension Inquiry {
    /// From each stage to the next, and from the first to the last; or the one way that was asked for.
    func ways() throws(ReportProblem) -> [Way] {
        let names = agreement.stages.map(\.name)
        if request[.start] != nil || request[.stage] != nil {
            let end = try stage(.stage).flatMap { names.firstIndex(of: $0) } ?? names.count - 1
            let start = try start(names)
            if case .stage(let first) = start, first >= end {
                throw ReportProblem(
                    "ends-before-it-starts", "stage \(names[end]) does not come after \(names[first])",
                    remedy: "The stages in order: \(names.joined(separator: ", ")).")
            }
            return [way(start, end, names)]
        }
        let steps = names.indices.dropLast().map { way(.stage($0), $0 + 1, names) }
        return steps.count > 1 ? steps + [way(.stage(0), names.count - 1, names)] : steps
    }

    private func start(_ stages: [String]) throws(ReportProblem) -> Way.Start {
        guard let name = request[.start] else { return .stage(0) }
        if let stage = stages.firstIndex(of: name) { return .stage(stage) }
        let history = world.history
        let activities = Set(history.acts.filter { $0.kind == .activity }.map(\.name))
        if let activity = history.texts.number(of: name), activities.contains(activity) { return .activity(activity) }
        let known = activities.map { history.texts[$0] }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        throw .unknown("start", name, among: stages + known)
    }

    private func way(_ start: Way.Start, _ end: Int, _ stages: [String]) -> Way {
        let first =
            switch start {
            case .stage(let stage): stages[stage]
            case .activity(let activity): world.history.texts[activity]
            }
        return Way(start: start, end: end, name: "\(first) to \(stages[end])", key: "\(first)-\(stages[end])")
    }

    /// Every passage of the ways whose start lies in the window, way by way.
    func passages(_ ways: [Way], _ entries: StageEntries) -> [Passage] {
        let owners = PassOwners(company)
        var passages: [Passage] = []
        for (number, way) in ways.enumerated() {
            for start in starts(of: way, entries) where isInWindow(start.instant) {
                guard let passage = passage(number, way, start, entries, owners) else { continue }
                passages.append(passage)
            }
        }
        return passages
    }

    private func starts(of way: Way, _ entries: StageEntries) -> [StageEntry] {
        switch way.start {
        case .stage(let stage):
            let all = entries.entries(into: stage)
            return firstPassOnly ? firstPasses(all) : all
        case .activity(let activity): return firstActivities(activity)
        }
    }

    /// Of each person the first pass that enters, of each deal of nobody's all.
    private func firstPasses(_ entries: [StageEntry]) -> [StageEntry] {
        var first: [Int32: Int32] = [:]
        for entry in entries where entry.person >= 0 {
            first[entry.person] = min(first[entry.person] ?? .max, entry.pass)
        }
        return entries.filter { entry in first[entry.person].map { $0 == entry.pass } ?? true }
    }

    private func firstActivities(_ name: Int32) -> [StageEntry] {
        let history = world.history
        var seen = Set<Int32>()
        var found: [StageEntry] = []
        for (account, entry) in history.accounts.enumerated() {
            for fact in entry.facts where history.at(Int(fact)) <= world.until {
                let act = history.acts[Int(history.act[Int(fact)])]
                let person = history.person[Int(fact)]
                guard act.kind == .activity, act.name == name, person >= 0, seen.insert(person).inserted else {
                    continue
                }
                let unit = StageUnit(account: Int32(account), person: person, pass: -1, deal: -1)
                found.append(
                    StageEntry(
                        unit: unit, person: person, pass: -1, instant: history.at(Int(fact)), stage: -1,
                        isSkipped: false, fact: fact))
            }
        }
        return found
    }

    private func passage(
        _ number: Int, _ way: Way, _ start: StageEntry, _ entries: StageEntries, _ owners: PassOwners
    ) -> Passage? {
        let unit = start.unit
        let subject = subject(of: start, owners)
        guard isChosen(subject) else { return nil }
        let end =
            unit.pass < 0 ? entries.entry(ofPerson: unit.person, into: way.end) : entries.entry(of: unit, into: way.end)
        let isMature = horizon.map { world.until - start.instant >= $0 } ?? true
        let isInTime = end.map { end in horizon.map { end.instant - start.instant <= $0 } ?? true } ?? false
        let left = entries.leaving[
            StageUnit(account: unit.account, person: start.person, pass: start.pass, deal: -1)]
        return Passage(
            way: number, account: unit.account, person: start.person, pass: start.pass,
            deal: unit.deal < 0 ? -1 : outcome.accounts[Int(unit.account)].deals[Int(unit.deal)].record,
            entered: start.instant, enteredFact: start.fact, isStartSkipped: start.isSkipped, reached: end?.instant,
            reachedFact: end?.fact ?? noFact, isEndSkipped: end?.isSkipped ?? false,
            left: end == nil ? left : nil, isMature: isMature, isConverted: isMature && isInTime, subject: subject)
    }

    func subject(of entry: StageEntry, _ owners: PassOwners) -> Subject { company.subject(of: entry, owners) }
}

extension JudgedCompany {
    /// What an entry is told apart by: its pass' owner and grade, its deal where it has one.
    func subject(of entry: StageEntry, _ owners: PassOwners) -> Subject {
        let unit = entry.unit
        let owner = owners[entry.person, entry.pass]
        var subject = Subject(
            at: entry.instant, person: entry.person, owner: owner?.owner ?? -1, team: owner?.team ?? -1,
            grade: owner?.grade ?? -1)
        guard unit.deal >= 0 else { return subject }
        let deal = outcome.accounts[Int(unit.account)].deals[Int(unit.deal)]
        (subject.deal, subject.kind) = (deal, kind(of: deal))
        if let owner = deal.changes.last?.owner, owner >= 0 { subject.owner = owner }
        return subject
    }
}
