public import Vocabulary

// The first agreement of a company:
//
//     FirstInterview   asks, one FirstQuestion after the other, and takes only answers that fit
//       └▶ FirstAnswers      everything that was answered
//            └▶ FirstAgreement    the text of the agreement, with comments, and the files beside it

/// What a company's first agreement is made from.
public struct FirstAnswers: Hashable, Sendable {
    public let company: String
    /// The name in the zone database.
    public let timezone: String
    public let currency: Currency
    public let template: FirstTemplate
    public let marketing: MailAddress
    public let sales: MailAddress
    public let executive: MailAddress
    public let operations: MailAddress
    public let qualified: QualifiedLead
    /// The name of the one team.
    public let team: String
    public let manager: MailAddress
    /// At least one, none twice.
    public let reps: [MailAddress]
    /// Within which a hand-over is answered.
    public let response: ResponseTime
    /// Of each rep for the current quarter; `nil`: none is stated yet.
    public let quota: Money?
    /// The local date, from which the agreement's own dates are reckoned.
    public let today: CivilDate
}

/// How a company sells, and so which clauses it begins with.
public enum FirstTemplate: String, CaseIterable, Sendable {
    case insideSales = "inside-sales"
    case enterprise
    case productLed = "product-led"

    /// For a list to choose from.
    public var meaning: String {
        switch self {
        case .insideSales: "a small team that calls whoever marketing finds"
        case .enterprise: "a named list of target accounts, few and large deals"
        case .productLed: "people use the product first; who uses it well is handed over"
        }
    }
}

/// Who is handed over to sales.
public enum QualifiedLead: String, CaseIterable, Sendable {
    case request
    case interest
    case interestAndFit = "interest-and-fit"

    /// For a list to choose from.
    public var meaning: String {
        switch self {
        case .request: "only who asks to be contacted"
        case .interest: "who asks, or shows enough interest by what they do"
        case .interestAndFit: "who asks, or shows enough interest and is the kind of company you sell to"
        }
    }
}
