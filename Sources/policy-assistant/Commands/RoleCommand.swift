internal import ArgumentParser
internal import MessageExports
internal import PolicyAssistant

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

struct RoleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "role",
        abstract: "Let a role write in the manner of a person who has consented to it.",
        discussion: """
            Examples of the person's messages are given to the model with each question: no training is needed. Facts \
            come from the documents only, and every answer is marked as an imitation.

              policy-assistant role imitate ben --from ben.jsonl --person Ben --consent "Ben himself, 29 November 2026"
              policy-assistant role forget ben
            """,
        subcommands: [Imitate.self, ListImitations.self, ForgetImitation.self]
    )
}

struct Imitate: Command {
    static let configuration = CommandConfiguration(
        commandName: "imitate",
        abstract: "Keep a person's replies as examples of a role.",
        discussion: """
            The newest \(Imitations.maximumPairs) replies are kept in Redis, without digits and addresses, until `role \
            forget`. The person has to consent: --consent tells who did, and when; on a terminal it is asked for.
            """
    )

    @Argument(help: "The role's name.")
    var role: String

    @Option(help: "The conversation of `messages import`.")
    var from: String

    @Option(help: "The person who is imitated, as the conversation names them.")
    var person: String

    @Option(help: "Who consented to the imitation, and when.")
    var consent: String?

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let settings = try await options.settings(for: .redis)
        let conversation = try Conversation(ConversationFile(ExportFile(path: from)).list.messages, person: person)
        let pairs = try conversation.pairs().map { StylePair(prompt: $0.prompt, reply: $0.completion) }
        let consent = try consent ?? askedConsent(of: conversation.person)
        let imitation = try await Runtime.withThreadsRedis(settings) { redis in
            try await Imitations(redis: redis).record(conversation.person, for: role, pairs: pairs, consent: consent)
        }
        Terminal.note("role \(role) imitates \(imitation.person), by \(imitation.pairCount) of \(pairs.count) replies")
    }

    /// Asks for the consent on a terminal.
    ///
    /// - Throws: `ValidationError` where there is no terminal, or no reply.
    private func askedConsent(of person: String) throws -> String {
        guard isatty(STDIN_FILENO) == 1 else {
            throw ValidationError(
                "Imitating somebody needs their consent: add --consent \"who consented, and when\"."
            )
        }
        Terminal.prompt("Who has consented that \(person) is imitated, and when? ")
        let reply = readLine() ?? ""
        guard !reply.allSatisfy(\.isWhitespace) else {
            throw ValidationError("Without consent nobody is imitated; nothing was stored.")
        }
        return reply
    }
}

struct ListImitations: Command {
    static let configuration = CommandConfiguration(
        commandName: "imitations",
        abstract: "List the roles that imitate a person, with the consent."
    )

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let settings = try await options.settings(for: .redis)
        let rows = try await Runtime.withThreadsRedis(settings) { try await Imitations(redis: $0).list() }.map(Row.init)
        try Terminal.output(rows: rows, asJSON: json) {
            "\($0.role)  \($0.person)  \($0.pairs) replies  \($0.createdAt)  consent: \($0.consent)"
        }
    }

    private struct Row: Encodable {
        let role: String
        let person: String
        let pairs: Int
        let createdAt: String
        let consent: String

        init(_ imitation: Imitation) {
            role = imitation.role
            person = imitation.person
            pairs = imitation.pairCount
            createdAt = imitation.createdAt.timestamp
            consent = imitation.consent
        }
    }
}

struct ForgetImitation: Command {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Delete all that is kept of the person whom a role imitates."
    )

    @Argument(help: "The role's name.")
    var role: String

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let settings = try await options.settings(for: .redis)
        try await Runtime.withThreadsRedis(settings) { try await Imitations(redis: $0).forget(role) }
        Terminal.note("role \(role) imitates nobody now, and nothing of the person is kept")
    }
}
