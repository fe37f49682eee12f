internal import ArgumentParser
internal import PolicyAssistant

struct Keys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make, list and revoke the keys by which callers prove who they are.",
        discussion: """
            With AUTH_MODE=api-key every caller needs one; with AUTH_MODE=jwt administrators may use one. A caller sends it
            as `Authorization: Bearer pa_…`. To change a key, make a new one, hand it over, and revoke the old one.
            """,
        subcommands: [AddKey.self, ListKeys.self, RevokeKey.self]
    )
}

struct AddKey: Command {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Make a key, and print its secret, which is shown this once."
    )

    @Argument(help: "What to call the key, for example after the program that will use it.")
    var name: String

    @Flag(help: "Open the administrators' routes and everybody's threads.")
    var admin = false

    @Option(help: "Let the key act as this user only.")
    var user: String?

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let settings = try await options.settings(for: .redis)
        let user = try user.map { name throws(PolicyAssistantError) in try UserID(name) }
        let (key, secret) = try await Runtime.withThreadsRedis(settings) { redis in
            try await APIKeys(redis: redis).add(name, isAdmin: admin, user: user)
        }
        Terminal.note("key \(key.id) is made; its secret is not shown again:")
        Terminal.tell(secret.text)
    }
}

struct ListKeys: Command {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the keys there are.")

    @Flag(help: "Print them as JSON.")
    var json = false

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let settings = try await options.settings(for: .redis)
        let keys = try await Runtime.withThreadsRedis(settings) { try await APIKeys(redis: $0).list() }.map(Row.init)
        if json {
            try Terminal.printJSON(keys)
        } else {
            for key in keys { Terminal.tell(key.text.escapingControls()) }
        }
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
            createdAt = key.createdAt
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
        abstract: "Revoke a key: servers refuse it within \(APIKeyCache.memory.components.seconds) seconds."
    )

    @Argument(help: "The key's ID, as `keys list` shows it.")
    var id: String

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let settings = try await options.settings(for: .redis)
        try await Runtime.withThreadsRedis(settings) { try await APIKeys(redis: $0).revoke(id) }
        Terminal.note("key \(id) is revoked")
    }
}
