import Testing

// What each key of the example means, as the description of the language has it. Written by hand: the mutation test judges
// the reader, the digest and the differences by this table, and asks none of them.
//
// A path:     `*` a name that people choose, `[]` a member of a list, `{stage}` the name of a stage and so a use of it;
//             `{date}`, `{days}`, `{period}`, `{aim}`, `{month}` keys that must have a form.
// Means:      section            keys that the language has; their order means nothing
//             names              keys that people choose; `of stage`: what they name; `in order`: their order counts
//             members            a list of sections, known by number, or `by name`; `in order`: their order counts
//             promise            a section that may also stand in a list of one
//             clause             a mapping that says one thing as a whole; its values are `part …` of it
//             list of …          one clause, its order means nothing, and one member may stand without brackets
//             a stage            the name of one
//             anything else      a value of that form; `text` and `limit`: any text at all
// Left out:   refused; nothing: then nothing is said; keys: then each of its keys is left out; `= x`: then x holds
// Declares:   what its texts are names of

struct KeyMeaning {
    enum Shape: Hashable {
        case section
        case names(kind: String, inOrder: Bool)
        case members(by: String?, inOrder: Bool)
        case promise
        case clause(inOrder: Bool)
        case list(of: String)
        case value(String)
    }

    enum LeftOut: Hashable {
        case refused, nothing, keys
        case means(String)
    }

    let path: [String]
    let shape: Shape
    let leftOut: LeftOut
    let declares: String?
    /// Its value belongs to the clause around it, or beside it where another key is named.
    let isPart: Bool
    let partOf: String?

    /// What the last key names, where it is the name of something defined elsewhere or has a form.
    var keyNames: [String] { kinds(in: path[path.count - 1]) }
    var isFreeKey: Bool { path[path.count - 1] == "*" }
}

/// `{stage}_to_{stage}` has stage twice.
private func kinds(in component: String) -> [String] {
    component.split(separator: "{").dropFirst(component.hasPrefix("{") ? 0 : 1).map { String($0.prefix { $0 != "}" }) }
}

extension KeyMeaning {
    init(row: String) throws {
        let columns = row.split(separator: "  ").map { $0.trimmed }.filter { !$0.isEmpty }
        try #require((3...4).contains(columns.count), "\(row)")
        path = columns[0].split(separator: ".").map(String.init)
        var words = columns[1]
        isPart = words.hasPrefix("part ")
        if isPart { words = String(words.dropFirst(5)) }
        partOf = words.hasPrefix("of ") ? words.split(separator: " ").dropFirst().first.map(String.init) : nil
        if let partOf { words = String(words.dropFirst(partOf.count + 4)) }
        shape = Shape(words)
        switch columns[2] {
        case "refused": leftOut = .refused
        case "nothing": leftOut = .nothing
        case "keys": leftOut = .keys
        default:
            try #require(columns[2].hasPrefix("= "), "\(row)")
            leftOut = .means(String(columns[2].dropFirst(2)))
        }
        declares = columns.count == 4 ? String(columns[3].dropFirst("declares ".count)) : nil
    }
}

extension KeyMeaning.Shape {
    init(_ words: String) {
        let inOrder = words.hasSuffix(" in order")
        let rest = inOrder ? String(words.dropLast(" in order".count)) : words
        switch rest {
        case "section": self = .section
        case "promise": self = .promise
        case "clause": self = .clause(inOrder: inOrder)
        case "names": self = .names(kind: "", inOrder: inOrder)
        case "members": self = .members(by: nil, inOrder: inOrder)
        case _ where rest.hasPrefix("names of "): self = .names(kind: String(rest.dropFirst(9)), inOrder: inOrder)
        case _ where rest.hasPrefix("members by "): self = .members(by: String(rest.dropFirst(11)), inOrder: inOrder)
        case _ where rest.hasPrefix("list of "): self = .list(of: String(rest.dropFirst(8)))
        default: self = .value(rest)
        }
    }
}

extension Substring {
    fileprivate var trimmed: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}

enum KeyMeanings {
    static let all: [KeyMeaning] = {
        do {
            return try table.split(separator: "\n").map { try KeyMeaning(row: String($0)) }
        } catch {
            Issue.record(error)
            return []
        }
    }()

