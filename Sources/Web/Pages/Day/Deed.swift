internal import Agreement
internal import Engine
internal import Foundation
internal import Journal
internal import Reports
internal import Vocabulary

/// What somebody may do about a lead that they have.
enum Deed: String, CaseIterable, Sendable {
    case accept
    case reject
    case touch
    case heard
    case recycle

    /// As the page says once it is done.
    var done: String {
        switch self {
        case .accept: "Accepted"
        case .reject: "Rejected"
        case .touch: "Noted"
        case .heard: "Passed on to marketing"
        case .recycle: "Sent back"
        }
    }
}

/// How a rep turned to a person, or they to the rep, as a form says it.
enum TouchWay: String, CaseIterable, Sendable {
    case call
    case email
    case meeting
    case chat
    case social
    case letter
    case other
    case booked
    case held
    case missed

    var words: String {
        switch self {
        case .call: "call"
        case .email: "e-mail"
        case .meeting: "talk face to face"
        case .chat: "chat"
        case .social: "social network"
        case .letter: "letter"
        case .other: "something else"
        case .booked: "meeting booked"
        case .held: "meeting held"
        case .missed: "they did not come to the meeting"
        }
    }

    /// What it is told as; channels are touches.
    var kind: FactKind {
        switch self {
        case .booked: .meetingBooked
        case .held: .meetingHeld
        case .missed: .meetingMissed
        default: .touch
        }
    }
}

/// A deed as somebody states it in a form.
struct StatedDeed: Sendable {
    let deed: Deed
    let subject: DeedSubject
    let note: String
    private let reason: String
    private let mark: String
    private let way: String
    private let isInward: Bool
    private let outcome: String
    private let until: String

    /// `nil`: the form says of no deed.
    init?(_ fields: FormFields) {
        guard let deed = Deed(rawValue: fields["deed"]) else { return nil }
        (self.deed, subject) = (deed, DeedSubject(fields))
        note = fields["note"].trimmingCharacters(in: .whitespacesAndNewlines)
        (reason, mark, way) = (fields["reason"], fields["mark"], fields["way"])
        (isInward, outcome, until) = (fields["direction"] == "inward", fields["outcome"], fields["until"])
    }

    static let outcomes = ["reached", "no answer", askedForLater]
    static let askedForLater = "asked_for_later"
    private static let longestNote = 2000

    // MARK: May it be?

    /// What keeps it from being done; `nil`: nothing does.
    func fault(of open: OpenLead?, by worker: Worker, under company: JudgedCompany) -> String? {
        guard let open, open.stage(company) == subject.stage, String(open.pass) == subject.pass else {
            return "This lead has moved on since the page was shown. Look where it stands now."
        }
        guard worker.mayWork(open, company) else {
            return "This lead is somebody else’s now: \(company.text(open.handOver.owner, none: "nobody"))."
        }
        guard subject.form.hasPrefix(worker.mark), subject.form.utf8.count <= 64 else {
            return "This form is not whole any more. Open the page again."
        }
        guard note.utf8.count <= StatedDeed.longestNote else {
            return "The note is longer than 2,000 bytes. Say it in fewer words."
        }
        switch deed {
        case .accept: return faultOfVerdict(open) ?? faultOfMark(company.agreement)
        case .reject: return faultOfVerdict(open) ?? faultOfReason(company.agreement)
        case .touch: return faultOfTouch()
        case .heard: return note.isEmpty ? "Say what you heard." : nil
        case .recycle:
            return company.agreement.takesBackRecycled
                ? nil : "No detour of the agreement takes leads that sales sends back."
        }
    }

    private func faultOfVerdict(_ open: OpenLead) -> String? {
        if open.waitsForRuling {
            return "The rejection is disputed: until the arbiter has ruled no other verdict counts."
        }
        guard let verdict = open.handOver.verdict, verdict.manner == .spoken else { return nil }
        if verdict.isAccepted { return deed == .accept && verdict.mark == nil ? nil : settled(verdict) }
        return deed == .reject && verdict.reason < 0 ? nil : settled(verdict)
    }

