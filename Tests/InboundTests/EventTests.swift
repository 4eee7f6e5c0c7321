import Inbound
import Journal
import Testing
import Vocabulary

@Suite struct CloudEventTests {
    private func structured(_ json: String) throws -> [String] {
        try Told.lines(CloudEvent.structured(JSON(json.utf8), from: Told.sender, received: Told.received))
    }

    @Test func anEventIsAnActivityKeyedBySourceAndId() throws {
        let told = try structured(
            """
            {"specversion":"1.0","id":"a|1","source":"/shop","type":"order.placed","time":"2026-02-02T07:00:00Z",
             "subject":"501","dataschema":"x","datacontenttype":"application/json","region":"eu","data":{"amount":12.5}}
            """)
        #expect(
            told == [
                #"activity event//shop|a\|1 “order.placed” @2026-02-02T07:00:00.000Z person:record:hubspot/contact/501 amount=#12.5 region=eu"#
            ])
    }

    @Test func whomTheDataNamesGoesBeforeTheSubject() throws {
        let told = try structured(
            """
            {"specversion":"1.0","id":"1","source":"s","type":"t","subject":"x",
             "data":{"userId":"7","email":"A@acme.example","anonymousId":"v"}}
            """)
        #expect(
            told == [
                "activity event/s|1 “t” @2026-02-02T08:00:00.000Z person:record:hubspot/contact/7 person:email:a@acme.example "
                    + "person:anonymous:web/v"
            ])
    }

    @Test(arguments: [
        (#"{"id":"1","source":"s","type":"t","subject":"x"}"#, "fault 0 /specversion not-a-cloudevent"),
        (#"{"specversion":"0.3","id":"1","source":"s","type":"t"}"#, "fault 0 /specversion not-a-cloudevent"),
        (#"{"specversion":"1.0","source":"s","type":"t","subject":"x"}"#, "fault 0 /id missing"),
        (#"{"specversion":"1.0","id":"1","type":"t","subject":"x"}"#, "fault 0 /source missing"),
        (#"{"specversion":"1.0","id":"1","source":"s","subject":"x"}"#, "fault 0 /type missing"),
        (#"{"specversion":"1.0","id":"1","source":"s","type":"t"}"#, "fault 0 /subject nobody"),
        (
            #"{"specversion":"1.0","id":"1","source":"s","type":"t","subject":"x","time":"?"}"#,
            "fault 0 /time not-a-time"
        ),
        (
            #"{"specversion":"1.0","id":"1","source":"s","type":"t","subject":"x","data":[1]}"#,
            "fault 0 /data data-not-json"
        ),
        (
            #"{"specversion":"1.0","id":"1","source":"s","type":"t","subject":"x","data_base64":"AA=="}"#,
            "fault 0 /data_base64 data-not-json"
        ), ("[]", "fault 0  not-an-object"),
    ])
    func whatIsNoneIsRefused(json: String, told: String) throws { #expect(try structured(json) == [told]) }

    @Test func aBatchKeepsTheGoodOnes() throws {
        let json = #"[{"specversion":"1.0","id":"1","source":"s","type":"t","subject":"x"},{"specversion":"1.0"}]"#
        let told = try Told.lines(CloudEvent.batch(JSON(json.utf8), from: Told.sender, received: Told.received))
        #expect(told.count == 2 && told[1] == "fault 1 /1/source missing")
        #expect(throws: ItemFault.self) {
            try CloudEvent.batch(JSON("{}".utf8), from: Told.sender, received: Told.received)
        }
    }

    @Test func headersSayTheSameAsMembers() throws {
        let attributes = [
            ("specversion", "1.0"), ("id", "1"), ("source", "s"), ("type", "caf%C3%A9"), ("subject", "x"),
        ].map { (name: $0.0, value: $0.1) }
        let binary = CloudEvent.binary(
            attributes: attributes, data: try JSON(#"{"a":1}"#.utf8), from: Told.sender, received: Told.received)
        let same = #"{"specversion":"1.0","id":"1","source":"s","type":"café","subject":"x","data":{"a":1}}"#
        #expect(try Told.lines(binary) == structured(same))
    }
}

@Suite struct PlainFactTests {
    private func told(_ json: String) throws -> [String] {
        try Told.lines(PlainFacts.delivery(of: JSON(json.utf8), from: Told.sender, received: Told.received))
    }

    @Test func aFactIsTakenAsItIsSaid() throws {
        let json = """
            [{"source":"web","object":"deal","id":"77","kind":"deal won","occurred":"2026-02-01T08:00:00Z",
              "persons":["email:Ann@acme.example"],"accounts":["domain:acme.example"],"actor":"record:hr/employee/5",
              "properties":{"amount":{"money":"900.00 EUR"},"close_date":{"date":"2026-02-03"},"stage":"won","n":1.5,
              "owner":{"personal":"Bob"},"email":"X@acme.example","list":["a","b"],"flag":false,"none":null}}]
            """
        #expect(
            try told(json) == [
                "deal won deal/77#deal won @2026-02-01T08:00:00.000Z person:email:ann@acme.example "
                    + "account:domain:acme.example by:record:hr/employee/5 amount=900.00 EUR close_date=2026-02-03 "
                    + "email=<x@acme.example> flag=no list=[a, b] n=#1.5 none=∅ owner=<Bob> stage=won"
            ])
    }

    @Test(arguments: [
        (#"{"object":"deal","id":"1","kind":"won"}"#, "/kind unknown-kind"),
        (#"{"object":"deal","id":"1","kind":"erased"}"#, "/kind unknown-kind"),
        (#"{"object":"a","id":"1","kind":"agreement signed"}"#, "/kind unknown-kind"),
        (#"{"object":"deal","kind":"deal won"}"#, "/id missing"), (#"{"id":"1","kind":"deal won"}"#, "/object missing"),
        (#"{"source":"crm","object":"deal","id":"1","kind":"deal won"}"#, "/source other-source"),
        (#"{"object":"deal","id":"1","kind":"deal won","colour":1}"#, "/colour unknown-member"),
        (#"{"object":"deal","id":"1","kind":"deal won","persons":["Ann"]}"#, "/persons/0 not-an-identifier"),
        (#"{"object":"deal","id":"1","kind":"deal won","persons":["email:Ann"]}"#, "/persons/0 not-an-email"),
        (#"{"object":"deal","id":"1","kind":"deal won","persons":"email:a@b.example"}"#, "/persons not-a-list"),
        (#"{"object":"deal","id":"1","kind":"deal won","properties":{"a/b":{"x":1}}}"#, "/properties/a~1b not-a-value"),
        (
            #"{"object":"deal","id":"1","kind":"deal won","properties":{"amount":{"money":"9"}}}"#,
            "/properties/amount not-a-value"
        ),
        (#"{"object":"deal","id":"1","kind":"deal won","properties":{"amount":9}}"#, " not-a-fact"),
        (#"{"object":"x","id":"1","kind":"activity","persons":["email:a@b.example"]}"#, " not-a-fact"),
        (#"{"object":"x","id":"1","kind":"rejected"}"#, " not-a-fact"), ("7", " not-an-object"),
        (
            #"{"object":"x","id":"1","kind":"erased","persons":["email:erased:00112233445566778899aabbccddeeff"]}"#,
            "/kind unknown-kind"
        ),
    ])
    func whatIsNoFactIsRefused(json: String, fault: String) throws {
        #expect(try told(json) == ["fault 0 \(fault)"])
    }
}
