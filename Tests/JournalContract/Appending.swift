internal import Journal
internal import Testing
internal import Vocabulary

extension JournalContract {
    static let appending = [
        Promise("a new fact is accepted and gets the next number") { open in
            let journal = try open()
            #expect(try journal.append(Example.click("1")) == Receipt(.accepted, 1))
            #expect(try journal.append(Example.click("2")) == Receipt(.accepted, 2))
            #expect(try journal.head().sequence == 2)
        },

        Promise("what becomes of a fact depends on what is there") { open in
            let verdicts: [(String, first: Fact, then: Fact, FactBatch.Statement, Receipt)] = [
                ("the same event", Example.click("1"), Example.click("1"), .event, Receipt(.repeated, 1)),
                ("another id", Example.click("1"), Example.click("2"), .event, Receipt(.accepted, 2)),
                (
                    "other content under its key", Example.click("1"), Example.click("1", page: "/about"), .event,
                    Receipt(.keyReused, 1)
                ),
                (
                    "another time under its key", Example.click("1"), Example.click("1", at: 2), .event,
                    Receipt(.keyReused, 1)
                ),
                (
                    "the same state again", Example.contact("7", at: 1, country: "DE"),
                    Example.contact("7", at: 1, country: "DE"), .dated, Receipt(.unchanged, 1)
                ),
                (
                    "the same state since later, by its source's word", Example.contact("7", at: 1, country: "DE"),
                    Example.contact("7", at: 2, country: "DE"), .dated, Receipt(.accepted, 2)
                ),
                (
                    "the same state in a later file", Example.contact("7", at: 1, country: "DE"),
                    Example.contact("7", at: 2, country: "DE"), .restated, Receipt(.unchanged, 1)
                ),
                (
                    "another state in a later file", Example.contact("7", at: 1, country: "DE"),
                    Example.contact("7", at: 2, country: "FR"), .restated, Receipt(.accepted, 2)
                ),
                (
                    "another state in the same file", Example.contact("7", at: 1, country: "DE"),
                    Example.contact("7", at: 1, country: "FR"), .restated, Receipt(.keyReused, 1)
                ),
                (
                    "the same state of another record", Example.contact("7", at: 1, country: "DE"),
                    Example.contact("71", at: 2, country: "DE"), .restated, Receipt(.accepted, 2)
                ),
                (
                    "the same state, personal values included",
                    Example.contact("7", at: 1, country: "DE", email: "a@b.example"),
                    Example.contact("7", at: 2, country: "DE", email: "a@b.example"), .restated, Receipt(.unchanged, 1)
                ),
                (
                    "another personal value", Example.contact("7", at: 1, country: "DE", email: "a@b.example"),
                    Example.contact("7", at: 2, country: "DE", email: "c@b.example"), .restated, Receipt(.accepted, 2)
                ),
            ]
            for (what, first, then, statement, receipt) in verdicts {
                let journal = try open()
                try journal.append(first, statement)
                #expect(try journal.append(then, statement) == receipt, "\(what)")
            }
        },

        Promise("a statement in a file from before the first is kept, and the one between is told by the nearest") {
            open in
            let journal = try open()
            let stated = { (hours: Int64, country: String) in
                try journal.append(Example.contact("7", at: hours, country: country), .restated)
            }
            #expect(try stated(30, "FR") == Receipt(.accepted, 1))
            #expect(try stated(10, "FR") == Receipt(.accepted, 2))
            #expect(try stated(20, "FR") == Receipt(.unchanged, 2))
            #expect(try stated(15, "DE") == Receipt(.accepted, 3))
            #expect(try stated(16, "DE") == Receipt(.unchanged, 3))
            #expect(try stated(10, "DE") == Receipt(.keyReused, 2))
            #expect(try stated(10, "FR") == Receipt(.unchanged, 2))
        },

        Promise("an id with an @ in it is not taken for an instant") { open in
            let journal = try open()
            let record = { (id: String) in
                Fact(
                    key: FactKey(source: "crm", object: "contact", id: id, aspect: "values"), kind: .observed,
                    occurred: Example.hour(1), recorded: Example.hour(1), properties: [Property("a", .flag(true))])
            }
            #expect(try journal.append(record("ann@a.example"), .restated) == Receipt(.accepted, 1))
            #expect(try journal.append(record("ann@b.example"), .restated) == Receipt(.accepted, 2))
        },

        Promise("the same key in another source or object is another fact") { open in
            let journal = try open()
            var facts = [Example.click("1"), Example.click("1"), Example.click("1")]
            facts[1].key.source = "shop"
            facts[2].key.object = "visit"
            #expect(try journal.append(facts).map(\.verdict) == [.accepted, .accepted, .accepted])
        },

        Promise("a key comes twice in one batch as it would in two") { open in
            let journal = try open()
            let facts = [Example.click("1"), Example.click("1"), Example.click("1", page: "/b"), Example.click("2")]
            #expect(
                try journal.append(facts)
                    == [Receipt(.accepted, 1), Receipt(.repeated, 1), Receipt(.keyReused, 1), Receipt(.accepted, 2)])
        },

        Promise("receipts come in the order of batches and of their entries, and numbers have no gaps") { open in
            let journal = try open()
            let batches = (0..<5).map { place in
                var batch = FactBatch()
                for entry in 0..<place { batch.append(Example.click("\(place % 3)-\(entry)")) }
                return batch
            }
            let receipts = try journal.append(JournalGroup(batches))
            #expect(receipts.map(\.count) == [0, 1, 2, 3, 4])
            #expect(receipts[4].map(\.verdict) == [.repeated, .accepted, .accepted, .accepted])
            let stored = try journal.stored(after: 0, limit: 100).map(\.sequence)
            #expect(stored == Array(1...Int64(stored.count)))
            #expect(try journal.head().sequence == Int64(stored.count))
        },

        Promise("a group that cannot be taken in whole is not taken in at all") { open in
            let journal = try open()
            try journal.append(Example.contact("1", at: 1, country: "DE", email: "a@b.example"))
            let before = try journal.exported()
            var batch = FactBatch()
            batch.append(Example.click("1"))
            batch.append(Example.contact("2", at: 1, country: "DE", email: "b@b.example"))
            var broken = FactBatch()
            broken.append(Example.contact("3", at: 1, country: "DE", email: "c@b.example"))
            broken.bodies[0] = 0xFF
            let group = JournalGroup(
                [batch, broken], rejects: [Example.reject(line: 1)], marks: [Example.mark("file", done: true)])
            #expect(throws: (any Error).self) { try journal.append(group) }
            #expect(try journal.exported() == before)
            #expect(try journal.importMarks().isEmpty)
            #expect(try journal.rejects(ofImport: nil, after: 0, limit: 10).isEmpty)
            #expect(try journal.append(JournalGroup([batch]))[0].map(\.sequence) == [2, 3])
        },

        Promise("a group with no facts changes nothing but marks and rejects") { open in
            let journal = try open()
            #expect(try journal.append(JournalGroup([])).isEmpty)
            #expect(try journal.append(JournalGroup([FactBatch()])) == [[]])
            _ = try journal.append(JournalGroup([], marks: [Example.mark("file", done: true)]))
            #expect(try journal.head() == .empty)
            #expect(try journal.importMark("file")?.done == true)
        },
    ]
}
