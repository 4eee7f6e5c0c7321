public import Journal
public import Vocabulary

//  From facts to versions
//
//      agreement proposed, agreement text ── RecordedContents ──▶ RecordedText ── readAgreement ──▶ Agreement
//      statements ── KeyRegister: whose key is which ──▶ those that are proven
//                                   │
//                                   ▼
//      ProposedVersion: who signed it, what is missing ── Succession ──▶ AgreementVersion: from when until when in force

/// One text of the agreement that somebody proposed, with what became of it.
public struct AgreementVersion: Sendable {
    public let digest: String
    /// Rebuilt from what the journal holds.
    public let agreement: Agreement
    public let text: RecordedText
    public let proposed: Instant
    /// Those that count: of each party the first, then those of others who spoke for a party before, or who signed in person
    /// after somebody else had signed on their behalf.
    public let signatures: [CountedSignature]
    /// What it needs beside the version that is in force last; empty for one that takes or took force.
    public let missing: [MissingSignature]
    /// From when it is in force; `nil` while it is not.
    public let from: Instant?
    /// When another replaces it.
    public let until: Instant?
    /// Everybody the agreement names, with when they confirmed that they had read what changes for them.
    public let readers: [Reader]

    public struct Reader: Hashable, Sendable {
        public let person: NamedPerson
        public let side: Party
        public let confirmed: Instant?
    }

    /// All have signed, but before another version took force: it takes force when somebody of them signs it again.
    public var isOvertaken: Bool { from == nil && missing.isEmpty }

    /// The beginning of the digest, as people say it.
    public var name: String { String(digest.prefix(12)) }

    /// Tells for audit that it takes force, and when; `nil` while it does not. Versions are never told from it.
    public func factOfForce(known: Instant, recorded: Instant) -> Fact? {
        from.map { from in
            Fact(
                key: FactKey(
                    source: AgreementVersions.source, object: RecordedText.agreementObject, id: digest,
                    aspect: "in force"),
                kind: .agreementInForce, occurred: from, known: known, recorded: recorded,
                properties: [
                    Property("digest", .text(digest)), Property("signed", .list(signatures.map(\.inWords))),
                ])
        }
    }
}

extension CountedSignature {
    /// `marketing: olga@northwind.example on behalf of maria@northwind.example`.
    public var inWords: String {
        "\(side.rawValue): \(signer)" + (onBehalfOf.map { " on behalf of \($0)" } ?? "")
    }
}

/// Every version there is, told from facts alone: the same for any order of the same facts.
public struct AgreementVersions: Sendable {
    /// Those that take force in that order, then the others as they were proposed.
    public let all: [AgreementVersion]
    /// By person, then number.
    public let keys: [RegisteredKey]
    /// What stands in the journal and does not count.
    public let uncounted: [Uncounted]
    /// The number of each person's next statement.
    private let nextNumbers: [NamedPerson: Int]

    /// Under which source, and as which objects, the facts stand that versions are told from.
    public static let source = "interlock"
    public static let objects = [RecordedText.agreementObject, RecordedText.textObject, SignedStatement.object]

    public func inForce(at instant: Instant) -> AgreementVersion? {
        all.last { $0.from.map { $0 <= instant } ?? false }
    }

    public func version(_ digest: String) -> AgreementVersion? { all.first { $0.digest == digest } }

    /// The key with which a person's next statement must be signed.
    public func key(of person: NamedPerson) -> RegisteredKey? { keys.last { $0.person == person } }

    public func nextNumber(of person: NamedPerson) -> Int { nextNumbers[person] ?? 1 }

