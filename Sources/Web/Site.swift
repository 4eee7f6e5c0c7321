public import Access
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import Inbound
public import Journal
public import Logging
internal import NIOCore
internal import Roles
internal import Sync
internal import Synchronization
public import Vocabulary

/// Everything that answering needs: the stores, the clock, and what watches over the rest.
public final class Site: Sendable {
    let journal: any JournalStore
    let access: AccessStore
    let commit: GroupCommit
    let company: LivingCompany
    let clock: @Sendable () -> Instant
    let origin: SiteOrigin
    let doorkeeper: Doorkeeper
    let bodies = Bodies()
    let backtests = BacktestDesk()
    let imports: ImportDesk
    let passwords = PasswordDesk()
    /// `nil` where people sign in with passwords only.
    let issuer: CompanyIssuer?
    let attempts = CompanyAttempts()
    let seats = LiveSeats()
    let meters: Meters
    let logger: Logger
    /// Who tells people; `nil`: nobody does.
    private(set) var courier: Courier? {
        get { courierBox.withLock { $0 } }
        set { courierBox.withLock { $0 = newValue } }
    }
    private let courierBox = Mutex<Courier?>(nil)
    private let isStopping = Mutex(false)

    /// `uploads` is a folder of this server alone, for files that people bring; `nil`: they bring none. `waitingFacts` is how many
    /// facts may wait to be written before senders are asked to come back; `judging` how long a page
    /// waits for what has just come before it shows what stood a moment ago.
    public init(
        journal: any JournalStore, access: AccessStore, origin: SiteOrigin, logger: Logger, waitingFacts: Int = 50_000,
        judging: Duration = .milliseconds(120), companySignIn: CompanySignIn? = nil, telling bag: CourierBag? = nil,
        uploads: String? = nil,
        clock: @escaping @Sendable () -> Instant
    ) {
        (self.journal, self.access, self.origin) = (journal, access, origin)
        (self.logger, self.clock) = (logger, clock)
        issuer = companySignIn.map(CompanyIssuer.init)
        commit = GroupCommit(journal, limit: waitingFacts)
        company = LivingCompany(journal, patience: judging, clock: clock)
        doorkeeper = Doorkeeper(access, origin)
        imports = ImportDesk(folder: uploads)
        meters = Meters(startedAt: clock())
        if let bag { courier = Courier(bag, of: self) }
    }

    /// Every address the server answers to.
    public static var routes: [Route] {
        WatchingRoutes.all + SignInRoutes.all + CompanyRoutes.all + StartPage.routes + ScoreboardPage.routes
            + ReportPage.routes
            + RecordsPage.routes + LeadsPage.routes + LeadPage.routes + LiveRoutes.all
            + JournalPage.routes + PeoplePage.routes
            + AuditPage.routes + OutboxPage.routes
            + AgreementRoom.routes + RequestsPage.routes + RoutingPage.routes
            + DayPage.routes + VerdictsPage.routes + DisputesPage.routes + DeedLinkPage.routes
            + ImportPage.routes + AlertsPage.routes + CheckInsPage.routes + NoticeRoutes.all
            + AbsencesPage.routes
            + ReportAPI.routes + PeopleAPI.routes + DecisionAPI.routes + GateAPI.routes + AgreementAPI.routes
            + InboundRoutes.all + ImportAPI.routes + ManualPage.routes
    }

    let table = RouteTable(routes: Site.routes)

    public var responder: Responder { Responder(site: self) }

    // MARK: Stopping

    /// From now on the server says that it is not ready, so that nobody sends it more than it has.
    public func beginToStop() {
        isStopping.withLock { $0 = true }
        company.endWatching()
    }

    var isReady: Bool { !isStopping.withLock { $0 } && !commit.isClosed }

    /// Returns once everything that was taken in is durable.
    public func finish() async { await commit.close() }

    // MARK: What was told

