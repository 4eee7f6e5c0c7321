internal import Agreement
internal import Engine
internal import Journal
internal import Vocabulary

extension OutcomeTable {
    static let about = OutcomeTable(
        "about", "One row: what the tables are of.",
        fields: { (fields: inout TableFields<JudgedCompany>) in
            fields.text("company", "the company's name") { company, _ in company.agreement.company.name.value }
            fields.text("agreement", "the digest of the agreement in force at the end") { company, _ in
                company.agreement.digest
            }
            fields.text("zone", "the company's zone") { company, _ in company.zone.name }
            fields.text("currency", "the company's currency") { company, _ in
                company.agreement.company.currencies.base.value.code
            }
            fields.instant("evaluated_to", "facts that occurred until then are in the tables") { company, _ in
                company.world.until
            }
            fields.instant("known_by", "only what was known then is in the tables; empty: all that is known") {
                company, _ in
                company.knownBy
            }
        }
    ) { [$0.company] }

    static let person = OutcomeTable(
        "person", "Everybody whom facts name, and where they stand.",
        fields: { (fields: inout TableFields<PersonRow>) in
            fields.text("person", "the name of the person in these tables") { $1.person($0.person) }
            fields.text("account", "the account that the person belongs to") { record, source in
                source.company.accountName(record.account)
            }
            fields.text("stage", "where the person stands; empty: before the first stage, or in a detour") {
                record, source in
                guard let standing = record.standing, standing.detour < 0 else { return nil }
                return source.stage(standing.stage, record.version)
            }
            fields.text("detour", "the detour the person is in") { record, source in
                guard let standing = record.standing, standing.detour >= 0 else { return nil }
                let program = source.world.versions[Int(record.version)].program
                return program.names[Int(program.detours[Int(standing.detour)].name)]
            }
            fields.integer("pass", "the number of the pass, from 1") { record, _ in
                record.standing.map { Int64($0.pass) }
            }
            fields.instant("since", "since when the person stands there") { record, _ in record.standing?.since }
            fields.integer("engagement", "the score, in millionths of a point") { record, _ in
                record.standing?.engagement.micropoints
            }
            fields.integer("fit", "the fit, in millionths of a point") { record, _ in record.standing?.fit.micropoints }
            fields.text("grade", "the letter of the fit") { record, source in
                guard let standing = record.standing, standing.grade >= 0 else { return nil }
                let program = source.world.versions[Int(record.version)].program
                return program.names[Int(program.grades[Int(standing.grade)].name)]
            }
        }
    ) { PersonRow.all($0) }

    static let pass = OutcomeTable(
        "pass", "One pass of a person through the stages.",
        fields: { (fields: inout TableFields<PassRow>) in
            fields.text("person", "the person") { $1.person($0.person) }
            fields.integer("pass", "the number of the pass, from 1") { record, _ in Int64(record.pass) }
            fields.instant("began", "the first move of the pass") { record, _ in record.began }
            fields.text("furthest_stage", "the furthest stage that was entered or passed over") { record, source in
                record.furthest.map { source.stages.names[$0] }
            }
            fields.text("left_to", "the detour that ended it") { record, _ in record.leftTo }
            fields.instant("left", "when it ended in a detour") { record, _ in record.left }
            fields.text("reason", "the reason of the verdict that ended it") { $1.text($0.reason) }
            fields.text("owner", "who had the last hand-over of the pass") { record, source in
                source.owners[record.person, record.pass].flatMap { source.text($0.owner) }
            }
            fields.text("team", "the team that it went to by the agreement") { record, source in
                source.owners[record.person, record.pass].flatMap { source.text($0.team) }
            }
            fields.text("grade", "the grade at the last hand-over of the pass") { record, source in
                source.owners[record.person, record.pass].flatMap { source.text($0.grade) }
            }
        }
    ) { PassRow.all($0) }

    static let stageEntry = OutcomeTable(
        "stage_entry", "The first entry of a person in a pass, or of a deal, into a stage.",
        fields: { (fields: inout TableFields<EntryRow>) in
            fields.integer("unit", "whoever goes from stage to stage: the same number in each of its entries") {
                $1.units[$0.entry.unit]
            }
            fields.text("account", "the account") { record, source in
                source.company.accountName(record.entry.unit.account)
            }
            fields.text("person", "the person, or whom the deal is credited to") { $1.person($0.entry.person) }
            fields.integer("pass", "the person's pass") { record, _ in Int64(record.entry.pass) }
            fields.text("deal", "the deal, where a deal moves") { record, source in
                let unit = record.entry.unit
                guard unit.deal >= 0 else { return nil }
                return source.text(source.company.outcome.accounts[Int(unit.account)].deals[Int(unit.deal)].record)
            }
            fields.text("stage", "the stage, as the agreement in force calls it") { record, source in
                source.stages.names[record.entry.stage]
            }
            fields.integer("position", "the stage's place, from 1") { record, _ in Int64(record.entry.stage + 1) }
            fields.instant("entered", "when") { record, _ in record.entry.instant }
            fields.flag("is_skipped", "the stage was passed over") { record, _ in record.entry.isSkipped }
            fields.flag("counts", "an entry of the funnel: deals where deals move into the stage, else persons") {
                record, _ in
                record.counts
            }
            fields.text("owner", "whose it is: the deal's owner, else who had the last hand-over of the pass") {
                $1.text($0.subject.owner)
            }
            fields.text("team", "the team that the last hand-over of the pass went to by the agreement") {
                $1.text($0.subject.team)
            }
            fields.text("grade", "the grade at the last hand-over of the pass") { $1.text($0.subject.grade) }
            fields.text("kind", "the kind of the deal, where a deal moves") { $1.text($0.subject.kind) }
            fields.instant("left", "when the pass ended in a detour") { record, source in
                let unit = record.entry.unit
                return source.entries.leaving[
                    StageUnit(account: unit.account, person: record.entry.person, pass: record.entry.pass, deal: -1)]
            }
            fields.integer("fact", "the fact that brought it, by its number in the journal; empty: the passing of time")
            {
                $1.fact($0.entry.fact)
            }
        }
    ) { source in
        source.stages.names.indices.flatMap { stage -> [EntryRow] in
            let counting = Set(source.entries.entries(into: stage))
            return source.entries.entries.filter { $0.stage == stage }.map {
                EntryRow(
                    entry: $0, counts: counting.contains($0), subject: source.company.subject(of: $0, source.owners))
            }
        }
    }

