extension TemplateClauses {
    /// People use the product first; who uses it well is a product-qualified lead.
    static func productLed(_ answers: FirstAnswers) -> TemplateClauses {
        TemplateClauses(
            title: "for a product that people try before they talk to anybody",
            salesMission: "Help those who use the product well to buy it for their whole company.",
            handOver: "pql",
            qualifiedAt: "opportunity",
            fields: """
                  email: {type: email, owner: marketing, required_at: user}
                  company: {type: text, owner: sales}
                  country: {type: country, owner: marketing}
                  employees: {type: integer, owner: sales}
                """,
            entryPoints: """
                  product: {may_write: [email, company, country]}
                  crm: {may_write: [email, company, country, employees]}
                """,
            activities: """
                  signed_up: event = 'Signed Up'
                  activated: event = 'Activated'
                  invited_colleague: event = 'Invited Colleague'
                  limit_reached: event = 'Limit Reached'
                  contact_request: event = 'Form Submitted' where form = 'Contact'
                  pricing_visit: page where path matches '/pricing*'
                """,
            fitRules: """
                      - {when: employees >= 20, points: 30}
                      - {when: not email is free_mail, points: 10}
                """,
            engagementRules: """
                      - {for: activated, points: 20, at_most: 1 within 30 days}
                      - {for: invited_colleague, points: 10, at_most: 5 within 30 days}
                      - {for: limit_reached, points: 25, at_most: 2 within 30 days}
                      - {for: pricing_visit, points: 8, at_most: 3 within 7 days}
                      - {for: contact_request, points: 60}
                """,
            stages: """
                  user: {side: marketing, enter: signed_up}
                  active: {side: marketing, enter: activated}
                  pql: {side: marketing, enter: "\(answers.qualified.condition(request: "contact_request"))", hand_over: sales}
                  sal: {side: sales, enter: accepted}
                  opportunity: {side: sales, enter: deal opened}
                  customer: {side: sales, enter: deal won}
                """,
            nurturedFrom: "[pql, sal, opportunity]",
            firstStage: "user",
            rejectReasons:
                "{too_early: nurture, cannot_reach: nurture, private_use: nurture, competitor: disqualified}",
            responseChannels: "[call, email, chat, meeting]",
            capacity: 80, delivered: 50,
            marketingPromises: [],
            routingRules: [
                "{name: same account, when: account has open hand_over, to: its owner}",
                "{name: open business, when: account has open deal, to: account owner}",
            ],
            own: [],
            alert: "{when: limit_reached, tell: owner, within: 1 hour, at_most: 1 per day}",
            files: [])
    }
}
