import Access
import Crypto
import CryptoExtras
import Foundation
import HTTPTypes
import Journal
import OpenID
import Roles
import Testing
import Vocabulary
import Web

@Suite struct CompanySignInTests {
    @Test func theFirstSignInBindsAndFromThenOnTheSubjectDecides() async throws {
        try await CompanyWalk.begin { walk in
            _ = try walk.house.cookie(of: .marketing, called: "ann@acme.example")
            walk.vouch(email: "Ann@Acme.Example")
            let first = try await walk.walk("/sign-in/company?return=/people")
            #expect(first.status == 303 && first.header("Location") == "/people")
            let cookie = try #require(first.signedInAs)
            let page = try await walk.house.ask(.get, "/scoreboard", headers: [.cookie: cookie])
            #expect(page.status == 200 && page.body.contains("marketing"))
            #expect(try walk.audit()[1] == "member 1 bound the company's account: member 1 ")
            #expect(try walk.audit()[0].hasSuffix("with the company's account"))
            // She is called otherwise now, and even unverified: it is still she.
            walk.vouch(email: "ann.berg@acme.example", also: ["email_verified": "false"])
            #expect(try await walk.walk().signedInAs != nil)
            // Somebody else got her address.
            walk.vouch(subject: "u-18")
            let other = try await walk.walk()
            #expect(other.status == 403 && other.signedInAs == nil)
            #expect(walk.house.lines.text.contains(#""check":"member-has-other-account""#))
        }
    }

    @Test func everyAlgorithmThatWeTakeSignsIn() async throws {
        try await CompanyWalk.begin { walk in
            _ = try walk.house.cookie(of: .rep, called: "ann@acme.example")
            let signers = [
                try TokenSigner.rsa(CompanyWalk.key.get(), "PS256"), .es256(P256.Signing.PrivateKey()),
                .eddsa(Curve25519.Signing.PrivateKey()), try TokenSigner.rsa(CompanyWalk.key.get()),
            ]
            for signer in signers { walk.issuer.publish(signer, as: signer.algorithm) }
            // Many issuers do not say what their keys are for: then the usual of the kind.
            let plain = TokenSigner.es256(P256.Signing.PrivateKey())
            walk.issuer.publish(
                TokenSigner(
                    algorithm: "ES256", sign: plain.sign, published: plain.published.filter { $0.key != "alg" }),
                as: "plain")
            for (signer, kid) in signers.map({ ($0, $0.algorithm) }) + [(plain, "plain")] {
                walk.issuer.answer { try ForgedToken(signer, kid: kid, claims: walk.claims($0)).text() }
                #expect(try await walk.walk().signedInAs != nil, "\(kid)")
            }
        }
    }

    @Test func anInvitationIsTheAuthorityForTheRole() async throws {
        try await CompanyWalk.begin { walk in
            let link = try walk.house.access.invite(as: .salesManager, by: .program, at: walk.house.time)
            let page = try await walk.house.ask(.get, "/join/\(link.text)")
            #expect(page.body.contains("/join/\(link.text)/company"))
            walk.vouch(also: ["email_verified": "false"])
            #expect(try await walk.walk("/join/\(link.text)/company").status == 403)
            walk.vouch()
            let joined = try await walk.walk("/join/\(link.text)/company")
            #expect(joined.status == 303 && joined.signedInAs != nil)
            let member = try #require(try walk.house.access.members().first)
            #expect(member.email == "ann@acme.example" && member.role == .salesManager && member.name == "Ann Aster")
            #expect(try await walk.walk().signedInAs != nil)
            #expect(try await walk.house.ask(.get, "/join/\(link.text)/company").status == 404)
            // There is no password that fits.
            for password in ["", House.password] {
                let form = [("email", "ann@acme.example"), ("password", password)]
                #expect(try await walk.house.send("/sign-in", form: form).status == 401)
            }
        }
    }

