internal import Findings
internal import Vocabulary

extension Check {
    static let repWithoutCalendar = Check(
        "rep-without-calendar", .error,
        finds: "A team with people and without a calendar, where a promise of sales is counted in business time."
    ) { checked in
        let agreement = checked.agreement
        guard let budget = agreement.promises.sales.budgets.first(where: \.value.isBusiness) else { return [] }
        return agreement.teams.filter { $0.calendar == nil }.compactMap { team in
            guard let rep = team.reps.first else { return nil }
            return Concern(
                at: rep.email.place,
                "\(rep.email.value.words) owes something within \(budget.value), and team \(team.name) has no calendar to count it by.",
                remedy: "Give the team one of the calendars.",
                example: "\(team.name): {calendar: \(agreement.calendars.first?.name ?? "office")}",
                related: [budget.place])
        }
    }
}
