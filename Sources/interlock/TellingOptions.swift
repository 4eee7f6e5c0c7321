import Answers
import ArgumentParser
import Findings
import Foundation
import OutboxSQLite
import Postman
import Sync
import Vocabulary
import Web

/// How the server tells people: a mail server, and a file that says who wants what.
struct TellingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The mail server: smtps://mail.acme.example:465. Name and password from INTERLOCK_SMTP_USER and INTERLOCK_SMTP_PASSWORD.",
            valueName: "url"))
    var smtp: String?
    @Option(help: ArgumentHelp("The sender of mails.", valueName: "address")) var from: String?
    @Option(help: "Who wants to be told what, when and where: a file, see docs/notices.md.", completion: .file())
    var notices: String?
    @Flag(help: "Allow webhooks and a mail server without TLS on this very machine: for trying things out.")
    var allowLoopback = false

    func validate() throws {
        guard (smtp == nil) == (from == nil) else {
            throw ValidationError("--smtp and --from belong together: the server, and the sender of mails")
        }
        if let from, !Mail.isAddress(from) { throw ValidationError("--from: “\(from)” is no address") }
        if let smtp, !smtp.hasPrefix("smtps://"), !smtp.hasPrefix("smtp://") {
            throw ValidationError("--smtp: write smtps://mail.acme.example:465, or smtp://mail.acme.example:587")
        }
    }

    /// What the server needs. Without a mail server and a file of notices it decides, and tells those who look.
    func bag(folder: String, zone: Zone, address: String) throws -> (bag: CourierBag, outbox: SQLiteOutbox) {
        let settings = try settings(zone)
        let outbox = try SQLiteOutbox(folder: folder)
        let environment = ProcessInfo.processInfo.environment
        let login = environment["INTERLOCK_SMTP_USER"].map {
            Postman.Login(user: $0, password: environment["INTERLOCK_SMTP_PASSWORD"] ?? "")
        }
        let postman = Postman(mailServer: smtp ?? "", login: login, allowsLoopback: allowLoopback)
        let bag = CourierBag(outbox: outbox, transport: postman, settings: settings, from: from, address: address)
        return (bag, outbox)
    }

    private func settings(_ zone: Zone) throws -> NoticeSettings {
        guard let notices else { return NoticeSettings(zone: zone) }
        guard let data = FileManager.default.contents(atPath: notices) else {
            throw Trouble("\(notices) cannot be read", remedy: "Check the path and who may read it.")
        }
        let (settings, findings) = NoticeSettings.read(
            SourceText(file: notices, bytes: Array(data)), zone: zone, zones: SystemZones.zone)
        guard findings.isEmpty else {
            throw Trouble(
                "\(notices) is not understood:\n\n" + findings.map(\.text).joined(separator: "\n\n"),
                remedy: "Mend it and start again.")
        }
        return settings
    }
}
