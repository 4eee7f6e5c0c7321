internal import Vocabulary

extension Budget {
    /// `true` only where it ends later whatever the calendar is. Business time passes no faster than physical time, and n
    /// business days take at least n − 1 whole days less the hour of a change of clocks. How many business hours a business
    /// day has, nobody knows here.
    func isSurelyLonger(than other: Budget) -> Bool {
        switch (measure, other.measure) {
        case (.physical(let own), .physical(let other)), (.businessTime(let own), .businessTime(let other)),
            (.businessTime(let own), .physical(let other)):
            own > other
        case (.businessDays(let own), .businessDays(let other)): own > other
        case (.businessDays(let own), .physical(let other)):
            Int64(own - 1) * Unit.day.elapsed.milliseconds - Unit.hour.elapsed.milliseconds > other.milliseconds
        case (.physical, _), (.businessTime, .businessDays), (.businessDays, .businessTime): false
        }
    }

    /// `true` only where it ends no later whatever the calendar is.
    func isSurelyAtMost(_ other: Budget) -> Bool { measure == other.measure || other.isSurelyLonger(than: self) }
}

extension SalesPromises {
    /// Every time within which something is owed.
    var budgets: [Clause<Budget>] {
        var budgets = respond.flatMap(\.all).map(\.within)
        budgets += decide.flatMap(\.all).map(\.within)
        budgets += explain.flatMap(\.all).map(\.within)
        budgets += pursue.flatMap(\.all).map(\.over)
        return budgets + qualify.flatMap(\.all).map(\.within)
    }
}
