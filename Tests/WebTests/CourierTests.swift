import Answers
import Engine
import Foundation
import HTTPTypes
import Journal
import Reports
import Roles
import Sync
import Testing
import Vocabulary

@testable import Web

/// What is decided, told, told later and never told: a table of situations, each with who hears what.
@Suite struct CourierTests {
    // MARK: Hand-overs

    @Test func aLeadIsDecidedThenToldOnce() async throws {
        let house = try TellingHouse()
        try house.lead("ann", "2026-02-02T08:10:00Z")
        try house.go(to: "2026-02-02T08:10:01Z")
        try await house.tell()
        #expect(house.told == ["jonas: New lead: ann@ann-works.example"])
        let decision = try #require(try house.decisions("handed over").first)
        #expect(decision["to"] == .text("jonas@birch.example"))
        #expect(decision["rule"] == .text("home"))
        #expect(decision["stage"] == .text("mql"))
        #expect(decision["assigns"] == .flag(true))
        #expect(decision.occurred == (try Instant(text: "2026-02-02T08:10:01Z")))
        try house.go(to: "2026-02-02T08:30:00Z")
        try await house.tell()
        #expect(house.told.count == 1)
        #expect(try house.decisions("handed over").count == 1)
        // What was told is a fact, and names nobody's words.
        let told = try house.decisions("told")
        #expect(told.count == 1 && told[0]["what"] == .text("lead"))
    }

    @Test func theDecisionFixesTheOwnerWhateverTheRulesWouldSayNow() async throws {
        let house = try TellingHouse()
        try house.append([house.contact("ann", "2026-02-02T08:05:00Z"), house.demo("ann", "2026-02-02T08:10:00Z")])
        try house.go(to: "2026-02-02T08:10:01Z")
        try await house.tell()
        // By the country she had, as we learn now, another rule would have given her to ines.
        try house.append([house.contact("ann", "2026-02-02T08:07:00Z", country: "FR")])
        try house.go(to: "2026-02-02T08:20:00Z")
        try await house.tell()
        #expect(house.subjects("ines@birch.example").isEmpty)
        #expect(try house.decisions("handed over").map { $0["to"] } == [.text("jonas@birch.example")])
    }

    @Test func turnsCountWhatWasDecided() async throws {
        let house = try TellingHouse()
        for (name, hour) in [("ann", "08"), ("bea", "09"), ("cleo", "10")] {
            try house.lead(name, "2026-02-02T\(hour):10:00Z")
            try house.go(to: "2026-02-02T\(hour):10:01Z")
            try await house.tell()
        }
        let owners = try house.decisions("handed over").sorted { $0.occurred < $1.occurred }.map { $0["to"] }
        #expect(owners == ["jonas", "mira", "jonas"].map { .text("\($0)@birch.example") })
    }

    @Test func anotherServerOnTheSameJournalTellsNothingAgain() async throws {
        let first = try TellingHouse()
        try first.lead("ann", "2026-02-02T08:10:00Z")
        try first.go(to: "2026-02-02T08:10:01Z")
        try await first.tell()
        // Even the outbox is gone.
        let second = try TellingHouse(journal: first.house.journal)
        try second.go(to: "2026-02-02T08:20:00Z")
        try await second.tell()
        #expect(second.told.isEmpty)
        #expect(try second.decisions("handed over").count == 1)
    }

    @Test func nothingFromBeforeItWentLive() async throws {
        let house = try TellingHouse()
        try house.append([house.contact("ann", "2026-02-02T07:00:00Z"), house.demo("ann", "2026-02-02T07:30:00Z")])
        try house.go(to: "2026-02-02T09:00:00Z")
        try await house.tell()
        #expect(house.told.isEmpty)
        #expect(try house.decisions("handed over").isEmpty)
    }

    @Test func nothingFromBeforeGoLiveOfTheAgreement() async throws {
        let house = try TellingHouse(changing: [("starts: 2026-01-05", "starts: 2026-03-01")])
        try house.lead("ann", "2026-02-02T08:10:00Z")
        try house.go(to: "2026-02-02T12:00:00Z")
        try await house.tell()
        #expect(house.told.isEmpty)
    }

