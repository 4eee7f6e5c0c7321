internal import Engine
internal import Journal
internal import Reports
internal import Sync
internal import Vocabulary

// What each message says of itself, before what is known of the lead and what can be done about it.

extension LetterOffice {
    func opening(_ message: WantedMessage) -> Letter {
        switch message.what {
        case .handedOver: handedOver(message)
        case .joined:
            Letter(
                subject: "Also of your account: \(who(message))",
                sentences: [
                    "\(who(message)) joined the open lead of an account that you have. No clock of its own runs."
                ])
        case .givenTo(let why): given(message, why)
        case .takenAway(let why):
            Letter(
                subject: "No longer yours: \(title(message))",
                sentences: [
                    "\(who(message)) went to \(handOver(message).map { name($0.owner) } ?? "somebody else") on \(at(message.at)): \(why.inWords).",
                    "There is nothing left for you to do about it.",
                ])
        case .warned: warned(message)
        case .step: step(message)
        case .standDown: standDown(message)
        case .verdict(let verdict): said(message, verdict)
        case .disputed:
            Letter(
                subject: "Disputed: the rejection of \(title(message))",
                sentences: [
                    "The rejection of \(who(message)) was disputed on \(at(message.at)) and waits for a ruling."
                ])
        case .ruled: ruled(message)
        case .returned:
            Letter(
                subject: "Back with marketing: \(title(message))",
                sentences: ["\(who(message)) went back to marketing on \(at(message.at))."])
        case .held: held(message)
        case .nobodys:
            Letter(
                subject: "Nobody has this lead: \(who(message))",
                sentences: [
                    "\(who(message)) is ready for “\(stage(message))” since \(at(message.at)), and no system has given the lead to anybody.",
                    "Its time to be answered runs. Assign it where leads are assigned.",
                ])
        case .withdrawn(let why):
            Letter(
                subject: "Withdrawn: \(title(message))",
                sentences: ["\(who(message)) is withdrawn: \(why.inWords).", "Please do nothing more about it."])
        case .correction(let index): corrected(message, account(message).corrections[Int(index)])
        case .alert(let index): alerted(message, account(message).alerts[Int(index)])
        case .ownAlert(let heeded): heard(message, heeded)
        }
    }

    private func handedOver(_ message: WantedMessage) -> Letter {
        var letter = Letter(
            subject: "New lead: \(who(message))",
            sentences: ["\(who(message)) is yours since \(at(company.since(handOver(message)) ?? message.at))."])
        if handOver(message)?.isLate == true {
            letter.sentences.append("We learned of it late, so no time to answer is counted.")
        }
        if handOver(message)?.isBurst == true {
            letter.sentences.append("It is one of many that came at once and were handed over as there was room.")
        }
        return letter
    }

    private func given(_ message: WantedMessage, _ why: Ownership.Why) -> Letter {
        let before = handOver(message).map { $0.owners.dropLast().last.map { name($0.owner) } ?? "nobody" } ?? "nobody"
        return Letter(
            subject: "Yours now: \(who(message))",
            sentences: [
                "\(who(message)) came to you from \(before) on \(at(message.at)): \(why.inWords).",
                "Your time to answer begins now.",
            ])
    }

    private func warned(_ message: WantedMessage) -> Letter {
        let due = clock(message)?.due.map { "until \(at($0))" } ?? "not much longer"
        let what = clock(message).map { word($0.promise).lowercased() } ?? "answer"
        return Letter(
            subject: "Still waiting: \(who(message))",
            sentences: [
                "You have \(due) to \(what) – \(who(message)) has waited since \(at(clock(message)?.start ?? message.at))."
            ])
    }

    private func step(_ message: WantedMessage) -> Letter {
        guard let clock = clock(message) else { return Letter(subject: "Waiting: \(title(message))", sentences: []) }
        let late = clock.missedAt.map { "was due on \(at($0)) and is not done" } ?? "is not done yet"
        return Letter(
            subject: "Nobody has answered: \(who(message))",
            sentences: [
                "\(who(message)) has been with \(name(clock.owner)) since \(at(clock.start)). “\(word(clock.promise))” \(late).",
                "The agreement says that you are told: \(clause(stepClause(message, clock), clock.version)).",
            ])
    }

    private func stepClause(_ message: WantedMessage, _ clock: Clock) -> ClauseID {
        let terms = company.world.versions[Int(clock.version)].program.clocks[Int(clock.program)]
        guard case .step(let rung) = message.what, terms.ladder.indices.contains(Int(rung)) else { return terms.clause }
        return terms.ladder[Int(rung)].clause
    }

    private func standDown(_ message: WantedMessage) -> Letter {
        let owner = clock(message).map { name($0.owner) } ?? "the owner"
        return Letter(
            subject: "All clear: \(title(message)) was answered in time",
            sentences: [
                "You were told that \(who(message)) was waiting. \(owner) had answered on \(at(message.at)), in time.",
                "That became known only on \(at(message.known)).",
            ])
    }

