import Agreement
import Answers
import ArgumentParser
import Vocabulary

/// `interlock elapsed`: how much working time lies between two instants.
struct ElapsedCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "elapsed", abstract: "How much working time lies between two instants.",
        discussion: """
            interlock elapsed --agreement agreement.yaml --calendar munich --from 2026-02-06T17:00 --to 2026-02-09T11:00

            An instant without an offset is read in the calendar's zone. The end itself does not count.
            """)

    @OptionGroup var options: CalendarOptions

    @Option(name: .long, help: ArgumentHelp("The beginning.", valueName: "instant"))
    var from: String

    @Option(name: .long, help: ArgumentHelp("The end.", valueName: "instant"))
    var to: String

    func run() throws {
        try reportingTrouble {
            let named = try options.namedCalendar()
            let zone = named.calendar.zone
            let start = try instant(from, in: zone, for: "--from")
            let end = try instant(to, in: zone, for: "--to")
            guard start <= end else { throw ValidationError("--to \(end) lies before --from \(start).") }
            let pauses = try options.pauses(in: zone)
            let working = WorkingTime(
                named.calendar, years: zone.civil(at: start).date.year...zone.civil(at: end).date.year)
            let elapsed = working.elapsed(from: start, to: end, pauses: pauses)
            if options.json {
                print(#"{"seconds": \#(elapsed.secondsText)}"#)
            } else {
                let words = ElapsedInWords(calendar: named, working: working, start: start, end: end, pauses: pauses)
                print(words.text)
            }
        }
    }
}
