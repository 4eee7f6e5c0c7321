internal import Reports

/// Lines over time from nought. Each line has a mark of its own shape and its name at its end: colour is never needed to tell
/// them apart.
struct TrendChart: Sendable {
    struct Series: Sendable {
        let name: String
        /// Parallel to the periods; `nil`: there was nothing.
        let values: [Int128?]
        /// The last that there is, in words.
        let last: String
    }

    let title: String
    let periods: [String]
    let series: [Series]
    /// The value at the top where it is known beforehand, and what it is called: 100 % for shares.
    var top: (value: Int128, text: String)?

    private static let (width, height, left, right, bottom) = (720, 230, 46, 170, 24)

    private var across: (first: Int, step: Int) {
        let room = TrendChart.width - TrendChart.left - TrendChart.right
        return (TrendChart.left + 6, max(1, room / max(1, periods.count - 1)))
    }

    private func x(_ period: Int) -> Int { across.first + period * across.step }

    private func y(_ value: Int128) -> Int {
        let highest = max(1, top?.value ?? series.flatMap(\.values).compactMap { $0 }.max() ?? 1)
        let room = TrendChart.height - TrendChart.bottom - 14
        return TrendChart.height - TrendChart.bottom - Int(max(0, value) * Int128(room) / highest)
    }

    var html: HTML {
        let lines = series.enumerated().map { line($1, number: $0) }.html { $0 }
        return """
            <figure class="chart" tabindex="0" aria-label="\(title), drawn"><div class="chart-room"><svg viewBox="0 0 \(TrendChart.width) \(TrendChart.height)"
            role="img" aria-label="\(title). The table beside it says the same.">\(grid)\(lines)\(names)</svg></div></figure>
            """
    }

    private var grid: HTML {
        let end = TrendChart.width - TrendChart.right + 6
        let base = TrendChart.height - TrendChart.bottom
        let levels: [(value: Int128, text: String)] =
            [(0, "0")] + (top.map { [($0.value / 2, ""), ($0.value, $0.text)] } ?? [])
        let lines = levels.html { level in
            """
            <line class="\(level.value == 0 ? "axis" : "grid")" x1="\(TrendChart.left)" x2="\(end)" y1="\(y(level.value))"
            y2="\(y(level.value))"/><text class="tick" x="\(TrendChart.left - 6)" y="\(y(level.value) + 4)"
            text-anchor="end">\(level.text)</text>
            """
        }
        // About eight names fit below the line; the last is always there.
        let stride = max(1, (periods.count + 7) / 8)
        let ticks = periods.indices.filter { ($0 - periods.count + 1) % stride == 0 }.html { period in
            "<text class=\"tick\" x=\"\(x(period))\" y=\"\(base + 16)\" text-anchor=\"middle\">\(periods[period])</text>"
        }
        return lines + ticks
    }

    private func line(_ series: Series, number: Int) -> HTML {
        var (path, isOpen) = ("", false)
        for (period, value) in series.values.enumerated() {
            guard let value else {
                isOpen = false
                continue
            }
            path += "\(isOpen ? "L" : "M")\(x(period)) \(y(value))"
            isOpen = true
        }
        let marks = series.values.enumerated().html { period, value in
            value.map { mark(number, x(period), y($0)) } ?? ""
        }
        return "<g class=\"series s\(number % 3)\"><path class=\"line\" d=\"\(path)\"/>\(marks)</g>"
    }

    /// A circle, a square, a triangle.
    private func mark(_ number: Int, _ x: Int, _ y: Int) -> HTML {
        switch number % 3 {
        case 0: "<circle class=\"mark\" cx=\"\(x)\" cy=\"\(y)\" r=\"4\"/>"
        case 1: "<rect class=\"mark\" x=\"\(x - 4)\" y=\"\(y - 4)\" width=\"8\" height=\"8\"/>"
        default: "<path class=\"mark\" d=\"M\(x) \(y - 5)l5 9h-10z\"/>"
        }
    }

    /// At the ends of the lines, apart from each other.
    private var names: HTML {
        let ends = series.enumerated().compactMap { number, series -> (number: Int, period: Int, y: Int)? in
            guard let period = series.values.lastIndex(where: { $0 != nil }), let value = series.values[period] else {
                return nil
            }
            return (number, period, y(value))
        }.sorted { $0.y < $1.y }
        var (placed, lowest) = ([HTML](), 0)
        for end in ends {
            lowest = max(end.y, lowest + 18)
            let start = TrendChart.width - TrendChart.right + 14
            placed.append(
                """
                <g class="series s\(end.number % 3)">\(mark(end.number, start, lowest))</g><text class="value"
                x="\(start + 10)" y="\(lowest + 5)">\(series[end.number].name) \(series[end.number].last)</text>
                """)
        }
        return placed.html { $0 }
    }
}
