internal import ArgumentParser
internal import MessageExports

struct Messages: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Turn exported conversations into examples of how a person writes.",
        discussion: """
            Neither Redis, nor upstream, nor a configuration is needed, and nothing leaves this machine.

              policy-assistant messages import facebook-ana/ --name "Ana Lima" --as Ben -o ben.jsonl
              policy-assistant messages check ben.jsonl
              policy-assistant messages export ben.jsonl --format chat

            `finetune start` trains a model with the examples, and `role imitate` uses them without training.
            docs/MESSAGES.md has the forms, and what to consider before using somebody's messages.
            """,
        subcommands: [ImportMessages.self, CheckMessages.self, ExportMessages.self]
    )
}

/// The option of commands that leave out long examples.
struct ExampleLengthOption: ParsableArguments {
    @Option(help: "Leave out examples with more characters.")
    var maxCharacters = ExampleRules.usualMaximumCharacters

    func validate() throws {
        guard (1...1_000_000).contains(maxCharacters) else {
            throw ValidationError("--max-characters must be between 1 and 1000000.")
        }
    }
}
