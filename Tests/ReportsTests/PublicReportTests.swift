import Agreement
import Engine
import Reports
import Testing
import Vocabulary

/// Reports on public data whose numbers are known or computed plainly here.
@Suite(.enabled(if: RealData.has("olist_funnel"), RealData.missing)) struct PublicReportTests {
    private static let olist = Result {
        try RealCompany(
            "olist/agreement.yaml",
            [
                ("olist/leads.yaml", "olist_funnel/olist_marketing_qualified_leads_dataset.csv"),
                ("olist/deals.yaml", "olist_funnel/olist_closed_deals_dataset.csv"),
            ], years: 2017...2019, until: Instant(milliseconds: 1_546_300_800_000))
    }

    @Test func olistLeadsBecomeSellers() throws {
        let company = try Self.olist.get().company
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
        for (segment, plain) in [("origin", origins), ("month", months)] {
            let report = try ask("funnel", [(.start, "First contact"), (.by, segment)], of: company)
            let section = try #require(report.section("First contact-seller"))
            var found: [String: [Int]] = [:]
            for row in section.rows where !row.isTotal {
                found[row.name] = report.share(section.key, row.key, "conversion")
            }
            #expect(found == plain)
            let total = try #require(report[section.key, ReportRow.total, "conversion"])
            #expect(total.value == .share(Reports.Share(842, of: 8000)))
            #expect(total.value.description == "10.525 %")
            #expect(report.time(section.key, ReportRow.total, "median").map(days) == "14.6507")
            #expect(report.warnings.map(\.code) == ["reached-before-start"])
            #expect(report.warnings.first?.sentence.hasPrefix("1 reached") == true)
            #expect(try whatDoesNotAddUp(report) == [])
        }
    }

    @Test func olistLeadsByStageAndHorizon() throws {
        let company = try Self.olist.get().company
        let stages = try ask("funnel", [], of: company)
        #expect(stages.share("ways", "lead-seller", "conversion") == [842, 8000])
        #expect(stages.share("ways", "lead-seller", "skipped") == [1, 8000])
        let month = try ask("funnel", [(.start, "First contact"), (.within, "30 days")], of: company)
        #expect(month.count("ways", "First contact-seller", "immature") == 0)
        let early = try #require(month.share("ways", "First contact-seller", "conversion"))
        #expect(early[0] > 0 && early[0] < 842)
        // A horizon of a year is too long for those of the last months.
        let year = try ask("funnel", [(.start, "First contact"), (.within, "365 days")], of: company)
        let immature = try #require(year.count("ways", "First contact-seller", "immature"))
        let mature = try #require(year.count("ways", "First contact-seller", "mature"))
        #expect(immature > 0 && immature + mature == 8000)
        let risk = try ask("funnel", [(.start, "First contact"), (.mode, "time-to-event")], of: company)
        #expect(risk.count("ways", "First contact-seller", "reached") == 842)
        #expect(risk.count("ways", "First contact-seller", "left") == 0)
        for report in [stages, month, year, risk] { #expect(try whatDoesNotAddUp(report) == []) }
    }

    private static func maven(
        agreement: @escaping (String) -> String = { $0 }, mapping: @escaping (String) -> String = { $0 }
    ) throws -> JudgedCompany {
        try RealCompany(
            "maven/agreement.yaml", [("maven/deals.yaml", "maven_crm/sales_pipeline.csv")], years: 2016...2018,
            until: Instant(milliseconds: 1_514_764_800_000), agreement: agreement, mapping: mapping
        ).company
    }

    @Test func mavenWins() throws {
        let byManager = try ask("wins", [(.by, "facts.team")], of: Self.maven())
        let total = try #require(byManager["deals", ReportRow.total, "rate"])
        #expect(total.value == .share(Reports.Share(4238, of: 6711)) && total.value.description == "63.150 %")
        #expect(byManager.money("deals", ReportRow.total, "value") == [1_000_553_400])
        var plain: [String: [Int64]] = [:]
        let managers = Dictionary(
            try RealData.rows("maven_crm/sales_teams.csv").map { ($0["sales_agent"] ?? "", $0["manager"] ?? "") }
        ) { first, _ in first }
        for deal in try RealData.rows("maven_crm/sales_pipeline.csv") {
            guard let stage = deal["deal_stage"], stage == "Won" || stage == "Lost" else { continue }
            let manager = managers[deal["sales_agent"] ?? ""] ?? ""
            let isWon = stage == "Won"
            let value = isWon ? try #require(Int64(deal["close_value"] ?? "")) * 100 : 0
            plain[manager] = zip(plain[manager] ?? [0, 0, 0], [isWon ? 1 : 0, 1, value]).map { $0 + $1 }
        }
        var found: [String: [Int64]] = [:]
        for row in byManager.section("deals")?.rows ?? []
        where !row.isTotal && (row.cells.first?.records.isEmpty == false || row.name != "(not said)") {
            let rate = try #require(byManager.share("deals", row.key, "rate")).map(Int64.init)
            found[row.name] = rate + (byManager.money("deals", row.key, "value") ?? [])
        }
        #expect(found == plain)
        #expect(plain["Cara Losch"]?.prefix(2) == [480, 745] && plain["Celia Rouche"]?.prefix(2) == [610, 962])
        #expect(try whatDoesNotAddUp(byManager) == [])
    }

    @Test func loanDeskAnswersItsQueue() throws {
        let company = try RealCompany(
            "bpi2012/agreement.yaml", [("bpi2012/events.yaml", "bpi_2012/BPI_Challenge_2012.csv.gz")],
            years: 2011...2012, until: Instant(milliseconds: 1_333_238_400_000)
        ).company
        let report = try ask("response", [(.mode, "physical")], of: company)
        #expect(report.count("waits", "lead", "answered") == 4755)
        let bands = ["minutes_5", "hour_1", "hours_4", "day_1"].map { report.count("bands", $0, "handed") ?? 0 }
        #expect(bands[0] == 870 && bands[0] + bands[1] == 2650 && bands.reduce(0, +) == 4578)
        // 42.4474 minutes.
        #expect(report.time("waits", "lead", "median").map { ($0.count * 10_000 + 60_000) / 120_000 } == 424_474)
        let handed = try #require(report.count("waits", "lead", "handed"))
        #expect(handed == 4755 + (report.count("waits", "lead", "unanswered") ?? -1))
        #expect(report.share("waits", "lead", "in_time") == [2650, handed])
        for (stage, reached) in [("preaccepted", 7367), ("accepted_offer", 5113), ("loan", 2246)] {
            let cases = try ask("funnel", [(.start, "application"), (.stage, stage)], of: company)
            #expect(cases.share("ways", "application-\(stage)", "conversion") == [reached, 13_087])
        }
        let business = try ask("response", [], of: company)
        try compareWithAPlainClock(report, business)
        #expect(try whatDoesNotAddUp(report) == [] && whatDoesNotAddUp(business) == [])
    }

    /// The desk works Monday to Friday 08:00–20:00 and Saturday 09:00–17:00 in Amsterdam. Every wait in business time is counted
    /// again minute by minute, the broken minutes at both ends apart.
    private func compareWithAPlainClock(_ physical: Report, _ business: Report) throws {
        let amsterdam = try #require(zone("Europe/Amsterdam"))
        let records = try business.records(at: CellAddress(section: "waits", row: "lead", column: "answered"))
        let told = try #require(records.columns.firstIndex { $0.key == "told" })
        let responded = try #require(records.columns.firstIndex { $0.key == "responded" })
        let wait = try #require(records.columns.firstIndex { $0.key == "wait" })
        var waits: [Int64] = []
        for row in records.rows {
            guard case .instant(let from) = row[told], case .instant(let to) = row[responded],
                case .duration(let found, .business) = row[wait]
            else { throw NothingBeside(path: "\(row)") }
            waits.append(found.count / 2)
            let plain = plainWorkingTime(from, to, amsterdam)
            #expect(found.count == 2 * plain, "\(from) to \(to)")
        }
        #expect(waits.count == 4755 && waits.contains { $0 > 0 })
        #expect(
            zip(records.rows, waits).contains { row, wait in
                guard case .instant(let from) = row[told], case .instant(let to) = row[responded] else { return false }
                return wait < (to - from).milliseconds
            })
    }

    private func plainWorkingTime(_ from: Instant, _ to: Instant, _ zone: Zone) -> Int64 {
        var (sum, cursor): (Int64, Int64) = (0, from.milliseconds)
        while cursor < to.milliseconds {
            let next = min(to.milliseconds, cursor - cursor % 60_000 + 60_000)
            let local = zone.civil(at: Instant(milliseconds: cursor))
            let minute = Int(local.time.milliseconds / 60_000)
            let isOpen =
                switch local.date.weekday {
                case .saturday: (540..<1020).contains(minute)
                case .sunday: false
                default: (480..<1200).contains(minute)
                }
            if isOpen { sum += next - cursor }
            cursor = next
        }
        return sum
    }
}

func ask(_ name: String, _ options: [(ReportOption, String)], of company: JudgedCompany) throws -> Report {
    try ReportRegistry.report(named: name).report(ReportRequest(name, options), of: company)
}

/// `14.6507`, rounded half up; days that are not negative.
private func days(_ time: HalfMilliseconds) -> String {
    let day: Int64 = 2 * 86_400_000
    let tenThousandths = (time.count * 20_000 + day) / (2 * day)
    let digits = String(tenThousandths % 10_000)
    return "\(tenThousandths / 10_000).\(String(repeating: "0", count: 4 - digits.count))\(digits)"
}
