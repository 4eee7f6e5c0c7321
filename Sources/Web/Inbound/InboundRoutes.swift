internal import Access
internal import HTTPTypes
internal import Hummingbird
internal import Inbound
internal import Journal
internal import Roles

//  What other programs send
//
//      body ─▶ JSON ─▶ Delivery: facts of good items, faults of the others ─▶ GroupCommit ─▶ receipts ─▶ answer
//
//  Nobody is answered before what they sent is durable. Whoever sends the same again, because an answer was lost on its
//  way, changes nothing.

enum InboundRoutes {
    static let all: [Route] =
        Segment.allCases.map { segment in
            Route(
                .post, PathTemplate("/v1/\(segment.rawValue)"), .sendFacts, .keyInBody, call(segment),
                bodyLimit: segment.sizeLimit
            ) { asked in
                try await receive(asked, repeating: .harmless) { document, sender throws(ItemFault) in
                    try segment.delivery(of: document, from: sender, received: asked.now)
                }
            }
        } + [
            Route(.post, "/v1/events", .sendFacts, .api, events, bodyLimit: InboundLimits.request) {
                try await cloudEvents($0)
            },
            Route(.post, "/v1/facts", .sendFacts, .api, facts, bodyLimit: InboundLimits.request) { asked in
                try await receive(asked, repeating: .mustSayTheSame) { document, sender throws(ItemFault) in
                    PlainFacts.delivery(of: document, from: sender, received: asked.now)
                }
            },
        ]

    // MARK: In the document

    private static let taken = [
        Operation.Answer(
            status: 200, meaning: "All of it is durable: what was new, and what was known.",
            media: [.json("Taken", Examples.taken)])
    ]

    private static let again = "Whoever sends the same again changes nothing, so send again until you are answered."

    private static func call(_ segment: Segment) -> Operation {
        Operation(
            id: "send\(segment.rawValue.capitalizedFirst)", group: .sending,
            summary: segment == .batch
                ? "Calls of the Segment spec" : "A call “\(segment.rawValue)” of the Segment spec",
            detail: again + " The key may also stand in the body, as `writeKey`.", query: nil,
            bodies: [.json("Segment-\(segment.rawValue)", Examples.calls[segment.rawValue] ?? "{}")], answers: taken,
            faults: [422])
    }

    private static let events = Operation(
        id: "sendEvents", group: .sending, summary: "CloudEvents 1.0",
        detail: again + " In the binary mode the attributes stand in `ce-` headers, and the body is the data.",
        query: nil,
        bodies: [
            Operation.Media(
                type: "application/cloudevents+json", schema: Schemas.named("CloudEvent"), example: Examples.cloudEvent),
            Operation.Media(
                type: "application/cloudevents-batch+json", schema: Schemas.named("CloudEvents"),
                example: "[\(Examples.cloudEvent)]"),
        ], answers: taken, faults: [422])

    private static let facts = Operation(
        id: "sendFacts", group: .sending, summary: "Plain facts: one, or a list",
        detail: again + " The kinds of facts, and what each of them needs, are in docs/facts.md.", query: nil,
        bodies: [.json("PlainFacts", Examples.plainFact)],
        answers: taken.map { answer in
            var answer = answer
            answer.links = [
                Operation.Link(
                    name: "person", operation: "listPeople", parameter: "query.identifier",
                    value: "$request.body#/persons/0")
            ]
            return answer
        }, faults: [422])

    // MARK: CloudEvents

    private static func cloudEvents(_ asked: Asked) async throws -> Response {
        switch mediaType(asked.request) {
        case "application/cloudevents+json":
            return try await receive(asked, repeating: .harmless) { document, sender throws(ItemFault) in
                CloudEvent.structured(document, from: sender, received: asked.now)
            }
        case "application/cloudevents-batch+json":
            return try await receive(asked, repeating: .harmless) { document, sender throws(ItemFault) in
                try CloudEvent.batch(document, from: sender, received: asked.now)
            }
        default: return try await binaryEvent(asked)
        }
    }

