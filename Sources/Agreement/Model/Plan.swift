public import Vocabulary

/// `plan`: the assumptions that the numbers promised rest on (F43, F44).
public struct Plan: Sendable {
    public let visitors: Segmented<Volume>?
    /// `visitor_to_lead`, `lead_to_mql` …, by the company's own stages, in order of the stages.
    public let conversions: [Conversion]
    public let winRate: Segmented<Share>?
    public let averageSale: Segmented<Money>?
    public let salesCycle: Segmented<Budget>?
    public let alarm: Alarm?

    public struct Conversion: Sendable {
        /// A stage, or `visitor`.
        public let from: String
        public let to: String
        public let share: Segmented<Share>
    }

    /// When an assumption is said to be broken.
    public struct Alarm: Sendable {
        /// Deviations up to this are none.
        public let tolerance: Clause<Share>
        /// The chance of any false alarm in a year, over all assumptions.
        public let falseAlarms: Clause<Share>
    }
}
