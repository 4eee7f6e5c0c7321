import Vocabulary

/// The generator of G. Steele and others, "Fast splittable pseudorandom number generators" (2014).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
    /// Once in so many times.
    mutating func once(in times: Int) -> Bool { number(1...times) == 1 }
    mutating func one<T>(of all: [T]) -> T { all[number(0...all.count - 1)] }
}

/// An agreement that two companies could have made, and one that hardly anybody would: written as people write it, so that
/// the reader and the compiler are part of what is tested. A later version differs in what versions may differ in.
struct RandomAgreement {
    private var random: SplitMix
    private let version: Int

    /// Durations that conditions and promises name: facts like to fall on their ends.
    static let lengths: [Int64] = [30, 60, 120, 1440, 2880, 4320, 7200]
    /// What of the company all its versions share.
    private let zone: String
    private let hasDeals: Bool
    private let hasGate: Bool

    init(seed: UInt64, version: Int) {
        var shared = SplitMix(seed: seed)
        zone = shared.one(of: ["UTC", "UTC", "Europe/Berlin", "America/New_York"])
        hasDeals = shared.once(in: 2)
        hasGate = shared.once(in: 3)
        self.version = version
        random = SplitMix(seed: seed &* 31 &+ UInt64(version))
    }

    var text: String {
        mutating get {
            [
                company, people, fields, deals, activities, scoring, stages, detours, verdicts, promises, routing,
                consent, alerts,
            ].filter { !$0.isEmpty }.joined(separator: "\n")
        }
    }

    private var company: String {
        mutating get {
            var lines = ["company: Tamar Pumps", "timezone: \(zone)"]
            lines.append(
                "parties: {marketing: maria@tamar.example, sales: carlos@tamar.example, operations: olga@tamar.example}"
            )
            lines.append("ignore: {domains: [tamar.example]}")
            if random.once(in: 4) {
                lines.append("starts: 2026-03-0\(random.number(2...5))")
                lines.append("history: {stages_from: [old], act_within: \(random.one(of: ["1 day", "3 days"]))}")
            }
            lines.append("on_change: \(random.one(of: ["wait for next activity", "enter"]))")
            return lines.joined(separator: "\n")
        }
    }

    /// Rosters are those of the last version, so all versions have one and the same.
    private var people: String {
        let (weight, hours) = (zone == "UTC" ? "1" : "0.5", zone == "Europe/Berlin" ? "08:30-12:00" : "09:00-17:00")
        let capacity = hasDeals ? ", capacity: 2 per month" : ""
        let away = hasGate ? ", away: [2026-03-04..2026-03-05, 2026-03-10..2026-03-12]" : ""
        let joins = zone == "UTC" ? ", since: 2026-03-03, ramp: {month 1: 50%}" : ""
        return """
            calendars:
              office: {hours: {mon-fri: 09:00-17:00}}
              shop: {timezone: Europe/Berlin, hours: {mon-thu: [\(hours)], sat: 10:00-14:00}, holidays: [2026-03-09]}
            teams:
              field:
                manager: ines@tamar.example
                calendar: office
                reps: [{email: jonas@tamar.example, weight: \(weight)\(away)}, {email: mira@tamar.example\(capacity)}, {email: pia@tamar.example\(joins)}]
              key: {manager: ruth@tamar.example, calendar: shop, reps: [{email: kofi@tamar.example}, {email: lena@tamar.example, until: 2026-03-11}]}
            """
    }

    private var fields: String {
        mutating get {
            let required = random.once(in: 3) ? ", required_at: mql" : ""
            let once = random.once(in: 2) ? ", write_once: true" : ""
            return """
                fields:
                  email: {type: email, owner: marketing, required_at: lead}
                  country: {type: country, owner: marketing\(required)}
                  employees: {type: integer, owner: sales\(once)}
                  level: {type: choice, of: [chief, head, staff], aliases: {CEO: chief}}
                """
        }
    }

    private var deals: String {
        hasDeals
            ? """
            deals:
              pipelines:
                new: {open: [First, Proposal], won: [Won], lost: [Lost]}
                renewal: {open: [Due], won: [Renewed], lost: [Churned]}
              ignore: [Test]
              kind: {renewal: pipeline = renewal, new: type = 'New Business'}
            """ : ""
    }

    private var activities: String {
        """
        activities:
          demo: event = 'Demo Requested'
          page_view: page
          pricing: page where path matches '/pricing*'
          webinar: event matches 'Webinar*'
          call: touch where channel = call
          bye: \(hasGate ? "consent withdrawn for newsletter" : "touch where channel = social")
        """ + (hasDeals ? "\n  offer: deal enters Proposal" : "")
    }

    // MARK: Scores

