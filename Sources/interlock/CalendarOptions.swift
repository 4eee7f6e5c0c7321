import Agreement
import ArgumentParser
import Vocabulary

/// What `due` and `elapsed` have in common: a calendar of an agreement, and pauses.
struct CalendarOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The agreement that defines the calendar.", valueName: "file"))
    var agreement: String

    @Option(name: .long, help: ArgumentHelp("The calendar, by its name in the agreement.", valueName: "name"))
    var calendar: String

    @Option(
        name: .long,
        help: ArgumentHelp("Time that does not count, from/to. May be given more than once.", valueName: "from/to"))
    var pause: [String] = []

    @Flag(name: .long, help: "Print JSON instead of words.")
    var json = false

    func namedCalendar() throws -> NamedCalendar {
        let read = try AgreementFile(path: agreement).agreement()
        if let found = read.calendar(named: calendar) { return found }
        let names = read.calendars.map(\.name).joined(separator: ", ")
        throw ValidationError(
            "\(agreement) has no calendar \"\(calendar)\". "
                + (names.isEmpty ? "It has none at all." : "It has: \(names)."))
    }

    func pauses(in zone: Zone) throws -> Pauses {
        Pauses(
            try pause.map { text in
                let ends = text.split(separator: "/", omittingEmptySubsequences: false)
                guard ends.count == 2 else {
                    throw ValidationError(
                        "--pause \"\(text)\": a pause is two instants with a slash between, such as "
                            + "2026-02-09T10:00Z/2026-02-09T12:00Z.")
                }
                let from = try instant(String(ends[0]), in: zone, for: "--pause")
                let to = try instant(String(ends[1]), in: zone, for: "--pause")
                guard from <= to else { throw ValidationError("--pause \"\(text)\" ends before it begins.") }
                return from..<to
            })
    }
}

/// Reads an instant, or a local time in the zone. A local time that does not exist or exists twice is not guessed at.
func instant(_ text: String, in zone: Zone, for option: String) throws -> Instant {
    let reading: DateTimeText
    do throws(TimeTextError) {
        reading = try DateTimeText(text: text)
    } catch {
        throw ValidationError(
            "\(option) \"\(text)\" is not an instant: \(error).\n"
                + "Write 2026-02-09T10:00:00Z, 2026-02-09T11:00+01:00, or 2026-02-09T11:00 for a time in \(zone.name).")
    }
    switch reading {
    case .instant(let instant): return instant
    case .local(let local): return try instant(of: local, in: zone, for: option)
    }
}

private func instant(of local: CivilDateTime, in zone: Zone, for option: String) throws -> Instant {
    switch zone.instant(of: local) {
    case .unique(let instant):
        return instant
    case .gap(let before, let after, let transition):
        let last = CivilDateTime(millisecondsSinceEpoch: (transition + before).milliseconds)
        let first = CivilDateTime(millisecondsSinceEpoch: (transition + after).milliseconds)
        throw ValidationError(
            "\(option) \(local) does not exist in \(zone.name): clocks go from \(last) to \(first).\n"
                + "Write a time before \(last), or \(first).")
    case .overlap(let earlier, let later):
        throw ValidationError(
            "\(option) \(local) exists twice in \(zone.name).\n"
                + "Write \(earlier) for the earlier one (\(zone.segment(at: earlier).abbreviation)) or \(later) for the later "
                + "one (\(zone.segment(at: later).abbreviation)).")
    }
}
