internal import Findings
internal import Vocabulary

extension Check {
    static let promiseBeyondTimer = Check(
        "promise-beyond-timer", .error,
        finds: """
            A promise that may be kept after the lead has been taken away: a response or decision due after silence was taken \
            for an answer, attempts that go on after the time to qualify.
            """
    ) { checked in
        let sales = checked.agreement.promises.sales
        let silence = checked.agreement.verdicts.silence?.after.all ?? []
        let owed = sales.respond.flatMap(\.all).map(\.within) + sales.decide.flatMap(\.all).map(\.within)
        let limits = sales.qualify.flatMap(\.all).filter { $0.otherwise != nil }.map(\.within)
        return beyond(silence, owed, "after which silence is taken for an answer")
            + beyond(limits, sales.pursue.flatMap(\.all).map(\.over), "after which the lead goes back")
    }

    /// A case that outlasts every limit; which limit applies to which case is not looked at.
    private static func beyond(_ limits: [Clause<Budget>], _ owed: [Clause<Budget>], _ what: String) -> [Concern] {
        owed.compactMap { promise in
            guard let limit = limits.first, limits.allSatisfy({ promise.value.isSurelyLonger(than: $0.value) }) else {
                return nil
            }
            return Concern(
                at: promise.place, "\(promise.value) is longer than \(limit.value), \(what).",
                remedy: "Promise less time, or make the other longer.", example: "within: \(limit.value)",
                related: limits.map(\.place))
        }
    }
}