    static let consent = OutcomeTable(
        "consent", "What somebody said, or a system recorded, about being contacted.",
        fields: { (fields: inout TableFields<ConsentRow>) in
            fields.text("person", "the person") { $1.person($1.world.history.person[Int($0.fact)]) }
            fields.text("what", "given, withdrawn or objected") { record, _ in record.what }
            fields.text("purpose", "what for") { record, source in source.property("purpose", of: record.fact) }
            fields.text("channel", "how") { record, source in source.property("channel", of: record.fact) }
            fields.text("basis", "the legal ground") { record, source in source.property("basis", of: record.fact) }
            fields.text("proof", "where it can be looked up") { record, source in
                source.property("proof", of: record.fact)
            }
            fields.instant("occurred", "when") { record, source in source.world.history.at(Int(record.fact)) }
            fields.integer("fact", "its number in the journal") { $1.fact($0.fact) }
        }
    ) { source in
        source.facts.compactMap { fact, kind in
            switch kind {
            case .consentGiven: ConsentRow(fact: fact, what: "given")
            case .consentWithdrawn: ConsentRow(fact: fact, what: "withdrawn")
            case .consentObjected: ConsentRow(fact: fact, what: "objected")
            default: nil
            }
        }
    }
}

struct ConsentRow: Sendable {
    let fact: Int32
    let what: String
}

struct EntryRow: Sendable {
    let entry: StageEntry
    let counts: Bool
    let subject: Subject
}

struct PersonRow: Sendable {
    let person: Int32
    let account: Int32
    let standing: Engine.Standing?
    /// Of the agreement in force.
    let version: Int32

    static func all(_ source: TableSource) -> [PersonRow] {
        var standings: [Int32: Engine.Standing] = [:]
        for standing in source.company.outcome.accounts.flatMap(\.standings) { standings[standing.person] = standing }
        let version = Int32(source.world.versions.lastIndex { $0.from <= source.world.until } ?? 0)
        return source.world.history.persons.indices.map { index in
            PersonRow(
                person: Int32(index), account: source.world.history.persons[index].account,
                standing: standings[Int32(index)], version: version)
        }
    }
}

struct PassRow: Sendable {
    let person: Int32
    let pass: Int32
    let began: Instant
    var furthest: Int?
    var leftTo: String?
    var left: Instant?
    var reason: Int32 = -1

    private struct Key: Hashable { let person, pass: Int32 }

    static func all(_ source: TableSource) -> [PassRow] {
        source.company.outcome.accounts.flatMap { account -> [PassRow] in
            var rows: [PassRow] = []
            var places: [Key: Int] = [:]
            for move in account.moves where move.person >= 0 && move.change != .alsoOnDeal {
                let key = Key(person: move.person, pass: move.pass)
                let place = places[key] ?? rows.count
                if place == rows.count {
                    places[key] = place
                    rows.append(PassRow(person: move.person, pass: move.pass, began: move.instant))
                }
                rows[place].note(move, source)
            }
            return rows
        }
    }

    private mutating func note(_ move: Move, _ source: TableSource) {
        guard move.change != .wentAway else {
            let program = source.world.versions[Int(move.version)].program
            leftTo = program.names[Int(program.detours[Int(move.stage)].name)]
            (left, reason) = (move.instant, move.reason)
            return
        }
        guard move.change != .expanded, let stage = source.stages[move.version, move.stage] else { return }
        furthest = max(furthest ?? stage, stage)
    }
}

extension TableSource {
    /// Every fact of an account until the end, with its kind.
    var facts: [(Int32, FactKind)] {
        let history = world.history
        return (0..<history.count).compactMap { fact in
            history.at(fact) <= world.until ? (Int32(fact), history.acts[Int(history.act[fact])].kind) : nil
        }
    }

    /// What a fact says under a name, in words.
    func property(_ name: String, of fact: Int32) -> String? {
        world.history.texts.number(of: name).flatMap { world.history.shown($0, in: fact) }
    }

    func actor(_ fact: Int32) -> String? {
        text(world.history.acts[Int(world.history.act[Int(fact)])].actor)
    }
}