    /// A rejection after an acceptance is a return, and may be.
    private func settled(_ verdict: Engine.Verdict) -> String? {
        if verdict.isAccepted { return deed == .reject ? nil : "This lead is accepted already." }
        return "This lead is rejected already."
    }

    private func faultOfMark(_ agreement: Agreement) -> String? {
        guard !mark.isEmpty else { return nil }
        guard let range = agreement.verdicts.acceptMark?.value else { return "The agreement asks for no mark." }
        guard let number = Int(mark), (range.lowest...range.highest).contains(number) else {
            return "A mark is a number from \(range.lowest) to \(range.highest)."
        }
        return nil
    }

    private func faultOfReason(_ agreement: Agreement) -> String? {
        let reasons = agreement.verdicts.rejectReasons.map(\.name)
        guard !reasons.isEmpty, !reasons.contains(reason) else { return nil }
        return "Choose one of the agreed reasons: \(reasons.map(\.asWords).joined(separator: ", "))."
    }

    private func faultOfTouch() -> String? {
        guard TouchWay(rawValue: way) != nil else {
            return "Say how: \(TouchWay.allCases.map(\.words).joined(separator: ", "))."
        }
        guard outcome.isEmpty || StatedDeed.outcomes.contains(outcome) else { return "Say what came of it." }
        if outcome == StatedDeed.askedForLater, (try? CivilDate(text: until)) == nil {
            return "Say until which day they asked you to wait, as in 2026-08-03."
        }
        return nil
    }

    /// The form was sent twice.
    func isDone(in company: JudgedCompany, _ register: LeadRegister, _ journal: any JournalStore) throws -> Bool {
        try subject.isStated(as: kind, in: company, register, journal)
    }

    // MARK: As a fact

    func fact(about person: Identifier, by worker: Worker, at instant: Instant) -> Fact {
        Fact(
            key: subject.key(deed.rawValue), kind: kind, occurred: instant, known: instant, recorded: instant,
            persons: [person], actor: Identifier(.email, worker.address), properties: properties)
    }

    private var kind: FactKind {
        switch deed {
        case .accept: .accepted
        case .reject: .rejected
        case .touch: TouchWay(rawValue: way)?.kind ?? .touch
        case .heard: .heard
        case .recycle: .recycled
        }
    }

    private var properties: [Property] {
        // What somebody says of a person is the person's, and goes with them.
        let note = note.isEmpty || deed == .touch ? [] : [Property("note", .personal(.known(note)))]
        switch deed {
        case .accept:
            return (Int64(mark).map { [Property("mark", .number(Number(mantissa: $0, scale: 0)))] } ?? []) + note
        case .reject: return (reason.isEmpty ? [] : [Property("reason", .text(reason))]) + note
        case .touch: return touchProperties
        case .heard, .recycle: return note
        }
    }

    private var touchProperties: [Property] {
        guard let way = TouchWay(rawValue: way), way.kind == .touch else { return [] }
        var properties = [
            Property("channel", .text(way.rawValue)), Property("direction", .text(isInward ? "inward" : "outward")),
        ]
        if !outcome.isEmpty { properties.append(Property("outcome", .text(outcome))) }
        if outcome == StatedDeed.askedForLater, let day = try? CivilDate(text: until) {
            properties.append(Property("until", .date(day)))
        }
        return properties
    }
}

extension Agreement {
    /// Whether a detour begins where sales sends somebody back.
    var takesBackRecycled: Bool {
        detours.contains { $0.enters.all.contains { $0.value.mentions(.recycled) } }
    }
}

extension String {
    /// `wrong_size` as people say it: `wrong size`.
    var asWords: String { replacing("_", with: " ") }
}
