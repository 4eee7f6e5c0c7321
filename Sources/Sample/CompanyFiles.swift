internal import Vocabulary

/// `company/…`: the facts about the company itself that the agreement delegates.
struct CompanyFiles: Sendable {
    let people: People
    let roster: Roster
    let sales: Sales
    let wording: Wording

    private var timeline: Timeline { people.timeline }
    private var seed: UInt64 { people.options.seed }
}

// MARK: - Sales' side

extension CompanyFiles {
    func roster(_ out: inout OutFile) throws {
        try out.header("rep,name,team,manager,calendar,weight,capacity,since,until")
        for rep in roster.reps {
            let fields = [
                rep.email, "\(rep.firstName) \(rep.lastName)", rep.territory.team, roster.manager(rep.territory),
                roster.calendar(rep.territory).name,
            ]
            out.text(fields.joined(separator: ","))
            out.comma()
            out.amount(rep.weight)
            out.comma()
            out.integer(rep.capacity)
            out.comma()
            if let since = rep.since { out.date(since) }
            out.comma()
            if let until = rep.until { out.date(until) }
            try out.endRow()
        }
    }

    func absences(_ out: inout OutFile) throws {
        try out.header("rep,from,until,reason")
        for rep in roster.reps {
            for absence in rep.absences {
                out.text(rep.email)
                out.comma()
                out.date(absence.days.lowerBound)
                out.comma()
                out.date(absence.days.upperBound - 1)
                out.comma()
                out.text(absence.reason)
                try out.endRow()
            }
        }
    }

    /// Quotas of the fiscal quarters that the files touch.
    func quotas(_ out: inout OutFile) throws {
        try out.header("rep,period,amount,currency")
        let plan = SalesPlan(people)
        let weights = roster.reps.reduce(0) { $0 + $1.weight }
        for rep in roster.reps {
            for quarter in FiscalQuarter.all(timeline) where quarter.start <= (rep.until ?? .max) {
                guard rep.since ?? .min < quarter.start + 60 else { continue }
                out.text(rep.email)
                out.comma()
                out.text(quarter.name)
                out.comma()
                out.amount(plan.quota(weight: rep.weight, of: weights))
                out.text(",EUR")
                try out.endRow()
            }
        }
    }

    func targets(_ out: inout OutFile) throws {
        try out.header("account_id,account,domain,team,owner,since")
        for (index, account) in people.accounts.enumerated() where account.isTarget {
            out.account(index)
            out.comma()
            out.firmName(index, wording)
            out.comma()
            out.domain(index, wording)
            out.comma()
            out.text(Country.all[Int(account.country)].territory.team)
            out.comma()
            out.word(roster.emails, Int(sales.accountOwner[index]))
            out.comma()
            out.date(timeline.startDay)
            try out.endRow()
        }
    }
}

/// A quarter of Northwind's fiscal year, which starts in February and is named by the year in which it ends.
struct FiscalQuarter: Sendable {
    let name: String
    let start: Int

    static func all(_ timeline: Timeline) -> [FiscalQuarter] {
        var quarters: [FiscalQuarter] = []
        for day in timeline.monthStarts.dropLast() {
            let (year, month, _) = CivilDate(daysSinceEpoch: Int32(day)).fields
            let sinceFebruary = year * 12 + month - 2
            let first = sinceFebruary - sinceFebruary % 3
            let start = CivilDate(year: (first + 1) / 12, month: (first + 1) % 12 + 1, day: 1)!
            let name = "\(first / 12 + 1)-Q\(first % 12 / 3 + 1)"
            if quarters.last?.name != name {
                quarters.append(FiscalQuarter(name: name, start: Int(start.daysSinceEpoch)))
            }
        }
        return quarters
    }
}

// MARK: - Marketing's side

extension CompanyFiles {
    /// Units of each currency for one euro at the close of each month; they walk by at most 1.5 % a month.
    func rates(_ out: inout OutFile) throws {
        try out.header("month,currency,per_eur")
        var rates = Currency.allCases.map(\.usualRate)
        for month in 0..<timeline.months {
            for currency in Currency.allCases {
                var dice = Dice(seed: seed, .rates, month, currency.rawValue)
                let step = currency == .eur ? 0 : dice.within(-150...150)
                rates[currency.rawValue] += rates[currency.rawValue] * step / 10_000
                out.text(timeline.monthName(month))
                out.comma()
                out.text(currency.code)
                out.comma()
                out.integer(rates[currency.rawValue] / 10_000)
                out.byte(".")
                out.padded(rates[currency.rawValue] % 10_000, 4)
                try out.endRow()
            }
        }
    }

    func spend(_ out: inout OutFile) throws {
        try out.header("campaign,month,amount,currency")
        for campaign in people.campaigns {
            for month in 0..<timeline.months {
                let amount = spend(campaign, month)
                guard amount > 0 else { continue }
                out.text(campaign.name)
                out.comma()
                out.text(timeline.monthName(month))
                out.comma()
                out.amount(amount)
                out.comma()
                out.text(campaign.currency.code)
                try out.endRow()
            }
        }
    }

    /// In minor units; a campaign that runs for part of a month costs that part, the fair all at once.
    func spend(_ campaign: Campaign, _ month: Int) -> Int {
        let days = timeline.monthStarts[month]..<timeline.monthStarts[month + 1]
        let active = days.clamped(to: campaign.runs).count
        guard active > 0 else { return 0 }
        let thousands = max(1, people.options.persons / 1000)
        let full = campaign.spend * thousands * 12 / timeline.months
        return campaign.runs.count <= 2 ? full * active / campaign.runs.count : full * active / days.count
    }

    /// Visitors by day and source, a count from web analytics: everybody, of whom one in fifty leaves a name.
    func traffic(_ out: inout OutFile) throws {
        try out.header("date,source,visitors")
        let contacts = people.persons.count { $0.isContact && $0.origin == .web }
        let shares = [330, 190, 140, 60, 80, 200]
        for day in timeline.startDay..<timeline.endDay {
            let visitors = contacts * 50 * people.seasons.weight(of: day..<day + 1) / people.seasons.sum
            for (source, share) in shares.enumerated() {
                var dice = Dice(seed: seed, .traffic, day, source)
                out.date(day)
                out.comma()
                out.word(wording.site.names, source)
                out.comma()
                out.integer(visitors * share * dice.within(900...1100) / 1_000_000)
                try out.endRow()
            }
        }
    }

    func holidays(_ holidays: Holidays, _ out: inout OutFile) throws {
        let text = holidays.calendarFile(WorkCalendar.years(timeline.days))
        let years = WorkCalendar.years(timeline.days)
        try out.whole(text, rows: years.reduce(0) { $0 + holidays.dates(in: $1).count })
    }
}