    private var points: Int {
        mutating get { random.one(of: [-20, 5, 10, 20, 40]) }
    }

    private var scoring: String {
        mutating get {
            let halfLife =
                random.once(in: 4)
                ? "[{where: employees >= 100, is: 2 days}, {otherwise: 5 days}]"
                : random.one(of: ["1 day", "3 days", "30 days"])
            var rules = ["{for: demo, points: 40}", "{for: call, points: \(points)}", "{for: bye, points: -40}"]
            rules.append("{for: page_view, points: \(points)\(cap)}")
            rules.append("{for: pricing, points: \(points)\(cap)}")
            rules.append("{for: webinar, points: \(points), once_per: title}")
            if hasDeals { rules.append("{for: offer, points: \(points)}") }
            return """
                scoring:
                  fit:
                    rules:
                      - {when: "country in (DE, AT)", points: \(random.one(of: [10, 20]))}
                      - {when: level = chief, points: 20}
                      - {when: employees between 50 and 500, points: \(random.one(of: [-10, 15]))}
                      - {when: email is free_mail, points: -20}
                    grades: {A: 30, B: 10, C: 0}
                  engagement:
                    half_life: \(halfLife)
                    rules:
                \(rules.map { "      - \($0)" }.joined(separator: "\n"))
                """
        }
    }

    private var cap: String {
        mutating get {
            random.once(in: 2) ? ", at_most: \(random.number(1...3)) within \(random.one(of: ["1 hour", "1 day"]))" : ""
        }
    }

    // MARK: Stages

    /// A condition that lets people on.
    private var interest: String {
        mutating get {
            random.one(of: [
                "demo", "demo within 2 days", "engagement >= 20", "engagement >= 40 and grade in (A, B)",
                "pricing at least 2 times within 1 day", "demo or engagement > 30", "webinar at least 2 times",
                "fit >= 20 and page_view", "demo and not webinar within 1 day", "time since demo >= 2 hours",
                "level in (chief, head) and engagement >= 5", "demo and pass = 1", "country is known and page_view",
                "demo and not account has open hand_over", hasDeals ? "account has open deal and page_view" : "demo",
            ])
        }
    }

    /// A condition that sends people away, perhaps by time alone.
    private var weariness: String {
        mutating get {
            random.one(of: [
                "recycled", "recycled or deal lost", "recycled or qualify missed", "recycled or time in mql >= 3 days",
                "recycled or (engagement <= 10 and time in mql > 1 day)", "recycled or respond missed",
                "recycled or not demo within 5 days", "recycled or today >= 2026-03-10",
                "recycled or time since demo > 3 days", "bye", "recycled or pursue missed",
            ])
        }
    }

    private var hasMiddle: Bool { version % 2 == 0 }

    private var stages: String {
        mutating get {
            let team = random.once(in: 5) ? "team key" : "sales"
            var lines = ["lead: {side: marketing, enter: email is known}"]
            if hasMiddle { lines.append("warm: {side: marketing, enter: \"engagement >= 10\"}") }
            if random.once(in: 4) {
                lines.append(
                    """
                    mql:
                        side: marketing
                        enter: [{where: employees >= 100, is: "\(interest)"}, {otherwise: "\(interest)"}]
                        hand_over: \(team)
                    """)
            } else {
                lines.append("mql: {side: marketing, enter: \"\(interest)\", hand_over: \(team)}")
            }
            lines.append("sal: {side: sales, enter: \(random.one(of: ["accepted", "accepted at mql"]))}")
            let second = random.once(in: 4) ? ", hand_over: team key" : ""
            lines.append("sql: {side: sales, enter: meeting held\(second)}")
            if hasDeals {
                lines.append("opportunity: {side: sales, enter: deal opened}")
                lines.append("customer: {side: sales, enter: deal won}")
            }
            return "stages:\n" + lines.map { "  \($0)" }.joined(separator: "\n")
        }
    }

    private var detours: String {
        mutating get {
            var nurture = "side: marketing, from: [mql, sal, sql], enters: \"\(weariness)\""
            nurture +=
                ", returns: \"\(random.one(of: ["demo", "engagement >= 20", "webinar or demo", "demo within 1 day"]))\""
            if random.once(in: 2) {
                nurture += ", not_before: \(random.one(of: ["1 day", "2 days", "1 business day"]))"
            }
            if random.once(in: 3) { nurture += ", always_returns: pricing" }
            nurture += ", to: \(random.one(of: ["lead", "lead", "mql"]))"
            if random.once(in: 2) { nurture += ", forgets: engagement" }
            return """
                detours:
                  nurture: {\(nurture)}
                  out: {side: sales, from: any, enters: disqualified, reasons: [bounced, student]}
                """
        }
    }

