internal import Access
internal import Agreement
internal import Foundation
internal import Journal
internal import Reports
internal import Roles
internal import Vocabulary

/// What one side may need of the other. What comes by other ways may name other kinds.
enum RequestKind: String, CaseIterable, Sendable {
    case material
    case campaign
    case data
    case other

    var words: String {
        switch self {
        case .material: "Material"
        case .campaign: "A campaign for an account"
        case .data: "Data to be put right"
        case .other: "Something else"
        }
    }
}

extension Role {
    /// For which side somebody asks and answers; `nil`: for none.
    var side: Party? {
        switch self {
        case .marketing: .marketing
        case .salesManager, .rep: .sales
        case .operator, .executive, .auditor: nil
        }
    }
}

/// A request as somebody writes it.
struct AskedRequest: Sendable {
    /// Made with the form, so that sending it twice asks once.
    let name: String
    let to: String
    let kind: String
    let what: String
    private let member: Member

    init(_ form: FormFields, by member: Member) {
        (name, to, kind) = (form["request"], form["to"], form["kind"])
        what = form["what"].trimmed
        self.member = member
    }

    /// What keeps it from being asked; `nil`: nothing does.
    func fault(under present: Present) -> String? {
        guard let clause = present.judged?.company.agreement.requests else {
            return "The agreement in force has no clause about requests, so nothing says when it would be due."
        }
        guard let side = member.role.side, clause.between.value.contains(side) else {
            return "The agreement has requests between \(clause.between.value.words) only."
        }
        let others = clause.between.value.filter { $0 != side }
        guard let to = Party(rawValue: to), others.contains(to) else {
            return "Ask of \(others.words)."
        }
        // Somebody may send any name; only their own are taken, so that nobody's request is overwritten.
        guard name.hasPrefix("\(member.id)-"), name.utf8.count <= 40 else {
            return "This form is not whole any more. Open the page again; what you wrote stands below."
        }
        guard RequestKind(rawValue: kind) != nil else { return "Say what kind of thing you need." }
        guard !what.isEmpty else { return "Say what you need." }
        guard what.utf8.count <= 4000 else { return "That is longer than 4,000 bytes. Say it in fewer words." }
        return nil
    }

    /// The form was sent twice.
    func isAsked(already present: Present) -> Bool {
        present.judged?.company.sideRequests.contains { $0.name == name && $0.to.rawValue == to && $0.what == what }
            ?? false
    }

    func fact(at instant: Instant) -> Fact {
        Fact(
            key: FactKey(source: "interlock", object: "request", id: name), kind: .requested, occurred: instant,
            known: instant, recorded: instant, actor: Identifier(.email, member.email),
            properties: [
                Property("request", .text(name)), Property("to", .text(to)), Property("kind", .text(kind)),
                Property("what", .text(what)),
            ])
    }
}

/// An answer as somebody gives it.
struct GivenAnswer: Sendable {
    let request: String
    let note: String
    private let verdict: String
    private let member: Member

    init(_ form: FormFields, by member: Member) {
        (request, verdict) = (form["request"], form["verdict"])
        note = form["note"].trimmed
        self.member = member
    }

    func fault(under present: Present) -> String? {
        guard let asked = present.judged?.company.sideRequests.first(where: { $0.name == request }) else {
            return "There is no such request."
        }
        guard asked.to == member.role.side else { return "This was asked of \(asked.to.rawValue)." }
        if let answer = asked.answer {
            return "This was answered already: \(answer.verdict), by \(answer.by). What you wrote stands below."
        }
        guard ["done", "declined", "unclear"].contains(verdict) else { return "Say whether it is done." }
        guard verdict == "done" || !note.isEmpty else {
            return verdict == "unclear" ? "Say what is unclear." : "Say why it is declined."
        }
        return note.utf8.count <= 4000 ? nil : "That is longer than 4,000 bytes. Say it in fewer words."
    }

    func fact(at instant: Instant) -> Fact {
        let note = note.isEmpty ? [] : [Property("note", .text(note))]
        return Fact(
            key: FactKey(
                source: "interlock", object: "request", id: request, aspect: "\(verdict)@\(instant.milliseconds)"),
            kind: .requestAnswered, occurred: instant, known: instant, recorded: instant,
            actor: Identifier(.email, member.email),
            properties: [Property("request", .text(request)), Property("verdict", .text(verdict))] + note)
    }
}

extension String {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}

extension [Party] {
    fileprivate var words: String { map(\.rawValue).joined(separator: " and ") }
}
