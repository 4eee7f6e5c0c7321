import Agreement
import Answers
import Engine
import Vocabulary

extension Explanation {
    /// For a terminal.
    var text: String {
        let sections = [
            heading, section("What happened", timelineLines), section("The score", scoreLines),
            section(obstaclesTitle, obstacleLines),
        ]
        return (sections + handOvers.map(text) + [gateText]).filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private func section(_ title: String, _ lines: [String]) -> String {
        lines.isEmpty ? "" : ([title] + lines.map { "  \($0)" }).joined(separator: "\n")
    }

    private func table(_ rows: [[String]], right: Set<Int> = []) -> [String] {
        TextTable(rows: rows, rightAligned: right).text.split(separator: "\n", omittingEmptySubsequences: false).map {
            String($0.reversed().drop { $0 == " " }.reversed())
        }
    }

    private func at(_ instant: Instant) -> String { instant.onTheWall(in: zone) }

    /// Versions are named only where there are several.
    private func cited(_ clause: CitedClause?) -> String {
        guard let clause else { return "" }
        return evaluation.agreements.versions.count > 1 ? "\(clause.text) in \(clause.version)" : clause.text
    }

    /// The clause and the fact behind a line.
    private func behind(_ clause: CitedClause?, _ fact: CitedFact?) -> String {
        [cited(clause), fact?.text ?? "by time alone"].filter { !$0.isEmpty }.joined(separator: "; ")
    }

    /// A promise begins and is missed by time; only what keeps it is a fact.
    private func behindPromise(_ entry: TimelineEntry) -> String {
        entry.fact == nil ? cited(entry.clause) : behind(entry.clause, entry.fact)
    }

    private var heading: String {
        let words = evaluation.agreements.versions[Int(present.version)].compiled.program
        var place = present.stage < 0 ? "in no stage" : "at \(words.names[Int(words.stages[Int(present.stage)].name)])"
        if present.detour >= 0 { place = "in \(words.names[Int(words.detours[Int(present.detour)].name)])" }
        if present.isErased { place = "erased" }
        let since = present.since == .earliest ? "" : " since \(at(present.since))"
        let grade = present.grade < 0 ? "" : ", grade \(words.names[Int(words.grades[Int(present.grade)].name)])"
        return """
            \(name) is \(place), pass \(present.pass)\(since): engagement \(present.engagement.shown), fit \
            \(present.fit.shown)\(grade).
            Account: \(accountName). As of \(at(instant)); times are those of \(zone.name).
            \(evaluation.agreements.standing)
            """
    }

    private var timelineLines: [String] {
        guard !timeline.isEmpty else { return ["Nothing yet."] }
        return table(
            timeline.map { entry in
                let isFact = entry.kind == .fact
                let times = entry.times > 1 ? " ×\(entry.times)" : ""
                return [
                    at(entry.instant), (isFact ? "" : "→ ") + entry.what + times,
                    entry.kind == .promise ? behindPromise(entry) : behind(entry.clause, entry.fact),
                ]
            })
    }
}

// The score, and what is missing.

extension Explanation {
    private var scoreLines: [String] {
        let half = present.halfLife.milliseconds / 86_400_000
        var lines = ["engagement \(present.engagement.shown), of which half is left after \(half) days:"]
        let parts = score.map { part in
            [
                "  " + at(part.instant), part.activity, "\(part.points)", "→ \(part.left.shown)",
                "after \(part.age.milliseconds / 86_400_000) days", cited(part.clause), part.fact?.text ?? "",
            ]
        }
        lines += parts.isEmpty ? ["  nothing that counts has happened"] : table(parts, right: [2, 3])
        guard !fit.isEmpty else { return lines }
        let rules = fit.map { rule in
            [
                "  " + (rule.holds ? "yes" : "no"), rule.holds ? "+\(rule.points)".replacing("+-", with: "-") : "0",
                rule.condition, rule.because ?? "", cited(rule.clause),
            ]
        }
        return lines + ["fit \(present.fit.shown):"] + table(rules, right: [1])
    }

    private var obstaclesTitle: String { present.detour >= 0 ? "Why still away" : "Why not further" }

    private var obstacleLines: [String] {
        obstacles.flatMap { obstacle -> [String] in
            let clause = obstacle.clause.map { ", by \(cited($0)): \(obstacle.condition)" } ?? ""
            let missing = obstacle.shortfall?.lines ?? []
            let note = obstacle.note.map { [$0] } ?? []
            let nothing = missing.isEmpty && note.isEmpty ? ["it holds; the next fact about the person moves them"] : []
            return ["\(obstacle.aim)\(clause)"] + (note + missing + nothing).map { "  " + $0 }
        }
    }
}

// Hand-overs and the gate.

extension Explanation {
    private func text(_ explained: ExplainedHandOver) -> String {
        let handOver = explained.handOver
        var rows = [
            ["entered", at(handOver.entered), cited(explained.clause), explained.fact?.text ?? "by time alone"]
        ]
        if let held = explained.held {
            rows.append([handOver.ready == nil ? "held" : "was held", "", held])
        }
        if let ready = handOver.ready {
            let score =
                "engagement \(handOver.engagement.shown), fit \(handOver.fit.shown)"
                + (explained.grade.map { ", grade \($0)" } ?? "")
            rows.append(["ready", at(ready), "\(score); \(explained.readyFact?.text ?? "by time alone")"])
        }
        if handOver.isBeforeStart { rows.append(["sent", "", "no: before go-live nothing is sent or timed"]) }
        for owner in explained.owners { rows.append(["owner", at(owner.since), "\(owner.name), \(owner.why)"]) }
        if explained.owners.isEmpty, handOver.ready != nil {
            rows.append(["owner", "", "no system says who has it"])
        }
        if let verdict = explained.verdict {
            let dispute = explained.dispute.map { "; \($0)" } ?? ""
            rows.append(["verdict", handOver.verdict.map { at($0.instant) } ?? "", verdict + dispute])
        }
        for promise in explained.promises { rows.append(row(promise)) }
        let title = "Hand-over at \(explained.stage), pass \(handOver.pass)"
        return section(title, table(rows)) + routing(explained)
    }

    private func row(_ promise: ExplainedHandOver.Promise) -> [String] {
        let due = promise.due.map { "due \(at($0))" } ?? "no working time left for it"
        return [
            promise.name, at(promise.start),
            "\(promise.owner): \(promise.within) (\(promise.calendar)), \(due): \(promise.ending); "
                + [cited(promise.clause), promise.fact?.text ?? ""].filter { !$0.isEmpty }.joined(separator: "; "),
        ]
    }

    private func routing(_ explained: ExplainedHandOver) -> String {
        guard let owner = explained.ownerByRules else { return "" }
        let rows = explained.rules.map { rule in
            ["    " + rule.name, rule.holds ? "yes" : "no", rule.outcome, cited(rule.clause)]
        }
        let title = "\n  by the rules of routing, replayed with everybody's turns, it goes to \(owner):"
        return rows.isEmpty ? "\(title) the stage names the team" : title + "\n" + table(rows).joined(separator: "\n")
    }

    private var gateText: String {
        guard !gate.isEmpty else {
            return "The agreement names no purposes, so there is nothing the consent gate could be asked."
        }
        let rows = gate.map { entry in
            [
                entry.purpose, entry.answer.word(zone), entry.answer.reason, cited(entry.clause),
                entry.fact?.text ?? "",
            ]
        }
        return section("May be contacted", table(rows))
    }
}