    // MARK: Verdicts and promises

    private var verdicts: String {
        mutating get {
            var lines = [
                "reject_reasons: {wrong_person: nurture, wrong_size: out, wrong_region: reroute, ours: account owner}",
                "accept_mark: 1..3",
            ]
            if random.once(in: 2) {
                lines.append(
                    "silence: {after: \(random.one(of: ["1 day", "2 business days", "4 business hours"])), means: "
                        + "\(random.one(of: ["accepted", "accepted", "rejected"]))}")
            }
            if random.once(in: 2) {
                lines.append(
                    "dispute: {by: marketing, within: 1 day, arbiter: operations, ruling_within: "
                        + "\(random.one(of: ["1 day", "2 business days"]))}")
            }
            return "verdicts:\n" + lines.map { "  \($0)" }.joined(separator: "\n")
        }
    }

    private var promises: String {
        mutating get {
            var lines: [String] = []
            let within = random.one(of: ["1 business hour", "30 minutes", "2 business hours"])
            var respond = "to: mql, by: [call, email, meeting], within: \(within)"
            if random.once(in: 2) { respond += ", warn_at: 50%" }
            if random.once(in: 2) {
                respond +=
                    ", then: [{after: 4 business hours, do: tell manager}, {after: 1 business day, do: reassign}]"
            }
            if random.once(in: 4) {
                lines.append(
                    "respond: [{to: mql, where: employees >= 100, by: [call], within: 30 minutes}, {\(respond)}]")
            } else {
                lines.append("respond: {\(respond)}")
            }
            lines.append("decide: {about: mql, within: \(random.one(of: ["1 day", "1 business day", "4 hours"]))}")
            lines.append("explain: {about: [rejection, acceptance], within: 1 day}")
            lines.append(
                "pursue: {touches: 2, channels: [call, email], over: \(random.one(of: ["1 day", "3 business days"]))}")
            let otherwise = random.once(in: 2) ? ", otherwise: nurture" : ""
            lines.append(
                "qualify: {from: sal, to: sql, within: \(random.one(of: ["1 day", "2 business days"]))\(otherwise)}")
            return "promises:\n  sales:\n" + lines.map { "    \($0)" }.joined(separator: "\n")
                + "\n  pauses: {asked_for_later: {until: given date, at_most: \(random.one(of: ["2 days", "3 business days"]))}}"
        }
    }

    private var routing: String {
        mutating get {
            var rules: [String] = []
            if random.once(in: 2) { rules.append("{name: owned, to: account owner}") }
            if hasDeals, random.once(in: 3) {
                rules.append("{name: busy, when: account has open deal, to: ruth@tamar.example}")
            }
            let hours = random.once(in: 3) ? ", in_hours: true" : ""
            rules.append(
                "{name: dach, when: \"country in (DE, AT)\", to: team key\(hours), fallback: lena@tamar.example}")
            if random.once(in: 3) { rules.append("{name: big, when: employees >= 100, to: kofi@tamar.example}") }
            rules.append("{name: rest, to: team field}")
            return """
                routing:
                  rules:
                \(rules.map { "    - \($0)" }.joined(separator: "\n"))
                  last_resort: \(random.one(of: ["carlos@tamar.example", "lena@tamar.example"]))
                  value: {A: 5, B: 3, C: 1}
                """
        }
    }

    private var alerts: String {
        mutating get {
            guard random.once(in: 2) else { return "" }
            let limit = random.one(of: ["", ", at_most: 1 per day", ", at_most: 2 per hour"])
            let what = random.one(of: [
                "pricing", "demo and grade in (A, B)", "webinar or call", "page_view and engagement >= 10",
                "demo at least 2 times within 1 day", "call and account has open hand_over", "demo and not webinar",
            ])
            return "alerts: [{when: \"\(what)\", tell: owner, within: 5 minutes\(limit)}]"
        }
    }

    private var consent: String {
        mutating get {
            guard hasGate else { return "" }
            let sales = random.one(of: ["opt_in", "opt_out"])
            return """
                consent:
                  default: \(random.one(of: ["deny", "allow"]))
                  purposes: {newsletter: {channel: email}, marketing_email: {channel: email}, sales_call: {channel: phone}}
                  rules:
                    - {when: always, reply: request for 2 days}
                    - {when: country = DE, newsletter: opt_in, marketing_email: opt_in, sales_call: \(sales)}
                    - {when: country = US, newsletter: opt_out, sales_call: never}
                    - {otherwise: true, newsletter: \(sales), marketing_email: opt_in, sales_call: opt_in}
                  expires: {inquiry: 3 days}
                  contact_hours: {phone: 08:00-20:00 in person's zone, unknown_zone: company}
                """
        }
    }
}
