package import Agreement
package import Journal
package import Vocabulary

/// What a journal holds about agreements: their texts, and what people stated about them.
package struct AgreementJournal {
    package let versions: AgreementVersions
    private let store: any JournalStore
    private let facts: [Fact]
    private let surroundings: Surroundings

    /// Reads these facts by their keys; how much else there is in the journal does not matter.
    package init(_ store: any JournalStore) throws {
        self.store = store
        facts = try AgreementVersions.objects.flatMap { try AgreementJournal.facts(of: $0, in: store) }
        surroundings = try .withoutFiles()
        versions = AgreementVersions(facts, in: surroundings)
    }

    private static func facts(of object: String, in store: any JournalStore) throws -> [Fact] {
        var ids: [String] = []
        try store.statements(source: AgreementVersions.source, object: object) { record in
            ids.append(record.id)
            return true
        }
        return try ids.flatMap { id in
            try store.stored(source: AgreementVersions.source, object: object, id: id)
                .map { try $0.lifted { _ in nil }.fact }
        }
    }

    /// What the versions would be with these facts too.
    package func versions(with added: [Fact]) -> AgreementVersions {
        AgreementVersions(facts + added, in: surroundings)
    }

    /// Records statements about a version, behind the text where nobody has proposed it before; and for audit that it takes
    /// force, where that completes it.
    package func record(
        _ proposal: [Fact], _ statements: [SignedStatement], on digest: String, at: Instant, recorded: Instant
    ) throws -> AgreementVersions {
        let facts = proposal + statements.map { $0.fact(recorded: recorded) }
        let wasInForce = versions.version(digest)?.from != nil
        let force = wasInForce ? nil : versions(with: facts).version(digest)?.factOfForce(known: at, recorded: recorded)
        return try append(facts + (force.map { [$0] } ?? []), stating: statements)
    }

    /// Adds facts if all that these statements say counts.
    @discardableResult
    package func append(_ added: [Fact], stating statements: [SignedStatement]) throws -> AgreementVersions {
        let after = versions(with: added)
        for statement in statements {
            if let fault = after.uncounted.first(where: { $0.key == statement.factKey }) { throw Refusal(fault) }
        }
        try append(added)
        return after
    }

    /// A text that an earlier version brought is there already.
    private func append(_ added: [Fact]) throws {
        var batch = FactBatch()
        let known = Set(facts.map(\.key))
        for fact in added where !(fact.key.object == RecordedText.textObject && known.contains(fact.key)) {
            if let problem = fact.problems.first {
                throw Trouble(
                    "this cannot be recorded: \(problem.sentence)", remedy: "Check names, addresses and instants.")
            }
            batch.append(fact)
        }
        let receipts = try store.append(JournalGroup([batch]))[0]
        guard receipts.allSatisfy({ [.accepted, .repeated].contains($0.verdict) }) else {
            throw Trouble(
                "somebody else recorded something about the agreement at the same moment",
                remedy: "Look at `interlock sign status`, and run the same command again.")
        }
    }

    /// Who signs cannot go back behind what others have stated since: a version would be in force in the past.
    package func refuseGoingBack(to instant: Instant, now: Instant) throws {
        let newest = facts.filter { $0.kind != .agreementInForce }.map(\.occurred).max() ?? .earliest
        guard instant >= newest || instant >= now else {
            throw Refusal(
                "too-early", "\(instant) is before the last thing that was stated about agreements here, at \(newest)",
                remedy: "Leave out --at, or give an instant from then on.")
        }
    }
}
