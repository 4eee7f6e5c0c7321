import Findings
import Testing
import Vocabulary

@testable import Agreement

@Suite struct ConditionTests {
    /// As written, and in canonical words.
    @Test(
        arguments: [
            ("engagement >= 50 and grade in (A, B)", "engagement >= 50 and grade in (A, B)"),
            ("ENGAGEMENT_is_no_keyword is known", nil),
            ("engagement>=50 AND NOT country IN (NO,AT)", "engagement >= 50 and (not country in (NO, AT))"),
            ("country not in (DE)", "not country in (DE)"),
            ("(a_typo or demo_request)", nil),
            ("demo_request within 30 days", "demo_request within 30 days"),
            ("pricing_visit at least 3 times within 14 days", "pricing_visit at least 3 times within 14 days"),
            ("call at least 1 time", "call"),
            ("email is known and email is not free_mail", "email is known and (not email is free_mail)"),
            ("email is unknown", "not email is known"),
            ("company matches 'chief *'", "company matches 'chief *'"),
            ("company = 'it''s'", "company = 'it''s'"),
            ("company = 'it''\u{61A}s'", "company = 'it''\u{61A}s'"),
            ("company = \"it's\"", "company = 'it''s'"),
            ("employees between 200 and 5000", "employees between 200 and 5000"),
            ("50 <= engagement", "50 <= engagement"),
            ("engagement + 2 * fit > 10", "engagement + 2 * fit > 10"),
            ("(engagement + 2) * fit > 10", "(engagement + 2) * fit > 10"),
            ("engagement - (fit - 1) > -20", "engagement - (fit - 1) > -20"),
            ("budget > 1.5m EUR", "budget > 1.5m EUR"),
            ("seen < today - 30 days", "seen < today - 30 days"),
            ("time since demo_request > 2 weeks", "time since demo_request > 2 weeks"),
            ("time in mql > 5 days + 12 hours", "time in mql > 5 days + 12 hours"),
            ("partner", "partner"), ("partner = no", "partner = no"),
            ("accepted at mql and meeting held", "accepted at mql and meeting held"),
            ("recycled or deal lost or qualify missed", "recycled or deal lost or qualify missed"),
            ("deal enters 'Renewal due'", "deal enters 'Renewal due'"),
            ("deal enters Proposal", "deal enters Proposal"),
            ("consent withdrawn for marketing_email", "consent withdrawn for marketing_email"),
            ("account has open deal above 100k EUR", "account has open deal above 100k EUR"),
            ("account in targets and account has open hand_over", "account in targets and account has open hand_over"),
            ("touch where channel = call within 3 days", "touch where channel = call within 3 days"),
            (
                "page where (path matches '/a*' and title = 'x') within 3 days",
                "page where (path matches '/a*' and title = 'x') within 3 days"
            ),
            ("event in ('A', 'B')", "event in ('A', 'B')"), ("event matches 'A*'", "event matches 'A*'"),
            ("a and (b and c)", nil), ("partner and (partner and partner)", "partner and partner and partner"),
            ("always", "always"),
        ] as [(String, String?)])
    func isReadAndPrinted(text: String, canonical: String?) {
        let reading = check(text)
        #expect(reading.value?.text == canonical, "\(reading.problems)")
        #expect((reading.value == nil) == !reading.problems.isEmpty)
        if let canonical { #expect(check(canonical).value == reading.value) }
    }

    @Test(arguments: [
        ("deal is open and kind in (new, expansion) and close_date in period", ConditionScope.deal),
        ("type = 'New Business' and amount > 10k EUR", .deal),
        ("pipeline = new", .dealKind), ("stage = 'Renewal due'", .dealKind), ("close_date < today + 30 days", .deal),
        ("discount = no", .deal), ("discount in (no, yes)", .deal),
        ("country = US and employees > 5", .profile), ("grade = A or account has open deal", .routing),
    ])
    func eachScopeHasItsNames(text: String, scope: ConditionScope) {
        let reading = check(text, scope)
        #expect(reading.problems == [])
        #expect(reading.value?.text == text)
    }

    /// What is refused, where in the text, and what is said.
    @Test(
        arguments: [
            ("engagment >= 50", .person, FindingCode.unknownName, "engagment", "Did you mean engagement?"),
            ("demo_requst within 7 days", .person, .unknownName, "demo_requst", "Did you mean demo_request?"),
            ("country = GR8", .person, .unknownName, "GR8", "no country"),
            ("country = de", .person, .unknownName, "de", "Did you mean DE?"),
            ("level = vpp", .person, .unknownName, "vpp", "Did you mean vp?"),
            ("grade in (A, D)", .person, .unknownName, "D", "a value of grade"),
            ("consent given for sales", .person, .unknownName, "sales", "There are: marketing_email."),
            ("deal enters Propsal", .person, .unknownName, "Propsal", "Did you mean Proposal?"),
            ("qualfy missed", .person, .unknownName, "qualfy missed", "Did you mean qualify?"),
            ("engagement = 'high'", .person, .typeMismatch, "'high'", "engagement is a number, and 'high' is a text"),
            ("company = acme", .person, .unknownName, "acme", "no \"acme\""),
            ("budget > 400000", .person, .typeMismatch, "400000", "its currency"),
            ("country > DE", .person, .typeMismatch, "country > DE", "not more or less"),
            ("discount >= false", .deal, .typeMismatch, "discount >= false", "not more or less"),
            ("'a' < discount", .deal, .typeMismatch, "'a' < discount", "not more or less"),
            ("discount = NO", .deal, .typeMismatch, "NO", "a text or a name"),
            ("employees", .person, .typeMismatch, "employees", "not something that holds"),
            ("employees matches 'a*'", .person, .typeMismatch, "employees", "Only texts"),
            ("engagement > 50 days", .person, .typeMismatch, "50 days", "a duration"),
            ("company + 1 > 2", .person, .typeMismatch, "company + 1", "There is no"),
            ("demo_request and country = DE", .profile, .unknownName, "demo_request", "activity"),
            ("account in targets", .deal, .typeMismatch, "account in targets", "no account terms"),
            ("deal is open", .person, .typeMismatch, "deal is open", "no single deal"),
            ("amuont > 5k EUR", .deal, .unknownName, "amuont", "Did you mean amount?"),
            ("1 = 2", .person, .impossibleComparison, "1 = 2", "always the same"),
            (
                "engagement = engagement", .person, .impossibleComparison, "engagement = engagement",
                "Both sides are the same"
            ),
            ("employees between 10 and 5", .person, .impossibleComparison, "employees between 10 and 5", "lower end"),
            ("demo_request within 2 business days", .person, .badDuration, "2 business days", "physical time"),
            ("demo_request at least 0 times", .person, .badCondition, "0", "whole number from 1"),
            ("engagement >=", .person, .badCondition, "", "the condition ends"),
            ("engagement >= 50 und fit > 1", .person, .badCondition, "und", "\"und\" stands"),
            ("(engagement >= 50", .person, .badCondition, "", "closing parenthesis"),
            ("company = 'open", .person, .badCondition, "'", "never closed"),
            ("engagement >= 5x0", .person, .badCondition, "5x0", "neither a number nor a date"),
            ("engagement & fit", .person, .badCondition, "&", "no place"),
            ("account owns targets", .person, .badCondition, "owns", "in targets"),
        ] as [(String, ConditionScope, FindingCode, String, String)])
    func isRefusedWithAReason(
        text: String, scope: ConditionScope, code: FindingCode, underlined: String, words: String
    ) throws {
        let reading = check(text, scope)
        #expect(reading.value == nil)
        let problem = try #require(reading.problems.first)
        #expect(problem.complaint.code == code, "\(problem)")
        let bytes = Array(text.utf8)
        #expect(String(decoding: bytes[problem.span.clamped(to: 0..<bytes.count)], as: UTF8.self) == underlined)
        #expect("\(problem.complaint.cause) \(problem.complaint.remedy)".contains(words), "\(problem.complaint)")
    }

    @Test func everyProblemIsFoundAtOnce() {
        let codes = check("engagment > 1 and country = XX and employees between 9 and 1").problems.map(\.complaint.code)
        #expect(codes == [.unknownName, .unknownName, .impossibleComparison])
    }

    @Test(arguments: [
        String(repeating: "(", count: 3000), String(repeating: "not ", count: 900) + "partner",
        "engagement > " + [String](repeating: "1", count: 1500).joined(separator: "+"),
        String(repeating: "a", count: 1 << 20), "engagement \0 5", String(repeating: "page where ", count: 300),
        [String](repeating: "partner", count: 300).joined(separator: " and "),
    ])
    func hostileTextsAreAnsweredQuickly(text: String) {
        let duration = ContinuousClock().measure {
            let reading = check(text)
            #expect(reading.problems.isEmpty == text.hasPrefix("partner"))
        }
        #expect(duration < .milliseconds(500))
    }

    /// Words, signs and values in any order.
    @Test func twentyThousandRandomTextsNeverCrash() {
        var random = Seeded(state: 3)
        let pieces = [
            "engagement", "country", "demo_request", "and", "or", "not", "(", ")", "=", ">=", "between", "in",
            "matches",
            "is", "known", "within", "14", "days", "at", "least", "times", "'x*'", "where", "page", "touch", "event",
            "400k", "EUR", "2026-02-09", ",", "+", "-", "/", "*", "deal", "account", "has", "open", "missed", "time",
            "since", "é", "\"", "today", "AT", "NO", "accepted", "business", "period",
        ]
        var read = 0
        for number in 0..<20_000 {
            let words = (0..<1 + random.below(12)).map { _ in pieces[random.below(pieces.count)] }
            let scope = [ConditionScope.person, .deal, .profile, .routing, .dealKind][number % 5]
            let reading = check(words.joined(separator: random.below(4) == 0 ? "" : " "), scope)
            #expect((reading.value == nil) == !reading.problems.isEmpty)
            guard let condition = reading.value else { continue }
            read += 1
            #expect(check(condition.text, scope).value == condition, "\(condition.text)")
        }
        #expect(read > 50)
    }

    @Test func whatIsPrintedIsReadBackTheSame() {
        var random = Seeded(state: 4)
        var read = 0
        for _ in 0..<5000 {
            let text = random.condition()
            let reading = check(text)
            guard let condition = reading.value else {
                #expect(reading.problems.allSatisfy { $0.complaint.code == .impossibleComparison }, "\(text)")
                continue
            }
            read += 1
            #expect(check(condition.text).value == condition, "\(text)\n\(condition.text)")
        }
        #expect(read > 4000)
    }
}
