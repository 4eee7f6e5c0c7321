internal import Vocabulary

/// What a reader of the files must be able to find in them, as counted from the plan: written to `planted.json` with
/// names, days and sizes, and told in sentences.
///
/// Everything is counted as the files have it: facts from before their first day, or after their last, do not count.
struct Planted {
    let company: SampleCompany
    let files: [FileCount]

    init(_ company: SampleCompany, _ files: [FileCount]) {
        (self.company, self.files) = (company, files)
        work = RepWork.all(company)
    }

    let work: [RepWork]

    private var people: People { company.people }
    private var sales: Sales { company.sales }
    private var roster: Roster { company.roster }
    private var timeline: Timeline { company.timeline }

    private func email(_ trait: Trait) -> String { roster.reps[roster.rep(trait)].email }

    private func isWritten(_ at: UInt32) -> Bool { timeline.written.contains(Int(at)) }

    private func total(_ count: (FileCount) -> Int) -> Int { files.reduce(0) { $0 + count($1) } }

    private func contacts(where holds: (Person) -> Bool) -> [Int] {
        people.persons.indices.filter { holds(people.persons[$0]) }.map(Wording.contactNumber)
    }

    static func leadID(_ person: Int) -> String {
        let digits = String(person)
        return "00Q5e000" + String(repeating: "0", count: 7 - digits.count) + digits
    }

    var json: JSONText {
        .object([
            ("seed", .string(String(company.options.seed))), ("persons", .integer(company.options.persons)),
            ("months", .integer(company.options.months)), ("first_day", .string(isoText(timeline.startDay))),
            ("end", .string(isoText(timeline.endDay))), ("reps", .list(work.map(\.json))), ("fast_rep", fastRep),
            ("slow_rep", slowRep), ("cherry_picker", cherryPicker), ("rejects_everything", rejectsEverything),
            ("leaver", leaver), ("starving_territory", territories), ("seasonality", seasonality),
            ("campaigns", campaigns), ("fair", fair), ("uploads", uploads), ("opt_outs", optOuts),
            ("duplicates", duplicates), ("deleted", .integers(deleted)), ("close_rate", closeRate),
            ("currencies", currencies), ("late", late), ("repeated", repeated),
            ("mails_during_deals", .integer(total(\.mailsDuringDeals))),
            ("target_accounts", .integer(people.accounts.count(where: \.isTarget))),
            ("customers_lost", .integer(renewals(.churned))), ("renewed", .integer(renewals(.renewed))),
            ("rows", .integer(total(\.rows))), ("facts", .integer(total(\.facts))),
            ("files", .list(files.map(Planted.file))),
        ])
    }

    private static func file(_ file: FileCount) -> JSONText {
        .object([
            ("name", .string(file.name)), ("rows", .integer(file.rows)), ("facts", .integer(file.facts)),
            ("repeated", .integer(file.repeated)), ("late", .integer(file.late)), ("bytes", .integer(file.bytes)),
        ])
    }
}

// MARK: - Reps

/// How one rep did, as the written files show it.
struct RepWork {
    let rep: Rep
    /// Leads assigned.
    var assigned = 0
    /// Working seconds from assignment to the first outward touch by the rep, where there was one.
    var responses: [Int] = []
    var accepted = 0
    var rejected = 0
    /// Of those assigned: with the fit of grade A or B and with less, each with the number touched.
    var good = (assigned: 0, touched: 0)
    var poor = (assigned: 0, touched: 0)

    /// The middle one, the lower of two; `nil` without any.
    var median: Int? {
        responses.isEmpty ? nil : responses.sorted()[(responses.count - 1) / 2]
    }

    var json: JSONText {
        .object([
            ("rep", .string(rep.email)), ("team", .string(rep.territory.team)), ("trait", .string(rep.trait.rawValue)),
            ("assigned", .integer(assigned)), ("answered", .integer(responses.count)),
            ("median_response_business_seconds", median.map { .integer($0) } ?? .null),
            ("accepted", .integer(accepted)), ("rejected", .integer(rejected)),
        ])
    }

