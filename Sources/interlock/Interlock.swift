import ArgumentParser

@main
struct Interlock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "interlock",
        abstract: "One agreement between sales and marketing, kept by both.",
        subcommands: [ImportCommand.self, MapCommand.self])
}
