public import Sync
public import Testing
internal import Vocabulary

/// What every outbox promises, one test each. An outbox passes by running all of them.
public enum OutboxContract {
    public struct Promise: Sendable, CustomTestStringConvertible {
        public let testDescription: String
        public let isKept: @Sendable (any OutboxStore) throws -> Void

        init(_ description: String, _ isKept: @escaping @Sendable (any OutboxStore) throws -> Void) {
            (testDescription, self.isKept) = (description, isKept)
        }
    }

    static let noon = Instant(milliseconds: 1_770_000_000_000)
    static let lease = Elapsed.seconds(60)

    static func entry(_ message: String, target: String = "mail", bundle: String = "", due: Instant = noon)
        -> OutboxEntry
    {
        OutboxEntry(
            message, kind: "lead", recipient: "jonas@acme.example", target: target, bundle: bundle, made: noon, due: due
        )
    }

    public static let promises = taking + leasing + ending + lists
}

extension OutboxContract {
    private static let taking = [
        Promise("a key is taken once, whatever became of it") { outbox in
            #expect(try outbox.add([entry("a"), entry("b"), entry("a")]) == 2)
            let claims = try outbox.claim(9, at: noon, lease: lease)
            #expect(try outbox.complete(claims[0], .sent, at: noon))
            #expect(try outbox.cancel(claims[1].entries[0].key, why: "x", at: noon) == false)
            #expect(try outbox.add([entry("a"), entry("b")]) == 0)
            #expect(try outbox.counts() == [.sent: 1, .claimed: 1])
        },
        Promise("the same message to another target is another entry") { outbox in
            let added = try outbox.add([entry("a"), entry("a", target: "slack:sales")])
            #expect(added == 2)
        },
        Promise("what is due is given, the longest due first, at most so many") { outbox in
            let late = entry("late", due: noon - .minutes(1))
            _ = try outbox.add([entry("now"), late, entry("later", due: noon + .seconds(1))])
            #expect(try outbox.claim(1, at: noon, lease: lease).flatMap(\.entries).map(\.message) == ["late"])
            #expect(try outbox.claim(5, at: noon, lease: lease).flatMap(\.entries).map(\.message) == ["now"])
            #expect(try outbox.claim(5, at: noon, lease: lease).isEmpty)
            #expect(try outbox.nextDue() == noon + .seconds(1))
        },
        Promise("nothing is given for targets that are busy") { outbox in
            _ = try outbox.add([entry("a", target: "slack:it's"), entry("b", target: "hook \"x\""), entry("c")])
            let rest = try outbox.claim(9, at: noon, lease: lease, except: ["slack:it's", "hook \"x\""])
            #expect(rest.flatMap(\.entries).map(\.message) == ["c"])
            #expect(Set(try outbox.claim(9, at: noon, lease: lease).flatMap(\.entries).map(\.message)) == ["a", "b"])
        },
        Promise("a bundle is given whole, and counts as one") { outbox in
            _ = try outbox.add(["a", "b", "c"].map { entry($0, bundle: "today") } + [entry("alone")])
            let claims = try outbox.claim(2, at: noon, lease: lease)
            #expect(claims.map { $0.entries.count }.sorted() == [1, 3])
            let bundle = try #require(claims.first { $0.entries.count == 3 })
            #expect(Set(bundle.entries.map(\.sendingID)).count == 1)
        },
    ]

