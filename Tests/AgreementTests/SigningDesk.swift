import Findings
import Journal
import Vocabulary

@testable import Agreement

/// Where agreements are signed in tests: acts in words, facts behind them.
struct SigningDesk {
    /// `01-28` is 28 January 2026 at 12:00 UTC, `01-28T08` at 08:00. A person is named by the part before the @.
    enum Act {
        case key(String, on: String)
        /// A further key, vouched for by the one before it.
        case newKey(String, on: String)
        /// A further key without anybody's word for it.
        case bareKey(String, on: String)
        /// A further key that another vouches for.
        case vouched(String, by: String, on: String, registered: String? = nil)
        case propose(String, on: String)
        case sign(String, String, Party, on: String, for: String? = nil)
        /// As `sign`, with the first key even where another has replaced it.
        case signWithFirstKey(String, String, Party, on: String)
        case read(String, String, on: String)
    }

    let texts: DeskTexts
    private(set) var facts: [Fact] = []
    private var keys: [String: [SigningKey]] = [:]
    private var numbers: [String: Int] = [:]
    private var proposed: Set<String> = []

    init(_ texts: DeskTexts, _ acts: [Act]) throws {
        self.texts = texts
        for act in acts { try take(act) }
    }

    var versions: AgreementVersions { AgreementVersions(facts, in: surroundings()) }

    static func person(_ name: String) -> NamedPerson { NamedPerson("\(name)@n.example") }

    static func instant(_ text: String) throws -> Instant {
        try Instant(text: "2026-\(text)" + (text.contains("T") ? ":00:00Z" : "T12:00:00Z"))
    }

    /// The same in every run.
    static func key(_ name: String, _ number: Int) -> SigningKey {
        let seed = Array(name.utf8) + [UInt8(number)]
        return SigningKey(bytes: (0..<32).map { seed[$0 % seed.count] &+ UInt8($0) })!
    }

    func agreement(_ text: String) -> Agreement { texts.agreements[text]! }
}

/// The texts that are signed in a test, by name, each read once.
struct DeskTexts {
    let yaml: [String: String]
    let agreements: [String: Agreement]

    init(_ yaml: [String: String]) {
        self.yaml = yaml
        agreements = yaml.compactMapValues { read($0).agreement }
    }
}

extension SigningDesk {
    mutating func take(_ act: Act) throws {
        switch act {
        case .key(let name, let day): try register(name, day) { _ in nil }
        case .bareKey(let name, let day): try register(name, day) { _ in nil }
        case .newKey(let name, let day):
            let old = keys[name]!.last!
            try register(name, day) { .replacedKey(old.signature(of: $0.signedBytes)) }
        case .vouched(let name, let voucher, let day, let later): try vouch(name, voucher, day, later ?? day)
        case .propose(let text, let day): try propose(text, "somebody", day)
        case .sign(let text, let name, let side, let day, let officer):
            try sign(text, name, side, day, officer, with: keys[name]?.last ?? SigningDesk.key(name, 0))
        case .signWithFirstKey(let text, let name, let side, let day):
            try sign(text, name, side, day, nil, with: keys[name]![0])
        case .read(let text, let name, let day):
            try state(.confirms(digest: agreement(text).digest), name, day, with: keys[name]!.last!)
        }
    }

    mutating func add(_ fact: Fact) { facts.append(fact) }

    /// Changes the last fact as somebody might who can write into the journal.
    mutating func alterLast(_ change: (Fact) -> Fact) { facts.append(change(facts.removeLast())) }

    private mutating func register(_ name: String, _ day: String, _ vouch: (Statement) -> SignedStatement.Vouch?) throws
    {
        let key = SigningDesk.key(name, keys[name, default: []].count)
        let statement = Statement(
            by: SigningDesk.person(name), number: nextNumber(name), at: try SigningDesk.instant(day),
            .registers(key.verifying))
        keys[name, default: []].append(key)
        add(SignedStatement(statement, with: key, vouch: vouch(statement)).fact(recorded: statement.at))
    }

    private mutating func vouch(_ name: String, _ voucher: String, _ day: String, _ later: String) throws {
        let key = SigningDesk.key(name, keys[name, default: []].count)
        let vouches = Statement.Content.vouches(
            for: SigningDesk.person(name), key.verifying, number: numbers[name, default: 0] + 1)
        try state(vouches, voucher, day, with: keys[voucher]!.last!)
        let number = numbers[voucher]!
        try register(name, later) { _ in .statement(by: SigningDesk.person(voucher), number: number) }
    }

    private mutating func propose(_ text: String, _ name: String, _ day: String) throws {
        guard proposed.insert(text).inserted else { return }
        let recorded = RecordedText(.init(name: "agreement.yaml", bytes: Array(texts.yaml[text]!.utf8)), beside: [])
        let at = try SigningDesk.instant(day)
        facts += recorded.facts(
            digest: agreement(text).digest, by: SigningDesk.person(name), at: at, recorded: at)
    }

    private mutating func sign(
        _ text: String, _ name: String, _ side: Party, _ day: String, _ officer: String?, with key: SigningKey
    ) throws {
        try propose(text, name, day)
        let digest = agreement(text).digest
        let signs = Statement.Content.signs(
            digest: digest, side: side, onBehalfOf: officer.map { SigningDesk.person($0) })
        try state(signs, name, day, with: key)
    }

    private mutating func state(
        _ content: Statement.Content, _ name: String, _ day: String, with key: SigningKey
    ) throws {
        let statement = Statement(
            by: SigningDesk.person(name), number: nextNumber(name), at: try SigningDesk.instant(day), content)
        add(SignedStatement(statement, with: key).fact(recorded: statement.at))
    }

    private mutating func nextNumber(_ name: String) -> Int {
        numbers[name, default: 0] += 1
        return numbers[name]!
    }
}

extension SigningDesk {
    /// One line for each version and each statement that does not count, in words of this test.
    func summary(of versions: AgreementVersions) -> [String] {
        let names = Dictionary(texts.agreements.map { ($1.digest, $0) }) { first, _ in first }
        return versions.all.map { version in
            let name = names[version.digest] ?? "?"
            if let from = version.from { return "\(name) from \(from)" }
            let missing = version.missing.map(\.inTest).joined(separator: ", ")
            return "\(name) \(version.isOvertaken ? "is overtaken" : "lacks \(missing)")"
        } + versions.uncounted.map { "\($0.fault.rawValue): \($0.key.id.prefix { $0 != "@" })" }
    }
}

extension MissingSignature {
    fileprivate var inTest: String {
        switch self {
        case .side(let side, let officer): "\(side) \(officer?.inTest ?? "nobody")"
        case .mission(let officer): "mission \(officer?.inTest ?? "nobody")"
        case .handOver(let party, let officer): "hand-over of \(party) by \(officer.inTest)"
        }
    }
}

extension NamedPerson {
    fileprivate var inTest: String { String(address.prefix { $0 != "@" }) }
}
