internal import Journal
public import Vocabulary

// The consent gate: may this person be contacted, for this purpose, now? Facts in order, the last wins; a withdrawal is lifted
// only by a later consent with a proof, never by a flag; ties deny; unknown means no.

extension AccountFold {
    /// A no may end what the person was handed over for: at once, or once the flag that says so is known.
    mutating func noteConsent(_ act: Act, _ person: Int) {
        consents[person].append(fact)
        guard act.kind != .consentGiven else { return }
        let known = Instant(milliseconds: history.known(Int(fact)))
        if isFlag(act), known > present {
            timers.set(Timer(instant: known, kind: .consent, subject: fact, detail: Int32(person)))
        }
        withdrawWhereNothingIsAllowed(person)
    }

    private func isFlag(_ act: Act) -> Bool {
        text(world.words.basis, act).map { Int64($0) == world.words.flag } ?? false
    }

    func allowsAnything(_ person: Int) -> Bool {
        program.purposes.indices.contains { gate(person, purpose: $0, withHours: false).isAllowed }
    }

    /// `withHours`: also whether now is an hour at which the channel may be used.
    func gate(_ person: Int, purpose index: Int, withHours: Bool = true) -> GateAnswer {
        let purpose = program.purposes[index]
        let ledger = ledger(person, purpose)
        let (basis, clause) = basis(person, purpose)
        if let boundary = boundary(person, purpose) { return boundary }
        if let quarantine = world.uploads[global(person)], quarantine.instant <= present, ledger.given == nil {
            return GateAnswer(
                isAllowed: false, why: .quarantined, notBefore: nil, expires: nil, clause: quarantine.clause,
                fact: noFact)
        }
        let answer = answer(basis, clause, ledger, person, purpose)
        return withHours && answer.isAllowed ? heedHours(answer, purpose) : answer
    }

    private func answer(
        _ basis: ConsentProgram.Basis?, _ clause: ClauseID, _ ledger: Ledger, _ person: Int,
        _ purpose: GateProgram.Purpose
    ) -> GateAnswer {
        func say(_ isAllowed: Bool, _ why: GateAnswer.Why, _ fact: Int32 = noFact, expires: Instant? = nil)
            -> GateAnswer
        {
            GateAnswer(isAllowed: isAllowed, why: why, notBefore: nil, expires: expires, clause: clause, fact: fact)
        }
        let reply = reply(person, purpose, unlessDeniedSince: ledger.deniedAt)
        if let reply, reply.isAllowed { return reply }
        if let denied = ledger.denied { return say(false, ledger.denial, denied) }
        switch basis {
        case .never: return say(false, .never)
        case .optOut: return say(true, .optOutNotUsed)
        case .optIn:
            guard let given = ledger.given else { return reply ?? say(false, .noConsent) }
            if let expires = ledger.expires, expires <= present { return say(false, .expired, given) }
            return say(true, .consentGiven, given, expires: ledger.expires)
        case nil:
            return program.program.gate.allowsByDefault ? say(true, .allowedByDefault) : say(false, .deniedByDefault)
        }
    }

    /// What the facts say of one purpose.
    private struct Ledger {
        var given: Int32?
        var expires: Instant?
        var denied: Int32?
        var deniedAt: Instant?
        var denial = GateAnswer.Why.withdrawn
    }

    private func ledger(_ person: Int, _ purpose: GateProgram.Purpose) -> Ledger {
        var ledger = Ledger()
        for (place, instant) in said(person, purpose) {
            let act = history.acts[Int(history.act[Int(place)])]
            if act.kind == .consentGiven {
                let hasProof = text(world.words.proof, act) != nil
                if let denied = ledger.deniedAt, !hasProof || instant <= denied { continue }
                (ledger.denied, ledger.deniedAt) = (nil, nil)
                ledger.given = place
                ledger.expires = expiry(act, from: instant)
            } else {
                (ledger.denied, ledger.deniedAt) = (place, instant)
                let isOfAnother = text(world.words.purpose, act).map {
                    $0 != program.name(purpose.name) && Int64($0) != world.words.all
                }
                ledger.denial = isOfAnother == true ? .optOut : act.kind == .consentObjected ? .objected : .withdrawn
                ledger.given = nil
            }
        }
        return ledger
    }

    /// What was said of a purpose by now, in the order in which it counts.
    private func said(_ person: Int, _ purpose: GateProgram.Purpose) -> [(place: Int32, instant: Instant)] {
        var said: [(place: Int32, instant: Instant)] = []
        for place in consents[person] {
            let act = history.acts[Int(history.act[Int(place)])]
            guard concerns(act, purpose), let instant = counts(act, place) else { continue }
            // A flag that became known late counts behind what was said until then.
            let end = said.lastIndex { $0.instant <= instant }.map { $0 + 1 } ?? 0
            said.insert((place, instant), at: end)
        }
        return said
    }

    /// From when a fact of consent counts; `nil`: not yet. A flag says that somebody has opted out, not when.
    private func counts(_ act: Act, _ place: Int32) -> Instant? {
        let instant = isFlag(act) ? Instant(milliseconds: history.known(Int(place))) : history.at(Int(place))
        return instant <= present ? instant : nil
    }

    /// A consent is for its purpose, and its channel where it names one. Opting out of any e-mail purpose denies all e-mail.
    private func concerns(_ act: Act, _ purpose: GateProgram.Purpose) -> Bool {
        let words = world.words
        guard let said = text(words.purpose, act) else { return false }
        let channel = text(words.channel, act)
        let isOfChannel = channel.map { $0 == program.name(purpose.channel) } ?? true
        if said == program.name(purpose.name) || Int64(said) == words.all { return isOfChannel }
        guard act.kind != .consentGiven, Int64(program.name(purpose.channel)) == words.email else { return false }
        let other = program.program.gate.purposes.first { program.name($0.name) == said }
        return other.map { $0.channel == purpose.channel } ?? (channel.map { Int64($0) == words.email } ?? false)
    }

