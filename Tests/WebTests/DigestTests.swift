import Foundation
import Journal
import Sync
import Testing
import Vocabulary

@testable import Web

/// What a digest begins with, as it goes over the wire.
@Suite struct DigestTests {
    @Test func aDigestBeginsWithWhatWaitsForItsReader() async throws {
        let house = try TellingHouse(notices: "people: {jonas@birch.example: {send: digest 12:00}}")
        for (number, name) in ["ann", "bea", "cleo"].enumerated() {
            try house.lead(name, "2026-02-02T08:1\(number):00Z")
        }
        try house.go(to: "2026-02-02T08:20:00Z")
        try await house.tell()
        try house.append([house.call("cleo", by: "jonas", "2026-02-02T09:00:00Z")])
        try house.go(to: "2026-02-02T12:00:00Z")
        try await house.tell()
        let digest = try #require(house.network.mails.first { $0.to == "jonas@birch.example" })
        let (text, html) = try digest.parts()
        // Ann was to be answered by ten past eleven; Cleo was, and is to be decided on Wednesday.
        #expect(
            text.hasPrefix(
                """
                What waits for you

                2 leads of yours wait for an answer or a verdict, by when the first promise is due:

                Overdue      1  ####
                Today        0
                Tomorrow     0
                Later        1  ####

                What came since your last digest
                """), "\(text)")
        let chart = try #require(html.range(of: "What waits for you"))
        let news = try #require(html.range(of: "What came since your last digest"))
        #expect(chart.lowerBound < news.lowerBound)
        #expect(html.contains("<th scope=\"row\"") && html.contains("<caption"))
        #expect(html.contains("background-color: #c0392b; color: #ffffff") && html.contains("width=\"20%\""))
        // Nothing that a mail client leaves out.
        for tag in ["<img", "<svg", "<script", "<style"] { #expect(!html.contains(tag)) }
        // Tables that only draw say so, and one that says something does not.
        #expect(html.components(separatedBy: "role=\"presentation\"").count - 1 == 2)
        #expect(!html.contains("What waits for your team"))
    }

    @Test func aManagersDigestBeginsWithWhatWaitsForTheTeam() async throws {
        let house = try TellingHouse(notices: "people: {ines@birch.example: {send: digest 12:00}}")
        for (number, name) in ["ann", "bea"].enumerated() { try house.lead(name, "2026-02-02T08:1\(number):00Z") }
        for time in ["2026-02-02T08:20:00Z", "2026-02-02T12:30:00Z", "2026-02-03T12:00:00Z"] {
            try house.go(to: time)
            try await house.tell()
        }
        let digest = try #require(house.network.mails.first { $0.to == "ines@birch.example" })
        let (text, html) = try digest.parts()
        #expect(text.hasPrefix("What waits for your team\n\n"), "\(text)")
        for rep in ["jonas", "mira"] {
            #expect(text.contains("\n\(rep)@birch.example\nOverdue"), "\(text)")
            #expect(
                html.contains("<th scope=\"rowgroup\" colspan=\"2\"") && html.contains(">\(rep)@birch.example</th>"))
        }
    }

    @Test func whoHasNothingGetsNoChartNorDoesASingleLetter() async throws {
        let house = try TellingHouse(notices: "people: {maria@birch.example: {send: digest 12:00}}")
        try house.lead("ann", "2026-02-02T08:10:00Z")
        try house.go(to: "2026-02-02T08:20:00Z")
        try await house.tell()
        try house.append([house.verdict(.accepted, "ann", by: "jonas", "2026-02-02T08:30:00Z")])
        for time in ["2026-02-02T08:31:00Z", "2026-02-02T12:00:00Z"] {
            try house.go(to: time)
            try await house.tell()
        }
        #expect(Set(house.network.mails.map(\.to)) == ["maria@birch.example", "jonas@birch.example"])
        for mail in house.network.mails { #expect(!mail.body.contains("What waits for you")) }
    }
}

extension Posted {
    /// The plain text and the HTML, decoded.
    fileprivate func parts() throws -> (text: String, html: String) {
        let found = text.components(separatedBy: "Content-Transfer-Encoding: quoted-printable\r\n\r\n").dropFirst()
        try #require(found.count == 2)
        let decoded = found.map { part in
            Posted.decoded(part.components(separatedBy: "\r\n--=_")[0])
        }
        return (decoded[0], decoded[1])
    }

    /// RFC 2045, 6.7.
    private static func decoded(_ text: String) -> String {
        let bytes = Array(text.replacing("=\r\n", with: "").replacing("\r\n", with: "\n").utf8)
        var (plain, place): ([UInt8], Int) = ([], 0)
        while place < bytes.count {
            let code = place + 2 < bytes.count ? String(decoding: bytes[place + 1...place + 2], as: UTF8.self) : ""
            if bytes[place] == UInt8(ascii: "="), let byte = UInt8(code, radix: 16) {
                plain.append(byte)
                place += 3
            } else {
                plain.append(bytes[place])
                place += 1
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }
}
