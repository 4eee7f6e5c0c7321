/// The CRM's own words, in the order of the enumerations in `SalesRows.swift`.
enum CRMWords {
    static let channels = ["call", "email", "meeting"]
    static let outcomes = ["no_answer", "voicemail", "connected", "sent", "replied", "held"]
    static let assignmentReasons = ["routed", "rerouted", "previous_owner_left", "returned"]
    static let meetingStatus = ["booked", "held", "no_show", "canceled"]
    static let verdicts = ["accept", "reject", "recycle"]
    static let verdictReasons = [
        "", "wrong_size", "wrong_persona", "wrong_region", "already_customer", "competitor", "cannot_reach", "no_need",
    ]
    static let stages = [
        "Qualification", "Proposal", "Negotiation", "Closed Won", "Closed Lost", "Renewal due", "Renewed", "Churned",
    ]
    static let dealTypes = ["New Business", "Expansion", "Renewal"]
    static let notes = [
        "", "asks about ATEX approval", "wants a price for three plants", "has a supplier until next year",
        "needs it before the shutdown", "only collecting material", "decides together with purchasing",
        "wants to see it at another plant", "asks how it talks to their control system",
    ]
    static var noteCount: Int { notes.count }
}

/// `crm/…`: what the CRM exports. Logs by month, records by week.
struct CRMFiles: Sendable {
    let people: People
    let roster: Roster
    let sales: Sales
    let wording: Wording

    private var timeline: Timeline { people.timeline }
}

// MARK: - Records

extension CRMFiles {
    func deals(_ export: Export, _ out: inout OutFile) throws {
        try out.header(
            """
            Id,Name,AccountId,StageName,Amount,CurrencyIsoCode,CloseDate,Type,OwnerId,CreatedDate,SystemModstamp,\
            IsClosed,IsWon,Pipeline,Competitor__c
            """)
        for index in sales.deals.indices {
            guard let version = sales.versions(of: index).last(where: { Int($0.at) < export.at }) else { continue }
            let isNews = export.isFirstToShow(Int(version.at))
            guard export.complete || isNews else { continue }
            dealStart(index, version, &out)
            dealEnd(index, version, &out)
            try out.endRecord(changed: isNews)
        }
    }

    private func dealStart(_ index: Int, _ version: DealVersion, _ out: inout OutFile) {
        let deal = sales.deals[index]
        out.deal(index)
        out.comma()
        let start = out.beginField()
        out.firmText(Int(deal.account), wording)
        out.text(" - ")
        out.text(CRMWords.dealTypes[deal.kind.rawValue])
        out.endField(start)
        out.comma()
        out.account(Int(deal.account))
        out.comma()
        out.text(CRMWords.stages[version.stage.rawValue])
        out.comma()
        out.amount(version.amount)
        out.comma()
        out.text(deal.currency.code)
        out.comma()
        out.date(Int(version.closeDay))
        out.comma()
        out.text(CRMWords.dealTypes[deal.kind.rawValue])
    }

    private func dealEnd(_ index: Int, _ version: DealVersion, _ out: inout OutFile) {
        let deal = sales.deals[index]
        out.comma()
        out.word(roster.emails, Int(version.owner))
        out.comma()
        out.salesforceTime(Int(sales.versions(of: index).first!.at))
        out.comma()
        out.salesforceTime(Int(version.at))
        out.comma()
        out.flag(version.stage.isClosed)
        out.comma()
        out.flag(version.stage.isWon)
        out.text(deal.kind == .renewal ? ",renewal," : ",new,")
        if let competitor = deal.competitor, version.stage.isClosed {
            out.word(wording.lexicon.competitors, Int(competitor))
        }
    }

    func dealContacts(_ export: Export, _ out: inout OutFile) throws {
        try out.header("Id,OpportunityId,ContactId,Role,IsPrimary,CreatedDate,SystemModstamp")
        for (index, deal) in sales.deals.enumerated() where Int(deal.opened) < export.at {
            let isNews = export.isFirstToShow(Int(deal.opened))
            guard export.complete || isNews, deal.person != Person.nobody else { continue }
            try role(index, Int(deal.person), isPrimary: true, isNews, &out)
            if deal.colleague != Person.nobody { try role(index, Int(deal.colleague), isPrimary: false, isNews, &out) }
        }
    }

    private func role(_ deal: Int, _ person: Int, isPrimary: Bool, _ isNews: Bool, _ out: inout OutFile) throws {
        out.text("00K5e000")
        out.padded(deal * 2 + (isPrimary ? 0 : 1), 7)
        out.comma()
        out.deal(deal)
        out.comma()
        out.lead(person)
        out.text(isPrimary ? ",Decision Maker,true," : ",Evaluator,false,")
        out.salesforceTime(Int(sales.deals[deal].opened))
        out.comma()
        out.salesforceTime(Int(sales.deals[deal].opened))
        try out.endRecord(changed: isNews)
    }

    func accounts(_ export: Export, _ out: inout OutFile) throws {
        try out.header(
            "Id,Name,Website,Industry,NumberOfEmployees,BillingCountry,OwnerId,Type,CreatedDate,SystemModstamp")
        for index in people.accounts.indices where Int(sales.accountSince[index]) < export.at {
            let isCustomer = Int(sales.customerSince[index]) < export.at
            let modified = Int(isCustomer ? sales.customerSince[index] : sales.accountSince[index])
            let isNews = export.isFirstToShow(modified)
            if export.complete || isNews { try account(index, isCustomer, modified, isNews, &out) }
        }
    }

