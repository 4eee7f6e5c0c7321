internal import Findings

extension Check {
    static let ruleShadowed = Check(
        "rule-shadowed", .warning,
        finds: """
            A rule or segment that is never asked, because earlier ones of its list hold wherever it does. A routing rule \
            counts as earlier only where somebody is named for the case that its people are away.
            """
    ) { checked in
        checked.agreement.orderedConditions.flatMap { list in
            list.members.indices.compactMap { shadow(over: $0, in: list, checked.circumstances) }
        }
    }

    private static func shadow(
        over index: Int, in list: OrderedConditions, _ circumstances: Circumstances
    ) -> Concern? {
        let member = list.members[index]
        let condition = member.site.clause.value
        guard circumstances.canHold(condition) else { return nil }
        let topics: [String?] = member.decides.map { $0.sorted() } ?? [nil]
        let rivals = topics.map { list.rivals(of: index, about: $0) }
        let isShadowed = rivals.allSatisfy { rivals in
            circumstances.implies(condition, anyOf: rivals.map(\.site.clause.value))
        }
        guard isShadowed, !topics.isEmpty else { return nil }
        let places = Set(rivals.flatMap { $0.map(\.site.clause.place) })
        return Concern(
            at: member.site.clause.place, "\(member.site.what) is never asked: earlier ones hold wherever it does.",
            remedy: "Put it before them, or take it out.",
            related: places.sorted { ($0.line, $0.column) < ($1.line, $1.column) })
    }
}
