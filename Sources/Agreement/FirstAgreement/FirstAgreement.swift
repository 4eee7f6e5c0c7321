internal import Vocabulary

/// A file that is to be written; the path is relative to the agreement's folder.
public struct FirstFile: Hashable, Sendable {
    public let path: String
    public let text: String
}

/// The first agreement of a company, ready to be checked, changed and signed: what was answered, and a proposal with a
/// reason for everything else.
public struct FirstAgreement: Sendable {
    private let answers: FirstAnswers
    private let clauses: TemplateClauses

    public init(_ answers: FirstAnswers) {
        self.answers = answers
        clauses = TemplateClauses(for: answers)
    }

    /// The files it includes.
    public var files: [FirstFile] { clauses.files }

    /// The agreement itself.
    public var text: String {
        let sections =
            [title, company, parties, mission, responsibilities, calendars, teams, record, deals, activities, scoring]
            + [stages, verdicts, promises, routing, consent] + clauses.own + [pipeline, plan, meetings]
        return sections.joined(separator: "\n\n") + "\n"
    }
}

// Who, and what for.

extension FirstAgreement {
    private var title: String {
        """
        # The first agreement between marketing and sales, \(clauses.title).
        # What is written here is a proposal: change whatever does not fit. Above each clause stands what it says.
        # Both sides sign what "interlock check" finds nothing wrong with and "interlock describe" shows in plain words.
        """
    }

    private var company: String {
        let start = answers.today.firstOfNextMonth
        return """
            # The version of the language this file is written in.
            interlock: 1
            # Whose agreement this is.
            company: \(answers.company.yaml)
            # The zone in which dates begin and end, where a calendar does not name another.
            timezone: \(answers.timezone.yaml)
            # What amounts of money are added up in.
            currencies: {base: \(answers.currency.code)}
            # The agreement is in force from this day, or from the last signature if that is later.
            effective: \(start)
            # Nothing that happened before this day is handed over, routed or escalated.
            starts: \(start)
            # By this day both sides look at the agreement again.
            review_by: \(start.adding(days: 180))
            """
    }

    private var parties: String {
        """
        # Who speaks, and signs, for each side.
        parties:
          executive: \(answers.executive.text.yaml)
          marketing: \(answers.marketing.text.yaml)
          sales: \(answers.sales.text.yaml)
          operations: \(answers.operations.text.yaml)
        """
    }

    private var mission: String {
        """
        # What each team is for: marketing fills the pipeline, and takes on a revenue target once that is mastered.
        mission:
          marketing: fill_pipeline
          sales: \(clauses.salesMission)
        """
    }

    private var responsibilities: String {
        """
        # For every system one side that answers for it, and a deputy.
        responsibilities:
          marketing_system: {side: marketing, deputy: operations}
          crm: {side: sales, deputy: operations}
          reports: {side: operations, deputy: sales}
        # What changes weekly and promises nothing: this side may change it alone, without new signatures.
        delegated: {teams: sales, quotas: sales, targets: sales, holidays: operations}
        # Who sees numbers about a single person.
        visibility: {rep_numbers: [self, manager]}
        """
    }

    private var calendars: String {
        """
        # When people work: business hours and days of every promise count by this. Add your holidays.
        calendars:
          office:
            hours: {mon-fri: 09:00-17:30}
            holidays: [\(holidays.map(\.description).joined(separator: ", "))]
        """
    }

    private var teams: String {
        """
        # Who takes leads in turn, and how many each can take. A rep may have a weight, days away, and a first and last day.
        teams:
          \(answers.team.yaml):
            manager: \(answers.manager.text.yaml)
            calendar: office
            reps:
        \(answers.reps.map { "      - \(rep($0))" }.joined(separator: "\n"))
        """
    }

    private func rep(_ address: MailAddress) -> String {
        let quota = answers.quota.map { ", quota: {\(quarter): \($0.words)}" } ?? ""
        return "{email: \(address.text.yaml), capacity: \(clauses.capacity) per month\(quota)}"
    }

    private var quarter: FiscalPeriod { Defaults.fiscalYear.calendar.quarter(containing: answers.today) }

    /// The two that nearly everybody has; a company knows its others.
    private var holidays: [CivilDate] {
        let year = answers.today.year
        return [(year, 12, 25), (year + 1, 1, 1)].compactMap { CivilDate(year: $0.0, month: $0.1, day: $0.2) }
    }
}

// What is known, and what it means.

extension FirstAgreement {
    private var record: String {
        """
        # What is kept about a person, which side keeps it right, and from which stage on it must be filled.
        fields:
        \(clauses.fields)
        # By which ways data comes in, and what may be written there.
        entry_points:
        \(clauses.entryPoints)
        """
    }

    private var deals: String {
        """
        # What the stages of the CRM mean, in the CRM's own words.
        deals:
          pipelines:
            new: {open: [Qualification, Proposal, Negotiation], won: [Closed Won], lost: [Closed Lost]}
        """
    }

    private var activities: String {
        """
        # Names for what people do, from whatever source: these are used below.
        activities:
        \(clauses.activities)
        """
    }

    private var scoring: String {
        """
        scoring:
          # Points for what somebody is; who has enough of them gets the grade.
          fit:
            rules:
        \(clauses.fitRules)
            grades: {A: 40, B: 10, C: 0}
          # Points for what somebody does; after the half-life half of them are left.
          engagement:
            half_life: 30 days
            rules:
        \(clauses.engagementRules)
        """
    }

