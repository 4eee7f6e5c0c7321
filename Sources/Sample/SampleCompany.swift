/// A company that does not exist, written as the files a real one would export: web log, marketing automation
/// platform, CRM, its own lists, its agreement between sales and marketing, and a list of what was planted.
///
/// The same options give the same bytes on any machine and any number of threads: chance is drawn anew for each person
/// and purpose from the seed, and every file is a function of the plan that `init` makes and of nothing else.
public struct SampleCompany: Sendable {
    public let options: SampleOptions
    let timeline: Timeline
    let people: People
    let roster: Roster
    let sales: Sales
    let records: Records

    /// Draws the people and simulates what sales does with those handed over; the files are made by `write`.
    public init(_ options: SampleOptions) {
        self.options = options
        timeline = Timeline(options)
        people = People(options, timeline)
        let handOvers = options.persons * people.qualifiedShare / 1000
        roster = Roster(
            options: options, timeline: timeline, handOversAMonth: handOvers * 30 / max(1, timeline.days.count))
        sales = Sales(people, roster)
        records = Records(people, sales.changes)
    }

    /// Bytes of state kept for each person while the files are written, everything included that grows with the company.
    public var stateBytesPerPerson: Int {
        let people = people.persons.count * MemoryLayout<Person>.stride + people.accounts.count * 20
        let rows =
            sales.assignments.count * MemoryLayout<Assignment>.stride
            + sales.touches.count * MemoryLayout<Touch>.stride + sales.meetings.count * MemoryLayout<Meeting>.stride
            + sales.verdicts.count * MemoryLayout<Verdict>.stride + sales.deals.count * MemoryLayout<Deal>.stride
            + sales.versions.count * MemoryLayout<DealVersion>.stride
        let histories = (records.changes.count + sales.changes.count) * MemoryLayout<Change>.stride
        return (people + rows + histories) / options.persons + MemoryLayout<UInt32>.stride
    }

