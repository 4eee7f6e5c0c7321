import Access
import Answers
import ArgumentParser
import Foundation
import Importing
import Intake
import Journal
import Sync
import Web

/// What the exit code of every command means. 0: fine.
enum Exits {
    /// The command worked and found something to mend: rejected rows, findings, damage.
    static let findings = ExitCode(1)
    /// The command line itself is wrong.
    static let usage = ExitCode(2)
    /// A file, a disk or another process got in the way.
    static let trouble = ExitCode(3)
    /// `interlock diff` alone, since 1 says that two agreements differ: they could not be compared, as with `diff`.
    static let incomparable = ExitCode(2)
    /// `interlock backtest --detailed-exitcode` alone: there is a difference, as `terraform plan -detailed-exitcode` says it.
    static let different = ExitCode(2)
}

/// Runs a command and prints what went wrong in words, with what to do, under the right exit code.
func reportingTrouble(_ body: () throws -> Void) throws {
    do {
        try body()
    } catch {
        try report(error)
    }
}

func reportingTrouble(_ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch {
        try report(error)
    }
}

private func report(_ error: any Error) throws {
    do {
        throw error
    } catch let error as JournalError {
        try fail("\(error.sentence).", error.remedy, Exits.trouble)
    } catch let error as AccessError {
        try fail("\(error.sentence).", error.remedy, Exits.trouble)
    } catch let error as OutboxError {
        try fail("\(error.sentence).", error.remedy, Exits.trouble)
    } catch let error as ServingFault {
        try fail("\(error.sentence).", error.remedy, Exits.trouble)
    } catch let error as Trouble {
        try fail("\(error.cause).", error.remedy, Exits.trouble)
    } catch let error as Refusal {
        try fail("\(error.code): \(error.cause).", error.remedy, Exits.findings)
    } catch let error as UnusableFile {
        try fail("\(error.cause).", error.remedy, Exits.trouble)
    } catch let error as UnreadableFile {
        try fail(error.description, "", Exits.trouble)
    } catch let error as MappingTrouble {
        printError(error.description)
        throw Exits.findings
    } catch let error as CountsDoNotAddUp {
        let cause = "of \(error.read) rows read only \(error.accountedFor) are accounted for"
        try fail("\(cause): this is a defect of the program.", "Please report it with the mapping.", Exits.trouble)
    } catch let error as CocoaError {
        let path = error.filePath.map { "\($0): " } ?? ""
        try fail("\(path)\(error.localizedDescription)", "", Exits.trouble)
    }
}

private func fail(_ cause: String, _ remedy: String, _ code: ExitCode) throws -> Never {
    printError(remedy.isEmpty ? "interlock: \(cause)" : "interlock: \(cause)\n  \(remedy)")
    throw code
}

func printError(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
}
