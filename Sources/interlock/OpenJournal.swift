import Answers
import ArgumentParser
import Foundation
import Journal
import StoreSQLite
import Vocabulary

/// `--journal FOLDER`, the same for every command.
struct JournalOption: ParsableArguments {
    @Option(
        name: .long,
        help: "The journal's folder; INTERLOCK_JOURNAL or interlock.journal when not given.", completion: .directory)
    var journal: String?

    var path: String { journal ?? ProcessInfo.processInfo.environment["INTERLOCK_JOURNAL"] ?? "interlock.journal" }

    /// Opens the journal; `creating` makes it when it is not there.
    func open(creating: Bool = false) throws -> SQLiteJournal {
        guard creating || SQLiteJournal.exists(at: path) else {
            throw Trouble(
                "there is no journal in \(path)",
                remedy: "Name its folder with --journal, or make one with `interlock import`.")
        }
        return try JournalOption.open(path)
    }

    /// Opens the journal in a folder, making it when it is not there; keys are drawn from the system.
    static func open(_ path: String) throws -> SQLiteJournal {
        try SQLiteJournal(path: path) {
            var random = SystemRandomNumberGenerator()
            return PersonKey(drawingWords: { random.next() })
        }
    }
}

extension Instant {
    /// Reads the value of an option; a wrong one is a wrong command line.
    init(option: String, _ text: String) throws {
        guard let instant = try? Instant(text: text) else {
            throw ValidationError("\(option): “\(text)” is no instant; write 2026-02-02T08:00:00Z")
        }
        self = instant
    }

    /// The one place where the program reads the clock.
    static var now: Instant { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}
