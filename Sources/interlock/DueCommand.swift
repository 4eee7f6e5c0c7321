import Agreement
import Answers
import ArgumentParser
import Vocabulary

/// `interlock due`: when something promised within a time is due.
struct DueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "due", abstract: "When something promised within a time is due, and why then.",
        discussion: """
            interlock due --agreement agreement.yaml --calendar munich --from 2026-02-07T17:00 --within "2 business hours"

            An instant without an offset is read in the calendar's zone. 24 hours are 24 hours, nights included; business \
            hours and days follow the calendar.
            """)

    @OptionGroup var options: CalendarOptions

    @Option(name: .long, help: ArgumentHelp("When the time begins.", valueName: "instant"))
    var from: String

    @Option(
        name: .long, help: ArgumentHelp("How long: 2 business hours, 1 business day, 24 hours.", valueName: "duration"))
    var within: String

    func run() throws {
        try reportingTrouble {
            let named = try options.namedCalendar()
            let zone = named.calendar.zone
            let start = try instant(from, in: zone, for: "--from")
            let budget = try budget()
            let pauses = try options.pauses(in: zone)
            let year = zone.civil(at: start).date.year
            let working = WorkingTime(named.calendar, years: year...year + 1)
            let due = try deadline(working, start, budget, pauses)
            if options.json {
                print(#"{"due": "\#(due)"}"#)
            } else {
                print(
                    DueInWords(
                        calendar: named, working: working, start: start, budget: budget, pauses: pauses, due: due
                    ).text)
            }
        }
    }

    private func budget() throws -> Budget {
        do throws(BudgetTextError) {
            return try Budget(text: within)
        } catch {
            throw ValidationError("--within \"\(within)\" is not a duration: \(error).")
        }
    }

    private func deadline(
        _ working: WorkingTime, _ start: Instant, _ budget: Budget, _ pauses: Pauses
    ) throws -> Instant {
        do throws(NoDeadline) {
            return try working.deadline(from: start, budget: budget, pauses: pauses)
        } catch {
            throw ValidationError("\(budget) from \(start) are never over: \(error).")
        }
    }
}
