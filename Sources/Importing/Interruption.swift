internal import Foundation

/// Lets a test end the program in the middle of an import, as a power cut would:
///
///     INTERLOCK_TEST_STEP_ROWS=100      rows in a step, so that a small file takes many commits
///     INTERLOCK_TEST_KILL_AFTER=3       SIGKILL right after the third commit
struct Interruption {
    let stepRows: Int?
    private let killAfter: Int?

    init(_ environment: [String: String] = ProcessInfo.processInfo.environment) {
        stepRows = environment["INTERLOCK_TEST_STEP_ROWS"].flatMap { Int($0) }.map { max(1, $0) }
        killAfter = environment["INTERLOCK_TEST_KILL_AFTER"].flatMap { Int($0) }
    }

    func committed(_ commits: Int) {
        if commits == killAfter { kill(getpid(), SIGKILL) }
    }
}
