/// `web/pages-YYYY-MM.csv` and `web/events-YYYY-MM.ndjson`: the marketing web log and the Segment-shaped events.
///
/// Rows stand in the order in which they arrived. Each file but the first begins with the last day of the month before
/// once more, as exports with an overlapping window do.
struct WebFiles: Sendable {
    let visits: Visits
    let returns: [(at: UInt32, person: UInt32)]
    let wording: Wording
    private let seed: UInt64

    init(_ visits: Visits, _ sales: Sales, _ wording: Wording) {
        (self.visits, self.wording) = (visits, wording)
        returns = sales.returns
        seed = visits.people.options.seed
    }

    static let overlap = secondsPerDay

    /// The instants of arrival that the file of a month holds, the repeated ones included.
    static func window(_ month: Int, _ timeline: Timeline) -> Range<UnixTime> {
        let own = timeline.month(month)
        return (month == 0 ? own.lowerBound : own.lowerBound - overlap)..<own.upperBound
    }

    private func forEachVisit(_ window: Range<UnixTime>, _ body: (Int, Visit) -> Void) {
        let reach = window.lowerBound - Visit.reach..<window.upperBound
        for person in visits.people.persons.indices {
            visits.forEach(of: person, in: reach) { body(person, $0) }
        }
        for (index, back) in returns.enumerated() where reach.contains(Int(back.at)) {
            let ordinal = UInt8(210 + index % 40)
            let visit = Visit(at: Int(back.at) - Visit.formDelay, ordinal: ordinal, kind: .demo)
            body(Int(back.person), visit)
        }
    }

    private func anonymousID(_ person: Int, _ visit: UInt8) -> UInt64 {
        let isSecondDevice = visit >= 5 && visit < 200 && person % 7 == 0
        return Dice.mix(Dice.mix(seed &+ 77) ^ UInt64(person << 1 | (isSecondDevice ? 1 : 0)))
    }

    private func messageID(_ person: Int, _ visit: UInt8, _ part: UInt8, _ at: UInt32) -> UInt64 {
        Dice.mix(Dice.mix(seed ^ UInt64(person)) ^ (UInt64(visit) << 40 | UInt64(part) << 32 | UInt64(at)))
    }
}

extension OutFile {
    /// Identifiers begin with the time, as those of version 7 (RFC 9562) do.
    fileprivate mutating func messageID(_ at: UInt32, _ id: UInt64) {
        hex(UInt64(at), 8)
        byte("-")
        hex(id, 12)
    }
}

// MARK: - Pages

private struct PageView {
    /// When it reached the log, and when it happened.
    let arrival: UInt32
    let at: UInt32
    let person: UInt32
    let page: UInt8
    let step: UInt8
    let visit: UInt8
    /// On a visit's first page how the visitor came: source × 16 + campaign (15: none); else 255.
    let origin: UInt8

    static func isEarlier(_ a: PageView, _ b: PageView) -> Bool {
        if a.arrival != b.arrival { return a.arrival < b.arrival }
        if a.person != b.person { return a.person < b.person }
        return a.visit != b.visit ? a.visit < b.visit : a.step < b.step
    }
}

extension WebFiles {
    func pages(_ month: Int, _ out: inout OutFile) throws {
        try out.header(
            "message_id,anonymous_id,contact_id,event,path,title,timestamp,referrer,utm_source,utm_campaign,sent_at")
        let timeline = visits.people.timeline
        let window = WebFiles.window(month, timeline)
        var views: [PageView] = []
        forEachVisit(window) { person, visit in
            read(person, visit) { if window.contains(Int($0.arrival)) { views.append($0) } }
        }
        views.sort(by: PageView.isEarlier)
        let first = timeline.month(month).lowerBound
        for view in views { try write(view, isFirst: Int(view.arrival) >= first, &out) }
    }

