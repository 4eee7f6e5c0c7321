/// Something that changed a contact's record.
struct Change: Sendable {
    enum Kind: UInt8, Sendable {
        /// The contact was created.
        case created
        /// `value` is a `ContactState.Stage`.
        case stage
        /// `value` is an index into `Roster.emails`.
        case owner
        case optedOut
        /// Another record was merged into this one; `value` is that person.
        case absorbed
        /// The job title changed.
        case retitled
    }

    let at: UInt32
    let person: UInt32
    let value: UInt32
    let kind: Kind
}

/// A contact's record as it stands at some instant.
struct ContactState {
    enum Stage: UInt32 {
        case lead, qualified, salesQualified, opportunity, customer
    }

    var stage = Stage.lead
    var owner: Int?
    var optedOut = false
    var absorbed: Int?
    var titleOffset = 0
    /// When the record last changed; 0 while it does not exist.
    var modified: UnixTime = 0
    /// Whether sales has received the person, who then has a record in the CRM, too.
    var isInCRM = false

    mutating func apply(_ change: Change) {
        modified = Int(change.at)
        switch change.kind {
        case .created: break
        case .stage:
            stage = Stage(rawValue: change.value)!
            if stage != .lead { isInCRM = true }
        case .owner:
            owner = Int(change.value)
            isInCRM = true
        case .optedOut: optedOut = true
        case .absorbed: absorbed = Int(change.value)
        case .retitled: titleOffset += 1
        }
    }
}

/// The histories of all contact records, ordered by person and time.
struct Records: Sendable {
    let changes: [Change]
    /// Where each person's changes begin; one more entry than persons.
    private let starts: [UInt32]

    /// `lives` are the changes that sales brought about; the others follow from the persons.
    init(_ people: People, _ lives: [Change]) {
        var changes = lives
        for (index, person) in people.persons.enumerated() where person.isContact {
            Records.own(UInt32(index), person, people) { changes.append($0) }
        }
        changes.sort { ($0.person, $0.at, $0.kind.rawValue, $0.value) < ($1.person, $1.at, $1.kind.rawValue, $1.value) }
        var starts = [UInt32](repeating: 0, count: people.persons.count + 1)
        for change in changes { starts[Int(change.person) + 1] += 1 }
        for index in 1..<starts.count { starts[index] += starts[index - 1] }
        (self.changes, self.starts) = (changes, starts)
    }

    private static func own(_ index: UInt32, _ person: Person, _ people: People, _ add: (Change) -> Void) {
        add(Change(at: person.identified, person: index, value: 0, kind: .created))
        if person.optedOut != Person.never {
            add(Change(at: person.optedOut, person: index, value: 0, kind: .optedOut))
        }
        if person.twin != Person.nobody, person.gone != Person.never {
            add(Change(at: person.gone, person: person.twin, value: index, kind: .absorbed))
        }
        var dice = Dice(seed: people.options.seed, .page, Int(index))
        let retitled = Int(person.identified) + dice.within(20...300) * secondsPerDay
        if dice.perMille(12), retitled < people.timeline.end {
            add(Change(at: UInt32(retitled), person: index, value: 0, kind: .retitled))
        }
    }

    func history(_ person: Int) -> ArraySlice<Change> {
        changes[Int(starts[person])..<Int(starts[person + 1])]
    }

    /// The record as of just before `at`.
    func state(_ person: Int, before at: UnixTime) -> ContactState {
        var state = ContactState()
        for change in history(person) {
            guard Int(change.at) < at else { break }
            state.apply(change)
        }
        return state
    }
}