    /// Writes every file into `sink`, up to `threads` of them at a time, and tells what was written and planted.
    /// Fails with the first error of the sink.
    public func write(into sink: any SampleSink, threads: Int) async throws -> SampleSummary {
        let jobs = FileJob.all(self)
        let queue = JobQueue(jobs.count)
        let counts = try await withThrowingTaskGroup(of: [FileCount].self) { group in
            for _ in 0..<max(1, threads) {
                group.addTask {
                    var done: [FileCount] = []
                    while let next = await queue.take() { done.append(try jobs[next].run(sink)) }
                    return done
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let files = counts.sorted { $0.name < $1.name }
        let planted = Planted(self, files)
        var out = OutFile("planted.json", to: sink)
        out.text(planted.json.text + "\n")
        _ = try out.close()
        return SampleSummary(files: files, planted: planted.sentences)
    }
}

/// What was written.
public struct SampleSummary: Sendable {
    /// In order of name, without `planted.json`.
    public let files: [FileCount]
    /// What was planted, one sentence each.
    public let planted: [String]

    public var rows: Int { files.reduce(0) { $0 + $1.rows } }
    public var facts: Int { files.reduce(0) { $0 + $1.facts } }
    public var bytes: Int { files.reduce(0) { $0 + $1.bytes } }

    /// Sums by family: a file's name without its date.
    public var families: [(name: String, files: Int, rows: Int, facts: Int)] {
        var families: [(name: String, files: Int, rows: Int, facts: Int)] = []
        for file in files {
            let name = SampleSummary.family(file.name)
            if let index = families.firstIndex(where: { $0.name == name }) {
                families[index].files += 1
                families[index].rows += file.rows
                families[index].facts += file.facts
            } else {
                families.append((name, 1, file.rows, file.facts))
            }
        }
        return families
    }

    /// `web/pages-2025-02.csv` → `web/pages`, `map/contacts-complete-2025-02-01.csv` → `map/contacts`.
    static func family(_ file: String) -> String {
        let stem = file.split(separator: ".").first.map(String.init) ?? file
        let words = stem.split(separator: "-").prefix { $0.first?.isNumber != true && $0 != "complete" }
        if file.hasPrefix("company/holidays") { return "company/holidays" }
        return file.hasPrefix("mappings/") ? "mappings" : words.joined(separator: "-")
    }
}

/// Hands out the numbers of the files still to be written.
private actor JobQueue {
    private var next = 0
    private let count: Int

    init(_ count: Int) { self.count = count }

    func take() -> Int? {
        guard next < count else { return nil }
        next += 1
        return next - 1
    }
}

/// One file and how it is written.
struct FileJob: Sendable {
    let name: String
    let write: @Sendable (inout OutFile) throws -> Void

    func run(_ sink: any SampleSink) throws -> FileCount {
        var out = OutFile(name, to: sink)
        try write(&out)
        return try out.close()
    }

    /// The largest files first, so that no thread is left with one at the end.
    static func all(_ company: SampleCompany) -> [FileJob] {
        let wording = Wording(people: company.people)
        return monthly(company, wording) + weekly(company, wording) + once(company, wording)
    }

    private static func monthly(_ company: SampleCompany, _ wording: Wording) -> [FileJob] {
        let web = WebFiles(Visits(company.people), company.sales, wording)
        let marketing = MarketingFiles(
            people: company.people, roster: company.roster, records: company.records, wording: wording)
        let crm = CRMFiles(people: company.people, roster: company.roster, sales: company.sales, wording: wording)
        func every(
            _ stem: String, ending: String = "csv", _ write: @escaping @Sendable (Int, inout OutFile) throws -> Void
        ) -> [FileJob] {
            (0..<company.timeline.months).map { month in
                FileJob(name: "\(stem)-\(company.timeline.monthName(month)).\(ending)") { try write(month, &$0) }
            }
        }
        return every("web/pages", web.pages) + every("web/events", ending: "ndjson", web.events)
            + every("map/sends", marketing.sends) + every("map/consent", marketing.consent)
            + every("crm/touches", crm.touches) + every("crm/meetings", crm.meetings)
            + every("crm/assignments", crm.assignments) + every("crm/verdicts", crm.verdicts)
    }

    private static func weekly(_ company: SampleCompany, _ wording: Wording) -> [FileJob] {
        let marketing = MarketingFiles(
            people: company.people, roster: company.roster, records: company.records, wording: wording)
        let crm = CRMFiles(people: company.people, roster: company.roster, sales: company.sales, wording: wording)
        func every(
            _ stem: String, marksComplete: Bool = false,
            _ write: @escaping @Sendable (Export, inout OutFile) throws -> Void
        ) -> [FileJob] {
            company.timeline.exports.map { export in
                let mark = marksComplete && export.complete ? "-complete" : ""
                return FileJob(name: "\(stem)\(mark)-\(isoText(export.day)).csv") { try write(export, &$0) }
            }
        }
        return every("map/contacts", marksComplete: true, marketing.contacts) + every("crm/deals", crm.deals)
            + every("crm/deal-contacts", crm.dealContacts) + every("crm/accounts", crm.accounts)
    }

    private static func once(_ company: SampleCompany, _ wording: Wording) -> [FileJob] {
        let crm = CRMFiles(people: company.people, roster: company.roster, sales: company.sales, wording: wording)
        let lists = CompanyFiles(people: company.people, roster: company.roster, sales: company.sales, wording: wording)
        let agreement = AgreementFile(people: company.people, roster: company.roster)
        let uploads = company.people.uploads.indices.map { list in
            FileJob(name: UploadList.fileName(company.timeline.uploads[list])) { try crm.upload(list, &$0) }
        }
        let holidays = Holidays.allCases.map { place in
            FileJob(name: "company/holidays/\(place.fileName)") { try lists.holidays(place, &$0) }
        }
        let mappings = SampleMappings.all.map { name, text in
            FileJob(name: "mappings/\(name).yaml") { try $0.whole(text + "\n", rows: 0) }
        }
        return uploads + holidays + mappings + [
            FileJob(name: "company/roster.csv") { try lists.roster(&$0) },
            FileJob(name: "company/quotas.csv") { try lists.quotas(&$0) },
            FileJob(name: "company/absences.csv") { try lists.absences(&$0) },
            FileJob(name: "company/rates.csv") { try lists.rates(&$0) },
            FileJob(name: "company/targets.csv") { try lists.targets(&$0) },
            FileJob(name: "company/spend.csv") { try lists.spend(&$0) },
            FileJob(name: "company/traffic.csv") { try lists.traffic(&$0) },
            FileJob(name: "agreement.yaml") { try $0.whole(agreement.text, rows: 0) },
        ]
    }
}