    /// `facts` may hold others too. `surroundings` gives zones and reads holidays; no file is looked at.
    public init(_ facts: [Fact], in surroundings: Surroundings) {
        let ledger = AgreementLedger(facts, in: surroundings)
        var refused: Set<FactKey> = []
        var settled = ledger.settled(refusing: refused)
        while let unvouched = settled.succession.unvouched {
            refused.insert(unvouched)
            settled = ledger.settled(refusing: refused)
        }
        keys = settled.register.keys.values.flatMap { $0 }.sorted { ($0.person, $0.number) < ($1.person, $1.number) }
        all = settled.versions
        uncounted = (ledger.uncounted + settled.uncounted).sorted { ($0.key, $0.what) < ($1.key, $1.what) }
        nextNumbers = ledger.nextNumbers
    }
}

/// What the facts say, before anything is decided by time.
private struct AgreementLedger {
    private var statements: [SignedStatement] = []
    private var texts: [(digest: String, text: RecordedText, agreement: Agreement, proposed: Instant)] = []
    private(set) var uncounted: [Uncounted] = []
    private(set) var nextNumbers: [NamedPerson: Int] = [:]

    init(_ facts: [Fact], in surroundings: Surroundings) {
        let facts = facts.sorted { ($0.occurred, $0.key) < ($1.occurred, $1.key) }
        for fact in facts where fact.kind == .agreementSigned || fact.key.isOfStatement { take(statement: fact) }
        let contents = RecordedContents(facts)
        for fact in facts where fact.kind == .agreementProposed { take(proposal: fact, contents, surroundings) }
    }

    private mutating func take(statement fact: Fact) {
        // The number is taken, whatever stands under it.
        if fact.key.isOfStatement, let number = Int(fact.key.aspect), SignedStatement.numbers.contains(number) {
            nextNumbers[NamedPerson(fact.key.id), default: 1].raise(to: number + 1)
        }
        if let statement = SignedStatement(fact) {
            statements.append(statement)
        } else {
            uncounted.append(Uncounted(fact, .malformed))
        }
    }

    /// The first proposal of a digest is the text of that version: what later ones could say otherwise is delegated.
    private mutating func take(proposal fact: Fact, _ contents: RecordedContents, _ surroundings: Surroundings) {
        guard fact.key.source == AgreementVersions.source, fact.key.object == RecordedText.agreementObject,
            let text = contents.text(of: fact), let agreement = text.reading(in: surroundings).agreement,
            agreement.digest == fact.key.id
        else { return uncounted.append(Uncounted(fact, .otherText)) }
        guard !texts.contains(where: { $0.digest == fact.key.id }) else { return }
        texts.append((fact.key.id, text, agreement, fact.occurred))
    }
}

extension FactKey {
    fileprivate var isOfStatement: Bool { source == AgreementVersions.source && object == SignedStatement.object }
}

extension Int {
    fileprivate mutating func raise(to value: Int) { self = Swift.max(self, value) }
}

/// What the facts come to, as long as every key is what it was taken for.
private struct SettledVersions {
    let register: KeyRegister
    let succession: Succession
    let versions: [AgreementVersion]
    let uncounted: [Uncounted]
}

extension AgreementLedger {
    func settled(refusing refused: Set<FactKey>) -> SettledVersions {
        let register = KeyRegister(statements, refusing: refused)
        var uncounted = register.uncounted
        var proven: [SignedStatement] = []
        for statement in statements where !statement.isOfKey {
            if let fault = register.fault(of: statement) {
                uncounted.append(Uncounted(statement, fault))
            } else {
                proven.append(statement)
            }
        }
        for statement in proven
        where statement.digest.map({ digest in !texts.contains { $0.digest == digest } }) ?? false {
            uncounted.append(Uncounted(statement, .noText))
        }
        let proposed = texts.map { text in
            ProposedVersion(
                text.digest, text.text, text.agreement, proposed: text.proposed,
                proven.filter { $0.isSignature && $0.digest == text.digest })
        }
        let vouched = statements.filter { register.isVouchedByStatement($0) }
        let succession = Succession(proposed, register, vouchedKeys: vouched.sorted { $0.isBefore($1) })
        let confirmations = proven.filter { $0.isConfirmation }
        let strangers = strangers(proposed, proven, succession)
        uncounted += proposed.flatMap(\.uncounted) + strangers
        uncounted += unnamed(proposed, confirmations)
        return SettledVersions(
            register: register, succession: succession,
            versions: versions(succession, confirmations, Set(strangers.map(\.key))),
            uncounted: uncounted)
    }

