internal import ArgumentParser
internal import PolicyAssistant
internal import PolicyServer

struct Ask: Command {
    static let configuration = CommandConfiguration(
        abstract: "Ask a question, as POST /chat does.",
        discussion: """
            The questions of a user form a conversation, which allows follow-up questions:

              policy-assistant ask "How many days of annual leave do I get?" --user ana
              policy-assistant ask "And for part-time staff?" --user ana
            """
    )

    @Argument(help: "The question.")
    var question: String

    @Option(help: "Ask as this user.")
    var user = "local"

    @Flag(help: "Print the answer as the JSON of POST /chat.")
    var json = false

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let settings = try await options.settings(for: [.redis, .upstream, .instructions])
        let user = try UserID(user)
        let answer = try await Runtime.with(settings) { runtime in
            try await runtime.assistant.turns.begin(Question(question, by: user)).answer()
        }
        guard !json else { return try Terminal.outputJSON(ChatResponse(answer, user: user)) }
        Terminal.output(answer.text)
        for citation in answer.citations {
            Terminal.output("\nSource: \(citation.filename.escapingControls())")
            if !citation.quote.isEmpty { Terminal.output("  “\(citation.quote)”") }
        }
    }
}
