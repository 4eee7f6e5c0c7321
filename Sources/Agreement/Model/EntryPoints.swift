/// One of `entry_points`: a way in for data, and what may be written through it.
public struct EntryPoint: Sendable {
    public let name: String
    /// Names of fields.
    public let mayWrite: Clause<[String]>
    /// Until when persons that come this way are held back.
    public let quarantine: Clause<Quarantine>?
}

public enum Quarantine: String, CaseIterable, Statable {
    case untilConsentBasisIsShown = "until consent basis is shown"
    case untilReleased = "until released by operations"

    public var words: String { rawValue }
}
