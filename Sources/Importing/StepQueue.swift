internal import Foundation
internal import Intake

/// Runs the reader on a thread of its own, at most two steps ahead of the one being committed: reading and mapping take
/// one core, committing the other, and memory stays bounded.
final class StepQueue: @unchecked Sendable {
    private let condition = NSCondition()
    private var waiting: [ImportStep] = []
    private var ended = false
    private var failure: (any Error)?
    private var cancelled = false
    private static let ahead = 2

    /// `read` is called on the new thread only, until it gives `nil` or throws.
    func start(_ read: @escaping () throws -> ImportStep?) {
        // The closure moves to the thread as a whole: nobody else touches what it holds until `next` has given `nil`.
        nonisolated(unsafe) let read = read
        let thread = Thread { [self] in
            do {
                while let step = try read() {
                    guard put(step) else { return }
                }
                end(nil)
            } catch {
                end(error)
            }
        }
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// The next step, waiting for it; `nil` at the end. Throws what reading threw, after the steps before it.
    func next() throws -> ImportStep? {
        condition.lock()
        defer { condition.unlock() }
        while waiting.isEmpty, !ended { condition.wait() }
        if !waiting.isEmpty {
            condition.broadcast()
            return waiting.removeFirst()
        }
        if let failure { throw failure }
        return nil
    }

    func cancel() {
        condition.lock()
        cancelled = true
        condition.broadcast()
        condition.unlock()
    }

    private func put(_ step: ImportStep) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        while waiting.count >= StepQueue.ahead, !cancelled { condition.wait() }
        guard !cancelled else { return false }
        waiting.append(step)
        condition.broadcast()
        return true
    }

    private func end(_ error: (any Error)?) {
        condition.lock()
        failure = error
        ended = true
        condition.broadcast()
        condition.unlock()
    }
}