    private static let leasing = [
        Promise("of two workers one stalls and wakes: it changes nothing any more") { outbox in
            _ = try outbox.add([entry("a")])
            let stalled = try #require(try outbox.claim(1, at: noon, lease: lease).first)
            // Within the lease nobody else gets it.
            #expect(try outbox.claim(1, at: noon + .seconds(59), lease: lease).isEmpty)
            let other = try #require(try outbox.claim(1, at: noon + .seconds(60), lease: lease).first)
            #expect(other.fence > stalled.fence)
            #expect(try outbox.complete(stalled, .dead(problem: "woke up"), at: noon + .seconds(61)) == false)
            #expect(try outbox.entry(other.entries[0].key)?.state == .claimed)
            #expect(try outbox.complete(other, .sent, at: noon + .seconds(62)))
            #expect(
                try outbox.complete(stalled, .retry(at: noon, problem: "woke up"), at: noon + .seconds(63)) == false)
            let entry = try #require(try outbox.entry(other.entries[0].key))
            #expect(entry.state == .sent && entry.attempts == 2 && entry.ended == noon + .seconds(62))
        },
        Promise("claims can be taken back at once, and then count for nothing") { outbox in
            _ = try outbox.add([entry("a")])
            let claim = try #require(try outbox.claim(1, at: noon, lease: lease).first)
            try outbox.takeBackClaims()
            #expect(try outbox.complete(claim, .sent, at: noon) == false)
            let again = try #require(try outbox.claim(1, at: noon, lease: lease).first)
            #expect(again.fence > claim.fence)
            #expect(try outbox.complete(claim, .sent, at: noon) == false)
            #expect(try outbox.complete(again, .sent, at: noon))
        },
        Promise("a claim is ended once") { outbox in
            _ = try outbox.add([entry("a")])
            let claim = try #require(try outbox.claim(1, at: noon, lease: lease).first)
            #expect(try outbox.complete(claim, .retry(at: noon + .seconds(5), problem: "busy"), at: noon))
            #expect(try outbox.complete(claim, .sent, at: noon) == false)
            #expect(try outbox.entry(claim.entries[0].key)?.problem == "busy")
        },
        Promise("a bundle of which one entry is another's by now is not ended at all") { outbox in
            _ = try outbox.add([entry("a", bundle: "x"), entry("b", bundle: "x")])
            let claim = try #require(try outbox.claim(1, at: noon, lease: lease).first)
            #expect(try outbox.complete(claim.keeping { $0.message == "a" }, .sent, at: noon))
            #expect(try outbox.complete(claim, .sent, at: noon) == false)
            #expect(try outbox.counts() == [.sent: 1, .claimed: 1])
        },
    ]

    private static let ending = [
        Promise("what failed comes back when it said, and counts its attempts") { outbox in
            _ = try outbox.add([entry("a")])
            for attempt in 1...3 {
                let now = noon + .hours(Int64(attempt))
                let claim = try #require(try outbox.claim(1, at: now, lease: lease).first)
                #expect(claim.entries[0].attempts == attempt)
                #expect(try outbox.complete(claim, .retry(at: now + .hours(1), problem: "busy"), at: now))
                #expect(try outbox.claim(1, at: now + .minutes(59), lease: lease).isEmpty)
            }
        },
        Promise("only what waits can be cancelled, only what is dead or cancelled sent anew") { outbox in
            _ = try outbox.add([entry("a"), entry("b", due: noon + .hours(1))])
            let claim = try #require(try outbox.claim(1, at: noon, lease: lease).first)
            let (a, b) = (claim.entries[0].key, entry("b").key)
            #expect(try outbox.cancel(a, why: "gone", at: noon) == false)
            #expect(try outbox.resend(a, at: noon) == false)
            #expect(try outbox.complete(claim, .dead(problem: "550"), at: noon))
            #expect(try outbox.cancel(a, why: "gone", at: noon) == false)
            #expect(try outbox.cancel(b, why: "gone", at: noon))
            #expect(try outbox.entry(b)?.problem == "gone")
            #expect(try outbox.claim(9, at: noon + .days(9), lease: lease).isEmpty)
            #expect(try outbox.resend(a, at: noon + .hours(2)))
            #expect(try outbox.resend(b, at: noon + .hours(2)))
            let again = try outbox.claim(9, at: noon + .hours(2), lease: lease)
            #expect(again.flatMap(\.entries).map(\.attempts) == [1, 1])
            #expect(try outbox.resend("nothing", at: noon) == false)
            #expect(try outbox.cancel("nothing", why: "", at: noon) == false)
        },
        Promise("an endpoint that is gone takes what waits with it, and takes nothing more until it is opened again") {
            outbox in
            _ = try outbox.add([entry("a", target: "webhook:crm"), entry("b")])
            try outbox.end(target: "webhook:crm", at: noon)
            #expect(try outbox.entry(entry("a", target: "webhook:crm").key)?.problem == Reason.targetEnded)
            #expect(try outbox.add([entry("c", target: "webhook:crm"), entry("d")]) == 1)
            #expect(try outbox.endedTargets() == ["webhook:crm"])
            try outbox.reopen(target: "webhook:crm")
            #expect(try outbox.add([entry("c", target: "webhook:crm")]) == 1)
            #expect(try outbox.endedTargets().isEmpty)
        },
    ]

    private static let lists = [
        Promise("what was sent is to be recorded once") { outbox in
            _ = try outbox.add([entry("a"), entry("b")])
            for claim in try outbox.claim(9, at: noon, lease: lease) { _ = try outbox.complete(claim, .sent, at: noon) }
            let unrecorded = try outbox.unrecorded(limit: 9)
            #expect(unrecorded.count == 2)
            try outbox.noteRecorded([unrecorded[0].key])
            #expect(try outbox.unrecorded(limit: 9).map(\.key) == [unrecorded[1].key])
        },
        Promise("entries are listed by state, the newest first") { outbox in
            var (old, new) = (entry("old"), entry("new"))
            (old.made, new.made) = (noon - .hours(1), noon)
            _ = try outbox.add([old, new])
            #expect(try outbox.entries([.waiting], limit: 9).map(\.message) == ["new", "old"])
            #expect(try outbox.entries([.waiting], limit: 1).map(\.message) == ["new"])
            #expect(try outbox.entries([.dead, .sent], limit: 9).isEmpty)
        },
        Promise("whoever wants no digests is remembered") { outbox in
            try outbox.stopDigests(of: "mira@acme.example", at: noon)
            try outbox.stopDigests(of: "mira@acme.example", at: noon)
            #expect(try outbox.digestsStopped() == ["mira@acme.example"])
        },
    ]
}
