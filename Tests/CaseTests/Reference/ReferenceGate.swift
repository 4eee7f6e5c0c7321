import Agreement
import Engine
import Journal
import Vocabulary

// The consent gate: what was said last holds; a no is lifted only by a later yes with a proof; unknown means no.

extension ReferenceAccount {
    /// Any purpose at all, at whatever hour.
    func mayBeContacted(_ person: Int) -> Bool {
        let purposes = agreed.agreement.consent.purposes
        return purposes.isEmpty || purposes.contains { isAllowed(answer(person, $0)) }
    }

    private func isAllowed(_ why: String) -> Bool {
        ["consentGiven", "optOutNotUsed", "reply", "allowedByDefault"].contains(why)
    }

    /// By the names of `GateAnswer.Why`.
    private func answer(_ person: Int, _ purpose: Purpose) -> String {
        let said = consents(person, purpose)
        let denial = denial(said)
        let reply = reply(person, purpose, since: denial?.instant)
        if reply == "reply" { return "reply" }
        if let denial { return denialName(denial.fact, purpose) }
        switch basis(person, purpose) {
        case .never: return "never"
        case .optOut: return "optOutNotUsed"
        case .optIn:
            guard let given = said.last(where: { $0.fact.kind == .consentGiven }) else { return reply ?? "noConsent" }
            return expiry(given).map { $0 <= now } ?? false ? "expired" : "consentGiven"
        case nil: return agreed.agreement.consent.standard.value == .allow ? "allowedByDefault" : "deniedByDefault"
        }
    }

    private struct Said {
        var instant: Instant
        var fact: Fact
    }

    /// What counts of what was said of a purpose, by when it counts from. At one instant a no comes last.
    private func consents(_ person: Int, _ purpose: Purpose) -> [Said] {
        let all = facts[..<noted].filter { $0.person == person && $0.fact.kind.family == .consent }
        let said = all.map { entry in
            Said(instant: isFlag(entry.fact) ? entry.fact.known : entry.fact.occurred, fact: entry.fact)
        }
        return said.filter { $0.instant <= now && concerns($0.fact, purpose) }.enumerated().sorted { a, b in
            let (x, y) = (a.element, b.element)
            if x.instant != y.instant { return x.instant < y.instant }
            let isNo = [x, y].map { $0.fact.kind == .consentGiven ? 0 : 1 }
            return isNo[0] != isNo[1] ? isNo[0] < isNo[1] : a.offset < b.offset
        }.map(\.element)
    }

    private func isFlag(_ fact: Fact) -> Bool { fact["basis"] == .text("flag") }

    /// The last no, unless somebody has proven a later yes.
    private func denial(_ said: [Said]) -> Said? {
        guard let no = said.last(where: { $0.fact.kind != .consentGiven }) else { return nil }
        let isLifted = said.contains { yes in
            guard case .text? = yes.fact["proof"] else { return false }
            return yes.fact.kind == .consentGiven && yes.instant > no.instant
        }
        return isLifted ? nil : no
    }

    private func denialName(_ fact: Fact, _ purpose: Purpose) -> String {
        if fact["purpose"] != .text(purpose.name), fact["purpose"] != .text("all") { return "optOut" }
        return fact.kind == .consentObjected ? "objected" : "withdrawn"
    }

    /// A yes is for its purpose, and its channel where it names one. A no to any e-mail is one to all e-mail.
    private func concerns(_ fact: Fact, _ purpose: Purpose) -> Bool {
        guard case .text(let told)? = fact["purpose"] else { return false }
        var channel: String?
        if case .text(let text)? = fact["channel"] { channel = text }
        if told == purpose.name || told == "all" { return channel.map { $0 == purpose.channel.value.rawValue } ?? true }
        guard fact.kind != .consentGiven, purpose.channel.value == .email else { return false }
        let other = agreed.agreement.consent.purposes.first { $0.name == told }
        return other.map { $0.channel.value == .email } ?? (channel == "email")
    }

    private func expiry(_ said: Said) -> Instant? {
        if case .instant(let stated)? = said.fact["expires"] { return stated }
        guard case .text(let ground)? = said.fact["basis"] else { return nil }
        return agreed.agreement.consent.expires.first { $0.ground == ground }.map {
            said.instant + $0.after.value.elapsed
        }
    }

    private func basis(_ person: Int, _ purpose: Purpose) -> ConsentBasis? {
        for rule in agreed.agreement.consent.rules {
            let setting = rule.settings.first { $0.purpose == purpose.name }
            if let setting, holds(rule.when.value, person) { return setting.basis.value }
        }
        return nil
    }

    /// Who asked to be contacted may be answered by sales for as long as agreed, unless they said no since.
    private func reply(_ person: Int, _ purpose: Purpose, since denied: Instant?) -> String? {
        let requests = facts[..<noted].filter { entry in
            entry.person == person && asksForContact(entry.fact) && isOnChannel(entry.fact, purpose)
        }
        guard !purpose.name.hasPrefix("marketing"), let last = requests.last,
            let time = agreed.agreement.consent.rules.first(where: { $0.reply != nil && holds($0.when.value, person) })?
                .reply
        else { return nil }
        let asked = last.fact.occurred
        if let denied, denied >= asked { return nil }
        return now < asked + time.value.time.elapsed ? "reply" : "expired"
    }

    func asksForContact(_ fact: Fact) -> Bool {
        if fact.kind == .consentWithdrawn || fact.kind == .consentObjected { return false }
        if fact.kind == .touch { return fact["direction"].map { $0 != .text("outward") } ?? false }
        return fact["request"] == .flag(true) || fact["basis"] == .text("request")
    }

    private func isOnChannel(_ fact: Fact, _ purpose: Purpose) -> Bool {
        guard case .text(let channel)? = fact["channel"] else { return true }
        return (channel == "call" ? "phone" : channel) == purpose.channel.value.rawValue
    }

    // MARK: What a no does

    /// Flags of opting out count from when they became known.
    var consentFlags: [Timed] {
        facts[..<noted].indices.compactMap { place in
            let fact = facts[place].fact
            let isLate = fact.kind.family == .consent && fact.kind != .consentGiven && isFlag(fact)
            return isLate && fact.known > fact.occurred
                ? Timed(instant: fact.known, what: .consent, subject: place) : nil
        }
    }

    mutating func withdrawWhereNothingIsAllowed(_ person: Int) {
        guard let index = states[person].handOver, told.handOvers[index].isOpen, !mayBeContacted(person) else { return }
        withdraw(index, "consentWithdrawn")
    }

    /// An outward touch while every purpose of its channel is denied.
    mutating func noteBreach(_ person: Int) {
        guard case .text(let channel)? = property("channel"), person != itself else { return }
        let means = channel == "call" ? "phone" : channel
        let purposes = agreed.agreement.consent.purposes.filter { $0.channel.value.rawValue == means }
        let answers = purposes.map { purpose in
            let answer = answer(person, purpose)
            return isAllowed(answer) && !isAnHour(for: purpose) ? "contactHours" : answer
        }
        guard let first = answers.first, !answers.contains(where: isAllowed) else { return }
        told.breaches.append(
            ToldBreach(
                instant: now, who: who(person), by: facts[fact].fact.actor?.value ?? "", channel: channel, why: first,
                fact: evidence))
    }

    private func isAnHour(for purpose: Purpose) -> Bool {
        let hours = agreed.agreement.consent.contactHours?.hours.first { $0.channel == purpose.channel.value }
        guard let block = hours?.block.value.block else { return true }
        let time = agreed.agreement.zone.civil(at: now).time
        return block.opens <= time && time < block.closes
    }
}
