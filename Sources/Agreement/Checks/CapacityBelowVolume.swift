internal import Findings
internal import Vocabulary

extension Check {
    static let capacityBelowVolume = Check(
        "capacity-below-volume", .warning,
        finds: """
            More hand-overs promised to a team, to all teams together, to each team or to each rep than their people can take \
            in one of the next four spans of 91 days; or more to one team than somebody's weight lets them take. Somebody \
            counts from the first through the last day, in the months of the ramp in part, and not while away. Nothing is said \
            where somebody takes any number.
            """
    ) { checked in
        (checked.agreement.promises.marketing.deliver?.all ?? []).flatMap { deliver -> [Concern] in
            let volumes = deliver.amounts.compactMap { checked.agreement.promised($0) }
            switch deliver.each.value {
            case .company:
                return [teamByTeam(volumes, checked), inTotal(volumes, checked), byWeight(volumes, checked)]
                    .first { !$0.isEmpty } ?? []
            case .team:
                return each(volumes, checked.agreement.teams.map { ($0, $0.reps) }, checked) { "team \($0.name)" }
            case .rep:
                let people = checked.agreement.teams.flatMap { team in team.reps.map { (team, [$0]) } }
                return each(volumes, people, checked) { _ in "each rep" }
            }
        }
    }

    private static func teamByTeam(_ volumes: [PromisedVolume], _ checked: CheckedAgreement) -> [Concern] {
        checked.agreement.teams.compactMap { team in
            shortage(volumes.filter { $0.receiver == .team(team.name) }, team.reps, checked, "team \(team.name)")
        }
    }

    private static func inTotal(_ volumes: [PromisedVolume], _ checked: CheckedAgreement) -> [Concern] {
        let teams = checked.agreement.teams.filter { team in volumes.contains { $0.receiver.includes(team) } }
        let receivers = volumes.map(\.receiver.words).withoutRepeats.listed("and")
        return [shortage(volumes, teams.flatMap(\.reps), checked, receivers)].compactMap { $0 }
    }

    /// One volume for each of some people.
    private static func each(
        _ volumes: [PromisedVolume], _ people: [(team: Team, reps: [Rep])], _ checked: CheckedAgreement,
        _ name: (Team) -> String
    ) -> [Concern] {
        volumes.flatMap { volume in
            people.filter { volume.receiver.includes($0.team) }.compactMap {
                shortage([volume], $0.reps, checked, name($0.team))
            }.prefix(1)
        }
    }

    private static func shortage(
        _ volumes: [PromisedVolume], _ reps: [Rep], _ checked: CheckedAgreement, _ receiver: String
    ) -> Concern? {
        guard let first = volumes.first, !reps.isEmpty else { return nil }
        let promised = volumes.reduce(0) { $0 + $1.perYear }
        for span in Span.next(from: checked.today) {
            guard let capacity = Capacity(of: reps, in: span), capacity.isBelow(perYear: promised) else { continue }
            let what = volumes.map { "\($0.words) \($0.stage)" }.listed("and")
            return Concern(
                at: first.place,
                "\(what) are promised to \(receiver), whose people take \(capacity.words(per: first.period)) from \(span.first) through \(span.last).",
                remedy: "Promise less, or raise the capacity.",
                example: volumes.count == 1 ? "\(first.stage): \(capacity.words(per: first.period))" : nil,
                related: reps.compactMap(\.capacity?.place))
        }
        return nil
    }

    /// Where all goes to one team, each rep gets their part by weight.
    private static func byWeight(_ volumes: [PromisedVolume], _ checked: CheckedAgreement) -> [Concern] {
        checked.agreement.teams.flatMap { team -> [Concern] in
            let own = volumes.filter { $0.receiver == .team(team.name) || checked.agreement.teams.count == 1 }
            let (reps, promised) = (team.reps, own.reduce(0) { $0 + $1.perYear })
            let weights = reps.reduce(Int128(0)) { $0 + $1.weight.value.millionths }
            guard reps.allSatisfy({ $0.capacity != nil && $0.since == nil && $0.until == nil }) else { return [] }
            return reps.compactMap { rep in
                guard let capacity = rep.capacity,
                    Int128(promised) * rep.weight.value.millionths > Int128(capacity.value.mostPerYear) * weights
                else { return nil }
                let share = Int(Int128(promised) * rep.weight.value.millionths / weights) / 12
                return Concern(
                    at: capacity.place,
                    "By weight \(rep.email.value.words) gets about \(share) per month of what is promised to team \(team.name), and takes \(capacity.value.words).",
                    remedy: "Change the weights, the capacities or the promise, so that they fit each other.",
                    related: [rep.weight.place] + own.map(\.place))
            }
        }
    }
}

