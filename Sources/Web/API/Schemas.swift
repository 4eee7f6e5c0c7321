internal import Inbound
internal import Journal
internal import Reports

/// What answers and requests look like, as JSON Schema (2020-12). Whatever an object of ours has is named here, and nothing
/// else comes: a test holds every answer against it.
enum Schemas {
    static let all: [(name: String, schema: String)] =
        [
            ("Problem", problem), ("Taken", taken), ("Imported", imported), ("ReportList", reportList),
            ("Report", report),
            ("ReportValue", reportValue), ("Records", records), ("PersonList", page(of: named("ListedPerson"))),
            ("ListedPerson", listedPerson), ("Explanation", explanation), ("Clause", clause), ("Fact", fact),
            ("Missing", missing), ("HandOver", closed(handOver)), ("DecisionList", page(of: named("Decision"))),
            ("Decision", closed(decision + handOver)), ("GateAnswer", closed(gateAnswer)),
            ("GateReply", closed(gateReply)), ("GateReplies", closed([("data", list(named("GateReply")))])),
            ("GateList", gateList), ("Version", closed(version)),
            ("VersionList", closed([("data", list(named("Version")))])),
            ("VersionWithContract", closed(version + [("contract", contract)])), ("Document", document),
        ] + sent

    static func named(_ name: String) -> String { ##"{"$ref":"#/components/schemas/\##(name)"}"## }

    // MARK: Pieces

    private static let text = #"{"type":"string"}"#
    private static let textOrNull = #"{"type":["string","null"]}"#
    private static let flag = #"{"type":"boolean"}"#
    private static let count = #"{"type":"integer","minimum":0}"#
    private static let instant = #"{"type":"string","format":"date-time"}"#

    private static func words(_ words: [String]) -> String {
        #"{"type":"string","enum":["\#(words.joined(separator: #"",""#))"]}"#
    }

    private static func list(_ item: String) -> String { #"{"type":"array","items":\#(item)}"# }

    /// An object with these members and no other. A name with a `?` behind may be missing.
    private static func closed(_ members: [(String, String)]) -> String {
        let properties = members.map { name, schema in "\"\(name.filter { $0 != "?" })\":\(schema)" }
        let required = members.map(\.0).filter { !$0.hasSuffix("?") }.map { "\"\($0)\"" }
        return #"{"type":"object","additionalProperties":false,"properties":{\#(properties.joined(separator: ","))}"#
            + #","required":[\#(required.joined(separator: ","))]}"#
    }

    /// By names that the company gives.
    private static func byName(_ schema: String) -> String {
        #"{"type":"object","additionalProperties":\#(schema)}"#
    }

    private static func page(of item: String) -> String {
        closed([("data", list(item)), ("next?", #"{"type":"string","format":"uri-reference"}"#)])
    }

    // MARK: All addresses

    /// What stands in it is OpenAPI's to say.
    private static let document = closed([
        ("openapi", #"{"type":"string","const":"3.1.0"}"#),
        (
            "info",
            closed([
                ("title", text), ("version", text), ("summary", text), ("description", text),
                ("license", closed([("name", text)])),
            ])
        ), ("servers", list(closed([("url", text)]))), ("tags", list(closed([("name", text)]))),
        ("paths", byName(#"{"type":"object"}"#)), ("components", byName(#"{"type":"object"}"#)),
    ])

    private static let problem = closed([
        ("type", #"{"type":"string","format":"uri"}"#), ("title", text),
        ("status", #"{"type":"integer","minimum":400,"maximum":599}"#), ("detail", text),
        ("code", #"{"type":"string","pattern":"^[a-zA-Z0-9-]+$"}"#), ("message", text), ("accepted?", count),
        ("known?", count),
        (
            "errors?",
            list(closed([("index", count), ("pointer", text), ("code", text), ("detail", text)]))
        ),
    ])

    private static let taken = closed([
        ("success", #"{"type":"boolean","const":true}"#), ("accepted", count), ("known", count),
    ])

    private static let imported = closed(
        [("import", #"{"type":"string","pattern":"^[0-9a-f]+$"}"#), ("mapping", text)]
            + [
                "rows", "accepted", "unchanged", "repeated", "rejected", "filtered", "facts_added", "records_gone",
                "records_back",
            ].map { ($0, count) }
            + [
                (
                    "rejects",
                    list(closed([("line", count), ("column", text), ("code", text), ("reason", text)]))
                )
            ])

    // MARK: Numbers

    private static let reportList = closed([
        (
            "data",
            list(
                closed([
                    ("name", text), ("title", text), ("answers", text),
                    (
                        "options",
                        list(closed([("name", words(ReportOption.allCases.map(\.rawValue))), ("meaning", text)]))
                    ),
                    ("modes", list(closed([("name", text), ("meaning", text)]))),
                    ("formulas", list(closed([("number", text), ("formula", text), ("source", text)]))),
                ]))
        )
    ])

    private static let reportValue =
        #"{"anyOf":[{"type":["null","integer","boolean","string"]},"#
        + [
            closed([("part", count), ("whole", count)]),
            closed([("seconds", text), ("time", words(["business", "physical"]))]),
            list(closed([("minor_units", #"{"type":"integer"}"#), ("currency", text)])),
        ].joined(separator: ",") + "]}"

    private static let report = closed([
        ("report", text), ("title", text), ("question", question),
        (
            "sections",
            list(
                closed([
                    ("key", text), ("title", text), ("rows_are", text),
                    (
                        "columns",
                        list(
                            closed([
                                ("key", text), ("title", text),
                                (
                                    "kind",
                                    words([
                                        "count", "share", "duration", "money", "number", "text", "flag", "instant",
                                        "date", "fact",
                                    ])
                                ),
                            ]))
                    ),
                    (
                        "rows",
                        list(
                            closed([
                                ("key", text), ("name", text), ("is_total", flag),
                                (
                                    "cells",
                                    byName(
                                        closed([
                                            ("value", named("ReportValue")), ("text", text), ("records", count),
                                            ("handle", text),
                                        ]))
                                ),
                            ]))
                    ),
                ]))
        ),
        ("warnings", list(closed([("code", text), ("sentence", text)]))), ("handle", text),
    ])

    private static let question = closed([
        ("population", text), ("measure", text), ("mode", text), ("from", textOrNull), ("to", instant),
        ("until", instant), ("known_by", textOrNull), ("by", text), ("only", list(text)), ("zone", text),
        ("currency", text), ("agreement", text), ("company", text),
    ])

    private static let records = closed([
        ("section", text), ("row", text), ("column", text), ("value", named("ReportValue")),
        ("records", list(byName(named("ReportValue")))), ("next?", #"{"type":"string","format":"uri-reference"}"#),
    ])

    // MARK: People

    private static let listedPerson = closed([
        ("number", count), ("person", text), ("account", text), ("stage?", text), ("detour?", text), ("pass", count),
        ("since?", instant), ("owner?", text),
    ])

    private static let clause = closed([
        ("address", text), ("file", text), ("line", count), ("version", text),
    ])

    private static let fact = closed([("number", count), ("source", text), ("object", text), ("id", text)])

    private static let cited = [("clause?", named("Clause")), ("fact?", named("Fact"))]

    private static let missing =
        #"{"anyOf":["#
        + [
            closed([("all_of", list(named("Missing")))]), closed([("one_of", list(named("Missing")))]),
            closed([("condition", text), ("found", text), ("remedy?", text)]),
        ].joined(separator: ",") + "]}"

    private static let explanation = closed([
        ("person", text), ("account", text), ("at", instant), ("judged_by", text), ("dry_run", flag), ("version", text),
        ("stage?", text), ("detour?", text), ("pass", count), ("since?", instant), ("engagement", text), ("fit", text),
        ("grade?", text),
        (
            "timeline",
            list(
                closed(
                    [
                        ("at", instant),
                        (
                            "kind",
                            words([
                                "fact", "move", "verdict", "hand_over", "owner", "promise", "breach", "conflict",
                                "quarantine", "correction",
                            ])
                        ), ("what", text), ("times", count),
                    ] + cited))
        ),
        (
            "contributions",
            list(closed([("at", instant), ("activity", text), ("points", text), ("left", text)] + cited))
        ),
        (
            "fit_rules",
            list(
                closed([
                    ("condition", text), ("points", text), ("holds", flag), ("because?", text),
                    ("clause?", named("Clause")),
                ]))
        ),
        (
            "why_not_further",
            list(
                closed([
                    ("aim", text), ("condition", text), ("note?", text), ("missing?", named("Missing")),
                    ("clause?", named("Clause")),
                ]))
        ), ("hand_overs", list(named("HandOver"))), ("gate", list(named("GateAnswer"))),
    ])

    private static let handOver: [(String, String)] =
        [
            ("stage", text), ("pass", count), ("entered", instant), ("held?", text), ("ready?", instant),
            ("engagement?", text), ("fit?", text), ("grade?", text), ("before_go_live", flag),
            ("owners", list(closed([("owner", text), ("since", instant), ("why", text)]))), ("verdict?", text),
            ("dispute?", text),
            (
                "promises",
                list(
                    closed(
                        [
                            ("promise", text), ("owner", text), ("within", text), ("calendar", text),
                            ("start", instant),
                            ("due?", instant), ("state", text), ("ended?", instant),
                        ] + cited))
            ), ("owner_by_rules?", text),
            (
                "rules",
                list(closed([("rule", text), ("holds", flag), ("outcome", text), ("clause?", named("Clause"))]))
            ),
        ] + cited + [("ready_fact?", named("Fact"))]

    private static let decision = [("number", count), ("person", text), ("account", text)]

    private static let gateAnswer: [(String, String)] =
        [
            ("purpose", text), ("channel", text), ("answer", words(["allow", "deny", "not_before"])), ("why", text),
            ("reason", text), ("not_before?", instant), ("expires?", instant),
        ] + cited

    /// What is no address belongs to no purpose.
    private static let gateReply: [(String, String)] =
        [("who", text), ("known", flag)]
        + gateAnswer.map { name, schema in (["purpose", "channel"].contains(name) ? name + "?" : name, schema) }

    private static let gateList = closed([
        (
            "who",
            #"{"type":"array","minItems":1,"maxItems":1000,"items":{"type":"string","minLength":1,"maxLength":500}}"#
        ), ("purpose", #"{"type":"string","minLength":1,"maxLength":200}"#),
        ("channel?", #"{"type":"string","minLength":1,"maxLength":200}"#),
    ])

    // MARK: The agreement

    private static let party = words(["marketing", "sales", "operations", "executive"])

    private static let version: [(String, String)] = [
        ("digest", #"{"type":"string","pattern":"^[0-9a-f]{64}$"}"#), ("company", text),
        ("standing", words(["in force", "scheduled", "replaced", "waiting", "overtaken"])), ("proposed", instant),
        ("from?", instant), ("until?", instant),
        (
            "signatures",
            list(closed([("side", party), ("signer", text), ("on_behalf_of?", text), ("at", instant)]))
        ),
        (
            "missing",
            list(closed([("what", words(["side", "mission", "hand_over"])), ("party", party), ("person?", text)]))
        ),
        ("read", list(closed([("side", party), ("named", count), ("confirmed", count)]))),
        ("not_read_by", list(text)),
    ]

    private static let contract = closed([
        ("title", text),
        (
            "sections",
            list(
                closed([
                    ("title", text), ("sentences", list(closed([("text", text), ("clauses", list(text))]))),
                ]))
        ),
    ])

    // MARK: What is sent. Members that nobody asked for are kept, so these are open, but for plain facts.

    private static let sent: [(name: String, schema: String)] =
        Inbound.Segment.allCases.filter { $0 != .batch }.map { ("Segment-\($0.rawValue)", call($0)) } + [
            ("Segment-batch", batch), ("CloudEvent", cloudEvent),
            ("CloudEvents", list(named("CloudEvent"))), ("PlainFact", plainFact),
            ("PlainFacts", #"{"anyOf":[\#(named("PlainFact")),\#(list(named("PlainFact")))]}"#),
        ]

    private static let id = #"{"type":["string","number","null"],"maxLength":256}"#
    /// Spaces around it are dropped; within it there is no control character.
    private static let neededID =
        #"{"anyOf":[{"type":"string","minLength":1,"maxLength":256,"pattern":"^[\\u0009-\\u000d ]*[^\\u0000-\\u0020\\u007f]"#
        + #"([^\\u0000-\\u001f\\u007f]*[^\\u0000-\\u0020\\u007f])?[\\u0009-\\u000d ]*$"},{"type":"number"}]}"#
    private static let time = #"{"anyOf":[\#(instant),{"type":"null"}]}"#
    private static let anybody =
        #"{"anyOf":[{"required":["userId"],"properties":{"userId":\#(neededID)}},"#
        + #"{"required":["anonymousId"],"properties":{"anonymousId":\#(neededID)}}]}"#

    private static func call(_ segment: Inbound.Segment) -> String {
        let own: [(String, String)] =
            switch segment {
            case .track: [("event", neededID)]
            case .group: [("groupId", neededID)]
            case .alias: [("previousId", neededID)]
            default: []
            }
        let common = [
            ("messageId", id), ("userId", id), ("anonymousId", id), ("timestamp", time), ("originalTimestamp", time),
            ("sentAt", time),
        ]
        let properties = (own + common).map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",")
        let required = own.map { "\"\($0.0)\"" }.joined(separator: ",")
        return #"{"type":"object","properties":{\#(properties)},"required":[\#(required)],"allOf":[\#(anybody)]}"#
    }

    private static let batch =
        #"{"type":"object","properties":{"batch":{"type":"array","items":{"anyOf":["#
        + Inbound.Segment.allCases.filter { $0 != .batch }.map { segment in
            #"{"allOf":[\#(named("Segment-\(segment.rawValue)")),"#
                + #"{"required":["type"],"properties":{"type":{"const":"\#(segment.rawValue)"}}}]}"#
        }.joined(separator: ",") + #"]}},"sentAt":\#(time)},"required":["batch"]}"#

    private static let cloudEvent =
        #"{"type":"object","properties":{"specversion":{"const":"1.0"},"id":\#(neededID),"source":\#(neededID),"#
        + #""type":\#(neededID),"time":\#(time),"subject":\#(neededID),"data":{"type":["object","null"]}},"#
        + #""required":["specversion","id","source","type","subject"],"not":{"required":["data_base64"]}}"#

    private static let plainFact = closed([
        ("source?", id), ("object", neededID), ("id", neededID), ("aspect?", id),
        ("kind", words(PlainFacts.kinds.map(\.word))), ("name?", text), ("occurred?", time),
        ("persons?", list(identifier)), ("accounts?", list(identifier)), ("actor?", identifier),
        ("properties?", byName(value)),
    ])

    private static let identifier =
        #"{"type":"string","pattern":"^(email|phone|domain|anonymous|record):.+","examples":["email:ann@acme.example"]}"#

    private static let value =
        #"{"anyOf":[{"type":["string","number","boolean","null"]},{"type":"array","items":{"type":["string","number"]}},"#
        + ["money", "date", "instant", "number", "personal"].map { closed([($0, text)]) }.joined(separator: ",") + "]}"
}

extension Operation.Media {
    /// JSON of a schema by its name.
    static func json(_ schema: String, _ example: String) -> Operation.Media {
        Operation.Media(type: "application/json", schema: Schemas.named(schema), example: example)
    }
}
