import ArgumentParser

@main
struct Interlock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "interlock", subcommands: [SampleCommand.self])
}
