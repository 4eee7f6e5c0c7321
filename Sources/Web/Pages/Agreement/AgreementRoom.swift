internal import Access
internal import Agreement
internal import Answers
internal import HTTPTypes
internal import Hummingbird
internal import Journal
internal import Roles
internal import Vocabulary

/// The agreement's room: what is in force, every version, what changed, what somebody proposes, and signing it.
enum AgreementRoom {
    static let routes: [Route] =
        [
            Route(.get, "/agreement", .seeAgreement) { try await AgreementPage.page($0) },
            Route(.get, "/agreement/versions/{digest}", .seeAgreement) { asked in
                try await VersionPage.page(asked, present: asked.site.company.present())
            },
            Route(.get, "/agreement/versions/{digest}/text", .seeAgreement) { try await VersionPage.text($0) },
            Route(.get, "/agreement/diff", .seeAgreement) { try await AgreementDiffPage.page($0) },
        ] + ProposalPage.routes + BacktestPage.routes + SigningDesk.routes
}

// MARK: - What its pages share

extension Present {
    /// By the beginning of its digest, as links have it.
    func version(_ name: String) throws -> AgreementVersion {
        let found = versions.all.filter { $0.digest.hasPrefix(name) }
        guard name.count >= 8, found.count == 1 else {
            throw Problem(
                .notFound, "no-version", "There is no version of the agreement of that name.",
                remedy: "All versions are on the page “Agreement”.")
        }
        return found[0]
    }

    var inForce: AgreementVersion? { versions.inForce(at: instant) }
}

extension AgreementVersion {
    var link: String { "/agreement/versions/\(name)" }

    /// Where a clause of it is read.
    func link(toClause address: String) -> String { "\(link)#\(Clauses.anchor(address))" }
}

extension Problem {
    /// What the program will not do, as a page tells it.
    init(_ refusal: Refusal) {
        self.init(
            .unprocessableContent, refusal.code, "\(refusal.cause.capitalizedFirst).", remedy: refusal.remedy)
    }

    init(_ trouble: Trouble) {
        self.init(.conflict, "trouble", "\(trouble.cause.capitalizedFirst).", remedy: trouble.remedy)
    }
}

/// Tells what was refused as what it is.
func tellingRefusals<Result>(_ body: () async throws -> Result) async throws -> Result {
    do {
        return try await body()
    } catch let refusal as Refusal {
        throw Problem(refusal)
    } catch let trouble as Trouble {
        throw Problem(trouble)
    }
}

extension HTML {
    static func note(_ content: HTML) -> HTML { "<div class=\"note\" role=\"status\">\(content)</div>" }
    static func bad(_ sentence: String) -> HTML { "<p class=\"note bad\" role=\"alert\">\(sentence)</p>" }
}
