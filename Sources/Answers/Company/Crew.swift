internal import Dispatch
package import Engine
internal import Foundation
internal import Synchronization

/// So many threads, or as many as there are cores where that is fewer.
package func crew(of threads: Int) -> Crew {
    { pieces, work in
        let next = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: max(1, min(threads, pieces))) { _ in
            while true {
                let piece = next.withLock { next in
                    defer { next += 1 }
                    return next
                }
                guard piece < pieces else { return }
                work(piece)
            }
        }
    }
}

/// As many threads as this machine has cores.
package var wholeCrew: Crew { crew(of: ProcessInfo.processInfo.activeProcessorCount) }
