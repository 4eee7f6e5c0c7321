import Vocabulary

/// A company's CRM, exported on a Monday and again on the Friday after: what changed between is known exactly.
struct WeeklyExport {
    struct Contact {
        var id: Int
        var email: String
        var stage: String
        var modified: String
        var merged: [Int] = []
    }

    struct Deal {
        var id: Int
        var contact: Int
        var stage: String
        var amount: Int
        var modified: String
    }

    var contacts: [Contact]
    var deals: [Deal]

    static let (monday, friday) = ("2026-02-02", "2026-02-06")
    private static let stages = ["lead", "contacted", "qualified", "customer"]

    /// 500 contacts and 200 deals, last modified in the week before.
    static func monday(_ random: inout SplitMix) -> WeeklyExport {
        let contacts = (1...500).map { id in
            Contact(
                id: id, email: "person\(id)@company\(id % 90).example", stage: stages.randomElement(using: &random)!,
                modified: written(day: Int.random(in: 26...31, using: &random), month: 1, &random))
        }
        let deals = (1...200).map { id in
            Deal(
                id: id, contact: Int.random(in: 1...500, using: &random), stage: stages.randomElement(using: &random)!,
                amount: Int.random(in: 100...90_000, using: &random),
                modified: written(day: Int.random(in: 26...31, using: &random), month: 1, &random))
        }
        return WeeklyExport(contacts: contacts, deals: deals)
    }

    /// What was done to the records until Friday, all of it on Thursday.
    struct Week {
        var changedContacts: Set<Int>, changedDeals: Set<Int>
        var deletedContacts: Set<Int>, deletedDeals: Set<Int>
        var mergedContacts: Set<Int>
    }

    /// 40 changed (30 contacts, 10 deals), 5 deleted (4 contacts, 1 deal), 3 contacts merged into a changed one each.
    func friday(_ random: inout SplitMix) -> (WeeklyExport, Week) {
        let (people, sales) = (contacts.map(\.id).shuffled(using: &random), deals.map(\.id).shuffled(using: &random))
        let week = Week(
            changedContacts: Set(people[0..<30]), changedDeals: Set(sales[0..<10]),
            deletedContacts: Set(people[30..<34]), deletedDeals: [sales[10]], mergedContacts: Set(people[34..<37]))
        var friday = self
        friday.contacts.removeAll { week.deletedContacts.union(week.mergedContacts).contains($0.id) }
        friday.deals.removeAll { week.deletedDeals.contains($0.id) }
        for index in friday.contacts.indices where week.changedContacts.contains(friday.contacts[index].id) {
            friday.contacts[index].stage += "+"
            friday.contacts[index].modified = WeeklyExport.written(day: 5, month: 2, &random)
        }
        for (survivor, gone) in zip(people[0..<3], people[34..<37]) {
            friday.contacts[friday.contacts.firstIndex { $0.id == survivor }!].merged = [gone]
        }
        for index in friday.deals.indices where week.changedDeals.contains(friday.deals[index].id) {
            friday.deals[index].amount += 1
            friday.deals[index].modified = WeeklyExport.written(day: 5, month: 2, &random)
        }
        return (friday, week)
    }

    private static func written(day: Int, month: Int, _ random: inout SplitMix) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let (hour, minute) = (Int.random(in: 0...23, using: &random), Int.random(in: 0...59, using: &random))
        return "2026-\(two(month))-\(two(day))T\(two(hour)):\(two(minute)):00Z"
    }

    // MARK: As files

    func contactsCSV(dated: Bool) -> String {
        csv(
            "id,email,stage,merged", dated,
            contacts.map { contact in
                let merged = contact.merged.map(String.init).joined(separator: ";")
                return ("\(contact.id),\(contact.email),\(contact.stage),\(merged)", contact.modified)
            })
    }

    func dealsCSV(dated: Bool) -> String {
        csv(
            "id,contact,stage,amount", dated,
            deals.map { deal in
                ("\(deal.id),\(deal.contact),\(deal.stage),\(deal.amount).50", deal.modified)
            })
    }

    private func csv(_ header: String, _ dated: Bool, _ rows: [(String, modified: String)]) -> String {
        (["\(header)\(dated ? ",modified" : "")"] + rows.map { $0.0 + (dated ? "," + $0.modified : "") })
            .joined(separator: "\n") + "\n"
    }

    static func contactsMapping(dated: Bool) -> String {
        """
        mapping: 1
        source: crm
        as_of: file name
        complete: yes
        columns:
          email: {as: email}
          merged: {as: list}
        facts:
          - fact: observed
            object: contact
            id: id
            \(dated ? "since: modified" : "")
            person: {record: id, email: email}
            with: [email, stage]
          - fact: merged away
            object: contact
            each: merged
            id: each
            \(dated ? "since: modified" : "")
            person: {record: each}
            with: {into: id}

        """
    }

    static func dealsMapping(dated: Bool) -> String {
        """
        mapping: 1
        source: crm
        as_of: file name
        complete: yes
        currency: EUR
        columns:
          amount: {as: money}
        facts:
          - fact: observed
            object: deal
            id: id
            \(dated ? "since: modified" : "")
            person: {record: {object: contact, id: contact}}
            with: [stage, amount]

        """
    }
}
