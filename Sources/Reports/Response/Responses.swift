internal import Agreement
internal import Engine
internal import Journal
internal import Vocabulary

/// One hand-over, from told to the first response.
struct ResponseRecord: Hashable, Sendable {
    let account: Int32
    let person: Int32
    let pass: Int32
    /// An index in the stages of the agreement in force.
    let stage: Int
    let told: Instant
    let readyFact: Int32
    let responded: Instant?
    let responseFact: Int32
    /// Until the response, or until the end of what is known.
    let wait: Elapsed
    /// An index in `ResponseBand.all`; `nil`: unanswered.
    let band: Int?
    /// What became of the promise to respond; `nil`: it was not promised, or is not decided.
    let isInTime: Bool?
    let isQualified: Bool
    let subject: Subject
}

/// How soon somebody was answered.
struct ResponseBand: Hashable, Sendable {
    let key: String
    let title: String
    /// At most; `nil`: whatever is longer.
    let within: Budget?

    /// In physical time, or each in business time.
    static func all(in time: WaitingTime) -> [ResponseBand] {
        func budget(_ count: Int, _ unit: Budget.Unit) -> Budget? {
            try? Budget(count, unit, business: time == .business)
        }
        return [
            ResponseBand(key: "minutes_5", title: "5 minutes", within: budget(5, .minute)),
            ResponseBand(key: "hour_1", title: "1 hour", within: budget(1, .hour)),
            ResponseBand(key: "hours_4", title: "4 hours", within: budget(4, .hour)),
            ResponseBand(key: "day_1", title: "1 day", within: budget(1, .day)),
            ResponseBand(key: "later", title: "later", within: nil),
        ]
    }
}

extension Inquiry {
    /// Hand-overs that were ready and told of in the window, with the first response by anyone.
    func responses(to stages: [Int], in time: WaitingTime) -> [ResponseRecord] {
        let clock = ResponseClock(company, StageEntries(company))
        return outcome.accounts.flatMap { account -> [ResponseRecord] in
            guard !account.handOvers.isEmpty else { return [] }
            let answers = clock.answers(account)
            return account.handOvers.enumerated().compactMap { number, handOver in
                guard !firstPassOnly || handOver.pass <= 1,
                    let record = clock.record(account, Int32(number), handOver, answers, in: time),
                    stages.contains(record.stage), isInWindow(record.told), isChosen(record.subject)
                else { return nil }
                return record
            }
        }
    }
}

/// From told to the first response, for any hand-over of a company.
struct ResponseClock: Sendable {
    private let company: JudgedCompany
    private let stages: StageNumbers
    private let words: ResponseWords
    private let entries: StageEntries

    init(_ company: JudgedCompany, _ entries: StageEntries) {
        (self.company, self.entries) = (company, entries)
        stages = StageNumbers(company)
        words = ResponseWords(company.world.history.texts)
    }

    private var world: FoldWorld { company.world }

    func answers(_ account: AccountOutcome) -> Answers { Answers(account, words, world) }

    /// `nil`: it was never ready, lies before go-live, or its stage is none of today's.
    func record(
        _ account: AccountOutcome, _ number: Int32, _ handOver: HandOver, _ answers: Answers, in time: WaitingTime
    ) -> ResponseRecord? {
        guard let stage = stages[handOver.version, handOver.stage], let ready = handOver.ready,
            !handOver.isBeforeStart
        else { return nil }
        let told = max(ready, handOver.owners.first?.since ?? ready)
        let answer = answers.first(for: handOver.person, from: told)
        let calendar = calendar(of: handOver)
        let end = max(told, answer?.instant ?? world.until)
        return ResponseRecord(
            account: account.account, person: handOver.person, pass: handOver.pass, stage: stage, told: told,
            readyFact: handOver.readyFact, responded: answer?.instant, responseFact: answer?.fact ?? noFact,
            wait: time == .physical ? end - told : calendar.elapsed(from: told, to: end),
            band: answer.map { band(calendar, told, $0.instant, time) }, isInTime: isInTime(number, account),
            isQualified: isQualified(handOver, stage), subject: subject(of: handOver, at: told))
    }

