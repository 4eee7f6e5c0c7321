import Agreement
import Answers
import ArgumentParser
import Foundation
import Journal
import Vocabulary

/// `interlock sign key`: makes a key and registers it.
struct SignKey: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Make a key to sign with, and register it as yours.",
        discussion: """
            interlock sign key --as maria@northwind.example --out maria.key
            interlock sign key --as maria@northwind.example --out new.key --old-key maria.key
            interlock sign key --as maria@northwind.example --out new.key \\
                --vouched-by revops@northwind.example --voucher-key revops.key

            The first key of a person needs nobody's word: tell its fingerprint to the others, who see it in `interlock \
            sign status`. A further one replaces the one before it, and needs its word or, where it is lost, that of \
            operations of the version in force. What the old key signed until then stays signed; from then on it counts \
            for nothing, whatever instant it claims.
            """)

    @OptionGroup var signer: SignerOptions
    @Option(help: ArgumentHelp("Where to write the private key: a new file, for you alone.", valueName: "file"))
    var out: String
    @Option(help: ArgumentHelp("The key that this one replaces.", valueName: "file"), completion: .file())
    var oldKey: String?
    @Option(help: ArgumentHelp("Who is operations, where the old key is lost.", valueName: "email"))
    var vouchedBy: String?
    @Option(help: ArgumentHelp("The key of who vouches.", valueName: "file"), completion: .file())
    var voucherKey: String?

    func validate() throws {
        if (vouchedBy == nil) != (voucherKey == nil) {
            throw ValidationError("--vouched-by and --voucher-key go together: whose word it is, and their key")
        }
        if oldKey != nil, vouchedBy != nil {
            throw ValidationError("--old-key and --vouched-by are two ways; choose one")
        }
    }

    func run() throws {
        try reportingTrouble {
            let now = Instant.now
            let at = signer.at ?? now
            let person = try signer.named()
            let journal = try AgreementJournal(try signer.journal.open(creating: true))
            try journal.refuseGoingBack(to: at, now: now)
            let file = SigningKeyFile(for: person)
            let statements = try statements(file, person, at, journal.versions)
            try file.write(to: out)
            do {
                try journal.append(statements.map { $0.fact(recorded: now) }, stating: statements)
            } catch {
                try? FileManager.default.removeItem(atPath: out)
                throw error
            }
            print("Made a key of \(person) in \(out), and registered it: \(file.key.verifying.fingerprint).")
            print("Keep the file to yourself. Tell the others its fingerprint; they see it in `interlock sign status`.")
        }
    }

    /// The registration last, behind the word of another for it.
    private func statements(
        _ file: SigningKeyFile, _ person: NamedPerson, _ at: Instant, _ versions: AgreementVersions
    ) throws -> [SignedStatement] {
        let number = versions.nextNumber(of: person)
        let registers = Statement(by: person, number: number, at: at, .registers(file.key.verifying))
        if let oldKey {
            let old = try SigningKeyFile(path: oldKey)
            try old.refuseUnlessCurrent(of: person, in: versions, option: "--old-key \(oldKey)")
            let vouch = SignedStatement.Vouch.replacedKey(old.key.signature(of: registers.signedBytes))
            return [SignedStatement(registers, with: file.key, vouch: vouch)]
        }
        guard let vouchedBy, let voucherKey else { return [SignedStatement(registers, with: file.key)] }
        let voucher = try NamedPerson(option: "--vouched-by", vouchedBy)
        let theirs = try SigningKeyFile(path: voucherKey)
        try theirs.refuseUnlessCurrent(of: voucher, in: versions, option: "--voucher-key \(voucherKey)")
        let vouches = Statement(
            by: voucher, number: versions.nextNumber(of: voucher), at: at,
            .vouches(for: person, file.key.verifying, number: number))
        return [
            SignedStatement(vouches, with: theirs.key),
            SignedStatement(
                registers, with: file.key, vouch: .statement(by: voucher, number: vouches.number)),
        ]
    }
}
