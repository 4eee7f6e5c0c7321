internal import CSodium

/// Passwords: what may be one, and how it is kept.
///
/// Argon2id with three passes over 64 MiB, which costs about a tenth of a second and is beyond what an attacker can do a
/// billion times. The kept text says with which settings it was made.
public enum Password {
    /// OWASP ASVS 5.0, 6.2: at least eight signs, long ones welcome, no rules of composition; not one that everybody tries.
    public static let shortest = 10
    static let longest = 256

    public enum Fault: String, Error, Sendable {
        case tooShort, tooLong, common, sameAsAddress

        public var sentence: String {
            switch self {
            case .tooShort: "A password has at least \(Password.shortest) signs. A few words make a good one."
            case .tooLong: "A password has at most \(Password.longest) signs."
            case .common: "This password is one of those that are tried first. A few words make a better one."
            case .sameAsAddress: "The password must not be the e-mail address."
            }
        }
    }

    public static func check(_ password: String, email: String) throws(Fault) {
        guard password.count >= shortest else { throw .tooShort }
        guard password.utf8.count <= longest else { throw .tooLong }
        let plain = password.lowercased()
        if plain == email.lowercased() { throw .sameAsAddress }
        let stem = plain.filter(\.isLetter)
        let isRepeated = Set(plain).count < 4
        if isRepeated || CommonPasswords.all.contains(plain) || CommonPasswords.stems.contains(stem) { throw .common }
    }

    static let passes: UInt64 = 3
    static let memory = 64 << 20

    /// What is kept. Takes 64 MiB for a tenth of a second: callers queue.
    public static func hash(_ password: String) throws -> String {
        var kept = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
        let result = crypto_pwhash_str_alg(
            &kept, password, UInt64(password.utf8.count), passes, memory, crypto_pwhash_ALG_ARGON2ID13)
        guard result == 0 else { throw AccessError.failed("there is no memory left to check passwords") }
        return String(decoding: kept.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Whether it is the one that was kept. A stored text with settings that would take more memory or time than ours is
    /// refused unread, so that a changed file cannot stop the server.
    public static func isRight(_ password: String, kept: String) -> Bool {
        guard kept.hasPrefix("$argon2id$v=19$m=65536,t=3,p=1$"), password.utf8.count <= longest else { return false }
        return crypto_pwhash_str_verify(kept, password, UInt64(password.utf8.count)) == 0
    }

    /// Never of somebody who has none, and the answer takes as long as for the others.
    static func isRight(_ password: String, keptOrNone kept: String) -> Bool {
        isRight(password, kept: kept.isEmpty ? ofNobody : kept) && !kept.isEmpty
    }

    /// Of no password: checked where there is no such person, so that the answer takes as long.
    static let ofNobody =
        "$argon2id$v=19$m=65536,t=3,p=1$bm9ib2R5bm9ib2R5bm9ibw$kJ7dDq5m0yPp5XbHhJx0YlQ1yQn1m2gq4y5x1k0cJpA"
}

/// What is tried first, of ten signs and more: from lists of passwords that leaked, by how often they came up.
enum CommonPasswords {
    static let all: Set<String> = [
        "1234567890", "0123456789", "0987654321", "1q2w3e4r5t", "1qaz2wsx3edc", "q1w2e3r4t5", "qwertyuiop",
        "qwerty12345",
        "qwerty123456", "password12", "password123", "password1234", "password12345", "passw0rd123", "p@ssw0rd123",
        "iloveyou12", "iloveyou123", "welcome123", "welcome1234", "administrator", "letmein123", "football123",
        "baseball123", "superman123", "changeme123", "abcdefghij", "abcdefghijkl", "abc1234567", "abcd123456",
        "asdfghjkl1", "asdfghjkl123", "zxcvbnm123", "12345qwert", "123456789a", "a123456789", "987654321a",
        "1111111111", "1122334455", "1212121212", "123123123123", "123321123321", "interlock1", "interlock123",
        "salesforce1", "salesforce123", "hubspot123", "marketing1", "marketing123", "correcthorsebatterystaple",
    ]

    /// Words that with digits and signs around them are tried as well.
    static let stems: Set<String> = [
        "password", "passwort", "passw", "qwerty", "qwertyuiop", "qwertz", "letmein", "welcome", "willkommen",
        "iloveyou",
        "admin", "administrator", "changeme", "interlock", "marketing", "sales", "company", "firma", "summer", "winter",
        "sommer", "spring", "autumn", "football", "monkey", "dragon", "master", "secret", "test", "abc", "abcd",
    ]
}
