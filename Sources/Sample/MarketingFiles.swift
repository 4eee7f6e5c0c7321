/// `map/…`: what the marketing automation platform exports.
struct MarketingFiles: Sendable {
    let people: People
    let roster: Roster
    let records: Records
    let wording: Wording

    private var seed: UInt64 { people.options.seed }
}

// MARK: - Contacts

extension MarketingFiles {
    /// HubSpot's internal names; `salesforceleadid` is the CRM's number, which its own connector keeps there.
    func contacts(_ export: Export, _ out: inout OutFile) throws {
        try out.header(
            """
            id,email,firstname,lastname,company,jobtitle,job_level,country,numberofemployees,lifecyclestage,\
            hubspot_owner_id,hs_email_optout,hs_analytics_source,hs_merged_object_ids,createdate,lastmodifieddate,\
            hs_object_id,salesforceleadid
            """)
        for (index, person) in people.persons.enumerated() where person.isKnown(export.at - 1) {
            let state = records.state(index, before: export.at)
            let isNews = export.isFirstToShow(state.modified)
            if export.complete || isNews { try contact(index, person, state, isNews, &out) }
        }
    }

    private func contact(_ index: Int, _ person: Person, _ state: ContactState, _ isNews: Bool, _ out: inout OutFile)
        throws
    {
        out.contact(index)
        out.comma()
        out.email(index, wording)
        out.comma()
        out.firstName(index, wording)
        out.comma()
        out.lastName(index, wording)
        out.comma()
        if state.isInCRM || !person.traits.contains(.leftCompanyBlank) { out.firmName(Int(person.account), wording) }
        out.comma()
        out.jobTitle(index, offset: state.titleOffset, wording)
        out.comma()
        out.word(wording.lexicon.levels, Int(person.level))
        out.comma()
        country(index, person, &out)
        out.comma()
        out.integer(Int(people.accounts[Int(person.account)].employees))
        out.comma()
        out.text(MarketingFiles.stages[Int(state.stage.rawValue)])
        out.comma()
        if let owner = state.owner { out.word(roster.emails, owner) }
        try contactEnd(index, person, state, isNews, &out)
    }

    private func contactEnd(
        _ index: Int, _ person: Person, _ state: ContactState, _ isNews: Bool, _ out: inout OutFile
    ) throws {
        out.comma()
        out.flag(state.optedOut)
        out.comma()
        out.word(wording.site.hubSpotSources, Int(person.source.rawValue))
        out.comma()
        if let other = state.absorbed { out.contact(other) }
        out.comma()
        out.time(Int(person.identified))
        out.comma()
        out.time(state.modified)
        out.comma()
        out.contact(index)
        out.comma()
        if state.isInCRM { out.lead(index) }
        try out.endRecord(changed: isNews)
    }

    /// One in twelve writes the country's name instead of its code.
    private func country(_ index: Int, _ person: Person, _ out: inout OutFile) {
        let country = Country.all[Int(person.country)]
        out.text(Dice.mix(UInt64(index)) % 12 == 0 ? country.name : country.code)
    }

    private static let stages = [
        "lead", "marketingqualifiedlead", "salesqualifiedlead", "opportunity", "customer",
    ]
}

// MARK: - Consent

private struct ConsentRow {
    enum Kind: UInt8 {
        case mailGiven, callGiven, mailWithdrawn, callObjected
    }

    let at: Int
    let person: Int
    let kind: Kind
}

extension MarketingFiles {
    func consent(_ month: Int, _ out: inout OutFile) throws {
        try out.header("consent_id,contact_id,email,purpose,channel,status,basis,proof,timestamp")
        let window = people.timeline.month(month)
        var rows: [ConsentRow] = []
        for (index, person) in people.persons.enumerated() where person.isContact {
            consents(index, person) { if window.contains($0.at) { rows.append($0) } }
        }
        rows.sort { ($0.at, $0.person, $0.kind.rawValue) < ($1.at, $1.person, $1.kind.rawValue) }
        for row in rows { try write(row, &out) }
    }

    /// Mail consent is confirmed some minutes after the form; one in sixty who gave a number objects to calls later.
    private func consents(_ index: Int, _ person: Person, _ add: (ConsentRow) -> Void) {
        let identified = Int(person.identified)
        if person.traits.contains(.consents) {
            add(ConsentRow(at: identified + 60 + index % 600, person: index, kind: .mailGiven))
        }
        if person.optedOut != Person.never {
            add(ConsentRow(at: Int(person.optedOut), person: index, kind: .mailWithdrawn))
        }
        guard person.traits.contains(.gavePhone) else { return }
        add(ConsentRow(at: identified, person: index, kind: .callGiven))
        if index % 60 == 7, identified + 30 * secondsPerDay < Int(person.gone) {
            add(ConsentRow(at: identified + 30 * secondsPerDay, person: index, kind: .callObjected))
        }
    }