    @Test func aFirstPasswordWantsASignInAnew() async throws {
        try await CompanyWalk.begin { walk in
            let house = walk.house
            let link = try house.access.invite(as: .rep, by: .program, at: house.time)
            walk.vouch()
            let cookie = try #require(try await walk.walk("/join/\(link.text)/company").signedInAs)
            let form = [("form_token", try house.formToken(cookie)), ("new", House.password)]
            #expect(try await house.send("/account/first-password", form: form, cookie: cookie).status == 409)
            let account = try await house.ask(.get, "/account", headers: [.cookie: cookie])
            #expect(account.body.contains("Show that it is you") && !account.body.contains("name=\"old\""))
            // The issuer knew her still, and did not ask.
            let now = house.time.milliseconds / 1000
            for also in [[:], ["auth_time": "\(now - 3600)"]] {
                walk.vouch(also: also)
                #expect(try await walk.walk("/account/company", signedIn: cookie).status == 403)
            }
            #expect(house.lines.text.contains(#""check":"token-not-signed-in-anew""#))
            walk.vouch(also: ["auth_time": "\(now)"])
            let (to, way) = try await walk.setOut("/account/company", cookie: cookie)
            #expect(to.contains("prompt=login&max_age=0"))
            let back = try await walk.comeBack(try walk.issuer.authorize(to), cookie: "\(way); \(cookie)")
            #expect(back.status == 303 && back.header("Location") == "/account")
            #expect(try await house.send("/account/first-password", form: form, cookie: cookie).status == 303)
            let again = try await house.send("/account/first-password", form: form, cookie: cookie)
            #expect(again.status == 409 && again.body.contains("have a password already"))
            let byPassword = [("email", "ann@acme.example"), ("password", House.password)]
            #expect(try await house.send("/sign-in", form: byPassword).status == 303)
        }
    }

    @Test func somebodyElsesAccountConfirmsNothing() async throws {
        try await CompanyWalk.begin { walk in
            let cookie = try walk.house.cookie(of: .rep, called: "bob@acme.example")
            _ = try walk.house.cookie(of: .rep, called: "ann@acme.example")
            walk.vouch(also: ["auth_time": "\(walk.house.time.milliseconds / 1000)"])
            #expect(try await walk.walk("/account/company", signedIn: cookie).status == 403)
            #expect(walk.house.lines.text.contains(#""check":"account-of-another-member""#))
        }
    }

    @Test func anOperatorUnbindsAnAccountAndEndsAMembership() async throws {
        try await CompanyWalk.begin { walk in
            let house = walk.house
            let chief = try house.cookie(of: .operator)
            _ = try house.cookie(of: .rep, called: "ann@acme.example")
            walk.vouch()
            let cookie = try #require(try await walk.walk().signedInAs)
            let page = try await house.ask(.get, "/people", headers: [.cookie: chief])
            #expect(page.body.contains("/people/2/unbind") && !page.body.contains("/people/1/unbind"))
            let form = [("form_token", try house.formToken(chief))]
            #expect(try await house.send("/people/2/unbind", form: form, cookie: chief).status == 303)
            #expect(try house.access.session(cookie: String(cookie.dropFirst(10)), at: house.time) == nil)
            walk.vouch(subject: "u-new")
            #expect(try await walk.walk().signedInAs != nil)
            #expect(try await house.send("/people/2/end", form: form, cookie: chief).status == 303)
            #expect(try await walk.walk().signedInAs == nil)
            #expect(house.lines.text.contains(#""check":"membership-ended""#))
        }
    }

