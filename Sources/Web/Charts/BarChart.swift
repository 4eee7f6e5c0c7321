internal import Reports

/// Bars from nought, each with its name and its value beside it, so that nothing has to be looked up. Uncertainty is drawn as
/// a whisker; what chance alone moves much is hatched.
struct BarChart: Sendable {
    struct Bar: Sendable {
        let name: String
        let value: Int128
        let text: String
        /// Between which values it lies with a confidence of 95 %.
        var interval: (low: Int128, high: Int128)?
        var isOfFew = false
    }

    /// What it shows, for those who cannot see it.
    let title: String
    /// Part of ids on the page.
    let key: String
    let bars: [Bar]

    private static let (width, names, values, row) = (720, 210, 110, 30)

    private var scale: ChartScale {
        let reach = bars.flatMap { [$0.value] + ($0.interval.map { [$0.low, $0.high] } ?? []) }
        return ChartScale(
            reach, from: BarChart.names + 10, length: BarChart.width - BarChart.names - BarChart.values - 20)
    }

    var html: HTML {
        let (scale, height) = (scale, bars.count * BarChart.row + 8)
        let drawn = bars.enumerated().map { draw($1, at: $0 * BarChart.row + 4, scale) }.html { $0 }
        let hatch: HTML =
            bars.contains(where: \.isOfFew)
            ? """
            <defs><pattern id="hatch-\(key)" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect class="hatch-ground" width="6" height="6"/><rect class="hatch-line" width="2" height="6"/></pattern></defs>
            """ : ""
        return """
            <figure class="chart" tabindex="0" aria-label="\(title), drawn"><div class="chart-room"><svg viewBox="0 0 \(BarChart.width) \(height)" role="img"
            aria-label="\(title). The table beside it says the same.">\(hatch)<line class="axis" x1="\(scale.zero)" y1="0"
            x2="\(scale.zero)" y2="\(height)"/>\(drawn)</svg></div></figure>
            """
    }

    private func draw(_ bar: Bar, at top: Int, _ scale: ChartScale) -> HTML {
        let (zero, end, middle) = (scale.zero, scale.place(bar.value), top + 11)
        let reach = max(end, bar.interval.map { scale.place($0.high) } ?? end, zero)
        let fill: HTML = bar.isOfFew ? " fill=\"url(#hatch-\(key))\"" : ""
        return """
            <text class="name" x="\(BarChart.names)" y="\(middle + 5)" text-anchor="end">\(bar.name.cut(to: 30))</text>
            <rect class="\(bar.isOfFew ? "bar few" : "bar")"\(fill) x="\(min(zero, end))" y="\(top + 2)"
            width="\(max(1, abs(end - zero)))" height="18"/>\(whisker(bar, middle, scale))
            <text class="value" x="\(reach + 6)" y="\(middle + 5)">\(bar.text)</text>
            """
    }

    private func whisker(_ bar: Bar, _ middle: Int, _ scale: ChartScale) -> HTML {
        guard let interval = bar.interval else { return "" }
        let (low, high) = (scale.place(interval.low), scale.place(interval.high))
        return """
            <path class="whisker" d="M\(low) \(middle - 4)v8M\(low) \(middle)H\(high)M\(high) \(middle - 4)v8"/>
            """
    }
}

extension String {
    /// At most so many signs, the rest told by an ellipsis.
    func cut(to length: Int) -> String { count <= length ? self : prefix(length - 1) + "…" }
}
