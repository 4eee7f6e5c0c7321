internal import Engine
internal import Journal
internal import Vocabulary

// What is no lead's alone.

extension Wanted {
    mutating func tellAlert(_ account: AccountOutcome, _ index: Int) throws {
        let alert = account.alerts[index]
        guard isToBeTold(alert.instant), let reader = sources.alertReader(alert.version, alert.alert),
            let recipient = address(of: reader, alert.owner)
        else { return }
        let clause = sources.clause(
            world.versions[Int(alert.version)].program.alerts[Int(alert.alert)].clause, alert.version)
        want(
            WantedMessage(
                key: StableKey.of("alert", clause, try factText(alert.fact), recipient), what: .alert(Int32(index)),
                recipient: recipient, lead: "", account: account.account, person: alert.person, at: alert.instant,
                known: known(alert.fact, or: alert.instant)))
    }

    mutating func tellHeeded(_ heeded: HeededFact) throws {
        let instant = world.history.at(Int(heeded.fact))
        guard isToBeTold(instant), instant >= heeded.alert.since else { return }
        want(
            WantedMessage(
                key: StableKey.of("own alert", "\(heeded.alert.id)", try factText(heeded.fact)),
                what: .ownAlert(heeded), recipient: heeded.alert.reader, lead: "", account: heeded.account,
                person: heeded.person, at: instant, known: known(heeded.fact, or: instant)))
    }

    private func address(of reader: AlertReader, _ owner: Int32) -> String? {
        switch reader {
        case .owner: text(owner)
        case .manager: text(world.staff.manager(of: owner))
        case .address(let address): address
        }
    }

    /// Whoever was told hears what later facts made of it, where it makes a difference.
    mutating func tellCorrection(_ account: AccountOutcome, _ index: Int) throws {
        let correction = account.corrections[index]
        guard isToBeTold(correction.instant), isToBeTold(correction.decided), let recipient = text(correction.told)
        else {
            return
        }
        if correction.handOver >= 0, let ready = account.handOvers[Int(correction.handOver)].ready {
            let apart = ready < correction.decided ? correction.decided - ready : ready - correction.decided
            guard apart >= Wanted.patience else { return }
        }
        let decision = try sources.factKey(correction.decision)
        guard decision.source == SentFact.source else { return }
        var message = WantedMessage(
            key: StableKey.of(decision.id, "correction", try factText(correction.fact)),
            what: .correction(Int32(index)),
            recipient: recipient, lead: decision.id, account: account.account, handOver: correction.handOver,
            person: correction.person, at: correction.decided, known: correction.instant)
        message.after = StableKey.of(decision.id, "lead", recipient)
        want(message)
    }
}