    /// Each assignment in the files ends where the lead's next one begins; the touches in between are its own.
    static func all(_ company: SampleCompany) -> [RepWork] {
        var work = company.roster.reps.map { RepWork(rep: $0) }
        let written = company.timeline.written
        var touches: [UInt32: [Touch]] = [:]
        for touch in company.sales.touches where touch.isResponse && written.contains(Int(touch.created)) {
            touches[touch.person, default: []].append(touch)
        }
        var next: [UInt32: UInt32] = [:]
        for assignment in company.sales.assignments.reversed() where written.contains(Int(assignment.at)) {
            let until = next[assignment.person] ?? .max
            next[assignment.person] = assignment.at
            guard Int(assignment.rep) < work.count else { continue }
            let first = touches[assignment.person, default: []]
                .filter { $0.rep == assignment.rep && $0.completed >= assignment.at && $0.completed < until }
                .map(\.completed).min()
            work[Int(assignment.rep)].count(assignment, first, company)
        }
        for verdict in company.sales.verdicts where written.contains(Int(verdict.at)) {
            if verdict.kind == .accept { work[Int(verdict.rep)].accepted += 1 }
            if verdict.kind == .reject { work[Int(verdict.rep)].rejected += 1 }
        }
        return work
    }

    private mutating func count(_ assignment: Assignment, _ first: UInt32?, _ company: SampleCompany) {
        let touched = first == nil ? 0 : 1
        assigned += 1
        if let first {
            let calendar = company.roster.calendar(rep.territory)
            responses.append(calendar.elapsed(Int(assignment.at), Int(first)))
        }
        if company.people.fit(Int(assignment.person)) >= 20 {
            good = (good.assigned + 1, good.touched + touched)
        } else {
            poor = (poor.assigned + 1, poor.touched + touched)
        }
    }
}

extension Planted {
    private func work(_ trait: Trait) -> RepWork { work[roster.rep(trait)] }

    private func speed(_ trait: Trait) -> JSONText {
        .object([
            ("rep", .string(email(trait))),
            ("median_response_business_seconds", work(trait).median.map { .integer($0) } ?? .null),
        ])
    }

    private var fastRep: JSONText { speed(.fast) }
    private var slowRep: JSONText { speed(.slow) }

    private var cherryPicker: JSONText {
        let it = work(.cherryPicker)
        return .object([
            ("rep", .string(it.rep.email)), ("good_assigned", .integer(it.good.assigned)),
            ("good_touched", .integer(it.good.touched)), ("poor_assigned", .integer(it.poor.assigned)),
            ("poor_touched", .integer(it.poor.touched)),
        ])
    }

    private var rejectsEverything: JSONText {
        let it = work(.rejectsEverything)
        return .object([
            ("rep", .string(it.rep.email)), ("accepted", .integer(it.accepted)), ("rejected", .integer(it.rejected)),
        ])
    }

    /// The leads that the leaver had on the last day without ever having judged them.
    var openLeads: [Int] {
        let rep = UInt16(roster.rep(.leaver))
        let gone = roster.reps[Int(rep)].gone
        let judged = Set(sales.verdicts.filter { $0.rep == rep && isWritten($0.at) }.map(\.person))
        let assigned = Set(
            sales.assignments.filter { $0.rep == rep && isWritten($0.at) && Int($0.at) < gone }.map(\.person))
        return assigned.subtracting(judged).map(Int.init).sorted()
    }

    private var leaver: JSONText {
        .object([
            ("rep", .string(email(.leaver))), ("until", .string(isoText(timeline.leaving))),
            ("open_leads", .strings(openLeads.map(Planted.leadID))),
        ])
    }

    func handOvers(_ territory: Territory) -> Int {
        let managers = roster.reps.count + territory.rawValue
        return sales.assignments.count { assignment in
            let rep = Int(assignment.rep)
            let isOwn = rep < roster.reps.count ? roster.reps[rep].territory == territory : rep == managers
            return isOwn && isWritten(assignment.at)
        }
    }

    private var territories: JSONText {
        .object([
            ("team", .string(Territory.northAmerica.team)),
            (
                "teams",
                .list(
                    Territory.allCases.map { territory in
                        .object([
                            ("team", .string(territory.team)), ("reps", .integer(roster.reps(of: territory).count)),
                            ("assigned", .integer(handOvers(territory))),
                        ])
                    })
            ),
        ])
    }
}

