import Agreement
import Answers
import ArgumentParser
import Engine
import Foundation
import Journal
import StoreSQLite
import Vocabulary

/// `interlock absence`: who is away, and who has left. Whoever is gets no lead; at its start untouched ones go to others.
struct AbsenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "absence", abstract: "State who is away and who has left.",
        discussion: """
            interlock absence add jonas@acme.example 2026-08-03 2026-08-21
            interlock absence import jonas@acme.example holidays.ics
            interlock absence end jonas@acme.example 2026-08-03 --last 2026-08-14
            interlock absence leaves mira@acme.example 2026-09-30
            interlock absence list

            Facts of the company, beside the roster of the agreement, which needs no new signature for them. Whoever is away \
            receives no lead; when it begins, leads that nobody has turned to yet go to others. Whoever leaves hands those \
            over at once, and the open ones go to the manager.
            """,
        subcommands: [AddAbsence.self, EndAbsence.self, ImportAbsences.self, RepLeaves.self, ListAbsences.self])
}

struct AddAbsence: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Say that somebody will be away.")

    @OptionGroup var journal: JournalOption
    @Argument(help: "The rep's address.") var rep: String
    @Argument(help: "The first day: 2026-08-03.") var from: CivilDate
    @Argument(help: "The last day.") var until: CivilDate
    @Option(help: "Why, for whoever may see it.") var reason: String = ""

    func run() throws {
        try reportingTrouble {
            let office = try AbsenceOffice(journal)
            let absence = Absence(rep: rep, from: from, until: until, reason: reason)
            try office.state([absence])
            print("\(rep) is away from \(from) through \(until).")
        }
    }
}

struct EndAbsence: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "end", abstract: "Take an absence or a departure back, or give it another last day.")

    @OptionGroup var journal: JournalOption
    @Argument(help: "The rep's address.") var rep: String
    @Argument(help: "The first day that was stated.") var from: CivilDate
    @Option(help: "The new last day; without it the absence is taken back whole.") var last: CivilDate?
    @Flag(help: "Take back that they leave.") var departure = false

    func validate() throws {
        if departure, last != nil { throw ValidationError("--departure: who stays has no last day") }
    }

    func run() throws {
        try reportingTrouble {
            let office = try AbsenceOffice(journal)
            guard let stated = office.absences.absence(of: rep, from: from, isDeparture: departure) else {
                throw ValidationError(AbsenceFault.notStated(rep, from).sentence)
            }
            guard let last else {
                try office.withdraw(stated)
                return print("\(rep) is there from \(from) on, as if nothing had been said.")
            }
            try office.state([Absence(rep: rep, from: from, until: last, reason: stated.reason)])
            print("\(rep) is away from \(from) through \(last).")
        }
    }
}

struct ImportAbsences: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take absences out of a calendar file (.ics): its events of whole days.")

    @OptionGroup var journal: JournalOption
    @Argument(help: "The rep's address.") var rep: String
    @Argument(help: "The file.", completion: .file(extensions: ["ics"])) var file: String

    func run() throws {
        try reportingTrouble {
            let office = try AbsenceOffice(journal)
            guard let data = FileManager.default.contents(atPath: file) else {
                throw Trouble("\(file) cannot be read", remedy: "Check its name, and who may read it.")
            }
            do {
                let absences = try Absence.all(inICS: Array(data), of: rep, years: office.years)
                try office.state(absences)
                for absence in absences {
                    print("\(rep) is away from \(absence.from) through \(absence.until ?? absence.from).")
                }
            } catch let fault as AbsenceFault {
                throw ValidationError("\(file): \(fault.sentence)")
            }
        }
    }
}

struct RepLeaves: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "leaves", abstract: "Say that somebody is gone for good from a day on.")

    @OptionGroup var journal: JournalOption
    @Argument(help: "The rep's address.") var rep: String
    @Argument(help: "The first day without them.") var from: CivilDate

    func run() throws {
        try reportingTrouble {
            try AbsenceOffice(journal).state([Absence(rep: rep, from: from, until: nil)])
            print("\(rep) is gone from \(from) on.")
        }
    }
}

struct ListAbsences: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Print who is away, and who has left.")

    @OptionGroup var journal: JournalOption
    @Flag(help: "Those that are over, too.") var all = false

    func run() throws {
        try reportingTrouble {
            let office = try AbsenceOffice(journal)
            let shown = office.absences.all.filter { all || !$0.isOver(on: office.today) }
            guard !shown.isEmpty else { return print("Nobody has said that anybody is away.") }
            let rows = shown.map { [$0.rep, "\($0.from)", $0.until.map { "\($0)" } ?? "for good", $0.reason] }
            print(TextTable(rows: [["rep", "from", "through", "why"]] + rows).text)
        }
    }
}

/// Where absences are stated from the command line.
private struct AbsenceOffice {
    private let store: SQLiteJournal
    private let evaluation: Evaluation
    let absences: Absences
    let today: CivilDate

    init(_ journal: JournalOption) throws {
        store = try journal.open()
        let history = try Evaluation.history(of: store)
        let agreements = try AgreementsOfRun(inForce: AgreementJournal(store).versions.all, at: .now)
        guard !agreements.versions.isEmpty else {
            throw Trouble(
                "no agreement is in force, so nobody is a rep yet", remedy: "Sign one first: `interlock sign --help`.")
        }
        evaluation = try Evaluation(of: history, under: agreements, until: .now)
        absences = Absences(history)
        today = agreements.version(at: .now).agreement.zone.civil(at: .now).date
    }

    var years: ClosedRange<Int> { (today.year - 1)...(today.year + 2) }

    func state(_ stated: [Absence]) throws {
        for absence in stated {
            if let fault = absence.fault(among: evaluation.world.staff, evaluation.world.history.texts) {
                throw ValidationError(fault.sentence)
            }
        }
        try append(stated.map { $0.fact(by: nil, at: .now) })
    }

    func withdraw(_ absence: Absence) throws { try append([absence.fact(by: nil, at: .now, isWithdrawn: true)]) }

    private func append(_ facts: [Fact]) throws {
        var batch = FactBatch()
        for fact in facts { batch.append(fact) }
        _ = try store.append(JournalGroup([batch]))
    }
}