    private func expiry(_ act: Act, from instant: Instant) -> Instant? {
        let words = world.words
        if words.expires >= 0, let stated = history.properties.property(Int32(words.expires), of: act.properties),
            stated.kind == .instant
        {
            return Instant(milliseconds: stated.bits)
        }
        guard let ground = text(words.basis, act) else { return nil }
        return program.program.gate.expiries.first { program.name($0.ground) == ground }.map { instant + $0.after }
    }

    private func text(_ name: Int64, _ act: Act) -> Int32? {
        guard name >= 0, let property = history.properties.property(Int32(name), of: act.properties),
            property.kind == .text
        else { return nil }
        return Int32(property.bits)
    }

    /// The first rule that holds and names the purpose.
    private func basis(_ person: Int, _ purpose: GateProgram.Purpose) -> (ConsentProgram.Basis?, ClauseID) {
        for index in program.consent.indices {
            let rule = program.consent[index]
            for setting in program.settings.range(index) where program.settings[at: setting].purpose == purpose.name {
                guard holds(rule.when, person) else { break }
                return (program.settings[at: setting].basis, rule.clause)
            }
        }
        return (nil, program.program.gate.defaultClause)
    }

    /// Who asked to be contacted may be answered by sales, on the channel they gave, for as long as agreed, unless they said
    /// no since.
    private func reply(
        _ person: Int, _ purpose: GateProgram.Purpose, unlessDeniedSince denied: Instant?
    ) -> GateAnswer? {
        guard !requests[person].isEmpty, !isMarketing(purpose),
            let last = requests[person].last(where: { isOnChannel(of: purpose, $0) }),
            let rule = program.program.consent.first(where: { $0.reply != nil && holds($0.when, person) }),
            let time = rule.reply
        else { return nil }
        let asked = history.at(Int(last))
        guard denied.map({ $0 < asked }) ?? true else { return nil }
        let isInTime = present < asked + time
        return GateAnswer(
            isAllowed: isInTime, why: isInTime ? .reply : .expired, notBefore: nil, expires: asked + time,
            clause: rule.clause, fact: last)
    }

    /// A touch of the person names the channel they used; a call is on the phone.
    private func isOnChannel(of purpose: GateProgram.Purpose, _ place: Int32) -> Bool {
        let act = history.acts[Int(history.act[Int(place)])]
        guard let channel = text(world.words.channel, act) else { return true }
        let name = history.texts[channel] == "call" ? "phone" : history.texts[channel]
        return name == program.program.names[Int(purpose.channel)]
    }

    /// By its name, as the agreement gives it.
    private func isMarketing(_ purpose: GateProgram.Purpose) -> Bool {
        program.program.names[Int(purpose.name)].hasPrefix("marketing")
    }

    /// What the mission forbids, whatever the person said.
    private func boundary(_ person: Int, _ purpose: GateProgram.Purpose) -> GateAnswer? {
        guard program.hasBoundaries else { return nil }
        let broken = program.program.boundaries.first { boundary in
            boundary.purposes.contains(purpose.name) && holds(boundary.condition, person)
        }
        return broken.map { boundary in
            GateAnswer(
                isAllowed: false, why: .boundary, notBefore: nil, expires: nil, clause: boundary.condition.clause,
                fact: noFact)
        }
    }

    private func heedHours(_ answer: GateAnswer, _ purpose: GateProgram.Purpose) -> GateAnswer {
        guard let hours = program.program.gate.hours.first(where: { $0.channel == purpose.channel }) else {
            return answer
        }
        let local = program.zone.civil(at: present)
        if hours.block.opens <= local.time, local.time < hours.block.closes { return answer }
        let day = local.time < hours.block.opens ? local.date : local.date.adding(days: 1)
        var later = answer
        later.isAllowed = false
        later.why = .contactHours
        later.notBefore = program.zone.instant(of: CivilDateTime(date: day, time: hours.block.opens)).earliest
        later.clause = hours.clause
        return later
    }

    /// An outward touch while no purpose on its channel was allowed.
    mutating func noteBreach(_ act: Act, _ person: Int, _ channel: Int32) {
        guard person < size - 1, channel >= 0 else { return }
        let means = Int64(channel) == world.words.call ? world.words.phone : Int64(channel)
        var denial: GateAnswer?
        for index in program.purposes.indices where Int64(program.name(program.purposes[index].channel)) == means {
            let answer = gate(person, purpose: index)
            if answer.isAllowed { return }
            denial = denial ?? answer
        }
        guard let denial else { return }
        let breach = Breach(
            instant: present, person: global(person), by: act.actor, channel: channel, answer: denial, fact: fact)
        edit { $0.breaches.append(breach) }
    }
}

/// What the gate says of one purpose.
public struct PurposeAnswer: Hashable, Sendable {
    /// A text.
    public let purpose: Int32
    public let answer: GateAnswer
}

/// What the gate says of every purpose of a person at an instant, from the facts until then.
public func gate(of person: Int32, at instant: Instant, in world: FoldWorld) -> [PurposeAnswer] {
    let earlier = FoldWorld(
        history: world.history, versions: world.versions, staff: world.staff, assigning: .recorded, until: instant)
    var fold = AccountFold(world.history.persons[Int(person)].account, in: earlier)
    fold.run()
    fold.present = instant
    return fold.program.program.gate.purposes.indices.map { index in
        let purpose = fold.program.name(fold.program.program.gate.purposes[index].name)
        return PurposeAnswer(purpose: purpose, answer: fold.gate(fold.local(person), purpose: index))
    }
}
