internal import Agreement
public import Engine
internal import Journal
internal import Vocabulary

/// Who brought a deal to the company.
public enum DealOrigin: String, CaseIterable, Hashable, Sendable {
    /// Somebody of the account was handed over within the attribution window before it was opened.
    case handedOver = "handed over"
    /// Nobody was.
    case salesGenerated = "sales-generated"
    /// As the deal says itself, in a property called origin.
    case partner, product, referral

    /// Those that a deal names; they are folded into neither side.
    fileprivate static let named: [DealOrigin] = [.partner, .product, .referral]
}

/// Where deals come from, looked up once.
public struct DealOrigins: Sendable {
    private let company: JudgedCompany
    private let window: Elapsed

    public init(_ company: JudgedCompany) {
        self.company = company
        window = company.agreement.attribution.reach
    }

    public func origin(of deal: DealOutcome, in account: Int32) -> DealOrigin {
        let said = company.lastSaid("origin", of: deal)
        if let named = DealOrigin.named.first(where: { $0.rawValue == said?.lowercased() }) { return named }
        guard let opened = deal.changes.first?.instant else { return .salesGenerated }
        let isHandedOver = company.outcome.accounts[Int(account)].handOvers.contains { handOver in
            handOver.ready.map { $0 <= opened && opened - $0 <= window } ?? false
        }
        return isHandedOver ? .handedOver : .salesGenerated
    }
}

extension Attribution {
    /// How far back from a deal's opening something may lie that led to it.
    var reach: Elapsed { Elapsed(milliseconds: Int64(window.value.count) * window.value.unit.elapsed.milliseconds) }
}
