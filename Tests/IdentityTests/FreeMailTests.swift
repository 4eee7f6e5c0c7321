import Identity
import PublicSuffixes
import Testing

@Suite struct FreeMailTests {
    @Test(arguments: [
        ("gmail.com", true), ("yahoo.co.jp", true), ("yahoo.com.br", true), ("hotmail.fr", true), ("gmx.net", true),
        ("t-online.de", true), ("mailinator.com", true), ("live.com", true), ("live.media", false),
        ("live.acme.com", false), ("acme.example", false), ("gmail.example", false), ("com", false), ("", false),
    ])
    func provider(_ domain: String, _ isProvider: Bool) { #expect(FreeMail.isProvider(domain: domain) == isProvider) }

    @Test(arguments: [
        ("mit.edu", true), ("ox.ac.uk", true), ("unimelb.edu.au", true), ("lausd.k12.ca.us", true),
        ("ac.example", false), ("edu", false), ("edu.example", false), ("acme.co.uk", false), ("ac.uk", false),
    ])
    func education(_ domain: String, _ isEducation: Bool) {
        #expect(FreeMail.isEducation(domain: domain) == isEducation)
    }

    @Test func everyProviderIsARegistrableDomainInLowerCase() {
        for domain in FreeMail.providers { #expect(domain == domain.lowercased() && domain.contains(".")) }
    }
}

@Suite struct RoleMailboxTests {
    @Test(arguments: [
        ("info@acme.example", true), ("Sales@acme.example", true), ("kontakt+fair@acme.example", true),
        ("ann@acme.example", false), ("information.officer@acme.example", false), ("info", false), ("@", false),
    ])
    func address(_ address: String, _ isRole: Bool) { #expect(RoleMailbox.isOne(address) == isRole) }
}

@Suite struct PublicSuffixListTests {
    private let list = PublicSuffixList()

    @Test(arguments: [
        ("acme.example", "acme.example"), ("mail.acme.co.uk", "acme.co.uk"), ("Acme.CO.UK", "acme.co.uk"),
        ("co.uk", nil), ("com", nil), ("", nil), (".acme.com", nil), ("acme.com.", nil), ("a b.com", nil),
        ("shop.blogspot.com", "shop.blogspot.com"), ("www.city.kawasaki.jp", "city.kawasaki.jp"),
        ("müller.example", "müller.example"), ("a.b.c.d.acme.com", "acme.com"),
    ])
    func registrableDomain(_ domain: String, _ registrable: String?) {
        #expect(list.registrableDomain(of: domain) == registrable)
    }

    /// The library writes none of it after it was read, so threads may share a list.
    @Test func manyThreadsShareAList() async {
        let list = list
        await withTaskGroup(of: Bool.self) { group in
            for thread in 0..<8 {
                group.addTask {
                    (0..<1000).allSatisfy {
                        list.registrableDomain(of: "a\($0).t\(thread).co.uk") == "t\(thread).co.uk"
                    }
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}
