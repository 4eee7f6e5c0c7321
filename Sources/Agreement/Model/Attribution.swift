public import Vocabulary

/// `attribution`: how a won deal is shared out among what led to it.
public struct Attribution: Sendable {
    public let models: Clause<[AttributionModel]>
    public let primary: Clause<AttributionModel>
    public let window: Clause<Budget>
}

public enum AttributionModel: String, CaseIterable, Statable {
    case first, last, linear, markov, shapley
    case uShaped = "u_shaped"
    case wShaped = "w_shaped"
    case fullPath = "full_path"
    case timeDecay = "time_decay"

    public var words: String { rawValue }
}
