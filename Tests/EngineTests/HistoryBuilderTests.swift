import Engine
import Identity
import Journal
import Testing
import Vocabulary

/// What a history holds of some facts. The verdict stands last.
@Suite struct HistoryBuilderTests {
    @Test func factsOfAnAccountLieTogetherInOrder() {
        let history = history([
            fact("activity e2 @200 named page person anonymous:web/v1"),
            fact("deal opened 6 @150 account record:crm/account/9 amount=90000EUR"),
            fact("observed 1 @100 person record:crm/contact/1 email:ann@acme.example country=DE"),
            fact("identified 7 @160 person record:crm/contact/1 anonymous:web/v1"),
            fact("observed 9 @90 account record:crm/account/9 domain:www.acme.example", object: "account"),
        ])
        #expect(
            history.lines == [
                "account crm/account/9 record:crm/account/9 domain:acme.example domain:www.acme.example",
                "  person record:crm/contact/1",
                "  90 observed about crm/account/9 #5",
                "  100 observed about crm/contact/1 of record:crm/contact/1 country=text:0:DE #3",
                "  150 deal opened about crm/deal/6 amount=money:4753:90000 #2",
                "  160 identified of record:crm/contact/1 #4",
                "  200 activity page of record:crm/contact/1 #1",
            ])
    }

    /// One fact of every kind, all at one instant, given last to first: the kind decides, then source, object, id and aspect.
    @Test func factsOfOneInstantAreInTheOrderOfTheirKinds() {
        let person = "person record:crm/contact/1"
        let inOrder: [Fact] = [
            fact("identified 1 @5 \(person)", object: "a"), fact("merged 1 @5 \(person)", object: "b"),
            fact("unmerged 1 @5 \(person)", object: "c"), fact("consent given 1 @5 \(person) purpose=all", object: "a"),
            fact("consent objected 1 @5 \(person) purpose=all", object: "b"),
            fact("observed 1 @5 \(person)", object: "a"), fact("owned 1 @5 \(person)", object: "b"),
            fact("archived 1 @5 \(person)", object: "c"),
            fact("field changed 1 @5 named x \(person) value=1", object: "d"),
            fact("activity 1 @5 named x \(person)", source: "a"), fact("activity 1 @5 named x \(person)", object: "a"),
            fact("activity 1 @5 named x \(person)", object: "b"), fact("activity 10 @5 named x \(person)", object: "b"),
            fact("activity 2 @5 named x \(person)", object: "b"),
            fact("activity 2 @5 named x \(person)", object: "b", aspect: "a"),
            fact("activity 2 @5 named x \(person)", object: "b", aspect: "b"),
            fact("touch 1 @5 \(person) channel=call"), fact("meeting missed 1 @5 \(person)", object: "a"),
            fact("meeting booked 1 @5 \(person)", object: "b"), fact("rejected 1 @5 \(person)", object: "a"),
            fact("accepted 1 @5 \(person)", object: "b"), fact("deal won 1 @5 \(person)", object: "a"),
            fact("deal opened 1 @5 \(person)", object: "b"), fact("customer started 1 @5 \(person)"),
            fact("heard 1 @5 \(person) note=x"), fact("requested 1 @5 \(person) to=sales what=x"),
            fact("decision 1 @5 named told \(person)"),
        ]
        let history = history(inOrder.reversed())
        #expect(history.sequence == (1...UInt32(inOrder.count)).reversed())
    }

    @Test func valuesAreWholeNumbers() throws {
        let values: [(Value, PropertyTable.Kind, Int64?)] = [
            (.number(Number(12)), .number, 12_000_000), (.number(Number(mantissa: -5, scale: 1)), .number, -500_000),
            (.number(Number(mantissa: 1, scale: 6)), .number, 1), (.number(Number(mantissa: 1, scale: 7)), .other, nil),
            (.number(Number(9_223_372_036_854)), .number, 9_223_372_036_854_000_000),
            (.number(Number(9_223_372_036_855)), .other, nil),
            (.money(Money(minorUnits: -7, currency: Currency(code: "EUR")!)), .money, -7),
            (.instant(Instant(milliseconds: 9)), .instant, 9), (.date(CivilDate(daysSinceEpoch: -3)), .date, -3),
            (.flag(true), .flag, 1), (.flag(false), .flag, 0), (.cleared, .cleared, 0), (.text("a"), .text, nil),
            (.personal(.known("a")), .text, nil), (.list(["a", "b"]), .other, nil),
        ]
        for (value, kind, bits) in values {
            var told = fact("observed 1 @1 person record:crm/contact/1")
            told = Fact(
                key: told.key, kind: .observed, occurred: told.occurred, recorded: told.recorded, persons: told.persons,
                properties: [Property("x", value)])
            let history = history([told])
            let name = try #require(history.texts.number(of: "x"))
            let property = try #require(history.properties.property(name, of: history.acts[0].properties))
            #expect(property.kind == kind, "\(value)")
            if let bits { #expect(property.bits == bits, "\(value)") }
            switch value {
            case .text, .personal: #expect(history.texts[Int32(property.bits)] == "a")
            case .list: #expect(history.texts[Int32(property.bits)] == "a, b")
            case .number(let number) where kind == .other:
                #expect(history.texts[Int32(property.bits)] == number.description)
            default: break
            }
        }
    }

    @Test func whatSaysTheSameIsStoredOnce() {
        let history = history((1...50).map { fact("activity \($0) @\($0) named page person anonymous:web/v1 path=/a") })
        #expect(history.count == 50 && history.acts.count == 1 && history.properties.count == 1)
    }

    @Test func textsAreOneWhenTheirBytesAre() {
        let history = history([
            fact("activity 1 @1 named e\u{301} person record:crm/contact/1"),
            fact("activity 2 @2 named \u{E9} person record:crm/contact/1"),
        ])
        #expect(history.acts.count == 2)
        #expect(history.texts.all.filter { $0 == "\u{E9}" }.count == 2)
    }

    @Test func whatBecameKnownLaterSaysWhen() {
        let history = history([
            fact("activity 1 @1 named a person record:crm/contact/1"),
            fact("activity 2 @2 known @9 named a person record:crm/contact/1"),
            fact("activity 3 @3 known @2 named a person record:crm/contact/1"),
        ])
        #expect((0..<3).map(history.known) == [1, 9, 3])
        #expect(history.lateFacts == [1])
    }

    @Test func asOfAnInstantWhatWasNotKnownIsNotThere() {
        let facts = [
            fact("observed 1 @1 person record:crm/contact/1"), fact("observed 2 @2 person record:crm/contact/2"),
            fact("merged 1 @3 known @9 person record:crm/contact/1 record:crm/contact/2"),
        ]
        #expect(history(facts, knownBy: Instant(milliseconds: 8)).persons.count == 2)
        #expect(history(facts, knownBy: Instant(milliseconds: 9)).persons.count == 1)
    }

    @Test func whatConcernsNobodyIsApart() {
        var builder = HistoryBuilder()
        let facts = [
            fact("company r @5 named roster"), fact("company q @5 named quota"), fact("company a @1 named absence"),
            fact("measure m @1 named visitors amount=1"), fact("counted c @1 records=1 digest=x"),
            fact("agreement signed s @1 digest=x side=sales"), fact("requested r @1 to=sales what=x"),
            fact("decision d @1 named told"),
        ]
        for (place, fact) in facts.enumerated() { builder.add(RecordedFact(sequence: Int64(place), fact: fact)) }
        let history = builder.build(registrableDomain: lastTwoLabels)
        #expect(history.company.map(\.fact.key.id) == ["a", "q", "r"])
        #expect(builder.others.map(\.fact.key.id) == ["m", "c", "s", "r", "d"])
        #expect(history.count == 0 && history.accounts.isEmpty)
    }
}
