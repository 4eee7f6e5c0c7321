internal import Access
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Roles
internal import Vocabulary

/// One request, once it is known who asks and that they may.
struct Asked: Sendable {
    let request: Request
    let caller: Caller
    let parameters: [String: String]
    let body: [UInt8]
    let now: Instant
    let site: Site

    /// The number in the path under a name. Throws 404 for what is none.
    func number(_ name: String) throws -> Int64 {
        guard let number = parameters[name].flatMap({ Int64($0) }) else { throw Problem.notFound }
        return number
    }

    /// The text in the path under a name. Throws 404 where there is none.
    func text(_ name: String) throws -> String {
        guard let text = parameters[name] else { throw Problem.notFound }
        return PercentText.decoded(text.utf8)
    }

    /// The fields of the form that was sent.
    var form: FormFields { FormFields(body) }

    /// The form that was sent, with its files; `nil`: it has none, or was cut off.
    var formWithFiles: MultipartForm? { MultipartForm(body, type: request.headers[.contentType] ?? "") }

    var query: FormFields { FormFields(Array((request.uri.query ?? "").utf8)) }

    var actor: Actor {
        switch caller {
        case .nobody: .program
        case .member(let session): .member(session.member.id)
        case .key(let key): .key(key.id)
        }
    }

    /// The sign-in of the person who asks. Throws where it is no person.
    func session() throws -> Session {
        guard case .member(let session) = caller else { throw Problem.forbidden }
        return session
    }

    func may(_ act: Act) -> Bool { act.isAllowed(to: caller.standing) }
}

/// Who asks.
enum Caller: Sendable {
    case nobody
    case member(Session)
    case key(APIKey)

    var standing: Standing {
        switch self {
        case .nobody: .nobody
        case .member(let session): .person(session.member.role)
        case .key(let key): .key(key.scopes)
        }
    }
}

/// `a=1&b=two+words%21`, as forms and queries carry it (WHATWG URL, 5.1).
struct FormFields: Sendable {
    private var fields: [(name: String, value: String)] = []

    init(_ bytes: [UInt8]) {
        for pair in bytes.split(separator: UInt8(ascii: "&")) where !pair.isEmpty {
            let sides = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let value = sides.count > 1 ? PercentText.decoded(sides[1], plusIsSpace: true) : ""
            fields.append((PercentText.decoded(sides[0], plusIsSpace: true), value))
        }
    }

    /// The first value under a name; empty where there is none.
    subscript(_ name: String) -> String { fields.first { $0.name == name }?.value ?? "" }

    var names: [String] { fields.map(\.name) }

    func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    var pairs: [(name: String, value: String)] { fields }

    /// Without what was left empty.
    func said(_ name: String) -> [String] { all(name).filter { !$0.isEmpty } }
}
