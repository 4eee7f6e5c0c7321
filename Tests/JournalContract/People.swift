internal import Journal
internal import Testing
internal import Vocabulary

extension JournalContract {
    static let people = [
        Promise("a personal value is stored as a commitment, and found under its person") { open in
            let journal = try open()
            try journal.append(Example.contact("7", at: 1, country: "DE", email: "ann@acme.example"))
            let stored = try #require(try journal.stored(after: 0, limit: 1).first)
            #expect(stored.person == 1)
            #expect(!stored.body.contains(text: "ann@acme.example"))
            let commitments = try stored.commitments()
            let values = try journal.values(ofPerson: 1)
            #expect(commitments.count == 2 && Set(commitments) == Set(values.keys))
            #expect(Array(values.values) == ["ann@acme.example"])
        },

        Promise("each subject has one key, and a fact without personal values has no person") { open in
            let journal = try open()
            try journal.append([
                Example.contact("7", at: 1, country: "DE", email: "ann@acme.example"),
                Example.contact("8", at: 1, country: "DE", email: "ann@acme.example"),
                Example.contact("7", at: 2, country: "FR", email: "ann@other.example"), Example.click("1"),
                Example.contact("9", at: 1, country: "DE"),
            ])
            #expect(try journal.stored(after: 0, limit: 10).map(\.person) == [1, 2, 1, nil, nil])
            let people = try journal.people(after: 0, limit: 10)
            #expect(people.map(\.subject) == [Example.subject("7"), Example.subject("8")])
            #expect(Set(people.map(\.key)).count == 2)
            #expect(try journal.people(after: 1, limit: 10).map(\.person) == [2])
            #expect(try journal.people(after: 0, limit: 1).map(\.person) == [1])
            #expect(try Set(journal.values(ofPerson: 1).values) == ["ann@acme.example", "ann@other.example"])
            #expect(try journal.values(ofPerson: 3).isEmpty)
        },

        Promise("a fact that is not accepted leaves no person and no value behind") { open in
            let journal = try open()
            try journal.append(Example.contact("7", at: 1, country: "DE", email: "ann@acme.example"))
            var reused = Example.contact("7", at: 1, country: "FR", email: "eve@acme.example")
            #expect(try journal.append(reused).verdict == .keyReused)
            reused.persons = [.email("eve@acme.example")]
            #expect(try journal.append(reused).verdict == .keyReused)
            #expect(try journal.people(after: 0, limit: 10).count == 1)
            #expect(try Array(journal.values(ofPerson: 1).values) == ["ann@acme.example"])
            try journal.append(Example.contact("8", at: 1, country: "DE", email: "bob@acme.example"))
            #expect(try journal.people(after: 1, limit: 10).map(\.person) == [2])
        },

        Promise("an actor is one of ours, and gets no key") { open in
            let journal = try open()
            var touch = Example.click("1")
            touch.actor = .email("rep@ours.example")
            try journal.append(touch)
            #expect(try journal.people(after: 0, limit: 10).isEmpty)
        },

        Promise("people are adopted with their keys and numbers, in order") { open in
            let (from, to) = (try open(), try open())
            try from.append(["7", "8"].map { Example.contact($0, at: 1, country: "DE", email: "\($0)@a.example") })
            let people = try from.people(after: 0, limit: 10)
            try to.adopt([people[1]])
            #expect(throws: JournalError.outOfOrder(person: 1)) { try to.adopt([people[0]]) }
            #expect(try to.people(after: 0, limit: 10) == [people[1]])
            try to.append(Example.contact("8", at: 1, country: "DE", email: "8@a.example"))
            #expect(try to.stored(after: 0, limit: 1)[0].body == from.stored(after: 1, limit: 1)[0].body)
            #expect(try to.stored(after: 0, limit: 1)[0].person == 2)
        },

        Promise("a fact from an export needs its person") { open in
            let journal = try open()
            for email in ["a@b.example", nil] {
                var batch = FactBatch()
                batch.append(Example.contact("7", at: 1, country: "DE", email: email), person: 4)
                #expect(throws: JournalError.unknownPerson(4)) { try journal.append(JournalGroup([batch])) }
            }
            #expect(try journal.head() == .empty)
        },
    ]

