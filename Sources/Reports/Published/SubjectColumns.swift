/// Where the outcome tables have what a unit is told apart by: `Subject`, in SQL. The letters are those of `PublishedSQL`: `s` is
/// a stage entry, `h` a hand-over, `c` a promise's clock, `v` a verdict, `d` a deal, `w` a person, `p` a pass, `a` about.
struct SubjectColumns: Sendable {
    /// In milliseconds.
    let instant: String
    /// By the hour of the week, where another instant counts then.
    var instantByHour: String?
    let person: String
    let owner: String
    /// Whose team it is, where the owner is of none; `nil`: no other's.
    var team: String?
    var grade: String?
    var deal: String?
    var kind: String?

    static let stageEntry = SubjectColumns(
        instant: "s.entered_ms", person: "s.person", owner: "s.owner", team: "s.team", grade: "s.grade",
        deal: "s.deal", kind: "s.kind")

    /// By the last hand-over of the pass.
    static let standing = SubjectColumns(
        instant: "w.since_ms", person: "w.person", owner: "p.owner", team: "p.team", grade: "p.grade")

    /// By the first owner, who owes the response.
    static let response = SubjectColumns(
        instant: "h.told_ms", person: "h.person", owner: "h.first_owner", team: "h.team", grade: "h.grade")

    /// By whoever has it.
    static let handOver = SubjectColumns(
        instant: "h.ready_ms", person: "h.person", owner: "h.owner", team: "h.team", grade: "h.grade")

    /// By whoever said it, else whoever has the hand-over.
    static let verdict = SubjectColumns(
        instant: "h.ready_ms", person: "h.person", owner: "coalesce(v.\"by\", h.owner)", team: "h.team",
        grade: "h.grade")

    /// By the hour of the week it counts when the lead came, by longer times when an answer was due.
    static let clock = SubjectColumns(
        instant: "coalesce(c.due_ms, c.began_ms)", instantByHour: "c.began_ms", person: "h.person", owner: "c.owner",
        team: "h.team", grade: "h.grade")

    static let closedDeal = SubjectColumns(
        instant: "d.closed_ms", person: "d.credited", owner: "d.owner", deal: "d.deal", kind: "d.kind")

    /// An open one counts at the end of what is known.
    static let dealOfAnyAge = SubjectColumns(
        instant: "coalesce(d.closed_ms, a.evaluated_to_ms)", person: "d.credited", owner: "d.owner", deal: "d.deal",
        kind: "d.kind")

    /// By its last change, whenever it is looked at.
    static let pipelineDeal = SubjectColumns(
        instant: "d.changed_ms", person: "d.credited", owner: "d.owner", deal: "d.deal", kind: "d.kind")
}

extension SubjectColumns {
    /// The name of the segment, as `JudgedCompany.name(of:by:)` gives it.
    func name(by segment: Segment) -> String {
        switch segment {
        case .week, .month, .quarter, .year: period(segment, instant)
        case .hour: period(segment, instantByHour ?? instant)
        case .rep: "coalesce(\(owner), '\(JudgedCompany.nobody)')"
        case .team: first(of: teams + ["'\(JudgedCompany.nobody)'"])
        case .manager:
            "coalesce((SELECT manager FROM team WHERE team = \(first(of: teams))), '\(JudgedCompany.nobody)')"
        case .grade: first(of: [grade, "'\(unsaid)'"])
        case .kind: first(of: [kind, "'\(unsaid)'"])
        case .property(let name):
            first(of: [
                deal.map { "(SELECT value FROM deal_field WHERE deal = \($0) AND field = \(name.asSQL))" },
                "(SELECT value FROM person_field WHERE person = \(person) AND field = \(name.asSQL))",
                "'\(unsaid)'",
            ])
        }
    }

    private var teams: [String?] { ["(SELECT team FROM rep WHERE rep = \(owner))", team] }

    private func first(of all: [String?]) -> String {
        let said = all.compactMap { $0 }
        return said.count == 1 ? said[0] : "coalesce(\(said.joined(separator: ", ")))"
    }

    /// The latest that has begun: the instant lies in one that is in the table.
    private func period(_ segment: Segment, _ instant: String) -> String {
        "(SELECT name FROM period WHERE kind = '\(segment.word)' AND from_ms <= \(instant) "
            + "ORDER BY from_ms DESC LIMIT 1)"
    }
}

extension String {
    /// In quotes.
    fileprivate var asSQL: String { "'" + replacing("'", with: "''") + "'" }
}