    /// The attributes in headers, the data in the body.
    private static func binaryEvent(_ asked: Asked) async throws -> Response {
        let attributes = asked.request.headers.compactMap { field -> (name: String, value: String)? in
            let name = field.name.canonicalName
            return name.hasPrefix("ce-") ? (String(name.dropFirst(3)), field.value) : nil
        }
        guard !attributes.isEmpty else {
            throw Problem(
                .unsupportedMediaType, "not-a-cloudevent", "This is no CloudEvent.",
                remedy: "Send application/cloudevents+json, application/cloudevents-batch+json, or ce- headers.")
        }
        let data = asked.body.isEmpty ? nil : try document(asked.body)
        let delivery = CloudEvent.binary(
            attributes: attributes, data: data, from: try sender(asked), received: asked.now)
        return try await keep(delivery, asked, repeating: .harmless)
    }

    // MARK: All kinds

    /// What it means that a key is there with other content.
    private enum Repeating {
        /// The same event sent again: its time was corrected by another delay. The first stands.
        case harmless
        /// Somebody gave two things one key.
        case mustSayTheSame
    }

    private static func receive(
        _ asked: Asked, repeating: Repeating, _ read: (JSON, Sender) throws(ItemFault) -> Delivery
    ) async throws -> Response {
        let type = mediaType(asked.request)
        guard type == "" || type == "text/plain" || type.hasSuffix("json") else {
            throw Problem(
                .unsupportedMediaType, "not-json", "This address takes JSON only.",
                remedy: "Send it with Content-Type: application/json.")
        }
        let document = try document(asked.body)
        let delivery: Delivery
        do throws(ItemFault) {
            delivery = try read(document, try sender(asked))
        } catch {
            throw Problem(
                .badRequest, error.code, "\(error.cause.capitalizedFirst).", remedy: error.remedy)
        }
        return try await keep(delivery, asked, repeating: repeating)
    }

    private static func mediaType(_ request: Request) -> String {
        let type = request.headers[.contentType] ?? ""
        return type.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
    }

    private static func document(_ body: [UInt8]) throws(Problem) -> JSON {
        do throws(JSONFault) {
            return try JSON(body, limits: InboundLimits.json)
        } catch {
            throw Problem(error)
        }
    }

    private static func sender(_ asked: Asked) throws(ItemFault) -> Sender {
        guard case .key(let key) = asked.caller else {
            throw ItemFault.noSender
        }
        return Sender(source: key.source, userSource: key.userSource, userObject: key.userObject)
    }

    private static func keep(
        _ delivery: Delivery, _ asked: Asked, repeating: Repeating
    ) async throws -> Response {
        let receipts = delivery.batch.isEmpty ? [] : try await asked.site.append(delivery.batch)
        let outcome = Outcome(delivery, receipts, clashesAreFaults: repeating == .mustSayTheSame)
        outcome.count(in: asked.site.meters)
        guard !outcome.faults.isEmpty else {
            return .json { json in
                json.member("success", true)
                json.member("accepted", Int64(outcome.accepted))
                json.member("known", Int64(outcome.known))
            }
        }
        var problem = Problem(
            .unprocessableContent, "bad-items", outcome.sentence,
            remedy: "Mend those named under “errors” and send them again.")
        problem.faults = outcome.faults
        problem.kept = (outcome.accepted, outcome.known)
        throw problem
    }
}

/// What became of each item of a delivery.
private struct Outcome {
    /// Items that added something.
    private(set) var accepted = 0
    /// Items that were there, and those of people who were erased since: sending them again is no use.
    private(set) var known = 0
    private(set) var faults: [ItemFault]

    init(_ delivery: Delivery, _ receipts: [Receipt], clashesAreFaults: Bool) {
        faults = delivery.faults
        var rest = receipts[...]
        for (index, count) in delivery.factCounts.enumerated() where count > 0 {
            let mine = rest.prefix(count).map(\.verdict)
            rest = rest.dropFirst(count)
            if mine.contains(.accepted) {
                accepted += 1
            } else if clashesAreFaults, mine.contains(.keyReused) {
                faults.append(.keyReused(index: index, isAlone: delivery.factCounts.count == 1))
            } else {
                known += 1
            }
        }
        faults.sort { $0.index < $1.index }
    }

    func count(in meters: Meters) {
        meters.note(facts: accepted, as: "accepted")
        meters.note(facts: known, as: "known")
        meters.note(facts: faults.count, as: "refused")
    }

    var sentence: String {
        let kept = accepted + known
        return kept == 0
            ? "Nothing of this could be taken in."
            : "\(faults.count) of \(kept + faults.count) items could not be taken in; the others were."
    }
}

extension String {
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
