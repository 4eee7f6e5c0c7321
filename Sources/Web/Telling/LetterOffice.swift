internal import Agreement
internal import Answers
internal import Engine
internal import Journal
internal import Reports
internal import Sync
internal import Vocabulary

/// Writes letters from what is known when they are sent, by the reader's own clock.
struct LetterOffice {
    private let judged: Present.Judged
    let company: JudgedCompany
    private let zone: Zone
    let address: String
    /// `nil`: whoever reads may do nothing by a link.
    private let deeds: DeedLinks?
    private let now: Instant

    init(_ judged: Present.Judged, zone: Zone, address: String, deeds: DeedLinks?, at now: Instant) {
        (self.judged, company, self.zone) = (judged, judged.company, zone)
        (self.address, self.deeds, self.now) = (address, deeds, now)
    }

    func account(_ message: WantedMessage) -> AccountOutcome { company.outcome.accounts[Int(message.account)] }

    func handOver(_ message: WantedMessage) -> HandOver? {
        message.handOver >= 0 ? account(message).handOvers[Int(message.handOver)] : nil
    }

    func clock(_ message: WantedMessage) -> Clock? {
        message.clock >= 0 ? account(message).clocks[Int(message.clock)] : nil
    }

    func at(_ instant: Instant) -> String { instant.inWords(zone) }
    func name(_ text: Int32) -> String { text < 0 ? "nobody" : company.world.history.texts[text] }

    /// In one line, with the page that it is about.
    func notice(_ message: WantedMessage) -> Notice {
        let opening = opening(message)
        return Notice(
            id: message.key, title: opening.subject, text: opening.sentences.first ?? "",
            path: message.person >= 0 ? PersonName(company.personName(message.person)).path : "/leads")
    }

    func letter(_ message: WantedMessage) -> Letter {
        var letter = opening(message)
        if let late = lateness(message) { letter.sentences.append(late) }
        letter.details += details(message)
        let person = message.person >= 0 ? PersonName(company.personName(message.person)).path : "/leads"
        letter.links = deedLinks(message) + [DeedLink(words: "Open in Interlock", url: address + person)]
        return letter
    }

    /// What a digest begins with.
    func waiting(for reader: String) -> WaitingLeads? {
        WaitingLeads(company, judged.leads.get(), for: reader, at: now, in: zone)
    }

    /// By which the owner says what is still to be said.
    private func deedLinks(_ message: WantedMessage) -> [DeedLink] {
        guard let deeds, let handOver = handOver(message), handOver.isOpen, handOver.verdict?.manner != .spoken,
            handOver.owner >= 0, name(handOver.owner) == message.recipient
        else { return [] }
        let ticket = DeedTicket(
            lead: DeedTicket.lead(company.personName(handOver.person)),
            stage: company.stageName(handOver.stage, handOver.version), pass: handOver.pass,
            owner: message.recipient, until: now + DeedTicket.life)
        return deeds.links(ticket)
    }

    /// What is known of it only now is said to be, so that nobody wonders why they hear so late.
    private func lateness(_ message: WantedMessage) -> String? {
        let late = message.known - message.at
        guard late >= .minutes(1) else { return nil }
        let minutes = late.milliseconds / 60_000
        let words = Elapsed.minutes(minutes).inWords
        return "This was so on \(at(message.at)); we learned it \(words) later."
    }

    // MARK: Whom it is about

    private func lead(_ message: WantedMessage) -> Lead? {
        message.person < 0 ? nil : judged.leads.get().lead(message.person)
    }

    func title(_ message: WantedMessage) -> String {
        guard message.person >= 0 else { return "an account" }
        return lead(message)?.title ?? PersonName(company.personName(message.person)).text
    }

    func who(_ message: WantedMessage) -> String {
        let (title, company) = (title(message), lead(message)?.company ?? "")
        return company.isEmpty || company == title || title.hasSuffix("@" + company) ? title : "\(title) (\(company))"
    }

    func stage(_ message: WantedMessage) -> String {
        handOver(message).map { company.stageName($0.stage, $0.version) } ?? ""
    }

    private func details(_ message: WantedMessage) -> [(name: String, value: String)] {
        var details: [(name: String, value: String)] = []
        if let lead = lead(message) {
            if !lead.email.isEmpty { details.append(("Address", lead.email)) }
            if !lead.source.isEmpty { details.append(("Came by", lead.source)) }
            if !lead.grade.isEmpty { details.append(("Grade", lead.grade)) }
            details.append(("Engagement", lead.engagement.shown))
        }
        if let handOver = handOver(message) {
            details.append(("Stage", company.stageName(handOver.stage, handOver.version)))
            if handOver.owner >= 0, name(handOver.owner) != message.recipient {
                details.append(("Owner", name(handOver.owner)))
            }
            details.append(("By clause", clause(handOver.clause, handOver.version)))
        }
        for clock in promises(message) {
            if let due = clock.due { details.append(("\(word(clock.promise)) by", at(due))) }
        }
        return details
    }

    /// What the reader owes on it.
    private func promises(_ message: WantedMessage) -> [Clock] {
        guard message.handOver >= 0 else { return [] }
        return account(message).clocks.filter { clock in
            clock.handOver == message.handOver && clock.state == .running && clock.owner >= 0
                && name(clock.owner) == message.recipient && clock.promise != .pursue
        }
    }

    func clause(_ id: ClauseID, _ version: Int32) -> String {
        judged.evaluation.agreements.versions[Int(version)].compiled.clause(id)?.address ?? "–"
    }

    func word(_ promise: ProgramPromise) -> String {
        switch promise {
        case .respond: "Answer"
        case .decide: "Accept or reject"
        case .explain: "Give the reason"
        case .pursue: "Keep trying"
        case .qualify: "Qualify"
        }
    }
}
