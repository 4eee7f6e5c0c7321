import Engine
import Reports
import Testing
import Vocabulary

/// Reports on public data whose numbers are known or computed plainly here.
@Suite(.enabled(if: RealData.has("olist_funnel"), RealData.missing)) struct PublicReportTests {
    @Test func olistLeadsBecomeSellers() throws {
        let company = try RealCompany(
            "olist/agreement.yaml",
            [
                ("olist/leads.yaml", "olist_funnel/olist_marketing_qualified_leads_dataset.csv"),
                ("olist/deals.yaml", "olist_funnel/olist_closed_deals_dataset.csv"),
            ], years: 2017...2019, until: Instant(milliseconds: 1_546_300_800_000))
        let start = FunnelStart.activity("First contact")
        let leads = try RealData.rows("olist_funnel/olist_marketing_qualified_leads_dataset.csv")
        let won = Set(
            try RealData.rows("olist_funnel/olist_closed_deals_dataset.csv").compactMap { $0["mql_id"] })
        func expected(_ key: (String, String) -> String) -> [String: [Int]] {
            leads.reduce(into: [:]) { counts, lead in
                let name = key(lead["origin"] ?? "", lead["first_contact_date"] ?? "")
                counts[name, default: [0, 0]][0] += won.contains(lead["mql_id"] ?? "") ? 1 : 0
                counts[name, default: [0, 0]][1] += 1
            }
        }
        let origins = expected { origin, _ in origin.isEmpty ? "unknown" : origin }
        let months = expected { _, day in String(day.prefix(7)) }
        for (segment, plain) in [(Segment.property("origin"), origins), (.month, months)] {
            let report = funnel(
                from: start, to: "seller", within: nil, by: segment, company.outcome, in: company.world)
            let cells = report.cells.map { ($0.name, [$0.cell.conversion.part, $0.cell.conversion.whole]) }
            #expect(Dictionary(cells) { first, _ in first } == plain)
            #expect(report.total.conversion == Share(842, of: 8000))
            #expect(report.total.conversion.description == "10.525 %")
            #expect(report.total.median.map(days) == "14.6507")
            #expect(report.warnings == [.reachedBeforeStart(1)])
            #expect(report.cells.flatMap(\.cell.converted).sorted() == report.total.converted)
            #expect(report.cells.flatMap(\.cell.mature).sorted() == report.total.mature)
        }
        let stages = funnel(from: .stage("lead"), to: "seller", within: nil, company.outcome, in: company.world)
        #expect(stages.total.conversion == Share(842, of: 8000))
        #expect(stages.warnings == [.skipped(1)])
        let month = funnel(from: start, to: "seller", within: .days(30), company.outcome, in: company.world)
        #expect(month.total.immature.isEmpty && month.total.conversion.part < 842)
    }

    @Test func mavenWins() throws {
        let company = try RealCompany(
            "maven/agreement.yaml", [("maven/deals.yaml", "maven_crm/sales_pipeline.csv")], years: 2016...2018,
            until: Instant(milliseconds: 1_514_764_800_000))
        let report = wins(by: .property("team"), company.outcome, in: company.world)
        #expect(report.total.rate == Share(4238, of: 6711))
        #expect(report.total.rate.description == "63.150 %")
        #expect(report.total.value.map(\.minorUnits) == [1_000_553_400])
        var plain: [String: [Int64]] = [:]
        let managers = Dictionary(
            try RealData.rows("maven_crm/sales_teams.csv").map { ($0["sales_agent"] ?? "", $0["manager"] ?? "") }
        ) { first, _ in first }
        for deal in try RealData.rows("maven_crm/sales_pipeline.csv") {
            guard let stage = deal["deal_stage"], stage == "Won" || stage == "Lost" else { continue }
            let manager = managers[deal["sales_agent"] ?? ""] ?? ""
            let isWon = stage == "Won"
            let value = isWon ? try #require(Int64(deal["close_value"] ?? "")) * 100 : 0
            let sums = zip(plain[manager] ?? [0, 0, 0], [isWon ? 1 : 0, 1, value]).map { $0 + $1 }
            plain[manager] = sums
        }
        let cells = report.cells.map { cell in
            let rate = cell.cell.rate
            return (cell.name, [Int64(rate.part), Int64(rate.whole), cell.cell.value.first?.minorUnits ?? 0])
        }
        #expect(Dictionary(cells) { first, _ in first } == plain)
        #expect(plain["Cara Losch"]?.prefix(2) == [480, 745])
        #expect(report.cells.flatMap(\.cell.won).sorted() == report.total.won)
        let sum = report.total.won.compactMap { report.records[$0].amount }.reduce(0, +)
        #expect(report.total.value.map(\.minorUnits) == [sum])
    }

    @Test func loanDeskAnswersItsQueue() throws {
        let company = try RealCompany(
            "bpi2012/agreement.yaml", [("bpi2012/events.yaml", "bpi_2012/BPI_Challenge_2012.csv.gz")],
            years: 2011...2012, until: Instant(milliseconds: 1_333_238_400_000))
        let report = response(
            to: "lead", in: .physical, bounds: [.minutes(5), .minutes(60), .hours(24)], company.outcome,
            in: company.world)
        #expect(report.total.answered.count == 4755)
        #expect(report.total.within.map(\.count) == [870, 2650, 4578])
        // 42.4474 minutes.
        #expect(report.total.median.map { ($0.count * 10_000 + 60_000) / 120_000 } == 424_474)
        let queued = report.total.answered.count + report.total.unanswered.count
        #expect(report.records.count == queued)
        #expect(report.total.inTime == Share(2650, of: queued))
        for (stage, reached) in [("preaccepted", 7367), ("accepted_offer", 5113), ("loan", 2246)] {
            let cases = funnel(from: .stage("application"), to: stage, within: nil, company.outcome, in: company.world)
            #expect(cases.total.conversion == Share(reached, of: 13_087))
        }
        let business = response(
            to: "lead", in: .business, bounds: [.minutes(60)], company.outcome, in: company.world)
        for (a, b) in zip(report.records, business.records) { #expect(b.wait <= a.wait) }
    }
}

/// `14.6507`, rounded half up; days that are not negative.
private func days(_ time: HalfMilliseconds) -> String {
    let day: Int64 = 2 * 86_400_000
    let tenThousandths = (time.count * 20_000 + day) / (2 * day)
    let digits = String(tenThousandths % 10_000)
    return "\(tenThousandths / 10_000).\(String(repeating: "0", count: 4 - digits.count))\(digits)"
}
