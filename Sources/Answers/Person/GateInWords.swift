internal import Agreement
package import Engine
package import Vocabulary

// What the consent gate says, as people read it.

extension GateAnswer {
    /// `allowed`, `denied`, `not before 2026-03-02 08:00`.
    package func word(_ zone: Zone) -> String {
        if isAllowed { return "allowed" }
        return notBefore.map { "not before \($0.onTheWall(in: zone))" } ?? "denied"
    }

    /// Stable, for machines.
    package var code: String { isAllowed ? "allow" : notBefore == nil ? "deny" : "not_before" }

    /// Why, in words that a rep can pass on.
    package var reason: String {
        switch why {
        case .consentGiven: "consent was given"
        case .optOutNotUsed: "allowed until they object, and they have not"
        case .reply: "they asked to be contacted, and may be answered"
        case .allowedByDefault: "no rule speaks of it, and the agreement allows it then"
        case .noConsent: "it takes consent, and there is none"
        case .withdrawn: "they withdrew their consent"
        case .objected: "they objected"
        case .expired: "what allowed it has expired"
        case .never: "the agreement never allows it here"
        case .quarantined: "came with a list, and no ground was shown since"
        case .deniedByDefault: "no rule speaks of it, and the agreement denies it then"
        case .contactHours: "it is outside the agreed hours"
        case .optOut: "they opted out of another e-mail, which counts for all"
        case .boundary: "the mission forbids it"
        }
    }
}
