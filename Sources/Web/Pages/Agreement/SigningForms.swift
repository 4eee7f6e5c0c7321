internal import Access
internal import Agreement
internal import Answers
internal import Journal
internal import Roles
internal import Vocabulary

/// As what a member may sign a version, by their address and by what the agreements say.
struct Signatory: Sendable {
    let side: Party
    /// As the agreement writes their address.
    let person: NamedPerson
    /// The head of the side, where that is somebody else.
    let onBehalfOf: NamedPerson?
}

extension Signatory {
    /// Everything that would count. Those who spoke for a party before sign as themselves, for the party that they spoke for.
    static func all(_ member: Member, _ version: AgreementVersion, _ versions: AgreementVersions) -> [Signatory] {
        let parties = version.agreement.parties
        let before = versions.all.filter { $0.from != nil }.map(\.agreement.parties)
        let own = Party.allCases.compactMap { party in
            ([parties] + before).lazy.compactMap { $0.officer(party) }.first { $0.isOf(member) }
                .map { Signatory(side: party, person: $0, onBehalfOf: nil) }
        }
        let standIn = [Party.executive, .operations].lazy.compactMap { parties.officer($0) }.first { $0.isOf(member) }
        let behalf = [Party.marketing, .sales].compactMap { side -> Signatory? in
            guard let standIn, let head = parties.officer(side), !head.isOf(member) else { return nil }
            let other = parties.officer(side == .sales ? .marketing : .sales)
            return other == standIn ? nil : Signatory(side: side, person: standIn, onBehalfOf: head)
        }
        return own + behalf
    }
}

extension NamedPerson {
    /// Addresses of members are kept in small letters.
    func isOf(_ member: Member) -> Bool { address.lowercased() == member.email }
}

extension Party {
    /// What signing for it is, of all that can be done.
    var act: Act {
        switch self {
        case .marketing: .signForMarketing
        case .sales: .signForSales
        case .executive: .signForExecutive
        case .operations: .signForOperations
        }
    }
}

/// What whoever looks at a version can do about it.
struct SigningForms {
    let html: HTML

    init(_ version: AgreementVersion, _ present: Present, _ asked: Asked) async throws {
        guard case .member(let session) = asked.caller else {
            html = ""
            return
        }
        let (member, access) = (session.member, asked.site.access)
        let (key, hasPassword) = try await Blocking.run {
            (try access.verifyingKey(of: member), try access.hasPassword(member))
        }
        let against = present.inForce?.name ?? "none"
        let forms = SigningForms.open(member, version, present, asked).html { signatory in
            SigningForms.form(signatory, version, against, asked)
        }
        let reading = SigningForms.reading(member, version, asked)
        let text = forms.text + reading.text
        guard hasPassword else {
            html = text.isEmpty ? "" : SigningForms.passwordFirst
            return
        }
        html = text.isEmpty ? "" : "<h2>Your part</h2>\(forms)\(reading)\(SigningForms.about(key?.fingerprint))"
    }

    /// What this member may sign and has not signed yet; nothing of a version that was replaced.
    private static func open(
        _ member: Member, _ version: AgreementVersion, _ present: Present, _ asked: Asked
    ) -> [Signatory] {
        guard version.until == nil else { return [] }
        return Signatory.all(member, version, present.versions).filter { signatory in
            guard asked.may(signatory.onBehalfOf == nil ? signatory.side.act : .standIn) else { return false }
            let isSigned = version.signatures.contains {
                $0.side == signatory.side && (signatory.onBehalfOf != nil || $0.signer == signatory.person)
            }
            return version.isOvertaken || !isSigned
        }
    }

    private static func form(
        _ signatory: Signatory, _ version: AgreementVersion, _ against: String, _ asked: Asked
    ) -> HTML {
        let behalf: HTML =
            signatory.onBehalfOf.map {
                """
                <p>On behalf of <strong>\($0.address)</strong>, who heads \(signatory.side.words). It is marked so wherever the
                signature is told.</p>
                """
            } ?? ""
        let path =
            signatory.onBehalfOf == nil
            ? "\(version.link)/sign/\(signatory.side.rawValue)"
            : "\(version.link)/sign-on-behalf/\(signatory.side.rawValue)"
        let title: HTML =
            signatory.onBehalfOf == nil
            ? "Sign for \(signatory.side.words)" : "Sign for \(signatory.side.words), on their behalf"
        return """
            <form class="stack card" method="post" action="\(path)">\(asked.formToken)
            <input type="hidden" name="against" value="\(against)"><h3>\(title)</h3>\(behalf)
            <label>Your password <small>Asked again for each signature.</small>
            <input name="password" type="password" autocomplete="current-password" required></label>
            <button>\(title)</button></form>
            """
    }

    private static func reading(_ member: Member, _ version: AgreementVersion, _ asked: Asked) -> HTML {
        guard asked.may(.confirmReading),
            let reader = version.readers.first(where: { $0.person.isOf(member) }), version.until == nil
        else { return "" }
        if let confirmed = reader.confirmed {
            return
                "<p>You confirmed on \(confirmed.inWords(version.agreement.zone)) that you have read what changes for you.</p>"
        }
        return """
            <form class="stack card" method="post" action="\(version.link)/confirm">\(asked.formToken)
            <h3>I have read what changes for me</h3>
            <p>The contract below ends with it, role by role. It agrees to nothing; it is counted, and shown beside your name.</p>
            <label>Your password <input name="password" type="password" autocomplete="current-password" required></label>
            <button>I have read it</button></form>
            """
    }

    /// The key is sealed under a password: whoever came with the company's account sets one first.
    private static let passwordFirst: HTML = """
        <h2>Your part</h2>
        <p class="note">To sign here you need a password, because the key you sign with opens with nothing else, and you have none.
        <a href="/account">Set one first</a>; your company’s sign-in asks you once more who you are.</p>
        """

    private static func about(_ fingerprint: String?) -> HTML {
        let key: HTML =
            fingerprint.map { "You sign with the key <code>\($0)</code>: tell the others, who see it in the journal." }
            ?? "The first time, a key is made for you; it opens only with your password."
        return "<p class=\"soft\">\(key)</p>"
    }
}
