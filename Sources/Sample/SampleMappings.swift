/// The mappings under which the sample company's files are imported: a worked example of each kind of file.
enum SampleMappings {
    /// File names and texts, in the order in which a newcomer would import.
    static let all: [(name: String, text: String)] = [
        ("contacts", contacts), ("accounts", accounts), ("deals", deals), ("deal-contacts", dealContacts),
        ("assignments", assignments), ("touches", touches), ("meetings", meetings), ("verdicts", verdicts),
        ("uploads", uploads), ("pages", pages), ("events", events), ("consent", consent), ("sends", sends),
        ("roster", roster), ("quotas", quotas), ("absences", absences), ("targets", targets), ("rates", rates),
        ("spend", spend), ("traffic", traffic),
    ]

    private static let contacts = """
        # The marketing platform's contacts, exported every week; every fourth week the complete list.
        mapping: 1
        name: Contacts of the marketing platform
        source: hubspot
        times: [iso8601]
        as_of: file name
        complete: "*-complete-*"

        columns:
          email: {named: email, as: email}
          first_name: {named: firstname, personal: yes}
          last_name: {named: lastname, personal: yes}
          job_title: {named: jobtitle}
          country: {named: country, as: country}
          employees: {named: numberofemployees, as: number}
          stage: {named: lifecyclestage}
          source: {named: hs_analytics_source}
          created: {named: createdate, as: time}
          owner: {named: hubspot_owner_id}
          opted_out: {named: hs_email_optout}
          merged: {named: hs_merged_object_ids, as: list, separator: ";"}
          lead: {named: salesforceleadid}
          changed: {named: lastmodifieddate}

        facts:
          - fact: observed
            object: contact
            id: id
            since: changed
            person: {record: [id, {source: salesforce, object: lead, id: lead}], email: email}
            with: [email, first_name, last_name, company, job_title, job_level, country, employees, stage, source, created, owner]
          - fact: consent withdrawn              # an imported flag is a withdrawal at the time it became known
            object: contact
            id: id
            since: changed
            when: {opted_out: "true"}
            person: id
            with: {purpose: {is: marketing_email}, channel: {is: email}, proof: {is: opt-out flag of the platform}}
          - fact: merged                         # each record that was merged into this one is the same person
            object: contact
            id: each
            each: merged
            since: changed
            person: {record: [id, each]}
          - fact: merged away                    # and is gone from the lists, though not deleted
            object: contact
            id: each
            each: merged
            since: changed
            person: {record: each}
            with: {into: id}
        """

    private static let accounts = """
        # The CRM's accounts, exported every week.
        mapping: 1
        name: Accounts of the CRM
        source: salesforce
        times: [iso8601]

        columns:
          website: {named: Website, as: domain}
          employees: {named: NumberOfEmployees, as: number}
          country: {named: BillingCountry, as: country}
          created: {named: CreatedDate, as: time}
          name: Name
          industry: Industry
          owner: OwnerId
          type: Type

        facts:
          - fact: observed
            object: account
            id: Id
            since: SystemModstamp
            account: {record: Id, domain: website}
            with: [name, website, industry, employees, country, owner, type, created]
        """

    private static let deals = """
        # The CRM's deals, exported every week.
        mapping: 1
        name: Deals of the CRM
        source: salesforce
        times: [iso8601]

        columns:
          amount: {named: Amount, as: money, currency: {column: CurrencyIsoCode}}
          close_date: {named: CloseDate, as: date, format: yyyy-MM-dd}
          created: {named: CreatedDate, as: time}
          won: {named: IsWon, as: flag}
          closed: {named: IsClosed, as: flag}
          name: Name
          stage: StageName
          pipeline: Pipeline
          type: Type
          owner: OwnerId
          competitor: Competitor__c

        facts:
          - fact: observed
            object: deal
            id: Id
            since: SystemModstamp
            account: {record: {object: account, id: AccountId}}
            by: owner
            with: [name, stage, pipeline, type, amount, close_date, closed, won, owner, competitor, created]
        """

    private static let dealContacts = """
        # Which people take part in which deal.
        mapping: 1
        name: People on deals
        source: salesforce
        times: [iso8601]

        columns:
          deal: OpportunityId
          role: Role
          is_primary: {named: IsPrimary, as: flag}

        facts:
          - fact: deal changed
            object: deal
            id: [OpportunityId, Id]
            aspect: people
            at: CreatedDate
            person: {record: {object: lead, id: ContactId}}
            with: [deal, role, is_primary]
        """

