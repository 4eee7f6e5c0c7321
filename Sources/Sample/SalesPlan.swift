/// What marketing and sales of the sample company plan for: the figures of `plan` in its agreement, and the quotas that follow
/// from them.
struct SalesPlan: Sendable {
    /// A month.
    let visitors: Int
    /// In percent.
    let visitorToLead = 2
    let leadToMQL: Int
    let mqlToSAL = 70
    let salToSQL = 55
    let sqlToOpportunity = 80
    let winRate = 22
    /// In euros.
    let averageSale = 48_000

    init(_ people: People) {
        let contacts = people.persons.count { $0.isContact && $0.origin == .web }
        let qualified = people.persons.count { $0.qualified != Person.never }
        visitors = max(100, contacts * 50 * 30 / people.timeline.days.count / 100 * 100)
        leadToMQL = max(1, 100 * qualified / max(1, contacts))
    }

    /// What is sold in three months, in cents.
    var quarter: Int {
        let shares = [visitorToLead, leadToMQL, mqlToSAL, salToSQL, sqlToOpportunity, winRate]
        return shares.reduce(visitors * 3 * averageSale * 100) { $0 * $1 / 100 }
    }

    /// In cents, for a share of the weights of all: nine tenths of the plan, the same for every team, although one is hardly
    /// fed. Whole hundreds of euros where there are any.
    func quota(weight: Int, of all: Int) -> Int {
        let share = quarter * 9 / 10 * weight / all
        return share >= 100_000 ? share / 10_000 * 10_000 : max(100, share / 100 * 100)
    }
}