    private var stages: String {
        """
        # The stages in their order: whose each is, who enters it, and to whom a person is handed over there.
        stages:
        \(clauses.stages)
        # The only ways back and out.
        detours:
          # Who is not ready goes back to marketing, and comes again after new interest.
          nurture:
            side: marketing
            from: \(clauses.nurturedFrom)
            enters: recycled or deal lost or qualify missed
            returns: engagement >= 60
            not_before: 30 days
            always_returns: contact_request
            to: \(clauses.firstStage)
            forgets: engagement
          # Who will never buy leaves for good.
          disqualified: {side: sales, enters: disqualified}
        # Those who would enter a stage only because a new version is in force wait until they do something.
        on_change: wait for next activity
        """
    }
}

// What is owed.

extension FirstAgreement {
    private var verdicts: String {
        """
        verdicts:
          # Why sales may reject a lead, and where each reason leads.
          reject_reasons: \(clauses.rejectReasons)
          # What it means when sales does not answer.
          silence: {after: \(answers.response.silence), means: accepted}
          # Marketing may object to a rejection, and operations rules.
          dispute: {by: marketing, within: 2 business days, arbiter: operations, ruling_within: 5 business days}
        """
    }

    private var promises: String {
        """
        promises:
          sales:
            # A lead is answered by a person in this time; where it is not, the manager hears of it, then somebody else gets it.
            respond:
              to: \(clauses.handOver)
              by: \(clauses.responseChannels)
              within: \(answers.response.within)
              then:
                - {after: \(answers.response.manager), do: tell manager}
                - {after: \(answers.response.reassignment), do: reassign}
            # Every lead is accepted or rejected in this time.
            decide: {about: \(clauses.handOver), within: \(answers.response.decision)}
            # Every rejection says why.
            explain: {about: [rejection], within: 2 business days}
            # Nobody is given up before so many attempts.
            pursue: {touches: 6, channels: [call, email], over: 15 business days}
            # An accepted lead gets so far in this time, or goes back to marketing.
            qualify: {from: sal, to: \(clauses.qualifiedAt), within: 20 business days, otherwise: nurture}
            # Nobody is contacted without permission.
            permission: 100%
          marketing:
        \(marketingPromises.joined(separator: "\n"))
        """
    }

    private var marketingPromises: [String] {
        let delivered = clauses.delivered * answers.reps.count
        let common = """
                # So many leads are handed over; \(clauses.delivered) for each rep, fewer than they can take.
                deliver: {\(clauses.handOver): \(delivered) per month}
                # So many of them are accepted.
                quality: {acceptance: 70%}
                # Required fields are filled.
                complete: {required_fields: 100%}
                # Consent is on record and valid.
                consent: {valid: 100%}
            """
        return [common] + clauses.marketingPromises + coverage
    }

    /// Only where quotas are known can coverage of them be owed.
    private var coverage: [String] {
        guard answers.quota != nil else { return [] }
        return [
            """
                # Each rep begins a quarter with open deals worth so many times the quota that is left.
                coverage: {each: rep, at_least: 2.5, at: start of quarter}
            """
        ]
    }

    private var routing: String {
        """
        # Who gets a lead: the first rule that applies.
        routing:
          rules:
        \(clauses.routingRules.map { "    - \($0)" }.joined(separator: "\n"))
            - {name: everybody else, to: \("team \(answers.team)".yaml)}
          # Who gets what nobody else can take.
          last_resort: \(answers.manager.text.yaml)
        # In which order a rep works: what is due soonest first, then who is most interested.
        work_order: due first, then score
        """
    }

    private var consent: String {
        """
        # Who may be contacted: only who has agreed to it. Add rules for countries whose law says something else.
        consent:
          default: deny
          purposes: {marketing_email: {channel: email}, sales_email: {channel: email}, sales_call: {channel: phone}}
          rules:
            # Who asks to be contacted may be answered about that.
            - {when: always, reply: request for 30 days}
            - {otherwise: true, marketing_email: opt_in, sales_email: opt_in, sales_call: opt_in}
          # So many persons from one user at once are a list, which is held back until its consent is shown.
          upload: {persons: 10, within: 10 minutes}
        """
    }
}

// What it comes to.

extension FirstAgreement {
    private var pipeline: String {
        """
        # Which deals count, for how much, and how many times the quota that is left they should be worth. 2.5 is where most
        # begin; once the plan below has your win rate, "interlock check" says whether it is enough.
        pipeline:
          counts: deal is open and close_date in period
          value: amount
          coverage: {at: start of quarter, against: remaining quota, multiple: 2.5}
        """
    }

    private var plan: String {
        """
        # The assumptions behind the promised numbers. Take off the # and put in your own.
        # plan:
        #   visitors: 10000 per month
        #   win_rate: 40%
        #   average_sale: \(Money(minorUnits: 20_000 * answers.currency.minorUnitsInOne, currency: answers.currency).words)
        """
    }

    private var meetings: String {
        """
        # What everybody agreed to be told, and how soon.
        alerts:
          - \(clauses.alert)
        # How soon one side answers what the other asks of it.
        requests: {between: [marketing, sales], answer_within: 3 business days}
        # When both look at the numbers together.
        check_ins:
          weekly: {every: monday 09:30, with: [marketing, sales]}
          quarterly: {every: first monday of quarter 10:00, with: [marketing, sales, operations, executive]}
        """
    }
}

extension Currency {
    fileprivate var minorUnitsInOne: Int64 { (0..<exponent).reduce(1) { power, _ in power * 10 } }
}

extension CivilDate {
    fileprivate var firstOfNextMonth: CivilDate {
        adding(days: CivilDate.daysIn(month: month, year: year) - day + 1)
    }
}
