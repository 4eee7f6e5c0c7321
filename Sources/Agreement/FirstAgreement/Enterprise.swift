extension TemplateClauses {
    /// Target accounts by name, few and large deals.
    static func enterprise(_ answers: FirstAnswers) -> TemplateClauses {
        TemplateClauses(
            title: "for sales to target accounts",
            salesMission: "Win the target accounts and grow them.",
            handOver: "mql",
            qualifiedAt: "sql",
            fields: """
                  email: {type: email, owner: marketing, required_at: lead}
                  company: {type: text, owner: sales, required_at: mql}
                  country: {type: country, owner: marketing, required_at: mql}
                  employees: {type: integer, owner: sales}
                  job_level: {type: choice, of: [c_level, vp, director, manager, staff], owner: marketing}
                """,
            entryPoints: """
                  website_form: {may_write: [email, company, country, job_level]}
                  crm: {may_write: [email, company, country, employees, job_level]}
                  list_upload: {may_write: [email, company, country], quarantine: until consent basis is shown}
                """,
            activities: """
                  contact_request: event = 'Form Submitted' where form = 'Contact'
                  whitepaper: event = 'Form Submitted' where form matches 'Whitepaper*'
                  webinar: event = 'Webinar Attended'
                  event_visit: event = 'Event Attended'
                  pricing_visit: page where path matches '/pricing*'
                """,
            fitRules: """
                      - {when: "job_level in (c_level, vp, director)", points: 25}
                      - {when: employees >= 1000, points: 25}
                      - {when: email is free_mail, points: -20}
                """,
            engagementRules: """
                      - {for: contact_request, points: 60}
                      - {for: event_visit, points: 30, once_per: title}
                      - {for: webinar, points: 20, once_per: title}
                      - {for: whitepaper, points: 10}
                      - {for: pricing_visit, points: 8, at_most: 3 within 7 days}
                """,
            stages: """
                  lead: {side: marketing, enter: email is known}
                  mql: {side: marketing, enter: "\(answers.qualified.condition(request: "contact_request")) or (account in targets and engagement >= 30)", hand_over: sales}
                  sal: {side: sales, enter: accepted}
                  sql: {side: sales, enter: meeting held}
                  opportunity: {side: sales, enter: deal opened}
                  customer: {side: sales, enter: deal won}
                """,
            nurturedFrom: "[mql, sal, sql, opportunity]",
            firstStage: "lead",
            rejectReasons:
                "{too_early: nurture, cannot_reach: nurture, wrong_person: nurture, already_customer: account owner, not_a_company: disqualified}",
            responseChannels: "[call, email, meeting]",
            capacity: 20, delivered: 10,
            marketingPromises: [
                """
                    # How many of the target accounts are reached, show interest, and have an open deal, by the end of a quarter.
                    target_accounts: {reached: 80%, engaged: 50%, with_pipeline: 20%, by: end of quarter}
                """
            ],
            routingRules: [
                "{name: same account, when: account has open hand_over, to: its owner}",
                "{name: target accounts, when: account in targets, to: account owner}",
                "{name: open business, when: account has open deal, to: account owner}",
            ],
            own: [
                """
                # The accounts both sides work on: a file with a column domain, or account_id for the CRM's own ids, or both.
                targets: {accounts: targets.csv}
                """
            ],
            alert: "{when: pricing_visit and account in targets, tell: owner, within: 1 hour, at_most: 1 per day}",
            files: [FirstFile(path: "targets.csv", text: "account_id,domain,name\n")])
    }
}
