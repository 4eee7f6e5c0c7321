/// `mission`: what each team is for, set by the executive (F01).
public struct Mission: Sendable {
    public let marketing: Clause<Aim>
    /// In the executive's own words.
    public let sales: Clause<String>?
    public let then: Clause<NextAim>?
    public let boundaries: [Boundary]
}

/// What marketing is held to.
public enum Aim: String, CaseIterable, Statable {
    case fillPipeline = "fill_pipeline"
    case createRevenue = "create_revenue"
    case both

    public var words: String { rawValue }
}

/// `{create_revenue: after deliver and coverage kept 3 quarters}`: what is proposed once the first aim is mastered.
public struct NextAim: Statable {
    public let aim: Aim
    /// The promises that must have been kept, by name: `deliver`, `coverage`.
    public let promises: [String]
    public let count: Int
    public let period: Period

    public var words: String {
        let many = count == 1 ? period.words : period.words + "s"
        return "\(aim.words) after \(promises.sorted().joined(separator: " and ")) kept \(count) \(many)"
    }
}

/// What must never be done.
public struct Boundary: Sendable {
    /// `mission.boundaries.1`.
    public let address: String
    public let never: Clause<Limit>
    /// Whose consent lifts it.
    public let without: Clause<BoundaryKeeper>?
}

/// A limit that is checked, or one that is only written down.
public enum Limit: Statable {
    /// No such act towards anybody for whom the condition holds.
    case measured(Act, where: Condition)
    /// No condition says when it is broken; listed as unmeasured.
    case unmeasured(String)

    /// What somebody may do towards a person.
    public enum Act: String, CaseIterable, Sendable {
        case marketingMassMail = "marketing mass mail"
        case marketingMail = "marketing mail"
        case salesMassMail = "sales mass mail"
        case salesMail = "sales mail"
        case salesCall = "sales call"
        case export = "export"
    }

    public var words: String {
        switch self {
        case .measured(let act, let condition): "\(act.rawValue) where \(condition.text)"
        case .unmeasured(let text): text
        }
    }
}

public enum BoundaryKeeper: String, CaseIterable, Statable {
    case owner, manager, marketing, sales, operations, executive

    public var words: String { rawValue }
}
