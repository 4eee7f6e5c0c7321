/// One step of `journey`, the way people buy here (F21).
public struct JourneyStep: Sendable {
    public let name: String
    public let ledBy: Clause<Party>
    /// Names of activities.
    public let activities: Clause<[String]>
}
