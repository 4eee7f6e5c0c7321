import JournalContract
import Testing
import Vocabulary

@testable import Journal

struct FactLineTests {
    @Test func everyLineReadsBack() throws {
        let lines =
            Example.ofEveryValue.enumerated().map { place, fact in
                FactLine.fact(sequence: Int64(place), person: place % 2 == 0 ? nil : 7, fact)
            } + [
                .beginning(format: 1), .end(facts: 3, head: .empty),
                .person(
                    PersonRecord(person: 1, subject: Example.subject("ü\"7"), key: KeySource().draw(), erased: nil)),
                .person(PersonRecord(person: 2, subject: Example.subject("8"), key: nil, erased: Example.hour(3))),
            ]
        for line in lines { #expect(try FactLine(json: line.json) == line) }
    }

    /// An export that cannot be read back is no backup: every value a fact can have comes back as it was.
    @Test(arguments: 1...300)
    func anyFactReadsBack(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let properties = (0..<20).map { Property("p\($0)", Value(drawn: &random)) }
        var fact = Example.ofEveryValue.randomElement(using: &random)!
        fact = Fact(
            key: FactKey(
                source: "a\"\\", object: "ö", id: String(drawn: &random) + "x", aspect: String(drawn: &random)),
            kind: FactKind.allCases.randomElement(using: &random)!, name: String(drawn: &random),
            occurred: Instant(drawn: &random), known: Instant(drawn: &random), recorded: Instant(drawn: &random),
            persons: fact.persons, accounts: fact.accounts, actor: fact.actor, properties: properties)
        let line = FactLine.fact(sequence: .max, person: nil, fact)
        #expect(try FactLine(json: line.json) == line)
    }

    @Test func aFactLooksLikeThis() {
        let fact = Example.contact("501", at: 0, country: "DE", email: "ann@acme.example")
        let line = FactLine.fact(sequence: 1, person: 1, fact)
        #expect(
            String(decoding: line.json, as: UTF8.self) == """
                {"seq":1,"person":1,"source":"crm","object":"contact","id":"501",\
                "aspect":"values@2026-02-02T00:00:00.000Z","kind":"observed","version":1,\
                "occurred":"2026-02-02T00:00:00.000Z","known":"2026-02-02T00:00:00.000Z",\
                "recorded":"2026-02-02T01:00:00.000Z","persons":["record:crm/contact/501","email:ann@acme.example"],\
                "properties":{"country":"DE","email":{"personal":"ann@acme.example"}}}
                """)
    }

