internal import Vocabulary

/// `agreement.yaml`: Northwind's agreement, with the teams, dates and figures of this company.
struct AgreementFile: Sendable {
    let people: People
    let roster: Roster

    private var timeline: Timeline { people.timeline }

    /// First hand-overs a month at the share that the company was made with, rounded down to two digits; below five as they
    /// are, since nobody promises none.
    private var handOversAMonth: Int {
        let all = people.persons.count { $0.qualified != Person.never }
        let month = max(1, all * 30 / timeline.days.count)
        if month < 5 { return month }
        return month < 100 ? month / 5 * 5 : month / 10 * 10
    }

    var text: String {
        [opening, calendars, teams, AgreementFile.fields, deals, activities, stages, promises, routing, consent, plan]
            .joined(separator: "\n")
    }

    private var opening: String {
        let first = CivilDate(daysSinceEpoch: Int32(timeline.startDay)).next(.monday)
        let effective = isoText(Int(first.daysSinceEpoch))
        return """
            interlock: 1
            company: Northwind Instruments
            timezone: Europe/Berlin
            currencies: {base: EUR, rates: company/rates.csv, at: close month}
            fiscal_year: {starts: february, named_by: end}
            effective: \(effective)
            review_by: \(isoText(timeline.endDay))
            starts: \(effective)
            history: {stages_from: [salesforce], act_within: 3 days}

            parties:
              executive: ada@northwind.example
              marketing: maria@northwind.example
              sales: carlos@northwind.example
              operations: revops@northwind.example

            mission:
              marketing: fill_pipeline
              sales: Close the pipeline and grow named accounts.
              then: {create_revenue: after deliver and coverage kept 3 quarters}
              boundaries:
                - {never: "marketing mass mail where account has open deal above 100k EUR", without: owner}

            responsibilities:
              map_system: {side: marketing, deputy: operations}
              crm_system: {side: sales, deputy: operations}
              golden_record: {side: operations, deputy: marketing}
              reports: {side: operations, deputy: sales}

            delegated: {teams: sales, quotas: sales, targets: sales, holidays: operations, rates: operations, spend: marketing}
            visibility: {rep_numbers: [self, manager, operations]}
            ignore: {domains: [northwind.example], machine: [clicks within 5 s of delivery, opens by privacy proxy]}

            """
    }

    private var calendars: String {
        let exceptions = Roster.munichExceptions(timeline.days).sorted { $0.key < $1.key }.map { day, hours in
            "\(isoText(day)): " + (hours.isEmpty ? "closed" : "[08:30-12:00]")
        }
        return """
            calendars:
              munich:
                timezone: Europe/Berlin
                hours: {mon-thu: [08:30-12:00, 13:00-17:30], fri: 08:30-15:00}
                holidays: company/holidays/de-by.ics
                exceptions: {\(exceptions.joined(separator: ", "))}
              london: {timezone: Europe/London, hours: {mon-fri: 09:00-17:30}, holidays: company/holidays/gb-eng.ics}
              chicago: {timezone: America/Chicago, hours: {mon-fri: [08:00-12:00, 13:00-17:00]}, holidays: company/holidays/us.ics}

            """
    }

    private var teams: String {
        "teams:\n"
            + Territory.allCases.map { territory in
                let reps = roster.reps(of: territory).map { "      - \(rep(roster.reps[$0]))\n" }.joined()
                return "  \(territory.team):\n    manager: \(roster.manager(territory))\n"
                    + "    calendar: \(roster.calendar(territory).name)\n    reps:\n" + reps
            }.joined() + "quotas: company/quotas.csv\n"
    }

    private func rep(_ rep: Rep) -> String {
        var fields = ["email: \(rep.email)"]
        if rep.weight != 100 { fields.append("weight: 0.\(rep.weight)") }
        fields.append("capacity: \(rep.capacity) per month")
        if let since = rep.since { fields.append("since: \(isoText(since))") }
        if let until = rep.until { fields.append("until: \(isoText(until))") }
        let away = rep.absences.map { "\(isoText($0.days.lowerBound))..\(isoText($0.days.upperBound - 1))" }
        if !away.isEmpty { fields.append("away: [\(away.joined(separator: ", "))]") }
        return "{\(fields.joined(separator: ", "))}"
    }

