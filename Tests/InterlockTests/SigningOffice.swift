import Foundation
import Testing

/// A copy of the example company with a journal, and everybody's keys, for tests that sign from outside.
struct SigningOffice {
    let folder: TemporaryFolder
    private let program: ProgramUnderTest

    var journal: String { folder.path + "/journal" }
    var agreement: String { folder.path + "/northwind/agreement.yaml" }

    /// With keys of these people, named by the part before the @.
    init(_ names: [String] = []) throws {
        folder = try TemporaryFolder()
        program = ProgramUnderTest(folder: folder, environment: ["INTERLOCK_JOURNAL": folder.path + "/journal"])
        try FileManager.default.copyItem(
            at: CommandRun.package.appendingPathComponent("Examples/northwind"),
            to: URL(fileURLWithPath: folder.path + "/northwind"))
        for name in names {
            let made = try sign(["key", "--as", mail(name), "--out", key(name), "--at", "2026-01-20T09:00Z"])
            try #require(made.code == 0, "\(made.errors)")
        }
    }

    func mail(_ name: String) -> String { "\(name)@northwind.example" }
    func key(_ name: String) -> String { folder.path + "/\(name).key" }

    /// The agreement with a change, as a file of its own beside it.
    func changed(_ old: String, _ new: String, as name: String) throws -> String {
        let text = try String(contentsOfFile: agreement, encoding: .utf8)
        try #require(text.contains(old))
        return try folder.write(text.replacing(old, with: new), to: "northwind/" + name)
    }

    func run(_ arguments: [String]) throws -> ProgramUnderTest.Outcome {
        try program.run(ProgramUnderTest.path, arguments)
    }

    func sign(_ arguments: [String]) throws -> ProgramUnderTest.Outcome { try run(["sign"] + arguments) }

    /// Signs as the head of a side and gives what was printed.
    @discardableResult
    func sign(_ file: String, _ name: String, _ side: String, at instant: String) throws -> String {
        let outcome = try sign([
            file, "--as", mail(name), "--side", side, "--key", key(name), "--at", instant,
        ])
        #expect(outcome.code == 0, "\(outcome.errors)")
        return outcome.output
    }

    func signByAll(_ file: String, at instant: String) throws {
        try sign(file, "maria", "marketing", at: instant)
        try sign(file, "carlos", "sales", at: instant)
        try sign(file, "ada", "executive", at: instant)
    }

    func status(at instant: String = "2026-06-01T00:00Z") throws -> SigningStatus {
        let outcome = try sign(["status", "--json", "--at", instant])
        #expect([0, 1].contains(outcome.code), "\(outcome.errors)")
        return try JSONDecoder().decode(SigningStatus.self, from: Data(outcome.output.utf8))
    }
}

/// What `interlock sign status --json` says.
struct SigningStatus: Decodable {
    struct Version: Decodable {
        struct Signature: Decodable, Equatable {
            var side, signer, at: String
            var onBehalfOf: String?

            private enum CodingKeys: String, CodingKey {
                case side, signer, at
                case onBehalfOf = "on_behalf_of"
            }
        }
        struct Missing: Decodable, Equatable { var what, party: String, person: String? }
        struct Read: Decodable, Equatable { var side: String, named, confirmed: Int }

        var digest, company, standing, proposed: String
        var from, until: String?
        var signatures: [Signature]
        var missing: [Missing]
        var read: [Read]
        var notReadBy: [String]

        private enum CodingKeys: String, CodingKey {
            case digest, company, standing, proposed, from, until, signatures, missing, read
            case notReadBy = "not_read_by"
        }
    }
    struct Key: Decodable {
        var person, fingerprint: String
        var current: Bool
        var vouchedBy: String?

        private enum CodingKeys: String, CodingKey {
            case person, fingerprint, current
            case vouchedBy = "vouched_by"
        }
    }
    struct Fault: Decodable { var code, fact, sentence: String }

    var versions: [Version]
    var keys: [Key]
    var notCounted: [Fault]

    private enum CodingKeys: String, CodingKey {
        case versions, keys
        case notCounted = "not_counted"
    }
}
