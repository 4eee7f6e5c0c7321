import Agreement
import Answers
import Journal
import Reports
import Vocabulary

/// The trade-off between volume and acceptance, one line for each value.
struct SweepInWords {
    private let points: [SweepPoint]
    private let number: SweptNumber
    private let run: BacktestRun

    init(_ points: [SweepPoint], _ number: SweptNumber, _ run: BacktestRun) {
        (self.points, self.number, self.run) = (points, number, run)
    }

    var text: String {
        let most = points.map(\.fate.handOvers).max() ?? 0
        var rows = [[number.term, "handed over", "", "accepted", "", "no verdict", "won deals", "value"]]
        rows += points.map { point in
            let fate = point.fate
            let mark = point.value == number.present ? " ◀ the draft" : ""
            return [
                point.value.description, "\(fate.handOvers)", bar(fate.handOvers, of: most),
                fate.acceptance.shown, bar(fate.accepted, of: fate.accepted + fate.rejected), "\(fate.withoutVerdict)",
                "\(fate.won)", fate.value.map(\.words).joined(separator: ", ") + mark,
            ]
        }
        return """
            \(number.address), \(number.term) tried from \(points.first?.value.description ?? "") to \
            \(points.last?.value.description ?? ""); the draft says \(number.present).
            Over what happened from \(at(run.window.lowerBound)) to \(at(run.window.upperBound)), times of \(run.zone.name).

            \(TextTable(rows: rows, rightAligned: [0, 1, 3, 5, 6]).text)

            Verdicts exist only for those who were handed over in truth; "no verdict" says of how many nobody can know. \
            Deals are those won after the hand-over, each once.
            """
    }

    private func at(_ instant: Instant) -> String { instant.onTheWall(in: run.zone) }

    /// Ten cells for the whole, from nought.
    private func bar(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return String(repeating: "·", count: 10) }
        let filled = (part * 20 + whole) / (2 * whole)
        return String(repeating: "█", count: filled) + String(repeating: "·", count: 10 - filled)
    }

    var json: String {
        var json = JSONText()
        json.object { json in
            json.member("address", number.address)
            json.member("term", number.term)
            json.member("draft_value", number.present.description)
            json.member("from", "\(run.window.lowerBound)")
            json.member("to", "\(run.window.upperBound)")
            json.list("points", points) { json, point in
                json.member("value", point.value.description)
                json.fate(point.fate)
            }
        }
        return json.text
    }
}
