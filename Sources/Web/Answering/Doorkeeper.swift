internal import Access
internal import HTTPTypes
internal import Hummingbird
internal import Inbound
internal import Roles
internal import Synchronization
internal import Vocabulary

/// Lets in whoever may come in: knows people by their cookie and programs by their key.
final class Doorkeeper: Sendable {
    private let store: AccessStore
    private let origin: SiteOrigin
    private let attempts = AttemptLimit(allowed: 20, each: .minutes(1))

    init(_ store: AccessStore, _ origin: SiteOrigin) { (self.store, self.origin) = (store, origin) }

    // MARK: Who asks

    /// A key in the header counts, else the cookie. A key that does not hold is told at once: falling back on a cookie
    /// would hide that.
    func caller(of request: Request, at now: Instant) async throws -> Caller {
        let store = store
        if let header = request.headers[.authorization] {
            guard let text = Credentials.key(in: header) else { throw unknownKey }
            let key = try await Blocking.run { try store.key(text, at: now) }
            guard let key else { throw unknownKey }
            return .key(key)
        }
        guard let cookie = origin.cookie(in: request) else { return .nobody }
        let session = try await Blocking.run { try store.session(cookie: cookie, at: now) }
        return session.map(Caller.member) ?? .nobody
    }

    /// The key that stands in the body, where there is one.
    func caller(inBody body: [UInt8], at now: Instant) async throws -> Caller {
        let store = store
        guard let document = try? JSON(body, limits: InboundLimits.json), let text = Segment.writeKey(in: document)
        else {
            return .nobody
        }
        let key = try await Blocking.run { try store.key(text, at: now) }
        guard let key else { throw unknownKey }
        return .key(key)
    }

    private var unknownKey: Problem {
        var problem = Problem(
            .unauthorized, "unknown-key", "There is no such key, or it has expired or was revoked.",
            remedy: "Make a key on the page “People and keys”.")
        problem.headers[.wwwAuthenticate] = #"Basic realm="Interlock", charset="UTF-8""#
        return problem
    }

    // MARK: May they

    func admit(_ caller: Caller, to route: Route, _ request: Request) throws {
        guard !route.act.isAllowed(to: caller.standing) else { return }
        guard case .nobody = caller else { throw Problem.forbidden }
        if route.kind == .page { throw SignInFirst(returnTo: request.method == .get ? request.uri.string : "/") }
        var problem = Problem(
            .unauthorized, "no-key", "This address wants a key.",
            remedy: "Send it as the user name of Basic authentication, or as a Bearer token.")
        problem.headers[.wwwAuthenticate] = #"Basic realm="Interlock", charset="UTF-8""#
        throw problem
    }

    /// Another site's name that leads here (DNS rebinding) gets nothing. Whether the server runs, everybody may ask.
    func checkHost(of request: Request, for route: Route) throws {
        guard route.act != .lookWhetherItRuns, !origin.isOurs(host: request.head.authority ?? "") else { return }
        throw Problem(
            .misdirectedRequest, "other-host", "This server does not answer under that name.",
            remedy: "Start it with --public-url where people reach it under another name.")
    }

    /// What changes something comes from a page of ours, and from the very sign-in that it changes something for.
    func checkForm(_ request: Request, _ body: [UInt8], _ caller: Caller, _ route: Route) throws {
        guard route.method != .get else { return }
        if route.kind == .api, case .member = caller, !origin.isOurs(request) { throw foreign }
        guard route.kind == .page else { return }
        guard origin.isOurs(request) else { throw foreign }
        let type = request.headers[.contentType] ?? ""
        let carriesFiles = route.takesFiles && MultipartForm.isOne(type)
        guard body.isEmpty || carriesFiles || type.lowercased().hasPrefix("application/x-www-form-urlencoded") else {
            throw Problem(.unsupportedMediaType, "not-a-form", "This address takes forms only.")
        }
        guard case .member(let session) = caller else { return }
        let token =
            carriesFiles ? MultipartForm(body, type: type)?["form_token"] ?? "" : FormFields(body)["form_token"]
        guard store.isFormToken(token, of: session) else { throw foreign }
    }

    private var foreign: Problem {
        Problem(
            .forbidden, "foreign-form", "This form was not sent from a page of this sign-in.",
            remedy: "Go back, load the page anew and send it again.")
    }

    func checkAttempts(_ route: Route, _ request: Request, _ connection: Connection, at now: Instant) throws {
        guard route.isAttempt else { return }
        let address = origin.address(of: request, connection)
        guard attempts.take(address, at: now) else {
            throw Problem.busy(seconds: 60, "There were too many attempts from where you are.")
        }
    }
}

/// The page asked for is only for people who have signed in.
struct SignInFirst: Error {
    var returnTo: String
}

/// Keys as they come in the header `Authorization`.
enum Credentials {
    /// `Basic` with the key as user name, as Segment's clients send it, or `Bearer`.
    static func key(in header: String) -> String? {
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        switch parts[0].lowercased() {
        case "bearer": return String(parts[1])
        case "basic":
            guard let decoded = Base64.bytes(parts[1]), let text = String(validating: decoded, as: UTF8.self) else {
                return nil
            }
            return text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).first.map(String.init)
        default: return nil
        }
    }
}

enum Base64 {
    /// RFC 4648, 4; padding may be left out.
    static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        var (bytes, bits, count) = ([UInt8](), UInt32(0), 0)
        for digit in text.utf8 where digit != UInt8(ascii: "=") {
            guard let value = value(of: digit) else { return nil }
            (bits, count) = (bits << 6 | value, count + 6)
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bytes
    }

    private static func value(of digit: UInt8) -> UInt32? {
        switch digit {
        case 0x41...0x5A: UInt32(digit - 0x41)
        case 0x61...0x7A: UInt32(digit - 0x61) + 26
        case 0x30...0x39: UInt32(digit - 0x30) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}

/// So many attempts from one address in a stretch of time.
final class AttemptLimit: Sendable {
    private let allowed: Int
    private let stretch: Elapsed
    private let seen = Mutex<(since: Instant, counts: [String: Int])>((Instant(milliseconds: 0), [:]))

    init(allowed: Int, each stretch: Elapsed) { (self.allowed, self.stretch) = (allowed, stretch) }

    /// Counts one more; false once there were too many.
    func take(_ address: String, at now: Instant) -> Bool {
        seen.withLock { seen in
            if now - seen.since >= stretch { seen = (now, [:]) }
            seen.counts[address, default: 0] += 1
            return seen.counts[address, default: 0] <= allowed
        }
    }
}
