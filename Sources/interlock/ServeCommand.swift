import Access
import Agreement
import Answers
import ArgumentParser
import Foundation
import Journal
import Logging
import OpenID
import OutboxSQLite
import StoreSQLite
import Vocabulary
import Web

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Let people and programs in: pages, and what is sent from elsewhere.",
        discussion: """
            interlock serve
            interlock serve --port 9000 --public-url https://interlock.acme.example
            interlock serve --smtp smtps://mail.acme.example:465 --from interlock@acme.example --notices notices.yaml

            Listens on this machine only, unless you say otherwise. The first start prints a link, which works once, for the \
            first operator. To let others in, put a proxy that speaks https in front and say with --public-url under which \
            name people reach it. From when `interlock live begin` says it decides who gets which lead, and tells people what \
            concerns them: in their browsers, and with --smtp or --notices by mail and in channels. Stops with Ctrl-C or SIGTERM, after what was begun is done and durable.
            """)

    @OptionGroup var journal: JournalOption
    @Option(help: "The address to listen on.") var host = "127.0.0.1"
    @Option(help: "The port to listen on.") var port = 8080
    @Option(help: "Under which name people reach the server: https://interlock.acme.example.") var publicURL: String?
    @OptionGroup(title: "The company's sign-in (OpenID Connect)") var company: CompanySignInOptions
    @Option(help: "Log only what is at least so grave.") var log = LogLevel.info
    @OptionGroup(title: "Telling people") var telling: TellingOptions

    func validate() throws {
        guard (0...65535).contains(port) else { throw ValidationError("--port: a port is a number up to 65535") }
        _ = try origin()
        try company.check()
        if publicURL == nil, !["127.0.0.1", "localhost", "::1"].contains(host) {
            throw ValidationError(
                "--host \(host) lets other machines in: say with --public-url under which name they reach the server")
        }
    }

    func run() async throws {
        try await reportingTrouble {
            let store = try journal.open(creating: true)
            let lock = try FolderLock(store.path)
            defer { lock.release() }
            let access = try AccessStore(folder: store.path)
            let zone = try AgreementJournal(store).versions.all.last { $0.from != nil }?.agreement.zone ?? .utc
            let told = try telling.bag(
                folder: store.path, zone: zone, address: try origin().url("", listening: "\(host):\(port)"))
            // The lock is ours, so whoever had claims is gone.
            try told.outbox.takeBackClaims()
            try await serve(
                Site(
                    journal: store, access: access, origin: try origin(), logger: logger,
                    companySignIn: try company.signIn(), telling: told.bag,
                    uploads: store.path + "/uploads", clock: { .now }), access)
            try told.outbox.close()
            try access.close()
            try store.checkpoint()
            try store.close()
        }
    }

    private func origin() throws -> SiteOrigin { try SiteOriginOption.origin(publicURL) }

    private var logger: Logger {
        var logger = Logger(label: "interlock") { _ in LogLines(clock: { .now }) }
        logger.logLevel = log.level
        return logger
    }

    private func serve(_ site: Site, _ access: AccessStore) async throws {
        let origin = try origin()
        let listening = Listening(host: host, port: port, connections: OpenFiles.raised() / 2)
        let host = host.contains(":") ? "[\(host)]" : host
        try await site.serve(listening) { port in
            print("Interlock listens on \(origin.url("/", listening: "\(host):\(port)")). Stop it with Ctrl-C.")
            if let link = try? access.firstLink(at: .now) {
                let url = origin.url("/join/\(link.text)", listening: "\(host):\(port)")
                print("Nobody has joined yet. The first operator does so here, within 24 hours:\n  \(url)")
            }
            fflush(nil)
        }
    }
}

enum LogLevel: String, CaseIterable, ExpressibleByArgument {
    case debug, info, warning, error

    var level: Logger.Level {
        switch self {
        case .debug: .debug
        case .info: .info
        case .warning: .warning
        case .error: .error
        }
    }
}

/// Keeps a second server off the same folder.
struct FolderLock {
    private let file: Int32

    init(_ folder: String) throws {
        file = open(folder + "/serve.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw Trouble("\(folder) cannot be written", remedy: "Check who owns the folder.")
        }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            throw Trouble(
                "another server already serves \(folder)",
                remedy: "Stop it first, or name another folder with --journal.")
        }
    }

    func release() { close(file) }
}

enum OpenFiles {
    /// Every connection is an open file: takes as many as the system lets this program have, and says how many.
    static func raised() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
        limit.rlim_cur = min(limit.rlim_max, 65536)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return Int(limit.rlim_cur)
    }
}