    /// The pages of one visit, some seconds to minutes apart.
    private func read(_ person: Int, _ visit: Visit, _ add: (PageView) -> Void) {
        guard visit.kind != .fair else { return }
        var dice = Dice(seed: seed, .page, person, Int(visit.ordinal))
        let isContact = visits.people.persons[person].isContact
        let count = isContact ? 2 + dice.below(8) : WebFiles.depth[dice.below(8)]
        let late = visits.lateness(person, visit) + 1
        var at = visit.at
        for step in 0..<count {
            if step > 0 { at += dice.within(12...140) }
            add(
                PageView(
                    arrival: UInt32(at + late), at: UInt32(at), person: UInt32(person),
                    page: UInt8(page(visit.kind, step, &dice)), step: UInt8(step), visit: visit.ordinal,
                    origin: step > 0 ? 255 : visit.source.rawValue << 4 | min(15, visit.campaign)))
        }
    }

    private static let depth = [1, 2, 3, 4, 4, 5, 7, 11]

    private func page(_ kind: Visit.Kind, _ step: Int, _ dice: inout Dice) -> Int {
        let any = dice.below(1000)
        let site = wording.site
        switch (kind, step) {
        case (.identification, 0), (.whitepaper, 0): return SiteMap.whitepapers + any % 2
        case (.webinar, 0): return SiteMap.webinars
        case (.identificationByDemo, 0), (.demo, 0): return SiteMap.requestDemo
        case (.pricing, 0): return site.choosing[any % 5]
        case (.pricing, _), (.demo, _): return site.choosing[5 + any % (site.choosing.count - 5)]
        default: return any < 25 ? site.choosing[any % 5] : site.browsing[any % site.browsing.count]
        }
    }

    private func write(_ view: PageView, isFirst: Bool, _ out: inout OutFile) throws {
        let person = Int(view.person)
        let id = messageID(person, view.visit, view.step, view.at)
        out.messageID(view.at, id)
        out.comma()
        out.hex(anonymousID(person, view.visit), 16)
        out.comma()
        if visits.people.persons[person].identified <= view.at { out.contact(person) }
        out.text(",page,")
        out.word(wording.site.paths, Int(view.page))
        out.comma()
        let start = out.beginField()
        out.word(wording.site.titles, Int(view.page))
        out.endField(start)
        out.comma()
        out.time(Int(view.at), milliseconds: Int(id % 1000))
        origin(view, &out)
        out.time(Int(view.arrival), milliseconds: Int(id % 1000))
        try out.endRow(first: isFirst, late: view.arrival - view.at > UInt32(secondsPerDay))
    }

    private func origin(_ view: PageView, _ out: inout OutFile) {
        guard view.origin != 255 else { return out.text(",,,,") }
        let (source, campaign) = (Int(view.origin >> 4), Int(view.origin & 15))
        out.comma()
        out.word(wording.site.referrers, source)
        out.comma()
        out.word(wording.site.utmSources, source)
        out.comma()
        if campaign != 15 { out.text(visits.people.campaigns[campaign].name) }
        out.comma()
    }
}

// MARK: - Events

private struct WebEvent {
    enum Kind: UInt8 {
        case form, identify, webinar, adClick, fair
    }

    let arrival: UInt32
    let at: UInt32
    let person: UInt32
    let kind: Kind
    /// The form, webinar or campaign.
    let detail: UInt8
    let visit: UInt8

    static func isEarlier(_ a: WebEvent, _ b: WebEvent) -> Bool {
        if a.arrival != b.arrival { return a.arrival < b.arrival }
        if a.person != b.person { return a.person < b.person }
        return a.visit != b.visit ? a.visit < b.visit : a.kind.rawValue < b.kind.rawValue
    }
}

extension WebFiles {
    func events(_ month: Int, _ out: inout OutFile) throws {
        let timeline = visits.people.timeline
        let window = WebFiles.window(month, timeline)
        var events: [WebEvent] = []
        forEachVisit(window) { person, visit in
            happen(person, visit) { if window.contains(Int($0.arrival)) { events.append($0) } }
        }
        events.sort(by: WebEvent.isEarlier)
        let first = timeline.month(month).lowerBound
        for event in events { try write(event, isFirst: Int(event.arrival) >= first, &out) }
    }

