internal import Foundation
public import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOHTTPTypes
internal import ServiceLifecycle
internal import UnixSignals

/// How a server listens, and how long it puts up with whom.
public struct Listening: Sendable {
    public var host: String
    public var port: Int
    /// Connections at once; the others wait to be accepted.
    public var connections: Int
    public var patience: Patience

    public init(host: String = "127.0.0.1", port: Int = 8080, connections: Int = 4096, patience: Patience = Patience())
    {
        (self.host, self.port, self.connections, self.patience) = (host, port, connections, patience)
    }
}

extension Site {
    /// The server, not yet running. `running` is called with the port once it listens.
    public func application(
        _ listening: Listening, running: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> Application<Responder> {
        var channel = HTTP1Channel.Configuration(
            additionalChannelHandlers: [RequestDeadline(listening.patience)], idleTimeout: nil)
        channel.httpDecoder = .init(
            maxHeaderFieldSize: 8 * 1024, maxHeaderListSize: 16 * 1024, maxHeaderFieldCount: 100)
        var configuration = ApplicationConfiguration(address: .hostname(listening.host, port: listening.port))
        configuration.availableConnectionsDelegate = MaximumAvailableConnections(listening.connections)
        // Hummingbird's own lines name addresses; ours do not.
        var quiet = logger
        quiet.logLevel = .error
        return Application(
            responder: responder, server: .http1(configuration: channel), configuration: configuration,
            onServerRunning: { await running($0.localAddress?.port ?? listening.port) }, logger: quiet)
    }

    /// Serves until it is told to stop (SIGTERM, SIGINT), then finishes what it has begun, and returns when everything taken
    /// in is durable.
    public func serve(_ listening: Listening, running: @escaping @Sendable (Int) async -> Void) async throws {
        let application = application(listening, running: running)
        // The last is stopped first: streams must end before the server waits for what it has begun.
        var configuration = ServiceGroupConfiguration(
            services: courierServices + [Clockwork(site: self), application, StopSign(site: self)],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: application.logger)
        configuration.maximumGracefulShutdownDuration = .seconds(30)
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw ServingFault.portTaken(listening.port)
        } catch let error as IOError where error.errnoCode == EACCES || error.errnoCode == EADDRNOTAVAIL {
            throw ServingFault.cannotListen(listening.host, listening.port)
        }
        await finish()
    }
}

extension Site {
    private var courierServices: [any Service] { courier.map { [CourierService(courier: $0, site: self)] } ?? [] }
}

/// Why a server could not be started.
public enum ServingFault: Error, Equatable, Sendable {
    case portTaken(Int)
    case cannotListen(String, Int)

    public var sentence: String {
        switch self {
        case .portTaken(let port): "another program listens on port \(port)"
        case .cannotListen(let host, let port): "this machine does not let the program listen on \(host), port \(port)"
        }
    }

    public var remedy: String {
        switch self {
        case .portTaken: "Stop it, or name another port with --port."
        case .cannotListen: "Name an address of this machine with --host, and a port above 1023 with --port."
        }
    }
}

/// Tells the site that it is to stop before the server stops taking requests.
private struct StopSign: Service {
    let site: Site

    func run() async throws {
        await withGracefulShutdownHandler {
            try? await gracefulShutdown()
        } onGracefulShutdown: {
            site.beginToStop()
        }
    }
}

/// Lets the company move on by the clock, and notices what other programs have written into the journal.
private struct Clockwork: Service {
    let site: Site
    private static let beat = Duration.milliseconds(250)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            // Cancelled while it sleeps, it has nothing to finish.
            while (try? await Task.sleep(for: Clockwork.beat)) != nil {
                do {
                    try await Blocking.run { try site.company.tick() }
                } catch {
                    site.logger.error("not judged", metadata: ["error": "\(type(of: error))"])
                }
            }
        }
    }
}