    @Test func nobodyIsToldAnythingBeforeSomebodySaysSo() async throws {
        let house = try TellingHouse(assigns: nil)
        try house.lead("ann", "2026-02-02T08:10:00Z")
        try house.go(to: "2026-02-02T09:00:00Z")
        try await house.tell()
        #expect(house.told.isEmpty)
        #expect(try house.decisions("handed over").isEmpty)
    }

    @Test func whereAnotherSystemAssignsItsOwnerIsTold() async throws {
        let house = try TellingHouse(assigns: false)
        try house.lead("ann", "2026-02-02T08:10:00Z")
        try house.go(to: "2026-02-02T08:11:00Z")
        try await house.tell()
        #expect(house.told.isEmpty)
        try house.append([house.owned("ann", by: "mira", "2026-02-02T08:12:00Z")])
        try house.go(to: "2026-02-02T08:12:01Z")
        try await house.tell()
        #expect(house.told == ["mira: New lead: ann@ann-works.example"])
        #expect(try house.decisions("handed over").map { $0["assigns"] } == [.flag(false)])
    }

    @Test func aLateHandOverSaysSoAndHasNoTimeToAnswer() async throws {
        let house = try TellingHouse()
        try house.append([house.contact("ann", "2026-02-02T08:01:00Z")])
        try house.go(to: "2026-02-06T08:00:00Z")
        try house.append([house.demo("ann", "2026-02-02T08:10:00Z", known: "2026-02-06T07:59:00Z")])
        try await house.tell()
        #expect(house.told == ["jonas: New lead: ann@ann-works.example"])
        let mail = try #require(house.network.mails.first)
        #expect(mail.body.contains("We learned of it late, so no time to answer is counted."))
        #expect(mail.body.contains("we learned it 95 hours 49 minutes later"))
        #expect(!mail.body.contains("Answer by"))
    }

