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

    /// As it was before it was packed. Throws 413, 429, 415, and 400 for a body that broke off.
    func read(_ request: Request, upTo limit: Int) async throws -> HeldBody {
        let declared = request.headers[.contentLength].flatMap { Int($0) }
        if let declared, declared > limit { throw tooLarge(limit) }
        let unpacking = try unpacking(request)
        let body = HeldBody(self)
        var (parts, sent) = (request.body.makeAsyncIterator(), 0)
        while let part = try await next(&parts) {
            sent += part.readableBytes
            guard sent <= limit else { throw tooLarge(limit) }
            if let unpacking {
                try unpack(part, unpacking, into: body, limit)
            } else {
                try keep(part.readableBytesView, in: body, limit)
            }
        }
        if declared.map({ $0 != sent }) ?? false || unpacking.map({ !$0.isAtEnd && sent > 0 }) ?? false {
            throw Problem(.badRequest, "cut-short", "The body broke off.", remedy: "Send it whole.")
        }
        return body
    }

    private func unpacking(_ request: Request) throws -> Unpacking? {
        switch request.headers[.contentEncoding]?.lowercased() {
        case nil, "", "identity": return nil
        case "gzip", "x-gzip": return Unpacking()
        case .some(let encoding):
            throw Problem(
                .unsupportedMediaType, "content-encoding", "The body is packed as \(encoding.prefix(40)).",
                remedy: "Send it as it is, or with gzip.")
        }
    }

    private func unpack(_ part: ByteBuffer, _ unpacking: Unpacking, into body: HeldBody, _ limit: Int) throws {
        do {
            try unpacking.unpack(part) { try keep($0, in: body, limit) }
        } catch Unpacking.Fault.notGzip {
            throw Problem(
                .badRequest, "not-gzip", "The body says that it is gzip, and is not.",
                remedy: "Pack it again, or send it as it is.")
        } catch Unpacking.Fault.tooLarge {
            throw Problem(
                .contentTooLarge, "unpacks-too-large", "The body unpacks to more than a hundred times its size.",
                remedy: "Send it as it is, in smaller parts.")
        }
    }

    private func keep(_ bytes: some Collection<UInt8>, in body: HeldBody, _ limit: Int) throws {
        guard body.count + bytes.count <= limit else { throw tooLarge(limit) }
        guard hold(bytes.count) else { throw Problem.busy(seconds: 1, "More is being sent than the server can hold.") }
        body.append(bytes)
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

    fileprivate func append(_ part: some Collection<UInt8>) { bytes.append(contentsOf: part) }
}
