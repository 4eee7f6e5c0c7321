internal import HTTPTypes
internal import Hummingbird
internal import Journal
internal import Roles

/// The document that says what programs may ask: OpenAPI 3.1, made of the routes themselves.
enum OpenAPI {
    static let route = Route.reading("/v1/openapi.json", .readManual, operation) { asked, _ in
        Reply(text(cookie: asked.site.origin.cookieName))
    }

    private static let operation = Operation(
        id: "readDocument", group: .server, summary: "This document",
        answers: [
            Operation.Answer(
                status: 200, meaning: "The document.",
                media: [.json("Document", Examples.document)], isTagged: true)
        ])

    /// Every route that is for programs, in the order of the routes.
    static var described: [(route: Route, operation: Operation)] {
        Site.routes.compactMap { route in route.operation.map { (route, $0) } }
    }

    static func text(cookie: String) -> String {
        var json = JSONText()
        json.object { json in
            json.member("openapi", "3.1.0")
            json.member("info")
            json.object { json in
                json.member("title", "Interlock")
                json.member("version", "1")
                json.member("summary", "The one agreement of sales and marketing, asked by programs.")
                json.member("description", introduction)
                json.member("license")
                json.object { $0.member("name", "See LICENSE") }
            }
            json.member("servers")
            json.array { $0.object { $0.member("url", "/") } }
            json.member("tags")
            json.array { json in
                for group in Operation.Group.allCases { json.object { $0.member("name", group.rawValue) } }
            }
            json.member("paths")
            json.object { writePaths(to: &$0) }
            json.member("components")
            json.object { writeComponents(cookie, to: &$0) }
        }
        return json.text
    }

    static let introduction = """
        Programs come with a key (page “People and keys”, or `interlock key make`), as the user name of Basic authentication or \
        as a Bearer token; people's sign-ins will do as well where their role may. Every fault is a problem document (RFC 9457) \
        with a stable `code`. What is read has a strong `ETag`: send it as `If-None-Match`, and what has not changed is not sent \
        again. Lists come in pages; `next`, and the `Link` header, say where the next one is. A parameter that an address does \
        not have is refused, not passed over.
        """

    // MARK: Paths

    private static func writePaths(to json: inout JSONText) {
        var paths: [String] = []
        for (route, _) in described where !paths.contains(route.path.text) { paths.append(route.path.text) }
        for path in paths {
            json.member(path)
            json.object { json in
                for (route, operation) in described where route.path.text == path {
                    json.member(route.method.rawValue.lowercased())
                    json.object { operation.write(route, to: &$0) }
                }
            }
        }
    }

    // MARK: Components

