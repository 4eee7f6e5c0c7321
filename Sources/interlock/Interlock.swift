import Answers
import ArgumentParser

@main
struct Interlock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "interlock",
        abstract: "One agreement between sales and marketing, kept by both.",
        subcommands: [
            AbsenceCommand.self,
            AuditCommand.self,
            BacktestCommand.self,
            BackupCommand.self,
            CheckCommand.self,
            DescribeCommand.self,
            DiffCommand.self,
            DueCommand.self,
            ElapsedCommand.self,
            ExplainCommand.self,
            FmtCommand.self,
            GateCommand.self,
            ImportCommand.self,
            InitCommand.self,
            InviteCommand.self,
            JournalCommand.self,
            KeyCommand.self,
            LiveCommand.self,
            MapCommand.self,
            OutboxCommand.self,
            RecordsCommand.self,
            RejectsCommand.self,
            ReportCommand.self,
            RouteCommand.self,
            SampleCommand.self,
            SchemaCommand.self,
            ServeCommand.self,
            SignCommand.self,
            TablesCommand.self,
            TimeAgreementCommand.self,
            TimeEngineCommand.self, TimeLivingCommand.self, TimeRoutingCommand.self,
            ZonesCommand.self,
        ])

    /// As the argument parser's own, but a wrong command line ends with the exit code this program documents.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            printError(fullMessage(for: error))
            exit(withError: Exits.usage)
        }
    }
}
