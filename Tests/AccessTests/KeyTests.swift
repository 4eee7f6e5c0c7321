import Access
import Roles
import Testing
import Vocabulary

@Suite struct KeyTests {
    private func request(_ source: String = "web", lasts: Elapsed = .days(30)) -> KeyRequest {
        KeyRequest(
            name: "Site", scopes: [.send, .meters], source: source, userSource: "hubspot", userObject: "contact",
            lasts: lasts)
    }

    @Test func aKeyHoldsUntilItExpiresOrIsRevoked() throws {
        let office = try Office()
        let (key, text) = try office.store.makeKey(request(), by: .program, at: office.now)
        let found = try #require(try office.store.key(text, at: office.now))
        #expect(found.scopes == [.send, .meters] && found.source == "web" && found.userSource == "hubspot")
        #expect(try office.store.key(text, at: office.now + .days(31)) == nil)
        // Another server on the same file revokes it.
        try AccessStore(folder: office.folder).revokeKey(key.id, by: .program, at: office.now)
        #expect(try office.store.key(text, at: office.now) == nil)
        #expect(try office.store.keys().map(\.revoked) == [office.now])
    }

    @Test func aMistypedKeyIsNone() throws {
        let office = try Office()
        let text = try office.store.makeKey(request(), by: .program, at: office.now).text
        #expect(text.hasPrefix("il_"))
        for wrong in [
            "", "il_", text + "0", String(text.dropLast()), text.replacing("il_", with: "xx_"), text.uppercased(),
        ] {
            #expect(try office.store.key(wrong, at: office.now) == nil, "\(wrong)")
        }
    }

    @Test(arguments: ["", "Web", "a/b", "a b", "ä", String(repeating: "a", count: 65)])
    func aSourceHasAPlainName(source: String) throws {
        let office = try Office()
        #expect(throws: KeyFault.badSource(source)) {
            try office.store.makeKey(request(source), by: .program, at: office.now)
        }
    }

    @Test func aKeyIsForSomethingAndForAYearAtMost() throws {
        let office = try Office()
        #expect(throws: KeyFault.tooLong) {
            try office.store.makeKey(request(lasts: .days(367)), by: .program, at: office.now)
        }
        #expect(throws: KeyFault.noScope) {
            try office.store.makeKey(KeyRequest(name: "x", scopes: [], source: "web"), by: .program, at: office.now)
        }
        #expect(throws: KeyFault.noName) {
            try office.store.makeKey(
                KeyRequest(name: " ", scopes: [.read], source: "web"), by: .program, at: office.now)
        }
    }
}
