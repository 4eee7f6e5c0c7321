/// The pages, forms, webinars and mailings of Northwind's marketing.
struct SiteMap: Sendable {
    let paths = Words(SiteMap.pages.map(\.path))
    let titles = Words(SiteMap.pages.map(\.title))
    let forms = Words([
        "Request a demo", "Whitepaper Vibration Monitoring", "Whitepaper Flow Measurement", "Newsletter",
        "Webinar Registration",
    ])
    let webinars = Words([
        "Predictive maintenance in practice", "Flow measurement without surprises", "Sensors in the dairy",
        "From alarm to work order", "Audit-proof calibration", "Energy savings, measured",
    ])
    let mailings = Words(["Newsletter", "Product news", "Webinar invitation", "Customer story"])
    let referrers = Words([
        "https://search.example/", "https://search.example/ads", "https://social.example/feed", "",
        "https://trade-journal.example/directory", "", "",
    ])
    let utmSources = Words(["", "search-ads", "social", "newsletter", "trade-journal", "", ""])
    /// HubSpot's values of `hs_analytics_source`, in the order of `Source`.
    let hubSpotSources = Words([
        "ORGANIC_SEARCH", "PAID_SEARCH", "SOCIAL_MEDIA", "EMAIL_MARKETING", "REFERRALS", "DIRECT_TRAFFIC", "OFFLINE",
    ])
    let names = Words(["organic", "paid", "social", "email", "referral", "direct", "offline"])

    private static let pages: [(path: String, title: String)] = [
        ("/", "Northwind Instruments"), ("/product/vibration-sensors", "Vibration sensors"),
        ("/product/flow-meters", "Flow meters"), ("/product/gateway", "Gateway"),
        ("/solutions/chemicals", "Solutions for chemicals"), ("/solutions/food", "Solutions for food and beverage"),
        ("/blog/bearing-failures", "Seven signs of a failing bearing"),
        ("/blog/iso-10816", "ISO 10816, explained"), ("/blog/retrofit", "Retrofit or replace?"),
        ("/blog/steam-traps", "Steam traps: small parts, large losses"),
        ("/blog/maintenance-kpis", "Maintenance figures that matter"), ("/blog/atex", "ATEX zones, in short"),
        ("/pricing", "Pricing"), ("/pricing/enterprise", "Pricing for several plants"),
        ("/resources/whitepaper-vibration", "Whitepaper: vibration monitoring"),
        ("/resources/whitepaper-flow", "Whitepaper: flow measurement"), ("/webinars", "Webinars"),
        ("/customers", "Customers"), ("/about", "About us"), ("/careers", "Careers"),
        ("/request-a-demo", "Request a demo"), ("/contact", "Contact"), ("/docs", "Documentation"),
        ("/newsletter", "Newsletter"),
    ]

    static let home = 0
    static let whitepapers = 14
    static let requestDemo = 20
    static let newsletter = 23
    static let webinars = 16

    /// What somebody reads who is only looking: blog first.
    let browsing = [0, 0, 0, 1, 1, 2, 2, 3, 4, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 17, 18, 19, 22]
    /// What somebody reads who is about to ask: prices.
    let choosing = [12, 12, 12, 13, 13, 1, 2, 3, 4, 5, 17, 17, 22]
}

/// How somebody came to the site.
enum Source: UInt8, CaseIterable, Sendable {
    case organic, paid, social, email, referral, direct, offline
}