/// What marketing promises to hand over.
private struct PromisedVolume {
    let stage: String
    let receiver: Receiver
    let words: String
    let period: Period
    /// In the shortest year.
    let perYear: Int
    let place: Place
}

extension Agreement {
    fileprivate func promised(_ amount: Deliver.Amount) -> PromisedVolume? {
        guard let stage = stage(named: amount.what), let receiver = stage.handOver?.value else { return nil }
        switch amount.volume.value {
        case .volume(let volume):
            return PromisedVolume(
                stage: stage.name, receiver: receiver, words: volume.words, period: volume.per,
                perYear: volume.leastPerYear, place: amount.volume.place)
        case .fromPlan:
            guard let perYear = leastPlanned(of: stage.name), perYear >= 12 else { return nil }
            return PromisedVolume(
                stage: stage.name, receiver: receiver, words: "by the plan about \(perYear / 12) per month",
                period: .month, perYear: perYear, place: amount.volume.place)
        }
    }

    /// People in a year, rounded down; of segments the least counts. `nil` where the plan does not come that far.
    private func leastPlanned(of stage: String) -> Int? {
        guard var people = plan.visitors?.all.map(\.value.leastPerYear).min() else { return nil }
        for name in stages.map(\.name) {
            guard let share = plan.conversions.first(where: { $0.to == name })?.share.all.map(\.value.millionths).min()
            else { return nil }
            people = Int(Int128(people) * Int128(share) / 1_000_000)
            if name == stage { return people }
        }
        return nil
    }
}

/// Ninety-one days, the shortest quarter but one: thirteen whole weeks.
private struct Span {
    static let days = 91

    let first: CivilDate

    var last: CivilDate { first.adding(days: Span.days - 1) }

    static func next(from today: CivilDate) -> [Span] {
        (0..<4).map { Span(first: today.adding(days: $0 * days)) }
    }
}

/// What people can take in a span, in millionths of a hand-over, times the days of a year.
private struct Capacity {
    private let total: Int128

    /// `nil` where somebody who is there takes any number.
    init?(of reps: [Rep], in span: Span) {
        var total = Int128(0)
        for day in 0..<Span.days {
            let date = span.first.adding(days: day)
            for rep in reps where rep.isThere(on: date) {
                guard let capacity = rep.capacity?.value else { return nil }
                total += Int128(capacity.mostPerYear) * Int128(rep.rampShare(on: date).millionths)
            }
        }
        self.total = total
    }

    func isBelow(perYear promised: Int) -> Bool {
        total * 366 < Int128(promised) * Int128(Span.days) * 365 * 1_000_000
    }

    func words(per period: Period) -> String {
        let perYear = total / Int128(Span.days) / 1_000_000
        return "\(perYear / Int128(Volume(1, per: period).mostPerYear)) per \(period.words)"
    }
}

extension Rep {
    fileprivate func isThere(on date: CivilDate) -> Bool {
        if let since, date < since.value { return false }
        if let until, date > until.value { return false }
        return !away.value.contains { $0.first <= date && date <= $0.last }
    }

    /// By the months since somebody came.
    fileprivate func rampShare(on date: CivilDate) -> Share {
        guard let ramp, let since = since?.value else { return .whole }
        let months = (date.year - since.year) * 12 + date.month - since.month - (date.day < since.day ? 1 : 0)
        return ramp.value.shares.indices.contains(months) ? ramp.value.shares[months] : .whole
    }
}

extension Receiver {
    fileprivate func includes(_ team: Team) -> Bool {
        switch self {
        case .side: true
        case .team(let name): team.name == name
        }
    }
}

extension Number {
    fileprivate var millionths: Int128 { (try? Points(self)).map { Int128($0.micropoints) } ?? 0 }
}

extension Volume {
    /// In the longest year: 366 days, and 53 weeks in part.
    var mostPerYear: Int { count * [.hour: 8784, .day: 366, .week: 53, .month: 12, .quarter: 4, .year: 1][per]! }
    /// In the shortest year.
    var leastPerYear: Int { count * [.hour: 8760, .day: 365, .week: 52, .month: 12, .quarter: 4, .year: 1][per]! }
}