    private static func writeComponents(_ cookie: String, to json: inout JSONText) {
        json.member("securitySchemes")
        json.object { json in
            json.member("basic")
            json.object { json in
                json.member("type", "http")
                json.member("scheme", "basic")
                json.member("description", "The key as user name; the password is empty.")
            }
            json.member("bearer")
            json.object { json in
                json.member("type", "http")
                json.member("scheme", "bearer")
                json.member("description", "The key.")
            }
            json.member("session")
            json.object { json in
                json.member("type", "apiKey")
                json.member("in", "cookie")
                json.member("name", cookie)
                json.member("description", "The cookie of somebody who is signed in.")
            }
        }
        json.member("schemas")
        json.object { json in
            for (name, schema) in Schemas.all {
                json.member(name)
                json.literal(schema)
            }
        }
        json.member("headers")
        json.object { json in
            json.member("ETag")
            json.object { json in
                json.member("description", "Stands for the bytes of the answer.")
                json.member("required", true)
                json.member("schema")
                json.literal(#"{"type":"string","pattern":"^\"[0-9a-f]{32}\"$"}"#)
            }
            json.member("Link")
            json.object { json in
                json.member("description", "Where the next page is, as rel=\"next\"; on the last page there is none.")
                json.member("schema")
                json.literal(#"{"type":"string","pattern":"^<[^>]+>; rel=\"next\"$"}"#)
            }
            json.member("RetryAfter")
            json.object { json in
                json.member("description", "After so many seconds it is worth to send the same again.")
                json.member("required", true)
                json.member("schema")
                json.literal(#"{"type":"integer","minimum":1}"#)
            }
            json.member("Challenge")
            json.object { json in
                json.member("description", "How to come with a key.")
                json.member("required", true)
                json.member("schema")
                json.literal(#"{"type":"string","pattern":"^Basic "}"#)
            }
        }
    }
}

extension Operation {
    fileprivate func write(_ route: Route, to json: inout JSONText) {
        json.member("operationId", id)
        json.member("tags")
        json.array { $0.string(group.rawValue) }
        json.member("summary", summary)
        if !detail.isEmpty { json.member("description", detail) }
        writeSecurity(route.act, to: &json)
        writeParameters(to: &json)
        if !bodies.isEmpty {
            json.member("requestBody")
            json.object { json in
                json.member("required", true)
                json.member("content")
                json.object { write(bodies, to: &$0) }
            }
        }
        json.member("responses")
        json.object { json in
            for answer in answers { write(answer, to: &json) }
            if isTagged { writeNotModified(to: &json) }
            for status in allFaults(route.act) { writeFault(status, to: &json) }
        }
    }

    private func writeSecurity(_ act: Act, to json: inout JSONText) {
        json.member("security")
        json.array { json in
            guard let roles = act.roles else { return }
            if let scope = act.scope {
                for scheme in ["basic", "bearer"] {
                    json.object { json in
                        json.member(scheme)
                        json.array { $0.string(scope.rawValue) }
                    }
                }
            }
            guard !roles.isEmpty else { return }
            json.object { json in
                json.member("session")
                json.array { json in
                    for role in Role.allCases where roles.contains(role) { json.string(role.rawValue) }
                }
            }
        }
    }

    private func writeParameters(to json: inout JSONText) {
        json.member("parameters")
        json.array { json in
            for parameter in path {
                write(parameter.name, "path", true, parameter.meaning, parameter.schema, parameter.example, to: &json)
            }
            for parameter in query ?? [] {
                let schema =
                    parameter.mayRepeat
                    ? #"{"type":"array","minItems":1,"items":\#(parameter.form.schema)}"# : parameter.form.schema
                write(
                    parameter.name, "query", parameter.isRequired, parameter.meaning.capitalizedFirst + ".", schema,
                    parameter.example, isList: parameter.mayRepeat, to: &json)
            }
            for parameter in headers {
                write(
                    parameter.name, "header", false, parameter.meaning, parameter.schema, parameter.example, to: &json)
            }
        }
    }

    private func write(
        _ name: String, _ place: String, _ isRequired: Bool, _ meaning: String, _ schema: String, _ example: String,
        isList: Bool = false, to json: inout JSONText
    ) {
        json.object { json in
            json.member("name", name)
            json.member("in", place)
            json.member("required", isRequired)
            json.member("description", meaning)
            json.member("schema")
            json.literal(schema)
            json.member("example")
            if isList {
                json.array { $0.string(example) }
            } else if schema.contains(#""type":"integer""#) {
                json.literal(example)
            } else {
                json.string(example)
            }
        }
    }

    private func write(_ media: [Media], to json: inout JSONText) {
        for medium in media {
            json.member(medium.type)
            json.object { json in
                json.member("schema")
                json.literal(medium.schema)
                json.member("example")
                if medium.isJSON { json.literal(medium.example) } else { json.string(medium.example) }
            }
        }
    }

    private func write(_ answer: Answer, to json: inout JSONText) {
        json.member(String(answer.status))
        json.object { json in
            json.member("description", answer.meaning)
            if answer.isTagged || answer.isPaged {
                json.member("headers")
                json.object { json in
                    if answer.isTagged { json.refer("ETag", to: "headers/ETag") }
                    if answer.isPaged { json.refer("Link", to: "headers/Link") }
                }
            }
            if !answer.media.isEmpty {
                json.member("content")
                json.object { write(answer.media, to: &$0) }
            }
            guard !answer.links.isEmpty else { return }
            json.member("links")
            json.object { json in
                for link in answer.links {
                    json.member(link.name)
                    json.object { json in
                        json.member("operationId", link.operation)
                        json.member("parameters")
                        json.object { $0.member(link.parameter, link.value) }
                    }
                }
            }
        }
    }

    private func writeNotModified(to json: inout JSONText) {
        json.member("304")
        json.object { json in
            json.member("description", "What whoever asks has already: their `If-None-Match` names its tag.")
            json.member("headers")
            json.object { $0.refer("ETag", to: "headers/ETag") }
        }
    }

    private static let headersOfFaults = [
        401: ("WWW-Authenticate", "Challenge"), 429: ("Retry-After", "RetryAfter"), 503: ("Retry-After", "RetryAfter"),
    ]

    private func writeFault(_ status: Int, to json: inout JSONText) {
        json.member(String(status))
        json.object { json in
            json.member("description", HTTPResponse.Status(code: status).meaning)
            if let (header, component) = Operation.headersOfFaults[status] {
                json.member("headers")
                json.object { $0.refer(header, to: "headers/\(component)") }
            }
            json.member("content")
            json.object { json in
                json.member("application/problem+json")
                json.object { json in
                    json.member("schema")
                    json.literal(Schemas.named("Problem"))
                    json.member("example")
                    json.literal(Examples.problem)
                }
            }
        }
    }
}

extension JSONText {
    fileprivate mutating func refer(_ name: String, to component: String) {
        member(name)
        object { $0.member("$ref", "#/components/\(component)") }
    }
}

extension HTTPResponse.Status {
    /// What it means here, in a sentence.
    var meaning: String {
        switch code {
        case 400: "What was asked or sent is not as described."
        case 401: "Nobody is known by this key, or there is none."
        case 403: "The role or the key does not allow it."
        case 404: "There is no such thing."
        case 406: "It does not come in a type that whoever asks takes."
        case 409: "It cannot be told now: no agreement is in force, or another than the question was put under."
        case 413: "The body is too large."
        case 415: "The body is of a type that is not taken here."
        case 421: "The server does not answer under the name it was asked by."
        case 422:
            "What was asked or sent can be read and has no answer, or cannot be taken in; the document says what to do instead. Items that it does not name were kept."
        case 429: "More waits than can be done at once: send it again after `Retry-After` seconds."
        case 503:
            "The server is being stopped, or its stores cannot be used: send it again after `Retry-After` seconds."
        default: reasonPhrase
        }
    }
}
