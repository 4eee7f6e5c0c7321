internal import Journal
public import Vocabulary

/// A signature that counts.
public struct CountedSignature: Hashable, Sendable {
    public let side: Party
    public let signer: NamedPerson
    /// The head of the side, where somebody else signed for them.
    public let onBehalfOf: NamedPerson?
    public let at: Instant
    public let number: Int
}

/// What an agreement still needs before it can take force.
public enum MissingSignature: Hashable, Sendable {
    /// Of one of the two sides; `nil` where the agreement names nobody for it.
    case side(Party, NamedPerson?)
    /// The mission is not what it was: the executive's own.
    case mission(NamedPerson?)
    /// Another person speaks for a party than in the version before: own signatures of this one, of the executive before, or
    /// of two others of the parties before.
    case handOver(of: Party, from: NamedPerson)
}

/// A text that somebody proposed, with everything that was signed on it.
struct ProposedVersion {
    let digest: String
    let text: RecordedText
    let agreement: Agreement
    let proposed: Instant
    /// The sides' signatures that count, the first of each.
    private(set) var sides: [Party: CountedSignature] = [:]
    /// Everybody who signed in person, for whatever party, in order of time.
    private(set) var own: [CountedSignature] = []
    /// Signatures that count for nothing, whichever version is in force.
    private(set) var uncounted: [Uncounted] = []

    init(_ digest: String, _ text: RecordedText, _ agreement: Agreement, proposed: Instant, _ signed: [SignedStatement])
    {
        (self.digest, self.text, self.agreement, self.proposed) = (digest, text, agreement, proposed)
        for signature in signed.sorted(by: { $0.isBefore($1) }) { take(signature) }
    }

    private mutating func take(_ signed: SignedStatement) {
        guard case .signs(_, let side, let officer) = signed.statement.content else { return }
        let signature = CountedSignature(
            side: side, signer: signed.statement.person, onBehalfOf: officer, at: signed.statement.at,
            number: signed.statement.number)
        guard let officer else {
            own.append(signature)
            if agreement.parties.officer(side) == signature.signer, sides[side] == nil { sides[side] = signature }
            return
        }
        if let fault = fault(of: signature, for: officer) { return uncounted.append(Uncounted(signed, fault)) }
        if sides[side] == nil { sides[side] = signature }
    }

    /// Of a signature on somebody's behalf.
    private func fault(of signature: CountedSignature, for officer: NamedPerson) -> StatementFault? {
        let parties = agreement.parties
        guard let other = signature.side.otherSide else { return .inPerson }
        guard parties.officer(signature.side) == officer else { return .notAnOfficer }
        let mayStandIn = [parties.officer(.executive), parties.officer(.operations)].contains(signature.signer)
        guard mayStandIn, signature.signer != officer, signature.signer != parties.officer(other) else {
            return .mayNotStandIn
        }
        return sides[other]?.signer == signature.signer ? .bothSides : nil
    }

    /// Every signature that counts for something, once for each person and party, those of the parties first.
    func counted(without strangers: Set<FactKey>) -> [CountedSignature] {
        let first = Party.allCases.compactMap { sides[$0] }
        var seen = Set(first.map { [$0.side.rawValue, $0.signer.address] })
        return first
            + own.filter { signature in
                !strangers.contains(signature.factKey)
                    && seen.insert([signature.side.rawValue, signature.signer.address]).inserted
            }
    }

    /// No version takes force before its day, nor before its text was known.
    var earliest: Instant { max(proposed, effective ?? proposed) }

    /// The start of the effective day in the company's zone.
    private var effective: Instant? {
        agreement.company.effective.map { day in
            agreement.zone.instant(of: CivilDateTime(date: day.value, time: .midnight)).earliest
        }
    }

    /// When something happened to it: only then can it take force.
    var instants: [Instant] { [earliest] + sides.values.map(\.at) + own.map(\.at) }

    /// The last signature given until then: of two versions that take force together, the one signed last stays.
    func lastSigned(by instant: Instant) -> Instant {
        (own.map(\.at) + sides.values.map(\.at)).filter { $0 <= instant }.max() ?? .earliest
    }
}

extension CountedSignature {
    fileprivate var factKey: FactKey { SignedStatement.factKey(of: signer, number: number) }
}

extension SignedStatement {
    /// In order of time; the person and the number decide among statements of one instant.
    func isBefore(_ other: SignedStatement) -> Bool {
        (statement.at, statement.person, statement.number)
            < (other.statement.at, other.statement.person, other.statement.number)
    }
}

extension Party {
    /// `nil` for who is not one of the two sides.
    var otherSide: Party? {
        switch self {
        case .marketing: .sales
        case .sales: .marketing
        case .operations, .executive: nil
        }
    }
}

// What it needs.

extension ProposedVersion {
    /// What is missing at an instant where `previous` is the agreement in force.
    func missing(at instant: Instant, after previous: Agreement?) -> [MissingSignature] {
        needs(after: previous).filter { !isMet($0, at: instant, previous?.parties) }
    }

    private func needs(after previous: Agreement?) -> [MissingSignature] {
        let parties = agreement.parties
        let heads = [Party.marketing, .sales].map { MissingSignature.side($0, parties.officer($0)) }
        let mission =
            agreement.hasSameMission(as: previous) ? [] : [MissingSignature.mission(parties.officer(.executive))]
        let handOvers = Party.allCases.compactMap { party -> MissingSignature? in
            guard let before = previous?.parties.officer(party), before != parties.officer(party) else { return nil }
            return .handOver(of: party, from: before)
        }
        return heads + mission + handOvers
    }

    private func isMet(_ need: MissingSignature, at instant: Instant, _ before: Parties?) -> Bool {
        switch need {
        case .side(let side, _): return sides[side].map { $0.at <= instant } ?? false
        case .mission: return sides[.executive].map { $0.at <= instant } ?? false
        case .handOver(let party, let officer):
            let signers = Set(own.filter { $0.at <= instant }.map(\.signer))
            if signers.contains(officer) { return true }
            if let executive = before?.officer(.executive), signers.contains(executive) { return true }
            let others = Party.allCases.filter { $0 != party }.compactMap { before?.officer($0) }
            return signers.intersection(others).count >= 2
        }
    }
}

extension Agreement {
    /// Where nothing is in force yet, a mission is new as soon as the agreement says something about it.
    fileprivate func hasSameMission(as previous: Agreement?) -> Bool {
        guard let previous else { return missionClauses.allSatisfy(\.isDefault) }
        return missionClauses.map { [$0.address, $0.words] } == previous.missionClauses.map { [$0.address, $0.words] }
    }

    private var missionClauses: [ClauseEntry] {
        clauses.filter { $0.address == "mission" || $0.address.hasPrefix("mission.") }
    }
}
