internal import Findings

extension Check {
    static let territoryMissing = Check(
        "territory-missing", .warning,
        finds: """
            Countries in no territory, where the routing has some and no rule takes a lead about whom nothing but its country \
            is known.
            """
    ) { checked in
        let territories = Territories(of: checked.agreement)
        guard let last = territories.rules.last else { return [] }
        let left = countryCodes.sorted().filter { country in
            let lead = territories.lead(from: country)
            return checked.agreement.routing.rules.allSatisfy { lead.satisfies($0.when.value) == false }
        }
        guard !left.isEmpty else { return [] }
        let names = left.count > 12 ? "\(left.count) countries" : left.joined(separator: ", ")
        return [
            Concern(
                at: last.when.place, "No rule takes a lead from \(names) about whom nothing else is known.",
                remedy: "Add them to a territory, or end with a rule for all others.",
                example: "- {name: rest, to: \(last.to.value.words)}",
                related: territories.rules.dropLast().map(\.when.place))
        ]
    }
}
