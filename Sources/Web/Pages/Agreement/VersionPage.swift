internal import Access
internal import Agreement
internal import Answers
internal import HTTPTypes
internal import Hummingbird
internal import Journal
internal import Roles
internal import Vocabulary

/// One version: where it stands, who signed and read it, what it says, and the forms to sign and to confirm it.
enum VersionPage {
    static func page(
        _ asked: Asked, present: Present, fault: HTML = "", _ status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let version = try present.version(asked.parameters["digest"] ?? "")
        let forms = try await SigningForms(version, present, asked).html
        var response = Layout.page(
            "Version \(version.name)", at: "/agreement", asked,
            head(version, present) + fault + actions(version, present, asked) + signatures(version) + forms
                + readers(version) + "<h2>What it says</h2>" + Contract(version.agreement).onPage)
        response.status = status
        return response
    }

    /// The main file as it was recorded, and what it includes.
    static func text(_ asked: Asked) async throws -> Response {
        let version = try await asked.site.company.present().version(asked.parameters["digest"] ?? "")
        let files = ([version.text.main] + version.text.beside).html { file in
            """
            <h2>\(file.name)</h2><pre tabindex="0" class="text"><code>\(String(decoding: file.bytes, as: UTF8.self))</code></pre>
            """
        }
        return Layout.page(
            "The text of version \(version.name)", at: "/agreement", asked,
            "<p><a href=\"\(version.link)\">Version \(version.name)</a>, as it was recorded.</p>\(files)")
    }

    // MARK: Where it stands

    static func head(_ version: AgreementVersion, _ present: Present) -> HTML {
        let standing = version.standing(at: present.instant)
        return """
            <div class="standing standing-\(standing.kind.mark)"><p><strong>\(standing.kind.words.capitalizedFirst)</strong>
            <code>\(version.name)</code></p><p>\(standing.sentence)</p></div>
            """
    }

    private static func actions(_ version: AgreementVersion, _ present: Present, _ asked: Asked) -> HTML {
        let differences: HTML =
            present.inForce.map { inForce in
                inForce.digest == version.digest
                    ? ""
                    : "<a href=\"/agreement/diff?from=\(inForce.name)&amp;to=\(version.name)\">What it changes</a>"
            } ?? ""
        let propose: HTML =
            asked.may(.proposeChange)
            ? "<a href=\"/agreement/propose?from=\(version.name)\">Write another from it, or back-test it</a>" : ""
        return """
            <p class="actions"><a href="/agreement">All versions</a>\(differences)\(propose)
            <a href="\(version.link)/text">The text as it was written</a></p>
            """
    }

    // MARK: Who answers for it

    static func responsible(_ version: AgreementVersion) -> HTML {
        let agreement = version.agreement
        let parties = Party.allCases.compactMap { party in agreement.parties.officer(party).map { (party, $0) } }
        guard !parties.isEmpty || !agreement.responsibilities.isEmpty else { return "" }
        let heads = parties.html { party, officer in
            "<tr><th scope=\"row\">speaks for \(party.words)</th><td>\(officer.address)</td></tr>"
        }
        let duties = agreement.responsibilities.html { duty in
            let deputy: HTML = duty.deputy.map { "; deputy: \($0.value.words)" } ?? ""
            return """
                <tr><th scope="row">\(duty.name.replacing("_", with: " "))</th><td>\(duty.side.value.words)\(deputy)</td></tr>
                """
        }
        return """
            <h2>Who is responsible</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Who is responsible"><table class="narrow"><thead>
            <tr><th scope="col">What</th><th scope="col">Who</th></tr></thead><tbody>\(heads)\(duties)</tbody></table></div>
            """
    }

    private static func signatures(_ version: AgreementVersion) -> HTML {
        let zone = version.agreement.zone
        let given = version.signatures.html { signature in
            let behalf: HTML = signature.onBehalfOf.map { " <strong>on behalf of \($0.address)</strong>" } ?? ""
            return """
                <tr><th scope="row">\(signature.side.words)</th><td>\(signature.signer.address)\(behalf)</td>
                <td>\(signature.at.inWords(zone))</td></tr>
                """
        }
        let missing = version.missing.html { missing in
            "<tr><td colspan=\"3\"><span class=\"lacks\">Missing:</span> \(missing.inWords)</td></tr>"
        }
        let day: HTML =
            version.agreement.company.effective.map {
                " It takes force on \($0.value.description) at the earliest, as <code>effective</code> says."
            } ?? ""
        return """
            <h2>Signatures</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Signatures"><table class="narrow"><thead><tr><th scope="col">Side</th><th scope="col">Who</th>
            <th scope="col">When</th></tr></thead><tbody>\(given)\(missing)</tbody></table></div>
            <p class="soft">A version takes force when nothing is missing any more, never before and never for the past.\(day)</p>
            """
    }

    private static func readers(_ version: AgreementVersion) -> HTML {
        guard !version.readers.isEmpty else { return "" }
        let zone = version.agreement.zone
        let rows = version.readers.html { reader in
            let when: HTML = reader.confirmed.map { HTML($0.inWords(zone)) } ?? "<span class=\"soft\">not yet</span>"
            return """
                <tr><th scope="row">\(reader.person.address)</th><td>\(reader.side.words)</td><td>\(when)</td></tr>
                """
        }
        let read = version.readers.count { $0.confirmed != nil }
        return """
            <h2>Who has read what changes for them</h2>
            <details><summary>\(read) of \(version.readers.count) people whom it names</summary>
            <div class="scroll" tabindex="0" role="region" aria-label="Who has read it"><table class="narrow"><thead><tr><th scope="col">Who</th><th scope="col">Side</th>
            <th scope="col">Confirmed</th></tr></thead><tbody>\(rows)</tbody></table></div></details>
            """
    }
}

extension VersionStanding {
    fileprivate var mark: String {
        switch self {
        case .inForce: "good"
        case .scheduled, .waiting: "open"
        case .replaced, .overtaken: "past"
        }
    }
}