    @Test func aHeldLeadGoesToMarketingAloneAndOnlyIfItStaysHeld() async throws {
        let house = try TellingHouse()
        try house.append([
            house.contact("ann", "2026-02-02T08:10:00Z", country: nil), house.demo("ann", "2026-02-02T08:10:00Z"),
            house.contact("bea", "2026-02-02T08:10:00Z", country: nil), house.demo("bea", "2026-02-02T08:10:00Z"),
        ])
        try house.go(to: "2026-02-02T08:11:00Z")
        try await house.tell()
        #expect(house.told.isEmpty)
        // Bea's country comes in time: nobody hears that it was missing.
        try house.append([house.contact("bea", "2026-02-02T08:12:00Z")])
        try house.go(to: "2026-02-02T08:20:00Z")
        try await house.tell()
        #expect(
            Set(house.told) == ["maria: Held: ann@ann-works.example", "jonas: New lead: bea@bea-works.example"])
        let held = try #require(house.network.mails.first { $0.to.hasPrefix("maria") })
        #expect(held.body.contains("these fields are missing: country"))
        #expect(try house.outbox.counts()[.cancelled] == 1)
    }

    @Test func whomTheGateDeniesIsHeldAndNeverHandedOver() async throws {
        let house = try TellingHouse()
        try house.append([
            house.contact("ann", "2026-02-02T08:10:00Z"), house.withdrawn("ann", "2026-02-02T08:20:00Z"),
            // Asked, then forbade it: nothing may be answered any more.
        ])
        try house.append([house.visit("ann", "2026-02-02T08:30:00Z")])
        try house.go(to: "2026-02-02T09:30:00Z")
        try await house.tell()
        #expect(!house.told.contains { $0.hasPrefix("jonas") || $0.hasPrefix("mira") })
    }

    @Test func aNoThatComesBeforeTheNoticeIsSentStopsIt() async throws {
        let house = try TellingHouse(notices: "everybody: {quiet: 00:00-12:00}")
        try house.lead("ann", "2026-02-02T08:10:00Z")
        try house.go(to: "2026-02-02T08:11:00Z")
        try await house.tell()
        #expect(house.told.isEmpty)
        try house.append([house.withdrawn("ann", "2026-02-02T09:00:00Z")])
        try house.go(to: "2026-02-02T12:30:00Z")
        try await house.tell()
        #expect(!house.told.contains { $0.contains("New lead") })
        #expect(
            try house.outbox.entries([.cancelled], limit: 9).contains { $0.problem == Reason.gone && $0.kind == "lead" }
        )
    }

    @Test func onceItIsEndedNothingThatWaitsIsSent() async throws {
        let house = try TellingHouse(notices: "everybody: {quiet: 00:00-12:00}")
        try house.lead("ann", "2026-02-02T08:10:00Z")
        try house.go(to: "2026-02-02T08:11:00Z")
        try await house.tell()
        #expect(try house.outbox.counts() == [.waiting: 1])
        try house.append([house.ended("2026-02-02T09:00:00Z")])
        try house.lead("bea", "2026-02-02T09:10:00Z")
        try house.go(to: "2026-02-02T12:30:00Z")
        try await house.tell()
        #expect(house.told.isEmpty)
        #expect(try house.outbox.counts() == [.cancelled: 1])
        #expect(try house.decisions("handed over").count == 1)
    }

    @Test func aReasonThatComesBackIsToldAfterAll() async throws {
        let house = try TellingHouse(notices: "everybody: {quiet: 00:00-12:00}")
        try house.lead("ann", "2026-02-02T08:10:00Z")
        try house.go(to: "2026-02-02T08:11:00Z")
        try await house.tell()
        try house.append([house.withdrawn("ann", "2026-02-02T09:00:00Z")])
        try house.go(to: "2026-02-02T09:01:00Z")
        try await house.tell()
        #expect(try house.outbox.entries([.cancelled], limit: 9).map(\.kind) == ["lead"])
        try house.append([house.demo("ann", "2026-02-02T09:30:00Z"), house.given("ann", "2026-02-02T09:30:00Z")])
        try house.go(to: "2026-02-02T10:00:00Z")
        try await house.tell()
        #expect(house.told.isEmpty)
        try house.go(to: "2026-02-02T12:00:00Z")
        try await house.tell()
        #expect(house.subjects("jonas@birch.example").filter { $0.hasPrefix("New lead") }.count == 1)
    }

    @Test func roundsAndErrandsAtOnceLoseNothing() async throws {
        let house = try TellingHouse(changing: [("burst: {over: 3 per hour", "burst: {over: 999 per hour")])
        let courier = try #require(house.house.site.courier)
        try house.go(to: "2026-02-02T08:30:00Z")
        let sending = Task { while !Task.isCancelled { try await courier.errands() } }
        for number in 0..<40 {
            try house.lead("p\(number)", "2026-02-02T08:\(10 + number % 20):00Z")
            try await courier.round(try await house.house.site.company.upToDate())
        }
        sending.cancel()
        _ = await sending.result
        try await house.tell()
        #expect(Set(house.network.mails.map(\.subject).filter { $0.hasPrefix("New lead") }).count == 40)
        #expect(try house.outbox.counts()[.cancelled] == nil)
    }

    @Test func aNoAfterTheNoticeWithdrawsIt() async throws {
        let house = try TellingHouse()
        try house.lead("ann", "2026-02-02T08:10:00Z")
        try house.go(to: "2026-02-02T08:11:00Z")
        try await house.tell()
        try house.append([house.withdrawn("ann", "2026-02-02T08:20:00Z")])
        try house.go(to: "2026-02-02T08:21:00Z")
        try await house.tell()
        #expect(
            house.subjects("jonas@birch.example")
                == ["New lead: ann@ann-works.example", "Withdrawn: ann@ann-works.example"])
    }

    @Test func aBurstIsReleasedAtCapacityInOneLetterToEach() async throws {
        let house = try TellingHouse()
        for number in 0..<12 {
            let minute = 10 + number
            try house.lead("p\(number)", "2026-02-02T08:\(minute):00Z")
        }
        try house.go(to: "2026-02-02T08:30:00Z")
        try await house.tell()
        // Three as usual; of the rest, as many as there is room for this month: four each.
        #expect(try house.decisions("handed over").count == 8)
        #expect(house.told.filter { $0.contains("New lead") }.count == 3)
        let digests = house.told.filter { $0.contains("messages at once") }
        #expect(digests.count == 2)
        #expect(try house.decisions("handed over").filter { $0["burst"] == .flag(true) }.count == 5)
        // When the next month begins there is room again, and clocks start then.
        try house.go(to: "2026-03-01T08:00:00Z")
        try await house.tell()
        #expect(try house.decisions("handed over").count == 12)
    }

    @Test func ofWhoIsAwayAnUntouchedLeadMovesAtOnceAndBothAreTold() async throws {
        let house = try TellingHouse()
        try house.lead("ann", "2026-02-02T08:10:00Z")
        try house.go(to: "2026-02-02T08:11:00Z")
        try await house.tell()
        try house.append([house.away("jonas", from: "2026-02-03", through: "2026-02-05")])
        try house.go(to: "2026-02-03T07:00:00Z")
        try await house.tell()
        #expect(house.subjects("mira@birch.example") == ["Yours now: ann@ann-works.example"])
        #expect(house.subjects("jonas@birch.example").contains("No longer yours: ann@ann-works.example"))
        #expect(try house.decisions("reassigned").map { $0["why"] } == [.text("owner away")])
        // A lead of that day never goes to whoever is away.
        try house.lead("bea", "2026-02-03T08:00:00Z")
        try house.go(to: "2026-02-03T08:00:01Z")
        try await house.tell()
        #expect(house.subjects("mira@birch.example").contains("New lead: bea@bea-works.example"))
    }

    /// A back-test asks the rules anew, whatever we decided; live asks the decisions, whenever it is evaluated.
    @Test func aBacktestDropsOurDecisionsAndLiveKeepsThem() async throws {
        let house = try TellingHouse()
        for (number, name) in ["ann", "bea", "cleo", "dora"].enumerated() {
            try house.append([
                house.contact(name, "2026-02-02T08:05:00Z"), house.demo(name, "2026-02-02T08:1\(number):00Z"),
            ])
        }
        // Judged late, all at once, and in the order in which they were ready.
        try house.go(to: "2026-02-02T08:20:00Z")
        try await house.tell()
        let decided = try house.decisions("handed over").sorted { "\($0.persons)" < "\($1.persons)" }.map { $0["to"] }
        #expect(decided == ["jonas", "mira", "jonas", "mira"].map { .text("\($0)@birch.example") })
        // By what is known now, all of them would have come from abroad.
        for name in ["ann", "bea", "cleo", "dora"] {
            try house.append([house.contact(name, "2026-02-02T08:07:00Z", country: "FR")])
        }
        try house.go(to: "2026-02-02T08:30:00Z")
        let present = try await house.house.site.company.upToDate()
        let judged = try #require(present.judged)
        func owners(_ outcome: Outcome) -> Set<String> {
            Set(outcome.accounts.flatMap(\.handOvers).map { judged.company.world.history.texts[$0.owner] })
        }
        #expect(owners(judged.company.outcome) == ["jonas@birch.example", "mira@birch.example"])
        let routed = evaluate(judged.evaluation.routed, targets: judged.evaluation.targets)
        #expect(owners(routed) == ["ines@birch.example"])
        // What each was due counts what was decided.
        #expect(judged.company.outcome.fairness.map(\.received) == [2, 2])
    }

    @Test func theSameFactsGiveTheSameDecisionsInWhicheverOrderTheyCome() async throws {
        var seen: Set<[String]> = []
        for isReversed in [false, true] {
            let house = try TellingHouse()
            let facts = try (0..<9).flatMap { number in
                [
                    try house.contact("p\(number)", "2026-02-02T08:1\(number):00Z"),
                    try house.demo("p\(number)", "2026-02-02T08:1\(number):00Z"),
                ]
            }
            try house.append(isReversed ? facts.reversed() : facts)
            try house.go(to: "2026-02-02T08:30:00Z")
            try await house.tell()
            seen.insert(
                try house.decisions("handed over").map { "\($0.key.id) \($0.persons) \($0.properties)" }.sorted())
        }
        #expect(seen.count == 1)
    }

    // MARK: What becomes of it

    @Test func marketingHearsEveryVerdictAndSilenceIsToldToBoth() async throws {
        let house = try TellingHouse()
        for (number, name) in ["ann", "bea", "cleo"].enumerated() {
            try house.lead(name, "2026-02-02T08:1\(number):00Z")
        }
        try house.go(to: "2026-02-02T08:20:00Z")
        try await house.tell()
        try house.append([
            house.verdict(.accepted, "ann", by: "jonas", "2026-02-02T08:30:00Z"),
            house.verdict(.rejected, "bea", by: "mira", "2026-02-02T08:31:00Z", reason: "too_early"),
        ])
        try house.go(to: "2026-02-02T08:32:00Z")
        try await house.tell()
        #expect(
            Set(house.subjects("maria@birch.example"))
                == ["Accepted: ann@ann-works.example", "Rejected: bea@bea-works.example"])
        try house.go(to: "2026-02-10T08:00:00Z")
        try await house.tell()
        #expect(house.subjects("maria@birch.example").contains("Accepted by silence: cleo@cleo-works.example"))
    }

    @Test func whoTurnsOutToBeTheLeadOfSomebodyElseIsWithdrawnFromTheOther() async throws {
        let house = try TellingHouse()
        try house.lead("ann", "2026-02-02T08:10:00Z")
        try house.lead("bea", "2026-02-02T08:11:00Z")
        try house.go(to: "2026-02-02T08:12:00Z")
        try await house.tell()
        #expect(house.told.count == 2)
        try house.append([house.merged("ann", with: "bea", "2026-02-02T08:30:00Z")])
        try house.go(to: "2026-02-02T08:31:00Z")
        try await house.tell()
        #expect(try house.decisions("handed over").count == 2)
        #expect(house.subjects("jonas@birch.example").count == 1)
        let mira = house.network.mails.filter { $0.to == "mira@birch.example" }
        #expect(mira.count == 2)
        let last = try #require(mira.last)
        #expect(last.subject.hasPrefix("Withdrawn: "))
        #expect(last.body.contains("turned out to be the lead of jonas@birch.example"))
    }

    @Test func aLateFactCorrectsAndNeverSendsAgain() async throws {
        let house = try TellingHouse()
        try house.append([
            house.contact("ann", "2026-02-02T08:05:00Z"), house.demo("ann", "2026-02-02T10:00:00Z", id: "second"),
        ])
        try house.go(to: "2026-02-02T10:00:01Z")
        try await house.tell()
        // She had asked an hour before; we hear of it in the afternoon.
        try house.append([
            house.demo("ann", "2026-02-02T09:00:00Z", known: "2026-02-02T13:00:00Z", id: "first")
        ])
        try house.go(to: "2026-02-02T13:00:01Z")
        try await house.tell()
        #expect(try house.decisions("handed over").count == 1)
        #expect(
            house.subjects("jonas@birch.example").filter { !$0.contains("waiting") && !$0.contains("answered") } == [
                "New lead: ann@ann-works.example", "Corrected: ann@ann-works.example",
            ])
    }

    @Test func anAlertIsToldOnceToWhoeverHasThePerson() async throws {
        let house = try TellingHouse()
        try house.lead("ann", "2026-02-02T08:10:00Z")
        try house.go(to: "2026-02-02T08:11:00Z")
        try await house.tell()
        try house.append([house.visit("ann", "2026-02-02T08:15:00Z"), house.visit("ann", "2026-02-02T08:16:00Z")])
        try house.go(to: "2026-02-02T08:16:30Z")
        try await house.tell()
        try await house.tell()
        #expect(house.subjects("jonas@birch.example").filter { $0.contains(": page") }.count == 1)
    }

    // MARK: Ways

    @Test func whatFailsIsTriedAgainWithTheSameID() async throws {
        let house = try TellingHouse()
        house.network.willAnswer(.later(problem: "busy", seconds: nil), .later(problem: "busy", seconds: 60))
        try house.lead("ann", "2026-02-02T08:10:00Z")
        try house.go(to: "2026-02-02T08:10:01Z")
        try await house.tell()
        #expect(house.told.isEmpty)
        let entry = try #require(try house.outbox.entries([.waiting], limit: 1).first)
        #expect(entry.problem == "busy" && entry.attempts == 1)
        try house.go(to: "2026-02-02T08:10:10Z")
        try await house.tell()
        #expect(try house.outbox.entry(entry.key)?.attempts == 2)
        try house.go(to: "2026-02-02T08:20:00Z")
        try await house.tell()
        #expect(house.network.mails.map { $0.head("Message-ID") } == ["<\(entry.key)@birch.example>"])
    }

    @Test func whatIsRefusedIsADeadLetterAndCanBeSentAgain() async throws {
        let house = try TellingHouse()
        house.network.willAnswer(.refused(problem: "the mail server said 550"))
        try house.lead("ann", "2026-02-02T08:10:00Z")
        try house.go(to: "2026-02-02T08:10:01Z")
        try await house.tell()
        let cookie = try house.house.cookie(of: .operator)
        let page = try await house.house.ask(.get, "/outbox", headers: [.cookie: cookie])
        #expect(page.status == 200 && page.body.contains("the mail server said 550"))
        let entry = try #require(try house.outbox.entries([.dead], limit: 1).first)
        let form = [("form_token", try house.house.formToken(cookie))]
        let resent = try await house.house.send("/outbox/\(entry.key)/resend", form: form, cookie: cookie)
        #expect(resent.status == 303)
        try await house.tell()
        #expect(house.network.mails.map { $0.head("Message-ID") } == ["<\(entry.key)@birch.example>"])
        #expect(try await house.house.send("/outbox/\(entry.key)/resend", form: form, cookie: cookie).status == 409)
    }

    @Test func programsAndChannelsHearSignedAndEscaped() async throws {
        let house = try TellingHouse(
            notices: """
                webhooks: {crm: {url: "https://crm.example/hooks", secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, tell: [lead]}}
                slack: {floor: {url: "https://hooks.example/x", tell: [lead]}}
                """)
        try house.lead("ann", "2026-02-02T08:10:00Z")
        try house.go(to: "2026-02-02T08:10:01Z")
        try await house.tell()
        #expect(house.told.count == 1)
        let hook = try #require(house.network.calls.first { $0.to == "https://crm.example/hooks" })
        #expect(hook.head("webhook-signature")?.hasPrefix("v1,") == true)
        #expect(hook.head("webhook-id") != nil)
        for member in [
            "\"type\":\"interlock.lead\"", "\"owner\":\"jonas@birch.example\"", "\"stage\":\"mql\"",
            "\"person\":\"record:hubspot/contact/ann\"", "\"due\":\"2026-02-02T10:10:01Z\"",
        ] {
            #expect(hook.text.contains(member), "\(member) in \(hook.text)")
        }
        let chat = try #require(house.network.calls.first { $0.to == "https://hooks.example/x" })
        #expect(chat.text.contains("\"text\":\"*New lead: ann@ann-works.example*"))
    }

    /// One receiver takes letters and never answers: two of them hang there, and everybody else hears at once.
    @Test func aReceiverThatHangsHoldsUpNobodyElse() async throws {
        let network = HangingNetwork()
        let house = try TellingHouse(
            notices: """
                webhooks: {crm: {url: "https://hangs.example/hook", secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, tell: [lead]}}
                """, transport: network)
        for name in ["ann", "bea", "cleo", "dan"] { try house.lead(name, "2026-02-02T08:10:00Z") }
        try house.go(to: "2026-02-02T08:10:01Z")
        let courier = try #require(house.house.site.courier)
        try await courier.round(try await house.house.site.company.upToDate())
        try await courier.round(try await house.house.site.company.upToDate())
        let working = Task { await courier.keepAtErrands() }
        #expect(await network.isSo { $0.mails == 4 && $0.hanging == 2 })
        network.letGo()
        #expect(await network.isSo { $0.answered == 4 && $0.hanging == 0 })
        #expect(network.mostHanging == 2)
        working.cancel()
        await working.value
    }

    @Test func anEndpointThatIsGoneIsToldNothingMore() async throws {
        let house = try TellingHouse(
            notices:
                "slack: {floor: {url: \"https://hooks.example/x\", tell: [lead, verdict]}}\neverybody: {not: [lead, verdict]}"
        )
        house.network.willAnswer(.gone)
        try house.lead("ann", "2026-02-02T08:10:00Z")
        try house.go(to: "2026-02-02T08:10:01Z")
        try await house.tell()
        try house.append([house.verdict(.accepted, "ann", by: "jonas", "2026-02-02T08:20:00Z")])
        try house.go(to: "2026-02-02T08:20:01Z")
        try await house.tell()
        #expect(house.network.calls.isEmpty)
        #expect(try house.outbox.endedTargets() == ["slack:floor"])
    }

    @Test func aDigestComesOnceADayAndEndsByOneClick() async throws {
        let house = try TellingHouse(notices: "people: {maria@birch.example: {send: digest 06:00}}")
        for (number, name) in ["ann", "bea"].enumerated() { try house.lead(name, "2026-02-02T08:1\(number):00Z") }
        try house.go(to: "2026-02-02T08:20:00Z")
        try await house.tell()
        try house.append([
            house.verdict(.accepted, "ann", by: "jonas", "2026-02-02T08:30:00Z"),
            house.verdict(.accepted, "bea", by: "mira", "2026-02-02T08:31:00Z"),
        ])
        try house.go(to: "2026-02-02T08:32:00Z")
        try await house.tell()
        #expect(house.subjects("maria@birch.example").isEmpty)
        try house.go(to: "2026-02-03T06:00:00Z")
        try await house.tell()
        #expect(house.subjects("maria@birch.example") == ["Interlock: 2 messages since the last digest"])
        let mail = try #require(house.network.mails.first { $0.to == "maria@birch.example" })
        #expect(mail.head("List-Unsubscribe-Post") == "List-Unsubscribe=One-Click")
        let link = try #require(mail.head("List-Unsubscribe")).dropFirst().dropLast()
        let path = String(link.dropFirst("https://interlock.birch.example".count))
        // Following the link changes nothing; the click does.
        #expect(try await house.house.ask(.get, path).body.contains("maria@birch.example"))
        #expect(try house.outbox.digestsStopped().isEmpty)
        let click = try await house.house.ask(
            .post, path, headers: [.contentType: "application/x-www-form-urlencoded"],
            body: "List-Unsubscribe=One-Click")
        #expect(click.status == 200)
        #expect(try house.outbox.digestsStopped() == ["maria@birch.example"])
        #expect(try await house.house.ask(.post, path + "00", body: "").status == 404)
    }

    @Test func noLogLineNamesAnybody() async throws {
        let house = try TellingHouse()
        house.network.willAnswer(.later(problem: "busy", seconds: nil))
        try house.lead("ann", "2026-02-02T08:10:00Z")
        try house.go(to: "2026-02-02T08:12:00Z")
        try await house.tell()
        try house.go(to: "2026-02-02T08:20:00Z")
        try await house.tell()
        #expect(house.house.lines.text.contains("told later"))
        #expect(!house.house.lines.text.contains("@"))
    }
}
