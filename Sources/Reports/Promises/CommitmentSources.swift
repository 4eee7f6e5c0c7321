internal import Agreement
internal import Engine
internal import Journal
internal import Vocabulary

/// What commitments are counted from, looked up once.
struct CommitmentSources: Sendable {
    /// A lead at a stage that hands over.
    struct Lead: Hashable, Sendable {
        let account: Int32
        let handOver: HandOver
        /// An index in the stages of the agreement in force.
        let stage: Int
        let subject: Subject
    }

    /// Something we did towards a person, on a channel that the gate knows.
    struct Contact: Hashable, Sendable {
        let account: Int32
        let person: Int32
        let actor: Int32
        let instant: Instant
        let isAllowed: Bool
        let fact: Int32
    }

    struct SourcedDeal: Hashable, Sendable {
        let account: Int32
        let deal: DealOutcome
        let source: DealSource
        let subject: Subject
    }

    let leads: [Lead]
    let entries: StageEntries
    let owners: PassOwners
    let clocks: [ClockRecord]
    let contacts: [Contact]
    let deals: [SourcedDeal]
    let exchange: Exchange

    init(_ inquiry: Inquiry) {
        let company = inquiry.company
        let numbers = StageNumbers(company)
        entries = StageEntries(company)
        owners = PassOwners(company)
        clocks = inquiry.clocks()
        exchange = Exchange(company)
        leads = inquiry.outcome.accounts.flatMap { account in
            account.handOvers.compactMap { handOver -> Lead? in
                guard let stage = numbers[handOver.version, handOver.stage], !handOver.isBeforeStart else { return nil }
                let owner = company.owner(of: handOver)
                let subject = Subject(
                    at: handOver.ready ?? handOver.entered, person: handOver.person, owner: owner.owner,
                    team: owner.team, grade: owner.grade)
                guard inquiry.isChosen(subject) else { return nil }
                return Lead(account: account.account, handOver: handOver, stage: stage, subject: subject)
            }
        }
        contacts = inquiry.contacts()
        deals = inquiry.sourcedDeals()
    }
}

extension Inquiry {
    /// What reps did by hand towards people, on channels for which there is a purpose.
    fileprivate func contacts() -> [CommitmentSources.Contact] {
        let history = world.history
        let words = ResponseWords(history.texts)
        guard let channel = history.texts.number(of: "channel") else { return [] }
        let channels = Set(agreement.consent.purposes.map { $0.channel.value.rawValue })
        let refused = Set(outcome.accounts.flatMap(\.breaches).map(\.fact))
        return (0..<history.count).compactMap { fact -> CommitmentSources.Contact? in
            let act = history.acts[Int(history.act[fact])]
            let (person, instant) = (history.person[fact], history.at(fact))
            guard act.kind == .touch, person >= 0, act.actor >= 0, instant <= world.until, words.isOurs(act, history),
                let said = history.properties.property(channel, of: act.properties), said.kind == .text,
                channels.contains(Inquiry.means(of: history.texts[Int32(said.bits)]))
            else { return nil }
            guard isChosen(Subject(at: instant, person: person, owner: act.actor)) else { return nil }
            return CommitmentSources.Contact(
                account: history.persons[Int(person)].account, person: person, actor: act.actor, instant: instant,
                isAllowed: !refused.contains(Int32(fact)), fact: Int32(fact))
        }
    }

    /// A call is on the phone.
    private static func means(of channel: String) -> String { channel == "call" ? "phone" : channel }

    fileprivate func sourcedDeals() -> [CommitmentSources.SourcedDeal] {
        let reading = DealSources(self)
        return deals { $0.changes.first?.instant }.map { record in
            CommitmentSources.SourcedDeal(
                account: record.account, deal: record.deal, source: reading.source(of: record.deal, in: record.account),
                subject: record.subject)
        }
    }
}

/// Whose the first touch before a deal was.
enum DealSource: String, Hashable, Sendable {
    case marketing, sales
    /// Nothing within the window.
    case unknown = "not known"
}

/// Of the persons on a deal, else of its account: the first thing within the attribution window before it was opened. What
/// people did themselves, and what machines sent them, is marketing's; what a rep did by hand is sales'.
struct DealSources: Sendable {
    private let world: FoldWorld
    private let words: ResponseWords
    private let window: Elapsed

    init(_ inquiry: Inquiry) {
        world = inquiry.world
        words = ResponseWords(inquiry.world.history.texts)
        window = inquiry.agreement.attribution.reach
    }

    func source(of deal: DealOutcome, in account: Int32) -> DealSource {
        guard let opened = deal.changes.first?.instant else { return .unknown }
        let persons = Set(deal.persons)
        let history = world.history
        for fact in history.accounts[Int(account)].facts {
            let (instant, person) = (history.at(Int(fact)), history.person[Int(fact)])
            if instant >= opened { break }
            guard opened - instant <= window, persons.isEmpty || persons.contains(person) else { continue }
            let act = history.acts[Int(history.act[Int(fact)])]
            switch act.kind {
            case .activity: return .marketing
            case .touch: return words.isOurs(act, history) && act.actor >= 0 ? .sales : .marketing
            case .meetingBooked, .meetingHeld: return .sales
            default: continue
            }
        }
        return .unknown
    }
}
