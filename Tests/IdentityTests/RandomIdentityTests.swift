import Identity
import Journal
import Testing

/// Facts drawn at random from few identifiers, so that all of them meet: as the slow and obvious reference says, in any order.
@Suite struct RandomIdentityTests {
    @Test(arguments: 0..<40)
    func asTheReferenceSays(seed: UInt64) {
        var random = SplitMix(seed: seed)
        for _ in 0..<10 {
            let told = randomFacts(&random)
            let expected = ReferenceIdentity(told).verdicts
            let (found, mentions) = resolution(of: told)
            #expect(found.verdicts(told, mentions) == expected, "\(told)")
            let order = told.indices.shuffled(using: &random)
            let shuffled = order.map { told[$0] }
            let (again, others) = resolution(of: shuffled)
            #expect(again.verdicts(shuffled, others) == order.map { expected[$0] }, "\(told) in order \(order)")
        }
    }

    private func randomFacts(_ random: inout SplitMix) -> [Told] {
        let count = Int.random(in: 1...14, using: &random)
        let instants = Array(1...40).shuffled(using: &random)
        return (0..<count).map { place in
            let kind: FactKind =
                switch Int.random(in: 0..<10, using: &random) {
                case 0, 1: .merged
                case 2: .unmerged
                default: .observed
                }
            var persons: [String] = []
            for _ in 0..<Int.random(in: kind == .observed ? 0...3 : 2...3, using: &random) {
                let person = Self.persons[Int.random(in: 0..<Self.persons.count, using: &random)]
                if !persons.contains(person) { persons.append(person) }
            }
            if kind != .observed { persons = persons.filter { $0.hasPrefix("record") } }
            let hasAccount = kind == .observed && Int.random(in: 0..<3, using: &random) == 0
            let accounts = (hasAccount ? Self.accounts : []).shuffled(using: &random).prefix(
                Int.random(in: 1...2, using: &random))
            return Told(kind, Int64(instants[place]), persons, Array(accounts))
        }
    }

    private static let persons = [
        "record:crm/contact/1", "record:crm/contact/2", "record:map/contact/1", "record:map/contact/9",
        "email:ann@acme.example", "email:bob@beta.example", "email:cleo@gmail.com", "email:info@acme.example",
        "email:sales@beta.example", "phone:+491", "phone:+492", "anonymous:web/a", "anonymous:web/b",
    ]
    private static let accounts = [
        "record:crm/account/1", "record:crm/account/2", "record:erp/customer/1", "domain:acme.example",
        "domain:www.beta.example", "domain:gmail.com",
    ]
}
