internal import CSodium
internal import Crypto
internal import Foundation
internal import GRDB
public import Journal
public import Vocabulary

//  With what a member signs agreements
//
//      password ── Argon2id, a salt of its own ──▶ 32 bytes ── AES-256-GCM ──▶ the Ed25519 key, sealed
//
//  The file alone signs nothing: the key opens only with the password, which is asked for at every signature and kept nowhere.
//  It is made at the first one. Another password seals it anew; who forgets theirs has lost it.

/// What came of asking for a key.
public enum SigningKeyAnswer: Sendable {
    case key(SigningKey)
    case wrongPassword
    /// Too many wrong passwords.
    case locked(until: Instant)
}

extension AccessStore {
    /// The key of a member, made where there is none. A wrong password counts as one at a sign-in does. Takes as long as two
    /// sign-ins: callers queue.
    public func signingKey(of member: Member, password: String, at now: Instant) throws -> SigningKeyAnswer {
        switch try check(password, of: member, at: now) {
        case .wrong: return .wrongPassword
        case .locked(let until): return .locked(until: until)
        case .right: return .key(try opened(of: member, password) ?? drawn(for: member, password, at: now))
        }
    }

    /// The public half of the key of a member; `nil` while there is none.
    public func verifyingKey(of member: Member) throws -> VerifyingKey? {
        try reading { db in
            try String.fetchOne(
                db, sql: "SELECT verifying FROM signing_key WHERE member = ?", arguments: [member.id])
        }.flatMap { VerifyingKey(text: $0) }
    }

    private func opened(of member: Member, _ password: String) throws -> SigningKey? {
        let row = try reading { db in
            try Row.fetchOne(
                db, sql: "SELECT salt, sealed FROM signing_key WHERE member = ?", arguments: [member.id])
        }
        guard let row else { return nil }
        return try SealedKey(salt: Array(row["salt"] as Data), sealed: row["sealed"]).opened(password, member.id)
    }

    private func drawn(for member: Member, _ password: String, at now: Instant) throws -> SigningKey {
        guard let key = SigningKey(bytes: Token.draw().bytes) else {
            throw AccessError.failed("no key could be drawn")
        }
        let sealed = try SealedKey(key, password, member.id)
        try writing { db in
            try db.execute(
                sql: "INSERT INTO signing_key (member, verifying, salt, sealed, made) VALUES (?, ?, ?, ?, ?)",
                arguments: [member.id, key.verifying.text, Data(sealed.salt), sealed.sealed, now.milliseconds])
            let who = Actor.member(member.id).text
            try AccessStore.audit(db, at: now, who, "made a signing key", who, key.verifying.fingerprint)
        }
        return key
    }

    /// The key of a member under another password, to be written where the password is; `nil` while there is none.
    func resealed(of member: Member, from old: String, to new: String) throws -> SealedKey? {
        try opened(of: member, old).map { try SealedKey($0, new, member.id) }
    }
}

/// A signing key that only its owner's password opens.
struct SealedKey {
    let salt: [UInt8]
    /// Nonce, ciphertext, tag.
    let sealed: Data

    init(salt: [UInt8], sealed: Data) { (self.salt, self.sealed) = (salt, sealed) }

    init(_ key: SigningKey, _ password: String, _ member: Int64) throws {
        var salt = [UInt8](repeating: 0, count: Int(crypto_pwhash_SALTBYTES))
        randombytes_buf(&salt, salt.count)
        self.salt = salt
        let box = try AES.GCM.seal(
            key.bytes, using: Password.key(from: password, salt: salt), authenticating: SealedKey.context(member))
        guard let combined = box.combined else { throw AccessError.failed("the key could not be sealed") }
        sealed = combined
    }

    func opened(_ password: String, _ member: Int64) throws -> SigningKey {
        let key = try Password.key(from: password, salt: salt)
        guard let box = try? AES.GCM.SealedBox(combined: sealed),
            let bytes = try? AES.GCM.open(box, using: key, authenticating: SealedKey.context(member)),
            let opened = SigningKey(bytes: Array(bytes))
        else { throw AccessError.damaged("the signing key of member \(member) does not open with their password") }
        return opened
    }

    /// A sealed key put into another member's row opens for nobody.
    private static func context(_ member: Int64) -> [UInt8] { Array("interlock signing key, member \(member)".utf8) }
}

extension Password {
    /// Thirty-two bytes that only the password gives, at the cost of checking it.
    static func key(from password: String, salt: [UInt8]) throws -> SymmetricKey {
        var bytes = [UInt8](repeating: 0, count: 32)
        let result = crypto_pwhash(
            &bytes, UInt64(bytes.count), password, UInt64(password.utf8.count), salt, passes, memory,
            crypto_pwhash_ALG_ARGON2ID13)
        guard result == 0 else { throw AccessError.failed("there is no memory left to check passwords") }
        return SymmetricKey(data: bytes)
    }
}