    private func account(_ index: Int, _ isCustomer: Bool, _ modified: Int, _ isNews: Bool, _ out: inout OutFile) throws
    {
        let account = people.accounts[index]
        out.account(index)
        out.comma()
        out.firmName(index, wording)
        out.comma()
        out.domain(index, wording)
        out.comma()
        out.word(wording.lexicon.industries, Int(account.industry))
        out.comma()
        out.integer(Int(account.employees))
        out.comma()
        out.text(Country.all[Int(account.country)].code)
        out.comma()
        out.word(roster.emails, Int(sales.accountOwner[index]))
        out.text(isCustomer ? ",Customer," : ",Prospect,")
        out.salesforceTime(Int(sales.accountSince[index]))
        out.comma()
        out.salesforceTime(modified)
        try out.endRecord(changed: isNews)
    }
}

// MARK: - Logs

extension CRMFiles {
    /// In order of entry; like the web logs, each file but the first repeats the last day of the month before.
    func touches(_ month: Int, _ out: inout OutFile) throws {
        try out.header("id,who_id,what_id,owner,channel,direction,outcome,automatic,created,completed")
        let window = WebFiles.window(month, timeline)
        let own = timeline.month(month)
        for (index, touch) in sales.touches.enumerated() where window.contains(Int(touch.created)) {
            out.text("00T5e000")
            out.padded(index, 7)
            out.comma()
            out.lead(Int(touch.person))
            out.comma()
            if touch.deal != Touch.none { out.deal(Int(touch.deal)) }
            out.comma()
            out.word(roster.emails, Int(touch.rep))
            out.comma()
            out.text(CRMWords.channels[touch.channel.rawValue])
            out.text(touch.inbound ? ",inbound," : ",outbound,")
            out.text(CRMWords.outcomes[touch.outcome.rawValue])
            out.comma()
            out.flag(touch.automatic)
            out.comma()
            out.time(Int(touch.created))
            out.comma()
            out.time(Int(touch.completed))
            try out.endRow(
                first: own.contains(Int(touch.created)), late: touch.created - touch.completed >= UInt32(secondsPerDay))
        }
    }

    func meetings(_ month: Int, _ out: inout OutFile) throws {
        try out.header("meeting_id,who_id,owner,status,start,end,recorded")
        let window = timeline.month(month)
        for meeting in sales.meetings where window.contains(Int(meeting.at)) {
            out.text("00U5e000")
            out.padded(Int(meeting.number), 7)
            out.comma()
            out.lead(Int(meeting.person))
            out.comma()
            out.word(roster.emails, Int(meeting.rep))
            out.comma()
            out.text(CRMWords.meetingStatus[meeting.status.rawValue])
            out.comma()
            out.time(Int(meeting.start))
            out.comma()
            out.time(Int(meeting.start) + 2700)
            out.comma()
            out.time(Int(meeting.at))
            try out.endRow()
        }
    }

    func assignments(_ month: Int, _ out: inout OutFile) throws {
        try out.header("assignment_id,who_id,owner,reason,assigned")
        let window = timeline.month(month)
        for (index, assignment) in sales.assignments.enumerated() where window.contains(Int(assignment.at)) {
            out.byte("A")
            out.padded(index, 7)
            out.comma()
            out.lead(Int(assignment.person))
            out.comma()
            out.word(roster.emails, Int(assignment.rep))
            out.comma()
            out.text(CRMWords.assignmentReasons[assignment.reason.rawValue])
            out.comma()
            out.time(Int(assignment.at))
            try out.endRow()
        }
    }

    func verdicts(_ month: Int, _ out: inout OutFile) throws {
        try out.header("verdict_id,who_id,owner,verdict,reason,mark,note,decided")
        let window = timeline.month(month)
        for (index, verdict) in sales.verdicts.enumerated() where window.contains(Int(verdict.at)) {
            out.byte("V")
            out.padded(index, 7)
            out.comma()
            out.lead(Int(verdict.person))
            out.comma()
            out.word(roster.emails, Int(verdict.rep))
            out.comma()
            out.text(CRMWords.verdicts[verdict.kind.rawValue])
            out.comma()
            out.text(CRMWords.verdictReasons[verdict.reason.rawValue])
            out.comma()
            if verdict.mark > 0 { out.integer(Int(verdict.mark)) }
            out.comma()
            out.text(CRMWords.notes[Int(verdict.note)])
            out.comma()
            out.time(Int(verdict.at))
            try out.endRow()
        }
    }
}

// MARK: - Uploads

/// A list of persons that a rep uploads to the CRM without anybody's consent.
enum UploadList {
    static func uploader(_ list: Int, _ roster: Roster) -> Int {
        [roster.rep(.cherryPicker), roster.rep(.slow), roster.reps.firstIndex { $0.territory == .northAmerica }!][list]
    }

    static func fileName(_ day: Int) -> String { "crm/uploads-\(isoText(day)).csv" }
}

extension CRMFiles {
    func upload(_ list: Int, _ out: inout OutFile) throws {
        try out.header("Id,Email,FirstName,LastName,Company,Title,Country,LeadSource,OwnerId,CreatedById,CreatedDate")
        let uploader = UploadList.uploader(list, roster)
        for person in people.uploads[list] {
            out.lead(person)
            out.comma()
            out.email(person, wording)
            out.comma()
            out.firstName(person, wording)
            out.comma()
            out.lastName(person, wording)
            out.comma()
            out.firmName(Int(people.persons[person].account), wording)
            out.comma()
            out.jobTitle(person, offset: 0, wording)
            out.comma()
            out.text(Country.all[Int(people.persons[person].country)].code)
            out.text(",Purchased List,")
            out.word(roster.emails, uploader)
            out.comma()
            out.word(roster.emails, uploader)
            out.comma()
            out.salesforceTime(Int(people.persons[person].identified))
            try out.endRow()
        }
    }
}
