/// Every report there is, by name.
public enum ReportRegistry {
    /// In the order of names.
    public static let all: [ReportDefinition] = [
        .coverage, .funnel, .journey, .pipeline, .promises, .queue, .recycling, .requests, .response, .scoreboard,
        .unmeasured,
        .verdicts,
        .wins,
    ].sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }

    public static func report(named name: String) throws(ReportProblem) -> ReportDefinition {
        guard let found = all.first(where: { $0.name == name }) else {
            throw .unknown("report", name, among: all.map(\.name))
        }
        return found
    }
}
