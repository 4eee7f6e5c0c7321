import Access
public import ArgumentParser
public import Roles
import StoreSQLite
import Vocabulary
import Web

struct InviteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invite", abstract: "Make a link by which one person can join, once, within seven days.",
        discussion: """
            interlock invite "sales manager" --public-url https://interlock.acme.example

            Operators do the same on the page “People and keys”. This is the way back in when none of them can sign in.
            """)

    @OptionGroup var journal: JournalOption
    @Argument(help: "The role: \(Role.allCases.map(\.rawValue).joined(separator: ", ")).") var role: Role
    @Option(help: "Under which name people reach the server.") var publicURL: String?

    func validate() throws {
        _ = try SiteOriginOption.origin(publicURL)
    }

    func run() throws {
        try reportingTrouble {
            let access = try AccessStore(folder: try journal.open(creating: true).path)
            let token = try access.invite(as: role, by: .program, at: .now)
            print(try SiteOriginOption.origin(publicURL).url("/join/\(token.text)", listening: "127.0.0.1:8080"))
        }
    }
}

extension Role: ExpressibleByArgument {}
