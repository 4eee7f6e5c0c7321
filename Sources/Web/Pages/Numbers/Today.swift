internal import Engine
internal import Reports
internal import Vocabulary

/// What needs a person today: who waits longest, and which promises are about to be missed.
struct Today: Sendable {
    private let leads: VisibleLeads
    private let now: Instant
    private let zone: Zone
    private static let most = 8

    init?(_ present: Present, _ asked: Asked) {
        guard let leads = VisibleLeads(present, asked) else { return nil }
        (self.leads, now, zone) = (leads, asked.now, present.zone)
    }

    var html: HTML {
        let all = leads.all
        let waiting = all.filter { $0.waitingSince != nil }.sorted { earlier($0.waitingSince, $1.waitingSince) }
        let near = all.filter { $0.due.map { !$0.isMissed } ?? false }.sorted {
            earlier($0.due?.instant, $1.due?.instant)
        }
        return """
            <section class="today" data-keys><h2 id="today">What needs a person today</h2><div class="sides">
            <section class="side"><h3 id="waiting">\(count(waiting.count, "lead waits", "leads wait")) for an answer</h3>
            \(table(waiting, "waiting", "Waiting", waits))
            \(more(waiting.count, "/leads?waiting=yes", "All who wait"))</section>
            <section class="side"><h3 id="near">\(count(near.count, "promise runs", "promises run"))</h3>
            \(table(near, "near", "Time left", left))
            \(more(near.count, "/leads?waiting=running&sort=due", "All that run"))</section></div></section>
            """
    }

    private func earlier(_ a: Instant?, _ b: Instant?) -> Bool { (a ?? .latest) < (b ?? .latest) }

    private func count(_ count: Int, _ one: String, _ many: String) -> String {
        count == 1 ? "1 \(one)" : "\(count == 0 ? "No" : grouped(Int64(count))) \(many)"
    }

    private func table(_ leads: [Lead], _ id: String, _ time: String, _ shown: (Lead) -> HTML) -> HTML {
        guard !leads.isEmpty else { return "<p class=\"soft\">Nothing to do here.</p>" }
        let rows = leads.prefix(Today.most).html { lead in
            """
            <tr><th scope="row"><a href="\(lead.path)">\(lead.title)</a><div class="soft">\(lead.company)</div></th>
            <td>\(owner(lead))</td><td>\(shown(lead))</td></tr>
            """
        }
        return """
            <div class="scroll" tabindex="0" role="region" aria-labelledby="\(id)"><table><thead><tr><th scope="col">Who</th>
            <th scope="col">Whose</th><th scope="col">\(time)</th></tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    private func owner(_ lead: Lead) -> String {
        let owner = leads.owner(of: lead)
        return owner.isEmpty ? "a queue" : owner
    }

    private func waits(_ lead: Lead) -> HTML {
        guard let since = lead.waitingSince else { return "" }
        let late: HTML = lead.due.map { $0.isMissed } ?? false ? StateMark(.bad, "later than promised").html : ""
        return "\((now - since).roughly), since \(since.shown(in: zone)) \(late)"
    }

    private func left(_ lead: Lead) -> HTML {
        guard let due = lead.due else { return "" }
        return "\(DueTime(due: due.instant, now: now).html) to \(due.promise.plainAddress)"
    }

    private func more(_ count: Int, _ path: String, _ text: String) -> HTML {
        count > Today.most ? "<p class=\"pages\"><a href=\"\(path)\">\(text)</a></p>" : ""
    }
}

/// A running clock: what is left of it, in words that the program in the page keeps up.
struct DueTime: Sendable {
    let due: Instant
    let now: Instant

    var html: HTML {
        let isLate = due <= now
        let words = "\((due - now).roughly) \(isLate ? "over" : "left")"
        return """
            <span class="clock\(isLate ? " late" : "" as HTML)" data-due="\(due.milliseconds)">\(words)</span>
            """
    }
}
