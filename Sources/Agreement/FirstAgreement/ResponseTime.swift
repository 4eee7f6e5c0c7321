public import Vocabulary

/// Within what time a hand-over is answered, and the other times that must come after it.
public struct ResponseTime: Hashable, Sendable {
    public let within: Budget
    /// The first step where it is missed: the manager hears of it.
    let manager: Budget
    /// The second: somebody else gets the lead.
    let reassignment: Budget
    let decision: Budget
    /// After which saying nothing counts as acceptance.
    let silence: Budget

    /// `nil` for less than a minute, or more than 5 business days, 8 business hours or 7 days.
    public init?(_ within: Budget) {
        let times: ResponseTimes?
        switch within.measure {
        case .businessTime(let time):
            let twice = try? Budget(within.count * 2, within.unit, business: true)
            times = twice.flatMap { ResponseTimes(inBusinessTime: time, twice: $0) }
        case .businessDays(let days): times = ResponseTimes(days: days, atMost: 5, areBusiness: true)
        case .physical(let time):
            times = ResponseTimes(inPhysicalTime: time, twice: try? Budget(within.count * 2, within.unit))
        }
        guard let times else { return nil }
        (self.within, manager, reassignment) = (within, times.manager, times.reassignment)
        (decision, silence) = (times.decision, times.silence)
    }
}

/// Each longer than the response, and in an order in which one can follow the other.
private struct ResponseTimes {
    let manager: Budget
    let reassignment: Budget
    let decision: Budget
    let silence: Budget

    /// A working day has some eight hours, so within four the same day will do for what follows.
    init?(inBusinessTime time: Elapsed, twice: Budget) {
        guard time >= .minutes(1), time <= .hours(8) else { return nil }
        let days = time <= .hours(4) ? 1 : 2
        self.init(manager: twice, reassignment: days, decision: days, silence: days + 1, areBusiness: true)
    }

    init?(inPhysicalTime time: Elapsed, twice: Budget?) {
        guard let twice, time >= .minutes(1) else { return nil }
        if time <= .hours(8) {
            self.init(manager: twice, reassignment: 1, decision: 1, silence: 2, areBusiness: false)
        } else if time <= .hours(24) {
            self.init(manager: twice, reassignment: 3, decision: 2, silence: 4, areBusiness: false)
        } else {
            let day = Elapsed.days(1).milliseconds
            self.init(days: Int((time.milliseconds + day - 1) / day), atMost: 7, areBusiness: false)
        }
    }

    init?(days: Int, atMost most: Int, areBusiness: Bool) {
        guard days <= most, let manager = try? Budget(days + 1, .day, business: areBusiness) else { return nil }
        self.init(
            manager: manager, reassignment: days + 2, decision: days + 1, silence: days + 3, areBusiness: areBusiness)
    }

    private init?(manager: Budget, reassignment: Int, decision: Int, silence: Int, areBusiness: Bool) {
        let budgets = [reassignment, decision, silence].compactMap { try? Budget($0, .day, business: areBusiness) }
        guard budgets.count == 3 else { return nil }
        (self.manager, self.reassignment, self.decision, self.silence) = (manager, budgets[0], budgets[1], budgets[2])
    }
}
