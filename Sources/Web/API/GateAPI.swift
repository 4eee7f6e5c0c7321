internal import Answers
internal import HTTPTypes
internal import Hummingbird
internal import Inbound
internal import Journal
internal import Roles
internal import Vocabulary

/// Whether people may be contacted for a purpose, now.
enum GateAPI {
    static let routes: [Route] = [
        .reading("/v1/gate", .seeLeads, one) { asked, _ in
            let query = asked.query
            let asking = GateQuestion(who: [query["who"]], purpose: query["purpose"], channel: query["channel"])
            let present = try await asked.judgedCompany()
            return try await Blocking.run {
                let replies = try asking.answers(present, asked)
                var json = JSONText()
                for reply in replies { reply.write(to: &json) }
                return Reply(json.bytes)
            }
        },
        Route(.post, "/v1/gate", .seeLeads, .api, list, bodyLimit: InboundLimits.request) { asked in
            _ = try AcceptedMedia(asked.request).best(of: list.offered)
            let asking = try GateQuestion(asked)
            let present = try await asked.judgedCompany()
            let bytes = try await Blocking.run {
                let replies = try asking.answers(present, asked)
                var json = JSONText()
                json.object { json in
                    json.member("data")
                    json.array { json in for reply in replies { reply.write(to: &json) } }
                }
                return json.bytes
            }
            return .json(bytes)
        },
    ]

    private static let purposes = "the purpose, by its name in the agreement"
    private static let channels = "the channel; a purpose's own is the only one it is allowed on"

    private static let one = Operation(
        id: "askGate", group: .people, summary: "Whether somebody may be contacted for a purpose, now",
        detail: """
            Of somebody whom no fact names it is answered what the agreement says where nothing is known. Ask before each \
            message: consent is withdrawn at any time.
            """,
        query: [
            QueryParameter(
                name: "who", form: .text(longest: 500), meaning: "an e-mail address, or an identifier",
                example: "ann@acme.example", isRequired: true),
            QueryParameter(
                name: "purpose", form: .text(), meaning: purposes, example: "marketing_email", isRequired: true),
            QueryParameter(name: "channel", form: .text(), meaning: channels, example: "email"),
        ],
        answers: [
            Operation.Answer(
                status: 200, meaning: "The answer.", media: [.json("GateReply", Examples.gateReply)], isTagged: true)
        ], faults: [409, 422])

    private static let list = Operation(
        id: "askGateForList", group: .people,
        summary: "Whether the people on a list may be contacted for a purpose, now",
        detail: "Everybody on the list gets an answer, in its order.",
        bodies: [.json("GateList", Examples.gateList)],
        answers: [
            Operation.Answer(
                status: 200, meaning: "An answer for each.", media: [.json("GateReplies", Examples.gateReplies)])
        ], faults: [409, 422])
}

/// Who is asked about, for what.
private struct GateQuestion {
    let who: [String]
    let purpose: String
    let channel: String?

    private static let most = 1000

    init(who: [String], purpose: String, channel: String) {
        (self.who, self.purpose, self.channel) = (who, purpose, channel.isEmpty ? nil : channel)
    }

    /// `{"who": ["ann@acme.example"], "purpose": "marketing_email"}`
    init(_ asked: Asked) throws {
        try asked.checkIsJSON()
        guard case .object(let object) = try asked.json() else { throw GateQuestion.unreadable("", "an object") }
        for member in object.members where !["who", "purpose", "channel"].contains(member.name) {
            throw GateQuestion.unreadable(member.name, "left out: it takes who, purpose and channel")
        }
        guard case .array(let items)? = object["who"], (1...GateQuestion.most).contains(items.count) else {
            throw GateQuestion.unreadable("who", "a list of 1 to \(GateQuestion.most) addresses or identifiers")
        }
        who = try items.map { item in
            guard case .string(let text) = item, (1...500).contains(text.unicodeScalars.count) else {
                throw GateQuestion.unreadable("who", "a list of texts of 1 to 500 signs")
            }
            return text
        }
        purpose =
            try GateQuestion.text("purpose", in: object) ?? { throw GateQuestion.unreadable("purpose", "there") }()
        channel = try GateQuestion.text("channel", in: object)
    }

    private static func text(_ name: String, in object: JSONObject) throws -> String? {
        switch object[name] {
        case nil: nil
        case .string(let text)? where (1...200).contains(text.unicodeScalars.count): text
        default: throw unreadable(name, "a text of 1 to 200 signs")
        }
    }

    private static func unreadable(_ member: String, _ form: String) -> Problem {
        let what = member.isEmpty ? "The body" : "The member “\(member)”"
        return Problem(
            .badRequest, "unreadable-body", "\(what) must be \(form).",
            remedy: #"Send {"who": ["ann@acme.example"], "purpose": "marketing_email"}."#)
    }

    func answers(_ present: JudgedPresent, _ asked: Asked) throws -> [GateReply] {
        // Hours of contact begin and end between facts, so it is asked as of now, not as of the last judging.
        guard let evaluation = try present.present.evaluation(at: asked.now) else { throw Problem.noAgreement }
        let (site, moment) = (asked.site, present.present)
        return try refusingProblems {
            let gate = try Gate(
                evaluation, purpose: purpose, channel: channel, citing: site.journal,
                lookUp: { try site.company.persons($0, in: moment) })
            return try gate.answers(to: who.map { WrittenAddress(naming: $0) })
        }
    }
}

extension Asked {
    /// Throws 415 for a body that says it is something else.
    func checkIsJSON() throws {
        let type = (request.headers[.contentType] ?? "").prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        guard type == "application/json" else {
            throw Problem(
                .unsupportedMediaType, "not-json", "This address takes JSON only.",
                remedy: "Send it with Content-Type: application/json.")
        }
    }

    func json() throws -> JSON {
        do throws(JSONFault) {
            return try JSON(body, limits: InboundLimits.json)
        } catch {
            throw Problem(error)
        }
    }
}
