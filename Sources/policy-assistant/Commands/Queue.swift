internal import ArgumentParser
internal import Foundation
internal import PolicyAssistant
internal import WorkQueue

struct Queue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List, show, retry and drop the text messages in the queue.",
        discussion: """
            People appear as pseudonyms; `show --body` alone shows what they wrote. A dead message is one that was given \
            up, with the reason; it is kept for 30 days.
            """,
        subcommands: [ListMessages.self, ShowMessage.self, RetryMessages.self, DropMessages.self]
    )
}

/// What the commands of the queue have in common.
extension Command {
    fileprivate func withQueue<Result: Sendable>(
        _ options: SettingsOptions,
        _ body: (WorkQueue) async throws -> Result
    ) async throws -> Result {
        let settings = try await options.settings(for: .redis)
        return try await Runtime.withThreadsRedis(settings) { redis in
            try await translatingRedisErrors { try await body(SMSChannel.queue(settings, redis: redis)) }
        }
    }
}

/// The messages that a command is about: those of some IDs, or all dead ones.
struct MessageSelection: ParsableArguments {
    @Argument(help: "The messages' IDs, as `queue list` shows them.")
    var ids: [String] = []

    @Flag(help: "All dead messages instead.")
    var allDead = false

    func validate() throws {
        guard allDead != !ids.isEmpty else { throw ValidationError("Give the IDs of messages, or --all-dead.") }
    }

    /// Calls `body` with each message, and counts those for which it returns true.
    fileprivate func withMessages(
        in queue: WorkQueue,
        _ body: (QueuedMessage) async throws -> Bool
    ) async throws -> Int {
        var messages: [QueuedMessage] = []
        for id in ids {
            guard let message = try await queue.message(id) else { throw PolicyAssistantError.noMessage }
            messages.append(message)
        }
        if allDead {
            messages += try await queue.messages(limit: ListMessages.maximum).filter { $0.condition == .dead }
        }
        var count = 0
        for message in messages where try await body(message) { count += 1 }
        return count
    }
}

struct ListMessages: Command {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the messages: the oldest first, then the newest dead ones."
    )

    /// The largest number of messages that are listed.
    static let maximum = 100_000

    @Flag(help: "List dead messages only.")
    var dead = false

    @Option(help: "List this many messages, and as many dead ones.")
    var limit = 100

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: SettingsOptions

    func validate() throws {
        guard (1...Self.maximum).contains(limit) else {
            throw ValidationError("--limit must be between 1 and \(Self.maximum).")
        }
    }

    func execute() async throws {
        let messages = try await withQueue(options) { try await $0.messages(limit: limit) }
        let rows = messages.filter { !dead || $0.condition == .dead }.map { MessageRow($0, showsBody: false) }
        try Terminal.output(rows: rows, asJSON: json, text: \.line)
    }
}

struct ShowMessage: Command {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a message.")

    @Argument(help: "The message's ID, as `queue list` shows it.")
    var id: String

    @Flag(help: "Show the text and the numbers, too.")
    var body = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let message = try await withQueue(options) { try await $0.message(id) }
        guard let message else { throw PolicyAssistantError.noMessage }
        try Terminal.output(MessageRow(message, showsBody: body), asJSON: json, text: \.paragraph)
    }
}

struct RetryMessages: Command {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Try dead messages again, as the last of their senders, or delayed ones now."
    )

    @OptionGroup var selection: MessageSelection

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let count = try await withQueue(options) { queue in
            try await selection.withMessages(in: queue) { try await queue.retry($0) }
        }
        Terminal.note("\(count) message\(count == 1 ? " is" : "s are") tried again")
        guard count > 0 || selection.allDead else { throw ExitStatus.failed }
    }
}

struct DropMessages: Command {
    static let configuration = CommandConfiguration(
        commandName: "drop",
        abstract: "Delete messages, whatever they wait for; their senders' next ones are answered."
    )

    @OptionGroup var selection: MessageSelection

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let count = try await withQueue(options) { queue in
            try await selection.withMessages(in: queue) { try await queue.drop($0) }
        }
        Terminal.note("\(count) message\(count == 1 ? " was" : "s were") deleted")
    }
}

/// A message as the commands show it.
private struct MessageRow: Encodable, Sendable {
    let id: String
    let condition: String
    let stage: String
    let attempts: Int
    let enqueuedAt: String
    let dueAt: String?
    /// A pseudonym of the sender and the number that was texted.
    let sender: String
    let writtenBy: String
    let reason: String?
    let body: String?
    let state: String?

    init(_ message: QueuedMessage, showsBody: Bool) {
        id = message.id
        condition = message.condition.rawValue
        stage = message.stage
        attempts = message.attempts
        enqueuedAt = message.enqueuedAt.timestamp
        dueAt = message.dueAt?.timestamp
        sender = message.line
        writtenBy = message.writer
        reason = message.reason
        body = showsBody ? message.payload : nil
        state = showsBody ? message.state : nil
    }

    var line: String {
        let columns = [id, condition, stage, "\(attempts)", enqueuedAt, sender, reason]
        return columns.compactMap(\.self).joined(separator: "  ")
    }

    var paragraph: String {
        let rows: [(String, String?)] = [
            ("message", id), ("condition", condition), ("stage", stage), ("attempts", "\(attempts)"),
            ("enqueued", enqueuedAt), ("due", dueAt), ("sender", sender), ("written by", writtenBy), ("reason", reason),
            ("body", body), ("state", state),
        ]
        return rows.compactMap { name, value in
            value.map { name.padding(toLength: 11, withPad: " ", startingAt: 0) + $0 }
        }.joined(separator: "\n")
    }
}

extension PolicyAssistantError {
    fileprivate static let noMessage = PolicyAssistantError(
        .messageNotFound,
        "There is no message with this ID; `queue list` shows those there are."
    )
}
