package import Agreement
package import Vocabulary

// A version of the agreement as people read of it.

/// What a version is at an instant.
package enum VersionStanding: String {
    case inForce = "in force"
    case scheduled
    case replaced
    case waiting
    case overtaken
}

extension AgreementVersion {
    /// `agreement 3f2a9c41b7d0 of Northwind Instruments`.
    package var title: String { "agreement \(name) of \(agreement.company.name.value)" }

    package struct Standing {
        package let kind: VersionStanding
        package let sentence: String
    }

    package func standing(at instant: Instant) -> Standing {
        let zone = agreement.zone
        guard let from else {
            return isOvertaken
                ? Standing(
                    kind: .overtaken,
                    sentence:
                        "Signed by all, but overtaken: another version took force before. It takes force when one of "
                        + "them signs it again.")
                : Standing(kind: .waiting, sentence: "Not in force: it waits for \(missingInWords).")
        }
        if let until, until <= instant {
            return Standing(
                kind: .replaced, sentence: "In force from \(from.inWords(zone)) until \(until.inWords(zone)).")
        }
        let end = until.map { " until \($0.inWords(zone))" } ?? ""
        let words = from <= instant ? (VersionStanding.inForce, "since") : (.scheduled, "from")
        return Standing(kind: words.0, sentence: "In force \(words.1) \(from.inWords(zone))\(end): \(from).")
    }

    private var missingInWords: String { missing.map(\.inWords).joined(separator: "; ") }

    /// `Read by 1 of 1 in marketing, 2 of 6 in sales. Not yet by: …`
    package var readersInWords: String {
        let shares = readingShares.map { "\($0.confirmed) of \($0.named) in \($0.side)" }.joined(separator: ", ")
        let waiting = readers.filter { $0.confirmed == nil }.map(\.person.address)
        return "Read by \(shares)." + (waiting.isEmpty ? "" : " Not yet by \(waiting.joined(separator: ", ")).")
    }

    /// How many of the people named on each side have confirmed, for sides with somebody.
    package var readingShares: [(side: Party, named: Int, confirmed: Int)] {
        Party.allCases.compactMap { side in
            let own = readers.filter { $0.side == side }
            return own.isEmpty ? nil : (side, own.count, own.count { $0.confirmed != nil })
        }
    }
}

extension MissingSignature {
    package var inWords: String {
        switch self {
        case .side(let side, let officer?): "\(side), \(officer)"
        case .side(let side, nil): "\(side), for whom it names nobody: say who in parties.\(side)"
        case .mission(let officer?): "the executive's own signature, \(officer), because the mission changed"
        case .mission(nil):
            "the executive, because the mission changed, and it names none: say who in parties.executive"
        case .handOver(let party, let officer):
            "\(officer), who spoke for \(party) before, to let another in; or instead the executive or two others of the "
                + "parties of the version in force"
        }
    }
}
