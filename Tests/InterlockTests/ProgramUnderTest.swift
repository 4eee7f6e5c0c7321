import Foundation

/// The program as people run it: the binary that was built beside the test bundle.
struct ProgramUnderTest {
    struct Outcome {
        /// The exit code; `nil` when a signal ended it.
        var code: Int32?
        var output: String
        var errors: String
        /// The most memory it held at once, in bytes, as far as it was seen.
        var peakMemory: Int
        var seconds: Double
    }

    /// What it may not share with other runs: its folder, its environment.
    var folder: TemporaryFolder
    var environment: [String: String] = [:]

    static var path: String {
        let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "."
        return ((bundle as NSString).deletingLastPathComponent as NSString).appendingPathComponent("interlock")
    }

    /// Runs it to the end, or kills it once it has run for `killedAfter` seconds.
    func run(_ arguments: String..., killedAfter: Double? = nil) throws -> Outcome {
        try run(ProgramUnderTest.path, arguments, killedAfter: killedAfter)
    }

    func run(_ program: String, _ arguments: [String], killedAfter: Double? = nil) throws -> Outcome {
        let name = folder.path + "/run-\(UInt64.random(in: .min ... .max))"
        defer { for end in ["out", "err"] { try? FileManager.default.removeItem(atPath: name + "." + end) } }
        let began = ContinuousClock.now
        let child = try spawn(program, arguments, output: name + ".out", errors: name + ".err")
        var (status, peak) = (Int32(0), 0)
        while waitpid(child, &status, WNOHANG) == 0 {
            peak = max(peak, peakMemory(of: child))
            if let killedAfter, seconds(since: began) >= killedAfter { kill(child, SIGKILL) }
            usleep(500)
        }
        return Outcome(
            code: status & 0x7F == 0 ? status >> 8 & 0xFF : nil, output: try text(name + ".out"),
            errors: try text(name + ".err"), peakMemory: peak, seconds: seconds(since: began))
    }

    private func seconds(since began: ContinuousClock.Instant) -> Double {
        (ContinuousClock.now - began) / .seconds(1)
    }

    /// What the kernel says it held at most so far. What `wait4` gives is no use: it counts what this process held when it
    /// became the other.
    private func peakMemory(of process: pid_t) -> Int {
        let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(separator: " ").compactMap { Int($0) }.first.map { $0 * 1024 } ?? 0
    }

    private func spawn(_ program: String, _ arguments: [String], output: String, errors: String) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        let all = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let (words, settings) = (cStrings([program] + arguments), cStrings(all.map { "\($0)=\($1)" }))
        defer { for text in words + settings { free(text) } }
        var child = pid_t()
        let result = posix_spawnp(&child, program, &actions, nil, words, settings)
        guard result == 0 else { throw POSIXError(POSIXErrorCode(rawValue: result) ?? .ENOENT) }
        return child
    }

    private func cStrings(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] { texts.map { strdup($0) } + [nil] }

    private func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    }
}

/// A folder of its own for one test, removed with it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "interlock-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file and gives its path.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String { try write(Array(text.utf8), to: name) }

    @discardableResult
    func write(_ bytes: [UInt8], to name: String) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
        return path + "/" + name
    }
}

/// Long tests run where time is no matter.
enum LongTests {
    static let areWanted = ProcessInfo.processInfo.environment["INTERLOCK_LONG_TESTS"] == "1"
}
