/// The clauses in which one template differs from another, as YAML with comments. Each ends without a line break; a list
/// or mapping within is indented as it stands in the file.
struct TemplateClauses {
    /// Behind "The first agreement between marketing and sales": for whom.
    let title: String
    /// What sales is for, in a sentence.
    let salesMission: String
    /// The stage in which sales is handed a lead.
    let handOver: String
    /// The stage that ends qualification.
    let qualifiedAt: String
    let fields: String
    let entryPoints: String
    let activities: String
    let fitRules: String
    let engagementRules: String
    let stages: String
    /// Stages out of which nurture leads, as YAML lists them.
    let nurturedFrom: String
    let firstStage: String
    let rejectReasons: String
    let responseChannels: String
    /// Most leads that one rep can take in a month, and how many of them marketing promises.
    let capacity: Int
    let delivered: Int
    /// Promises of marketing beside those every template has; each line indented by four.
    let marketingPromises: [String]
    let routingRules: [String]
    /// Clauses that no other template has.
    let own: [String]
    let alert: String
    /// Files beside the agreement.
    let files: [FirstFile]
}

extension TemplateClauses {
    init(for answers: FirstAnswers) {
        switch answers.template {
        case .insideSales: self = .insideSales(answers)
        case .enterprise: self = .enterprise(answers)
        case .productLed: self = .productLed(answers)
        }
    }
}
