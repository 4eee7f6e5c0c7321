extension TemplateClauses {
    /// A small team that calls whoever marketing finds.
    static func insideSales(_ answers: FirstAnswers) -> TemplateClauses {
        TemplateClauses(
            title: "for a small inside-sales team",
            salesMission: "Answer everybody who asks, quickly, and close what can be closed.",
            handOver: "mql",
            qualifiedAt: "sql",
            fields: """
                  email: {type: email, owner: marketing, required_at: lead}
                  company: {type: text, owner: sales, required_at: mql}
                  country: {type: country, owner: marketing, required_at: mql}
                  employees: {type: integer, owner: sales}
                """,
            entryPoints: """
                  website_form: {may_write: [email, company, country]}
                  crm: {may_write: [email, company, country, employees]}
                  list_upload: {may_write: [email, company, country], quarantine: until consent basis is shown}
                """,
            activities: """
                  contact_request: event = 'Form Submitted' where form = 'Contact'
                  download: event = 'Form Submitted' where form matches 'Download*'
                  webinar: event = 'Webinar Attended'
                  pricing_visit: page where path matches '/pricing*'
                """,
            fitRules: """
                      - {when: employees between 10 and 500, points: 30}
                      - {when: company is known, points: 10}
                      - {when: email is free_mail, points: -20}
                """,
            engagementRules: """
                      - {for: contact_request, points: 60}
                      - {for: webinar, points: 20, once_per: title}
                      - {for: download, points: 10}
                      - {for: pricing_visit, points: 8, at_most: 3 within 7 days}
                """,
            stages: """
                  lead: {side: marketing, enter: email is known}
                  mql: {side: marketing, enter: "\(answers.qualified.condition(request: "contact_request"))", hand_over: sales}
                  sal: {side: sales, enter: accepted}
                  sql: {side: sales, enter: meeting held}
                  opportunity: {side: sales, enter: deal opened}
                  customer: {side: sales, enter: deal won}
                """,
            nurturedFrom: "[mql, sal, sql, opportunity]",
            firstStage: "lead",
            rejectReasons:
                "{too_early: nurture, cannot_reach: nurture, wrong_person: nurture, not_a_company: disqualified}",
            responseChannels: "[call, email]",
            capacity: 60, delivered: 40,
            marketingPromises: [],
            routingRules: [
                "{name: same account, when: account has open hand_over, to: its owner}",
                "{name: open business, when: account has open deal, to: account owner}",
            ],
            own: [],
            alert: "{when: pricing_visit, tell: owner, within: 1 hour, at_most: 1 per day}",
            files: [])
    }
}

extension QualifiedLead {
    /// Who may be handed over, where this activity is the request to be contacted.
    func condition(request: String) -> String {
        switch self {
        case .request: "\(request) within 7 days"
        case .interest: "engagement >= 50 or \(request) within 7 days"
        case .interestAndFit: "(engagement >= 50 and grade in (A, B)) or \(request) within 7 days"
        }
    }
}
