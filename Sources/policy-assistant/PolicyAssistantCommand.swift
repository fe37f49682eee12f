internal import ArgumentParser
internal import Foundation
internal import Voice

/// The program's entry point.
@main
struct PolicyAssistantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy-assistant",
        abstract: "Answers employees' questions from the company's own documents, with sources.",
        discussion: """
            First steps:

              policy-assistant sync                           upload and index the documents in assets/policies
              policy-assistant ask "How much leave do I get?" ask one question here
              policy-assistant serve                          answer over HTTP on port 8000

            Settings come from the environment and from the file .env in the current folder; .env.example explains all \
            of them. Without OPENAI_API_KEY the embedded engine answers.

            Exit codes: 0 success; 1 failure; 3 synced, but some files were left out or failed; 4 synced, but a check \
            failed; 5 not synced, because most documents would be removed or, with --strict, a file cannot be synced; \
            6 evaluated, but below a bound or worse than the baseline; 64 invalid arguments; 65 an input file has \
            errors; 69 Redis or upstream is unavailable; 75 another sync is running; 78 the configuration has \
            errors.
            """,
        version: Version.current,
        subcommands: [
            Serve.self, Work.self, Queue.self, SyncDocuments.self, Flush.self, Ask.self,
            Evaluate.self, Read.self, Status.self, Engine.self, Doctor.self, Keys.self, Users.self, Numbers.self,
            Messages.self, FineTune.self, RoleCommand.self, DescribeAPI.self,
            ImportLegacy.self, ReadDocument.self,
        ]
    )

    /// Runs the command that the arguments name.
    ///
    /// It starts on the main thread, before any other thread exists: only then a process can restrict itself.
    @MainActor
    static func main() async {
        if CommandLine.arguments.dropFirst().first == DecoderSandbox.command {
            DecoderSandbox.execute(Array(CommandLine.arguments.dropFirst(2)))
            Foundation.exit(127)
        }
        ReadDocument.restrictProcess(arguments: CommandLine.arguments.dropFirst())
        await main(nil)
    }
}
