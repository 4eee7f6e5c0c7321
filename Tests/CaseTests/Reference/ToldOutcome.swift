import Vocabulary

// What an engine says of an account, in words alone: names instead of numbers, addresses instead of clauses, keys instead of
// facts. Two engines agree where their lines do.

/// Everything said of one account.
struct ToldAccount {
    var name = ""
    var moves: [ToldMove] = []
    var handOvers: [ToldHandOver] = []
    var clocks: [ToldClock] = []
    var deals: [ToldDeal] = []
    var conflicts: [ToldConflict] = []
    var breaches: [ToldBreach] = []
    var alerts: [ToldAlert] = []
    var standings: [ToldStanding] = []
    /// What time and deals did to whom, by person: `moves` in the order in which they were made.
    var lines: [String] {
        var numbers: [String: Int] = [:]
        var lines: [String] = []
        for move in moves {
            numbers[move.who, default: 0] += 1
            lines.append("\(shown(move.instant)) \(move.who) move \(numbers[move.who] ?? 0): \(move)")
        }
        lines += handOvers.enumerated().map { "\(shown($1.entered)) \($1.who) hand-over \($0): \($1)" }
        lines += clocks.map { "\(shown($0.start)) \($0.who) clock: \($0)" }
        lines += deals.map { "deal \($0.record): \($0)" }
        lines += conflicts.map { "\(shown($0.instant)) \($0.who) conflict: \($0)" }
        lines += breaches.map { "\(shown($0.instant)) \($0.who) breach: \($0)" }
        lines += alerts.map { "\(shown($0.instant)) \($0.who) alert: \($0)" }
        lines += standings.map { "\($0.who) stands: \($0)" }
        return lines.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { "\(name): \($0)" }
    }
}

/// What somebody is to be told of, by the names of `RaisedAlert`.
struct ToldAlert: Equatable, CustomStringConvertible {
    var instant: Instant
    var who: String
    var clause: String
    var version: Int
    var fact: String
    var owner: String

    var description: String { "\(clause) of version \(version) for \(fact), to \(owner)" }
}

/// A change of stage, by the names of `Move`.
struct ToldMove: Equatable, CustomStringConvertible {
    var instant: Instant
    /// Empty: the account itself.
    var who: String
    var deal: String
    var pass: Int
    var change: String
    var stage: String
    var clause: String
    var version: Int
    var fact: String
    var reason: String

    var description: String {
        "\(change) \(stage) in pass \(pass) by \(clause) of version \(version) for \(fact)"
            + (reason.isEmpty ? "" : ", reason \(reason)") + (deal.isEmpty ? "" : ", deal \(deal)")
    }
}

/// A lead on its way, by the names of `HandOver`.
struct ToldHandOver: Equatable, CustomStringConvertible {
    var who: String
    var stage: String
    var pass: Int
    var version: Int
    var entered: Instant
    var clause: String
    var fact: String
    var hold = ""
    var ready: Instant?
    var readyFact = ""
    var engagement = Points.zero
    var fit = Points.zero
    var grade = ""
    var isLate = false
    var isBeforeStart = false
    /// The number of the hand-over that it joined.
    var joins: Int?
    var owners: [ToldOwner] = []
    var verdict: ToldVerdict?
    var earlier: [ToldVerdict] = []
    var dispute: ToldDispute?
    var end = "open"
    var ended: Instant?

    var owner: String { owners.last?.owner ?? "" }
    var isOpen: Bool { end == "open" && ready != nil }

    var description: String {
        "\(stage) in pass \(pass) by \(clause) of version \(version) for \(fact), held for [\(hold)], "
            + "ready \(ready.map(shown) ?? "never") for \(readyFact), engagement \(engagement), fit \(fit) \(grade)"
            + (isLate ? ", late" : "") + (isBeforeStart ? ", before go-live" : "")
            + (joins.map { ", joins \($0)" } ?? "") + ", owners \(owners), verdict \(verdict.map { "\($0)" } ?? "none")"
            + ", before that \(earlier), dispute \(dispute.map { "\($0)" } ?? "none"), \(end) \(ended.map(shown) ?? "")"
    }
}

