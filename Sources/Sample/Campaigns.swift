/// Northwind's campaigns: where their visitors come from, how good these are, and what they cost.
struct Campaign: Sendable {
    let name: String
    let source: Source
    /// Share of the visits of its source while it runs, relative to the others.
    let weight: Int
    /// How likely its people are to become qualified, in percent of the usual.
    let quality: Int
    /// Spend a month for each thousand persons of the company, in minor units of `currency`.
    let spend: Int
    let currency: Currency
    /// In days.
    let runs: Range<Int>

    static let none: UInt8 = 255
    static let fair = 4

    /// The list for a company; `fair` is the one whose people arrive within two days.
    static func all(_ timeline: Timeline) -> [Campaign] {
        let always = timeline.days
        let third = timeline.days.count / 3
        let middle = timeline.days.lowerBound + third..<timeline.days.lowerBound + 2 * third
        func campaign(
            _ name: String, _ source: Source, _ weight: Int, quality: Int, spend: Int, _ runs: Range<Int>,
            _ currency: Currency = .eur
        ) -> Campaign {
            Campaign(
                name: name, source: source, weight: weight, quality: quality, spend: spend, currency: currency,
                runs: runs)
        }
        return [
            campaign("search-brand", .paid, 40, quality: 130, spend: 24_000, always),
            campaign("search-generic", .paid, 60, quality: 80, spend: 61_000, always),
            campaign("retargeting-display", .paid, 70, quality: 8, spend: 88_000, always),
            campaign("social-maintenance", .social, 60, quality: 95, spend: 38_000, always),
            campaign("fair-munich", .offline, 0, quality: 100, spend: 410_000, timeline.fair),
            campaign("webinar-series", .email, 60, quality: 150, spend: 12_000, always),
            campaign("whitepaper-flow", .social, 50, quality: 120, spend: 29_000, middle),
            campaign("trade-journal", .referral, 60, quality: 110, spend: 17_000, always, .gbp),
            campaign("na-launch", .paid, 6, quality: 70, spend: 9_000, middle, .usd),
        ]
    }

    /// The planted one: it costs most and its visitors hardly ever become qualified.
    static let wasteful = 2
}
