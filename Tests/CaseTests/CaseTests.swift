import Agreement
import Engine
import Findings
import Foundation
import Identity
import Journal
import PublicSuffixes
import Reports
import Testing
import Vocabulary

/// Every worked timeline of Tests/Cases, against the engine.
@Suite struct CaseTests {
    @Test(arguments: CaseFiles.all)
    func theEngineAnswersAsWorkedByHand(_ worked: Case) throws {
        guard let pending = worked.pending else { return try check(worked) }
        withKnownIssue(Comment(rawValue: pending)) { try check(worked) }
    }

    private func check(_ worked: Case) throws {
        let evaluated = try Evaluated(worked)
        let log = CaseLog(evaluated.history, evaluated.versions, evaluated.outcome, about: worked.about)
        if let expected = worked.log { #expect(log.sorted == expected) }
        for question in worked.gate { try ask(question, evaluated) }
        for (who, wanted) in worked.scores.sorted(by: { $0.key < $1.key }) {
            let standing = try #require(evaluated.standing(of: who), "\(who) stands nowhere")
            if let engagement = wanted["engagement"] { #expect("\(standing.engagement)" == engagement) }
            if let fit = wanted["fit"] { #expect("\(standing.fit)" == fit) }
            if let grade = wanted["grade"] { #expect(evaluated.grade(standing) == grade) }
            #expect(evaluated.assumed(standing) == worked.assumed[who])
            guard let contributions = worked.contributions[who] else { continue }
            let parts = PersonAt(standing.person, at: worked.until, in: evaluated.world).scoreParts
            #expect(parts.map { "\($0.left)" } == contributions)
        }
        try checkDeals(worked, evaluated)
        checkAttainment(worked, evaluated)
    }

    private func checkDeals(_ worked: Case, _ evaluated: Evaluated) throws {
        let company = try #require(JudgedCompany(evaluated.world, agreements: evaluated.agreements))
        let (history, origins) = (evaluated.history, DealOrigins(company))
        for (name, wanted) in worked.deals.sorted(by: { $0.key < $1.key }) {
            let found = company.outcome.accounts.lazy.compactMap { account in
                account.deals.first { history.texts[$0.record].hasSuffix("/" + name) }.map { (account.account, $0) }
            }.first
            let (account, deal) = try #require(found, "\(name) is no deal")
            if let credited = wanted["credited"] {
                let name =
                    deal.credited < 0 ? history.accounts[Int(account)].name : history.persons[Int(deal.credited)].name
                #expect(history.texts[name].split(separator: "/").last.map(String.init) == credited)
            }
            if let state = wanted["state"] { #expect("\(deal.state)" == state) }
            let origin = origins.origin(of: deal, in: account)
            if let generated = wanted["sales_generated"] { #expect("\(origin == .salesGenerated)" == generated) }
            if let named = wanted["origin"] { #expect(origin.rawValue == named) }
        }
    }

    private func checkAttainment(_ worked: Case, _ evaluated: Evaluated) {
        let clocks = evaluated.outcome.accounts.flatMap(\.clocks)
        for (promise, wanted) in worked.attainment {
            let own = clocks.filter { "\($0.promise)" == promise }
            let counts = [
                "met": own.count { $0.state == .met }, "missed": own.count(where: \.wasMissed),
                "running": own.count { $0.state == .running }, "still_overdue": own.count { $0.state == .missed },
            ]
            #expect(counts.mapValues(String.init) == wanted)
        }
    }

    private func ask(_ question: [String: String], _ evaluated: Evaluated) throws {
        let at = try #require(question["at"].flatMap(instant))
        let who = try #require(evaluated.person(question["who"] ?? ""))
        let answers = gate(of: who, at: at, in: evaluated.world)
        let answer = try #require(answers.first { evaluated.history.texts[$0.purpose] == question["purpose"] }?.answer)
        let word = answer.isAllowed ? "allow" : answer.notBefore.map { "not before \(shown($0))" } ?? "deny"
        #expect(word == question["answer"])
        if let because = question["because"] { #expect("\(answer.why)" == GateWords.why[because] ?? because) }
    }

    @Test func thereAreMany() {
        #expect(CaseFiles.all.count > 200)
    }

    @Test func everySentenceStandsInTheSemantics() throws {
        let folder = CaseFiles.folder.deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: folder.appendingPathComponent("docs/semantics.md"), encoding: .utf8)
        let strangers = CaseFiles.all.filter { !text.contains($0.says) || $0.says.isEmpty }
        #expect(strangers.map(\.testDescription) == [])
    }
}

private enum GateWords {
    static let why = [
        "no consent": "noConsent", "opt-out": "optOut", "contact hours": "contactHours", "consent": "consentGiven",
        "default": "deniedByDefault",
    ]
}

struct Evaluated {
    let world: FoldWorld
    let history: Engine.History
    let versions: [BoundProgram]
    let outcome: Outcome
    /// As they arrived.
    let facts: [RecordedFact]
    /// In the order of `versions`.
    let agreements: [Agreement]
    /// What tables of working time cover.
    let years: ClosedRange<Int>

    init(_ worked: Case) throws {
        try self.init(
            worked.facts.flatMap(\.facts), under: Evaluated.inForce(worked), until: worked.until,
            assigning: worked.ownersAreLive
                ? .live([.earliest..<Instant.latest]) : worked.ownersAreRecorded ? .recorded : .routed)
    }

    /// In order of the instant from which each is in force.
    private static func inForce(_ worked: Case) throws -> [(from: Instant, agreement: Agreement)] {
        var read: [(from: Instant, agreement: Agreement)] = []
        for version in worked.agreements {
            let agreement = try Evaluated.agreement(version.text, worked.title)
            var from = version.from ?? .earliest
            if let signed = version.signed {
                from = max(signed, agreement.company.effective.map { agreement.zone.startOfDay($0.value) } ?? signed)
            }
            read.append((from, agreement))
        }
        return read.sorted { $0.from < $1.from }
    }

    init(
        _ told: [Fact], under read: [(from: Instant, agreement: Agreement)], until: Instant,
        assigning: Assigning = .routed, years: ClosedRange<Int> = 2025...2028
    ) throws {
        self.years = years
        facts = told.enumerated().map { RecordedFact(sequence: Int64($0.offset) + 1, fact: $0.element) }
        var builder = HistoryBuilder()
        for fact in facts { builder.add(fact) }
        var history = builder.build(registrableDomain: PublicSuffixList().registrableDomain)
        agreements = read.map(\.agreement)
        versions = read.map { version in
            BoundProgram(compile(version.agreement), to: &history, zone: version.agreement.zone, from: version.from) {
                FreeMail.isProvider(domain: $0.split(separator: "@").last.map(String.init) ?? $0)
            }
        }
        let staff = staff(of: read[read.count - 1].agreement, in: &history, years: years)
        self.history = history
        world = FoldWorld(
            history: history, versions: versions, staff: staff, assigning: assigning, until: until)
        outcome = evaluate(world)
    }

    static func agreement(_ text: String, _ title: String) throws -> Agreement {
        let source = SourceText(file: title, bytes: Array(text.utf8))
        let reading = readAgreement(
            source,
            in: Surroundings(
                zones: zones, include: { path in throw NoFile(path: path) },
                holidays: { _ throws(HolidayProblem) in throw HolidayProblem(line: nil, cause: "there are none") }))
        let errors = reading.findings.filter { $0.level == .error }
        return try #require(reading.agreement, "\(errors.map(\.text))")
    }

    /// Fields whose values a later snapshot shows.
    func assumed(_ standing: Engine.Standing) -> [String] {
        let program = versions[versions.count - 1].program
        return standing.assumed.map { program.names[Int(program.fields[Int($0)].name)] }
    }

    func standing(of who: String) -> Engine.Standing? {
        outcome.accounts.flatMap(\.standings).first { standing in
            history.texts[history.persons[Int(standing.person)].name].hasSuffix("/" + who)
        }
    }

    func person(_ who: String) -> Int32? {
        history.persons.indices.first { history.texts[history.persons[$0].name].hasSuffix("/" + who) }.map { Int32($0) }
    }

    func grade(_ standing: Engine.Standing) -> String? {
        guard standing.grade >= 0, let program = versions.last?.program else { return nil }
        return program.names[Int(program.grades[Int(standing.grade)].name)]
    }
}

struct NoFile: Error { let path: String }

private let zones: ZoneTable = {
    let folder = URL(fileURLWithPath: "/usr/share/zoneinfo")
    let names = ["Europe/Berlin", "Europe/London", "America/New_York", "UTC", "Asia/Kolkata"]
    return ZoneTable(
        names.compactMap { name in
            (try? Data(contentsOf: folder.appendingPathComponent(name))).flatMap { data in
                try? Zone(name: name, tzif: Array(data))
            }
        })
}()
