/// One of `activities`: a name for something that happens, whatever source tells of it.
public struct Activity: Sendable {
    public let name: String
    /// Which facts it is.
    public let what: Clause<Happening>

    public var address: String { "activities.\(name)" }
}
