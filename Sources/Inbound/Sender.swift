internal import Journal

/// Who sends: as which source their facts stand in the journal, and what the user ids they send are ids of.
///
/// A site whose visitors are known by their contact id in the marketing platform says `web` and `hubspot/contact`; then the
/// same event means the same whether it came by file or over the wire.
public struct Sender: Hashable, Sendable {
    public var source: String
    /// Of which system the user ids are.
    public var userSource: String
    public var userObject: String

    public init(source: String, userSource: String? = nil, userObject: String = "user") {
        self.source = source
        self.userSource = userSource ?? source
        self.userObject = userObject
    }

    func user(_ id: String) -> Identifier {
        EmailText.normal(id).map(Identifier.email) ?? .record(userSource, userObject, id)
    }

    func visitor(_ id: String) -> Identifier { Identifier(.anonymous, namespace: source, id) }

    func group(_ id: String) -> Identifier { .record(source, "group", id) }

    /// What stands in a key for an id: an address is hashed, because keys outlive erasures.
    static func keyed(_ id: String) -> String { EmailText.normal(id).map(Subject.digest) ?? id }
}
