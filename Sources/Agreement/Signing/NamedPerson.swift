/// Somebody by the mail address under which an agreement names them.
///
/// Two addresses are the same when their bytes are: for Swift "é" equals "e" with an accent after it, and nobody may sign
/// under an address that only looks like another's.
public struct NamedPerson: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let address: String

    public init(_ address: String) { self.address = address }

    public init(_ clause: Clause<MailAddress>) { address = clause.value.text }

    public var description: String { address }

    public static func == (a: NamedPerson, b: NamedPerson) -> Bool { a.address.utf8.elementsEqual(b.address.utf8) }

    public func hash(into hasher: inout Hasher) {
        for byte in address.utf8 { hasher.combine(byte) }
    }

    public static func < (a: NamedPerson, b: NamedPerson) -> Bool {
        a.address.utf8.lexicographicallyPrecedes(b.address.utf8)
    }
}

extension Parties {
    /// Who speaks for a party.
    public func officer(_ party: Party) -> NamedPerson? { self[party].map(NamedPerson.init) }
}

extension Agreement {
    /// Everybody whom the agreement names as somebody it binds, once, with the side they stand on: the officers in the order
    /// of `Party`, then managers and reps in the order of the file.
    public var namedPeople: [(person: NamedPerson, side: Party)] {
        let officers = Party.allCases.compactMap { party in parties.officer(party).map { ($0, party) } }
        let teams = teams.flatMap { team in
            (team.manager.map { [NamedPerson($0)] } ?? []) + team.reps.map { NamedPerson($0.email) }
        }
        var seen: Set<NamedPerson> = []
        return (officers + teams.map { ($0, .sales) }).filter { seen.insert($0.0).inserted }
    }
}
