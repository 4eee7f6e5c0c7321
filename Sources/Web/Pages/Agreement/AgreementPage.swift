internal import Agreement
internal import Answers
internal import Hummingbird
internal import Roles
internal import Vocabulary

/// The contract in force, who is responsible for it, and every version there is.
enum AgreementPage {
    static func page(_ asked: Asked) async throws -> Response {
        let present = try await asked.site.company.present()
        guard let version = present.inForce else {
            return Layout.page("Agreement", at: "/agreement", asked, nothing(asked) + versions(present))
        }
        return Layout.page(
            version.agreement.company.name.value, at: "/agreement", asked,
            VersionPage.head(version, present)
                + actions(version, present, asked) + waiting(present)
                + VersionPage.responsible(version)
                + versions(present)
                + "<h2>What was agreed</h2>" + Contract(version.agreement).onPage)
    }

    private static func nothing(_ asked: Asked) -> HTML {
        let propose: HTML =
            asked.may(.proposeChange)
            ? " or <a href=\"/agreement/propose\">write one here</a>" : ""
        return """
            <p>No agreement is in force. Begin one with <code>interlock init</code>\(propose); it is in force once both sides
            have signed.</p>
            """
    }

    private static func actions(_ version: AgreementVersion, _ present: Present, _ asked: Asked) -> HTML {
        let propose: HTML =
            asked.may(.proposeChange) ? "<a class=\"button\" href=\"/agreement/propose\">Propose a change</a>" : ""
        let before = present.versions.all.last { $0.from != nil && $0.until == version.from }
        let changed: HTML =
            before.map {
                "<a href=\"/agreement/diff?from=\($0.name)&amp;to=\(version.name)\">What changed with it</a>"
            } ?? ""
        return """
            <p class="actions">\(propose)<a href="\(version.link)">Signatures and readers</a>\(changed)
            <a href="\(version.link)/text">The text as it was written</a></p>
            """
    }

    /// What waits for somebody stands on top.
    private static func waiting(_ present: Present) -> HTML {
        present.versions.all.filter { $0.from == nil && !$0.isOvertaken }.suffix(3).html { version in
            .note(
                """
                <p><a href="\(version.link)">Version \(version.name)</a> was proposed
                \(version.proposed.inWords(version.agreement.zone)). \(version.standing(at: present.instant).sentence)</p>
                """)
        }
    }

    // MARK: All versions

    static func versions(_ present: Present) -> HTML {
        guard !present.versions.all.isEmpty else { return "" }
        let rows = present.versions.all.reversed().html { row($0, present) }
        return """
            <h2>Versions</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Versions"><table><thead><tr><th scope="col">Version</th>
            <th scope="col">Stands</th><th scope="col">Proposed</th><th scope="col">Signed by</th>
            <th scope="col">Read</th><th scope="col">Differences</th></tr></thead><tbody>\(rows)</tbody></table></div>
            \(compare(present))
            """
    }

    private static func row(_ version: AgreementVersion, _ present: Present) -> HTML {
        let standing = version.standing(at: present.instant)
        let signed = version.signatures.html { "<div>\($0.inWords)</div>" }
        let read = version.readers.count { $0.confirmed != nil }
        let others = present.inForce.map { $0.digest == version.digest ? [] : [$0] } ?? []
        let differences = others.html {
            """
            <a href="/agreement/diff?from=\($0.name)&amp;to=\(version.name)" aria-label="Differences of version \(version.name)
            from the one in force">from the one in force</a>
            """
        }
        return """
            <tr><th scope="row"><a href="\(version.link)"><code>\(version.name)</code></a></th>
            <td><strong>\(standing.kind.words)</strong><div class="soft">\(standing.sentence)</div></td>
            <td>\(version.proposed.inWords(version.agreement.zone))</td>
            <td>\(version.signatures.isEmpty ? "nobody yet" : signed)</td>
            <td class="number">\(read) of \(version.readers.count)</td><td>\(differences)</td></tr>
            """
    }

    /// Any two.
    private static func compare(_ present: Present) -> HTML {
        let all = present.versions.all
        guard all.count > 1 else { return "" }
        func options(_ chosen: AgreementVersion?) -> HTML {
            all.reversed().html { version in
                let mark: HTML = version.digest == chosen?.digest ? " selected" : ""
                let standing = version.standing(at: present.instant).kind.words
                return "<option value=\"\(version.name)\"\(mark)>\(version.name), \(standing)</option>"
            }
        }
        return """
            <form class="row compare" method="get" action="/agreement/diff">
            <label>From <select name="from">\(options(present.inForce ?? all.first))</select></label>
            <label>to <select name="to">\(options(all.last))</select></label>
            <button class="quiet">Compare</button></form>
            """
    }
}

extension VersionStanding {
    var words: String {
        switch self {
        case .inForce: "in force"
        case .scheduled: "signed, not yet in force"
        case .replaced: "replaced"
        case .waiting: "waits for signatures"
        case .overtaken: "overtaken"
        }
    }
}
