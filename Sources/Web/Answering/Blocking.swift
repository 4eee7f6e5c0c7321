internal import NIOPosix

/// Work that waits for a disk, on threads of its own: the ones that answer requests never wait.
enum Blocking {
    static func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await NIOThreadPool.singleton.runIfActive(work)
    }
}

/// Where passwords are checked: two at a time, each with 64 MiB, twenty waiting, and the others are sent away.
actor PasswordDesk {
    private var working = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private static let (places, chairs) = (2, 20)

    func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        if working < PasswordDesk.places {
            working += 1
        } else if waiting.count < PasswordDesk.chairs {
            await withCheckedContinuation { waiting.append($0) }
        } else {
            throw Problem.unavailable("busy", seconds: 5, "Too many people are signing in at once.")
        }
        defer { leave() }
        return try await Blocking.run(work)
    }

    /// Whoever waits longest takes the place over.
    private func leave() {
        if waiting.isEmpty { working -= 1 } else { waiting.removeFirst().resume() }
    }
}
