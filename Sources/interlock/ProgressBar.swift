import Foundation
import Importing

/// A line on the terminal that shows how far an import is: nothing when standard error is not a terminal.
final class ProgressBar {
    private let label: String
    private let total: Int
    private let isShown: Bool
    private let started = ContinuousClock.now
    private var lastShown: ContinuousClock.Instant?

    init(label: String, total: Int, isShown: Bool) {
        self.label = label
        self.total = max(total, 1)
        self.isShown = isShown && isatty(STDERR_FILENO) == 1
    }

    func show(rows: Int, consumed: Int) {
        guard isShown else { return }
        let now = ContinuousClock.now
        if let lastShown, now - lastShown < .milliseconds(100) { return }
        lastShown = now
        let elapsed = seconds(now - started)
        let share = min(1, Double(consumed) / Double(total))
        let rate = elapsed > 0 ? Double(rows) / elapsed : 0
        let left = share > 0.01 ? elapsed / share - elapsed : 0
        let filled = Int(share * 24)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
        let percent = Int(share * 100)
        write(
            "\r\u{1B}[K\(label) \(bar) \(percent) %  \(grouped(rows)) rows, \(grouped(Int(rate))) a second, \(time(left)) left"
        )
    }

    func finish() {
        if isShown { write("\r\u{1B}[K") }
    }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

    private func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }

    private func time(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded(.up))
        return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
    }
}
