import Findings
import Foundation
import Journal
import Sync
import Synchronization
import Testing
import Vocabulary

@testable import Web

/// What a letter was, as the network would have taken it.
struct Posted: Sendable {
    let to: String
    let text: String

    func head(_ name: String) -> String? {
        text.split(separator: "\r\n", omittingEmptySubsequences: false).prefix { !$0.isEmpty }
            .first { $0.hasPrefix(name + ": ") }.map { String($0.dropFirst(name.count + 2)) }
    }

    var subject: String { head("Subject") ?? "" }
    /// Soft breaks undone, umlauts left as they are written.
    var body: String { text.replacing("=\r\n", with: "") }
}

/// A network that a test commands.
final class TameNetwork: Transport {
    private let state = Mutex(State())

    private struct State {
        var mails: [Posted] = []
        var calls: [Posted] = []
        var answers: [Delivered] = []
    }

    /// What comes next answers like this, then everything is accepted again.
    func willAnswer(_ answers: Delivered...) { state.withLock { $0.answers += answers } }

    var mails: [Posted] { state.withLock { $0.mails } }
    var calls: [Posted] { state.withLock { $0.calls } }

    private func answer() -> Delivered {
        state.withLock { $0.answers.isEmpty ? .accepted : $0.answers.removeFirst() }
    }

    func send(_ mail: [UInt8], from: String, to: String) -> Delivered {
        let answer = answer()
        let posted = Posted(to: to, text: String(decoding: mail, as: UTF8.self))
        if answer == .accepted { state.withLock { $0.mails.append(posted) } }
        return answer
    }

    func post(_ body: [UInt8], to url: String, headers: [(name: String, value: String)]) -> Delivered {
        let answer = answer()
        let head = headers.map { "\($0.name): \($0.value)\r\n" }.joined()
        let posted = Posted(to: url, text: head + "\r\n" + String(decoding: body, as: UTF8.self))
        if answer == .accepted { state.withLock { $0.calls.append(posted) } }
        return answer
    }
}

/// A network whose webhooks are taken and not answered until somebody lets them go.
final class HangingNetwork: Transport {
    struct Seen {
        var (mails, hanging, answered) = (0, 0, 0)
        fileprivate var (most, mayGo) = (0, false)
    }

    private let seen = Mutex(Seen())

    var mostHanging: Int { seen.withLock { $0.most } }
    func letGo() { seen.withLock { $0.mayGo = true } }

    /// Waits until it is so; `false`: it never was.
    func isSo(_ isSo: (Seen) -> Bool) async -> Bool {
        for _ in 0..<1000 {
            if seen.withLock({ isSo($0) }) { return true }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return false
    }

    func send(_ mail: [UInt8], from: String, to: String) -> Delivered {
        seen.withLock { $0.mails += 1 }
        return .accepted
    }

    func post(_ body: [UInt8], to url: String, headers: [(name: String, value: String)]) -> Delivered {
        seen.withLock { seen in
            seen.hanging += 1
            seen.most = max(seen.most, seen.hanging)
        }
        while !seen.withLock({ $0.mayGo }) { Thread.sleep(forTimeInterval: 0.01) }
        seen.withLock { ($0.hanging, $0.answered) = ($0.hanging - 1, $0.answered + 1) }
        return .accepted
    }
}

/// A small company that assigns and tells, under a clock that a test sets: from Monday 2 February 2026, nine o'clock in Berlin.
final class TellingHouse: Sendable {
    let house: House
    let outbox: any OutboxStore
    let network = TameNetwork()

    /// `changing` makes other words of the agreement.
    init(
        journal: (any JournalStore)? = nil, outbox: any OutboxStore = MemoryOutbox(), notices: String = "",
        transport: (any Transport)? = nil,
        assigns: Bool? = true, changing: [(String, String)] = []
    ) throws {
        self.outbox = outbox
        let (settings, findings) = NoticeSettings.read(
            SourceText(file: "notices.yaml", bytes: Array(notices.utf8)), zone: .utc
        ) { _ in .utc }
        try #require(findings.isEmpty, "\(findings)")
        house = try House(
            journal: journal,
            telling: CourierBag(
                outbox: outbox, transport: transport ?? network, settings: settings, from: "interlock@birch.example",
                address: "https://interlock.birch.example"))
        try go(to: "2026-02-02T08:00:00Z")
        guard journal == nil else { return }
        let text = try changing.reduce(TellingHouse.agreement()) { $0.replacing($1.0, with: $1.1) }
        try house.append(BirchHouse.statements(text, at: Instant(text: "2025-12-20T09:00:00Z")))
        guard let assigns else { return }
        try house.append([live(assigns: assigns, "2026-02-02T08:00:00Z")])
    }

    /// That of Birch, with a ladder, a burst, an arbiter and an alert.
    private static func agreement() throws -> String {
        try BirchHouse.example()
            .replacing(
                "within: 2 business hours}",
                with: """
                    within: 2 business hours, warn_at: 50%, then: [{after: 3 business hours, do: tell manager}, {after: 1 business day, do: reassign}]}
                    """
            )
            .replacing(
                "  last_resort: ines@birch.example\n",
                with:
                    "  last_resort: ines@birch.example\n  burst: {over: 3 per hour of one origin, release: at capacity}\n"
            )
            .replacing("{name: abroad, to:", with: "{name: abroad, when: country = FR, to:")
            .replacing("starts: 2026-01-05\n", with: "starts: 2026-01-05\nhistory: {act_within: 3 days}\n")
            .replacing(
                "sales: carlos@birch.example}",
                with:
                    "sales: carlos@birch.example, operations: otto@birch.example}\nalerts:\n  - {when: pricing_visit, tell: owner, within: 5 minutes, at_most: 1 per day}"
            )
    }

