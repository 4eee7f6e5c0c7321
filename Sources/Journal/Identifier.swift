/// How a person, an account or an actor is named by some system: `record:hubspot/contact/501`, `email:ann@acme.example`.
public struct Identifier: Hashable, Sendable {
    public enum Scheme: UInt8, CaseIterable, Sendable {
        /// A record of a source; the namespace is `source/object`.
        case record = 1
        case email = 2
        case phone = 3
        /// A visitor not yet known by name; the namespace is the source that gave the id.
        case anonymous = 4
        /// A company by the domain of its site or mail.
        case domain = 5

        /// The word that stands before the colon.
        public var word: String {
            switch self {
            case .record: "record"
            case .email: "email"
            case .phone: "phone"
            case .anonymous: "anonymous"
            case .domain: "domain"
            }
        }

        public init?(word: some StringProtocol) {
            guard let scheme = Scheme.allCases.first(where: { $0.word == word }) else { return nil }
            self = scheme
        }

        /// Whether the value itself names a human being, and so must be erasable.
        public var isPersonal: Bool { self == .email || self == .phone }
    }

    public var scheme: Scheme
    public var namespace: String
    /// Empty when the value was erased; `commitment` is left of it then.
    public var value: String
    public var commitment: Commitment?

    public init(_ scheme: Scheme, namespace: String = "", _ value: String) {
        self.scheme = scheme
        self.namespace = namespace
        self.value = value
    }

    public init(erased scheme: Scheme, namespace: String = "", commitment: Commitment) {
        self.scheme = scheme
        self.namespace = namespace
        self.value = ""
        self.commitment = commitment
    }

    public static func record(_ source: String, _ object: String, _ id: String) -> Identifier {
        Identifier(.record, namespace: source + "/" + object, id)
    }

    public static func email(_ address: String) -> Identifier { Identifier(.email, address) }
}

extension Identifier {
    public var text: String {
        let shown = commitment.map { "erased:" + $0.text } ?? value
        return namespace.isEmpty ? "\(scheme.word):\(shown)" : "\(scheme.word):\(namespace)/\(shown)"
    }

    /// Reads `text` back. A namespace has one part for `anonymous`, two for `record`, none otherwise.
    public init?(text: some StringProtocol) {
        guard let colon = text.firstIndex(of: ":"), let scheme = Scheme(word: text[..<colon]) else { return nil }
        var rest = text[text.index(after: colon)...]
        var namespace: [Substring] = []
        for _ in 0..<scheme.namespaceParts {
            guard let slash = rest.firstIndex(of: "/") else { return nil }
            namespace.append(Substring(rest[..<slash]))
            rest = rest[rest.index(after: slash)...]
        }
        guard !rest.isEmpty else { return nil }
        self.init(scheme, namespace: namespace.joined(separator: "/"), String(rest))
        if scheme.isPersonal, rest.hasPrefix("erased:"), let commitment = Commitment(text: rest.dropFirst(7)) {
            self = Identifier(erased: scheme, namespace: self.namespace, commitment: commitment)
        }
    }
}

extension Identifier.Scheme {
    var namespaceParts: Int {
        switch self {
        case .record: 2
        case .anonymous: 1
        case .email, .phone, .domain: 0
        }
    }
}
