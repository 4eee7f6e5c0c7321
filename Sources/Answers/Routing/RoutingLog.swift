internal import Intake

extension RoutingReplay {
    /// The log of decisions: a row for each rule that was tried, with what came of it.
    package var csv: [UInt8] {
        var writer = CSVWriter(guardsFormulas: true)
        writer.row(["at", "person", "why", "grade", "owner", "recorded", "rule", "holds", "outcome", "clause"])
        for entry in entries {
            let head = ["\(entry.instant)", entry.person, entry.why.inWords, entry.grade ?? "", entry.owner]
            for rule in entry.rules {
                writer.row(
                    head + [entry.recorded ?? "", rule.name, rule.holds ? "yes" : "no", rule.outcome]
                        + [rule.clause?.text ?? ""])
            }
        }
        return writer.bytes
    }
}

extension Int64 {
    /// Millionths, to two decimals.
    package var millionthsInWords: String {
        let rounded = (magnitude + 5_000) / 10_000
        let text = "\(rounded / 100)." + (rounded % 100 < 10 ? "0" : "") + "\(rounded % 100)"
        return self < 0 && rounded > 0 ? "-" + text : text
    }
}
