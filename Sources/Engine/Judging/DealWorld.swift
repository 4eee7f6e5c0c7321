public import Vocabulary

/// A deal as it stood after one of its changes: a report's condition may ask about it and about the period, and about nothing
/// else.
struct DealWorld: ConditionWorld {
    let program: BoundProgram
    let history: History
    let deal: DealOutcome
    let change: DealOutcome.Change
    let period: Range<CivilDate>

    func value(of term: ProgramOperation, for subject: Void) -> Int64 {
        switch term {
        case .dealPipeline: known(deal.pipeline)
        case .dealStage: known(change.stage)
        case .dealKind: deal.kind < 0 ? unknown : Int64(program.name(program.program.dealKinds[Int(deal.kind)].name))
        case .dealCloseDate: change.closeDate.map(Int64.init) ?? unknown
        case .dealAmount(let currency): change.currency == currency ? change.amount ?? unknown : unknown
        case .today: Int64(program.zone.civil(at: change.instant).date.daysSinceEpoch)
        default: unknown
        }
    }

    func isSo(_ predicate: ProgramOperation, for subject: Void) -> Bool {
        guard case .dealIsOpen = predicate else { return false }
        return change.state == .open
    }

    func matches(_ text: Int64, pattern: Int32) -> Bool {
        program.program.patterns[Int(pattern)].matches(history.texts[Int32(text)].lowercased())
    }

    func isFreeMail(_ text: Int64) -> Bool { false }

    func isInPeriod(_ date: Int64) -> Bool {
        (Int64(period.lowerBound.daysSinceEpoch)..<Int64(period.upperBound.daysSinceEpoch)).contains(date)
    }

    private func known(_ text: Int32) -> Int64 { text < 0 ? unknown : Int64(text) }
}

extension BoundProgram {
    /// Whether a deal, as it stood after a change, counts as pipeline of a period. Without a clause every open deal does.
    public func countsAsPipeline(
        _ deal: DealOutcome, after change: DealOutcome.Change, in period: Range<CivilDate>, _ history: History
    ) -> Bool {
        guard let counts = program.pipelineCounts else { return change.state == .open }
        let world = DealWorld(program: self, history: history, deal: deal, change: change, period: period)
        return conditions.holds(counts, for: (), in: world, on: conditions.room)
    }
}
