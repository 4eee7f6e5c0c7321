package import Intake
package import Journal

/// What the first rows of a file would become.
package struct Trial: Sendable {
    package fileprivate(set) var read = ReadingCounts()
    /// Facts by their kind, the most frequent first.
    package private(set) var facts: [(words: String, count: Int)] = []
    package private(set) var rejects: [Reject] = []
    /// No row came behind those that were tried.
    package internal(set) var isWhole = false

    mutating func add(_ step: ImportStep) {
        var counts: [String: Int] = [:]
        for entry in step.batch.entries {
            counts[step.batch.shapes[entry.shape].kind.word, default: 0] += 1
        }
        facts = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
        rejects = step.rejects
        read = step.read
    }
}
