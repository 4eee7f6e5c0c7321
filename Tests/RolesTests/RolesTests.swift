import Roles
import Testing

/// The whole table of who may do what, written a second time: whoever changes one must change the other.
@Suite struct RolesTests {
    /// Operator, marketing, sales Manager, Rep, eXecutive, Auditor; then keys that may send, read, and read meters; `*`: all,
    /// nobody signed in included.
    private static let table = """
        look whether the server runs     | *
        sign in                          | *
        join by a link                   | *
        read how the server is used by programs| *
        end one's digests by a link      | *
        answer for a lead by a link that went to its owner | *
        see numbers of teams             | o m s r x a   read
        see leads                        | o m s r       read
        set, pause and end one's own alerts | o m s r
        export leads                     | o m s
        see who gets which lead, and why | o m s
        see the agreement                | o m s r x a   read
        see the journal                  | o m s     a   read
        see the meters of the server     | o             meters
        propose a change of the agreement| o m s   x
        sign for marketing               |   m
        sign for sales                   |     s
        sign the missions                |         x
        sign for operations              | o
        sign on behalf of the head of a side | o   x
        confirm having read the agreement| o m s r x
        accept or reject a lead          |     s r
        dispute a verdict                |   m s
        rule on a dispute                | o       x
        ask something of the other side  |   m s r
        answer what the other side asks  |   m s r
        say who is away                  | o   s r
        send facts                       |               send
        import files                     | o m s
        erase a person                   | o
        see and end one's own sign-ins   | o m s r x a
        invite people and set their roles| o
        make and revoke keys             | o
        see the audit trail              | o         a
        tend the outbox                  | o
        """

    private static let standings: [(String, Standing)] = [
        ("o", .person(.operator)), ("m", .person(.marketing)), ("s", .person(.salesManager)), ("r", .person(.rep)),
        ("x", .person(.executive)), ("a", .person(.auditor)), ("send", .key([.send])), ("read", .key([.read])),
        ("meters", .key([.meters])),
    ]

    @Test func everyActIsAllowedToThoseWhomTheTableNames() {
        let rows = RolesTests.table.split(separator: "\n").map { $0.split(separator: "|") }
        let written = Dictionary(uniqueKeysWithValues: rows.map { ($0[0].trimmed, $0[1].split(separator: " ")) })
        #expect(Set(written.keys) == Set(Act.allCases.map(\.rawValue)))
        for act in Act.allCases {
            let named = written[act.rawValue] ?? []
            for (name, standing) in RolesTests.standings {
                let isNamed = named.contains("*") || named.contains(Substring(name))
                #expect(act.isAllowed(to: standing) == isNamed, "\(act.rawValue): \(name)")
            }
            #expect(act.isAllowed(to: .nobody) == named.contains("*"), "\(act.rawValue): nobody")
        }
    }

    @Test func keysAddUpAndAnEmptyOneMayNothing() {
        #expect(Act.sendFacts.isAllowed(to: .key([.read, .send])))
        #expect(Act.seeJournal.isAllowed(to: .key([.read, .send])))
        for act in Act.allCases where !act.isAllowed(to: .nobody) { #expect(!act.isAllowed(to: .key([]))) }
    }
}

extension Substring {
    fileprivate var trimmed: String { String(reversed().drop { $0 == " " }.reversed()) }
}
