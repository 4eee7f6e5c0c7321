internal import Findings

extension Check {
    static let territoriesOverlap = Check(
        "territories-overlap", .warning,
        finds:
            "A country that two territories name: routing rules that ask for nothing but the country. The first gets it all."
    ) { checked in
        let territories = Territories(of: checked.agreement)
        return territories.rules.indices.flatMap { index in
            territories.rules[..<index].compactMap { earlier in
                overlap(territories.rules[index], earlier, territories)
            }
        }
    }

    /// A rule that an earlier one covers entirely is never asked, which another check says.
    private static func overlap(_ rule: RoutingRule, _ earlier: RoutingRule, _ territories: Territories) -> Concern? {
        let own = countryCodes.filter { territories.contains(rule, $0) }
        let shared = territories.named(by: rule).filter { territories.named(by: earlier).contains($0) }
        guard !shared.isEmpty, shared.count < own.count else { return nil }
        let names = shared.prefix(5).joined(separator: ", ") + (shared.count > 5 ? ", …" : "")
        return Concern(
            at: rule.when.place,
            "The territories \(earlier.name) and \(rule.name) both contain \(names); such leads go to \(earlier.name).",
            remedy: "Name each country in one territory.", related: [earlier.when.place])
    }
}
