import Findings
import Foundation
import Journal
import Testing
import Vocabulary

@testable import Sync

@Suite struct LetterTests {
    private static let noon = Instant(milliseconds: 1_770_028_200_000)  // 2026-02-02T10:30:00Z

    private func mail(subject: String = "A lead", text: String = "Hello", unsubscribe: String? = nil) -> String {
        let mail = Mail(
            from: "interlock@acme.example", to: "jonas@acme.example", subject: subject, text: text,
            html: "<p>Hello</p>", messageID: "abc@acme.example", date: LetterTests.noon, unsubscribe: unsubscribe)
        return String(decoding: mail.bytes, as: UTF8.self)
    }

    private func head(_ mail: String) -> [String] {
        mail.prefix(upTo: mail.range(of: "\r\n\r\n").map(\.lowerBound) ?? mail.endIndex).split(separator: "\r\n").map(
            String.init)
    }

    @Test func aMailHasTwoPartsAndOneID() {
        let lines = head(mail())
        #expect(lines.contains("Date: Mon, 02 Feb 2026 10:30:00 +0000"))
        #expect(lines.contains("Message-ID: <abc@acme.example>"))
        #expect(lines.contains("Auto-Submitted: auto-generated"))
        #expect(mail().contains("Content-Type: text/plain; charset=utf-8"))
        #expect(mail().contains("Content-Type: text/html; charset=utf-8"))
        #expect(!mail().contains("List-Unsubscribe"))
    }

    @Test func onlyDigestsCarryTheOneClick() {
        let lines = head(mail(unsubscribe: "https://acme.example/unsubscribe?a=1"))
        #expect(lines.contains("List-Unsubscribe: <https://acme.example/unsubscribe?a=1>"))
        #expect(lines.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"))
    }

    /// mautic #12880, odoo #165169, listmonk #1685: RFC 8058 by halves. It wants both headers, once each, and https.
    @Test func noHalfOfTheOneClickIsSent() {
        for (link, clicks) in [("https://acme.example/unsubscribe/1", 1), ("http://localhost:8080/unsubscribe/1", 0)] {
            let lines = head(mail(unsubscribe: link))
            #expect(lines.filter { $0.hasPrefix("List-Unsubscribe: ") } == ["List-Unsubscribe: <\(link)>"])
            #expect(lines.count { $0 == "List-Unsubscribe-Post: List-Unsubscribe=One-Click" } == clicks)
        }
    }

    @Test(arguments: [
        "A\r\nBcc: all@acme.example", "A\nBcc: all@acme.example", "A\r\n\r\n<script>", "A\u{2028}Bcc: x@y.example",
    ])
    func nothingInASubjectEndsAHeader(_ subject: String) {
        let lines = head(mail(subject: subject))
        #expect(!lines.contains { $0.hasPrefix("Bcc") })
        #expect(lines.filter { $0.hasPrefix("Subject: ") }.count == 1)
        #expect(lines.count == head(mail()).count)
    }

    @Test func subjectsInOtherScriptsAreEncodedInShortLines() {
        let lines = head(mail(subject: String(repeating: "Übergabe 引き渡し ", count: 12)))
        let subject = lines.drop { !$0.hasPrefix("Subject") }.prefix { $0.hasPrefix("Subject") || $0.hasPrefix(" ") }
        #expect(subject.count > 2)
        #expect(lines.allSatisfy { $0.utf8.count <= 78 && $0.utf8.allSatisfy { $0 < 0x7F } })
    }

    @Test(arguments: [
        ("plain", "plain"), ("a=b", "a=3Db"), ("ends ", "ends=20"), ("ü", "=C3=BC"), ("a\nb", "a\r\nb"), ("", ""),
        ("a\r\nb", "a\r\nb"), ("\u{0}", "=00"),
    ])
    func quotedPrintable(_ text: String, _ written: String) { #expect(text.quotedPrintable == written) }

    @Test func linesOfABodyAreShort() {
        let lines = String(repeating: "lange Wörter ", count: 200).quotedPrintable.split(separator: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 76 })
    }

    @Test(arguments: [
        ("jonas@acme.example", true), ("a.b+c@d.example", true), ("jonas", false), ("a@b@c", false), ("@a", false),
        ("a b@c.example", false), ("a@b.example\r\nRCPT TO:<x@y.example>", false), ("a>@b.example", false),
        ("jürgen@acme.example", false),
    ])
    func addresses(_ text: String, _ isOne: Bool) { #expect(Mail.isAddress(text) == isOne) }

    /// The example of the specification of Standard Webhooks.
    @Test func webhooksAreSignedAsTheirStandardSays() throws {
        let secret = try #require(SignedWebhook.Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let body = Array(#"{"test": 2432232314}"#.utf8)
        let hook = SignedWebhook(id: "msg_p5jXN8AQM9LWM0D4loKWxJek", body: body, secrets: [secret])
        let headers = hook.headers(at: Instant(milliseconds: 1_614_265_330_000))
        #expect(headers.contains { $0 == ("webhook-timestamp", "1614265330") })
        #expect(headers.contains { $0 == ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek") })
        #expect(
            headers.contains { $0 == ("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=") })
    }

