package import Agreement
internal import Journal
package import Vocabulary

/// One version of the agreement, as a run goes by it.
package struct RunVersion: Sendable {
    package let compiled: CompiledAgreement
    package let digest: String
    /// From when it is in force; `nil`: it is not, and is tried out.
    package let from: Instant?

    package var agreement: Agreement { compiled.agreement }
    /// The beginning of the digest, as people say it.
    package var name: String { String(digest.prefix(12)) }

    package init(_ agreement: Agreement, from: Instant?) {
        (compiled, digest, self.from) = (CompiledAgreement(agreement), agreement.digest, from)
    }
}

/// By what a command judges the past: the versions in force one after the other, or one file tried out over all of it.
package struct AgreementsOfRun: Sendable {
    /// In the order in which they take force; at least one.
    package let versions: [RunVersion]
    /// What a reader has to know before believing any of it: one sentence for the top of the page.
    package let standing: String
    /// Whether a file was applied to the whole past, in force or not.
    package let isDryRun: Bool

    /// One file, over the whole past.
    package init(tryingOut agreement: Agreement, _ standing: String) {
        versions = [RunVersion(agreement, from: nil)]
        (self.standing, isDryRun) = (standing, true)
    }

    /// Before the first version took force nothing was agreed; what happened then is judged as if that one had been.
    package init(inForce versions: [AgreementVersion], at instant: Instant) {
        let taken = versions.filter { $0.from != nil }
        self.versions = taken.map { RunVersion($0.agreement, from: $0.from) }
        isDryRun = false
        standing = AgreementsOfRun.inWords(taken, at: instant)
    }

    private static func inWords(_ versions: [AgreementVersion], at instant: Instant) -> String {
        guard let now = versions.last(where: { $0.from.map { $0 <= instant } ?? false }), let from = now.from else {
            return "No agreement is in force."
        }
        let day = from.onTheWall(in: now.agreement.zone)
        let earlier = versions.prefix { $0.digest != now.digest }.count
        guard earlier > 0 else {
            return "By agreement \(now.name), in force since \(day); what lies before is judged by it too."
        }
        return
            "By agreement \(now.name), in force since \(day), and by the \(earlier == 1 ? "one" : "\(earlier)") before it."
    }
}
