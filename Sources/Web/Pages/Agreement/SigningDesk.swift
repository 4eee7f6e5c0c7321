internal import Access
internal import Agreement
internal import Answers
internal import HTTPTypes
internal import Hummingbird
internal import Journal
internal import Roles
internal import Vocabulary

//  A signature in the browser
//
//      sign-in ─▶ form (version by its digest, the one in force when it was read) ─▶ password ─▶ key opens ─▶ statement
//                                                                                        └─ wrong: counted, nothing signed
//
//  The statement is the same that `interlock sign` makes, and is believed for the same reasons.

enum SigningDesk {
    static let routes: [Route] =
        Party.allCases.map { side in
            Route(.post, PathTemplate("/agreement/versions/{digest}/sign/\(side.rawValue)"), side.act) { asked in
                try await sign(asked, side, onBehalf: false)
            }
        }
        + [Party.marketing, .sales].map { side in
            Route(.post, PathTemplate("/agreement/versions/{digest}/sign-on-behalf/\(side.rawValue)"), .standIn) {
                asked in
                try await sign(asked, side, onBehalf: true)
            }
        } + [Route(.post, "/agreement/versions/{digest}/confirm", .confirmReading) { try await confirm($0) }]

    // MARK: Signing

    private static func sign(_ asked: Asked, _ side: Party, onBehalf: Bool) async throws -> Response {
        let present = try await asked.site.company.upToDate()
        let version = try present.version(asked.parameters["digest"] ?? "")
        let member = try asked.session().member
        guard asked.form["against"] == present.inForce?.name ?? "none" else {
            return try await VersionPage.page(
                asked, present: present,
                fault: .bad(
                    "Another version took force since you opened this page. Nothing was signed: look again at what this one changes."
                ), .conflict)
        }
        guard version.until == nil else {
            return try await VersionPage.page(
                asked, present: present,
                fault: .bad("This text was replaced. To bring it back, propose it with a new effective day."), .conflict
            )
        }
        let signatory = Signatory.all(member, version, present.versions).first {
            $0.side == side && ($0.onBehalfOf != nil) == onBehalf
        }
        guard let signatory else { throw notNamed(side, version, onBehalf) }
        return try await state(asked, present, version, as: signatory.person) { now, number in
            Statement(
                by: signatory.person, number: number, at: now,
                .signs(digest: version.digest, side: side, onBehalfOf: signatory.onBehalfOf))
        } noting: {
            signatory.onBehalfOf == nil ? "for \(side.words)" : "for \(side.words), on behalf of its head"
        }
    }

    private static func notNamed(_ side: Party, _ version: AgreementVersion, _ onBehalf: Bool) -> Problem {
        let officer = version.agreement.parties.officer(side)?.address ?? "nobody"
        return Problem(
            .forbidden, onBehalf ? StatementFault.mayNotStandIn.rawValue : StatementFault.notAnOfficer.rawValue,
            onBehalf
                ? "The agreement does not let you sign on behalf of the head of \(side.words)."
                : "For \(side.words) signs \(officer), as this version says, and your address is another.",
            remedy: onBehalf
                ? StatementFault.mayNotStandIn.sentence.capitalizedFirst + "." : StatementFault.notAnOfficer.remedy)
    }

    private static func confirm(_ asked: Asked) async throws -> Response {
        let present = try await asked.site.company.upToDate()
        let version = try present.version(asked.parameters["digest"] ?? "")
        let member = try asked.session().member
        guard let reader = version.readers.first(where: { $0.person.isOf(member) }) else {
            throw Problem(
                .forbidden, StatementFault.notNamed.rawValue, "This version does not name you.",
                remedy: StatementFault.notNamed.remedy)
        }
        guard reader.confirmed == nil else { return .redirect(to: version.link) }
        return try await state(asked, present, version, as: reader.person) { now, number in
            Statement(by: reader.person, number: number, at: now, .confirms(digest: version.digest))
        } noting: {
            nil
        }
    }

    // MARK: Stating

    /// Opens the member's key with the password of the form, states, and leads back to the version.
    private static func state(
        _ asked: Asked, _ present: Present, _ version: AgreementVersion, as person: NamedPerson,
        _ statement: @escaping @Sendable (_ now: Instant, _ number: Int) -> Statement,
        noting deed: @escaping @Sendable () -> String?
    ) async throws -> Response {
        let (site, now, member, password) = (
            asked.site, asked.now, try asked.session().member, asked.form["password"]
        )
        let answer = try await site.passwords.run {
            try site.access.signingKey(of: member, password: password, at: now)
        }
        switch answer {
        case .wrongPassword:
            return try await VersionPage.page(
                asked, present: present, fault: .bad("That was not your password. Nothing was signed."), .forbidden)
        case .locked(let until):
            return try await VersionPage.page(
                asked, present: present,
                fault: """
                    <p class="note bad" role="alert">There were too many wrong passwords. Try again after \(until.shown). Nothing
                    was signed.</p>
                    """, .tooManyRequests)
        case .key(let key):
            try await tellingRefusals {
                try await Blocking.run {
                    try record(statement, version.digest, as: person, with: key, in: site.journal, at: now)
                    if let deed = deed() {
                        try site.access.note(
                            at: now, actor: asked.actor.text, deed: "signed the agreement",
                            subject: "version \(version.name)", detail: "\(deed), key \(key.verifying.fingerprint)")
                    }
                }
            }
            site.company.factsCame()
            _ = try await site.company.upToDate()
            return .redirect(to: version.link)
        }
    }

    /// With the key's registration before it, where it is the first of this person.
    private static func record(
        _ statement: (Instant, Int) -> Statement, _ digest: String, as person: NamedPerson, with key: SigningKey,
        in store: any JournalStore, at now: Instant
    ) throws {
        let journal = try AgreementJournal(store)
        try journal.refuseGoingBack(to: now, now: now)
        let number = journal.versions.nextNumber(of: person)
        guard let registered = journal.versions.key(of: person) else {
            let registers = Statement(by: person, number: number, at: now, .registers(key.verifying))
            let statements = [registers, statement(now, number + 1)].map { SignedStatement($0, with: key) }
            _ = try journal.record([], statements, on: digest, at: now, recorded: now)
            return
        }
        guard registered.key == key.verifying else { throw otherKey(person, registered, key) }
        _ = try journal.record(
            [], [SignedStatement(statement(now, number), with: key)], on: digest, at: now, recorded: now)
    }

    private static func otherKey(_ person: NamedPerson, _ registered: RegisteredKey, _ key: SigningKey) -> Refusal {
        Refusal(
            "other-key",
            "\(person) signs with the key \(registered.key.fingerprint), which is not the one that is kept here, "
                + key.verifying.fingerprint,
            remedy:
                "Sign with the file of that key: `interlock sign --key FILE`. docs/server.md says what to do where it "
                + "is lost.")
    }
}
