import Foundation

/// A socket without manners: sends what bytes it is told to, whole requests or not.
final class RawSocket: @unchecked Sendable {
    private let descriptor: Int32

    struct Failure: Error { var what: String }

    init(_ port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(what: "no socket") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure(what: "cannot connect: \(errno)") }
    }

    deinit { close(descriptor) }

    func send(_ text: String) throws { try send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) throws {
        guard trySend(bytes) else { throw Failure(what: "cannot send") }
    }

    @discardableResult
    func trySend(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { return false }
            rest = rest.dropFirst(sent)
        }
        return true
    }

    func closeSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// What comes until a text stands at its end.
    func receive(until ending: String, within milliseconds: Int = 5000) throws -> String {
        var received = [UInt8]()
        let end = ContinuousClock.now + .milliseconds(milliseconds)
        while !received.reversed().starts(with: ending.utf8.reversed()) {
            guard ContinuousClock.now < end, let part = part(within: 100) else {
                throw Failure(what: "closed after “\(String(decoding: received, as: UTF8.self))”")
            }
            received += part
        }
        return String(decoding: received, as: UTF8.self)
    }

    /// What comes until the other side closes, or time is over.
    func receiveAll(within milliseconds: Int) -> String {
        var received = [UInt8]()
        let end = ContinuousClock.now + .milliseconds(milliseconds)
        while ContinuousClock.now < end, let part = part(within: 50) { received += part }
        return String(decoding: received, as: UTF8.self)
    }

    func isClosedByPeer(within milliseconds: Int) -> Bool {
        let end = ContinuousClock.now + .milliseconds(milliseconds)
        while ContinuousClock.now < end { if part(within: 50) == nil { return true } }
        return false
    }

    /// Bytes; none when nothing came in time; `nil` once the other side has closed.
    private func part(within milliseconds: Int32) -> [UInt8]? {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, milliseconds) > 0 else { return [] }
        var bytes = [UInt8](repeating: 0, count: 65536)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        return count > 0 ? Array(bytes.prefix(count)) : nil
    }
}