    private func band(_ calendar: WorkingTime, _ told: Instant, _ answered: Instant, _ time: WaitingTime) -> Int {
        let bands = ResponseBand.all(in: time)
        return bands.firstIndex { band in
            band.within.map { isWithin($0, calendar, told, answered) } ?? true
        } ?? bands.count - 1
    }

    private func isWithin(_ budget: Budget, _ calendar: WorkingTime, _ told: Instant, _ answered: Instant) -> Bool {
        (try? calendar.deadline(from: told, budget: budget)).map { answered <= $0 } ?? true
    }

    /// A hand-over as it is told apart: by its first owner, who owes the response.
    private func subject(of handOver: HandOver, at told: Instant) -> Subject {
        let owner = company.owner(of: handOver)
        return Subject(
            at: told, person: handOver.person, owner: handOver.owners.first?.owner ?? -1, team: owner.team,
            grade: owner.grade)
    }

    private func calendar(of handOver: HandOver) -> WorkingTime {
        let owner = company.owner(of: handOver)
        return world.staff.calendar(of: handOver.owners.first?.owner ?? -1, orTeam: owner.team)
    }

    private func isInTime(_ handOver: Int32, _ account: AccountOutcome) -> Bool? {
        let clock = account.clocks.first { $0.handOver == handOver && $0.promise == .respond }
        switch clock?.state {
        case .met: return true
        case .missed, .metLate: return false
        case .running, .withdrawn, .rested, nil: return nil
        }
    }

    /// Whether the pass came to the stage that says so: that of the promise to qualify, else the one after the hand-over.
    private func isQualified(_ handOver: HandOver, _ stage: Int) -> Bool {
        guard let goal = company.qualifiedStage(after: stage) else { return false }
        let unit = StageUnit(
            account: world.history.persons[Int(handOver.person)].account, person: handOver.person,
            pass: handOver.pass, deal: -1)
        return entries.entry(of: unit, into: goal) != nil
    }
}

extension JudgedCompany {
    /// The stage that says that somebody handed over at a stage is qualified: that of the promise to qualify, else the next.
    func qualifiedStage(after stage: Int) -> Int? {
        let names = agreement.stages.map(\.name)
        let promised = agreement.promises.sales.qualify.flatMap(\.all).compactMap { terms in
            names.firstIndex(of: terms.to.value).flatMap { $0 > stage ? $0 : nil }
        }
        return promised.first ?? (stage + 1 < names.count ? stage + 1 : nil)
    }
}

/// What facts call that which makes a touch a response.
struct ResponseWords: Sendable {
    let direction, outward, automatic, typed: Int32

    init(_ texts: Texts) {
        func number(_ text: String) -> Int32 { texts.number(of: text) ?? -2 }
        (direction, outward, automatic, typed) = (
            number("direction"), number("outward"), number("automatic"), number("typed")
        )
    }
}

/// The responses towards each person of an account: outward touches that are not automatic, and meetings booked.
struct Answers: Sendable {
    private var byPerson: [Int32: [(instant: Instant, fact: Int32)]] = [:]

    init(_ account: AccountOutcome, _ words: ResponseWords, _ world: FoldWorld) {
        let history = world.history
        for fact in history.accounts[Int(account.account)].facts where history.person[Int(fact)] >= 0 {
            let act = history.acts[Int(history.act[Int(fact)])]
            guard act.kind == .touch || act.kind == .meetingBooked else { continue }
            func property(_ name: Int32) -> Int64? { history.properties.property(name, of: act.properties)?.bits }
            if act.kind == .touch, property(words.direction) != Int64(words.outward) || property(words.automatic) == 1 {
                continue
            }
            // A hand-typed one counts from when it was written down.
            let known = Instant(milliseconds: history.known(Int(fact)))
            let instant = property(words.typed) == 1 ? max(known, history.at(Int(fact))) : history.at(Int(fact))
            if instant <= world.until { byPerson[history.person[Int(fact)], default: []].append((instant, fact)) }
        }
    }

    func first(for person: Int32, from told: Instant) -> (instant: Instant, fact: Int32)? {
        byPerson[person]?.filter { $0.instant >= told }.min { ($0.instant, $0.fact) < ($1.instant, $1.fact) }
    }
}
