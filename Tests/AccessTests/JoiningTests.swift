import Access
import Roles
import Testing
import Vocabulary

@Suite struct JoiningTests {
    @Test func theFirstLinkWorksOnceAndOnlyForTheFirst() throws {
        let office = try Office()
        let old = try #require(try office.store.firstLink(at: office.now))
        let link = try #require(try office.store.firstLink(at: office.now))
        #expect(try office.store.invitation(old, at: office.now) == nil)
        #expect(try office.store.invitation(link, at: office.now)?.role == .operator)
        #expect(try office.store.invitation(link, at: office.now + .hours(25)) == nil)
        let joining = Joining(email: " Ann@Acme.example ", name: " Ann ", password: Office.password)
        let ann = try office.store.join(link, joining, at: office.now)
        #expect(ann.email == "ann@acme.example" && ann.name == "Ann" && ann.role == .operator)
        #expect(throws: MemberFault.linkUsed) { try office.store.join(link, joining, at: office.now) }
        #expect(try office.store.firstLink(at: office.now) == nil)
    }

    @Test(arguments: [
        ("nobody", "Ann", Office.password, MemberFault.notAnEmail),
        ("a b@acme.example", "Ann", Office.password, .notAnEmail),
        ("ann@acme", "Ann", Office.password, .notAnEmail), ("ann@acme.example", "  ", Office.password, .noName),
        ("ann@acme.example", "Ann", "kurz", .password(.tooShort)),
        ("ann@acme.example", "Ann", "Password123!", .password(.common)),
        ("ann@acme.example", "Ann", "aaaaaaaaaaaaaa", .password(.common)),
        ("ann@acme.example", "Ann", "Ann@acme.example", .password(.sameAsAddress)),
        ("ann@acme.example", "Ann", String(repeating: "lang ", count: 60), .password(.tooLong)),
        ("taken@acme.example", "Ann", Office.password, .emailTaken),
    ])
    func whatIsWrongIsSaidAndTheLinkStays(email: String, name: String, password: String, fault: MemberFault) throws {
        let office = try Office()
        try office.join("taken@acme.example")
        let link = try office.store.invite(as: .rep, by: .program, at: office.now)
        let joining = Joining(email: email, name: name, password: password)
        #expect(throws: fault) { try office.store.join(link, joining, at: office.now) }
        #expect(try office.store.invitation(link, at: office.now) != nil)
        #expect(!fault.sentence.isEmpty)
    }

    @Test func aWithdrawnInvitationAndOneThatIsOverDoNotWork() throws {
        let office = try Office()
        let (first, second) = (
            try office.store.invite(as: .rep, by: .program, at: office.now),
            try office.store.invite(as: .rep, by: .program, at: office.now)
        )
        let open = try office.store.openInvitations(at: office.now)
        #expect(open.count == 2)
        try office.store.withdraw(invitation: open[0].id, by: .program, at: office.now)
        #expect(try office.store.invitation(first, at: office.now) == nil)
        #expect(try office.store.invitation(second, at: office.now + .days(8)) == nil)
        #expect(try office.store.openInvitations(at: office.now + .days(8)).isEmpty)
    }

    @Test func somebodyIsLeftWhoCanLetPeopleIn() throws {
        let office = try Office()
        let (ann, bob) = (try office.join("ann@acme.example"), try office.join("bob@acme.example", as: .rep))
        #expect(throws: MemberFault.lastOperator) {
            try office.store.setRole(of: ann.id, to: .rep, by: .program, at: office.now)
        }
        #expect(throws: MemberFault.lastOperator) { try office.store.end(ann.id, by: .program, at: office.now) }
        try office.store.setRole(of: bob.id, to: .operator, by: .member(ann.id), at: office.now)
        try office.store.end(ann.id, by: .member(bob.id), at: office.now)
        #expect(throws: MemberFault.noSuchMember) { try office.store.end(ann.id, by: .program, at: office.now) }
        #expect(try office.signIn("ann@acme.example") == "refused")
        #expect(try office.signIn("bob@acme.example") == "welcome")
    }
}