// MARK: - Marketing

extension Planted {
    private var seasonality: JSONText {
        .object([
            ("by_month", .integers(Seasons.byMonth)), ("by_weekday", .integers(Seasons.byWeekday)),
            ("turn_of_the_year", .integer(Seasons.turnOfTheYear)),
        ])
    }

    private var campaigns: JSONText {
        let lists = CompanyFiles(
            people: people, roster: roster, sales: sales, wording: Wording(people: people))
        return .list(
            people.campaigns.enumerated().map { index, campaign in
                let own = people.persons.filter { Int($0.campaign) == index && $0.isContact }
                let spend = (0..<timeline.months).reduce(0) { $0 + lists.spend(campaign, $1) }
                return .object([
                    ("campaign", .string(campaign.name)), ("spend_minor_units", .integer(spend)),
                    ("currency", .string("\(campaign.currency.code)")), ("contacts", .integer(own.count)),
                    ("qualified", .integer(own.count { $0.qualified != Person.never })),
                    ("planted", .string(index == Campaign.wasteful ? "wasteful" : "")),
                ])
            })
    }

    var fairContacts: [Int] { contacts { $0.origin == .fair } }

    private var fairAssigned: Int {
        sales.assignments.count { assignment in
            people.persons[Int(assignment.person)].origin == .fair && assignment.reason == .routed
                && isWritten(assignment.at)
        }
    }

    private var fairCapacity: Int { roster.reps(of: .dach).reduce(0) { $0 + roster.reps[$1].capacity } }

    private var fair: JSONText {
        .object([
            ("campaign", .string(people.campaigns[Campaign.fair].name)),
            ("from", .string(isoText(timeline.fair.lowerBound))),
            ("until", .string(isoText(timeline.fair.upperBound - 1))), ("team", .string(Territory.dach.team)),
            ("capacity_per_month", .integer(fairCapacity)), ("assigned", .integer(fairAssigned)),
            ("contacts", .integers(fairContacts)),
        ])
    }

    private var uploads: JSONText {
        .list(
            people.uploads.enumerated().map { list, persons in
                let at = persons.map { Int(people.persons[$0].identified) }
                return .object([
                    ("file", .string(UploadList.fileName(timeline.uploads[list]))),
                    ("rep", .string(roster.reps[UploadList.uploader(list, roster)].email)),
                    ("from", .string(isoText(time: at.min()!))), ("until", .string(isoText(time: at.max()!))),
                    ("contacts", .integers(persons.map(Wording.contactNumber))),
                ])
            })
    }

    var mailedInSpite: [Int] { contacts { $0.traits.contains(.mailedInSpite) } }

    /// Outward touches by a person after the person touched had withdrawn consent to mail.
    var touchesInSpite: Int {
        sales.touches.count { touch in
            touch.isResponse && isWritten(touch.created) && touch.channel == .email
                && touch.completed >= people.persons[Int(touch.person)].optedOut
        }
    }

    private var optOuts: JSONText {
        .object([
            ("contacts", .integers(contacts { $0.optedOut != Person.never })),
            ("mailed_in_spite", .integers(mailedInSpite)), ("mails_in_spite", .integer(total(\.mailsInSpiteOfOptOut))),
            ("sales_mails_in_spite", .integer(touchesInSpite)),
        ])
    }

    private var duplicates: JSONText {
        .list(
            people.persons.indices.filter { people.persons[$0].twin != Person.nobody }.map { index in
                let person = people.persons[index]
                let how = person.traits.contains(.misspelled) ? "misspelled" : "other address"
                return .object([
                    ("contact", .integer(Wording.contactNumber(index))),
                    ("same_as", .integer(Wording.contactNumber(Int(person.twin)))), ("how", .string(how)),
                    ("merged", person.gone == Person.never ? .null : .string(isoText(time: Int(person.gone)))),
                ])
            })
    }

    private var deleted: [Int] { contacts { $0.gone != Person.never && $0.twin == Person.nobody } }
}

// MARK: - Deals