    private static let assignments = """
        # Who got which lead, and when.
        mapping: 1
        name: Assignments of leads
        source: salesforce
        times: [iso8601]

        columns:
          role: {named: reason}

        facts:
          - fact: owned
            object: assignment
            id: assignment_id
            at: assigned
            person: {record: {object: lead, id: who_id}}
            by: owner
            with: [role]
        """

    private static let touches = """
        # What reps did towards people: calls, mails, meetings.
        mapping: 1
        name: Touches by reps
        source: salesforce
        times: [iso8601]

        columns:
          direction: {named: direction, aliases: {outbound: outward, inbound: inward}}
          automatic: {named: automatic, as: flag}
          deal: {named: what_id}

        facts:
          - fact: touch
            object: task
            id: id
            at: completed
            known: created                       # a hand-typed touch counts from when it was written down
            person: {record: {object: lead, id: who_id}}
            by: owner
            with: [channel, direction, outcome, automatic, deal]
        """

    private static let meetings = """
        # Meetings as they were booked, held and missed: one row for each.
        mapping: 1
        name: Meetings
        source: salesforce
        times: [iso8601]

        columns:
          scheduled: {named: start, as: time}

        facts:
          - fact: meeting booked
            object: event
            id: meeting_id
            at: recorded
            when: {status: booked}
            person: {record: {object: lead, id: who_id}}
            by: owner
            with: [scheduled]
          - fact: meeting held
            object: event
            id: meeting_id
            at: end
            known: recorded
            when: {status: held}
            person: {record: {object: lead, id: who_id}}
            by: owner
            with: [scheduled]
          - fact: meeting missed
            object: event
            id: meeting_id
            at: end
            known: recorded
            when: {status: [no_show, canceled]}
            person: {record: {object: lead, id: who_id}}
            by: owner
            with: [scheduled]
        """

    private static let verdicts = """
        # What reps said of the leads they were given.
        mapping: 1
        name: Verdicts on leads
        source: salesforce
        times: [iso8601]

        columns:
          mark: {named: mark, as: number}

        facts:
          - fact: accepted
            object: verdict
            id: verdict_id
            at: decided
            when: {verdict: accept}
            person: {record: {object: lead, id: who_id}}
            by: owner
            with: [mark, note]
          - fact: rejected
            object: verdict
            id: verdict_id
            at: decided
            when: {verdict: reject}
            person: {record: {object: lead, id: who_id}}
            by: owner
            with: [reason, note]
          - fact: recycled
            object: verdict
            id: verdict_id
            at: decided
            when: {verdict: recycle}
            person: {record: {object: lead, id: who_id}}
            by: owner
            with: [reason, note]
          - fact: disqualified
            object: verdict
            id: verdict_id
            at: decided
            when: {verdict: disqualify}
            person: {record: {object: lead, id: who_id}}
            by: owner
            with: [reason, note]
        """

    private static let uploads = """
        # Lists that reps uploaded into the CRM. No column says that anyone agreed to be contacted.
        mapping: 1
        name: Lists uploaded by reps
        source: salesforce
        times: [iso8601]

        columns:
          email: {named: Email, as: email}
          first_name: {named: FirstName, personal: yes}
          last_name: {named: LastName, personal: yes}
          company: Company
          job_title: Title
          country: {named: Country, as: country}
          origin: LeadSource
          uploaded_by: CreatedById
          owner: OwnerId

        facts:
          - fact: observed
            object: lead
            id: Id
            since: CreatedDate
            person: {record: Id, email: email}
            by: uploaded_by
            with: [email, first_name, last_name, company, job_title, country, origin, uploaded_by, owner]
        """

    private static let pages = """
        # Pages seen on the web site.
        mapping: 1
        name: Web pages
        source: web
        times: [iso8601]

        facts:
          - fact: activity
            object: page
            name: {is: page}
            id: message_id
            at: timestamp
            person: {record: {source: hubspot, object: contact, id: contact_id}, anonymous: anonymous_id}
            with: [path, title, referrer, utm_source, utm_campaign]
        """

    private static let events = """
        # Events of the web site, in the form that Segment's libraries send.
        mapping: 1
        name: Web events
        source: web
        times: [iso8601]

        columns:
          user: {named: userId, optional: yes}
          title: {named: properties.title, optional: yes}
          form: {named: properties.form, optional: yes}
          campaign: {named: properties.campaign, optional: yes}
          email: {named: traits.email, as: email, optional: yes}

        facts:
          - fact: activity
            object: track
            name: event
            id: messageId
            at: timestamp
            when: {type: track}
            person: {record: {source: hubspot, object: contact, id: user}, anonymous: anonymousId}
            with: [title, form, campaign]
          - fact: identified                     # the visitor and the contact are one person
            object: identify
            id: messageId
            at: timestamp
            when: {type: identify}
            person: {record: {source: hubspot, object: contact, id: user}, email: email, anonymous: anonymousId}
        """

