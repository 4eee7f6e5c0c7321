internal import GRDB
internal import Roles
public import Vocabulary

//  Who signs in with the company's account
//
//      issuer and subject known ──▶ that member, whatever address they have by now
//      not known, invited ────────▶ joins, in the invitation's role, under the verified address
//      not known, verified address of a member who has no account of this issuer yet ──▶ that member, from now on by subject
//      else ──────────────────────▶ nobody
//
//  Addresses are given to others when people leave; subjects are not. So an address counts once.

/// Somebody as the company's sign-in told us.
public struct CompanyIdentity: Hashable, Sendable {
    public var issuer: String
    public var subject: String
    public var verifiedEmail: String?
    public var name: String?

    public init(issuer: String, subject: String, verifiedEmail: String?, name: String?) {
        (self.issuer, self.subject, self.verifiedEmail, self.name) = (issuer, subject, verifiedEmail, name)
    }
}

/// Why somebody whom the company's sign-in knows does not get in. The raw value goes into the log.
public enum CompanyRefusal: String, Error, Sendable {
    case unverifiedEmail = "e-mail-not-verified"
    case notInvited = "not-invited"
    case otherAccount = "member-has-other-account"
    case membershipEnded = "membership-ended"
    case emailTaken = "e-mail-taken"
    case linkUsed = "invitation-over"
    case otherMember = "account-of-another-member"

    public var sentence: String {
        switch self {
        case .unverifiedEmail:
            "Your company's sign-in did not say that it has verified your e-mail address, so we cannot know who you are here."
        case .notInvited: "Nobody here has your address. An operator can send you a link to join."
        case .otherAccount:
            "The person with your address signs in with another account of your company's. An operator can unbind it."
        case .membershipEnded: "Your membership was ended."
        case .emailTaken: "You have joined already: sign in."
        case .linkUsed: MemberFault.linkUsed.sentence
        case .otherMember: "You signed in there as somebody else than here."
        }
    }
}

extension AccessStore {
    /// The member behind an account, whom it belongs to from the first time on. Throws `CompanyRefusal`.
    public func member(as identity: CompanyIdentity, at now: Instant) throws -> Member {
        try writing { db in
            if let member = try AccessStore.bound(identity, db) { return member }
            guard let email = identity.verifiedEmail?.trimmedLowercased else { throw CompanyRefusal.unverifiedEmail }
            let row = try Row.fetchOne(
                db, sql: "SELECT * FROM member WHERE email = ? AND left IS NULL", arguments: [email])
            guard let member = row.map(Member.init) else { throw CompanyRefusal.notInvited }
            try AccessStore.bind(identity, to: member.id, at: now, db)
            return member
        }
    }

    /// Whose an account is. Throws where they have left.
    private static func bound(_ identity: CompanyIdentity, _ db: Database) throws -> Member? {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT member.* FROM account JOIN member ON member.id = account.member
                WHERE issuer = ? AND subject = ?
                """, arguments: [identity.issuer, identity.subject])
        guard let member = row.map(Member.init) else { return nil }
        guard member.left == nil else { throw CompanyRefusal.membershipEnded }
        return member
    }

    private static func bind(_ identity: CompanyIdentity, to member: Int64, at now: Instant, _ db: Database) throws {
        let others = try Int.fetchOne(
            db, sql: "SELECT count(*) FROM account WHERE issuer = ? AND member = ?",
            arguments: [identity.issuer, member])
        guard others == 0 else { throw CompanyRefusal.otherAccount }
        try db.execute(
            sql: "INSERT INTO account (issuer, subject, member, bound) VALUES (?, ?, ?, ?)",
            arguments: [identity.issuer, identity.subject, member, now.milliseconds])
        let who = Actor.member(member).text
        try audit(db, at: now, who, "bound the company's account", who)
    }

    /// Takes somebody in by their link and their company's account, without a password. Throws `CompanyRefusal`.
    public func join(_ token: Token, as identity: CompanyIdentity, at now: Instant) throws -> Member {
        try writing { db in
            guard let invitation = try AccessStore.invitation(token, now, db) else { throw CompanyRefusal.linkUsed }
            guard try AccessStore.bound(identity, db) == nil else { throw CompanyRefusal.emailTaken }
            guard let email = identity.verifiedEmail?.trimmedLowercased, email.isAddress else {
                throw CompanyRefusal.unverifiedEmail
            }
            let member: Member
            do {
                member = try AccessStore.take(in: invitation, email, identity.shownName(email), kept: "", at: now, db)
            } catch MemberFault.emailTaken {
                throw CompanyRefusal.emailTaken
            }
            try AccessStore.bind(identity, to: member.id, at: now, db)
            return member
        }
    }

    /// Lets a member bind another account at their next sign-in.
    public func unbind(_ id: Int64, by actor: Actor, at now: Instant) throws {
        try writing { db in
            try db.execute(sql: "DELETE FROM account WHERE member = ?", arguments: [id])
            guard db.changesCount > 0 else { throw MemberFault.noSuchMember }
            try AccessStore.endSessions(of: id, db)
            try AccessStore.audit(
                db, at: now, actor.text, "unbound the company's account", Actor.member(id).text)
        }
    }

    /// The members who have an account of the company's bound.
    public func boundMembers() throws -> Set<Int64> {
        try reading { Set(try Int64.fetchAll($0, sql: "SELECT DISTINCT member FROM account")) }
    }

    // MARK: Passwords of those who came without one

    public func hasPassword(_ member: Member) throws -> Bool {
        try reading {
            try String.fetchOne($0, sql: "SELECT password FROM member WHERE id = ?", arguments: [member.id]) ?? ""
        } != ""
    }

    /// Gives somebody who has none a password; false where they have one. Throws `MemberFault`. Takes a tenth of a second:
    /// callers queue, and know that the person has just signed in anew.
    public func setFirstPassword(of session: Session, to new: String, at now: Instant) throws -> Bool {
        let member = session.member
        do throws(Password.Fault) {
            try Password.check(new, email: member.email)
        } catch {
            throw MemberFault.password(error)
        }
        let hashed = try Password.hash(new)
        return try writing { db in
            try db.execute(
                sql: "UPDATE member SET password = ? WHERE id = ? AND password = ''", arguments: [hashed, member.id])
            guard db.changesCount > 0 else { return false }
            try db.execute(
                sql: "DELETE FROM session WHERE member = ? AND id <> ?", arguments: [member.id, session.id])
            let who = Actor.member(member.id).text
            try AccessStore.audit(db, at: now, who, "set a first password", who)
            return true
        }
    }
}

extension CompanyIdentity {
    /// What others see: the name that was told, or the address up to its sign.
    fileprivate func shownName(_ email: String) -> String {
        let told = (name ?? "").trimmed
        return told.isEmpty ? String(email.prefix { $0 != "@" }) : String(told.prefix(200))
    }
}