    private func happen(_ person: Int, _ visit: Visit, _ add: (WebEvent) -> Void) {
        var dice = Dice(seed: seed, .identifier, person, Int(visit.ordinal))
        let late = visits.lateness(person, visit) + 1
        func event(_ kind: WebEvent.Kind, _ detail: Int, after seconds: Int) {
            let at = visit.at + seconds
            add(
                WebEvent(
                    arrival: UInt32(at + late), at: UInt32(at), person: UInt32(person), kind: kind,
                    detail: UInt8(detail), visit: visit.ordinal))
        }
        switch visit.kind {
        case .identification, .identificationByDemo:
            let form = visit.kind == .identificationByDemo ? 0 : 1 + dice.weighted([40, 30, 15, 15])
            event(.form, form, after: Visit.formDelay)
            event(.identify, 0, after: Visit.formDelay)
        case .fair:
            event(.fair, Campaign.fair, after: 0)
            event(.identify, 0, after: 0)
        case .demo: event(.form, 0, after: Visit.formDelay)
        case .whitepaper: event(.form, 1 + dice.below(2), after: 150)
        case .webinar: event(.webinar, dice.below(6), after: 0)
        case .pricing: break
        case .browsing:
            if visit.source == .paid, visit.campaign != Campaign.none { event(.adClick, Int(visit.campaign), after: 0) }
            let isKnown = visits.people.persons[person].isKnown(visit.at)
            if isKnown, dice.perMille(60) { event(.webinar, dice.below(6), after: 600) }
        }
    }

    private func write(_ event: WebEvent, isFirst: Bool, _ out: inout OutFile) throws {
        let person = Int(event.person)
        let id = messageID(person, event.visit, 100 + event.kind.rawValue, event.at)
        out.text("{\"messageId\":\"")
        out.messageID(event.at, id)
        out.text(event.kind == .identify ? "\",\"type\":\"identify\"" : "\",\"type\":\"track\"")
        name(event, &out)
        if visits.people.persons[person].identified <= event.at {
            out.text(",\"userId\":\"")
            out.contact(person)
            out.byte("\"")
        }
        out.text(",\"anonymousId\":\"")
        out.hex(anonymousID(person, event.visit), 16)
        out.text("\",\"timestamp\":\"")
        out.time(Int(event.at), milliseconds: Int(id % 1000))
        out.text("\",\"receivedAt\":\"")
        out.time(Int(event.arrival), milliseconds: Int(id % 1000))
        out.text("\",")
        properties(event, &out)
        out.byte("}")
        try out.endRow(first: isFirst, late: event.arrival - event.at > UInt32(secondsPerDay))
    }

    private func name(_ event: WebEvent, _ out: inout OutFile) {
        switch event.kind {
        case .identify: break
        case .form: out.text(",\"event\":\"Form Submitted\"")
        case .webinar: out.text(",\"event\":\"Webinar Attended\"")
        case .adClick: out.text(",\"event\":\"Ad Clicked\"")
        case .fair: out.text(",\"event\":\"Fair Visited\"")
        }
    }

    private func properties(_ event: WebEvent, _ out: inout OutFile) {
        let person = Int(event.person)
        switch event.kind {
        case .identify:
            out.text("\"traits\":{\"email\":\"")
            out.email(person, wording)
            out.text("\",\"firstName\":\"")
            out.firstName(person, wording)
            out.text("\",\"lastName\":\"")
            out.lastName(person, wording)
        case .form:
            out.text("\"properties\":{\"form\":\"")
            out.word(wording.site.forms, Int(event.detail))
        case .webinar:
            out.text("\"properties\":{\"title\":\"")
            out.word(wording.site.webinars, Int(event.detail))
        case .adClick, .fair:
            out.text("\"properties\":{\"campaign\":\"")
            out.text(visits.people.campaigns[Int(event.detail)].name)
        }
        out.text("\"}")
    }
}
