internal import Vocabulary

// Working hours, teams, and the data that everybody writes.

extension Agreement {
    var calendarSentences: [Sentence] { calendars.flatMap(sentences) }

    private func sentences(_ named: NamedCalendar) -> [Sentence] {
        var sentences: [Sentence] = []
        if let zone = clause(at: "\(named.address).timezone"), let hours = clause(at: "\(named.address).hours") {
            let week = weekInWords(named.calendar)
            sentences.append(
                "Business time in \(named.name) is \(entry: hours, as: week), by the clock of \(entry: zone).")
        }
        if let holidays = clause(at: "\(named.address).holidays") {
            sentences.append("Holidays in \(named.name): \(entry: holidays, as: daysInWords(holidays.words)).")
        }
        if let exceptions = clause(at: "\(named.address).exceptions") {
            let days = exceptions.words == "[]" ? "none" : String(exceptions.words.dropFirst().dropLast())
            sentences.append("Other hours in \(named.name) on single days: \(entry: exceptions, as: days).")
        }
        return sentences
    }

    var teamSentences: [Sentence] {
        teams.flatMap { team -> [Sentence] in
            let reps = team.reps.map { $0.email.value.text }.listed("and")
            let own: Sentence =
                """
                Team \(team.name) has the members \(reps)\("; its manager is ", team.manager)\
                \("; its business hours are those of ", team.calendar).
                """
            return [own] + team.reps.map(\.sentence)
        }
    }

    var fieldSentences: [Sentence] {
        fields.map { field in
            let owner: Sentence = field.owner.map { "\($0) answers for it" } ?? "nobody answers for it"
            let needed: Sentence = field.requiredAt.map { "it is needed from \($0) on" } ?? "it is never required"
            let personal = field.isPersonal.value ? "personal and erasable" : "not personal"
            let once = field.isWriteOnce.value ? "the first value stays" : "the latest value is the truth"
            return """
                The \(field.name.spaced) holds \(field.type, as: field.type.value.instruction), \(field.isPersonal, as: personal); \(owner); \(needed); \
                \(field.isWriteOnce, as: once); other spellings: \(field.aliases).
                """
        }
    }

    var entryPointSentences: [Sentence] {
        entryPoints.map {
            """
            Through \($0.name.spaced) may be written: \($0.mayWrite, as: $0.mayWrite.value.map(\.spaced).listed("and"))\
            \("; persons who come this way are held back ", $0.quarantine).
            """
        }
    }
}

extension Rep {
    fileprivate var sentence: Sentence {
        var parts: [Sentence] = ["\(email) takes part with weight \(weight)"]
        if let capacity { parts.append("at most \(capacity)") }
        parts += quotas.map { "a quota of \($0.amount) in \($0.period.description)" }
        parts.append("away: \(away)")
        if let since { parts.append("since \(since)") }
        if let until { parts.append("until \(until)") }
        if let ramp { parts.append("starting with \(ramp) of the capacity") }
        return "\(parts.joined("; "))."
    }
}

/// `Monday 08:30-12:00 and 13:00-17:30; …`: days in a row with the same hours together.
func weekInWords(_ calendar: BusinessCalendar) -> String {
    var runs: [(first: Weekday, last: Weekday, hours: DayHours)] = []
    for day in Weekday.allCases {
        let hours = calendar.hours(on: day)
        if let run = runs.last, run.hours == hours {
            runs[runs.count - 1].last = day
        } else {
            runs.append((day, day, hours))
        }
    }
    return runs.filter { !$0.hours.blocks.isEmpty }.map { run in
        let days = run.first == run.last ? run.first.name : "\(run.first.name) to \(run.last.name)"
        return "\(days) \(run.hours.blocks.map(\.description).listed("and"))"
    }.joined(separator: ", ")
}

/// Dates as people write them: `[2026-01-01, 2026-12-25]`, by year, in few lines.
private func daysInWords(_ words: String) -> String {
    let dates = words.dropFirst().dropLast().split(separator: ", ").map(String.init)
    guard let first = dates.first, let last = dates.last else { return "none" }
    return dates.count <= 12 ? dates.listed("and") : "\(dates.count) days from \(first) to \(last)"
}
