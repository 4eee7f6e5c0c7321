internal import Answers
internal import Engine
internal import Intake
internal import Reports
internal import Vocabulary

/// Who has which open lead, for systems that take assignments as a file: the record, its owner, since when and why, and what is
/// due first. Nothing in it names the person.
enum Assignments {
    private static let columns = [
        "record", "stage", "pass", "owner", "since", "why", "promise", "due", "verdict",
    ]

    static func csv(_ company: JudgedCompany) -> [UInt8] {
        var writer = CSVWriter(guardsFormulas: true)
        writer.row(columns)
        for account in company.outcome.accounts {
            for (number, handOver) in account.handOvers.enumerated()
            where handOver.isOpen && !handOver.isBeforeStart && handOver.owner >= 0 {
                let name = company.personName(handOver.person)
                guard !PersonName.isPersonal(name) else { continue }
                let clock = account.clocks.filter {
                    $0.handOver == Int32(number) && $0.isOwed && $0.owner == handOver.owner && $0.due != nil
                }.min { ($0.due ?? .latest) < ($1.due ?? .latest) }
                let owner = handOver.owners[handOver.owners.count - 1]
                writer.row([
                    PersonName(name).text, company.stageName(handOver.stage, handOver.version), String(handOver.pass),
                    company.text(handOver.owner), owner.since.description, owner.why.inWords,
                    clock.map { "\($0.promise)" } ?? "", clock?.due?.description ?? "",
                    handOver.verdict.map { $0.isAccepted ? "accepted" : "rejected" } ?? "",
                ])
            }
        }
        return writer.bytes
    }
}
