import Inbound
import Journal
import Testing
import Vocabulary

@Suite struct SegmentTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var call: Segment
        var json: String
        var told: [String]

        var testDescription: String { name }
    }

    static let rows = [
        Row(
            name: "track", call: .track,
            json: """
                {"messageId":"m1","event":"Form Submitted","userId":" 501 ","anonymousId":"v1","timestamp":"2026-02-02T07:00:00Z",
                 "properties":{"form":" Pricing ","n":12.50,"ok":true,"no":null,"empty":"","tags":["a",2],
                 "cart":[{"sku":"x"},{"sku":"y"}],"deep":{"a":{"b":"c"}},"email":"Bob@Acme.example","big":1e400}}
                """,
            told: [
                "activity track/m1 “Form Submitted” @2026-02-02T07:00:00.000Z person:record:hubspot/contact/501 "
                    + "person:anonymous:web/v1 big=1e400 cart[0].sku=x cart[1].sku=y deep.a.b=c email=<bob@acme.example> "
                    + "form=Pricing n=#12.5 ok=yes tags=[a, 2]"
            ]),
        Row(
            name: "page takes what its context says where the call says nothing", call: .page,
            json: """
                {"messageId":"m2","name":"Home","category":"Site","anonymousId":"v1","properties":{"path":"/own"},
                 "context":{"page":{"path":"/context","title":"Start","referrer":"https://s.example/"},
                 "campaign":{"name":"spring","source":"news"}}}
                """,
            told: [
                "activity page/m2 “page” @2026-02-02T08:00:00.000Z person:anonymous:web/v1 category=Site page_name=Home "
                    + "path=/own referrer=https://s.example/ title=Start utm_campaign=spring utm_source=news"
            ]),
        Row(
            name: "screen", call: .screen, json: #"{"messageId":"m3","name":"Home","userId":7}"#,
            told: [
                "activity screen/m3 “screen” @2026-02-02T08:00:00.000Z person:record:hubspot/contact/7 screen_name=Home"
            ]),
        Row(
            name: "identify says who is one person, and what the user's record says", call: .identify,
            json: """
                {"messageId":"m4","userId":"501","anonymousId":"v1",
                 "traits":{"email":"Ann@Acme.example","firstName":"Ann","plan":"pro","address":{"city":"Bonn"},"gone":null}}
                """,
            told: [
                "identified identify/m4#identified @2026-02-02T08:00:00.000Z person:record:hubspot/contact/501 "
                    + "person:email:ann@acme.example person:anonymous:web/v1",
                "observed user/501#traits.m4 @2026-02-02T08:00:00.000Z person:record:hubspot/contact/501 "
                    + "person:email:ann@acme.example person:anonymous:web/v1 address.city=<Bonn> email=<ann@acme.example> "
                    + "firstName=<Ann> gone=∅ plan=pro",
            ]),
        Row(
            name: "a user id that is an address is one, and is hashed in keys", call: .identify,
            json: #"{"messageId":"m5","userId":"Ann@acme.example","traits":{"plan":"pro"}}"#,
            told: [
                "identified identify/m5#identified @2026-02-02T08:00:00.000Z person:email:ann@acme.example",
                "observed user/\(Subject.digest("ann@acme.example"))#traits.m5 @2026-02-02T08:00:00.000Z "
                    + "person:email:ann@acme.example plan=pro",
            ]),
        Row(
            name: "group", call: .group,
            json: """
                {"messageId":"m6","userId":"501","groupId":"g1","traits":{"name":"Acme","website":"https://www.Acme.example/x",
                 "employees":40}}
                """,
            told: [
                "observed group/g1#traits.m6 @2026-02-02T08:00:00.000Z account:record:web/group/g1 "
                    + "account:domain:www.acme.example employees=#40 name=Acme website=https://www.Acme.example/x",
                "observed user/501#group.m6 @2026-02-02T08:00:00.000Z person:record:hubspot/contact/501 "
                    + "account:record:web/group/g1 group=g1",
            ]),
        Row(
            name: "alias", call: .alias, json: #"{"messageId":"m7","userId":"501","previousId":"v1"}"#,
            told: [
                "identified alias/m7#identified @2026-02-02T08:00:00.000Z person:record:hubspot/contact/501 "
                    + "person:record:hubspot/contact/v1 person:anonymous:web/v1"
            ]),
        Row(
            name: "consent", call: .track,
            json: """
                {"messageId":"m8","event":"Segment Consent Preference Updated","userId":"501",
                 "context":{"consent":{"categoryPreferences":{"Advertising":true,"Analytics":false}}}}
                """,
            told: [
                "activity track/m8 “Segment Consent Preference Updated” @2026-02-02T08:00:00.000Z "
                    + "person:record:hubspot/contact/501",
                "consent given consent/m8#Advertising @2026-02-02T08:00:00.000Z person:record:hubspot/contact/501 "
                    + "proof=Segment m8 purpose=Advertising",
                "consent withdrawn consent/m8#Analytics @2026-02-02T08:00:00.000Z person:record:hubspot/contact/501 "
                    + "proof=Segment m8 purpose=Analytics",
            ]),
        Row(
            name: "a batch keeps the good calls and names the bad ones", call: .batch,
            json: """
                {"context":{"groupId":"g9"},"batch":[{"type":"track","event":"A","messageId":"a","userId":"1"},
                 {"type":"track","messageId":"b","userId":"1"},{"type":"nonsense"},7,
                 {"type":"track","event":"C","messageId":"c"},{"type":"track","event":"D","messageId":["d"],"userId":"1"},
                 {"type":"identify","messageId":"e","anonymousId":"v"}]}
                """,
            told: [
                "activity track/a “A” @2026-02-02T08:00:00.000Z person:record:hubspot/contact/1 account:record:web/group/g9",
                "identified identify/e#identified @2026-02-02T08:00:00.000Z person:anonymous:web/v "
                    + "account:record:web/group/g9",
                "fault 1 /batch/1/event missing", "fault 2 /batch/2/type unknown-type",
                "fault 3 /batch/3 not-an-object",
                "fault 4 /batch/4/userId nobody", "fault 5 /batch/5/messageId not-an-id",
            ]),
        Row(
            name: "control characters in ids and names are refused", call: .batch,
            json: """
                {"batch":[{"type":"track","event":"A","messageId":"a\\u001f","userId":"1"},
                 {"type":"track","event":"A","messageId":"a","userId":"1","properties":{"x\\u001fy":1}}]}
                """,
            told: ["fault 0 /batch/0/messageId not-an-id", "fault 1 /batch/1/properties control-character"]),
    ]

    @Test(arguments: rows) func aCallBecomesTheseFacts(row: Row) throws {
        #expect(try Told.segment(row.call, row.json) == row.told)
    }

    // MARK: Times

    /// What the clocks showed: when it happened and when it was sent, by the sender's; when it happened, by ours.
    @Test(arguments: [
        ("2026-02-02T07:00:00Z", "2026-02-02T08:00:00Z", "2026-02-02T07:00:00.000Z"),
        // A clock that is a year ahead, and one that is 400 days behind.
        ("2027-02-02T07:00:00Z", "2027-02-02T08:00:00Z", "2026-02-02T07:00:00.000Z"),
        ("2024-12-29T07:59:59.750Z", "2024-12-29T08:00:00Z", "2026-02-02T07:59:59.750Z"),
        // Sent before it happened: it has happened by now.
        ("2026-02-02T09:00:00Z", "2026-02-02T08:59:00Z", "2026-02-02T08:00:00.000Z"),
        // No time of sending: the time stands, unless it is yet to come.
        ("2026-02-01T09:00:00+01:00", nil, "2026-02-01T08:00:00.000Z"),
        ("2026-02-01T08:00:00", nil, "2026-02-01T08:00:00.000Z"), ("2026-02-01", nil, "2026-02-01T00:00:00.000Z"),
        ("2026-02-02T20:00:00Z", nil, "2026-02-02T08:00:00.000Z"), (nil, nil, "2026-02-02T08:00:00.000Z"),
        (nil, "2027-02-02T08:00:00Z", "2026-02-02T08:00:00.000Z"),
        ("2026-03-02T08:00:00Z", nil, "time-in-future"), ("1969-02-02T08:00:00Z", nil, "time-out-of-range"),
        ("yesterday", nil, "not-a-time"), ("2026-02-02T08:00:00Z", "soon", "not-a-time"),
    ])
    func clocksThatAreWrongAreCorrected(timestamp: String?, sent: String?, told: String) throws {
        let times = [timestamp.map { #""timestamp":"\#($0)""# }, sent.map { #""sentAt":"\#($0)""# }].compactMap { $0 }
        let json = "{" + ([#""event":"A","messageId":"a","userId":"1""#] + times).joined(separator: ",") + "}"
        let line = try #require(try Told.segment(.track, json).first)
        #expect(line.contains(told), "\(line)")
    }

    @Test func theTimeOfSendingOfABatchCountsForCallsWithoutTheirOwn() throws {
        let json = """
            {"sentAt":"2027-02-02T08:00:00Z","batch":[
             {"type":"track","event":"A","messageId":"a","userId":"1","timestamp":"2027-02-02T07:30:00Z"},
             {"type":"track","event":"A","messageId":"b","userId":"1","timestamp":"2027-02-02T07:30:00Z",
              "sentAt":"2027-02-02T07:45:00Z"},
             {"type":"track","event":"A","messageId":"c","userId":"1","timestamp":"2026-01-01T00:00:00Z",
              "originalTimestamp":"2027-02-02T07:30:00Z"}]}
            """
        let told = try Told.segment(.batch, json).map { String($0.drop { $0 != "@" }.prefix(25)) }
        #expect(
            told == ["@2026-02-02T07:30:00.000Z", "@2026-02-02T07:45:00.000Z", "@2026-02-02T07:30:00.000Z"])
    }

    // MARK: The same again

    @Test func aCallSentAgainLaterHasTheSameKey() throws {
        let call =
            #"{"event":"A","messageId":"a","userId":"1","timestamp":"2026-02-02T07:00:00Z","sentAt":"2026-02-02T08:00:"#
        let first = try Told.segment(.track, call + #"00Z"}"#), again = try Told.segment(.track, call + #"07Z"}"#)
        #expect(first != again)
        #expect(first[0].hasPrefix("activity track/a ") && again[0].hasPrefix("activity track/a "))
    }

    @Test func callsWithoutAnIdAreToldApartByWhatTheySayAndWhen() throws {
        func ids(_ calls: String...) throws -> [Substring] {
            let json =
                #"{"batch":["# + calls.map { #"{"type":"track","userId":"1",\#($0)}"# }.joined(separator: ",") + "]}"
            return try Told.segment(.batch, json).compactMap { $0.split(separator: " ").dropFirst().first }
        }
        let dated = #""event":"A","timestamp":"2026-02-02T07:00:00Z""#
        #expect(Set(try ids(dated, dated + #","sentAt":"2026-02-02T07:00:00Z""#)).count == 1)
        #expect(Set(try ids(dated, #""event":"B","timestamp":"2026-02-02T07:00:00Z""#)).count == 2)
        #expect(Set(try ids(#""event":"A""#, #""event":"A""#)).count == 2)
    }

    // MARK: Limits

    @Test func anEventMayTakeSoManyBytesAndSoManyValues() throws {
        func call(_ filling: Int) -> String {
            #"{"event":"A","messageId":"a","userId":"1","properties":{"x":""# + String(repeating: "x", count: filling)
                + #""}}"#
        }
        let rest = call(0).utf8.count
        #expect(try Told.segment(.track, call(InboundLimits.event - rest))[0].hasPrefix("activity"))
        #expect(try Told.segment(.track, call(InboundLimits.event - rest + 1)) == ["fault 0  event-too-large"])
        let values = (0...InboundLimits.properties).map { "\"p\($0)\":1" }
        func many(_ count: Int) -> String {
            #"{"event":"A","messageId":"a","userId":"1","properties":{"# + values.prefix(count).joined(separator: ",")
                + "}}"
        }
        #expect(try Told.segment(.track, many(InboundLimits.properties))[0].hasPrefix("activity"))
        #expect(
            try Told.segment(.track, many(InboundLimits.properties + 1)) == ["fault 0 /properties too-many-values"])
    }
}
