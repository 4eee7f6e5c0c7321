internal import Engine
internal import Vocabulary

/// How much pipeline somebody needs for a quota, from what became of the pipelines of the last periods:
/// (1 − share of won value from deals created within the period) / (won value / value of the opening pipeline).
struct PastPeriods: Sendable {
    /// Sums over the past periods, in minor units of the base currency.
    struct Sums: Hashable, Sendable {
        var won: Int128 = 0
        var createdAndWon: Int128 = 0
        var pipeline: Int128 = 0
        var deals = 0
        var lost = 0

        /// In billionths; `nil` where nothing was won.
        var multiple: Int128? {
            guard won > 0 else { return nil }
            return (won - createdAndWon) * pipeline / won * PastPeriods.billion / won
        }
    }

    static let billion: Int128 = 1_000_000_000
    /// How many wins of the team's count as the rep's own.
    static let borrowed = 5

    private(set) var byOwner: [Int32: Sums] = [:]

    init(_ moments: [CoverageMoment], _ inquiry: Inquiry) {
        let exchange = Exchange(inquiry.company)
        for moment in moments {
            for record in moment.records where record.what == .pipeline {
                guard let value = record.value, value.currency == exchange.base else { continue }
                byOwner[record.owner, default: Sums()].pipeline += Int128(value.minorUnits)
            }
            note(closedIn: moment, inquiry, exchange)
        }
    }

    private mutating func note(closedIn moment: CoverageMoment, _ inquiry: Inquiry, _ exchange: Exchange) {
        let zone = inquiry.company.zone
        let (start, end) = (zone.startOfDay(moment.days.lowerBound), zone.startOfDay(moment.days.upperBound))
        let closed = inquiry.deals { deal in
            deal.closing.flatMap { ($0.instant >= start && $0.instant < end) ? $0.instant : nil }
        }
        for deal in closed {
            guard deal.isWon else {
                byOwner[deal.subject.owner, default: Sums()].lost += 1
                continue
            }
            byOwner[deal.subject.owner, default: Sums()].deals += 1
            guard let value = deal.value, value.currency == exchange.base else { continue }
            byOwner[deal.subject.owner, default: Sums()].won += Int128(value.minorUnits)
            if deal.opened >= start {
                byOwner[deal.subject.owner, default: Sums()].createdAndWon += Int128(value.minorUnits)
            }
        }
    }

    func sums(of owners: Set<Int32>) -> Sums {
        owners.reduce(into: Sums()) { sums, owner in
            guard let own = byOwner[owner] else { return }
            (sums.won, sums.createdAndWon) = (sums.won + own.won, sums.createdAndWon + own.createdAndWon)
            (sums.pipeline, sums.deals, sums.lost) = (
                sums.pipeline + own.pipeline, sums.deals + own.deals, sums.lost + own.lost
            )
        }
    }

    /// That of some owners, shrunk to that of all: as if five of all wins were theirs.
    func multiple(of owners: Set<Int32>) -> Ratio? {
        let (own, all) = (sums(of: owners), sums(of: Set(byOwner.keys)))
        guard let common = all.multiple else { return nil }
        let (n, k) = (Int128(own.multiple == nil ? 0 : own.deals), Int128(PastPeriods.borrowed))
        return Ratio(n * (own.multiple ?? 0) + k * common, (n + k) * PastPeriods.billion)
    }

    /// One over the win rate: rough, because it knows nothing of value or of when deals came.
    func rough(of owners: Set<Int32>) -> Ratio? {
        let own = sums(of: owners)
        return Ratio(Int128(own.deals + own.lost), Int128(own.deals))
    }
}
