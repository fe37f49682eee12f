internal import ArgumentParser

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

            Settings come from the environment and from a file .env in the current folder; .env.example names and
            explains all of them. Without OPENAI_API_KEY an engine inside this program answers.

            Exit codes: 0 done; 1 failed; 3 synced, but some files were left out or failed; 4 synced, but a check failed;
            5 not synced, as most documents would be removed or, with --strict, a file cannot be taken; 6 evaluated, but
            below a bound or worse than the baseline; 64 wrong use; 65 a file of questions has faults; 69 Redis or
            upstream cannot be reached; 75 another sync is at work; 78 the configuration has faults.
            """,
        version: Version.current,
        subcommands: [
            Serve.self, SyncDocuments.self, Flush.self, Ask.self, Evaluate.self, Read.self, Status.self, Engine.self,
            Doctor.self, Keys.self, Users.self, DescribeAPI.self, ImportLegacy.self, ReadDocument.self,
        ]
    )

    /// Runs the command that the arguments name.
    ///
    /// It begins on the main thread, before there is another one, since a process can restrict itself only then.
    @MainActor
    static func main() async {
        ReadDocument.restrictProcess(arguments: CommandLine.arguments.dropFirst())
        await main(nil)
    }
}

/// The program's version.
enum Version {
    static let current = "0.1.0"
}
