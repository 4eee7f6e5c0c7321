/// `deals`: what the CRM's own words mean here.
public struct Deals: Sendable {
    public let pipelines: [DealPipeline]
    /// Stages of the CRM whose deals are none.
    public let ignored: Clause<[String]>
    /// In order: the first whose condition holds names a deal's kind.
    public let kinds: [DealKind]
}

/// A pipeline of the CRM and which of its stages are open, won and lost.
public struct DealPipeline: Sendable {
    public let name: String
    public let open: Clause<[String]>
    public let won: Clause<[String]>
    public let lost: Clause<[String]>
}

/// `new`, `expansion`, `renewal`, or a company's own.
public struct DealKind: Sendable {
    public let name: String
    public let when: Clause<Condition>
}