    func live(assigns: Bool, _ at: String) throws -> Fact {
        let instant = try Instant(text: at)
        return Fact(
            key: FactKey(source: "interlock", object: "live", id: at), kind: .company, name: "live", occurred: instant,
            recorded: instant, actor: .email("otto@birch.example"),
            properties: [Property("state", .text("begun")), Property("assigns", .flag(assigns))])
    }

    func ended(_ at: String) throws -> Fact {
        var fact = try live(assigns: false, at)
        let properties = [Property("state", .text("ended"))]
        fact = Fact(
            key: fact.key, kind: .company, name: "live", occurred: fact.occurred, recorded: fact.recorded,
            actor: fact.actor, properties: properties)
        return fact
    }

    // MARK: Time

    func go(to text: String) throws { house.pass(try Instant(text: text) - house.time) }

    /// What a server does in a moment: judges, decides, notes down, sends; until nothing is left to do now.
    func tell() async throws {
        let courier = try #require(house.site.courier)
        for _ in 0..<3 {
            try await courier.round(try await house.site.company.upToDate())
            repeat { try await courier.errands() } while try await courier.hasMore()
        }
    }

    /// Subjects of what somebody was sent, in order.
    func subjects(_ address: String) -> [String] { network.mails.filter { $0.to == address }.map(\.subject) }

    /// Whom it came to: address and subject of every mail.
    var told: [String] { network.mails.map { "\($0.to.split(separator: "@")[0]): \($0.subject)" } }

    // MARK: Facts

    private func fact(
        _ kind: FactKind, _ who: String, _ id: String, _ at: String, known: String? = nil, by: String? = nil,
        name: String = "", _ properties: [Property] = []
    ) throws -> Fact {
        let instant = try Instant(text: at)
        return Fact(
            key: FactKey(source: "crm", object: kind.word.replacing(" ", with: "_"), id: id), kind: kind, name: name,
            occurred: instant, known: try known.map { try Instant(text: $0) }, recorded: instant,
            persons: [.record("hubspot", "contact", who)], actor: by.map { .email("\($0)@birch.example") },
            properties: properties)
    }

    /// A contact of an account of their own.
    func contact(_ who: String, _ at: String, country: String? = "DE") throws -> Fact {
        let instant = try Instant(text: at)
        return Fact(
            key: FactKey(source: "hubspot", object: "contact", id: who, aspect: at), kind: .observed, occurred: instant,
            recorded: instant,
            persons: [.record("hubspot", "contact", who), .email("\(who)@\(who)-works.example")],
            properties: [Property("email", .personal(.known("\(who)@\(who)-works.example")))]
                + (country.map { [Property("country", .text($0))] } ?? []))
    }

    func demo(_ who: String, _ at: String, known: String? = nil, id: String? = nil) throws -> Fact {
        try fact(.activity, who, id ?? "demo-\(who)-\(at)", at, known: known, name: "Demo Requested")
    }

    func visit(_ who: String, _ at: String) throws -> Fact {
        try fact(.activity, who, "visit-\(at)", at, name: "page", [Property("path", .text("/pricing"))])
    }

    func call(_ who: String, by: String, _ at: String, known: String? = nil) throws -> Fact {
        try fact(
            .touch, who, "call-\(at)", at, known: known, by: by,
            [Property("channel", .text("call")), Property("direction", .text("outward"))])
    }

    func verdict(_ kind: FactKind, _ who: String, by: String, _ at: String, reason: String? = nil) throws -> Fact {
        try fact(kind, who, "verdict-\(at)", at, by: by, reason.map { [Property("reason", .text($0))] } ?? [])
    }

    func owned(_ who: String, by: String, _ at: String) throws -> Fact {
        try fact(.owned, who, "own-\(at)", at, by: by)
    }

    func withdrawn(_ who: String, _ at: String) throws -> Fact {
        try fact(.consentWithdrawn, who, "no-\(at)", at, [Property("purpose", .text("all"))])
    }

    func away(_ rep: String, from: String, through: String) throws -> Fact {
        let instant = try Instant(text: "\(from)T00:00:00Z")
        return Fact(
            key: FactKey(source: "roster", object: "absence", id: "\(rep)-\(from)"), kind: .company, name: "absence",
            occurred: instant, recorded: instant,
            properties: [
                Property("rep", .text("\(rep)@birch.example")), Property("from", .date(try CivilDate(text: from))),
                Property("until", .date(try CivilDate(text: through))),
            ])
    }

    func merged(_ who: String, with other: String, _ at: String) throws -> Fact {
        var fact = try fact(.merged, who, "merge-\(at)", at)
        fact.persons.append(.record("hubspot", "contact", other))
        return fact
    }

    func given(_ who: String, _ at: String) throws -> Fact {
        try fact(
            .consentGiven, who, "yes-\(at)", at,
            [
                Property("purpose", .text("all")), Property("channel", .text("email")),
                Property("basis", .text("form")), Property("proof", .text("form 7")),
            ])
    }

    /// A lead that asks for a demonstration, which makes it a hand-over.
    func lead(_ who: String, _ at: String) throws { try house.append([contact(who, at), demo(who, at)]) }

    func append(_ facts: [Fact]) throws { try house.append(facts) }

    // MARK: What the journal says

    func facts(of kind: FactKind) throws -> [Fact] {
        try house.journal.stored(after: 0, limit: .max).map { try $0.lifted { _ in nil }.fact }.filter {
            $0.kind == kind
        }
    }

    func decisions(_ name: String) throws -> [Fact] {
        try facts(of: .decision).filter { $0.name == name }
    }
}
