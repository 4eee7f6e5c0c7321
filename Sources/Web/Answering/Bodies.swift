internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import NIOCore
internal import Synchronization

/// Reads what requests carry, within the limits of each route and of the whole server.
final class Bodies: Sendable {
    /// What all requests together may hold in memory: beyond it a sender is asked to come back.
    private let limit: Int
    private let held = Mutex(0)

    init(limit: Int = 256 << 20) { self.limit = limit }

    /// Throws 413, 429, 415, and 400 for a body that broke off.
    func read(_ request: Request, upTo limit: Int) async throws -> HeldBody {
        let declared = request.headers[.contentLength].flatMap { Int($0) }
        if let declared, declared > limit { throw tooLarge(limit) }
        if let encoding = request.headers[.contentEncoding], encoding.lowercased() != "identity" {
            throw Problem(
                .unsupportedMediaType, "content-encoding", "The body is compressed.", remedy: "Send it as it is.")
        }
        let body = HeldBody(self)
        var parts = request.body.makeAsyncIterator()
        while let part = try await next(&parts) {
            guard body.count + part.readableBytes <= limit else { throw tooLarge(limit) }
            guard hold(part.readableBytes) else {
                throw Problem.busy(seconds: 1, "More is being sent than the server can hold.")
            }
            body.append(part)
        }
        if let declared, declared != body.count {
            throw Problem(.badRequest, "cut-short", "The body broke off.", remedy: "Send it whole.")
        }
        return body
    }

    private func next(_ parts: inout RequestBody.AsyncIterator) async throws -> ByteBuffer? {
        do {
            return try await parts.next()
        } catch {
            throw BrokenOff(underlying: error)
        }
    }

    private func tooLarge(_ limit: Int) -> Problem {
        Problem(
            .contentTooLarge, "too-large", "The body has more than \(limit) bytes.", remedy: "Send it in smaller parts."
        )
    }

    private func hold(_ count: Int) -> Bool {
        held.withLock { held in
            guard held + count <= limit else { return false }
            held += count
            return true
        }
    }

    fileprivate func release(_ count: Int) { held.withLock { $0 -= count } }
}

/// What comes is no HTTP any more, or the connection is gone: the server below answers that, and closes.
struct BrokenOff: Error {
    var underlying: any Error
}

/// A body in memory, which is given back with it.
final class HeldBody {
    private(set) var bytes: [UInt8] = []
    private let bodies: Bodies

    fileprivate init(_ bodies: Bodies) { self.bodies = bodies }

    deinit { bodies.release(bytes.count) }

    var count: Int { bytes.count }

    fileprivate func append(_ part: ByteBuffer) { bytes.append(contentsOf: part.readableBytesView) }
}