    @Test func whileASecretIsChangedBothSign() throws {
        let secrets = try ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_" + Base64.text(Array(0..<32))].map {
            try #require(SignedWebhook.Secret($0))
        }
        let headers = SignedWebhook(id: "a", body: [], secrets: secrets).headers(at: LetterTests.noon)
        let signatures = try #require(headers.first { $0.name == "webhook-signature" }?.value)
        #expect(signatures.split(separator: " ").count == 2)
        #expect(SignedWebhook.Secret("whsec_c2hvcnQ=") == nil)
        #expect(SignedWebhook.Secret("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw") == nil)
    }

    @Test func answersMeanWhatTheStandardSays() {
        #expect(Delivered(status: 204, retryAfter: nil) == .accepted)
        #expect(Delivered(status: 410, retryAfter: nil) == .gone)
        #expect(Delivered(status: 301, retryAfter: nil) == .later(problem: "answered 301", seconds: nil))
        #expect(Delivered(status: 429, retryAfter: 30) == .later(problem: "answered 429", seconds: 30))
        #expect(Delivered(reply: 451) == .later(problem: "the mail server said 451", seconds: nil))
        #expect(Delivered(reply: 550) == .refused(problem: "the mail server said 550"))
    }

    @Test func base64() {
        for length in 0..<70 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 37) }
            #expect(Base64.bytes(Base64.text(bytes)) == bytes)
        }
        #expect(Base64.text(Array("Man".utf8)) == "TWFu")
        #expect(Base64.bytes("a") == nil && Base64.bytes("a===") == nil && Base64.bytes("ab=d") == nil)
    }
}

@Suite struct HabitTests {
    private func time(_ hour: Int, _ minute: Int = 0) -> TimeOfDay {
        TimeOfDay(hour: hour, minute: minute) ?? .midnight
    }

    @Test(arguments: [
        ("2026-02-02T17:59:00Z", "2026-02-02T17:59:00.000Z"), ("2026-02-02T18:00:00Z", "2026-02-03T08:00:00.000Z"),
        ("2026-02-03T07:59:59Z", "2026-02-03T08:00:00.000Z"), ("2026-02-03T08:00:00Z", "2026-02-03T08:00:00.000Z"),
    ])
    func quietHoursGoOverMidnight(_ instant: String, _ due: String) throws {
        let habits = Habits(zone: .utc, quiet: (time(18), time(8)))
        #expect(habits.due(try Instant(text: instant)).fixedWidthText == due)
    }

    @Test func aDigestComesAtTheNextTime() throws {
        let habits = Habits(zone: .utc, pace: .digest(time(8)))
        let eight = try Instant(text: "2026-02-02T08:00:00Z")
        #expect(habits.due(eight - .hours(1)) == eight)
        #expect(habits.due(eight) == eight + .days(1))
    }
}

@Suite struct NoticeSettingsTests {
    private func read(_ text: String) -> (settings: NoticeSettings, findings: [Finding]) {
        NoticeSettings.read(SourceText(file: "notices.yaml", bytes: Array(text.utf8)), zone: .utc) {
            $0 == "UTC" ? .utc : nil
        }
    }

    @Test func peopleDifferFromEverybody() throws {
        let (settings, findings) = read(
            """
            people:
              jonas@acme.example: {send: digest 08:00, not: [warning]}
              mira@acme.example: {quiet: never}
            everybody: {quiet: 20:00-07:00}
            webhooks:
              crm: {url: "https://crm.example/hooks", secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, tell: [lead]}
            slack:
              floor: {url: "https://hooks.example/x"}
            """)
        #expect(findings.isEmpty)
        #expect(settings.person("jonas@acme.example").habits.quiet != nil)
        #expect(settings.person("jonas@acme.example").not == ["warning"])
        #expect(settings.person("mira@acme.example").habits.quiet == nil)
        #expect(settings.person("anybody@acme.example").habits.quiet != nil)
        #expect(settings.endpoint(of: "webhook:crm")?.tell == ["lead"])
        #expect(settings.endpoint(of: "slack:floor")?.tell.count == WantedMessage.What.wordsForMany.count)
    }

    @Test(arguments: [
        "evrybody: {}", "everybody: {zone: Mars}", "everybody: {quiet: late}", "everybody: {send: often}",
        "everybody: {not: [leed]}", "everybody: {not: lead}", "people: {jonas: {}}", "people: [a]",
        "webhooks: {crm: {url: 'https://a.example'}}",
        "webhooks: {crm: {url: ftp, secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw}}",
        "webhooks: {crm: {url: 'https://a.example', secret: abc}}",
        "slack: {floor: {url: 'https://a.example', secret: x}}",
        "everybody: {quiet: 07:00-07:00}", "everybody: [", "everybody: {send: digest 25:00}",
    ])
    func whatIsNotUnderstoodIsSaid(_ text: String) {
        let findings = read(text).findings
        #expect(!findings.isEmpty)
        #expect(findings.allSatisfy { !$0.remedy.isEmpty && $0.place.line >= 1 })
    }
}
