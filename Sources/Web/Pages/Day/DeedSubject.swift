internal import Engine
internal import Journal
internal import Reports
internal import Sync
internal import Vocabulary

/// Whom a form is about: a person on one hand-over of theirs.
struct DeedSubject: Sendable {
    let person: String
    let stage: String
    let pass: String
    /// Made with the form, so that sending it twice does it once.
    let form: String

    init(_ fields: FormFields) {
        (person, stage, pass, form) = (fields["person"], fields["stage"], fields["pass"], fields["form"])
    }

    /// `mark` is what forms of whoever sends it begin with.
    init(person: String, stage: String, pass: Int32, mark: String, at now: Instant) {
        (self.person, self.stage, self.pass) = (person, stage, String(pass))
        form = mark + "\(now.milliseconds)-" + StableKey.of(person).prefix(8)
    }

    var fields: HTML {
        [("person", person), ("stage", stage), ("pass", pass), ("form", form)].html {
            "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">"
        }
    }
}

extension DeedSubject {
    private static let source = "interlock"

    /// What the form states is known by.
    func key(_ object: String) -> FactKey { FactKey(source: DeedSubject.source, object: object, id: form) }

    /// Whether this form was sent before.
    func isStated(
        as kind: FactKind, in company: JudgedCompany, _ register: LeadRegister, _ journal: any JournalStore
    ) throws -> Bool {
        let history = company.world.history
        guard let person = register.person(called: person, in: history) else { return false }
        let account = history.accounts[Int(history.persons[Int(person)].account)]
        return try account.facts.contains { place in
            guard history.acts[Int(history.act[Int(place)])].kind == kind else { return false }
            let stored = try journal.stored(after: Int64(history.sequence[Int(place)]) - 1, limit: 1).first
            return stored?.shape.source == DeedSubject.source && stored?.id == form
        }
    }
}