    @Test(arguments: [
        (#"{"seq":1"#, "at byte 9 (the end of the line) it is not JSON: “,” should follow"),
        (#"{"seq":1} x"#, "at byte 11 it is not JSON: something follows the end of the object"),
        (#"{"seq":1,"seq":2}"#, "at byte 15 it is not JSON: “seq” is there twice"),
        (#"{"seq":1.5}"#, "at byte 9 it is not JSON: “,” should follow"),
        (#"{"seq":99999999999999999999}"#, "at byte 28 it is not JSON: a value should begin"),
        (#"{"a":"\ud800"}"#, "at byte 13 it is not JSON: “\\” should follow"),
        (#"{"a":"\x"}"#, "at byte 9 it is not JSON: an escape is unknown"),
        ("{\"a\":\"\u{1}\"}", "at byte 7 it is not JSON: a text is not closed"),
        (String(repeating: "[", count: 100_000), "at byte 17 it is not JSON: it is nested too deeply"),
        ("[]", "it is not a JSON object"),
        ("{}", "it begins with none of “interlock”, “person”, “seq” and “end”"),
        (#"{"seq":"1"}"#, "“seq” is missing or no integer"),
        (#"{"seq":1,"kind":"sneezed"}"#, "its kind is unknown"),
        (#"{"end":true,"facts":1,"head":"1:ab"}"#, "“head” is no head"),
        (#"{"person":1,"subject":"x","key":"ab"}"#, "“key” is not sixty-four bytes in hexadecimal"),
    ])
    func aBadLineSaysWhatIsWrong(_ line: String, _ what: String) {
        #expect(throws: BadFactLine(what: what)) { try FactLine(json: Array(line.utf8)) }
    }

    @Test func bytesThatAreNotUTF8AreRefused() {
        let line = Array(#"{"seq":""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8)
        #expect(throws: BadFactLine.self) { try FactLine(json: line) }
    }

    @Test func otherWaysOfWritingTheSameTextAreRead() throws {
        let line =
            #" { "end" : true , "facts" : -0 , "head" : "0:\u0030000000000000000000000000000000000000000000000000000000000000000" } "#
        #expect(try FactLine(json: Array(line.utf8)) == .end(facts: 0, head: .empty))
        let subject = #"{"person":1,"subject":"\ud83d\ude00\/\b\f"}"#
        #expect(
            try FactLine(json: Array(subject.utf8))
                == .person(PersonRecord(person: 1, subject: Subject(text: "😀/\u{8}\u{C}"), key: nil, erased: nil)))
    }

    @Test(arguments: [
        "2026-02-30T00:00:00.000Z", "2026-02-02T00:00:00Z", "2026-02-02T24:00:00.000Z", "+026-02-02T00:00:00.000Z", "",
    ])
    func aTimeIsWrittenInOneWay(_ time: String) {
        let line = #"{"person":1,"subject":"x","erased":""# + time + #""}"#
        #expect(throws: BadFactLine.self) { try FactLine(json: Array(line.utf8)) }
    }

    /// A cut or changed export says where, and never becomes a journal by accident.
    @Test func aDamagedExportIsRefusedWithItsLine() throws {
        let journal = MemoryJournal(makeKey: KeySource().draw)
        try journal.append((1...3).map { Example.contact("\($0)", at: 1, country: "DE", email: "\($0)@a.example") })
        let lines = try journal.exported().split(separator: "\n").map(String.init)
        let damages: [(String, [String], BadExport?)] = [
            ("nothing", lines, nil),
            (
                "cut", Array(lines.dropLast()),
                BadExport(line: 8, what: "the export ends here, before the line that says it is whole")
            ),
            (
                "without its beginning", Array(lines.dropFirst()),
                BadExport(line: 1, what: "an export begins with {\"interlock\":\"journal\",…}")
            ),
            (
                "a fact less", lines.filter { !$0.hasPrefix("{\"seq\":2") },
                BadExport(line: 6, what: "fact 2 should stand here, not fact 3")
            ),
            (
                "a line twice", lines + [lines[7]],
                BadExport(line: 9, what: "nothing may follow the line that says it is whole")
            ),
            (
                "people late", Array(lines[0...0] + lines[4...5] + lines[1...]),
                BadExport(line: 4, what: "people come before facts")
            ),
            (
                "a person less", lines.filter { !$0.hasPrefix("{\"person\":2") },
                BadExport(line: 4, what: "there is no person 2 with a key, and a fact needs it")
            ),
            (
                "a value changed", lines.map { $0.replacing("2@a.example", with: "9@a.example") },
                BadExport(
                    line: 8, what: "the facts read are not those the export was taken from: a line above was changed")
            ),
            (
                "a control character in a key", lines.map { $0.replacing("\"id\":\"2\"", with: "\"id\":\"\\u001f\"") },
                BadExport(line: 6, what: "the id of the key holds a control character")
            ),
            (
                "half a line", lines.prefix(5) + [String(lines[5].prefix(40))],
                BadExport(line: 6, what: "at byte 41 (the end of the line) it is not JSON: a text is not closed")
            ),
        ]
        for (what, lines, damage) in damages {
            let copy = MemoryJournal(makeKey: KeySource().draw)
            do {
                try copy.restore(lines.joined(separator: "\n"))
                #expect(damage == nil, "\(what)")
            } catch let error as BadExport {
                #expect(error == damage, "\(what)")
            }
        }
    }
}

extension Value {
    fileprivate init(drawn random: inout SeededRandom) {
        let integer = Int64(bitPattern: random.next()) >> Int64.random(in: 0...63, using: &random)
        self =
            switch Int.random(in: 0..<10, using: &random) {
            case 0: .text(String(drawn: &random))
            case 1: .personal(.known(String(drawn: &random)))
            case 2: .personal(.erased(Commitment(high: random.next(), low: random.next())))
            case 3: .number(Number(mantissa: integer, scale: UInt8.random(in: 0...18, using: &random)))
            case 4: .money(Money(minorUnits: integer, currency: Currency.all.randomElement(using: &random)!))
            case 5:
                .money(Money(minorUnits: integer / 1000 * 1000, currency: Currency.all.randomElement(using: &random)!))
            case 6: .instant(Instant(drawn: &random))
            case 7: .date(CivilDate(daysSinceEpoch: Int32.random(in: -719_162...2_932_896, using: &random)))
            case 8: .list((0..<Int.random(in: 0...3, using: &random)).map { _ in String(drawn: &random) })
            default: Bool.random(using: &random) ? .cleared : .flag(Bool.random(using: &random))
            }
    }
}

extension String {
    /// Any scalars, the ones that JSON escapes more often than others.
    fileprivate init(drawn random: inout SeededRandom) {
        self = ""
        for _ in 0..<Int.random(in: 0...8, using: &random) {
            let ranges: [ClosedRange<UInt32>] = [
                0...0x2F, 0x20...0x7F, 0x80...0x7FF, 0xE000...0xFFFF, 0x1_0000...0x10_FFFF,
            ]
            let scalar = UInt32.random(in: ranges.randomElement(using: &random)!, using: &random)
            unicodeScalars.append(Unicode.Scalar(scalar)!)
        }
    }
}

extension Instant {
    fileprivate init(drawn random: inout SeededRandom) {
        self.init(
            milliseconds: Int64.random(in: Instant.earliest.milliseconds...Instant.latest.milliseconds, using: &random))
    }
}
