import Foundation
import Testing

/// `interlock serve` in a process of its own, on a port that the system picked.
final class RunningServer: @unchecked Sendable {
    let port: Int
    /// What it printed when it was ready.
    let greeting: String
    private let process = Process()

    init(journal: String, _ options: [String] = []) async throws {
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: ProgramUnderTest.path)
        process.arguments = ["serve", "--journal", journal, "--port", "0", "--log", "error"] + options
        (process.standardOutput, process.standardError) = (output, FileHandle.nullDevice)
        try process.run()
        var printed = ""
        while !printed.contains("Ctrl-C.\n") {
            let part = output.fileHandleForReading.availableData
            if part.isEmpty { break }
            printed += String(decoding: part, as: UTF8.self)
        }
        // The link for the first operator is printed with it, where there is one.
        greeting = printed
        let found = try #require(printed.firstMatch(of: /http:\/\/127\.0\.0\.1:([0-9]+)\//), "it printed: \(printed)")
        port = try #require(Int(found.output.1))
    }

    deinit { if process.isRunning { Glibc.kill(process.processIdentifier, SIGKILL) } }

    var isRunning: Bool { process.isRunning }

    /// Ends it as an operator would, and gives the exit code.
    func stop() -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Ends it as a power cut would.
    func kill() {
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Sends JSON with a key; the status and the body. Throws where the connection breaks.
    func post(_ path: String, _ json: String, key: String) async throws -> (status: Int, body: String) {
        try await ask(
            "POST \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer \(key)\r\n"
                + "Content-Type: application/json\r\nContent-Length: \(json.utf8.count)\r\n\r\n\(json)")
    }

    func get(_ path: String, key: String? = nil) async throws -> (status: Int, body: String) {
        let authorization = key.map { "Authorization: Bearer \($0)\r\n" } ?? ""
        return try await ask("GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\(authorization)\r\n")
    }

    /// On a thread of its own, because the socket blocks. `URLSession` for Linux never comes back from a 401 that names a way
    /// to authenticate.
    private func ask(_ request: String) async throws -> (status: Int, body: String) {
        let port = port
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try PlainExchange(port, request).answer() })
            }
        }
    }
}

/// One request over one connection, which the server closes.
private struct PlainExchange {
    private let port: Int
    private let request: [UInt8]

    init(_ port: Int, _ request: String) { (self.port, self.request) = (port, Array(request.utf8)) }

    func answer() throws -> (status: Int, body: String) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw POSIXError(.EMFILE) }
        defer { close(descriptor) }
        try connect(descriptor)
        try send(descriptor)
        let text = String(decoding: receive(descriptor), as: UTF8.self)
        guard let head = text.range(of: "\r\n\r\n"), let status = Int(text.dropFirst(9).prefix(3)) else {
            throw POSIXError(.ECONNRESET)
        }
        return (status, String(text[head.upperBound...]))
    }

    private func connect(_ descriptor: Int32) throws {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw POSIXError(.ECONNREFUSED) }
    }

    private func send(_ descriptor: Int32) throws {
        var rest = request[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { throw POSIXError(.EPIPE) }
            rest = rest.dropFirst(sent)
        }
    }

    private func receive(_ descriptor: Int32) -> [UInt8] {
        var (received, part) = ([UInt8](), [UInt8](repeating: 0, count: 65536))
        while true {
            let count = recv(descriptor, &part, part.count, 0)
            guard count > 0 else { return received }
            received += part.prefix(count)
        }
    }
}
