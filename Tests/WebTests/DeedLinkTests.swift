import Access
import Foundation
import HTTPTypes
import Journal
import Roles
import Testing
import Vocabulary

@testable import Web

/// Links by which the owner of a lead answers straight from the mail.
@Suite struct DeedLinkTests {
    /// A company that has told Jonas of Ann, and the path of the link in the mail.
    private static func told() async throws -> (TellingHouse, accept: String, reject: String) {
        let house = try TellingHouse()
        try house.lead("ann", "2026-02-02T08:10:00Z")
        try house.go(to: "2026-02-02T08:10:01Z")
        try await house.tell()
        let mail = try #require(house.network.mails.first)
        func path(_ deed: String) throws -> String {
            let pattern = try Regex(#"https://interlock\.birch\.example(/deeds/[0-9a-f.]+\?deed=3D\#(deed))"#)
            let match = try #require(mail.body.firstMatch(of: pattern), "\(mail.body)")
            return String(match.output[1].substring ?? "").replacing("=3D", with: "=")
        }
        return (house, try path("accept"), try path("reject"))
    }

    private static let ann = "record:hubspot/contact/ann"

    private static func token(_ path: String) -> String { String(path.prefix { $0 != "?" }) }

    @Test func lookingChangesNothingAndTheFormDoes() async throws {
        let (told, accept, _) = try await DeedLinkTests.told()
        let page = try await told.house.ask(.get, accept)
        #expect(page.status == 200 && page.body.contains("ann@ann-works.example"), "\(page.body)")
        #expect(page.body.contains("data-key=\"a\" open") && page.body.contains("You answer as jonas@birch.example."))
        #expect(try told.facts(of: .accepted).isEmpty)
        let form = try page.deedFields(of: DeedLinkTests.ann) + [("deed", "accept"), ("mark", "2")]
        for _ in 0..<2 {
            let done = try await told.house.send(DeedLinkTests.token(accept), form: form)
            #expect(done.status == 200 && done.body.contains("It is noted"), "\(done.body)")
        }
        let accepted = try told.facts(of: .accepted)
        #expect(accepted.count == 1 && accepted[0].actor == .email("jonas@birch.example"))
        // What is left to be done about it stays within reach of the link.
        let after = try await told.house.ask(.get, DeedLinkTests.token(accept))
        #expect(after.body.contains("Note a touch") && !after.body.contains("aria-label=\"Accept"), "\(after.body)")
    }

    @Test func aRejectionWithoutAReasonOfTheListIsRefused() async throws {
        let (told, _, reject) = try await DeedLinkTests.told()
        let page = try await told.house.ask(.get, reject)
        #expect(page.body.contains("data-key=\"r\" open"))
        let form = try page.deedFields(of: DeedLinkTests.ann) + [("deed", "reject"), ("reason", "")]
        let answer = try await told.house.send(DeedLinkTests.token(reject), form: form)
        #expect(answer.status == 422 && answer.body.contains("Choose one of the agreed reasons"))
    }

    @Test func aForgedOldOrForeignLinkDoesNothing() async throws {
        let (told, accept, _) = try await DeedLinkTests.told()
        let path = DeedLinkTests.token(accept)
        let form = try (try await told.house.ask(.get, accept)).deedFields(of: DeedLinkTests.ann) + [("deed", "accept")]
        // One digit changed; another link of ours; nothing of a link.
        let digest = "/deeds/" + told.house.access.linkToken(.digests, saying: "jonas@birch.example")
        for forged in [String(path.dropLast()) + (path.hasSuffix("0") ? "1" : "0"), digest, "/deeds/aa.bb", "/deeds/x"]
        {
            #expect(try await told.house.ask(.get, forged).status == 404, "\(forged)")
            #expect(try await told.house.send(forged, form: form).status == 404, "\(forged)")
        }
        // A form of another site is not ours.
        let foreign = try await told.house.send(path, form: form, headers: [.origin: "https://evil.example"])
        #expect(foreign.status == 403)
        try told.go(to: "2026-02-16T08:20:00Z")
        #expect(try await told.house.ask(.get, accept).status == 410)
        #expect(try await told.house.send(path, form: form).status == 410)
        #expect(try told.facts(of: .accepted).isEmpty)
    }

    @Test func ofALeadThatWentToSomebodyElseTheLinkDoesNothing() async throws {
        let (told, accept, _) = try await DeedLinkTests.told()
        let form = try (try await told.house.ask(.get, accept)).deedFields(of: DeedLinkTests.ann) + [("deed", "accept")]
        try told.append([told.owned("ann", by: "mira", "2026-02-02T08:15:00Z")])
        try told.go(to: "2026-02-02T08:20:00Z")
        let page = try await told.house.ask(.get, accept)
        #expect(page.status == 200 && page.body.contains("This lead has moved on"), "\(page.body)")
        let answer = try await told.house.send(DeedLinkTests.token(accept), form: form)
        #expect(answer.status == 422 && answer.body.contains("somebody else’s now"), "\(answer.body)")
    }

    @Test func aChannelThatManyReadHasNoSuchLink() async throws {
        let house = try TellingHouse(
            notices: "slack: {floor: {url: \"https://hooks.example/x\", tell: [lead]}}")
        try house.lead("ann", "2026-02-02T08:10:00Z")
        try house.go(to: "2026-02-02T08:10:01Z")
        try await house.tell()
        let call = try #require(house.network.calls.first)
        #expect(call.text.contains("New lead") && !call.text.contains("/deeds/"), "\(call.text)")
    }
}
