import Findings
import Testing

@testable import Agreement

/// One row for each kind of clause: a way to write it that is read, the clause's address and canonical words, and a way that
/// is refused, with words of the message.
@Suite struct ClauseTests {
    @Test(arguments: [
        ("timezone: Europe/London", "timezone", "Europe/London", "timezone: Mars", "no time zone"),
        ("currencies: {base: GBP}", "currencies.base", "GBP", "currencies: {base: Euro}", "no currency"),
        (
            "currencies: {at: close day}", "currencies.at", "close day", "currencies: {at: noon}",
            "There are: close month"
        ),
        (
            "fiscal_year: {starts: february, named_by: end}", "fiscal_year", "starts february, named by its end",
            "fiscal_year: {starts: febuary}", "Did you mean february?"
        ),
        ("effective: 2026-02-02", "effective", "2026-02-02", "effective: 2.2.2026", "not a date"),
        ("history: {act_within: 3 days}", "history.act_within", "3 days", "history: {act_within: soon}", "a duration"),
        (
            "parties: {sales: carlos@Northwind.example}", "parties.sales", "carlos@northwind.example",
            "parties: {sales: carlos}", "not a mail address"
        ),
        ("mission: {marketing: both}", "mission.marketing", "both", "mission: {marketing: all}", "There are: fill"),
        (
            "mission: {then: {create_revenue: after deliver and coverage kept 3 quarters}}", "mission.then",
            "create_revenue after coverage and deliver kept 3 quarters",
            "mission: {then: {create_revenue: after a while}}", "after what"
        ),
        (
            "mission: {boundaries: [{never: sales call where account has open deal}]}", "mission.boundaries.1.never",
            "sales call where account has open deal",
            "mission: {boundaries: [{never: sales call where account has deal}]}", "behind \"account\""
        ),
        (
            "responsibilities: {r: {side: sales}}", "responsibilities.r.side", "sales", "responsibilities: {r: {}}",
            "side"
        ),
        ("delegated: {teams: sales}", "delegated.teams", "sales", "delegated: {plan: sales}", "has no \"plan\""),
        (
            "visibility: {rep_numbers: [self]}", "visibility.rep_numbers", "[self]", "visibility: {rep_numbers: [all]}",
            "who may see"
        ),
        ("ignore: {domains: [n.example]}", "ignore.domains", "[n.example]", "ignore: {domains: [n]}", "not a domain"),
        (
            "ignore: {machine: [clicks within 9 seconds of delivery]}", "ignore.machine",
            "[clicks within 9 s of delivery]", "ignore: {machine: [robots]}", "no sign of a machine"
        ),
        (
            "teams: {t: {reps: [{email: a@n.example, capacity: 60 per month}]}}", "teams.t.reps.a@n.example.capacity",
            "60 per month", "teams: {t: {reps: [{email: a@n.example, capacity: 60}]}}", "for a period"
        ),
        (
            "teams: {t: {reps: [{email: a@n.example, quota: {2026-Q1: 400k EUR}}]}}",
            "teams.t.reps.a@n.example.quota.2026-Q1", "400k EUR",
            "teams: {t: {reps: [{email: a@n.example, quota: {2026-Q5: 400k EUR}}]}}", "not a fiscal period"
        ),
        (
            "teams: {t: {reps: [{email: a@n.example, away: [2026-02-09..2026-02-20]}]}}",
            "teams.t.reps.a@n.example.away", "[2026-02-09..2026-02-20]",
            "teams: {t: {reps: [{email: a@n.example, away: [2026-02-20..2026-02-09]}]}}", "comes after"
        ),
        (
            "teams: {t: {reps: [{email: a@n.example, ramp: {month 1: 25%}}]}}", "teams.t.reps.a@n.example.ramp",
            "{month 1: 25%}", "teams: {t: {reps: [{email: a@n.example, ramp: {month 2: 25%}}]}}", "Month 1 is expected"
        ),
        (
            "fields: {f: {type: choice, of: [NO, 1.10]}}", "fields.f.type", "choice of [1.10, NO]",
            "fields: {f: {type: choice}}", "needs its values"
        ),
        (
            "entry_points: {e: {may_write: []}}", "entry_points.e.may_write", "[]",
            "entry_points: {e: {may_write: [f]}}", "not a field"
        ),
        (
            "deals: {kind: {new: type = 'New'}}", "deals.kind.new", "type = 'New'", "deals: {kind: {new: type = New}}",
            "in quotes"
        ),
        (
            "activities: {a: page where path matches '/x*'}", "activities.a", "page where path matches '/x*'",
            "activities: {a: path matches '/x*'}", "something that happens"
        ),
        (
            "journey: {j: {led_by: sales, activities: []}}", "journey.j.led_by", "sales",
            "journey: {j: {led_by: us, activities: []}}", "one of the sides"
        ),
        (
            "scoring: {fit: {rules: [{when: account in targets, points: 2.5}]}}", "scoring.fit.rules.1.points", "2.5",
            "scoring: {fit: {rules: [{when: engagement > 5, points: 2}]}}", "no \"engagement\""
        ),
        (
            "scoring: {engagement: {half_life: 2 weeks}}", "scoring.engagement.half_life", "2 weeks",
            "scoring: {engagement: {half_life: 2 business days}}", "physical time"
        ),
        (
            "detours: {d: {side: sales, enters: recycled}}", "detours.d.from", "any", "detours: {d: {side: sales}}",
            "enters"
        ),
        (
            "on_change: enter at most 5 per day", "on_change", "enter at most 5 per day", "on_change: never",
            "three ways"
        ),
        (
            "verdicts: {accept_mark: 1..3}", "verdicts.accept_mark", "1..3", "verdicts: {accept_mark: 3..1}",
            "range of marks"
        ),
        (
            "verdicts: {reject_reasons: {r: reroute}}", "verdicts.reject_reasons.r", "reroute",
            "verdicts: {reject_reasons: {r: rerout}}", "Did you mean reroute?"
        ),
        (
            "promises: {sales: {decide: {about: lead, within: 1 business day}}}", "promises.sales.decide.within",
            "1 business day", "promises: {sales: {decide: {about: led, within: 1 day}}}", "Did you mean lead?"
        ),
        (
            "promises: {sales: {permission: 100%}}", "promises.sales.permission", "100%",
            "promises: {sales: {permission: 1}}", "%"
        ),
        (
            "promises: {marketing: {pipeline: {sourced: 900k EUR per quarter}}}", "promises.marketing.pipeline.sourced",
            "900k EUR per quarter", "promises: {marketing: {pipeline: {sourced: 900k EUR}}}", "not an amount"
        ),
        (
            "promises: {marketing: {deliver: {lead: 120 per month}}}", "promises.marketing.deliver.lead",
            "120 per month",
            "promises: {marketing: {deliver: {leed: 120 per month}}}", "Did you mean lead?"
        ),
        (
            "routing: {rules: [{name: r, to: account owner}]}", "routing.rules.r.to", "account owner",
            "routing: {rules: [{name: r, to: team x}]}", "nobody who could get it"
        ),
        (
            "routing: {burst: {over: 50 per hour of one origin}}", "routing.burst.over", "50 per hour of one origin",
            "routing: {burst: {over: 50 per hour}}", "of one origin"
        ),
        ("work_order: age first, then due", "work_order", "age first, then due", "work_order: mine", "not an order"),
        ("consent: {default: allow}", "consent.default", "allow", "consent: {default: maybe}", "an answer"),
        (
            "consent: {rules: [{when: always, reply: request for 30 days}]}", "consent.rules.1.reply",
            "request for 30 days", "consent: {rules: [{when: always, reply: yes}]}", "may be answered"
        ),
        (
            "consent: {contact_hours: {phone: 08:00-20:00 in person's zone}}", "consent.contact_hours.phone",
            "08:00-20:00 in person's zone", "consent: {contact_hours: {phone: 08:00-20:00}}", "whose zone"
        ),
        (
            "pipeline: {value: amount}", "pipeline.value", "amount", "pipeline: {value: close_date}",
            "no amount of money"
        ),
        (
            "plan: {visitor_to_lead: 2.5%}", "plan.visitor_to_lead", "2.5%", "plan: {visitor_to_led: 2%}",
            "visitor_to_lead"
        ),
        (
            "plan: {alarm: {false_alarms: 5% per year}}", "plan.alarm.false_alarms", "5%",
            "plan: {alarm: {false_alarms: 5%}}", "in a year"
        ),
        ("attribution: {primary: last}", "attribution.primary", "last", "attribution: {primary: markov}", "the models"),
        (
            "alerts: [{when: deal won, tell: owner, within: 5 minutes}]", "alerts.1.tell", "owner",
            "alerts: [{when: deal won, tell: ownr, within: 5 minutes}]", "Did you mean owner?"
        ),
        (
            "requests: {between: [marketing, sales], answer_within: 3 days}", "requests.between", "[marketing, sales]",
            "requests: {between: [executive], answer_within: 3 days}", "one of the sides"
        ),
        (
            "check_ins: {c: {every: first monday of month 09:30, with: [sales]}}", "check_ins.c.every",
            "first monday of month 09:30", "check_ins: {c: {every: monday, with: [sales]}}", "when to meet"
        ),
    ])
    func isReadAndRefused(good: String, address: String, words: String, bad: String, message: String) throws {
        let reading = readPart("company: N\n\(good)\n")
        #expect(reading.findings.map(\.text) == [])
        let agreement = try #require(reading.agreement)
        #expect(agreement.clause(at: address)?.words == words)
        let refused = readPart("company: N\n\(bad)\n")
        #expect(refused.agreement == nil)
        #expect(refused.findings.contains { $0.text.contains(message) }, "\(refused.findings.map(\.text))")
    }
}

