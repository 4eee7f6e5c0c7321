import Vocabulary

/// What happens to a few people of a few companies in three weeks: much of it at once, late, on the edges of windows and
/// deadlines, and much that no rule foresees.
struct RandomTimeline {
    private var random: SplitMix
    private let people: [String]
    private let hasDeals: Bool
    private let hasGate: Bool
    /// Minutes since the 1st of March 2026.
    private var minutes: [Int64] = []
    private var facts: [CaseFact] = []
    private var owners = ["jonas", "mira", "pia", "kofi", "lena", "ines", "ruth"].map { $0 + "@tamar.example" }

    static let length: Int64 = 21 * 1440

    init(seed: UInt64, hasDeals: Bool, hasGate: Bool) {
        random = SplitMix(seed: seed)
        people = Array(["ann", "bob", "cid", "dan"].prefix(random.number(1...4)))
        (self.hasDeals, self.hasGate) = (hasDeals, hasGate)
    }

    mutating func facts(_ count: Int) -> [CaseFact] {
        for person in people { arrive(person) }
        while facts.count < count { add() }
        return facts
    }

    // MARK: When

    /// Whole minutes, near one another, or where something ends that began with an earlier fact.
    private mutating func minute() -> Int64 {
        let chosen: Int64
        if let before = minutes.isEmpty ? nil : random.one(of: minutes), !random.once(in: 3) {
            switch random.number(1...6) {
            case 1: chosen = before
            case 2, 3: chosen = before + random.one(of: RandomAgreement.lengths)
            case 4: chosen = before + random.one(of: RandomAgreement.lengths) - 1
            default: chosen = before + Int64(random.number(1...300))
            }
        } else {
            chosen = Int64(random.number(0...Int(RandomTimeline.length)))
        }
        let minute = min(max(chosen, 0), RandomTimeline.length)
        minutes.append(minute)
        return minute
    }

    static func text(_ minute: Int64) -> String { shown(Instant(milliseconds: 1_772_323_200_000 + minute * 60_000)) }

    // MARK: What

    private mutating func put(
        _ values: [String: String], maps: [String: [(String, String?)]] = [:], lists: [String: [String]] = [:]
    ) {
        var values = values
        let minute = minute()
        if values["at"] == nil { values["at"] = RandomTimeline.text(minute) }
        if random.once(in: 10), values["known"] == nil {
            values["known"] = RandomTimeline.text(minute + random.one(of: [5, 90, 1440, 5000]))
        }
        // What states something of a record has the record's id.
        if maps["fields"] == nil { values["id"] = "f\(facts.count + 1)" }
        facts.append(CaseFact(number: facts.count + 1, values: values, maps: maps, lists: lists))
    }

    private mutating func arrive(_ person: String) {
        var values = ["who": person]
        if random.once(in: 2) { values["account"] = random.one(of: ["acme", "birch"]) }
        if random.once(in: 3) { values["at"] = "2026-03-01 09:00" }
        let domain = random.one(of: ["acme.example", "birch.example", "gmail.com", "cedar.example", "cedar.example"])
        var fields: [(String, String?)] = [("email", "\(person)@\(random.once(in: 20) ? "tamar.example" : domain)")]
        if random.once(in: 2) { fields.append(("country", random.one(of: ["DE", "AT", "US"]))) }
        if random.once(in: 3) { fields.append(("employees", random.one(of: ["10", "100", "500"]))) }
        put(values, maps: ["fields": fields])
    }

    private mutating func add() {
        let person = random.one(of: people)
        switch random.number(1...26) {
        case 1...5: put(["who": person, "activity": "Demo Requested"])
        case 6...8: page(person)
        case 9, 10:
            put(
                ["who": person, "activity": random.one(of: ["Webinar Attended", "webinar seen"])],
                maps: ["with": [("title", random.one(of: ["pumps", "valves", nil]))]])
        case 11: put(["who": person, "activity": "Blog Read"])
        case 12...15: touch(person)
        case 16: meeting(person)
        case 17...20: verdict(person)
        case 21: field(person)
        case 22: hasGate ? consent(person) : page(person)
        case 23, 24: hasDeals ? deal(person) : verdict(person)
        case 25: rare(person)
        default: owner(person)
        }
    }

    private mutating func page(_ person: String) {
        var values = ["activity": "page"]
        if random.once(in: 5) {
            values["visitor"] = "v1"
        } else {
            values["who"] = person
        }
        put(values, maps: ["with": [("path", random.one(of: ["/pricing", "/pricing/pumps", "/blog"]))]])
    }

    private mutating func touch(_ person: String) {
        var values = [
            "who": person, "touch": random.one(of: ["call", "email", "social"]), "by": random.one(of: owners),
        ]
        if random.once(in: 6) { values["direction"] = "inward" }
        if random.once(in: 8) { values["automatic"] = "true" }
        if random.once(in: 6) { values["typed"] = "true" }
        if random.once(in: 6) {
            values["outcome"] = "asked_for_later"
            values["until"] = "2026-03-\(random.number(10...18))"
        }
        put(values)
    }

    private mutating func meeting(_ person: String) {
        put(["who": person, "meeting": random.one(of: ["booked", "held", "missed"]), "by": random.one(of: owners)])
    }

