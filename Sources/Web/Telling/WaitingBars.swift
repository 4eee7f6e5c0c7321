//  What waits, as bars that every mail client shows: no image, no script, no style sheet
//
//  The bar is a cell with a colour of its own and its number in white on it, so a client that makes the page dark changes
//  nothing about how it reads. The row's head says what the colour says. Tables that only draw are marked as such; those that
//  say something have heads.

extension WaitingLeads {
    private static let (ownTitle, teamTitle) = ("What waits for you", "What waits for your team")

    private static func caption(_ count: Int, of whom: String) -> String {
        let leads = count == 1 ? "1 lead \(whom) waits" : "\(count) leads \(whom) wait"
        return "\(leads) for an answer or a verdict, by when the first promise is due:"
    }

    /// What the longest bar may stand for: no less than five, so that a single lead does not look like a flood.
    private var most: Int { ([own].compactMap { $0 } + team).flatMap(\.counts.values).reduce(5, max) }
    private var teamTotal: Int { team.reduce(0) { $0 + $1.total } }

    // MARK: HTML

    var html: HTML {
        let ownPart: HTML =
            own.map { share in
                WaitingLeads.section(
                    WaitingLeads.ownTitle, WaitingLeads.caption(share.total, of: "of yours"),
                    "<tbody>\(rows(of: share))</tbody>")
            } ?? ""
        guard !team.isEmpty else { return ownPart }
        let groups = team.html { share -> HTML in
            """
            <tbody><tr><th scope="rowgroup" colspan="2" style="text-align: left; padding: .6em 0 .15em">\(share.owner)</th></tr>
            \(rows(of: share))</tbody>
            """
        }
        return ownPart
            + WaitingLeads.section(
                WaitingLeads.teamTitle, WaitingLeads.caption(teamTotal, of: "of your team"), groups)
    }

    private static func section(_ title: String, _ caption: String, _ bodies: HTML) -> HTML {
        """
        <h2 style="font-size: 1.1em">\(title)</h2>
        <table style="border-collapse: collapse; width: 100%; margin-bottom: 1.5em">
        <caption style="text-align: left; padding-bottom: .5em">\(caption)</caption>
        <thead><tr><th scope="col" style="text-align: left; padding: 0 0 .2em; font-size: .85em">Due</th>
        <th scope="col" style="text-align: left; padding: 0 0 .2em .6em; font-size: .85em">Leads</th></tr></thead>
        \(bodies)</table>
        """
    }

    private func rows(of share: Share) -> HTML {
        share.terms.html { term in
            """
            <tr><th scope="row" style="text-align: left; font-weight: normal; white-space: nowrap; min-width: 6em; padding: .15em 1em .15em 0">\(term.word)</th>
            <td style="width: 100%; padding: .15em 0">\(bar(share.counts[term] ?? 0, term))</td></tr>
            """
        }
    }

    /// As long as its number, and long enough for it to stand in.
    private func bar(_ count: Int, _ term: Term) -> HTML {
        guard count > 0 else { return "<div style=\"padding: .1em .5em\">0</div>" }
        let percent = max(8, count * 100 / most)
        return """
            <table role="presentation" width="\(percent)%" style="border-collapse: collapse; width: \(percent)%"><tr>
            <td bgcolor="\(term.colour)" style="background-color: \(term.colour); color: #ffffff; font-weight: bold; padding: .1em .5em">\(count)</td></tr></table>
            """
    }

    // MARK: Plain text

    var text: String {
        var parts: [String] = []
        if let own {
            parts += [WaitingLeads.ownTitle, WaitingLeads.caption(own.total, of: "of yours"), lines(of: own)]
        }
        if !team.isEmpty {
            parts += [WaitingLeads.teamTitle, WaitingLeads.caption(teamTotal, of: "of your team")]
            parts += team.map { "\($0.owner)\n\(lines(of: $0))" }
        }
        return parts.joined(separator: "\n\n")
    }

    private static let longest = 24

    /// Names, numbers and bars, each beneath the other.
    private func lines(of share: Share) -> String {
        let names = Term.allCases.map(\.word.count).max() ?? 0
        let digits = String(most).count
        return share.terms.map { term in
            let count = share.counts[term] ?? 0
            let bar = count == 0 ? "" : String(repeating: "#", count: max(1, count * WaitingLeads.longest / most))
            let number = String(repeating: " ", count: digits - String(count).count) + String(count)
            let name = term.word + String(repeating: " ", count: names - term.word.count)
            return bar.isEmpty ? "\(name)  \(number)" : "\(name)  \(number)  \(bar)"
        }.joined(separator: "\n")
    }
}

extension WaitingLeads.Share {
    /// The four, whatever their number, so that every digest looks alike; the last only where there is something in it.
    fileprivate var terms: [WaitingLeads.Term] {
        WaitingLeads.Term.allCases.filter { $0 != .endless || counts[$0] != nil }
    }
}

extension WaitingLeads.Term {
    fileprivate var word: String {
        switch self {
        case .overdue: "Overdue"
        case .today: "Today"
        case .tomorrow: "Tomorrow"
        case .later: "Later"
        case .endless: "No set time"
        }
    }

    /// Dark enough for white on it, and light enough to stand out from a page that is dark.
    var colour: String {
        switch self {
        case .overdue: "#c0392b"
        case .today: "#a05a00"
        case .tomorrow: "#1d70aa"
        case .later: "#646f7a"
        case .endless: "#7a5c96"
        }
    }
}