    private static let table = """
        interlock                               version                       nothing
        company                                 text                          refused
        timezone                                zone                          = UTC
        currencies                              section                       keys
        currencies.base                         currency                      = EUR
        currencies.rates                        file                          nothing
        currencies.at                           choice                        = close month
        fiscal_year                             clause                        keys
        fiscal_year.starts                      part month                    = january
        fiscal_year.named_by                    part choice                   = start
        effective                               date                          nothing
        review_by                               date                          nothing
        starts                                  date                          nothing
        history                                 section                       keys
        history.stages_from                     list of text                  = []
        history.act_within                      duration                      = 3 days
        parties                                 section                       keys
        parties.executive                       mail                          nothing
        parties.marketing                       mail                          nothing
        parties.sales                           mail                          nothing
        parties.operations                      mail                          nothing
        mission                                 section                       keys
        mission.marketing                       choice                        = fill_pipeline
        mission.sales                           text                          nothing
        mission.then                            clause                        nothing
        mission.then.{aim}                      part next aim                 nothing
        mission.boundaries                      members                       nothing
        mission.boundaries.[].never             limit                         refused
        mission.boundaries.[].without           choice                        nothing
        responsibilities                        names of responsibility       nothing
        responsibilities.*                      section                       nothing
        responsibilities.*.side                 choice                        refused
        responsibilities.*.deputy               choice                        nothing
        delegated                               section                       keys
        delegated.teams                         choice                        nothing
        delegated.quotas                        choice                        nothing
        delegated.targets                       choice                        nothing
        delegated.holidays                      choice                        nothing
        delegated.rates                         choice                        nothing
        delegated.spend                         choice                        nothing
        visibility                              section                       keys
        visibility.rep_numbers                  list of choice                = [self, manager]
        ignore                                  section                       keys
        ignore.domains                          list of domain                = []
        ignore.machine                          list of sign                  = [clicks within 5 s of delivery, opens by privacy proxy]
        calendars                               names of calendar             nothing
        calendars.*                             section                       nothing
        calendars.*.timezone                    zone                          = Europe/Berlin
        calendars.*.hours                       clause                        refused
        calendars.*.hours.{days}                part list of hours            nothing
        calendars.*.holidays                    file or days                  = []
        calendars.*.exceptions                  clause                        = {}
        calendars.*.exceptions.{date}           part list of hours            nothing
        teams                                   names of team                 nothing
        teams.*                                 section                       nothing
        teams.*.manager                         mail                          nothing
        teams.*.calendar                        a calendar                    nothing
        teams.*.reps                            members by email              nothing
        teams.*.reps.[].email                   mail                          refused
        teams.*.reps.[].weight                  number                        = 1
        teams.*.reps.[].capacity                volume                        nothing
        teams.*.reps.[].quota                   names                         nothing
        teams.*.reps.[].quota.{period}          money                         nothing
        teams.*.reps.[].away                    list of span                  = []
        teams.*.reps.[].since                   date                          nothing
        teams.*.reps.[].ramp                    clause in order               nothing
        teams.*.reps.[].ramp.month 1            part share                    refused
        teams.*.reps.[].ramp.month 2            part share                    nothing
        fields                                  names of field                nothing
        fields.*                                section                       nothing
        fields.*.type                           choice                        refused
        fields.*.of                             part of type list of text     refused     declares choice
        fields.*.aliases                        clause                        = {} of a choice
        fields.*.aliases.*                      part a choice                 nothing
        fields.*.personal                       flag                          = as its type
        fields.*.owner                          choice                        nothing
        fields.*.required_at                    a stage                       nothing
        fields.*.write_once                     flag                          = false
        entry_points                            names of entry point          nothing
        entry_points.*                          section                       nothing
        entry_points.*.may_write                list of a field               refused
        entry_points.*.quarantine               choice                        nothing
        deals                                   section                       keys
        deals.pipelines                         names of pipeline             nothing
        deals.pipelines.*                       section                       nothing
        deals.pipelines.*.open                  list of text                  refused     declares deal stage
        deals.pipelines.*.won                   list of text                  refused     declares deal stage
        deals.pipelines.*.lost                  list of text                  refused     declares deal stage
        deals.ignore                            list of text                  = []
        deals.kind                              names of kind in order        nothing
        deals.kind.*                            deal condition                nothing
        activities                              names of activity             nothing
        activities.*                            happening                     nothing
        journey                                 names of step in order        nothing
        journey.*                               section                       nothing
        journey.*.led_by                        choice                        refused
        journey.*.activities                    list of a activity            refused
        scoring                                 section                       keys
        scoring.fit                             section                       keys
        scoring.fit.rules                       members                       nothing
        scoring.fit.rules.[].when               condition                     refused
        scoring.fit.rules.[].points             points                        refused
        scoring.fit.grades                      names of grade                nothing
        scoring.fit.grades.*                    points                        nothing
        scoring.engagement                      section                       keys
        scoring.engagement.half_life            duration                      = 30 days
        scoring.engagement.rules                members by for                nothing
        scoring.engagement.rules.[].for         a activity                    refused
        scoring.engagement.rules.[].points      points                        refused
        scoring.engagement.rules.[].at_most     cap                           nothing
        scoring.engagement.rules.[].once_per    text                          nothing
        stages                                  names of stage in order       refused
        stages.*                                section                       nothing
        stages.*.side                           choice                        refused
        stages.*.enter                          condition                     refused
        stages.*.hand_over                      choice                        nothing
        detours                                 names of detour in order      nothing
        detours.*                               section                       nothing
        detours.*.side                          choice                        refused
        detours.*.from                          list of a stage               = any
        detours.*.enters                        condition                     refused
        detours.*.returns                       condition                     nothing
        detours.*.not_before                    duration                      nothing
        detours.*.always_returns                condition                     nothing
        detours.*.to                            a stage                       nothing
        detours.*.forgets                       list of choice                = []
        detours.*.reasons                       list of text                  = []
        on_change                               choice                        = wait for next activity
        verdicts                                section                       keys
        verdicts.reject_reasons                 names of reason               nothing
        verdicts.reject_reasons.*               a detour                      nothing
        verdicts.accept_mark                    marks                         nothing
        verdicts.silence                        section                       nothing
        verdicts.silence.after                  duration                      refused
        verdicts.silence.means                  choice                        refused
        verdicts.dispute                        section                       nothing
        verdicts.dispute.by                     choice                        refused
        verdicts.dispute.within                 duration                      refused
        verdicts.dispute.arbiter                choice                        refused
        verdicts.dispute.ruling_within          duration                      refused
        promises                                section                       keys
        promises.sales                          section                       keys
        promises.sales.respond                  promise                       nothing
        promises.sales.respond.to               a stage                       refused
        promises.sales.respond.by               list of choice                refused
        promises.sales.respond.within           duration                      refused
        promises.sales.respond.warn_at          share                         nothing
        promises.sales.respond.then             members                       nothing
        promises.sales.respond.then.[].after    duration                      refused
        promises.sales.respond.then.[].do       choice                        refused
        promises.sales.decide                   promise                       nothing
        promises.sales.decide.about             a stage                       refused
        promises.sales.decide.within            duration                      refused
        promises.sales.explain                  promise                       nothing
        promises.sales.explain.about            list of choice                refused
        promises.sales.explain.within           duration                      refused
        promises.sales.pursue                   promise                       nothing
        promises.sales.pursue.touches           count                         refused
        promises.sales.pursue.channels          list of choice                refused
        promises.sales.pursue.over              duration                      refused
        promises.sales.qualify                  promise                       nothing
        promises.sales.qualify.from             a stage                       refused
        promises.sales.qualify.to               a stage                       refused
        promises.sales.qualify.within           duration                      refused
        promises.sales.qualify.otherwise        a detour                      nothing
        promises.sales.permission               share                         nothing
        promises.marketing                      section                       keys
        promises.marketing.deliver              promise                       nothing
        promises.marketing.deliver.visitors     volume                        nothing
        promises.marketing.deliver.each         choice                        = company
        promises.marketing.deliver.{stage}      volume                        nothing
        promises.marketing.quality              promise                       nothing
        promises.marketing.quality.acceptance   share                         refused
        promises.marketing.complete             promise                       nothing
        promises.marketing.complete.required_fields  share                    refused
        promises.marketing.consent              promise                       nothing
        promises.marketing.consent.valid        share                         refused
        promises.marketing.pipeline             promise                       nothing
        promises.marketing.pipeline.sourced     money rate                    refused
        promises.marketing.coverage             promise                       nothing
        promises.marketing.coverage.each        choice                        = rep
        promises.marketing.coverage.at_least    number                        refused
        promises.marketing.coverage.at          point                         = start of quarter
        promises.marketing.target_accounts      promise                       nothing
        promises.marketing.target_accounts.reached        share               nothing
        promises.marketing.target_accounts.engaged        share               nothing
        promises.marketing.target_accounts.with_pipeline  share               nothing
        promises.marketing.target_accounts.by   point                         = end of quarter
        promises.pauses                         section                       nothing
        promises.pauses.asked_for_later         section                       refused
        promises.pauses.asked_for_later.until   choice                        refused
        promises.pauses.asked_for_later.at_most  duration                    refused
        routing                                 section                       keys
        routing.rules                           members by name in order      nothing
        routing.rules.[].name                   text                          = its number
        routing.rules.[].when                   condition                     = always
        routing.rules.[].to                     destination                   refused
        routing.rules.[].in_hours               flag                          = false
        routing.last_resort                     mail                          nothing
        routing.value                           names                         nothing
        routing.value.{grade}                   number                        nothing
        routing.burst                           section                       nothing
        routing.burst.over                      burst                         refused
        routing.burst.release                   choice                        = at capacity
        work_order                              choice                        = due first, then score
        consent                                 section                       keys
        consent.default                         choice                        = deny
        consent.purposes                        names of purpose              nothing
        consent.purposes.*                      section                       nothing
        consent.purposes.*.channel              choice                        refused
        consent.rules                           members in order              nothing
        consent.rules.[].when                   condition                     refused
        consent.rules.[].otherwise              part of when flag             refused
        consent.rules.[].reply                  reply                         nothing
        consent.rules.[].{purpose}              choice                        nothing
        consent.expires                         names of ground               nothing
        consent.expires.*                       duration                      nothing
        consent.upload                          section                       nothing
        consent.upload.persons                  count                         refused
        consent.upload.within                   duration                      refused
        consent.contact_hours                   section                       nothing
        consent.contact_hours.phone             local hours                   nothing
        consent.contact_hours.unknown_zone      choice                        = company
        targets                                 section                       nothing
        targets.accounts                        file                          refused
        pipeline                                section                       keys
        pipeline.counts                         deal condition                = deal is open
        pipeline.value                          term                          = amount
        pipeline.coverage                       section                       nothing
        pipeline.coverage.at                    point                         = start of quarter
        pipeline.coverage.against               choice                        = remaining quota
        pipeline.coverage.multiple              number                        refused
        pipeline.coverage.exceptions            names                         nothing
        pipeline.coverage.exceptions.team {team}  number                      nothing
        plan                                    section                       keys
        plan.visitors                           volume                        nothing
        plan.visitor_to_{stage}                 share                         nothing
        plan.{stage}_to_{stage}                 share                         nothing
        plan.win_rate                           share                         nothing
        plan.average_sale                       money                         nothing
        plan.sales_cycle                        duration                      nothing
        plan.alarm                              section                       nothing
        plan.alarm.tolerance                    share                         = 10%
        plan.alarm.false_alarms                 share per year                = 5% per year
        attribution                             section                       keys
        attribution.models                      list of choice                = [first, last, w_shaped]   declares model
        attribution.primary                     a model                       = w_shaped
        attribution.window                      duration                      = 180 days
        alerts                                  members                       nothing
        alerts.[].when                          condition                     refused
        alerts.[].tell                          choice                        refused
        alerts.[].within                        duration                      refused
        alerts.[].at_most                       volume                        nothing
        requests                                section                       nothing
        requests.between                        list of choice                refused
        requests.answer_within                  duration                      refused
        check_ins                               names of check-in             nothing
        check_ins.*                             section                       nothing
        check_ins.*.every                       rhythm                        refused
        check_ins.*.with                        list of choice                refused
        """
}
