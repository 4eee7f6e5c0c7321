internal import Journal

extension FactKind {
    /// The place of a kind among facts of one account and one instant, as the semantics order them: what is known of somebody
    /// before what they did, that before what was done about it.
    var place: UInt8 {
        switch family {
        case .identity: 0
        case .consent: 1
        case .field, .ownership, .gone: 2
        case .activity: 3
        case .touch: 4
        case .meeting: 5
        case .verdict: 6
        case .deal: 7
        case .customer: 8
        case .heard: 9
        case .request: 10
        case .decision: 11
        case .measure, .company, .agreement: 12
        }
    }

    /// Whether a fact of this kind states something of a record, rather than tell of what happened once.
    var isOfRecord: Bool {
        switch family {
        case .field, .ownership, .gone, .customer, .deal: true
        default: false
        }
    }
}
