/// How much a sender may send at once: Segment's own limits, which its clients keep to.
public enum InboundLimits {
    /// One event.
    public static let event = 32 * 1024
    /// A whole request that holds several.
    public static let request = 500 * 1024
    /// Named values of one fact, nested ones counted each.
    public static let properties = 250
    public static let json = JSON.Limits(depth: 32, values: 100_000)
}
