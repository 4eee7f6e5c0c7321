public import Vocabulary

/// When something that failed is tried again: soon at first, then ever later (the times that Standard Webhooks names), apart
/// by up to a tenth so that not all who failed together come back together. The same key waits the same on any machine.
public enum Delays {
    private static let steps: [Elapsed] = [
        .seconds(5), .minutes(5), .minutes(30), .hours(2), .hours(5), .hours(10), .hours(14), .hours(20), .hours(24),
    ]

    /// How often anything is tried before somebody has to look at it.
    public static let most = steps.count + 1

    /// After so many attempts; `nil`: it is dead.
    public static func after(attempts: Int, key: String, atLeast: Elapsed? = nil) -> Elapsed? {
        guard attempts >= 1, attempts < most else { return nil }
        let step = steps[attempts - 1].milliseconds
        let part = Int64(StableKey.number("\(key)|\(attempts)") % 2001) - 1000
        let delay = Elapsed(milliseconds: step + step * part / 10_000)
        return max(delay, atLeast ?? .zero)
    }
}