    private func write(_ row: ConsentRow, _ out: inout OutFile) throws {
        out.byte("C")
        out.contact(row.person)
        out.byte("-")
        out.integer(Int(row.kind.rawValue))
        out.comma()
        out.contact(row.person)
        out.comma()
        out.email(row.person, wording)
        out.comma()
        let isFair = people.persons[row.person].origin == .fair
        switch row.kind {
        case .mailGiven where isFair: out.text("marketing_email,email,given,consent,badge scan at the stand,")
        case .mailGiven: out.text("marketing_email,email,given,consent,double opt-in,")
        case .callGiven: out.text("sales_call,phone,given,consent,number given in the form,")
        case .mailWithdrawn: out.text("marketing_email,email,withdrawn,,unsubscribe link,")
        case .callObjected: out.text("sales_call,phone,objected,,said so on the phone,")
        }
        out.time(row.at)
        try out.endRow()
    }
}

// MARK: - Mailings

private struct MailRow {
    enum Kind: UInt8 {
        case sent, bounced, opened
    }

    let at: UInt32
    let person: UInt32
    let mailing: UInt16
    let kind: Kind
    var isInSpite = false
    var isDuringDeal = false

    static func isEarlier(_ a: MailRow, _ b: MailRow) -> Bool {
        if a.at != b.at { return a.at < b.at }
        return a.person != b.person ? a.person < b.person : a.kind.rawValue < b.kind.rawValue
    }
}

extension MarketingFiles {
    func sends(_ month: Int, _ out: inout OutFile) throws {
        try out.header("send_id,contact_id,mailing,event,timestamp,campaign")
        let window = people.timeline.month(month)
        var rows: [MailRow] = []
        for (number, at) in people.timeline.mailings.enumerated()
        where at > window.lowerBound - 5 * secondsPerDay && at < window.upperBound {
            for person in people.persons.indices where people.persons[person].isContact {
                mail(person, number, at) { if window.contains(Int($0.at)) { rows.append($0) } }
            }
        }
        rows.sort(by: MailRow.isEarlier)
        for row in rows { try write(row, &out) }
    }

    private func mail(_ index: Int, _ mailing: Int, _ start: UnixTime, _ add: (MailRow) -> Void) {
        let person = people.persons[index]
        var dice = Dice(seed: seed, .mailing, index, mailing)
        let at = start + dice.below(5400)
        guard receives(person, at) else { return }
        let isInSpite = at >= Int(person.optedOut)
        let isOnDeal = person.qualified != Person.never && records.state(index, before: at).stage == .opportunity
        func row(_ kind: MailRow.Kind, after seconds: Int) -> MailRow {
            MailRow(at: UInt32(at + seconds), person: UInt32(index), mailing: UInt16(mailing), kind: kind)
        }
        var sent = row(.sent, after: 0)
        (sent.isInSpite, sent.isDuringDeal) = (isInSpite, isOnDeal)
        add(sent)
        if person.traits.contains(.bounces) {
            add(row(.bounced, after: 4))
        } else if dice.perMille(240) {
            add(row(.opened, after: 30 + dice.spread(3 * 3600, .wide)))
        }
    }

    /// Who consented and has not opted out, or is planted to be mailed for four weeks in spite; an address that bounced
    /// is not mailed again.
    private func receives(_ person: Person, _ at: UnixTime) -> Bool {
        guard person.isKnown(at), person.traits.contains(.consents) else { return false }
        if person.traits.contains(.bounces), at - Int(person.identified) > 14 * secondsPerDay { return false }
        guard at >= Int(person.optedOut) else { return true }
        return person.traits.contains(.mailedInSpite) && at < Int(person.optedOut) + 28 * secondsPerDay
    }

    private func write(_ row: MailRow, _ out: inout OutFile) throws {
        out.byte("M")
        out.padded(Int(row.mailing), 3)
        out.byte("-")
        out.contact(Int(row.person))
        out.byte("-")
        out.integer(Int(row.kind.rawValue))
        out.comma()
        out.contact(Int(row.person))
        out.comma()
        let kind = Int(row.mailing) % wording.site.mailings.count
        out.word(wording.site.mailings, kind)
        switch row.kind {
        case .sent: out.text(",sent,")
        case .bounced: out.text(",bounced,")
        case .opened: out.text(",opened,")
        }
        out.time(Int(row.at))
        out.text(kind == 2 ? ",webinar-series" : ",")
        if row.kind == .sent { out.noteMail(inSpiteOfOptOut: row.isInSpite, duringDeal: row.isDuringDeal) }
        try out.endRow()
    }
}
