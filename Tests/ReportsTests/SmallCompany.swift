import Agreement
import Engine
import Journal
import Reports
import Testing
import Vocabulary

/// A company of a few lines, for numbers that can be counted by hand.
///
///     2026-03-02 09:00 ann call by=jonas
///     when              who what, and what else is to be said of it
struct SmallCompany {
    let company: JudgedCompany

    init(_ agreement: String, _ lines: String, until: String) throws {
        let read = try readTestAgreement(agreement)
        var builder = HistoryBuilder()
        for (number, line) in lines.split(separator: "\n").enumerated() {
            let fact = try SmallCompany.fact(line.split(separator: " ").map(String.init), number)
            builder.add(RecordedFact(sequence: Int64(number) + 1, fact: fact))
        }
        var history = builder.build { $0 }
        let bound = BoundProgram(compile(read), to: &history, zone: read.zone) { _ in false }
        let people = staff(of: read, in: &history, years: 2025...2028)
        let world = FoldWorld(
            history: history, versions: [bound], staff: people, assigning: .recorded, until: try instant(until))
        company = try #require(JudgedCompany(world, agreements: [read]))
    }

    func report(_ name: String, _ options: [(ReportOption, String)] = []) throws -> Report {
        let report = try ReportRegistry.report(named: name).report(ReportRequest(name, options), of: company)
        #expect(try whatDoesNotAddUp(report) == [])
        return report
    }

    private static func fact(_ words: [String], _ number: Int) throws -> Fact {
        let at = try instant("\(words[0]) \(words[1])")
        let (who, what) = (words[2], words[3])
        var said: [String: String] = [:]
        for word in words.dropFirst(4) {
            let pair = word.split(separator: "=", maxSplits: 1).map(String.init)
            said[pair[0]] = pair.count > 1 ? pair[1] : ""
        }
        var persons: [Identifier] = who == "–" ? [] : [.record("crm", "contact", who)]
        var properties: [Property] = []
        func text(_ name: String) { if let value = said[name] { properties.append(Property(name, .text(value))) } }
        func make(_ kind: FactKind, _ object: String, id: String = "\(number)", name: String = "", aspect: String = "")
            -> Fact
        {
            Fact(
                key: FactKey(source: "crm", object: object, id: id, aspect: aspect), kind: kind, name: name,
                occurred: at, known: at, recorded: at, persons: persons, accounts: [],
                actor: said["by"].map { Identifier(.email, "\($0)@tamar.example") }, properties: properties)
        }
        switch what {
        case "email":
            persons.append(.email("\(who)@\(who).example"))
            properties.append(Property("email", .personal(.known("\(who)@\(who).example"))))
            text("source")
            return make(.observed, "contact", id: who, aspect: "values@\(number)")
        case "demo", "page", "webinar": return make(.activity, "event", name: what)
        case "owned": return make(.owned, "contact", id: who, aspect: "owner@\(number)")
        case "call", "mail":
            properties = [
                Property("channel", .text(what == "call" ? "call" : "email")), Property("direction", .text("outward")),
                Property("automatic", .flag(said["machine"] != nil)),
            ]
            return make(.touch, "task")
        case "accepted", "rejected", "recycled", "disputed", "ruled":
            text("reason")
            text("ruling")
            if let mark = said["mark"].flatMap({ Int64($0) }) {
                properties.append(Property("mark", .number(Number(mark))))
            }
            return make(try #require(FactKind(word: what)), "verdict")
        case "held": return make(.meetingHeld, "meeting")
        case "merged":
            persons.append(.record("crm", "contact", try #require(said["with"])))
            return make(.merged, "contact")
        case "given": return make(.consentGiven, "consent")
        case "deal":
            let record = try #require(said["id"])
            properties.append(Property("deal", .text(record)))
            if let amount = said["eur"].flatMap({ Int64($0) }), let euro = Currency(code: "EUR") {
                properties.append(Property("amount", .money(Money(minorUnits: amount * 100, currency: euro))))
            }
            let kinds: [String: FactKind] = ["opened": .dealOpened, "won": .dealWon, "lost": .dealLost]
            return make(kinds[said["is"] ?? ""] ?? .dealChanged, "deal", id: record, aspect: "\(number)")
        case "asks", "answers":
            for name in ["to", "what", "verdict"] { text(name) }
            properties.append(Property("request", .text(try #require(said["request"]))))
            return make(what == "asks" ? .requested : .requestAnswered, "request")
        case "visitors":
            properties = [Property("amount", .number(Number(try #require(said["amount"].flatMap { Int64($0) }))))]
            return make(.measure, "visitors", name: "visitors")
        default: throw UnknownLine(words: words)
        }
    }

    private struct UnknownLine: Error { let words: [String] }
}

/// `2026-03-02 09:00`, or a day; UTC.
private func instant(_ text: String) throws -> Instant {
    try Instant(text: text.replacing(" ", with: "T") + (text.contains(" ") ? ":00Z" : "T00:00:00Z"))
}
