internal import Engine
internal import Journal
public import Vocabulary

// What became of people in truth: the verdicts that were given and the deals that were won, as systems recorded them. Nothing
// here depends on an agreement.

/// What became of a list of hand-overs in truth.
public struct Fate: Hashable, Sendable {
    public let handOvers: Int
    public let accepted: Int
    public let rejected: Int
    /// Nobody ever said anything of them: it cannot be known what would have been said.
    public let withoutVerdict: Int
    /// Deals, each once, won after the hand-over.
    public let won: Int
    /// By currency, in the order of codes.
    public let value: [Money]

    /// Of those with a verdict.
    public var acceptance: Share { Share(accepted, of: accepted + rejected) }
}

/// Verdicts and won deals by person.
struct RecordedTruth {
    private struct Won: Hashable {
        let account: Int32
        let deal: Int32
        let instant: Instant
        let amount: Int64?
        let currency: UInt16
    }

    private var verdicts: [Int32: [(instant: Instant, isAccepted: Bool)]] = [:]
    private var won: [Int32: [Won]] = [:]

    init(_ run: RunOverThePast) {
        let (history, until) = (run.world.history, run.world.until)
        for account in history.accounts {
            for fact in account.facts where history.person[Int(fact)] >= 0 && history.at(Int(fact)) <= until {
                let kind = history.acts[Int(history.act[Int(fact)])].kind
                guard kind == .accepted || kind == .rejected else { continue }
                verdicts[history.person[Int(fact)], default: []].append(
                    (history.at(Int(fact)), kind == .accepted))
            }
        }
        for account in run.outcome.accounts { for deal in account.deals { take(deal, account.account) } }
    }

    private mutating func take(_ deal: DealOutcome, _ account: Int32) {
        guard deal.state == .won, let winning = deal.changes.last(where: { $0.what == .won }),
            let last = deal.changes.last
        else { return }
        let entry = Won(
            account: account, deal: deal.record, instant: winning.instant, amount: last.amount, currency: last.currency)
        for person in deal.persons.isEmpty ? [deal.credited] : deal.persons where person >= 0 {
            won[person, default: []].append(entry)
        }
    }

    func fate(of handOvers: [HandedOver]) -> Fate {
        var (accepted, rejected) = (0, 0)
        var deals: Set<Won> = []
        for (person, own) in Dictionary(grouping: handOvers, by: \.person) {
            let ordered = own.sorted { $0.ready < $1.ready }
            for (index, handOver) in ordered.enumerated() {
                let next = index + 1 < ordered.count ? ordered[index + 1].ready : nil
                let previous = index > 0 ? ordered[index - 1].ready : nil
                switch verdict(on: person, from: handOver.ready, until: next, orAfter: previous) {
                case true?: accepted += 1
                case false?: rejected += 1
                case nil: break
                }
            }
            deals.formUnion(
                (won[person] ?? []).filter { won in ordered.first.map { $0.ready <= won.instant } ?? false })
        }
        return Fate(
            handOvers: handOvers.count, accepted: accepted, rejected: rejected,
            withoutVerdict: handOvers.count - accepted - rejected, won: deals.count, value: sums(of: deals))
    }

    /// The first verdict from the hand-over on and before the next; where there is none, the last one before it, since the
    /// other agreement may have handed over earlier.
    private func verdict(
        on person: Int32, from ready: Instant, until next: Instant?, orAfter previous: Instant?
    ) -> Bool? {
        let all = verdicts[person] ?? []
        let following = all.first { $0.instant >= ready && $0.instant < next ?? .latest }
        return (following ?? all.last { $0.instant < ready && $0.instant >= previous ?? .earliest })?.isAccepted
    }

    private func sums(of deals: Set<Won>) -> [Money] {
        var sums: [UInt16: Int64] = [:]
        for deal in deals { if let amount = deal.amount { sums[deal.currency, default: 0] += amount } }
        return sums.sorted { $0.key < $1.key }.compactMap { units in
            Currency(packed: units.key).map { Money(minorUnits: units.value, currency: $0) }
        }
    }
}