    @Test func newKeysAreLookedForOnceAMinute() async throws {
        try await CompanyWalk.begin { walk in
            let house = walk.house
            _ = try house.cookie(of: .rep, called: "ann@acme.example")
            walk.vouch()
            #expect(try await walk.walk().signedInAs != nil)
            #expect(walk.issuer.timesKeysAsked == 1)
            let newer = TokenSigner.eddsa(Curve25519.Signing.PrivateKey())
            walk.issuer.publish(newer, as: "two")
            walk.issuer.answer { try ForgedToken(newer, kid: "two", claims: walk.claims($0)).text() }
            for _ in 0..<3 { #expect(try await walk.walk().signedInAs == nil) }
            #expect(walk.issuer.timesKeysAsked == 1)
            house.pass(.minutes(1))
            #expect(try await walk.walk().signedInAs != nil)
            #expect(walk.issuer.timesKeysAsked == 2)
            // A key that was withdrawn is believed for an hour at most.
            walk.issuer.withdraw("one")
            house.pass(.hours(1))
            walk.vouch()
            #expect(try await walk.walk().signedInAs == nil)
        }
    }

    @Test func whereNothingIsSetUpNothingIsOffered() async throws {
        let house = try House()
        let link = try #require(try house.access.firstLink(at: house.time))
        for path in ["/sign-in", "/join/\(link.text)"] {
            let page = try await house.ask(.get, path)
            #expect(page.status == 200 && !page.body.contains("/company"))
        }
        for path in ["/sign-in/company", "/sign-in/company/callback?state=x&code=y", "/join/\(link.text)/company"] {
            #expect(try await house.ask(.get, path).status == 404)
        }
    }

    // MARK: What the way back may not be

    @Test func anAnswerCountsOnceAndForItsBrowserOnly() async throws {
        try await CompanyWalk.begin { walk in
            let house = walk.house
            _ = try house.cookie(of: .rep, called: "ann@acme.example")
            walk.vouch()
            func isRefused(_ answer: Answer, _ check: String, _ how: String) {
                #expect(answer.signedInAs == nil && answer.body.contains("<code>\(check)</code>"), "\(how)")
                #expect(house.lines.text.contains("\"check\":\"\(check)\""), "\(how)")
            }
            let (to, way) = try await walk.setOut()
            let back = try walk.issuer.authorize(to)
            #expect(try await walk.comeBack(back, cookie: way).signedInAs != nil)
            isRefused(try await walk.comeBack(back, cookie: way), "state-unknown", "replayed state")

            let another = try await walk.setOut()
            let swapped = try walk.issuer.authorize(another.to).replacing(/code=code-[0-9]+/, with: "code=code-1")
            isRefused(try await walk.comeBack(swapped, cookie: another.cookie), "code-refused", "replayed code")

            let (mine, theirs) = (try await walk.setOut(), try await walk.setOut())
            let answer = try walk.issuer.authorize(theirs.to)
            isRefused(
                try await walk.comeBack(answer, cookie: mine.cookie), "state-of-another-browser", "another browser")
            isRefused(try await walk.comeBack(answer, cookie: theirs.cookie), "state-unknown", "after that")

            let bare = try await walk.setOut()
            isRefused(
                try await walk.comeBack(try walk.issuer.authorize(bare.to), cookie: "x=y"),
                "state-of-another-browser", "no cookie")

            // The code of one attempt with the state of another: the verifier does not fit.
            let (one, two) = (try await walk.setOut(), try await walk.setOut())
            let code = try #require(try walk.issuer.authorize(one.to).firstMatch(of: /code=code-[0-9]+/)).output
            let crossed = try walk.issuer.authorize(two.to).replacing(/code=code-[0-9]+/, with: code)
            isRefused(try await walk.comeBack(crossed, cookie: two.cookie), "code-refused", "other verifier")

            for (change, check) in [
                ("&iss=https%3A%2F%2Fevil.example", "answer-of-another-issuer"),
                ("&error=access_denied", "issuer-said-no"), ("&code=second", "no-code"),
            ] {
                let way = try await walk.setOut()
                isRefused(
                    try await walk.comeBack(try walk.issuer.authorize(way.to) + change, cookie: way.cookie), check,
                    change)
            }
            let unnamed = try await walk.setOut()
            let nameless = try walk.issuer.authorize(unnamed.to).replacing(/&iss=.*/, with: "")
            isRefused(
                try await walk.comeBack(nameless, cookie: unnamed.cookie), "answer-of-another-issuer", "no issuer")

            let slow = try await walk.setOut()
            house.pass(.minutes(10))
            isRefused(
                try await walk.comeBack(try walk.issuer.authorize(slow.to), cookie: slow.cookie), "state-over", "late")
        }
    }

    @Test func anIssuerThatIsSilentOrCallsItselfOtherwiseLetsNobodyIn() async throws {
        try await LocalIssuer.open { issuer in
            for (address, check) in [
                (issuer.address + "/", "discovery-other-issuer"), (issuer.address + "/x", "issuer-status-404"),
                ("http://127.0.0.1:1", "issuer-unreachable"),
            ] {
                var settings = try issuer.signIn()
                settings.issuer = try #require(.init(address))
                let house = try House(companySignIn: settings)
                let answer = try await house.ask(.get, "/sign-in/company")
                #expect(answer.status == 502 && house.lines.text.contains("\"check\":\"\(check)\""), "\(address)")
            }
        }
    }

    @Test func tooManyBeginningsFromOnePlaceAreSentAway() async throws {
        try await CompanyWalk.begin { walk in
            var statuses: [Int] = []
            for _ in 0..<22 { statuses.append(try await walk.house.ask(.get, "/sign-in/company").status) }
            #expect(statuses == Array(repeating: 303, count: 20) + [429, 429])
        }
    }
}
