internal import HTTPTypes
internal import Hummingbird
internal import Inbound
internal import Journal
internal import NIOCore

/// What went wrong, for programs as a problem document (RFC 9457), for people as a page.
///
/// `code` and `message` are there for Segment's clients, which look for them to tell whether to send again.
struct Problem: Error, Sendable {
    var status: HTTPResponse.Status
    /// Stable, in kebab case.
    var code: String
    /// A full sentence.
    var detail: String
    var remedy = ""
    /// What is wrong with single items; those that are not named were kept.
    var faults: [ItemFault] = []
    /// How many items were kept, where there were several.
    var kept: (accepted: Int, known: Int)?
    var headers = HTTPFields()

    init(_ status: HTTPResponse.Status, _ code: String, _ detail: String, remedy: String = "") {
        (self.status, self.code, self.detail, self.remedy) = (status, code, detail, remedy)
    }

    static let notFound = Problem(
        .notFound, "not-found", "There is nothing under this address.", remedy: "Go back to the start.")
    static let forbidden = Problem(
        .forbidden, "forbidden", "Your role or your key does not allow this.",
        remedy: "Ask an operator whether it should.")

    static func busy(seconds: Int, _ detail: String) -> Problem {
        var problem = Problem(.tooManyRequests, "busy", detail, remedy: "Send the same again after \(seconds) s.")
        problem.headers[.retryAfter] = String(seconds)
        return problem
    }

    static func unavailable(_ code: String, seconds: Int, _ detail: String) -> Problem {
        var problem = Problem(.serviceUnavailable, code, detail, remedy: "Send the same again after \(seconds) s.")
        problem.headers[.retryAfter] = String(seconds)
        return problem
    }

    var document: Response {
        var json = JSONText()
        json.object { json in
            json.member("type", "urn:interlock:problem:\(code)")
            json.member("title", status.reasonPhrase)
            json.member("status", Int64(status.code))
            json.member("detail", remedy.isEmpty ? detail : "\(detail) \(remedy)")
            json.member("code", code)
            json.member("message", detail)
            if let kept {
                json.member("accepted", Int64(kept.accepted))
                json.member("known", Int64(kept.known))
            }
            if !faults.isEmpty { json.write(faults) }
        }
        var response = Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: json.bytes)))
        response.headers[.contentType] = "application/problem+json"
        return response
    }
}

extension Problem {
    /// Why a body was not read.
    init(_ fault: JSONFault) {
        self =
            fault.isRefusal
            ? Problem(
                .unprocessableContent, "json-not-taken", "JSON like this is not taken: \(fault.sentence).",
                remedy: "Leave that out, and send it again.")
            : Problem(
                .badRequest, "not-json", "The body is no JSON: \(fault.sentence).", remedy: "Send it as RFC 8259 says.")
    }
}

extension JSONText {
    fileprivate mutating func write(_ faults: [ItemFault]) {
        member("errors")
        array { json in
            for fault in faults {
                json.object { json in
                    json.member("index", Int64(fault.index))
                    json.member("pointer", fault.pointer)
                    json.member("code", fault.code)
                    json.member("detail", "\(fault.cause). \(fault.remedy)")
                }
            }
        }
    }
}

extension Response {
    static func json(_ status: HTTPResponse.Status = .ok, _ write: (inout JSONText) -> Void) -> Response {
        var json = JSONText()
        json.object(write)
        return .bytes(json.bytes, type: "application/json", status)
    }

    static func text(_ text: String, type: String = "text/plain; charset=utf-8", _ status: HTTPResponse.Status = .ok)
        -> Response
    {
        .bytes(Array(text.utf8), type: type, status)
    }

    static func json(_ bytes: [UInt8]) -> Response { .bytes(bytes, type: "application/json", .ok) }

    private static func bytes(_ bytes: [UInt8], type: String, _ status: HTTPResponse.Status) -> Response {
        Response(
            status: status, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// To another page, which is asked for with GET.
    static func redirect(to path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path])
    }
}