    /// Makes facts durable, and lets pages know.
    func append(_ batch: FactBatch) async throws -> [Receipt] {
        let receipts = try await commit.append(batch)
        company.factsCame()
        return receipts
    }

    /// The same, of what somebody has just done in a page.
    func append(_ facts: [Fact]) async throws -> [Receipt] {
        var batch = FactBatch()
        for fact in facts { batch.append(fact) }
        return try await append(batch)
    }

    /// Throws where one of them could not be kept because something else was said under the same name at the same moment.
    func state(_ facts: [Fact]) async throws {
        let receipts = try await append(facts)
        guard receipts.allSatisfy({ [.accepted, .repeated, .unchanged].contains($0.verdict) }) else {
            throw Problem(
                .conflict, "said-already", "Something else was said of this at the same moment; yours was not kept.",
                remedy: "Go back, look again, and send it once more.")
        }
    }

    // MARK: Every response

    func seal(_ response: inout Response, for request: Request) {
        for (name, value) in Site.headers where response.headers[name] == nil { response.headers[name] = value }
        if origin.isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000; includeSubDomains" }
    }

    /// Nothing is fetched from elsewhere, nothing may frame us, nothing is kept by caches on the way.
    private static let headers: [(HTTPField.Name, String)] = [
        (
            .contentSecurityPolicy,
            """
            default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; \
            frame-ancestors 'none'; base-uri 'none'
            """
        ),
        (.xContentTypeOptions, "nosniff"),
        (.frameOptions, "DENY"),
        // Nothing is told to others. To ourselves it must be: without any, browsers send forms with an origin of “null”.
        (.referrerPolicy, "same-origin"),
        (.openerPolicy, "same-origin"),
        (.resourcePolicy, "same-origin"),
        (.cacheControl, "no-store"),
    ]

    /// Logged and counted under the route's template: the path itself may hold ids and links.
    func watch(_ request: Request, _ response: Response, _ route: Route?, took: Duration) {
        let path = route?.path.text ?? "none"
        meters.note(route: path, method: request.method.rawValue, status: response.status.code, took: took)
        logger.log(
            level: response.status.code >= 500 ? .error : .info, "answered",
            metadata: [
                "method": "\(request.method.rawValue.prefix(16))", "route": "\(path)",
                "status": "\(response.status.code)",
                "ms": "\(took.milliseconds)",
            ])
    }

    // MARK: What went wrong

    /// Under addresses nobody knows, programs are answered as programs.
    func kind(of request: Request) -> Route.Kind { request.uri.path.hasPrefix("/v1/") ? .api : .page }

    func explain(_ error: any Error, _ kind: Route.Kind, _ request: Request, _ caller: Caller) -> Response {
        if error is SignInFirst { return SignInRoutes.first(error) }
        let problem = Problem(error)
        if problem.status == .internalServerError { logger.error("failed", metadata: ["error": "\(type(of: error))"]) }
        guard case .page = kind else { return problem.document }
        return Layout.page(of: problem, caller)
    }
}

extension Duration {
    var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}

extension Problem {
    /// What any error means to whoever asked. What only the server's owner can mend says so and no more.
    init(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let refusal as GroupCommitRefusal:
            switch refusal {
            case .full: self = .busy(seconds: 1, "More facts are waiting than can be written at once.")
            case .closed: self = .unavailable("stopping", seconds: 5, "The server is being stopped.")
            }
        case JournalError.full, AccessError.full:
            self = .unavailable("disk-full", seconds: 60, "The server's disk is full; nothing of this was kept.")
        case JournalError.busy, AccessError.busy:
            self = .unavailable("busy", seconds: 2, "Somebody else is writing; nothing of this was kept.")
        case is JournalError, is AccessError:
            self = .unavailable("store", seconds: 60, "The server cannot write; nothing of this was kept.")
        default:
            self = Problem(
                .internalServerError, "defect",
                "Something went wrong that should not: this is a defect of the program.",
                remedy: "Please report what you did.")
        }
    }
}
