import ArgumentParser
import Foundation

/// How the process ends; scripts and continuous integration rely on these.
enum Exits {
    static let fine = ExitCode(0)
    /// The agreement has findings of level error.
    static let findings = ExitCode(1)
    /// The command line, or a value on it, makes no sense.
    static let usage = ExitCode(2)
    /// A file cannot be read or written.
    static let inputOutput = ExitCode(3)
}

/// Ends a command with a message for people on the error stream.
struct Failure: Error {
    var exit: ExitCode
    /// Full sentences: what happened, and what to do.
    var message: String

    static func usage(_ message: String) -> Failure { Failure(exit: Exits.usage, message: message) }
    static func inputOutput(_ message: String) -> Failure { Failure(exit: Exits.inputOutput, message: message) }
}

/// Runs a command's work; a `Failure` is printed and becomes its exit code.
func exiting(_ work: () throws -> Void) throws {
    do {
        try work()
    } catch let failure as Failure {
        printError(failure.message)
        throw failure.exit
    }
}

func printError(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
}
