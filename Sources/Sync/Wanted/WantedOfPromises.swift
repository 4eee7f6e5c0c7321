internal import Engine
internal import Journal
internal import Vocabulary

// Promises on it.

extension Wanted {
    mutating func tellClocks(_ telling: LeadTelling) throws {
        let handOver = telling.handOver
        for (number, clock) in telling.account.clocks.enumerated() where clock.handOver == Int32(telling.index) {
            guard let owner = text(clock.owner) else {
                try tellSteps(telling, number, clock, "")
                continue
            }
            try tellWarning(telling, number, clock, owner)
            try tellSteps(telling, number, clock, owner)
            if clock.state == .withdrawn { try tellWithdrawal(telling, clock.withdrawal, at: clock.ended, to: owner) }
        }
        if handOver.isOpen, handOver.isDenied, let owner = text(handOver.owner) {
            try tellWithdrawal(telling, .consentWithdrawn, at: world.until, to: owner)
        }
    }

    /// Only while it can still be kept.
    private mutating func tellWarning(_ telling: LeadTelling, _ number: Int, _ clock: Clock, _ owner: String) throws {
        guard clock.state == .running, let warned = clock.warned, isToBeTold(warned), telling.handOver.isOpen else {
            return
        }
        var message = telling.message(
            StableKey.of(telling.lead, clock.promise.word, owner, "warning"), .warned, to: owner, at: warned)
        message.clock = Int32(number)
        want(message)
    }

    private mutating func tellSteps(_ telling: LeadTelling, _ number: Int, _ clock: Clock, _ owner: String) throws {
        let ladder = world.versions[Int(clock.version)].program.clocks[Int(clock.program)].ladder
        for (rung, step) in ladder.enumerated() {
            guard let reader = reader(of: step.action, clock) else { continue }
            let clause = sources.clause(step.clause, clock.version)
            let key = StableKey.of(telling.lead, clock.promise.word, owner, clause, reader)
            let taken = clock.steps.first { $0.step == Int32(rung) }
            let isUnmet = clock.state == .running || clock.state == .missed
            if let taken, isUnmet, telling.handOver.isOpen, isToBeTold(taken.instant) {
                var message = telling.message(key, .step(Int32(rung)), to: reader, at: taken.instant)
                message.clock = Int32(number)
                want(message)
            } else if clock.state == .met, taken == nil, isLateEvidence(clock) {
                var message = telling.message(
                    StableKey.of(key, "all-clear"), .standDown(Int32(rung)), to: reader, at: clock.ended ?? clock.start)
                message.clock = Int32(number)
                message.known = known(clock.fact, or: message.at)
                message.after = key
                want(message)
            }
        }
    }

    private func isLateEvidence(_ clock: Clock) -> Bool {
        guard clock.fact >= 0, let ended = clock.ended else { return false }
        return isToBeTold(known(clock.fact, or: ended)) && known(clock.fact, or: ended) > ended
    }

    /// `nil`: the step tells nobody; who gets a lead by it learns that as its owner.
    private func reader(of action: ClockProgram.Action, _ clock: Clock) -> String? {
        switch action {
        // What is nobody's is nobody's manager's: operations see to it that it becomes somebody's.
        case .tellManager: clock.owner < 0 ? sources.operations : text(world.staff.manager(of: clock.owner))
        case .tell(let name):
            text(world.versions[Int(clock.version)].name(name)).flatMap { sources.side($0, clock.version) ?? $0 }
        case .reassign, .checkIn: nil
        }
    }

    /// Only to whoever was told that it was theirs; an upheld rejection is told as a verdict.
    private mutating func tellWithdrawal(
        _ telling: LeadTelling, _ why: Clock.Withdrawal, at ended: Instant?, to owner: String
    ) throws {
        guard why != .rejectionUpheld, why != .none, let ended, isToBeTold(ended),
            let number = telling.handOver.owners.lastIndex(where: { text($0.owner) == owner })
        else { return }
        var message = telling.message(
            StableKey.of(telling.lead, "withdrawn", "\(why)", owner), .withdrawn(why), to: owner, at: ended)
        message.after = ownerMessageKey(telling, number)
        want(message)
    }
}
