internal import Findings
internal import Vocabulary

extension Check {
    static let ladderBeforeDeadline = Check(
        "ladder-before-deadline", .error,
        finds: "A step for a broken promise that comes before, or with, the deadline of the promise."
    ) { checked in
        checked.agreement.promises.sales.respond.flatMap(\.all).flatMap { respond in
            respond.then.filter { $0.after.value.isSurelyAtMost(respond.within.value) }.map { step in
                Concern(
                    at: step.after.place,
                    "\(step.action.value.words.sentence) comes after \(step.after.value), when the promise of \(respond.within.value) is not broken yet: both count from the start of the clock.",
                    remedy: "Let the step come later than the deadline.",
                    example: "{after: \(later(than: respond)), do: \(step.action.value.words)}",
                    related: [respond.within.place])
            }
        }
    }

    private static func later(than respond: Respond) -> String {
        let within = respond.within.value
        return (try? Budget(within.count * 2, within.unit, business: within.isBusiness)).map(\.description) ?? ""
    }
}
