internal import Agreement
internal import Engine
package import Journal
internal import Vocabulary

extension Explanation {
    /// One object; instants in UTC, points as decimals in text.
    package var json: String {
        var json = JSONText()
        json.object { json in
            json.member("person", name)
            json.member("account", accountName)
            json.member("at", "\(instant)")
            json.member("judged_by", evaluation.agreements.standing)
            json.member("dry_run", evaluation.agreements.isDryRun)
            writeStanding(to: &json)
            json.list("timeline", timeline) { $1.write(to: &$0) }
            json.list("contributions", score) { $1.write(to: &$0) }
            json.list("fit_rules", fit) { $1.write(to: &$0) }
            json.list("why_not_further", obstacles) { $1.write(to: &$0) }
            json.list("hand_overs", handOvers) { $1.write(to: &$0) }
            json.list("gate", gate) { $1.write(to: &$0) }
        }
        return json.text
    }

    private func writeStanding(to json: inout JSONText) {
        let program = version.compiled.program
        json.member("version", version.name)
        if present.stage >= 0 { json.member("stage", program.names[Int(program.stages[Int(present.stage)].name)]) }
        if present.detour >= 0 { json.member("detour", program.names[Int(program.detours[Int(present.detour)].name)]) }
        json.member("pass", Int64(present.pass))
        if present.since != .earliest { json.member("since", "\(present.since)") }
        json.member("engagement", "\(present.engagement)")
        json.member("fit", "\(present.fit)")
        if present.grade >= 0 { json.member("grade", program.names[Int(program.grades[Int(present.grade)].name)]) }
    }
}

extension JSONText {
    /// A member that is a list of objects.
    package mutating func list<Item>(_ name: String, _ items: [Item], _ write: (inout JSONText, Item) -> Void) {
        member(name)
        array { json in for item in items { json.object { write(&$0, item) } } }
    }

    package mutating func cite(_ clause: CitedClause?, _ fact: CitedFact?) {
        if let clause {
            member("clause")
            object { json in
                json.member("address", clause.address)
                json.member("file", clause.file)
                json.member("line", Int64(clause.line))
                json.member("version", clause.version)
            }
        }
        cite(fact, as: "fact")
    }

    package mutating func cite(_ fact: CitedFact?, as name: String) {
        guard let fact else { return }
        member(name)
        object { json in
            json.member("number", fact.sequence)
            json.member("source", fact.source)
            json.member("object", fact.object)
            json.member("id", fact.id)
        }
    }
}

extension TimelineEntry {
    fileprivate func write(to json: inout JSONText) {
        json.member("at", "\(instant)")
        json.member("kind", kind.rawValue)
        json.member("what", what)
        json.member("times", Int64(times))
        json.cite(clause, fact)
    }
}

extension ExplainedPart {
    fileprivate func write(to json: inout JSONText) {
        json.member("at", "\(instant)")
        json.member("activity", activity)
        json.member("points", "\(points)")
        json.member("left", "\(left)")
        json.cite(clause, fact)
    }
}

extension ExplainedFit {
    fileprivate func write(to json: inout JSONText) {
        json.member("condition", condition)
        json.member("points", "\(points)")
        json.member("holds", holds)
        if let because { json.member("because", because) }
        json.cite(clause, nil)
    }
}

extension Obstacle {
    fileprivate func write(to json: inout JSONText) {
        json.member("aim", aim)
        json.member("condition", condition)
        if let note { json.member("note", note) }
        if let shortfall {
            json.member("missing")
            json.object { shortfall.write(to: &$0) }
        }
        json.cite(clause, nil)
    }
}

extension Shortfall {
    fileprivate func write(to json: inout JSONText) {
        switch self {
        case .all(let parts): json.list("all_of", parts) { $1.write(to: &$0) }
        case .oneOf(let parts): json.list("one_of", parts) { $1.write(to: &$0) }
        case .missing(let missing):
            json.member("condition", missing.condition)
            json.member("found", missing.found)
            if let remedy = missing.remedy { json.member("remedy", remedy) }
        }
    }
}

extension ExplainedHandOver {
    package func write(to json: inout JSONText) {
        json.member("stage", stage)
        json.member("pass", Int64(handOver.pass))
        json.member("entered", "\(handOver.entered)")
        if let held { json.member("held", held) }
        if let ready = handOver.ready {
            json.member("ready", "\(ready)")
            json.member("engagement", "\(handOver.engagement)")
            json.member("fit", "\(handOver.fit)")
        }
        if let grade { json.member("grade", grade) }
        json.member("before_go_live", handOver.isBeforeStart)
        json.list("owners", owners) { json, owner in
            json.member("owner", owner.name)
            json.member("since", "\(owner.since)")
            json.member("why", owner.why)
        }
        if let verdict { json.member("verdict", verdict) }
        if let dispute { json.member("dispute", dispute) }
        json.list("promises", promises) { $1.write(to: &$0) }
        if let ownerByRules { json.member("owner_by_rules", ownerByRules) }
        json.list("rules", rules) { json, rule in
            json.member("rule", rule.name)
            json.member("holds", rule.holds)
            json.member("outcome", rule.outcome)
            json.cite(rule.clause, nil)
        }
        json.cite(clause, fact)
        json.cite(readyFact, as: "ready_fact")
    }
}

extension ExplainedHandOver.Promise {
    fileprivate func write(to json: inout JSONText) {
        json.member("promise", name)
        json.member("owner", owner)
        json.member("within", within)
        json.member("calendar", calendar)
        json.member("start", "\(start)")
        if let due { json.member("due", "\(due)") }
        json.member("state", ending)
        if let ended { json.member("ended", "\(ended)") }
        json.cite(clause, fact)
    }
}

extension ExplainedGate {
    package func write(to json: inout JSONText) {
        json.member("purpose", purpose)
        json.member("channel", channel)
        json.member("answer", answer.code)
        json.member("why", "\(answer.why)")
        json.member("reason", answer.reason)
        if let notBefore = answer.notBefore { json.member("not_before", "\(notBefore)") }
        if let expires = answer.expires { json.member("expires", "\(expires)") }
        json.cite(clause, fact)
    }
}
