import OpenID
import Testing

@Suite struct IssuerTests {
    @Test(arguments: [
        ("https://login.acme.example", true), ("https://login.acme.example/realms/acme", true),
        ("https://login.acme.example:8443/", true), ("http://127.0.0.1:9000", true), ("http://localhost", true),
        ("http://[::1]:9000", true), ("http://login.acme.example", false), ("http://127.0.0.1.evil.example", false),
        ("http://localhost@evil.example", false), ("https://user:secret@login.acme.example", false),
        ("https://login.acme.example/?tenant=1", false), ("https://login.acme.example/#x", false),
        ("ftp://login.acme.example", false), ("file:///etc/passwd", false), ("https://", false), ("", false),
        ("login.acme.example", false),
    ])
    func anIssuerHasHTTPSOrIsHere(address: String, isOne: Bool) {
        #expect((Issuer(address) != nil) == isOne)
    }

    @Test(arguments: [
        ("https://login.acme.example", "https://keys.acme.example/k", nil),
        ("https://login.acme.example", "http://keys.acme.example/k", .insecureAddress),
        ("https://login.acme.example", "http://127.0.0.1/k", .insecureAddress),
        ("https://login.acme.example", "file:///etc/passwd", .insecureAddress),
        ("http://127.0.0.1:1", "http://127.0.0.1:2/k", nil),
        ("http://127.0.0.1:1", "http://keys.acme.example/k", DiscoveryFault.insecureAddress),
    ])
    func itMayNameOnlySafeAddresses(issuer: String, keys: String, fault: DiscoveryFault?) throws {
        let parsed = try #require(Issuer(issuer))
        let document = """
            {"issuer":"\(issuer)","authorization_endpoint":"\(issuer)/a","token_endpoint":"\(issuer)/t","jwks_uri":"\(keys)"}
            """
        var found: DiscoveryFault?
        do throws(DiscoveryFault) { _ = try Discovery(Array(document.utf8), of: parsed) } catch { found = error }
        #expect(found == fault)
    }

    @Test func itIsFoundUnderItsOwnAddressAndCallsItselfSo() throws {
        let issuer = try #require(Issuer("https://login.acme.example/realms/acme/"))
        #expect(issuer.discoveryAddress == "https://login.acme.example/realms/acme/.well-known/openid-configuration")
        let other = #"{"issuer":"https://x.example","authorization_endpoint":"","token_endpoint":"","jwks_uri":""}"#
        #expect(throws: DiscoveryFault.anotherIssuer) { try Discovery(Array(other.utf8), of: issuer) }
        #expect(throws: DiscoveryFault.unreadable) { try Discovery(Array("[]".utf8), of: issuer) }
    }
}