    private static let fields = """
        fields:
          email: {type: email, personal: true, owner: marketing, required_at: lead}
          company: {type: text, owner: sales, required_at: mql}
          country: {type: country, owner: marketing, required_at: mql}
          employees: {type: integer, owner: sales}
          job_level: {type: choice, of: [c_level, vp, director, manager, staff], aliases: {CEO: c_level, Geschäftsführer: c_level}}
          source: {type: text, owner: marketing, write_once: true}
          partner: {type: text, owner: sales}
        entry_points:
          website_form: {may_write: [email, company, country, job_level]}
          crm: {may_write: [company, country, employees, job_level, partner]}
          rep_upload: {may_write: [email, company], quarantine: until consent basis is shown}

        """

    private let deals = """
        deals:
          pipelines:
            new: {open: [Qualification, Proposal, Negotiation], won: [Closed Won], lost: [Closed Lost]}
            renewal: {open: [Renewal due], won: [Renewed], lost: [Churned]}
          kind: {new: type = 'New Business', expansion: type = 'Expansion', renewal: pipeline = renewal}

        """

    private let activities = """
        activities:
          ad_click: event = 'Ad Clicked'
          blog_visit: page where path matches '/blog/*'
          pricing_visit: page where path matches '/pricing*'
          whitepaper: event = 'Form Submitted' where form matches 'Whitepaper*'
          demo_request: event = 'Form Submitted' where form = 'Request a demo'
          webinar: event = 'Webinar Attended'
          fair: event = 'Fair Visited'
          unsubscribe: consent withdrawn for marketing_email
          call: touch where channel = call
          email: touch where channel = email
          meeting: touch where channel = meeting
          proposal: deal enters Proposal

        journey:
          awareness: {led_by: marketing, activities: [blog_visit, ad_click]}
          consideration: {led_by: marketing, activities: [webinar, whitepaper, pricing_visit, fair]}
          decision: {led_by: sales, activities: [demo_request, meeting, proposal]}

        scoring:
          fit:
            rules:
              - {when: "job_level in (c_level, vp)", points: 25}
              - {when: employees between 200 and 5000, points: 20}
              - {when: email is free_mail, points: -20}
            grades: {A: 40, B: 20, C: 0}
          engagement:
            half_life: 30 days
            rules:
              - {for: pricing_visit, points: 8, at_most: 3 within 7 days}
              - {for: whitepaper, points: 10}
              - {for: webinar, points: 20, once_per: title}
              - {for: demo_request, points: 60}
              - {for: fair, points: 15}
              - {for: unsubscribe, points: -40}

        """

    private let stages = """
        stages:
          lead: {side: marketing, enter: email is known}
          mql: {side: marketing, enter: "(engagement >= 50 and grade in (A, B)) or demo_request within 7 days", hand_over: sales}
          sal: {side: sales, enter: accepted}
          sql: {side: sales, enter: meeting held}
          opportunity: {side: sales, enter: deal opened}
          customer: {side: sales, enter: deal won}
        detours:
          nurture:
            side: marketing
            from: [mql, sal, sql, opportunity]
            enters: recycled or deal lost or qualify missed
            returns: "engagement >= 60"
            not_before: 30 days
            always_returns: demo_request
            to: lead
            forgets: engagement
          disqualified: {side: sales, from: any, enters: disqualified, reasons: [competitor, student, bounced, out_of_territory]}
        on_change: wait for next activity

        verdicts:
          reject_reasons: {wrong_size: disqualified, wrong_persona: nurture, wrong_region: reroute, already_customer: account owner, competitor: disqualified, cannot_reach: nurture, no_need: nurture}
          accept_mark: 1..3
          silence: {after: 2 business days, means: accepted}
          dispute: {by: marketing, within: 1 business day, arbiter: operations, ruling_within: 5 business days}

        """

