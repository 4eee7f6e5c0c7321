import Identity
import Journal

/// Identity in the most obvious way: labels of texts, changed until nothing changes; every question answered by looking at
/// all facts again. Facts occur at different instants, so that nothing here need say what decides between two at once.
struct ReferenceIdentity {
    let told: [Told]
    private var label: [String: String] = [:]
    private var companyLabel: [String: String] = [:]

    init(_ told: [Told]) {
        self.told = told
        let apart = ReferenceIdentity.apart(told)
        for identifier in told.flatMap(\.persons) { label[identifier] = identifier }
        for fact in told.sorted(by: { $0.occurred < $1.occurred }) where fact.kind != .unmerged {
            let strongest = fact.persons.map(ReferenceIdentity.strength).min() ?? 0
            let members = fact.persons.filter { ReferenceIdentity.strength($0) == strongest }
            guard strongest == 0 || strongest == 3, members.count > 1 else { continue }
            for other in members.dropFirst() { joinPersons(members[0], other, apart) }
        }
        joinCompanies()
    }

    private mutating func joinPersons(_ a: String, _ b: String, _ apart: Set<[String]>) {
        let (left, right) = (label[a]!, label[b]!)
        let (ones, others) = (label.filter { $0.value == left }.keys, label.filter { $0.value == right }.keys)
        for one in ones { for other in others where apart.contains([one, other].sorted()) { return } }
        for other in others { label[other] = left }
    }

    private static func apart(_ told: [Told]) -> Set<[String]> {
        var apart: Set<[String]> = []
        for fact in told.sorted(by: { $0.occurred < $1.occurred }) where fact.kind == .merged || fact.kind == .unmerged
        {
            let firm = fact.persons.filter { strength($0) == 0 }
            for a in firm {
                for b in firm where a != b {
                    if fact.kind == .merged { apart.remove([a, b].sorted()) } else { apart.insert([a, b].sorted()) }
                }
            }
        }
        return apart
    }

    private mutating func joinCompanies() {
        for fact in told {
            for account in fact.accounts { companyLabel[account] = account }
            for text in fact.accounts + fact.persons { company(of: text).map { companyLabel[$0] = $0 } }
        }
        var changed = true
        while changed {
            changed = false
            func put(_ a: String, _ b: String) {
                let least = min(companyLabel[a]!, companyLabel[b]!)
                if companyLabel[a] != least || companyLabel[b] != least { changed = true }
                (companyLabel[a], companyLabel[b]) = (least, least)
            }
            for fact in told where fact.kind != .merged && fact.kind != .unmerged {
                let firm = fact.accounts.filter { !isVague($0) }
                for account in firm { put(account, firm[0]) }
            }
            for account in companyLabel.keys where account.hasPrefix("domain:") {
                if let company = company(of: account) { put(account, company) }
            }
        }
    }

    // MARK: Who

    static func strength(_ identifier: String) -> Int {
        switch Identifier(text: identifier)!.scheme {
        case .record: 0
        case .email: RoleMailbox.isOne(Identifier(text: identifier)!.value) ? 1 : 0
        case .phone: 2
        case .anonymous: 3
        case .domain: 4
        }
    }

    private func leading(_ fact: Told) -> String? {
        fact.persons.first { identifier in
            fact.persons.allSatisfy { ReferenceIdentity.strength(identifier) <= ReferenceIdentity.strength($0) }
        }
    }

    /// The label of whoever an identifier belonged to.
    private func holder(_ identifier: String, at instant: Int64) -> String {
        if ReferenceIdentity.strength(identifier) == 0 { return label[identifier]! }
        let mine = Set(label.filter { $0.value == label[identifier]! }.keys)
        let namings = told.filter { fact in
            fact.kind != .unmerged && fact.persons.contains { mine.contains($0) }
                && ReferenceIdentity.strength(leading(fact)!) < ReferenceIdentity.strength(identifier)
        }.sorted { $0.occurred < $1.occurred }
        guard let naming = namings.last(where: { $0.occurred <= instant }) ?? namings.first else {
            return label[identifier]!
        }
        return holder(leading(naming)!, at: instant)
    }

    private func isAlways(_ identifier: String) -> String? {
        let instants = [Int64.min, .max] + told.map(\.occurred)
        let holders = Set(instants.map { holder(identifier, at: $0) })
        return holders.count == 1 ? holders.first : nil
    }

    private func name(_ person: String) -> String {
        let mine = label.keys.filter { isAlways($0) == person }
        return mine.min { a, b in
            let (x, y) = (Identifier(text: a)!.scheme, Identifier(text: b)!.scheme)
            if x.isPersonal != y.isPersonal { return y.isPersonal }
            return x.rawValue != y.rawValue ? x.rawValue < y.rawValue : a < b
        }!
    }

    // MARK: Where

    private func isVague(_ account: String) -> Bool { account.hasPrefix("domain:") && company(of: account) == nil }

    private func company(of text: String) -> String? {
        let identifier = Identifier(text: text)!
        guard identifier.scheme == .email || identifier.scheme == .domain else { return nil }
        guard let domain = identifier.value.split(separator: "@").last, let own = lastTwoLabels(String(domain)),
            !FreeMail.isProvider(domain: own), !FreeMail.isEducation(domain: own)
        else { return nil }
        return "domain:" + own
    }

    private func accountName(_ label: String) -> String { bare(leastAccount(label)) }

    private func leastAccount(_ label: String) -> String {
        companyLabel.filter { $0.value == label }.keys.min(by: isBefore)!
    }

    private func isBefore(_ a: String, _ b: String) -> Bool {
        let (x, y) = (Identifier(text: a)!.scheme.rawValue, Identifier(text: b)!.scheme.rawValue)
        return x != y ? x < y : a < b
    }

    private func bare(_ account: String) -> String { String(account.drop { $0 != ":" }.dropFirst()) }

    private func account(of person: String) -> String {
        let byTime = told.sorted { $0.occurred < $1.occurred }.filter { $0.kind != .unmerged }
        let link = byTime.last { fact in
            !fact.accounts.allSatisfy(isVague) && leading(fact).map { holder($0, at: fact.occurred) } == person
        }
        if let link { return accountName(companyLabel[link.accounts.first { !isVague($0) }!]!) }
        let mails = byTime.map { fact in
            Set(fact.persons.filter { isAlways($0) == person }.compactMap { company(of: $0) }.map { companyLabel[$0]! })
        }.filter { !$0.isEmpty }
        // Of two addresses in one fact, the company that is first by name.
        let latest = mails.last?.map(leastAccount).min(by: isBefore)
        return latest.map(bare) ?? name(person)
    }

    var verdicts: [String] {
        told.map { fact in
            if let leading = leading(fact) {
                let person = holder(leading, at: fact.occurred)
                return "\(name(person)) in \(account(of: person))"
            }
            guard let account = fact.accounts.first(where: { !isVague($0) }) ?? fact.accounts.first else {
                return "nobody"
            }
            return accountName(companyLabel[account]!)
        }
    }
}
