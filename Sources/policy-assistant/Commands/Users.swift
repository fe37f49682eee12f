internal import ArgumentParser
internal import PolicyAssistant

struct Users: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Manage the users who can sign in with AUTH_MODE=jwt and AUTH_USERS=redis.",
        discussion: """
            A password is read from the terminal, or as one line from standard input; only its hash is stored. \
            Changing a password or removing a user ends all of the user's sessions at once.
            """,
        subcommands: [AddUser.self, ChangePassword.self, ListUsers.self, RemoveUser.self]
    )
}

struct AddUser: Command {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract:
            "Add a user, with a password of at least \(UserAccounts.minimumPasswordCharacters) characters."
    )

    @Argument(help: "The user name; in lower case it is also the user_id.")
    var name: String

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let settings = try await options.settings(for: .redis)
        let name = try UserName(name)
        let password = try Terminal.newPassword(of: name.value)
        try await Runtime.withThreadsRedis(settings) { redis in
            try await UserAccounts(redis: redis).add(name, password: password)
        }
        Terminal.note("\(name.value) can sign in")
        guard case .token(let tokens) = settings.authentication, tokens.signIn != nil else {
            Terminal.note("but only after AUTH_MODE=jwt and AUTH_USERS=redis are set")
            return
        }
    }
}

struct ChangePassword: Command {
    static let configuration = CommandConfiguration(
        commandName: "passwd",
        abstract: "Change a user's password, which ends the user's sessions."
    )

    @Argument(help: "The user name.")
    var name: String

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let settings = try await options.settings(for: .redis)
        let name = try UserName(name)
        let password = try Terminal.newPassword(of: name.value)
        try await Runtime.withThreadsRedis(settings) { redis in
            try await UserAccounts(redis: redis).changePassword(of: name, to: password)
        }
        Terminal.note("the password of \(name.value) was changed")
    }
}

struct ListUsers: Command {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the users.")

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let settings = try await options.settings(for: .redis)
        let rows = try await Runtime.withThreadsRedis(settings) { try await UserAccounts(redis: $0).list() }.map(
            Row.init
        )
        try Terminal.output(rows: rows, asJSON: json) { "\($0.createdAt)  \($0.passwordChangedAt)  \($0.username)" }
    }

    private struct Row: Encodable {
        let username: String
        let createdAt: String
        let passwordChangedAt: String

        init(_ account: UserAccount) {
            username = account.name.value
            createdAt = account.createdAt.timestamp
            passwordChangedAt = account.passwordChangedAt.timestamp
        }
    }
}

struct RemoveUser: Command {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove a user, which ends the user's sessions.",
        discussion:
            "The conversation stays, and belongs to the next user with this name, until DELETE /threads/{user_id}."
    )

    @Argument(help: "The user name.")
    var name: String

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let settings = try await options.settings(for: .redis)
        let name = try UserName(name)
        try await Runtime.withThreadsRedis(settings) { try await UserAccounts(redis: $0).remove(name) }
        Terminal.note("\(name.value) can no longer sign in")
    }
}
