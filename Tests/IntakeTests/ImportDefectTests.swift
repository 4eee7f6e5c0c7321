import Intake
import Journal
import Testing
import Vocabulary

/// What goes wrong when people bring their records from one system to another today, each prevented here.
@Suite struct ImportDefectTests {
    private static let consent = """
        mapping: 1
        source: crm
        facts:
          - {fact: consent given, object: consent, id: id, at: at, when: {opt_in: "yes"}, person: who, with: {purpose: {is: marketing_email}, channel: {is: email}, basis: {is: form}}}
          - {fact: consent withdrawn, object: consent, id: id, at: at, when: {opt_in: "no"}, person: who, with: {purpose: {is: marketing_email}, channel: {is: email}}}
        """

    private func kinds(_ journal: MemoryJournal) throws -> [FactKind] { try journal.allFacts().map(\.shape.kind) }

    /// SuiteCRM-Core #113: a new version had lost the field of the opt-in, so nobody had any, and nothing could be sent.
    @Test func anOptInThatIsLostOnTheWayIsNoNo() throws {
        let pipeline = Pipeline(try MappingText(Self.consent).mapping)
        let problems = try #require(throws: MappingProblems.self) {
            try pipeline.run("id,at,who\n1,2026-01-05,p\n2,2026-01-05,q\n")
        }
        #expect(problems.problems.allSatisfy { $0.code == .columnNotInFile } && !problems.problems.isEmpty)
        #expect(try pipeline.journal.allFacts().isEmpty)
    }

    /// SuiteCRM-Core #113: nobody had counted.
    @Test func everyYesAndEveryNoIsCounted() throws {
        let pipeline = Pipeline(try MappingText(Self.consent).mapping)
        let outcome = try pipeline.run(
            "id,at,who,opt_in\n1,2026-01-05,p,yes\n2,2026-01-05,q,no\n3,2026-01-05,r,yes\n4,2026-01-05,s,\n")
        #expect(try kinds(pipeline.journal) == [.consentGiven, .consentWithdrawn, .consentGiven])
        #expect(outcome.counts.accepted == 3 && outcome.counts.filtered == 1)
    }

    /// mautic PR #12622, #13409: a contact that was opted out when it was created came mailable, since only changes were read;
    /// #4459: no reason came with it.
    @Test func aStateWithoutAHistoryIsAWithdrawalWithItsReason() throws {
        let mapping = """
            mapping: 1
            source: crm
            facts:
              - {fact: observed, object: contact, id: id, since: changed, person: id, with: [name]}
              - {fact: consent withdrawn, object: contact, id: id, since: changed, when: {opted_out: "true"}, person: id, with: {purpose: {is: all}, basis: {is: flag}, proof: reason}}
            """
        let pipeline = Pipeline(try MappingText(mapping).mapping)
        try pipeline.run(
            "id,changed,name,opted_out,reason\n1,2026-01-05,Ann,true,complained\n2,2026-01-05,Bob,false,\n")
        #expect(try kinds(pipeline.journal) == [.observed, .consentWithdrawn, .observed])
        #expect(try pipeline.journal.lines()[1].contains("complained"))
    }

    /// airbyte PR #74046: times of two forms in one field. What neither form fits is refused with its reason, and kept.
    @Test func timesOfTwoFormsAreReadAndOfAThirdRefused() throws {
        let mapping = """
            mapping: 1
            source: crm
            times: [iso8601, epoch milliseconds]
            facts: [{fact: activity, object: visit, name: {is: v}, id: id, at: at, person: who}]
            """
        let pipeline = Pipeline(try MappingText(mapping).mapping)
        let outcome = try pipeline.run(
            "id,at,who\n1,2026-01-05T09:30:00Z,p\n2,1767605400000,p\n3,5/1/2026,p\n")
        let instants = try pipeline.journal.allFacts().map(\.occurred)
        #expect(instants.count == 2 && Set(instants).count == 1)
        #expect(outcome.rejects.map(\.code) == ["not-a-time"])
    }

    /// airbyte #10700, #23630: a search that stopped at ten thousand, an import that lost nearly all without a word.
    @Test func moreThanTenThousandRowsAreAsManyFacts() throws {
        let mapping = """
            mapping: 1
            source: crm
            facts: [{fact: activity, object: visit, name: {is: v}, id: id, at: at, person: who}]
            """
        let pipeline = Pipeline(try MappingText(mapping).mapping)
        let rows = (1...10_050).map { "\($0),2026-01-05,p\($0)\n" }.joined()
        let outcome = try pipeline.run("id,at,who\n" + rows)
        #expect(outcome.counts.accepted == 10_050 && outcome.counts.factsAdded == 10_050)
    }
}
