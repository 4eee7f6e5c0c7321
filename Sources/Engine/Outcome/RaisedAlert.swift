public import Vocabulary

/// Somebody did what an alert is about.
public struct RaisedAlert: Hashable, Sendable {
    public var instant: Instant
    /// −1: nobody, as for a deal without people.
    public var person: Int32
    /// An index in `Program.alerts`.
    public var alert: Int32
    public var version: Int32
    /// What was done.
    public var fact: Int32
    /// Who had the person then, a text; −1: nobody.
    public var owner: Int32
}
