public import Journal
internal import Testing
internal import Vocabulary

extension JournalContract {
    static let keeping = [
        Promise("an import's mark is the last one it left") { open in
            let journal = try open()
            #expect(try journal.importMark("a") == nil)
            _ = try journal.append(
                JournalGroup([], marks: [Example.mark("b", done: false), Example.mark("a", done: false)]))
            _ = try journal.append(JournalGroup([], marks: [Example.mark("b", done: true, state: [])]))
            #expect(try journal.importMark("b") == Example.mark("b", done: true, state: []))
            #expect(try journal.importMark("a") == Example.mark("a", done: false))
            #expect(try journal.importMarks().map(\.id) == ["b", "a"])
        },

        Promise("rejects wait, each once, until they are settled") { open in
            let journal = try open()
            let rejects = [3, 1, 2].map { Example.reject(line: $0) }
            _ = try journal.append(JournalGroup([], rejects: rejects + [Example.reject(line: 1, of: "other")]))
            _ = try journal.append(
                JournalGroup([], rejects: [Example.reject(line: 1), Example.reject(line: 1, code: "b")]))
            let all = try journal.rejects(ofImport: nil, after: 0, limit: 10)
            #expect(all.count == 5)
            #expect(try journal.rejects(ofImport: "other", after: 0, limit: 10).map(\.reject.importID) == ["other"])
            #expect(try journal.rejects(ofImport: "file", after: 0, limit: 2).map(\.reject) == Array(rejects.prefix(2)))
            #expect(try journal.rejects(ofImport: nil, after: all[1].number, limit: 10) == Array(all[2...]))
            try journal.settle([all[0].number, all[2].number, 999], as: "fed again")
            #expect(try journal.rejects(ofImport: nil, after: 0, limit: 10) == [all[1], all[3], all[4]])
            _ = try journal.append(JournalGroup([], rejects: [rejects[0]]))
            #expect(try journal.rejects(ofImport: nil, after: 0, limit: 10).count == 3, "a settled one does not return")
        },
    ]

    static let verifying = [
        Promise("a sound journal verifies against every head it ever had") { open in
            let journal = try open()
            var heads = [try journal.head()]
            for place in 1...5 {
                try journal.append([
                    Example.click("\(place)"),
                    Example.contact("\(place)", at: 1, country: "DE", email: "\(place)@a.example"),
                ])
                heads.append(try journal.head())
            }
            for head in heads { #expect(try journal.verify(expecting: head).damage == []) }
            let verified = try journal.verify(expecting: nil)
            #expect(verified.facts == 10 && verified.personalValues == 5 && verified.erasedPeople == 0)
            #expect(verified.head == heads.last)
            #expect(JournalHead(text: heads[3].text) == heads[3])
        },

        Promise("a head of another journal, or one from further on, is damage") { open in
            let (journal, other) = (try open(), try open())
            try journal.append([Example.click("1"), Example.click("2")])
            try other.append([Example.click("1"), Example.click("3"), Example.click("4")])
            let longer = try journal.verify(expecting: try other.head())
            #expect(longer.damage.map(\.sequence) == [3])
            try journal.append(Example.click("4"))
            let rewritten = try journal.verify(expecting: try other.head())
            #expect(rewritten.damage.map(\.sequence) == [3])
            let link = Chain.beginning.link.map { $0 ^ 1 }
            #expect(try !journal.verify(expecting: JournalHead(sequence: 0, link: link)).isSound)
        },

        Promise("an export restores to the same export, erased people included") { open in
            let (journal, copy) = (try open(), try open())
            try journal.append(Example.ofEveryValue)
            try journal.append(["7", "8"].map { Example.contact($0, at: 1, country: "DE", email: "\($0)@a.example") })
            _ = try journal.erase([Example.subject("7")], at: Example.hour(5))
            try journal.append(Example.contact("7", at: 6, country: "DE", email: "new@a.example"))
            let export = try journal.exported()
            try copy.restore(export)
            #expect(try copy.exported() == export)
            #expect(try copy.head() == journal.head())
            #expect(try copy.verify(expecting: journal.head()).damage == [])
            let again = Example.contact("7", at: 2, country: "DE", email: "7@a.example")
            #expect(try copy.append(again) == Receipt(.erasedPerson, 0))
            #expect(throws: JournalError.notEmpty) { try copy.restore(export) }
        },

        Promise("an export without personal values restores to a journal with the same chain") { open in
            let (journal, copy) = (try open(), try open())
            try journal.append(["7", "8"].map { Example.contact($0, at: 1, country: "DE", email: "\($0)@a.example") })
            let export = try journal.exported(withPersonal: false)
            #expect(!export.contains("@a.example") && !export.contains("\"key\""))
            try copy.restore(export)
            #expect(try copy.head() == journal.head())
            #expect(try copy.exported() == export)
        },
    ]
}

extension JournalStore {
    /// Restores an export given as text.
    public func restore(_ export: String) throws {
        var restore = try JournalRestore(into: self)
        for line in export.utf8.split(separator: UInt8(ascii: "\n")) { try restore.take(Array(line)) }
        _ = try restore.finish()
    }
}
