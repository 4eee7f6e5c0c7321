public import Journal

/// Every identifier by number, so that who is who is decided on numbers. Two identifiers are one when their bytes are.
public struct IdentifierTable: Sendable {
    /// Identifiers of one scheme and namespace: all that stands before the value, `record:hubspot/contact/`.
    struct Space: Sendable {
        let scheme: Identifier.Scheme
        let namespace: String
        let isErased: Bool
        let prefix: String
    }

    private(set) var spaces: [Space] = []
    private(set) var spaceOf: [Int32] = []
    private(set) var values: [String] = []
    private var slots = HashSlots()

    public init() {}

    public var count: Int { values.count }

    /// The number of an identifier, which it gets where it is new.
    public mutating func number(_ identifier: Identifier) -> Int32 {
        let space = space(identifier.scheme, identifier.namespace, isErased: identifier.commitment != nil)
        let value = identifier.commitment.map { "erased:" + $0.text } ?? identifier.value
        return number(value, in: space)
    }

    /// The number of an identifier of another table, which it gets where it is new.
    mutating func adopt(_ identifier: Int32, of other: IdentifierTable) -> Int32 {
        let foreign = other.spaces[Int(other.spaceOf[Int(identifier)])]
        let space = space(foreign.scheme, foreign.namespace, isErased: foreign.isErased)
        return number(other.values[Int(identifier)], in: space)
    }

    /// The number of an identifier that is there.
    public func existing(_ identifier: Identifier) -> Int32? {
        let isErased = identifier.commitment != nil
        guard let space = existingSpace(identifier.scheme, identifier.namespace, isErased: isErased) else { return nil }
        let value = identifier.commitment.map { "erased:" + $0.text } ?? identifier.value
        return slots.find(hash(value, space)) { spaceOf[Int($0)] == space && values[Int($0)].hasSameBytes(as: value) }
    }

    public func scheme(_ number: Int32) -> Identifier.Scheme { spaces[Int(spaceOf[Int(number)])].scheme }

    /// Empty for one that was erased: what is left of it says nothing of its mailbox and domain.
    func legibleValue(_ number: Int32) -> String {
        spaces[Int(spaceOf[Int(number)])].isErased ? "" : values[Int(number)]
    }

    /// `record:hubspot/contact/501`.
    public func text(_ number: Int32) -> String { spaces[Int(spaceOf[Int(number)])].prefix + values[Int(number)] }

    /// The text without its scheme: `hubspot/contact/501`, `acme.example`.
    public func bareText(_ number: Int32) -> String {
        String(text(number).dropFirst(scheme(number).word.utf8.count + 1))
    }

    /// By scheme, then by bytes.
    public func precedes(_ a: Int32, _ b: Int32) -> Bool {
        let (left, right) = (spaceOf[Int(a)], spaceOf[Int(b)])
        if left == right { return values[Int(a)].precedesInBytes(values[Int(b)]) }
        let (x, y) = (spaces[Int(left)], spaces[Int(right)])
        if x.scheme != y.scheme { return x.scheme.rawValue < y.scheme.rawValue }
        return text(a).precedesInBytes(text(b))
    }

    // MARK: Places

    private mutating func number(_ value: String, in space: Int32) -> Int32 {
        let hash = hash(value, space)
        if let known = slots.find(hash, { spaceOf[Int($0)] == space && values[Int($0)].hasSameBytes(as: value) }) {
            return known
        }
        let number = Int32(values.count)
        values.append(value)
        spaceOf.append(space)
        slots.insert(number, hash: hash)
        return number
    }

    private mutating func space(_ scheme: Identifier.Scheme, _ namespace: String, isErased: Bool) -> Int32 {
        if let known = existingSpace(scheme, namespace, isErased: isErased) { return known }
        let prefix = scheme.word + ":" + (namespace.isEmpty ? "" : namespace + "/")
        spaces.append(Space(scheme: scheme, namespace: namespace, isErased: isErased, prefix: prefix))
        return Int32(spaces.count - 1)
    }

    /// There are as many as sources have objects: a handful.
    private func existingSpace(_ scheme: Identifier.Scheme, _ namespace: String, isErased: Bool) -> Int32? {
        spaces.firstIndex {
            $0.scheme == scheme && $0.isErased == isErased && $0.namespace.hasSameBytes(as: namespace)
        }.map(Int32.init)
    }

    private func hash(_ value: String, _ space: Int32) -> Int {
        var hasher = Hasher()
        hasher.combine(space)
        hasher.combine(bytesOf: value)
        return hasher.finalize()
    }
}
