internal import Journal
internal import Testing
internal import Vocabulary

extension JournalContract {
    /// Ids that are prefixes of each other, sort around the bytes that end a key's parts, look alike, or are not ASCII.
    static let awkwardIDs = [
        "a", "a ", "a!", "ab", "a/b", "a#b", "a@2026-02-02T08:00:00.000Z", "A", "aa", "b", "é", "e\u{301}", "ÿ",
        "\u{7F}",
        "\u{10FFFF}", "%", "_", "'", "\"", "-1", "0", "00", "\u{FFFD}", "日本",
    ]

    static let reading = [
        Promise("facts come back as they were given") { open in
            let journal = try open()
            let facts = Example.ofEveryValue
            try journal.append(facts)
            var values = PersonalValues(journal)
            let read = try journal.stored(after: 0, limit: 100).map { try values.reveal($0) }
            #expect(read.map(\.fact) == facts)
            #expect(read.map(\.sequence) == Array(1...Int64(facts.count)))
        },

        Promise("facts after a number come in pages, without gap or overlap") { open in
            let journal = try open()
            try journal.append((1...25).map { Example.click("\($0)") })
            var (read, last): ([Int64], Int64) = ([], 0)
            while case let page = try journal.stored(after: last, limit: 7), let end = page.last {
                #expect(page.count <= 7)
                read += page.map(\.sequence)
                last = end.sequence
            }
            #expect(read == Array(1...25))
            #expect(try journal.stored(after: 25, limit: 7).isEmpty)
            #expect(try journal.stored(after: 99, limit: 7).isEmpty)
        },

        Promise("the facts of one record are found by its id alone, in the order of their aspects") { open in
            let journal = try open()
            for hours in [3, 1, 2] as [Int64] {
                try journal.append(
                    awkwardIDs.map { Example.contact($0, at: hours, country: "\(hours)") }, .dated)
            }
            for id in awkwardIDs {
                let found = try journal.stored(source: "crm", object: "contact", id: id)
                #expect(found.map { Array($0.id.utf8) } == Array(repeating: Array(id.utf8), count: 3), "\(id)")
                #expect(found.map(\.occurred) == [1, 2, 3].map { Example.hour($0) }, "\(id)")
            }
            #expect(try journal.stored(source: "crm", object: "contact", id: "c").isEmpty)
            #expect(try journal.stored(source: "crm", object: "deal", id: "a").isEmpty)
        },

        Promise("statements come record by record, by bytes") { open in
            let journal = try open()
            try journal.append(awkwardIDs.map { Example.contact($0, at: 2, country: "DE") }, .dated)
            try journal.append(awkwardIDs.reversed().map { Example.contact($0, at: 1, country: "FR") }, .dated)
            try journal.append(Example.click("a"))
            var records: [RecordStatements] = []
            try journal.statements(source: "crm", object: "contact") { record in
                records.append(record)
                return true
            }
            let sorted = awkwardIDs.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
            #expect(records.map { Array($0.id.utf8) } == sorted)
            for record in records {
                #expect(
                    record.statements.map(\.aspect) == [1, 2].map { FactKey.aspect("values", since: Example.hour($0)) })
                #expect(record.statements.allSatisfy { $0.kind == .observed })
                #expect(record.statements[1].sequence < record.statements[0].sequence)
            }
        },

        Promise("statements stop when they are told to, and other questions may be asked meanwhile") { open in
            let journal = try open()
            try journal.append(["1", "2", "3"].map { Example.contact($0, at: 1, country: "DE") }, .dated)
            var seen: [String] = []
            try journal.statements(source: "crm", object: "contact") { record in
                var inner = 0
                try journal.statements(source: "crm", object: "contact") { _ in
                    inner += 1
                    return true
                }
                #expect(inner == 3)
                #expect(try journal.stored(source: "crm", object: "contact", id: record.id).count == 1)
                #expect(try journal.head().sequence == 3)
                seen.append(record.id)
                return record.id != "2"
            }
            #expect(seen == ["1", "2"])
        },

        Promise("counts are by source, object and kind") { open in
            let journal = try open()
            try journal.append([Example.click("1"), Example.click("2"), Example.contact("1", at: 1, country: "DE")])
            try journal.append(Example.contact("1", at: 2, country: "DE", email: "a@b.example"), .dated)
            #expect(
                try journal.counts() == [
                    FactCount(source: "crm", object: "contact", kind: .observed, facts: 2),
                    FactCount(source: "web", object: "event", kind: .activity, facts: 2),
                ])
        },
    ]
}
