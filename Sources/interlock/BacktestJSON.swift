import Agreement
import Answers
import Engine
import Journal
import Reports
import Vocabulary

/// A back-test as one JSON object, for CI and for other programs.
struct BacktestJSON {
    private let plan: Backtest
    private let run: BacktestRun

    init(_ plan: Backtest, _ run: BacktestRun) { (self.plan, self.run) = (plan, run) }

    var text: String {
        var json = JSONText()
        json.object { json in
            json.member("draft", run.draft.path)
            json.member("draft_digest", run.draft.agreement.digest)
            json.member("against", run.current.title)
            json.member("against_digest", run.current.agreement.digest)
            json.member("from", "\(plan.window.lowerBound)")
            json.member("to", "\(plan.window.upperBound)")
            json.member("has_difference", !plan.isWithoutDifference)
            changes(&json)
            json.list("fates", fates) { json, fate in
                json.member("of", fate.of)
                json.fate(fate.fate)
            }
            json.list("stages", plan.stages) { json, entry in
                json.member("stage", entry.stage)
                json.member("now", Int64(entry.current))
                json.member("draft", Int64(entry.draft))
            }
            json.list("loads", plan.loads) { load($1, &$0) }
            json.list("promises", plan.promises) { promise($1, &$0) }
            entrants(&json)
            live(&json)
        }
        return json.text
    }

    private var fates: [(of: String, fate: Fate)] {
        [("now", plan.current), ("draft", plan.draft), ("enters", plan.entering), ("leaves", plan.leaving)]
    }

    private func changes(_ json: inout JSONText) {
        json.list("enters", plan.changes.enters) { handOver($1, &$0) }
        json.list("leaves", plan.changes.leaves) { handOver($1, &$0) }
        json.list("earlier", plan.changes.earlier) { pair($1, &$0) }
        json.list("later", plan.changes.later) { pair($1, &$0) }
        json.list("to_another_owner", plan.changes.toAnotherOwner) { pair($1, &$0) }
        json.member("unchanged", Int64(plan.changes.unchanged.count))
    }

    private func handOver(_ handOver: HandedOver, _ json: inout JSONText) {
        json.member("person", run.name(handOver))
        json.member("stage", handOver.stage)
        json.member("pass", Int64(handOver.pass))
        json.member("ready", "\(handOver.ready)")
        if handOver.owner >= 0 { json.member("owner", run.texts[handOver.owner]) }
    }

    private func pair(_ pair: HandOverChanges.Pair, _ json: inout JSONText) {
        handOver(pair.draft, &json)
        json.member("now_ready", "\(pair.current.ready)")
        if pair.current.owner >= 0 { json.member("now_owner", run.texts[pair.current.owner]) }
    }

    private func load(_ load: RepLoad, _ json: inout JSONText) {
        if load.rep >= 0 { json.member("rep", run.texts[load.rep]) }
        if let capacity = load.capacityPerWeek { json.member("capacity_per_week", "\(Points(micropoints: capacity))") }
        for (name, weeks) in [("now", load.current), ("draft", load.draft)] {
            json.member(name)
            json.object { json in
                json.member("received", Int64(weeks.received))
                json.member("busiest_week", Int64(weeks.busiest))
                json.member("weeks_above_capacity", Int64(weeks.above))
            }
        }
    }

    private func promise(_ promise: PromiseLoad, _ json: inout JSONText) {
        json.member("promise", "\(promise.promise)")
        for (name, terms) in [("now", promise.current), ("draft", promise.draft)] {
            json.member(name)
            json.object { json in
                json.member("due", Int64(terms.due))
                json.member("at_risk", Int64(terms.atRisk))
                json.member("kept_in_truth", Int64(terms.keptInTruth.part))
                json.member("over_in_truth", Int64(terms.keptInTruth.whole))
            }
        }
    }

    private func entrants(_ json: inout JSONText) {
        json.member("takes_force", "\(plan.entrants.at)")
        json.list("would_newly_enter", plan.entrants.stages) { json, stage in
            json.member("stage", stage.name)
            json.member("handed_over", stage.isHandedOver)
            json.member("persons")
            json.array { json in
                for person in stage.persons where person >= 0 {
                    json.string(run.name(ofPerson: person))
                }
            }
        }
    }

    private func live(_ json: inout JSONText) {
        json.member("live")
        json.object { json in
            json.member("hand_overs", Int64(plan.live.handOvers))
            json.list("to_nobody", plan.live.toNobody) { handOver($1, &$0) }
            json.list("to_another", plan.live.toAnother) { json, other in
                handOver(other.handOver, &json)
                if other.byRules >= 0 { json.member("by_rules", run.texts[other.byRules]) }
            }
            json.list("late", plan.live.late) { handOver($1, &$0) }
            json.list("passed_on", plan.live.passedOn) { handOver($1, &$0) }
            json.list("conflicts", plan.live.conflicts) { json, conflict in
                json.member("what", "\(conflict.what)")
                json.member("count", Int64(conflict.count))
            }
        }
    }
}

extension JSONText {
    mutating func fate(_ fate: Fate) {
        member("hand_overs", Int64(fate.handOvers))
        member("accepted", Int64(fate.accepted))
        member("rejected", Int64(fate.rejected))
        member("without_verdict", Int64(fate.withoutVerdict))
        member("won_deals", Int64(fate.won))
        member("value")
        array { json in for money in fate.value { json.string("\(money)") } }
    }
}
