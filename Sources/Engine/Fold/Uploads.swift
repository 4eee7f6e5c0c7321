internal import Journal
public import Vocabulary

/// Somebody who came with a list, and is not to be contacted until a ground is shown.
public struct Quarantine: Hashable, Sendable {
    /// When the list was seen to be one.
    public var instant: Instant
    public var person: Int32
    /// Whose list it was, a text.
    public var by: Int32
    public var clause: ClauseID
}

/// Lists that came person by person: as many as the agreement says, made by one user within its time, nobody of whom had
/// consented. A user makes a person by the person's first fact, where that names the user.
struct Uploads: Sendable {
    /// By person.
    private let quarantines: [Int32: Quarantine]

    private struct Made {
        let instant: Instant
        let person: Int32
    }

    /// Linear in facts; of no cost where no version speaks of uploads.
    init(_ history: History, _ versions: [BoundProgram], until: Instant) {
        guard versions.contains(where: { $0.program.gate.uploadPersons > 0 }) else {
            quarantines = [:]
            return
        }
        var byUser: [Int32: [Made]] = [:]
        var isKnown = Array(repeating: false, count: history.persons.count)
        for fact in history.occurred.indices {
            let person = history.person[fact]
            guard person >= 0, !isKnown[Int(person)] else { continue }
            isKnown[Int(person)] = true
            let act = history.acts[Int(history.act[fact])]
            guard act.actor >= 0, act.kind == .observed, history.at(fact) <= until else { continue }
            byUser[act.actor, default: []].append(Made(instant: history.at(fact), person: person))
        }
        var found: [Int32: Quarantine] = [:]
        for (user, made) in byUser {
            let made = made.sorted { ($0.instant.milliseconds, $0.person) < ($1.instant.milliseconds, $1.person) }
            Uploads.find(made, by: user, versions, &found)
        }
        quarantines = found
    }

    /// The window is half-open: who was made a whole time earlier lies outside it.
    private static func find(
        _ made: [Made], by user: Int32, _ versions: [BoundProgram], _ found: inout [Int32: Quarantine]
    ) {
        var first = 0
        for (last, entry) in made.enumerated() {
            guard let version = versions.last(where: { $0.from <= entry.instant }) ?? versions.first,
                version.program.gate.uploadPersons > 0
            else { continue }
            let gate = version.program.gate
            while made[first].instant + gate.uploadWithin <= entry.instant { first += 1 }
            guard last - first + 1 >= Int(gate.uploadPersons) else { continue }
            for member in made[first...last] where found[member.person] == nil {
                found[member.person] = Quarantine(
                    instant: entry.instant, person: member.person, by: user, clause: gate.uploadClause)
            }
        }
    }

    subscript(person: Int32) -> Quarantine? { quarantines.isEmpty ? nil : quarantines[person] }
}