    /// Signatures in person by somebody who has never spoken for that party.
    private func strangers(
        _ versions: [ProposedVersion], _ proven: [SignedStatement], _ succession: Succession
    ) -> [Uncounted] {
        let everInForce = succession.steps.map { versions[$0.version].agreement.parties }
        return proven.compactMap { signed in
            guard case .signs(let digest, let side, nil) = signed.statement.content,
                let version = versions.first(where: { $0.digest == digest })
            else { return nil }
            let officers = ([version.agreement.parties] + everInForce).map { $0.officer(side) }
            return officers.contains(signed.statement.person) ? nil : Uncounted(signed, .notAnOfficer)
        }
    }

    private func unnamed(_ versions: [ProposedVersion], _ confirmations: [SignedStatement]) -> [Uncounted] {
        confirmations.filter { signed in
            guard let version = versions.first(where: { $0.digest == signed.digest }) else { return false }
            return !version.agreement.namedPeople.contains { $0.person == signed.statement.person }
        }.map { Uncounted($0, .notNamed) }
    }

    private func versions(
        _ succession: Succession, _ confirmations: [SignedStatement], _ strangers: Set<FactKey>
    ) -> [AgreementVersion] {
        let steps = succession.steps
        let ends = steps.dropFirst().map { Optional($0.from) } + [nil]
        let taken = zip(steps, ends).map { step, until in
            AgreementVersion(
                succession.versions[step.version], from: step.from, until: until, [], confirmations, strangers)
        }
        let waiting = succession.versions.filter { version in !taken.contains { $0.digest == version.digest } }
            .sorted { $0.proposed == $1.proposed ? $0.digest < $1.digest : $0.proposed < $1.proposed }
        return taken
            + waiting.map { version in
                AgreementVersion(
                    version, from: nil, until: nil, version.missing(at: .latest, after: succession.inForce),
                    confirmations, strangers)
            }
    }
}

extension AgreementVersion {
    fileprivate init(
        _ version: ProposedVersion, from: Instant?, until: Instant?, _ missing: [MissingSignature],
        _ confirmations: [SignedStatement], _ strangers: Set<FactKey>
    ) {
        (digest, agreement, text, proposed) = (version.digest, version.agreement, version.text, version.proposed)
        signatures = version.counted(without: strangers)
        (self.missing, self.from, self.until) = (missing, from, until)
        let own = confirmations.filter { $0.digest == version.digest }
        readers = version.agreement.namedPeople.map { person, side in
            let confirmed = own.filter { $0.statement.person == person }.map(\.statement.at).min()
            return Reader(person: person, side: side, confirmed: confirmed)
        }
    }
}

extension SignedStatement {
    /// The version that it is about.
    fileprivate var digest: String? {
        switch statement.content {
        case .signs(let digest, _, _), .confirms(let digest): digest
        case .registers, .vouches: nil
        }
    }

    fileprivate var isOfKey: Bool {
        if case .registers = statement.content { true } else { false }
    }

    fileprivate var isSignature: Bool {
        if case .signs = statement.content { true } else { false }
    }

    fileprivate var isConfirmation: Bool {
        if case .confirms = statement.content { true } else { false }
    }
}

extension KeyRegister {
    /// Whether this is a registered key that counts only because another person said so.
    fileprivate func isVouchedByStatement(_ signed: SignedStatement) -> Bool {
        let registered = keys[signed.statement.person]?.first { $0.number == signed.statement.number }
        return signed.isOfKey && registered.map { $0.voucher != nil && $0.voucher != $0.person } ?? false
    }
}
