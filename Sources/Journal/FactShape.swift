public import Crypto

/// What many facts of one source have in common: kept once, so that a fact carries only its key, times and values.
public struct FactShape: Hashable, Sendable {
    public var source: String
    public var object: String
    public var kind: FactKind
    public var version: UInt8
    /// In the order of their bytes; a fact's values follow it one to one.
    public var properties: [String]

    public init(source: String, object: String, kind: FactKind, version: UInt8, properties: [String]) {
        self.source = source
        self.object = object
        self.kind = kind
        self.version = version
        self.properties = properties
    }

    public init(of fact: Fact) {
        self.init(
            source: fact.key.source, object: fact.key.object, kind: fact.kind, version: fact.version,
            properties: fact.properties.map(\.name))
    }

    /// Equal when all bytes are, as keys are.
    public static func == (a: FactShape, b: FactShape) -> Bool {
        a.kind == b.kind && a.version == b.version && a.source.utf8.elementsEqual(b.source.utf8)
            && a.object.utf8.elementsEqual(b.object.utf8)
            && a.properties.elementsEqual(b.properties) { $0.utf8.elementsEqual($1.utf8) }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(version)
        hasher.combine(bytes: source)
        hasher.combine(bytes: object)
        for property in properties { hasher.combine(bytes: property) }
    }

    /// Stands for the shape in the journal's chain.
    public var digest: SHA256.Digest {
        let parts = [source, object, "\(kind.rawValue)", "\(version)"] + properties
        return SHA256.hash(data: Array(parts.joined(separator: "\u{1F}").utf8))
    }
}
