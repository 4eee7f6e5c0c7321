internal import Vocabulary

// Who may be contacted, what for, how and when.

extension Agreement {
    var consentSentences: [Sentence] {
        var sentences: [Sentence] = ["Where no rule says anything, \(consent.standard)."]
        sentences += consent.purposes.map { "For \($0.name.spaced) the channel is \($0.channel)." }
        sentences += consent.rules.enumerated().map { rule(number: $0.offset + 1, $0.element) }
        sentences += consent.expires.map { "A ground of \($0.ground.spaced) holds for \($0.after)." }
        if let upload = consent.upload {
            sentences.append(
                "\(upload.persons) persons made by one user within \(upload.within) are a list, wherever they arrive.")
        }
        if let contact = consent.contactHours {
            sentences += contact.hours.map { "People are contacted by \($0.channel.spoken) only \($0.block)." }
            sentences.append("Where a person's zone is unknown, \(contact.unknownZone).")
        }
        return sentences
    }

    private func rule(number: Int, _ rule: ConsentRule) -> Sentence {
        let who: Sentence = rule.when.value == .always ? "For everybody\(rule.when, as: "")" : "Where \(rule.when)"
        let settings = rule.settings.map { "\($0.purpose.spaced) is allowed \($0.basis)" as Sentence }
        let reply: [Sentence] =
            rule.reply.map {
                ["who asks to be contacted may be answered about it for \($0)"]
            } ?? []
        return "Rule \(number) of consent: \(who), \((settings + reply).joined(", ", last: " and "))."
    }
}
