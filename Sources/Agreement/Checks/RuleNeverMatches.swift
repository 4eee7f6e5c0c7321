internal import Findings

extension Check {
    static let ruleNeverMatches = Check(
        "rule-never-matches", .error, finds: "A rule, alert, segment or detour whose condition no facts can make true."
    ) { checked in
        let agreement = checked.agreement
        let sites = agreement.singleConditions + agreement.orderedConditions.flatMap { $0.members.map(\.site) }
        return sites.filter { !checked.circumstances.canHold($0.clause.value) }.map { site in
            Concern(
                at: site.clause.place, "\(site.what) can never apply: \(site.clause.value.text) is never true.",
                remedy: "Change the parts that exclude each other, or take it out.")
        }
    }
}