    private mutating func verdict(_ person: String) {
        let word = random.one(of: [
            "accepted", "accepted", "rejected", "rejected", "recycled", "disqualified", "disputed", "ruled",
        ])
        var values = ["who": person, "verdict": word, "by": random.one(of: owners)]
        switch word {
        case "accepted": if random.once(in: 2) { values["mark"] = "2" }
        case "rejected":
            if !random.once(in: 5) {
                values["reason"] = random.one(of: ["wrong_person", "wrong_size", "wrong_region", "ours", "no_idea"])
            }
        case "disqualified": values["reason"] = random.one(of: ["bounced", "student"])
        case "disputed":
            if !random.once(in: 5) { values["by"] = "maria@tamar.example" }
            if random.once(in: 5) {
                values["on_behalf_of"] = random.one(of: ["maria@tamar.example", "olga@tamar.example"])
            }
        case "ruled":
            if !random.once(in: 5) { values["by"] = "olga@tamar.example" }
            values["ruling"] = random.one(of: ["overturned", "upheld"])
        default: break
        }
        put(values)
        if word == "rejected", random.once(in: 2) { quarrel(person) }
    }

    /// A rejection is disputed soon, and perhaps ruled on.
    private mutating func quarrel(_ person: String) {
        guard let minute = minutes.last else { return }
        let raised = minute + random.one(of: [0, 10, 1440, 1441])
        put([
            "who": person, "verdict": "disputed", "by": "maria@tamar.example", "at": RandomTimeline.text(raised),
        ])
        let ruled = raised + random.one(of: [10, 1440, 2880, 9000])
        put([
            "who": person, "verdict": "ruled", "ruling": random.one(of: ["overturned", "upheld"]),
            "by": "olga@tamar.example", "at": RandomTimeline.text(ruled),
        ])
    }

    private mutating func field(_ person: String) {
        let field: (String, String?) = random.one(of: [
            ("country", "DE"), ("country", "US"), ("country", nil), ("employees", "100"), ("employees", "10"),
            ("employees", "many"), ("level", "CEO"), ("level", "staff"), ("email", nil),
            ("email", "\(person)@fir.example"),
        ])
        put(["who": person, "source": random.one(of: ["crm", "map"])], maps: ["fields": [field]])
    }

    private mutating func consent(_ person: String) {
        var values = ["who": person, "consent": random.one(of: ["given", "given", "withdrawn", "objected"])]
        values["purpose"] = random.one(of: ["newsletter", "marketing_email", "sales_call", "all", "other"])
        if random.once(in: 3) { values["channel"] = random.one(of: ["email", "phone"]) }
        if random.once(in: 3) { values["basis"] = random.one(of: ["flag", "inquiry", "request"]) }
        if random.once(in: 2) { values["proof"] = "form" }
        if random.once(in: 5) { values["expires"] = "2026-03-\(random.number(10...20)) 12:00" }
        put(values)
    }

    private mutating func deal(_ person: String) {
        let name = random.one(of: ["d1", "d2"])
        var values = [
            "deal": name, "is": random.one(of: ["opened", "opened", "changed", "changed", "won", "lost", "reopened"]),
        ]
        if random.once(in: 2) { values["account"] = random.one(of: ["acme", "birch"]) }
        if random.once(in: 2) { values["stage"] = random.one(of: ["First", "Proposal", "Won", "Lost", "Test", "Due"]) }
        if random.once(in: 2) { values["pipeline"] = random.one(of: ["new", "new", "renewal"]) }
        if random.once(in: 2) { values["amount"] = random.one(of: ["10k EUR", "20k EUR"]) }
        if random.once(in: 3) { values["by"] = random.one(of: owners) }
        let persons = random.once(in: 2) ? [person] : random.once(in: 4) ? Array(people.prefix(2)) : []
        let type: [(String, String?)] = random.once(in: 3) ? [("type", "New Business")] : []
        put(values, maps: ["with": type], lists: ["persons": persons])
    }

    private mutating func owner(_ person: String) {
        if random.once(in: 2) {
            put(["owned by": random.one(of: owners), "who": person])
        } else {
            put(["owned by": random.one(of: owners), "account": random.one(of: ["acme", "birch"])])
        }
    }

    /// Absences, departures, old systems' claims, visitors who say who they are, merges and their undoing, the forgotten.
    private mutating func rare(_ person: String) {
        let day = random.number(2...14)
        switch random.number(1...8) {
        case 1:
            let last = random.number(day...day + 3)
            put([
                "company": "absence", "who": random.one(of: owners), "from": date(day), "through": date(last),
            ])
        case 2: put(["company": "leaves", "who": random.one(of: owners), "from": date(day)])
        case 3, 4:
            put([
                "who": person, "stage claim": random.one(of: ["MQL", "sal", "sql", "lead", "elsewhere"]),
                "source": random.one(of: ["old", "old", "crm"]),
            ])
        case 5: put(["who": person, "visitor": "v1", "identified": "true"])
        case 7, 8:
            let other = random.one(of: people)
            if other != person { put(["who": person, random.once(in: 3) ? "unmerged from" : "merged with": other]) }
        default: if random.once(in: 3) { put(["who": person, "erased": "true"]) }
        }
    }

    private func date(_ day: Int) -> String { "2026-03-" + (day < 10 ? "0" : "") + "\(day)" }
}