extension Planted {
    /// New business that closed in the written time, before or after the planted day.
    func closed(isAfterSlip: Bool) -> (won: Int, lost: Int) {
        let slip = UInt32(timeline.slip * secondsPerDay)
        var (won, lost) = (0, 0)
        for version in sales.versions where version.stage.isClosed && isWritten(version.at) {
            guard sales.deals[Int(version.deal)].kind == .new, (version.at >= slip) == isAfterSlip else { continue }
            if version.stage.isWon { won += 1 } else { lost += 1 }
        }
        return (won, lost)
    }

    private func side(isAfterSlip: Bool) -> JSONText {
        let closed = closed(isAfterSlip: isAfterSlip)
        let meant = isAfterSlip ? ClosingOdds.after : ClosingOdds.before
        return .object([
            ("won", .integer(closed.won)), ("lost", .integer(closed.lost)), ("meant_per_mille", .integer(meant)),
        ])
    }

    private var closeRate: JSONText {
        .object([
            ("slips_on", .string(isoText(timeline.slip))), ("type", .string("New Business")),
            ("before", side(isAfterSlip: false)), ("after", side(isAfterSlip: true)),
        ])
    }

    private func renewals(_ stage: DealVersion.Stage) -> Int {
        sales.versions.count { $0.stage == stage && Int($0.at) < timeline.end }
    }

    private var currencies: JSONText {
        .object(
            Currency.allCases.map { currency in
                let deals = sales.deals.count { $0.currency == currency && Int($0.opened) < timeline.end }
                return ("\(currency.code)", .integer(deals))
            })
    }

    private func byFamily(_ count: (FileCount) -> Int) -> JSONText {
        .object(
            ["web/pages", "web/events", "crm/touches"].map { family in
                let own = files.filter { SampleSummary.family($0.name) == family }
                return (family, .integer(own.reduce(0) { $0 + count($1) }))
            })
    }

    private var late: JSONText { byFamily(\.late) }
    private var repeated: JSONText { byFamily(\.repeated) }
}

// MARK: - In words

extension Planted {
    var sentences: [String] {
        func minutes(_ trait: Trait) -> String {
            work(trait).median.map { "\($0 / 60) working minutes" } ?? "no answer"
        }
        let (before, after) = (closed(isAfterSlip: false), closed(isAfterSlip: true))
        let picker = work(.cherryPicker)
        let rejecter = work(.rejectsEverything)
        let waste = people.campaigns[Campaign.wasteful].name
        return [
            "\(email(.fast)) answers fast (median \(minutes(.fast))), \(email(.slow)) slowly (\(minutes(.slow))).",
            "\(picker.rep.email) picks cherries: \(picker.good.touched) of \(picker.good.assigned) good leads touched, "
                + "\(picker.poor.touched) of \(picker.poor.assigned) others.",
            "\(rejecter.rep.email) rejects nearly everything: \(rejecter.rejected) of \(rejecter.rejected + rejecter.accepted).",
            "\(email(.leaver)) leaves on \(isoText(timeline.leaving)) with \(openLeads.count) leads never judged.",
            "Marketing feeds two territories and starves north_america: "
                + Territory.allCases.map { "\($0.team) \(handOvers($0))" }.joined(separator: ", ") + " assignments.",
            "The close rate slips on \(isoText(timeline.slip)): \(before.won) of \(before.won + before.lost) won before, "
                + "\(after.won) of \(after.won + after.lost) after.",
            "A fair on \(isoText(timeline.fair.lowerBound)) brings \(fairContacts.count) contacts in two days and "
                + "\(fairAssigned) leads for a team that can take \(fairCapacity) a month.",
            "\(people.uploads.count) lists of \(people.uploads.map { String($0.count) }.joined(separator: ", ")) persons "
                + "were uploaded without consent.",
            "\(mailedInSpite.count) contacts were mailed after opting out, \(total(\.mailsInSpiteOfOptOut)) times; "
                + "\(total(\.mailsDuringDeals)) mass mails went to people on open deals.",
            "\(people.persons.count { $0.twin != Person.nobody }) contacts are second records of somebody; "
                + "\(deleted.count) others were deleted.",
            "Campaign \(waste) costs the most and brings hardly any qualified lead.",
            "\(total(\.late)) facts arrived days late, \(total(\.repeated)) rows stand in two files.",
        ]
    }
}