@Suite struct ListWordsTests {
    /// Lists that differ have words, and so digests, that differ.
    @Test(arguments: [
        (["a", "b"], "[a, b]"), (["a, b"], "['a, b']"), (["[a]"], "['[a]']"), (["it's"], "['it''s']"), ([""], "['']"),
        ([], "[]"), (["", ""], "['', '']"), (["a ", "b"], "['a ', b]"),
    ])
    func quoteWhatCouldBeTakenForSomethingElse(list: [String], words: String) {
        #expect(list.words == words)
    }
}

/// Tables beside the agreement are CSV: quotes, doubled quotes, both line ends, a byte order mark, spaces before values.
@Suite struct IncludedTableTests {
    @Test(arguments: [
        ("domain,name\nn.example,N\n", "[/n.example]"),
        ("\u{FEFF}Domain\r\nB.example\r\n\r\na.example", "[/a.example, /b.example]"),
        ("account_id,name,domain\n1,\"N, Ltd\", n.example\n", "[1/n.example]"),
        ("account_id,name\n\"say \"\"so\"\"\",N\n", "['say \"so\"/']"),
        ("\"domain\"\n\"\",x\nn.example\n", "row names no account"),
    ])
    func areRead(table: String, words: String) {
        let reading = read("company: N\n" + someStages + "targets: {accounts: t.csv}\n", ["t.csv": table])
        let said = reading.agreement?.clause(at: "targets.accounts")?.words ?? reading.findings[0].cause
        #expect(said.contains(words), "\(said)")
    }
}
