internal import Engine
internal import Journal
internal import Reports
internal import Sync
internal import Vocabulary

// What a webhook is told, for programs.

extension LetterOffice {
    /// Standard Webhooks: `{type, timestamp, data}`.
    func payload(_ message: WantedMessage, at now: Instant) -> String {
        var json = JSONText()
        json.object { json in
            json.member("type", "interlock.\(message.what.word.replacing(" ", with: "_").replacing("-", with: "_"))")
            json.member("timestamp", now.description)
            json.member("data")
            json.object { json in
                json.member("lead", message.lead)
                json.member("person", message.person >= 0 ? company.personName(message.person) : "")
                json.member("account", company.accountName(message.account))
                json.member("at", message.at.description)
                json.member("known", message.known.description)
                json.member("recipient", message.recipient)
                if let handOver = handOver(message) { members(of: handOver, message, &json) }
                json.member("says", letter(message).sentences.joined(separator: " "))
                json.member(
                    "url",
                    address + (message.person >= 0 ? PersonName(company.personName(message.person)).path : "/leads"))
            }
        }
        return json.text
    }

    private func members(of handOver: HandOver, _ message: WantedMessage, _ json: inout JSONText) {
        json.member("stage", company.stageName(handOver.stage, handOver.version))
        json.member("clause", clause(handOver.clause, handOver.version))
        if handOver.owner >= 0 { json.member("owner", name(handOver.owner)) }
        if let owner = handOver.owners.last { json.member("owner_since", owner.since.description) }
        if handOver.grade >= 0 {
            let program = company.world.versions[Int(handOver.version)].program
            json.member("grade", program.names[Int(program.grades[Int(handOver.grade)].name)])
        }
        let due = account(message).clocks.filter { $0.handOver == message.handOver && $0.state == .running }
            .compactMap(\.due).min()
        if let due { json.member("due", due.description) }
        json.member("late", handOver.isLate)
        if case .verdict(let verdict) = message.what {
            json.member("accepted", verdict.isAccepted)
            if verdict.reason >= 0 { json.member("reason", name(verdict.reason)) }
        }
    }
}
