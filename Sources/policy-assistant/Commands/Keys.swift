internal import ArgumentParser
internal import PolicyAssistant

struct Keys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Create, list and revoke the API keys of callers.",
        discussion: """
            With AUTH_MODE=api-key every caller needs a key; with AUTH_MODE=jwt administrators may use one. Callers \
            send it as `Authorization: Bearer pa_…`. To replace a key, create a new one, hand it over, and revoke the \
            old one.
            """,
        subcommands: [AddKey.self, ListKeys.self, RevokeKey.self]
    )
}

struct AddKey: Command {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Create a key, and print its secret, which is shown only once."
    )

    @Argument(help: "The name of the key, for example that of the program that will use it.")
    var name: String

    @Flag(help: "Allow access to the administrators' routes and to the threads of all users.")
    var admin = false

    @Option(help: "Restrict the key to this user.")
    var user: String?

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let settings = try await options.settings(for: .redis)
        let user = try user.map { name throws(PolicyAssistantError) in try UserID(name) }
        let (key, secret) = try await Runtime.withThreadsRedis(settings) { redis in
            try await APIKeys(redis: redis).add(name, isAdmin: admin, user: user)
        }
        Terminal.note("key \(key.id) was created; its secret is not shown again:")
        Terminal.output(secret.text)
    }
}

struct ListKeys: Command {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the keys.")

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let settings = try await options.settings(for: .redis)
        let keys = try await Runtime.withThreadsRedis(settings) { try await APIKeys(redis: $0).list() }.map(Row.init)
        try Terminal.output(rows: keys, asJSON: json, text: \.text)
    }

    private struct Row: Encodable {
        let id: String
        let name: String
        let admin: Bool
        let userID: String?
        let createdAt: String
        let lastCharacters: String

        init(_ key: APIKey) {
            id = key.id
            name = key.name
            admin = key.isAdmin
            userID = key.user?.value
            createdAt = key.createdAt.timestamp
            lastCharacters = key.lastCharacters
        }

        var text: String {
            let rights = [admin ? "admin" : nil, userID.map { "as \($0)" }].compactMap(\.self)
            return ["\(id)  …\(lastCharacters)  \(createdAt)  \(name)", rights.joined(separator: ", ")]
                .filter { !$0.isEmpty }.joined(separator: "  ")
        }
    }
}

struct RevokeKey: Command {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Revoke a key: servers reject it within \(APIKeyCache.lifetime.components.seconds) seconds."
    )

    @Argument(help: "The key's ID, as `keys list` shows it.")
    var id: String

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let settings = try await options.settings(for: .redis)
        try await Runtime.withThreadsRedis(settings) { try await APIKeys(redis: $0).revoke(id) }
        Terminal.note("key \(id) was revoked")
    }
}
