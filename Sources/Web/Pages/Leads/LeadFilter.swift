internal import Vocabulary

/// Which leads are looked at, and in which order: all of it stands in the address, so that it can be sent and kept.
struct LeadFilter: Hashable, Sendable {
    var stage = ""
    var owner = ""
    var source = ""
    var grade = ""
    /// `yes`: who waits for an answer; `late`: later than promised; `running`: with a promise that runs.
    var waiting = ""
    /// Part of a name, an address, a company.
    var search = ""
    var sort = LeadFilter.sorts[0].key

    static let sorts: [(key: String, name: String)] = [
        ("waiting", "who waits longest"), ("due", "what is due first"), ("score", "the highest score"),
        ("newest", "who came last"), ("name", "name"), ("company", "company"),
    ]

    static let waits: [(key: String, name: String)] = [
        ("yes", "waits for an answer"), ("late", "later than promised"), ("running", "a promise runs"),
    ]

    /// What stands for leads that nobody has.
    static let nobody = "nobody"

    init(_ fields: FormFields) {
        (stage, owner, source, grade) = (fields["stage"], fields["owner"], fields["source"], fields["grade"])
        (waiting, search) = (fields["waiting"], fields["q"])
        if LeadFilter.sorts.contains(where: { $0.key == fields["sort"] }) { sort = fields["sort"] }
    }

    /// What was said, in an order of its own.
    var query: [(name: String, value: String)] {
        let all = [
            ("q", search), ("stage", stage), ("owner", owner), ("source", source), ("grade", grade),
            ("waiting", waiting), ("sort", sort == LeadFilter.sorts[0].key ? "" : sort),
        ]
        return all.filter { !$0.1.isEmpty }.map { (name: $0.0, value: $0.1) }
    }

    /// The same for an audit trail, without what may name somebody.
    var told: String {
        query.filter { $0.name != "q" }.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
            + (search.isEmpty ? "" : ", searched")
    }

    func path(_ path: String = "/leads", _ more: [(name: String, value: String)] = []) -> String {
        Link(path, query + more).text
    }

    // MARK: Choosing

    func chosen(of leads: VisibleLeads) -> [Lead] {
        let search = search.lowercased()
        return leads.all.filter { lead in
            fits(stage, lead.stage) && fits(source, lead.source) && fits(grade, lead.grade)
                && isOwned(lead, leads) && waits(lead) && (search.isEmpty || lead.words.contains(search))
        }.sorted(by: isBefore)
    }

    private func fits(_ wanted: String, _ value: String) -> Bool { wanted.isEmpty || wanted == value }

    private func isOwned(_ lead: Lead, _ leads: VisibleLeads) -> Bool {
        if owner.isEmpty { return true }
        return owner == LeadFilter.nobody ? lead.owner < 0 : leads.owner(of: lead) == owner
    }

    private func waits(_ lead: Lead) -> Bool {
        switch waiting {
        case "yes": lead.waitingSince != nil
        case "late": lead.due?.isMissed ?? false
        case "running": lead.due.map { !$0.isMissed } ?? false
        default: true
        }
    }

    // MARK: Order

    private func isBefore(_ a: Lead, _ b: Lead) -> Bool {
        switch sort {
        case "due": first(a.due?.instant ?? .latest, b.due?.instant ?? .latest, a, b)
        case "score": first(b.engagement.micropoints, a.engagement.micropoints, a, b)
        case "newest": first(b.since, a.since, a, b)
        case "name": first(a.titleKey, b.titleKey, a, b)
        case "company": first(a.companyKey, b.companyKey, a, b)
        default: first(a.waitingSince ?? .latest, b.waitingSince ?? .latest, a, b)
        }
    }

    /// Of equal ones whoever came last, then by number: pages do not overlap.
    private func first<Key: Comparable>(_ x: Key, _ y: Key, _ a: Lead, _ b: Lead) -> Bool {
        if x != y { return x < y }
        return a.since == b.since ? a.person < b.person : a.since > b.since
    }
}
