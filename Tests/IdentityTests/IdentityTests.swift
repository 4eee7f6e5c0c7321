import Identity
import Journal
import Testing
import Vocabulary

@Suite struct IdentityTests {
    @Test(arguments: identityTable.indices)
    func row(_ index: Int) {
        let row = identityTable[index]
        let told = row.told.map(Told.init)
        let (found, mentions) = resolution(of: told)
        #expect(found.verdicts(told, mentions) == row.verdict, "\(row.rule)")
    }

    /// The same facts in any order, so with other numbers for everything.
    @Test(arguments: identityTable.indices)
    func rowInAnyOrder(_ index: Int) {
        let row = identityTable[index]
        var random = SplitMix(seed: 7)
        for _ in 0..<20 {
            let order = row.told.indices.shuffled(using: &random)
            let told = order.map { Told(row.told[$0]) }
            let (found, mentions) = resolution(of: told)
            #expect(found.verdicts(told, mentions) == order.map { row.verdict[$0] }, "\(row.rule), order \(order)")
        }
    }

    @Test func membershipIsAnInterval() {
        let told = [
            "observed @1 record:crm/contact/1 | record:crm/account/8",
            "observed @3 record:crm/contact/1 | record:crm/account/8",
            "observed @5 record:crm/contact/1 | record:crm/account/9",
            "observed @5 record:crm/contact/1 | record:crm/account/91",
            "observed @7 record:crm/contact/1 | record:crm/account/8",
        ].map(Told.init)
        let (found, _) = resolution(of: told)
        let memberships = found.memberships.map { "\($0.since) \(found.accounts[Int($0.account)].name)" }
        #expect(memberships == ["1 crm/account/8", "5 crm/account/9", "7 crm/account/8"])
        #expect(found.accounts[Int(found.persons[0].account)].name == "crm/account/8")
    }

    /// By a deal, say: it counts where no source links the person to an account, and before the domain of the address.
    @Test func whomSomebodyDealtWithCountsBetweenLinkAndDomain() {
        let told = [
            "observed @1 record:crm/contact/1 email:ann@adviser.example", "activity @2 record:crm/contact/1",
            "observed @3 record:crm/contact/2 | record:crm/account/8", "observed @4 | record:crm/account/9",
        ].map(Told.init)
        let ties = [(fact: 1, account: "record:crm/account/9"), (fact: 2, account: "record:crm/account/9")]
        let (found, mentions) = resolution(of: told, ties: ties)
        #expect(
            found.verdicts(told, mentions) == [
                "record:crm/contact/1 in crm/account/9", "record:crm/contact/1 in crm/account/9",
                "record:crm/contact/2 in crm/account/8", "crm/account/9",
            ])
    }

    @Test func probableJoinsJoinFromTheThresholdOnAndYieldToAnUnmerge() {
        struct Alike: PersonMatching {
            let threshold: Int64 = 900_000
            func joins(among mentions: Mentions) -> [ProbableJoin] {
                [(1, 2, 950_000), (3, 4, 899_999), (5, 6, 999_999), (7, 8, 900_000), (1, 99, 999_999)].map {
                    ProbableJoin(
                        .record("crm", "contact", "\($0.0)"), .record("crm", "contact", "\($0.1)"), probability: $0.2)
                }
            }
        }
        let told =
            (1...8).map { Told(.activity, 1, ["record:crm/contact/\($0)"]) }
            + [Told("unmerged @2 record:crm/contact/5 record:crm/contact/6")]
        let (found, _) = resolution(of: told, matching: Alike())
        #expect(found.persons.map { found.identifiers.text($0.name).last } == ["1", "3", "4", "5", "6", "7"])
    }
}

/// The generator of G. Steele and others, "Fast splittable pseudorandom number generators" (2014).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