struct ToldOwner: Equatable, CustomStringConvertible {
    var owner: String
    var since: Instant
    var why: String
    var rule: String
    var fact: String

    var description: String { "\(owner) since \(shown(since)) \(why) \(rule) \(fact)" }
}

struct ToldVerdict: Equatable, CustomStringConvertible {
    var isAccepted: Bool
    var manner: String
    var instant: Instant
    var by: String
    var reason: String
    var mark: Int64?
    var fact: String
    var isReturn: Bool

    var description: String {
        "\(isAccepted ? "accepted" : "rejected") \(manner) \(shown(instant)) by \(by) \(reason) "
            + "\(mark.map { "\($0)" } ?? "") \(fact)\(isReturn ? " return" : "")"
    }
}

struct ToldDispute: Equatable, CustomStringConvertible {
    var raised: Instant
    var fact: String
    var ruling = "pending"
    var ruled: Instant?

    var description: String { "\(shown(raised)) \(fact) \(ruling) \(ruled.map(shown) ?? "")" }
}

/// A promise about one hand-over, by the names of `Clock`.
struct ToldClock: Equatable, CustomStringConvertible {
    var promise: String
    var clause: String
    var version: Int
    var handOver: Int
    var who: String
    var owner: String
    var start: Instant
    var due: Instant?
    var firstDue: Instant?
    var missedAt: Instant?
    var warned: Instant?
    var state = "running"
    var withdrawal = "none"
    var ended: Instant?
    var fact = "time"
    var touches = 0
    var steps: [String] = []
    var pauses: [Range<Instant>] = []

    var description: String {
        func time(_ instant: Instant?) -> String { instant.map(shown) ?? "never" }
        return "\(promise) of \(owner) on hand-over \(handOver) by \(clause) of version \(version), due \(time(due)), "
            + "first \(time(firstDue)), missed \(time(missedAt)), warned \(time(warned)), \(state) \(withdrawal) "
            + "\(time(ended)) \(fact), touches \(touches), steps \(steps), "
            + "pauses \(pauses.map { "\(shown($0.lowerBound))–\(shown($0.upperBound))" })"
    }
}

struct ToldDeal: Equatable, CustomStringConvertible {
    struct Change: Equatable, CustomStringConvertible {
        var instant: Instant
        var what: String
        var state: String
        var stage: String
        var amount: String
        var closeDate: String
        var owner: String
        var fact: String

        var description: String {
            "\(shown(instant)) \(what) \(state) \(stage) \(amount) \(closeDate) \(owner) \(fact)"
        }
    }

    var record: String
    var pipeline = ""
    var kind = ""
    var changes: [Change] = []
    var persons: [String] = []
    /// Empty: nobody.
    var credited = ""

    var description: String { "\(pipeline) \(kind) \(changes), persons \(persons), credited \(credited)" }
}

struct ToldConflict: Equatable, CustomStringConvertible {
    var instant: Instant
    var who: String
    var what: String
    var detail: String
    var source: String
    var fact: String
    var stage: String

    var description: String { "\(what) \(detail) by \(source) at \(stage) for \(fact)" }
}

struct ToldBreach: Equatable, CustomStringConvertible {
    var instant: Instant
    var who: String
    var by: String
    var channel: String
    var why: String
    var fact: String

    var description: String { "by \(by) on \(channel), \(why), \(fact)" }
}

struct ToldStanding: Equatable, CustomStringConvertible {
    var who: String
    var stage: String
    var detour: String
    var pass: Int
    var engagement: Points
    var fit: Points
    var grade: String

    var description: String { "\(stage) \(detour) pass \(pass), engagement \(engagement), fit \(fit) \(grade)" }
}

/// A hand-over that was routed, with each rule tried.
struct ToldRouting: Equatable, CustomStringConvertible {
    var instant: Instant
    var account: String
    var handOver: Int
    var why: String
    var owner: String
    var steps: [String]

    var description: String {
        "routing: \(shown(instant)) \(account) hand-over \(handOver), \(why): to \(owner) by \(steps)"
    }
}
