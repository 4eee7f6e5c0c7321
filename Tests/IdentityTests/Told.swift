import Identity
import Journal
import Vocabulary

/// What a fact says about who is who, from one line: `identified @5 email:ann@acme.example anonymous:web/v1 |
/// record:crm/account/9`. Kind, instant, persons, and accounts after the bar; `into=7` of what was merged away.
struct Told: Hashable {
    var kind: FactKind
    var occurred: Int64
    var persons: [String] = []
    var accounts: [String] = []
    var into: String?

    init(_ line: String) {
        let kind = FactKind.allCases.sorted { $0.word.count > $1.word.count }.first { line.hasPrefix($0.word + " ") }!
        self.kind = kind
        let words = line.dropFirst(kind.word.count).split(separator: " ").map(String.init)
        occurred = Int64(words[0].dropFirst())!
        var isAccount = false
        for word in words.dropFirst() {
            if word == "|" {
                isAccount = true
            } else if word.hasPrefix("into=") {
                into = String(word.dropFirst(5))
            } else if isAccount {
                accounts.append(word)
            } else {
                persons.append(word)
            }
        }
    }

    init(_ kind: FactKind, _ occurred: Int64, _ persons: [String], _ accounts: [String] = []) {
        (self.kind, self.occurred, self.persons, self.accounts) = (kind, occurred, persons, accounts)
    }

    var fact: Fact {
        Fact(
            key: FactKey(source: "crm", object: "fact", id: "1"), kind: kind,
            occurred: Instant(milliseconds: occurred), recorded: Instant(milliseconds: occurred),
            persons: persons.map { Identifier(text: $0)! }, accounts: accounts.map { Identifier(text: $0)! },
            properties: into.map { [Property("into", .text($0))] } ?? [])
    }
}

/// The last two labels: all that tests need of the Public Suffix List.
@Sendable func lastTwoLabels(_ domain: String) -> String? {
    let labels = domain.split(separator: ".")
    return labels.count < 2 ? nil : labels.suffix(2).joined(separator: ".")
}

func resolution(
    of told: [Told], ties: [(fact: Int, account: String)] = [], matching: some PersonMatching = ExactKeys()
) -> (Resolution, [Int32]) {
    var mentions = Mentions()
    let numbers = told.map { mentions.note($0.fact) }
    let ties = ties.map {
        Tie(
            mention: numbers[$0.fact], account: mentions.identifiers.number(Identifier(text: $0.account)!),
            occurred: told[$0.fact].occurred)
    }
    let times = FactTimes(occurred: told.map(\.occurred), mention: numbers)
    let resolution = resolve(
        mentions, times, ties: ties, matching: matching, registrableDomain: lastTwoLabels)
    return (resolution, numbers)
}

extension Resolution {
    func name(_ person: Int32) -> String { identifiers.text(persons[Int(person)].name) }

    /// Of each fact: whose it is and where that person belongs, else which account it names.
    func verdicts(_ told: [Told], _ mentions: [Int32]) -> [String] {
        zip(told, mentions).map { told, mention in
            let person = person(mention, at: told.occurred)
            if person >= 0 { return "\(name(person)) in \(accounts[Int(persons[Int(person)].account)].name)" }
            let account = account(mention)
            return account < 0 ? "nobody" : accounts[Int(account)].name
        }
    }
}
