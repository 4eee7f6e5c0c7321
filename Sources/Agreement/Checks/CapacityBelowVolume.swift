internal import Findings
internal import Vocabulary

extension Check {
    static let capacityBelowVolume = Check(
        "capacity-below-volume", .warning,
        finds: "More hand-overs promised to a team, or to all teams together, than its people can take."
    ) { checked in
        let agreement = checked.agreement
        let deliveries = agreement.promises.marketing.deliver?.all ?? []
        return deliveries.filter { $0.each.value == .company }.flatMap(\.amounts).compactMap { amount in
            guard case .volume(let volume) = amount.volume.value,
                let stage = agreement.stage(named: amount.what), let receiver = stage.handOver?.value
            else { return nil }
            let teams = agreement.teams.filter { receiver.includes($0) }
            let capacities = teams.flatMap(\.reps).map(\.capacity)
            let known = capacities.compactMap { $0 }
            guard !known.isEmpty, known.count == capacities.count,
                known.reduce(0, { $0 + $1.value.mostPerYear }) < volume.leastPerYear
            else { return nil }
            return Concern(
                at: amount.volume.place,
                "\(volume.words) \(stage.name) are promised to \(receiver.words), whose people take \(total(known)).",
                remedy: "Promise less, or raise the capacity.", example: "\(stage.name): \(total(known))",
                related: known.map(\.place))
        }
    }

    /// `150 per month`, or each where the periods differ.
    private static func total(_ capacities: [Clause<Volume>]) -> String {
        let periods = Set(capacities.map(\.value.per))
        guard periods.count == 1, let period = periods.first else {
            return capacities.map(\.value.words).joined(separator: " + ")
        }
        return Volume(capacities.reduce(0) { $0 + $1.value.count }, per: period).words
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

extension Volume {
    /// In the longest year: 366 days, and 53 weeks in part.
    var mostPerYear: Int { count * [.hour: 8784, .day: 366, .week: 53, .month: 12, .quarter: 4, .year: 1][per]! }
    /// In the shortest year.
    var leastPerYear: Int { count * [.hour: 8760, .day: 365, .week: 52, .month: 12, .quarter: 4, .year: 1][per]! }
}
