public import HTTPTypes
internal import Hummingbird
public import Roles

/// An address, what may be asked of it, and by whom: the act decides that.
public struct Route: Sendable {
    /// How it tells people and programs what went wrong, and what a request to it looks like.
    enum Kind: Sendable {
        case page
        /// JSON in and out; faults are problem documents.
        case api
        /// As `api`, and some clients send their key in the body.
        case keyInBody
    }

    public let method: HTTPRequest.Method
    public let path: PathTemplate
    public let act: Act
    let kind: Kind
    let bodyLimit: Int
    /// Whether its form may carry files.
    let takesFiles: Bool
    /// Whether too many of these from one place are sent away.
    let isAttempt: Bool
    /// What it takes and gives, for programs; a page has none.
    let operation: Operation?
    let answer: @Sendable (Asked) async throws -> Response

    init(
        _ method: HTTPRequest.Method, _ path: PathTemplate, _ act: Act, _ kind: Kind = .page,
        _ operation: Operation? = nil, bodyLimit: Int = 64 * 1024, isAttempt: Bool? = nil, takesFiles: Bool = false,
        answer: @escaping @Sendable (Asked) async throws -> Response
    ) {
        (self.method, self.path, self.act, self.kind) = (method, path, act, kind)
        (self.bodyLimit, self.operation, self.answer) = (bodyLimit, operation, answer)
        self.takesFiles = takesFiles
        // Whoever tries passwords or links gets slower answers than luck needs.
        self.isAttempt = isAttempt ?? (method == .post && (act == .signIn || act == .join))
    }
}

/// `/people/{id}/role`: what stands in braces is given to whoever answers.
public struct PathTemplate: Hashable, Sendable, ExpressibleByStringLiteral {
    public let text: String
    private let segments: [Substring]

    public init(stringLiteral text: String) { self.init(text) }

    init(_ text: String) {
        self.text = text
        segments = PathTemplate.segments(text)
    }

    static func segments(_ path: String) -> [Substring] {
        path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { $0 }
    }

    /// What stands in the places of the braces; `nil` for another path.
    func parameters(in path: [Substring]) -> [String: String]? {
        guard path.count == segments.count else { return nil }
        var parameters: [String: String] = [:]
        for (segment, given) in zip(segments, path) {
            if segment.hasPrefix("{") {
                guard !given.isEmpty else { return nil }
                parameters[String(segment.dropFirst().dropLast())] = String(given)
            } else if segment != given {
                return nil
            }
        }
        return parameters
    }
}