    private static let consent = """
        # The ledger of consent.
        mapping: 1
        name: Consent
        source: hubspot
        times: [iso8601]

        columns:
          email: {named: email, as: email}

        facts:
          - fact: consent given
            object: consent
            id: consent_id
            at: timestamp
            when: {status: given}
            person: {record: {object: contact, id: contact_id}, email: email}
            with: [purpose, channel, basis, proof]
          - fact: consent withdrawn
            object: consent
            id: consent_id
            at: timestamp
            when: {status: withdrawn}
            person: {record: {object: contact, id: contact_id}, email: email}
            with: [purpose, channel, basis, proof]
          - fact: consent objected
            object: consent
            id: consent_id
            at: timestamp
            when: {status: objected}
            person: {record: {object: contact, id: contact_id}, email: email}
            with: [purpose, channel, basis, proof]
        """

    private static let sends = """
        # Mass mail: sent, opened, clicked, bounced.
        mapping: 1
        name: Mass mail
        source: hubspot
        times: [iso8601]

        facts:
          - fact: touch                          # what we sent is a touch, and an automatic one
            object: send
            id: send_id
            at: timestamp
            when: {event: sent}
            person: {record: {object: contact, id: contact_id}}
            with: {channel: {is: email}, direction: {is: outward}, outcome: event, automatic: {is: "yes"}, mailing: mailing, campaign: campaign}
          - fact: activity                       # what became of it is the person's
            object: send
            name: event
            id: [send_id, event]
            at: timestamp
            when: {event: {not: sent}}
            person: {record: {object: contact, id: contact_id}}
            with: [mailing, campaign]
        """

    private static let roster = """
        # Who sells, in which team, with what capacity.
        mapping: 1
        name: Roster
        source: company
        as_of: 2025-02-01

        columns:
          weight: {named: weight, as: number}
          capacity: {named: capacity, as: number}
          since: {named: since, as: date, format: yyyy-MM-dd}
          until: {named: until, as: date, format: yyyy-MM-dd}

        facts:
          - fact: company
            object: roster
            name: {is: roster}
            id: rep
            with: [rep, name, team, manager, calendar, weight, capacity, since, until]
        """

    private static let quotas = """
        # What each rep is to win in each fiscal period.
        mapping: 1
        name: Quotas
        source: company
        as_of: 2025-02-01

        columns:
          amount: {named: amount, as: money, currency: {column: currency}}

        facts:
          - fact: company
            object: quota
            name: {is: quota}
            id: [rep, period]
            with: [rep, period, amount]
        """

    private static let absences = """
        # Who is away when.
        mapping: 1
        name: Absences
        source: company
        as_of: 2025-02-01

        columns:
          from: {named: from, as: date, format: yyyy-MM-dd}
          until: {named: until, as: date, format: yyyy-MM-dd}

        facts:
          - fact: company
            object: absence
            name: {is: absence}
            id: [rep, from]
            with: [rep, from, until, reason]
        """

    private static let targets = """
        # The accounts that sales wants most.
        mapping: 1
        name: Target accounts
        source: company
        times: [yyyy-MM-dd]

        columns:
          domain: {named: domain, as: domain}

        facts:
          - fact: company
            object: target
            name: {is: target}
            id: account_id
            since: since
            account: {record: {source: salesforce, object: account, id: account_id}, domain: domain}
            with: [account, team, owner]
        """

    private static let rates = """
        # Exchange rates, month by month.
        mapping: 1
        name: Exchange rates
        source: company
        times: [yyyy-MM]

        columns:
          per_eur: {named: per_eur, as: number}

        facts:
          - fact: company
            object: rate
            name: {is: rate}
            id: [currency, month]
            at: month
            with: [currency, per_eur]
        """

    private static let spend = """
        # What campaigns cost, month by month.
        mapping: 1
        name: Spend
        source: company
        times: [yyyy-MM]

        columns:
          amount: {named: amount, as: money, currency: {column: currency}}

        facts:
          - fact: measure
            object: spend
            name: {is: spend}
            id: [campaign, month]
            at: month
            with: [campaign, amount]
        """

    private static let traffic = """
        # Visitors of the web site, day by day.
        mapping: 1
        name: Visitors
        source: company
        times: [yyyy-MM-dd]

        columns:
          amount: {named: visitors, as: number}
          origin: {named: source}

        facts:
          - fact: measure
            object: visitors
            name: {is: visitors}
            id: [date, source]
            at: date
            with: [origin, amount]
        """
}
