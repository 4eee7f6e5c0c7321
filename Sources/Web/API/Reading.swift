internal import HTTPTypes
internal import Hummingbird
internal import Journal
internal import NIOCore
internal import Roles

/// What is read, before it is known whether whoever asks has it already.
struct Reply: Sendable {
    var bytes: [UInt8]
    /// The address of the page behind this one.
    var next: String?
    /// What the page may load, where it is one; `nil`: nothing.
    var contentPolicy: String?

    init(_ bytes: [UInt8], next: String? = nil) { (self.bytes, self.next) = (bytes, next) }

    init(_ text: String) { self.init(Array(text.utf8)) }

    /// One object.
    static func json(_ write: (inout JSONText) -> Void) -> Reply {
        var json = JSONText()
        json.object(write)
        return Reply(json.bytes)
    }
}

extension Route {
    /// An address that is read: in the type that whoever asks would rather have, under a tag of its bytes. The same question
    /// about the same facts has the same bytes, whoever's eyes may see the same.
    static func reading(
        _ path: PathTemplate, _ act: Act, _ operation: Operation,
        answer: @escaping @Sendable (Asked, _ type: String) async throws -> Reply
    ) -> Route {
        Route(.get, path, act, .api, operation) { asked in
            let type = try AcceptedMedia(asked.request).best(of: operation.offered)
            let reply = try await answer(asked, type)
            return Response(reply, type: type, to: asked.request)
        }
    }
}

extension Response {
    fileprivate init(_ reply: Reply, type: String, to request: Request) {
        let tag = EntityTag(of: reply.bytes)
        var headers: HTTPFields = [
            .eTag: tag.text, .vary: "Accept, Authorization, Cookie",
            // Whoever keeps it asks each time whether it still holds.
            .cacheControl: "private, no-cache",
        ]
        if let next = reply.next { headers[.link] = "<\(next)>; rel=\"next\"" }
        if let policy = reply.contentPolicy { headers[.contentSecurityPolicy] = policy }
        guard !tag.isKnown(to: request) else {
            self.init(status: .notModified, headers: headers)
            return
        }
        headers[.contentType] = type.hasPrefix("text/") ? type + "; charset=utf-8" : type
        self.init(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: reply.bytes)))
    }
}

/// A strong tag: the same bytes, the same tag (RFC 9110, 8.8.3).
struct EntityTag {
    let text: String

    init(of bytes: [UInt8]) { text = "\"\(Hex.digest(of: bytes).prefix(32))\"" }

    /// Whether a request says that it has these bytes (13.1.2; there weak tags count too).
    func isKnown(to request: Request) -> Bool {
        request.headers[values: .ifNoneMatch].flatMap { $0.split(separator: ",") }.contains { given in
            let bare = given.drop { $0 == " " }.prefix { $0 != " " }
            return bare == "*" || bare == text || bare == "W/" + text
        }
    }
}

/// Which types whoever asks takes, and which they would rather have (RFC 9110, 12.5.1).
struct AcceptedMedia {
    private struct Range {
        var type: Substring
        var subtype: Substring
        /// In thousandths.
        var weight: Int

        /// How closely it names a type; `nil`: not at all.
        func closeness(to offered: String) -> Int? {
            let parts = offered.split(separator: "/")
            if type == parts[0], subtype == parts[1] { return 2 }
            if type == parts[0], subtype == "*" { return 1 }
            return type == "*" && subtype == "*" ? 0 : nil
        }
    }

    private var ranges: [Range] = []

    init(_ request: Request) {
        for field in request.headers[values: .accept] {
            for part in field.lowercased().split(separator: ",") {
                let pieces = part.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
                let names = (pieces.first ?? "").split(separator: "/")
                guard names.count == 2 else { continue }
                let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.map {
                    AcceptedMedia.weight($0.dropFirst(2))
                }
                ranges.append(Range(type: names[0], subtype: names[1], weight: weight ?? 1000))
            }
        }
    }

    private static func weight(_ text: Substring) -> Int {
        let parts = text.split(separator: ".", maxSplits: 1)
        guard let whole = parts.first.flatMap({ Int($0) }) else { return 0 }
        let digits = parts.count > 1 ? parts[1].prefix(3) : ""
        let padded = digits + String(repeating: "0", count: 3 - digits.count)
        return min(1000, max(0, whole * 1000 + (Int(padded) ?? 0)))
    }

    /// Throws 406 where none of them will do.
    func best(of offered: [String]) throws -> String {
        guard !ranges.isEmpty else { return offered.first ?? "" }
        let weighed = offered.map { type in (type: type, weight: weight(of: type)) }
        guard let most = weighed.map(\.weight).max(), most > 0, let best = weighed.first(where: { $0.weight == most })
        else {
            throw Problem(
                .notAcceptable, "not-acceptable", "This address does not come in a type that you take.",
                remedy: "Ask for \(offered.joined(separator: " or ")).")
        }
        return best.type
    }

    private func weight(of offered: String) -> Int {
        let close = ranges.compactMap { range in range.closeness(to: offered).map { ($0, range.weight) } }
        guard let closest = close.map(\.0).max() else { return 0 }
        return close.filter { $0.0 == closest }.map(\.1).max() ?? 0
    }
}

// MARK: - Pages

/// A list is read in pages. Each names the address of the next, until there is none.
enum Paging {
    static let usual = 50
    static let most = 500
}

extension Asked {
    var limit: Int { Int(query["limit"]) ?? Paging.usual }

    /// The numbers of the cursor; `nil` on the first page.
    var after: [Int64]? {
        let text = query["after"]
        return text.isEmpty ? nil : text.split(separator: ".").compactMap { Int64($0) }
    }

    /// The address of the page behind a cursor: the same question, said on.
    func next(after cursor: [Int64]) -> String {
        let kept = query.pairs.filter { $0.name != "after" }
            .map { "\(PercentText.encoded($0.name))=\(PercentText.encoded($0.value))" }
        let text = cursor.map(String.init).joined(separator: ".")
        return request.uri.path + "?" + (kept + ["after=\(text)"]).joined(separator: "&")
    }
}

extension HTTPField.Name {
    static let link = HTTPField.Name("Link")!
}
