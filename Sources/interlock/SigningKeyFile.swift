import Agreement
import Answers
import Foundation
import Journal

/// A private key in a file that only its owner may read:
///
///     interlock signing key 1
///     maria@northwind.example
///     9d61b19deffd5a60…
struct SigningKeyFile {
    let person: NamedPerson
    let key: SigningKey

    private static let heading = "interlock signing key 1"

    /// A new key, drawn from the system.
    init(for person: NamedPerson) {
        var random = SystemRandomNumberGenerator()
        self.person = person
        key = SigningKey(drawingWords: { random.next() })
    }

    init(path: String) throws {
        let handle = FileHandle(forReadingAtPath: path)
        guard let handle, let data = try? handle.read(upToCount: 4096) else {
            throw Trouble("\(path) cannot be read", remedy: "Name the file that `interlock sign key` made.")
        }
        try SigningKeyFile.refuseOpenToOthers(path)
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 4, lines[0] == SigningKeyFile.heading, lines[3].isEmpty,
            let key = Hex.bytes(lines[2]).flatMap({ SigningKey(bytes: $0) })
        else {
            throw Trouble("\(path) is no key for signing", remedy: "Name the file that `interlock sign key` made.")
        }
        (person, self.key) = (NamedPerson(String(lines[1])), key)
    }

    /// A key that others can read is anybody's.
    private static func refuseOpenToOthers(_ path: String) throws {
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int ?? 0
        guard mode & 0o077 == 0 else {
            throw Trouble(
                "\(path) can be read by others, so whoever signs with it may be anybody",
                remedy: "If nobody else has read it, run `chmod 600 \(path)`; else replace the key.")
        }
    }

    /// Writes it where no file is yet.
    func write(to path: String) throws {
        let file = try PrivateFile(replacing: path, isNew: true)
        let text = [SigningKeyFile.heading, person.address, Hex.text(key.bytes), ""].joined(separator: "\n")
        try file.handle.write(contentsOf: Data(text.utf8))
        try file.commit()
    }

    /// Refuses a key that is not the one with which this person's next statement must be signed.
    func refuseUnlessCurrent(of person: NamedPerson, in versions: AgreementVersions, option: String) throws {
        guard self.person == person else {
            throw Refusal(
                "other-key", "\(option) is a key of \(self.person), not of \(person)",
                remedy: "Name the file of \(person): each signs with their own key, also on somebody else's behalf.")
        }
        guard let registered = versions.key(of: person) else {
            throw Refusal(
                StatementFault.unknownKey.rawValue, "\(person) has no key in this journal",
                remedy: StatementFault.unknownKey.remedy)
        }
        guard registered.key == key.verifying else {
            throw Refusal(
                "other-key",
                "\(option) is the key \(key.verifying.fingerprint), and \(person) signs with \(registered.key.fingerprint)",
                remedy: "Name the file of that key. If it is lost, see `interlock sign key --help`.")
        }
    }
}