    private var promises: String {
        """
        promises:
          sales:
            respond: {to: mql, by: [call, email, meeting], within: 1 business hour, warn_at: 50%, then: [{after: 2 business hours, do: tell manager}, {after: 1 business day, do: reassign}]}
            decide: {about: mql, within: 1 business day}
            explain: {about: [rejection, acceptance], within: 2 business days}
            pursue: {touches: 6, channels: [call, email], over: 15 business days}
            qualify: {from: sal, to: sql, within: 20 business days, otherwise: nurture}
            permission: 100%
          marketing:
            deliver: {visitors: from plan, lead: from plan, mql: \(handOversAMonth) per month, sql: from plan, each: company}
            quality: {acceptance: 70%}
            complete: {required_fields: 100%}
            consent: {valid: 100%}
            pipeline: {sourced: \(max(100, handOversAMonth * 45))k EUR per quarter}
            coverage: {each: rep, at_least: 4.5, at: start of quarter}
            target_accounts: {reached: 80%, engaged: 60%, with_pipeline: 25%, by: end of quarter}
          pauses: {asked_for_later: {until: given date, at_most: 10 business days}}

        """
    }

    private var routing: String {
        """
        routing:
          rules:
            - {name: same account, when: account has open hand_over, to: its owner}
            - {name: open business, when: account has open deal, to: account owner}
            - {name: partner, when: partner is known, to: ruth@northwind.example}
            - {name: named accounts, when: account in targets, to: account owner}
            - {name: dach, when: "country in (DE, AT, CH)", to: team dach}
            - {name: north america, when: "country in (US, CA)", to: team north_america}
            - {name: rest, to: team international}
          last_resort: ines@northwind.example
          value: {A: 5, B: 3, C: 1}
          burst: {over: 50 per hour of one origin, release: at capacity}
        work_order: due first, then score

        """
    }

    private let consent = """
        consent:
          default: deny
          purposes: {marketing_email: {channel: email}, sales_email: {channel: email}, sales_call: {channel: phone}}
          rules:
            - {when: always, reply: request for 30 days}
            - {when: "country in (DE, AT, CH)", marketing_email: opt_in, sales_email: opt_in, sales_call: opt_in}
            - {when: "country in (US, CA)", marketing_email: opt_out, sales_email: opt_out, sales_call: opt_out}
            - {otherwise: true, marketing_email: opt_in, sales_email: opt_in, sales_call: opt_in}
          expires: {inquiry: 180 days, purchase: 730 days}
          upload: {persons: 10, within: 10 minutes}
          contact_hours: {phone: 08:00-20:00 in person's zone, unknown_zone: company}

        targets: {accounts: company/targets.csv}

        pipeline:
          counts: deal is open and kind in (new, expansion) and close_date in period
          value: amount
          coverage: {at: start of quarter, against: remaining quota, multiple: 4.5, exceptions: {team international: 3.5}}

        """

    private var plan: String {
        let plan = SalesPlan(people)
        return """
            plan:
              visitors: \(plan.visitors) per month
              visitor_to_lead: \(plan.visitorToLead)%
              lead_to_mql: \(plan.leadToMQL)%
              mql_to_sal: \(plan.mqlToSAL)%
              sal_to_sql: \(plan.salToSQL)%
              sql_to_opportunity: \(plan.sqlToOpportunity)%
              win_rate: \(plan.winRate)%
              average_sale: \(plan.averageSale / 1000)k EUR
              sales_cycle: 74 days
              alarm: {tolerance: 10%, false_alarms: 5% per year}

            attribution: {models: [first, last, w_shaped, markov], primary: w_shaped, window: 180 days}
            alerts:
              - {when: pricing_visit and account in targets, tell: owner, within: 5 minutes, at_most: 1 per day}
            requests: {between: [marketing, sales], answer_within: 3 business days}
            check_ins:
              weekly: {every: monday 09:30, with: [marketing, sales]}

            """
    }
}