    private func said(_ message: WantedMessage, _ verdict: Verdict) -> Letter {
        let by = verdict.by >= 0 ? name(verdict.by) : handOver(message).map { name($0.owner) } ?? "the owner"
        switch (verdict.manner, verdict.isAccepted) {
        case (.silence, true):
            return Letter(
                subject: "Accepted by silence: \(title(message))",
                sentences: [
                    "Nobody said anything about \(who(message)) in time, so the lead counts as accepted since \(at(verdict.instant))."
                ])
        case (.silence, false):
            return Letter(
                subject: "Rejected by silence: \(title(message))",
                sentences: [
                    "Nobody said anything about \(who(message)) in time, so the lead counts as rejected since \(at(verdict.instant))."
                ])
        case (.deed, _):
            return Letter(
                subject: "Accepted by deed: \(title(message))",
                sentences: [
                    "\(by) held a meeting with \(who(message)) on \(at(verdict.instant)), which counts as accepting the lead."
                ])
        case (.spoken, true):
            let mark = verdict.mark.map { ", with the mark \(Number(mantissa: $0, scale: 6).description)" } ?? ""
            return Letter(
                subject: "Accepted: \(title(message))",
                sentences: ["\(by) accepted \(who(message)) on \(at(verdict.instant))\(mark)."])
        case (.spoken, false):
            let reason = verdict.reason >= 0 ? " The reason: \(name(verdict.reason))." : " No reason is given yet."
            return Letter(
                subject: "Rejected: \(title(message))",
                sentences: ["\(by) rejected \(who(message)) on \(at(verdict.instant)).\(reason)"])
        }
    }

    private func ruled(_ message: WantedMessage) -> Letter {
        let words: String =
            switch handOver(message)?.dispute?.ruling {
            case .overturned: "The rejection was overturned: the lead counts as accepted from the start."
            case .upheld: "The rejection was upheld."
            case .upheldForWantOfRuling: "Nobody ruled in time, so the rejection stands."
            case .pending, nil: "The dispute is still open."
            }
        return Letter(subject: "Ruled: the rejection of \(title(message))", sentences: [words])
    }

    private func held(_ message: WantedMessage) -> Letter {
        let program = handOver(message).map { company.world.versions[Int($0.version)].program }
        func list(_ fields: [Int32]) -> String {
            fields.compactMap { field in program.map { $0.names[Int($0.fields[Int(field)].name)] } }.joined(
                separator: ", ")
        }
        let reason: String =
            switch handOver(message)?.hold {
            case .fields(let fields): "these fields are missing: \(list(fields))"
            case .consent: "the gate allows no way of contacting them"
            case .fieldsAndConsent(let fields):
                "these fields are missing: \(list(fields)); and the gate allows no way of contacting them"
            case nil: "something is missing"
            }
        return Letter(
            subject: "Held: \(title(message))",
            sentences: [
                "\(who(message)) is ready for “\(stage(message))” since \(at(message.at)) but is not handed over: \(reason).",
                "Sales has not been told.",
            ])
    }

    private func corrected(_ message: WantedMessage, _ correction: Correction) -> Letter {
        if correction.handOver < 0, let other = otherOwner(message) {
            return Letter(
                subject: "Withdrawn: \(title(message))",
                sentences: [
                    "\(who(message)), of whom you were told on \(at(correction.decided)), turned out to be the lead of \(other).",
                    "Please do nothing more about it.",
                ])
        }
        let now = handOver(message)?.ready.map { "By what is known now it was handed over on \(at($0))." }
        return Letter(
            subject: "Corrected: \(title(message))",
            sentences: [
                "On \(at(correction.decided)) you were told of \(who(message)). A fact that became known on \(at(correction.instant)) changes that.",
                now ?? "By what is known now the lead would not have been handed over.",
                "The lead stays yours; nothing is taken back.",
            ])
    }

    /// Who has the person now, where it is not the reader.
    private func otherOwner(_ message: WantedMessage) -> String? {
        let open = account(message).handOvers.last { $0.person == message.person && $0.isOpen && $0.owner >= 0 }
        return open.map { name($0.owner) }.flatMap { $0 == message.recipient ? nil : $0 }
    }

    /// What was done, in the words of the system that tells of it.
    private func deed(_ fact: Int32) -> String {
        guard fact >= 0 else { return "something" }
        let act = company.world.history.acts[Int(company.world.history.act[Int(fact)])]
        return act.name >= 0 && !name(act.name).isEmpty ? name(act.name) : act.kind.word
    }

    private func heard(_ message: WantedMessage, _ heeded: HeededFact) -> Letter {
        let what = deed(heeded.fact)
        let whose = message.person >= 0 ? who(message) : "Somebody of \(company.accountName(heeded.account))"
        return Letter(
            subject: "\(whose): \(what)",
            sentences: [
                "\(whose) did this on \(at(message.at)): \(what).",
                "You asked to be told. Pause or end it at \(address)/alerts.",
            ])
    }

    private func alerted(_ message: WantedMessage, _ alert: RaisedAlert) -> Letter {
        let what = deed(alert.fact)
        let clause = clause(
            company.world.versions[Int(alert.version)].program.alerts[Int(alert.alert)].clause, alert.version)
        return Letter(
            subject: "\(who(message)): \(what)",
            sentences: ["\(who(message)) did this on \(at(alert.instant)): \(what).", "You are told by \(clause)."])
    }
}

extension JudgedCompany {
    /// Since when the present owner has it.
    fileprivate func since(_ handOver: HandOver?) -> Instant? { handOver?.owners.last?.since }
}

extension Ownership.Why {
    fileprivate var inWords: String {
        switch self {
        case .routed: "by the rules of routing"
        case .recorded: "another system assigned it"
        case .rerouted: "it was rejected, for a reason that passes it on"
        case .toAccountOwner: "its account has an owner"
        case .joined: "an open lead of the same account is there"
        case .ownerAway: "its owner is away"
        case .ownerLeft: "its owner has left"
        case .escalated: "it was not answered in time"
        case .merged: "two leads turned out to be one person"
        }
    }
}

extension Clock.Withdrawal {
    fileprivate var inWords: String {
        switch self {
        case .none: "its reason has gone"
        case .merged: "the person turned out to be the lead of somebody else"
        case .bounced: "the address does not exist"
        case .consentWithdrawn: "the person may not be contacted any more"
        case .erased: "the person asked to be forgotten"
        case .ownedElsewhere: "the account belongs to somebody else"
        case .rejectionUpheld: "the rejection stands"
        }
    }
}
