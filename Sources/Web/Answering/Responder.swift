internal import Access
internal import HTTPTypes
public import Hummingbird
internal import HummingbirdCore
internal import Inbound
internal import Journal
internal import NIOCore
internal import Roles
internal import Vocabulary

/// What of a connection a request's answer depends on.
public struct Connection: Sendable, InitializableFromSource {
    let address: String

    public init(source: ApplicationRequestContextSource) {
        address = source.channel.remoteAddress?.ipAddress ?? ""
    }
}

/// Answers every request, always in this order: which route, who asks, may they, what do they send, then the answer.
public struct Responder: HTTPResponder {
    let site: Site

    public func respond(to request: Request, context: Connection) async throws -> Response {
        let began = ContinuousClock.now
        let found = site.table.find(request)
        do throws(BrokenOff) {
            var response = try await answer(request, context, found)
            site.seal(&response, for: request)
            site.watch(request, response, found.route, took: ContinuousClock.now - began)
            guard request.method == .head else { return response }
            return Response(status: response.status, headers: response.headers)
        } catch {
            site.watch(request, Response(status: .badRequest), found.route, took: ContinuousClock.now - began)
            throw error.underlying
        }
    }

    /// Throws only where the request itself broke off: everything else is explained in the answer.
    private func answer(
        _ request: Request, _ connection: Connection, _ found: RouteTable.Found
    ) async throws(BrokenOff) -> Response {
        var caller = Caller.nobody
        do {
            let (route, parameters) = try found.get()
            try site.doorkeeper.checkHost(of: request, for: route)
            return try await answer(request, connection, route, parameters, &caller)
        } catch let broken as BrokenOff {
            throw broken
        } catch {
            return site.explain(error, found.route?.kind ?? site.kind(of: request), request, caller)
        }
    }

    private func answer(
        _ request: Request, _ connection: Connection, _ route: Route, _ parameters: [String: String],
        _ caller: inout Caller
    ) async throws -> Response {
        let (now, doorkeeper) = (site.clock(), site.doorkeeper)
        do {
            caller = try await doorkeeper.caller(of: request, at: now)
        } catch  where route.act.isAllowed(to: .nobody) {
            // What is open to everybody is open to somebody with a key that is none.
            caller = .nobody
        }
        var body: HeldBody?
        if route.kind == .keyInBody, case .nobody = caller {
            let read = try await site.bodies.read(request, upTo: route.bodyLimit)
            caller = try await doorkeeper.caller(inBody: read.bytes, at: now)
            body = read
        }
        try doorkeeper.admit(caller, to: route, request)
        try route.operation?.check(FormFields(Array((request.uri.query ?? "").utf8)))
        let held = if let body { body } else { try await site.bodies.read(request, upTo: route.bodyLimit) }
        try doorkeeper.checkForm(request, held.bytes, caller, route)
        try doorkeeper.checkAttempts(route, request, connection, at: now)
        return try await route.answer(
            Asked(
                request: request, caller: caller, parameters: parameters, body: held.bytes, now: now, site: site))
    }
}

/// All routes, and which of them a request means.
struct RouteTable: Sendable {
    let routes: [Route]

    enum Found: Sendable {
        case route(Route, [String: String])
        case nothing
        case otherMethods([HTTPRequest.Method])

        var route: Route? { if case .route(let route, _) = self { route } else { nil } }

        func get() throws(Problem) -> (Route, [String: String]) {
            switch self {
            case .route(let route, let parameters): return (route, parameters)
            case .nothing: throw Problem.notFound
            case .otherMethods(let methods):
                let allowed = methods.map(\.rawValue).joined(separator: ", ")
                var problem = Problem(
                    .methodNotAllowed, "method-not-allowed", "This address answers to \(allowed) only.")
                problem.headers[.allow] = allowed
                throw problem
            }
        }
    }

    func find(_ request: Request) -> Found {
        let path = PathTemplate.segments(request.uri.path)
        var others: [HTTPRequest.Method] = []
        for route in routes {
            guard let parameters = route.path.parameters(in: path) else { continue }
            if route.method == request.method || route.method == .get && request.method == .head {
                return .route(route, parameters)
            }
            others.append(route.method)
        }
        return others.isEmpty ? .nothing : .otherMethods(others)
    }
}
