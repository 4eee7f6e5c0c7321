internal import Agreement
internal import Engine
internal import Findings
internal import Intake
package import Journal
package import Vocabulary

/// What was asked about one person, and the answer.
package struct GateReply {
    package enum About {
        case known(ExplainedGate)
        /// No fact names them; what the agreement says where nothing is known.
        case stranger(ExplainedGate)
        /// It cannot be an address, so nobody can be meant.
        case noAddress
    }

    /// As it was asked.
    package let who: String
    package let about: About
    package let zone: Zone

    private var gate: ExplainedGate? {
        switch about {
        case .known(let gate), .stranger(let gate): gate
        case .noAddress: nil
        }
    }

    package var isAllowed: Bool { gate?.answer.isAllowed ?? false }
    package var isKnown: Bool { if case .known = about { true } else { false } }
    package var word: String { gate?.answer.word(zone) ?? "denied" }

    package var reason: String {
        switch about {
        case .known(let gate): gate.answer.reason
        case .stranger(let gate): "nobody of this name is known: \(gate.answer.reason)"
        case .noAddress: "this is no e-mail address"
        }
    }

    package var clause: String { gate?.clause?.text ?? "" }
    package var evidence: String { gate?.fact?.text ?? "" }
    package var expires: String { gate?.answer.expires.map { "until \($0.onTheWall(in: zone))" } ?? "" }

    package var json: String {
        var json = JSONText()
        write(to: &json)
        return json.text
    }

    package func write(to json: inout JSONText) {
        json.object { json in
            json.member("who", who)
            json.member("known", isKnown)
            if let gate {
                gate.write(to: &json)
            } else {
                json.member("answer", "deny")
                json.member("why", "noAddress")
                json.member("reason", reason)
            }
        }
    }

    package static func csv(_ replies: [GateReply]) -> [UInt8] {
        var writer = CSVWriter(guardsFormulas: true)
        writer.row(["who", "answer", "reason", "known", "not_before", "expires", "clause", "evidence"])
        for reply in replies {
            let answer = reply.gate?.answer
            writer.row([
                reply.who, answer?.code ?? "deny", reply.reason, reply.isKnown ? "yes" : "no",
                answer?.notBefore.map { "\($0)" } ?? "", answer?.expires.map { "\($0)" } ?? "", reply.clause,
                reply.evidence,
            ])
        }
        return writer.bytes
    }
}

/// The consent gate for one purpose at one instant.
package struct Gate {
    package let purpose: String
    package let standing: String
    private let evaluation: Evaluation
    private let citations: Citations
    private let store: any JournalStore
    private let index: Int
    private let version: RunVersion
    private let lookUp: (@Sendable (Set<Identifier>) throws -> [Identifier: Int32])?

    /// `lookUp` knows people by their names; without it the journal is searched.
    package init(
        _ evaluation: Evaluation, purpose: String, channel: String?, citing store: any JournalStore,
        lookUp: (@Sendable (Set<Identifier>) throws -> [Identifier: Int32])? = nil
    ) throws {
        self.lookUp = lookUp
        let version = evaluation.agreements.versions[Int(evaluation.version(at: evaluation.world.until))]
        let purposes = version.agreement.consent.purposes
        guard let index = purposes.firstIndex(where: { $0.name == purpose }) else {
            throw Gate.noPurpose(purpose, among: purposes.map(\.name))
        }
        let own = purposes[index].channel.value.rawValue
        if let channel, channel != own {
            throw Refusal(
                "other-channel", "\(purpose) is for \(own), so nothing allows it on \(channel)",
                remedy: Gate.purposes(on: channel, purposes))
        }
        (self.purpose, self.index, self.version) = (purpose, index, version)
        (self.evaluation, self.store) = (evaluation, store)
        standing = evaluation.agreements.standing
        citations = Citations(evaluation: evaluation, store: store)
    }

    private static func noPurpose(_ purpose: String, among names: [String]) -> Refusal {
        let nearest = nearestName(to: purpose, among: names).map { "Did you mean \($0)? " } ?? ""
        let all = names.isEmpty ? "It names none; see consent.purposes." : "It names \(names.joined(separator: ", "))."
        return Refusal(
            "unknown-purpose", "the agreement has no purpose \"\(purpose)\"", remedy: nearest + all)
    }

    private static func purposes(on channel: String, _ purposes: [Purpose]) -> String {
        let names = purposes.filter { $0.channel.value.rawValue == channel }.map(\.name)
        return names.isEmpty
            ? "No purpose of the agreement is for \(channel); leave out --channel."
            : "Ask for \(names.joined(separator: " or ")), or leave out --channel."
    }

    package func answers(to people: [Identifier]) throws -> [GateReply] {
        try answers(people.map { ($0.scheme == .email ? $0.value : $0.text, $0) })
    }

    /// In the order of the list; what is no address is answered too.
    package func answers(to addresses: [WrittenAddress]) throws -> [GateReply] {
        try answers(addresses.map { ($0.written, $0.identifier) })
    }

    private func answers(_ asked: [(written: String, identifier: Identifier?)]) throws -> [GateReply] {
        let names = Set(asked.compactMap(\.identifier))
        let found = try lookUp?(names) ?? PersonSearch(evaluation.world.history).persons(names, in: store)
        let stranger = try self.stranger()
        return try asked.map { written, identifier in
            guard let identifier else {
                return GateReply(who: written, about: .noAddress, zone: version.agreement.zone)
            }
            let about = try found[identifier].map { GateReply.About.known(try gate(of: $0)) } ?? .stranger(stranger)
            return GateReply(who: written, about: about, zone: version.agreement.zone)
        }
    }

    /// What it says of somebody, an index in `History.persons`.
    package func gate(of person: Int32) throws -> ExplainedGate {
        try ExplainedGate(
            evaluation.person(person, at: evaluation.world.until), purpose: index, version.compiled.program, citations)
    }

    /// What holds for somebody of whom nothing is known.
    private func stranger() throws -> ExplainedGate {
        let (world, person) = evaluation.world.withStranger()
        return try ExplainedGate(
            PersonAt(person, at: world.until, in: world), purpose: index, version.compiled.program, citations)
    }
}

extension Gate {
    /// `38 of 50 may be contacted for marketing_email; 12 may not, of whom 3 are not known.`
    package func summary(of replies: [GateReply]) -> String {
        let allowed = replies.count { $0.isAllowed }
        let denied = replies.count - allowed
        let strangers = replies.count { !$0.isAllowed && !$0.isKnown }
        let who = strangers == 0 ? "" : ", of whom \(strangers) \(strangers == 1 ? "is" : "are") not known"
        return "\(allowed) of \(replies.count) may be contacted for \(purpose); \(denied) may not\(who)."
    }
}
