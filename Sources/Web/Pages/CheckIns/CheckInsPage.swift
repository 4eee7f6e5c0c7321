internal import Agreement
internal import Answers
internal import Engine
internal import Hummingbird
internal import Reports
internal import Roles
internal import Vocabulary

/// When both sides look at the numbers together, and which broken promises the agreement brings there.
enum CheckInsPage {
    static let routes: [Route] = [
        Route(.get, "/check-ins", .seeTeams) { asked in
            let present = try await asked.site.company.present()
            return try await Blocking.run {
                guard let leads = VisibleLeads(present, asked) else {
                    return NothingInForce.page("Check-ins", at: "/check-ins", present, asked)
                }
                return Layout.page(
                    "Check-ins", at: "/check-ins", asked, live: present,
                    CheckInsView(asked: asked, leads: leads).content)
            }
        }
    ]
}

private struct CheckInsView {
    let asked: Asked
    let leads: VisibleLeads

    private var company: JudgedCompany { leads.company }

    var content: HTML {
        let all = CheckInItems.all(in: company)
        guard !all.isEmpty else {
            return """
                <p>The agreement in force names no check-ins. A clause such as
                <code>check_ins: {weekly: {every: monday 09:30, with: [marketing, sales]}}</code> does; a step of a ladder,
                <code>{after: 2 business days, do: check-in weekly}</code>, brings there what stays undone.</p>
                <p><a href="/agreement">To the agreement</a></p>
                """
        }
        return "<div data-renews></div>\(all.html(checkIn))"
    }

    private func checkIn(_ one: CheckInItems) -> HTML {
        let name = one.checkIn.name.replacing("_", with: " ").capitalizedFirst
        let sides = one.checkIn.with.value.map(\.words).joined(separator: ", ")
        let items: HTML =
            one.items.isEmpty
            ? "<p class=\"soft\">No broken promise was brought to it.</p>"
            : """
            <div class="scroll" tabindex="0" role="region" aria-labelledby="\(one.checkIn.name)"><table class="cards"><thead><tr>
            <th scope="col">Who</th><th scope="col">Owner</th><th scope="col">Promise</th><th scope="col">Was due</th>
            <th scope="col">Now</th><th scope="col">Brought</th></tr></thead><tbody>\(one.items.html(item))</tbody></table></div>
            """
        return """
            <section><h2 id="\(one.checkIn.name)">\(name)</h2><p>\(one.checkIn.every.value.words.capitalizedFirst), \(sides).
            The next is on \(one.next.shown(in: company.zone)).
            <a class="cite" href="/agreement#check_ins.\(one.checkIn.name).every">check_ins.\(one.checkIn.name)</a></p>
            <h3>Brought by ladders since \(one.last.shown(in: company.zone))</h3>\(items)</section>
            """
    }

    private func item(_ item: CheckInItems.Item) -> HTML {
        let clock = item.clock
        let program = leads.present.words.get().program(clock.version).clocks[Int(clock.program)]
        let address = leads.present.evaluation.agreements.versions[Int(clock.version)].compiled.clause(item.clause)?
            .address
        let cite: HTML =
            address.map { "<a class=\"cite\" href=\"/agreement#\(PercentText.encoded($0))\">\($0)</a>" } ?? ""
        let due: HTML = clock.due.map { $0.shown(in: company.zone) } ?? "–"
        return """
            <tr><th scope="row">\(who(clock.person))</th>
            <td data-label="Owner">\(clock.owner < 0 ? "the queue" : company.repName(clock.owner))</td>
            <td data-label="Promise">\("\(clock.promise)") within \("\(program.within)")</td><td data-label="Was due">\(due)</td>
            <td data-label="Now">\(clock.mark.html)</td>
            <td data-label="Brought">\(item.brought.shown(in: company.zone)) \(cite)</td></tr>
            """
    }

    /// Those who see no leads learn how many there are, and whose.
    private func who(_ person: Int32) -> HTML {
        guard asked.may(.seeLeads), person >= 0, leads.sees(person: person) else { return "a lead" }
        return leads.link(person)
    }
}

extension Clock {
    fileprivate var mark: StateMark {
        switch state {
        case .running: StateMark(.warn, "running")
        case .met, .metLate: StateMark(.good, wasMissed ? "done late" : "done")
        case .missed: StateMark(.bad, "not done")
        case .withdrawn: StateMark(.still, "withdrawn")
        case .rested: StateMark(.still, "given on")
        }
    }
}