    static let erasing = [
        Promise("after an erasure no call gives a value again, and the chain still holds") { open in
            let journal = try open()
            try journal.append(["7", "8"].map { Example.contact($0, at: 1, country: "DE", email: "\($0)@a.example") })
            let before = try journal.head()
            let stored = try journal.stored(after: 0, limit: 2)
            #expect(try journal.erase([Example.subject("7"), Example.subject("none")], at: Example.hour(5)) == 1)
            #expect(try journal.values(ofPerson: 1).isEmpty)
            #expect(try journal.values(ofPerson: 2).count == 1)
            #expect(try journal.people(after: 0, limit: 1)[0].key == nil)
            #expect(try journal.people(after: 0, limit: 1)[0].erased == Example.hour(5))
            #expect(try journal.stored(after: 0, limit: 2).map(\.body) == stored.map(\.body))
            let verified = try journal.verify(expecting: before)
            #expect(verified.isSound && verified.erasedPeople == 1 && verified.personalValues == 1)
            #expect(!(try journal.exported().contains("7@a.example")))
        },

        Promise("an erasure leaves one fact, which names nobody") { open in
            let journal = try open()
            try journal.append(Example.contact("7", at: 1, country: "DE", email: "ann@a.example"))
            var visit = Example.click("1")
            visit.persons = [.email("bob@a.example")]
            try journal.append(visit)
            let bob = Subject(of: .email("bob@a.example"))
            #expect(try journal.erase([Example.subject("7"), bob], at: Example.hour(5)) == 2)
            #expect(try journal.erase([Example.subject("7"), bob], at: Example.hour(6)) == 0)
            let traces = try journal.stored(after: 2, limit: 10).map { try $0.lifted { _ in nil }.fact }
            #expect(traces.map(\.kind) == [.erased, .erased])
            #expect(traces[0]["values"] == .number(Number(1)))
            #expect(!traces[1].key.text.contains("bob"))
        },

        Promise("what is said again of an erased time is not taken back in") { open in
            let journal = try open()
            let said = Example.contact("7", at: 1, country: "DE", email: "ann@a.example")
            try journal.append(said)
            _ = try journal.erase([Example.subject("7")], at: Example.hour(5))
            let before = try journal.exported()
            #expect(try journal.append(said) == Receipt(.repeated, 1))
            let more = Example.contact("7", at: 5, country: "FR", email: "ann@b.example")
            #expect(try journal.append(more) == Receipt(.erasedPerson, 0))
            #expect(try journal.exported() == before)
        },

        Promise("who comes back after an erasure is a new person, and the old time stays erased") { open in
            let journal = try open()
            let said = Example.contact("7", at: 1, country: "DE", email: "ann@a.example")
            let planned = Example.contact("7", at: 9, country: "DE", email: "ann@a.example")
            try journal.append([said, planned])
            let old = try journal.people(after: 0, limit: 1)[0].key
            _ = try journal.erase([Example.subject("7")], at: Example.hour(5))
            #expect(try journal.append(planned) == Receipt(.repeated, 2), "its key alone tells that it is the same")
            #expect(try journal.people(after: 1, limit: 9).isEmpty)
            let back = Example.contact("7", at: 6, country: "FR", email: "ann@b.example")
            #expect(try journal.append(back) == Receipt(.accepted, 4))
            let people = try journal.people(after: 0, limit: 9)
            #expect(people.map(\.subject) == [Example.subject("7"), Example.subject("7")])
            #expect(people[0].key == nil && people[1].key != nil && people[1].key != old)
            #expect(try journal.append(said) == Receipt(.repeated, 1))
            let more = Example.contact("7", at: 3, country: "FR", email: "ann@c.example")
            #expect(try journal.append(more) == Receipt(.erasedPerson, 0))
            #expect(try Array(journal.values(ofPerson: 2).values) == ["ann@b.example"])
        },

        Promise("a restated value of one who came back is compared under the new key") { open in
            let journal = try open()
            let stated = { (hours: Int64) in
                try journal.append(Example.contact("7", at: hours, country: "DE", email: "ann@a.example"), .restated)
            }
            #expect(try stated(1) == Receipt(.accepted, 1))
            _ = try journal.erase([Example.subject("7")], at: Example.hour(5))
            #expect(try stated(6) == Receipt(.accepted, 3))
            #expect(try stated(7) == Receipt(.unchanged, 3))
        },

        Promise("a sweep removes nothing that a fact, or an erasure, needs") { open in
            let journal = try open()
            try journal.append(["7", "8"].map { Example.contact($0, at: 1, country: "DE", email: "\($0)@a.example") })
            _ = try journal.erase([Example.subject("7")], at: Example.hour(5))
            let before = try journal.exported()
            #expect(try journal.sweep() == Swept(people: 0, values: 0))
            #expect(try journal.exported() == before)
        },

        Promise("a sweep removes people no fact refers to, and their number may be taken again") { open in
            let journal = try open()
            let key = KeySource(seed: 9).draw()
            try journal.append(Example.contact("7", at: 1, country: "DE", email: "7@a.example"))
            try journal.adopt([
                PersonRecord(person: 3, subject: Example.subject("3"), key: key, erased: nil),
                PersonRecord(person: 4, subject: Example.subject("4"), key: nil, erased: Example.hour(2)),
                PersonRecord(person: 5, subject: Example.subject("5"), key: key, erased: nil),
            ])
            #expect(try journal.sweep() == Swept(people: 2, values: 0))
            #expect(try journal.people(after: 0, limit: 9).map(\.person) == [1, 4])
            try journal.append(Example.contact("8", at: 1, country: "DE", email: "8@a.example"))
            #expect(try journal.people(after: 4, limit: 9).map(\.person) == [5])
            #expect(try journal.verify(expecting: nil).isSound)
        },
    ]
}

extension [UInt8] {
    /// Whether the bytes of a text stand somewhere in these.
    public func contains(text: String) -> Bool {
        let wanted = Array(text.utf8)
        return indices.dropLast(Swift.max(0, wanted.count - 1)).contains { self[$0...].starts(with: wanted) }
    }
}
