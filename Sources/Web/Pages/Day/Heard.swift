internal import Engine
internal import Journal
internal import Reports
internal import Vocabulary

/// A question or concern that sales heard and passed on.
struct Heard: Sendable {
    let person: Int32
    let instant: Instant
    let note: String
    /// A text; −1: nobody said.
    let by: Int32

    /// The latest first.
    static func all(of person: Int32, in company: JudgedCompany) -> [Heard] {
        let history = company.world.history
        let account = history.persons[Int(person)].account
        return history.accounts[Int(account)].facts.reversed().compactMap { place in
            history.person[Int(place)] == person ? Heard(at: Int(place), in: company) : nil
        }
    }

    /// Of everybody, the latest first.
    static func latest(_ count: Int, in company: JudgedCompany) -> [Heard] {
        let history = company.world.history
        let kinds = history.acts.map { $0.kind == .heard }
        guard kinds.contains(true) else { return [] }
        let places = (0..<history.count).filter { kinds[Int(history.act[$0])] }
        return places.sorted { history.at($0) > history.at($1) }.prefix(count).compactMap { Heard(at: $0, in: company) }
    }

    private init?(at place: Int, in company: JudgedCompany) {
        let history = company.world.history
        let act = history.acts[Int(history.act[place])]
        guard act.kind == .heard, history.at(place) <= company.world.until,
            let note = history.text(of: "note", at: place)
        else { return nil }
        (person, instant, self.note, by) = (history.person[place], history.at(place), note, act.actor)
    }
}

extension Engine.History {
    /// What a fact says under a name, in words; `nil`: nothing, or it was erased.
    func text(of name: String, at place: Int) -> String? {
        guard let number = texts.number(of: name),
            let property = properties.property(number, of: acts[Int(act[place])].properties)
        else { return nil }
        let isText = property.kind == .text || property.kind == .other && property.bits >= 0
        return isText ? texts[Int32(property.bits)] : nil
    }
}
