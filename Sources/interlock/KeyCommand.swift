import Access
import Answers
public import ArgumentParser
import Foundation
public import Roles
import StoreSQLite
import Vocabulary

struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Keys with which programs send facts, read numbers, or read the server's meters.",
        discussion: """
            interlock key make "Our web site" --may send --source web --user-record hubspot/contact
            interlock key revoke 3
            """,
        subcommands: [MakeKey.self, ListKeys.self, RevokeKey.self])
}

struct MakeKey: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "make", abstract: "Make a key and print it: this once, and never again.")

    @OptionGroup var journal: JournalOption
    @Argument(help: "What it is for.") var name: String
    @Option(help: "What it may do; give it more than once for more than one.") var may: [Scope]
    @Option(help: "As which system its facts stand in the journal.") var source = "web"
    @Option(help: "Of which records the user ids are that it sends: hubspot/contact. Else of this source's users.")
    var userRecord: String?
    @Option(help: "How many days it works, up to 366.") var days = 365

    func run() throws {
        try reportingTrouble {
            let record = (userRecord ?? "").split(separator: "/", maxSplits: 1).map(String.init)
            guard userRecord == nil || record.count == 2 else {
                throw ValidationError("--user-record: write a source and an object, as in hubspot/contact")
            }
            let access = try AccessStore(folder: try journal.open(creating: true).path)
            let request = KeyRequest(
                name: name, scopes: Set(may), source: source, userSource: record.first,
                userObject: record.last ?? "user",
                lasts: .days(Int64(days)))
            do {
                print(try access.makeKey(request, by: .program, at: .now).text)
            } catch let fault as KeyFault {
                throw ValidationError(fault.sentence)
            }
        }
    }
}

struct ListKeys: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Print which keys there are.")

    @OptionGroup var journal: JournalOption

    func run() throws {
        try reportingTrouble {
            let rows = try journal.openAccess().keys().map { key in
                [
                    String(key.id), key.name, key.scopes.map(\.rawValue).sorted().joined(separator: " "), key.source,
                    "\(key.userSource)/\(key.userObject)", key.used?.description ?? "never used",
                    key.revoked.map { "revoked \($0)" } ?? "until \(key.expires)",
                ]
            }
            print(rows.isEmpty ? "There are no keys." : TextTable(rows: rows, rightAligned: [0]).text)
        }
    }
}

struct RevokeKey: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Let a key in no longer, from this moment on.")

    @OptionGroup var journal: JournalOption
    @Argument(help: "Its number, as `interlock key list` prints it.") var number: Int64

    func run() throws {
        try reportingTrouble {
            let access = try journal.openAccess()
            guard let key = try access.keys().first(where: { $0.id == number }) else {
                throw Trouble("there is no key \(number)", remedy: "See `interlock key list`.")
            }
            try access.revokeKey(number, by: .program, at: .now)
            print("The key “\(key.name)” is revoked.")
        }
    }
}

extension Scope: ExpressibleByArgument {}
