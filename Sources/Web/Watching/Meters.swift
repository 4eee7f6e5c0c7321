internal import Synchronization
internal import Vocabulary

/// What the server counts, in the text format that Prometheus reads.
final class Meters: Sendable {
    private struct Counts {
        var requests: [Request: Int] = [:]
        var durations: [String: Histogram] = [:]
        var facts: [String: Int] = [:]
        var told: [String: Int] = [:]
    }

    private struct Request: Hashable {
        var route: String
        var method: String
        var status: Int

        var order: String { "\(route) \(method) \(status)" }
    }

    private let counts = Mutex(Counts())
    private let startedAt: Instant

    init(startedAt: Instant) { self.startedAt = startedAt }

    private static let methods: Set<String> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

    /// Anybody can make up a method: whatever is none of the usual ones is counted as one.
    func note(route: String, method: String, status: Int, took: Duration) {
        let method = Meters.methods.contains(method) ? method : "other"
        counts.withLock { counts in
            counts.requests[Request(route: route, method: method, status: status), default: 0] += 1
            counts.durations[route, default: Histogram()].note(took)
        }
    }

    /// What became of facts that were sent: accepted, known, refused.
    func note(facts: Int, as outcome: String) {
        guard facts > 0 else { return }
        counts.withLock { $0.facts[outcome, default: 0] += facts }
    }

    /// What became of messages: noted, told, told later, cancelled, dead.
    func note(told: Int, as outcome: String) {
        guard told > 0 else { return }
        counts.withLock { $0.told[outcome, default: 0] += told }
    }

    func text(waiting: Int, head: Int64, now: Instant, outbox: [(state: String, count: Int)] = []) -> String {
        let counts = counts.withLock { $0 }
        var text = MeterText()
        text.meter("interlock_requests_total", "counter", "Requests answered, by route and status.")
        for (request, count) in counts.requests.sorted(by: { $0.key.order < $1.key.order }) {
            text.value(
                count, [("route", request.route), ("method", request.method), ("status", String(request.status))])
        }
        text.meter("interlock_request_seconds", "histogram", "How long answers took, by route.")
        for (route, histogram) in counts.durations.sorted(by: { $0.key < $1.key }) { histogram.write(route, to: &text) }
        text.meter("interlock_facts_total", "counter", "Items that were sent, by what became of them.")
        for (outcome, count) in counts.facts.sorted(by: { $0.key < $1.key }) {
            text.value(count, [("outcome", outcome)])
        }
        text.meter("interlock_messages_total", "counter", "Messages to people and programs, by what became of them.")
        for (outcome, count) in counts.told.sorted(by: { $0.key < $1.key }) {
            text.value(count, [("outcome", outcome)])
        }
        text.meter("interlock_outbox_entries", "gauge", "Entries of the outbox, by state.")
        for (state, count) in outbox { text.value(count, [("state", state)]) }
        text.meter("interlock_facts_waiting", "gauge", "Facts that wait to be written.")
        text.value(waiting)
        text.meter("interlock_journal_facts", "gauge", "Facts in the journal.")
        text.value(Int(head))
        text.meter("interlock_uptime_seconds", "gauge", "Since the server was started.")
        text.value(Int((now - startedAt).milliseconds / 1000))
        if let bytes = Memory.resident {
            text.meter("process_resident_memory_bytes", "gauge", "Memory that the server holds.")
            text.value(bytes)
        }
        return text.text
    }
}

/// How often something took how long.
private struct Histogram {
    static let bounds: [(label: String, limit: Duration)] = [
        ("0.005", .milliseconds(5)), ("0.01", .milliseconds(10)), ("0.025", .milliseconds(25)),
        ("0.05", .milliseconds(50)), ("0.1", .milliseconds(100)), ("0.25", .milliseconds(250)),
        ("0.5", .milliseconds(500)), ("1", .seconds(1)), ("2.5", .milliseconds(2500)), ("10", .seconds(10)),
    ]

    private var within = [Int](repeating: 0, count: Histogram.bounds.count)
    private var count = 0
    private var sum = Duration.zero

    mutating func note(_ took: Duration) {
        count += 1
        sum += took
        for (place, bound) in Histogram.bounds.enumerated() where took <= bound.limit { within[place] += 1 }
    }

    func write(_ route: String, to text: inout MeterText) {
        for (bound, count) in zip(Histogram.bounds, within) {
            text.value(count, [("route", route), ("le", bound.label)], suffix: "_bucket")
        }
        text.value(count, [("route", route), ("le", "+Inf")], suffix: "_bucket")
        let microseconds = sum.components.seconds * 1_000_000 + sum.components.attoseconds / 1_000_000_000_000
        let fraction = String(microseconds % 1_000_000)
        let padded = String(repeating: "0", count: 6 - fraction.count) + fraction
        text.line("\(microseconds / 1_000_000).\(padded)", [("route", route)], suffix: "_sum")
        text.value(count, [("route", route)], suffix: "_count")
    }
}

/// The exposition format: https://prometheus.io/docs/instrumenting/exposition_formats
private struct MeterText {
    private(set) var text = ""
    private var name = ""

    mutating func meter(_ name: String, _ type: String, _ help: String) {
        self.name = name
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    mutating func value(_ value: Int, _ labels: [(String, String)] = [], suffix: String = "") {
        line(String(value), labels, suffix: suffix)
    }

    mutating func line(_ value: String, _ labels: [(String, String)], suffix: String) {
        let written = labels.map { "\($0)=\"\($1)\"" }.joined(separator: ",")
        text += name + suffix + (written.isEmpty ? "" : "{\(written)}") + " \(value)\n"
    }
}
