import Engine
import Journal
import Testing
import Vocabulary

/// What goes wrong with identities in the systems people use today, each prevented here.
@Suite struct IdentityDefectTests {
    private let ann = "record:crm/contact/1"
    private let bea = "record:crm/contact/2"

    /// mautic #16240, #4641: after a merge the company was gone.
    @Test func aMergeLosesNoCompanyLink() {
        let history = history([
            fact("observed 2 @1 person \(bea) account record:crm/account/9"), fact("observed 1 @2 person \(ann)"),
            fact("merged m @3 person \(ann) \(bea)"),
        ])
        #expect(history.accounts.map { history.texts[$0.name] } == ["crm/account/9"])
        #expect(history.persons.map { history.texts[$0.name] } == [ann])
    }

    /// twentyhq #15201: the wrong company was chosen. The latest link counts, whichever record it was said of.
    @Test func aMergeChoosesNoCompanyThatIsOutOfDate() {
        let history = history([
            fact("observed 2 @5 person \(bea) account record:crm/account/9"),
            fact("observed 1 @2 person \(ann) account record:crm/account/8"), fact("merged m @6 person \(ann) \(bea)"),
        ])
        #expect(history.texts[history.accounts[Int(history.persons[0].account)].name] == "crm/account/9")
    }

    /// twentyhq #6276: a merge deleted the timeline of the one that went.
    @Test func aMergeLosesNoHistory() {
        let acts = [fact("activity a @1 named x person \(ann)"), fact("activity b @2 named y person \(bea)")]
        let merged = history(acts + [fact("merged m @3 person \(ann) \(bea)")])
        #expect(merged.persons.count == 1)
        #expect(merged.person == [0, 0, 0])
    }

    /// twentyhq #14897, #25875: what was still said of the record that went found nobody, or made somebody new.
    @Test func whatIsSaidOfARecordThatWentIsSaidOfThePerson() {
        let history = history([
            fact("observed 1 @1 person \(ann)"), fact("observed 2 @1 person \(bea)"),
            fact("merged m @3 person \(ann) \(bea)"), fact("activity a @5 named x person \(bea)"),
        ])
        #expect(history.persons.count == 1)
        #expect(history.person == [0, 0, 0, 0])
    }

    /// twentyhq #23892: no way back. After the un-merge everything is as if nothing had been merged.
    @Test func aMergeCanBeUndoneWhole() {
        let before = [
            fact("observed 1 @1 person \(ann) email:ann@acme.example", source: "crm"),
            fact("observed 2 @1 person \(bea) email:bea@beta.example"), fact("activity b @2 named y person \(bea)"),
        ]
        let after = before + [fact("merged m @3 person \(ann) \(bea)"), fact("unmerged u @4 person \(ann) \(bea)")]
        let isDecision = { (line: String) in line.contains("merged") }
        #expect(history(after).lines.filter { !isDecision($0) } == history(before).lines)
    }

    /// fivetran/dbt_hubspot #46, #58: `calculated_merged_vids` missed chained merges, and merged contacts counted twice.
    @Test func chainedMergesAreOnePerson() {
        let history = history(
            (1...5).map { fact("observed \($0) @\($0) person record:crm/contact/\($0)") }
                + (2...5).map { fact("merged away \($0) @9 person record:crm/contact/\($0) into='\($0 - 1)") })
        #expect(history.persons.count == 1)
    }

    /// fivetran/dbt_hubspot #168: merged deals stayed, each in a company of its own.
    @Test func mergedDealsLieInOneAccount() {
        let history = history([
            fact("deal opened 6 @1"), fact("deal opened 7 @1 account record:crm/account/9"),
            fact("merged away 6 @2 into='7", object: "deal"),
        ])
        #expect(history.accounts.count == 1)
    }

    /// fivetran/dbt_hubspot #134: a join on an address that several contacts share multiplies rows.
    @Test func aSharedMailboxMultipliesNothing() {
        let facts = [
            fact("observed 1 @1 person \(ann) email:info@acme.example"),
            fact("observed 2 @2 person \(bea) email:info@acme.example"),
            fact("activity a @3 named x person email:info@acme.example"),
        ]
        let history = history(facts)
        #expect(history.persons.count == 2 && history.count == facts.count)
    }

    /// mautic #4895, #5712: keyed on the address, a contact that changed it came again, and was mailed after opting out.
    @Test func aChangedAddressMakesNoSecondPerson() {
        let history = history([
            fact("observed 1 @1 person \(ann) email:ann@acme.example", aspect: "values@1"),
            fact("consent withdrawn c @2 person email:ann@acme.example purpose=all"),
            fact("observed 1 @3 person \(ann) email:ann.new@acme.example", aspect: "values@3"),
            fact("activity a @4 named x person email:ann.new@acme.example"),
        ])
        #expect(history.persons.count == 1)
        #expect(history.acts[Int(history.act[1])].kind == .consentWithdrawn && history.person == [0, 0, 0, 0])
    }

    /// mautic #5495: two people who had used one device were merged of themselves, and one got the other's mail.
    @Test func twoIdentifiedPeopleOnOneDeviceAreNotMerged() {
        let history = history([
            fact("identified a @1 person email:ann@gmail.com anonymous:web/v1"),
            fact("identified b @5 person email:bob@gmail.com anonymous:web/v1"),
            fact("consent given c @6 person anonymous:web/v1 purpose=all"),
        ])
        #expect(history.persons.count == 2)
        #expect(history.lines.last == "  6 consent given of email:bob@gmail.com purpose=text:0:all #3")
    }

    /// apache/unomi #593: a merge reassigned past events late, or not at all.
    @Test func actsBeforeAnIdentificationAreThePersonsAtOnce() {
        let history = history([
            fact("activity a @1 named x person anonymous:web/v1"),
            fact("identified i @9 person \(ann) anonymous:web/v1"),
        ])
        #expect(history.person == [0, 0])
    }

    /// espocrm #1422: converting a lead made a second account.
    @Test func aConvertedLeadIsTheContactAndMakesNoSecondAccount() {
        let history = history([
            fact("observed l @1 person record:crm/lead/1 email:ann@acme.example", object: "lead"),
            fact("observed 9 @1 account record:crm/account/9 domain:acme.example", object: "account"),
            fact("identified l @2 person record:crm/lead/1 \(ann) account record:crm/account/9", object: "lead"),
        ])
        #expect(history.accounts.count == 1 && history.persons.count == 1)
    }

    /// espocrm #1387: a form was dropped without a word because the contact existed.
    @Test func noFactVanishes() {
        let facts = [
            fact("observed 1 @1 person \(ann) email:ann@acme.example"),
            fact("activity f @2 named form person email:ann@acme.example"),
            fact("activity g @2 named form person email:ann@acme.example"), fact("owned 77 @2", object: "thing"),
        ]
        var builder = HistoryBuilder()
        for (place, fact) in facts.enumerated() { builder.add(RecordedFact(sequence: Int64(place) + 1, fact: fact)) }
        let history = builder.build(registrableDomain: lastTwoLabels)
        #expect(history.count == 3)
        #expect(history.unplaced == 1)
    }

    /// Full Circle Insights: what came 20 minutes late was never looked at again.
    @Test func anIdentificationThatArrivesLateIsTheSameIdentification() {
        let facts = [
            fact("identified i @1 known @90 person \(ann) anonymous:web/v1"),
            fact("activity a @2 named x person anonymous:web/v1"),
        ]
        #expect(history(facts).everything == history(facts.reversed()).everything)
    }
}
