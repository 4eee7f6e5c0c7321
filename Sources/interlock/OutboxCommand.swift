import Answers
import ArgumentParser
import Foundation
import Journal
import OutboxSQLite
import Sync
import Vocabulary

/// `interlock outbox`: what is still to be told, and what could not be.
struct OutboxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox", abstract: "What is still to be told to whom; send dead letters again.",
        discussion: """
            interlock outbox list
            interlock outbox list --state dead --json
            interlock outbox resend 4f3a…
            interlock outbox cancel 4f3a…

            Works while a server runs.
            """,
        subcommands: [List.self, Resend.self, Cancel.self, Reopen.self], defaultSubcommand: List.self)

    static func open(_ journal: JournalOption) throws -> SQLiteOutbox {
        guard SQLiteOutbox.exists(in: journal.path) else {
            throw Trouble(
                "there is no outbox in \(journal.path)",
                remedy: "A server that tells people makes it: see `interlock serve --help`.")
        }
        return try SQLiteOutbox(folder: journal.path)
    }

    /// The entry whose key begins like this.
    static func entry(_ key: String, in outbox: SQLiteOutbox) throws -> OutboxEntry {
        let all = try outbox.entries(Set(OutboxEntry.State.allCases), limit: .max).filter { $0.key.hasPrefix(key) }
        guard let entry = all.first, all.count == 1 else {
            throw Trouble(
                all.isEmpty
                    ? "no message has the key \(key)" : "\(all.count) messages have keys that begin with \(key)",
                remedy: "Copy the key from `interlock outbox list`.")
        }
        return entry
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List messages, the newest first.")

        @OptionGroup var journal: JournalOption
        @Option(help: "Only those in this state: waiting, claimed, sent, dead or cancelled.") var state: State?
        @Option(help: "At most so many.") var last = 50
        @Flag(name: .long, help: "Print JSON: one object for each message, a line each.") var json = false

        func validate() throws { if last < 1 { throw ValidationError("--last: give a number from 1 on") } }

        func run() throws {
            try reportingTrouble {
                let outbox = try OutboxCommand.open(journal)
                let states = state.map { [$0.state] } ?? Set(OutboxEntry.State.allCases)
                let entries = try outbox.entries(states, limit: last)
                print(json ? entries.map(\.json).joined(separator: "\n") : text(entries, try outbox.counts()))
                try outbox.close()
            }
        }

        private func text(_ entries: [OutboxEntry], _ counts: [OutboxEntry.State: Int]) -> String {
            let sums = OutboxEntry.State.allCases.map { "\(counts[$0, default: 0]) \($0.rawValue)" }.joined(
                separator: ", ")
            guard !entries.isEmpty else { return sums }
            let head = ["key", "noted", "what", "for", "by", "state", "due or ended", "problem"]
            let rows = entries.map { entry in
                [
                    String(entry.key.prefix(12)), "\(entry.made)", entry.kind, entry.recipient, entry.target,
                    entry.state.rawValue, "\(entry.ended ?? entry.due)", entry.problem,
                ]
            }
            return TextTable(rows: [head] + rows).text + "\n\n" + sums
        }
    }

    struct Resend: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send a dead or cancelled message again, with its id.")

        @OptionGroup var journal: JournalOption
        @Argument(help: "Its key, or how that begins.") var key: String

        func run() throws {
            try reportingTrouble {
                let outbox = try OutboxCommand.open(journal)
                let entry = try OutboxCommand.entry(key, in: outbox)
                guard try outbox.resend(entry.key, at: .now) else {
                    throw Trouble(
                        "this message is \(entry.state.rawValue)",
                        remedy: "Only dead and cancelled ones can be sent again.")
                }
                print("The \(entry.kind) for \(entry.recipient) is sent again by the server.")
                try outbox.close()
            }
        }
    }

    struct Cancel: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Cancel a message that waits.")

        @OptionGroup var journal: JournalOption
        @Argument(help: "Its key, or how that begins.") var key: String

        func run() throws {
            try reportingTrouble {
                let outbox = try OutboxCommand.open(journal)
                let entry = try OutboxCommand.entry(key, in: outbox)
                guard try outbox.cancel(entry.key, why: "cancelled by hand", at: .now) else {
                    throw Trouble(
                        "this message is \(entry.state.rawValue)", remedy: "Only one that waits can be cancelled.")
                }
                print("The \(entry.kind) for \(entry.recipient) is cancelled.")
                try outbox.close()
            }
        }
    }

    struct Reopen: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Use an endpoint again that said it was gone.")

        @OptionGroup var journal: JournalOption
        @Argument(help: "The endpoint: webhook:crm.") var target: String

        func run() throws {
            try reportingTrouble {
                let outbox = try OutboxCommand.open(journal)
                guard try outbox.endedTargets().contains(target) else {
                    let ended = try outbox.endedTargets().sorted().joined(separator: ", ")
                    throw Trouble(
                        "\(target) did not say that it is gone",
                        remedy: ended.isEmpty ? "No endpoint did." : "Those that did: \(ended).")
                }
                try outbox.reopen(target: target)
                print("\(target) is told again, from the next message on.")
                try outbox.close()
            }
        }
    }

    enum State: String, CaseIterable, ExpressibleByArgument {
        case waiting, claimed, sent, dead, cancelled

        var state: OutboxEntry.State {
            switch self {
            case .waiting: .waiting
            case .claimed: .claimed
            case .sent: .sent
            case .dead: .dead
            case .cancelled: .cancelled
            }
        }
    }
}

extension OutboxEntry {
    fileprivate var json: String {
        var json = JSONText()
        json.object { json in
            json.member("key", key)
            json.member("message", message)
            json.member("what", kind)
            json.member("for", recipient)
            json.member("by", target)
            json.member("state", state.rawValue)
            json.member("attempts", Int64(attempts))
            json.member("made", "\(made)")
            json.member("due", "\(due)")
            if let ended { json.member("ended", "\(ended)") }
            if !problem.isEmpty { json.member("problem", problem) }
        }
        return json.text
    }
}
