import Findings
import Foundation
import Testing
import Vocabulary

@testable import Agreement

private let today = CivilDate(year: 2026, month: 2, day: 2)!

private func interview() -> FirstInterview {
    FirstInterview(zones: zones, localZone: "Europe/Berlin", today: today)
}

/// Answers that fit, but for those stated.
private func answers(_ stated: [FirstQuestion: String]) throws -> FirstAnswers {
    let usual: [FirstQuestion: String] = [
        .company: "Northwind", .marketing: "maria@n.example", .sales: "carlos@n.example",
        .executive: "ada@n.example", .operations: "revops@n.example",
    ]
    var interview = interview()
    for question in FirstQuestion.allCases {
        let answer = stated[question] ?? usual[question] ?? interview.proposal(for: question)
        try interview.take(try #require(answer), for: question)
    }
    return try #require(interview.answers)
}

/// What is found in an agreement with its files, as it would be read from a folder.
private func findings(in first: FirstAgreement) throws -> [Finding] {
    let files = Dictionary(uniqueKeysWithValues: first.files.map { ($0.path, $0.text) })
    let reading = read(first.text, files)
    guard let agreement = reading.agreement else { return reading.findings }
    let text = SourceText(file: "agreement.yaml", bytes: Array(first.text.utf8))
    return reading.findings + checkAgreement(agreement, in: text, today: today)
}

/// Answers of every legal kind, and names that are hard to write down.
extension Seeded {
    fileprivate mutating func answer(_ question: FirstQuestion) -> String {
        switch question {
        case .company, .team: name()
        case .timezone: pick("Europe/Berlin", "Europe/London", "America/New_York", "Etc/UTC")
        case .currency: pick("EUR", "usd", "JPY", "KWD", "GBP")
        case .template: pick("inside-sales", "Enterprise", "product-led", "1", "2", "3")
        case .qualified: pick("request", "interest", "interest-and-fit", "1", "2", "3")
        case .marketing, .sales, .executive, .operations, .manager: mail()
        case .reps: (0...below(5)).map { "\($0)" + mail() }.joined(separator: pick(",", ", ", " , "))
        case .response: response()
        case .quota: pick("", "250k", "1.5m", "1", "70000", "12.5k")
        }
    }

    private mutating func name() -> String {
        let parts = [
            "NO", "no", "yes", "O'Brien", "\"Best\"", "Müller: Söhne", "# 1", "- x", "{a: b}", "[c]", "R&D", "*", "!x",
            "%", "@home", "`tick`", "1.10", "0x1F", "null", "~", "北风仪器", "🦊 & co", "a: b", "x #y", "it''s", "\\n",
            "|", ">", "?", ": ", "=", "2026-02-02", "Ab\u{301}", "\u{301}b", "نور\u{200C}گر", "team", "tab\there", "",
        ]
        return (0...below(3)).map { _ in parts[below(parts.count)] }.joined(separator: pick(" ", "", ", "))
    }

    private mutating func mail() -> String {
        let names = [
            "maria", "o'neil", "a+b", "no", "#x", "*", "&a", "!t", "-", "?", "{x}", "müller", "%", "`", "=x", "1",
        ]
        return names[below(names.count)] + "@" + pick("n.example", "NO.example", "ü.example", "1.2")
    }

    private mutating func response() -> String {
        "\(1 + below(10)) " + pick("", "business ") + pick("minute", "hours", "days", "HOURS", "weeks", "seconds")
    }
}

@Suite(.disabled(if: zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct FirstAgreementTests {
    /// Whatever is answered is refused with words, or leads to an agreement in which nothing is found and which says it.
    @Test(arguments: 0..<400)
    func anyLegalAnswersPass(seed: Int) throws {
        var random = Seeded(state: UInt64(seed))
        var interview = interview()
        var refusals = 0
        while let question = interview.next {
            do {
                try interview.take(random.answer(question), for: question)
            } catch {
                #expect(error.cause.hasSuffix(".") && !error.remedy.isEmpty)
                refusals += 1
                try #require(refusals < 1000)
            }
        }
        let answers = try #require(interview.answers)
        let first = FirstAgreement(answers)
        let found = try findings(in: first)
        #expect(found.map(\.text) == [], "\(first.text)")
        let agreement = try #require(read(first.text, ["targets.csv": "domain\n"]).agreement)
        #expect(agreement.company.name.value == answers.company)
        #expect(agreement.parties.sales?.value == answers.sales)
        #expect(agreement.teams.map(\.name) == [answers.team])
        #expect(agreement.teams[0].reps.map(\.email.value) == answers.reps)
        #expect(agreement.teams[0].reps[0].quotas.first?.amount.value == answers.quota)
        #expect(agreement.promises.sales.respond.first?.otherwise.within.value == answers.response.within)
        #expect(agreement.pipeline.coverage?.multiple.value == Number(mantissa: 25, scale: 1))
    }

    @Test(arguments: FirstTemplate.allCases)
    func theProposalsOfEveryTemplatePass(template: FirstTemplate) throws {
        #expect(try findings(in: FirstAgreement(answers([.template: template.rawValue]))).map(\.text) == [])
    }

    /// Above each clause at the top stands a sentence, or above each within it.
    @Test(arguments: FirstTemplate.allCases)
    func everyClauseIsExplained(template: FirstTemplate) throws {
        let lines = try FirstAgreement(answers([.template: template.rawValue, .quota: "250k"])).text.split(
            separator: "\n", omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() where line.first.map(\.isLetter) ?? false {
            let within = lines[(number + 1)...].prefix { $0.hasPrefix(" ") }.first { !$0.hasPrefix("    ") }
            let above = lines[number - 1].hasPrefix("# ") || (within ?? "").hasPrefix("  # ") || line == "promises:"
            #expect(above, "\(line)")
        }
        let clauses = Set(SectionShape.agreement.names).intersection(
            lines.map { String($0.prefix { $0 != ":" }) })
        #expect(clauses.count > 25)
    }

    @Test func aTargetListComesWithTargetAccounts() throws {
        #expect(try FirstAgreement(answers([.template: "enterprise"])).files.map(\.path) == ["targets.csv"])
        #expect(try FirstAgreement(answers([.template: "inside-sales"])).files.isEmpty)
    }

    @Test func aProductQualifiedLeadIsAStage() throws {
        let agreement = try #require(read(FirstAgreement(answers([.template: "product-led"])).text).agreement)
        #expect(agreement.stages.filter { $0.handOver != nil }.map(\.name) == ["pql"])
    }

    @Test(arguments: [
        (QualifiedLead.request, "contact_request within 7 days"),
        (.interest, "engagement >= 50 or contact_request within 7 days"),
        (.interestAndFit, "engagement >= 50 and grade in (A, B) or contact_request within 7 days"),
    ])
    func whoIsQualifiedIsWhatWasChosen(qualified: QualifiedLead, words: String) throws {
        let agreement = try #require(read(FirstAgreement(answers([.qualified: qualified.rawValue])).text).agreement)
        let written = agreement.stage(named: "mql")?.enter.otherwise.value.words ?? ""
        #expect(written.filter { !"()".contains($0) } == words.filter { !"()".contains($0) })
    }

    /// What comes after a missed response never comes before it was due.
    @Test(arguments: [
        ("1 business hour", "2 business hours", "1 business day", "1 business day", "2 business days"),
        ("8 business hours", "16 business hours", "2 business days", "2 business days", "3 business days"),
        ("2 business days", "3 business days", "4 business days", "3 business days", "5 business days"),
        ("90 minutes", "180 minutes", "1 day", "1 day", "2 days"),
        ("24 hours", "48 hours", "3 days", "2 days", "4 days"),
        ("49 hours", "4 days", "5 days", "4 days", "6 days"),
        ("1 week", "8 days", "9 days", "8 days", "10 days"),
    ])
    func timesFollowTheResponse(response: String, manager: String, other: String, decision: String, silence: String)
        throws
    {
        let times = try #require(ResponseTime(Budget(text: response)))
        #expect(
            [times.manager, times.reassignment, times.decision, times.silence].map(\.description)
                == [manager, other, decision, silence])
    }
}

@Suite(.disabled(if: zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct FirstInterviewTests {
    @Test(arguments: [
        (FirstQuestion.company, "  ", "a name is needed", "Write it."),
        (.company, "a\u{7}b", "no page shows", "letters"),
        (.company, String(repeating: "x", count: 101), "101 characters", "shorter"),
        (.timezone, "Europe/Berln", "no time zone \"Europe/Berln\"", "Did you mean Europe/Berlin?"),
        (.timezone, "london", "no time zone", "Did you mean Europe/London?"),
        (.currency, "EURO", "no currency \"EURO\"", "Did you mean EUR?"),
        (.template, "enterprize", "none of the choices", "Did you mean enterprise?"),
        (.template, "4", "none of the choices", "inside-sales, enterprise, product-led"),
        (.marketing, "maria", "\"maria\" is not a mail address", "maria@northwind.example"),
        (.sales, "a\u{2028}@b.c", "not a mail address", "Write one"),
        (.team, "No", "for true, false or nothing", "another name"),
        (.team, "\u{301}x", "no page shows", "letters"),
        (.reps, "", "Somebody must take the leads", "from 1 through 100"),
        (.reps, "a@n.example, a@N.example", "a@n.example is there twice", "once"),
        (.response, "soon", "is not a duration", "1 business hour"),
        (.response, "30 seconds", "no time in which a lead can be answered", "from 1 minute"),
        (.response, "9 business hours", "no time in which", "8 business hours"),
        (.response, "8 days", "no time in which", "7 days"),
        (.quota, "250k USD", "not an amount in EUR", "such as 250k; or nothing"),
        (.quota, "0", "above 0", "250k"),
        (.quota, "0.001", "not an amount", "250k"),
    ])
    func whatDoesNotFitIsRefusedInWords(question: FirstQuestion, answer: String, cause: String, remedy: String) throws {
        var interview = interview()
        let unfit = try #require(throws: UnfitAnswer.self) { try interview.take(answer, for: question) }
        #expect(unfit.cause.contains(cause), "\(unfit.cause)")
        #expect(unfit.remedy.contains(remedy), "\(unfit.remedy)")
        #expect(!interview.isAnswered(question))
    }

    @Test func asksInOrderWhatIsOpen() throws {
        var interview = interview()
        try interview.take("Northwind", for: .company)
        try interview.take("EUR", for: .currency)
        #expect(interview.next == .timezone)
        #expect(interview.answers == nil)
        try interview.take("Etc/UTC", for: .timezone)
        #expect(interview.next == .template)
    }

    @Test func onlyTheCompanyKnowsWhatHasNoProposal() throws {
        var interview = interview()
        try interview.take("carlos@n.example", for: .sales)
        for question in FirstQuestion.allCases {
            #expect((interview.proposal(for: question) == nil) == question.isForTheCompanyAlone, "\(question)")
        }
        #expect(FirstInterview(zones: zones, localZone: "Mars/Base", today: today).proposal(for: .timezone) == nil)
    }

    @Test(arguments: ["NO", "yes", "it's", "a: b", "#x", "1.10", "- a", "{", "plain words", "Käse", "a,b", "", "null"])
    func aScalarIsReadAsItWas(text: String) throws {
        let yaml = "a: {\(text.yaml): [\(text.yaml)]}\n"
        let root = try #require(try Syntax.root(of: SourceText(file: "x", bytes: Array(yaml.utf8))))
        guard case .mapping(let outer) = root.content, case .mapping(let inner) = outer[0].value.content,
            case .list(let members) = inner[0].value.content
        else {
            Issue.record("\(yaml)")
            return
        }
        #expect(inner[0].key == text && members.map(\.text) == [text])
    }
}
