import Access
import Roles
import Testing
import Vocabulary

@Suite struct SessionTests {
    @Test func whoeverSignsInIsKnownByTheirCookieAndNobodyElseIs() throws {
        let office = try Office()
        let ann = try office.join("ann@acme.example")
        let cookie = try office.cookie("Ann@acme.example ")
        #expect(try office.session(cookie)?.member == ann)
        for position in stride(from: 0, to: cookie.count, by: 7) {
            var forged = Array(cookie)
            forged[position] = forged[position] == "0" ? "1" : "0"
            #expect(try office.session(String(forged)) == nil, "\(position)")
        }
        for forged in ["", ".", "a.b", String(cookie.prefix(43)), cookie + "0"] {
            #expect(try office.session(forged) == nil)
        }
        // Signed by another server.
        let other = try Office()
        try other.join("ann@acme.example")
        #expect(try office.session(other.cookie("ann@acme.example")) == nil)
    }

    @Test func aSignInEndsWhenItIsIdleAndAtTheLatestAfterTwelveHours() throws {
        let office = try Office()
        try office.join("ann@acme.example")
        let idle = try office.cookie("ann@acme.example")
        office.now = office.now + .minutes(29)
        #expect(try office.session(idle) != nil)
        office.now = office.now + .minutes(29)
        #expect(try office.session(idle) != nil)
        office.now = office.now + .minutes(31)
        #expect(try office.session(idle) == nil)
        let busy = try office.cookie("ann@acme.example")
        for _ in 0..<35 {
            office.now = office.now + .minutes(20)
            #expect(try office.session(busy) != nil)
        }
        office.now = office.now + .minutes(20)
        #expect(try office.session(busy) == nil)
    }

    @Test func signingOutAnotherRoleAnotherPasswordAndTheEndOfAMembershipEndSignIns() throws {
        let office = try Office()
        try office.join("boss@acme.example")
        let ann = try office.join("ann@acme.example", as: .rep)
        var cookies = try (0..<3).map { _ in try office.cookie("ann@acme.example") }
        let session = try #require(try office.session(cookies[0]))
        try office.store.signOut(session, at: office.now)
        #expect(try cookies.map { try office.session($0) != nil } == [false, true, true])
        try office.store.signOutElsewhere(try #require(try office.session(cookies[1])), at: office.now)
        #expect(try cookies.map { try office.session($0) != nil } == [false, true, false])
        cookies.append(try office.cookie("ann@acme.example"))
        let mine = try #require(try office.session(cookies[1]))
        #expect(try !office.store.changePassword(of: mine, from: "falsch", to: "ganz neue wörter", at: office.now))
        #expect(
            try office.store.changePassword(of: mine, from: Office.password, to: "ganz neue wörter", at: office.now))
        #expect(try cookies.map { try office.session($0) != nil } == [false, true, false, false])
        #expect(try office.signIn("ann@acme.example") == "refused")
        #expect(try office.signIn("ann@acme.example", "ganz neue wörter") == "welcome")
        try office.store.setRole(of: ann.id, to: .marketing, by: .program, at: office.now)
        #expect(try office.session(cookies[1]) == nil)
    }

    @Test func formTokensAreOfOneSignInOnly() throws {
        let office = try Office()
        try office.join("ann@acme.example")
        let (a, b) = (
            try #require(try office.session(office.cookie("ann@acme.example"))),
            try #require(try office.session(office.cookie("ann@acme.example")))
        )
        let token = office.store.formToken(of: a)
        #expect(office.store.isFormToken(token, of: a))
        #expect(!office.store.isFormToken(token, of: b))
        for wrong in ["", "00", token.dropLast() + "0" == token ? token.dropLast() + "1" : token.dropLast() + "0"] {
            #expect(!office.store.isFormToken(wrong, of: a))
        }
    }

    @Test func wrongPasswordsLockForLongerAndLonger() throws {
        let office = try Office()
        try office.join("ann@acme.example")
        for _ in 0..<4 { #expect(try office.signIn("ann@acme.example", "falsch") == "refused") }
        #expect(try office.signIn("ann@acme.example", "falsch") == "locked for 60 s")
        #expect(try office.signIn("ann@acme.example") == "locked for 60 s")
        office.now = office.now + .seconds(61)
        #expect(try office.signIn("ann@acme.example", "falsch") == "locked for 120 s")
        office.now = office.now + .seconds(121)
        #expect(try office.signIn("ann@acme.example") == "welcome")
        #expect(try office.signIn("ann@acme.example", "falsch") == "refused")
    }

    @Test func nobodyIsRefusedAfterAsLongATime() throws {
        let office = try Office()
        try office.join("ann@acme.example")
        let clock = ContinuousClock()
        _ = try office.signIn("ann@acme.example", "falsch")
        let known = try clock.measure { _ = try office.signIn("ann@acme.example", "falsch") }
        let unknown = try clock.measure { _ = try office.signIn("bob@acme.example", "falsch") }
        #expect(unknown > known / 3 && known > unknown / 3, "\(known) for somebody, \(unknown) for nobody")
    }
}
