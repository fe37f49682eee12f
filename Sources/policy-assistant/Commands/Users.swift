internal import ArgumentParser
internal import PolicyAssistant

struct Users: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say who can sign in, with AUTH_MODE=jwt and AUTH_USERS=redis.",
        discussion: """
            Passwords are asked for on the terminal, or read as one line from standard input; kept is a hash that does not
            lead back to them. A new password, or a user's removal, ends all of the user's sessions at once.
            """,
        subcommands: [AddUser.self, ChangePassword.self, ListUsers.self, RemoveUser.self]
    )
}

struct AddUser: Command {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract:
            "Let somebody sign in, with a password of at least \(UserAccounts.minimumPasswordCharacters) characters."
    )

    @Argument(help: "The name to sign in with; it is also the user_id, in small letters.")
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
            Terminal.note("but not before AUTH_MODE=jwt and AUTH_USERS=redis are set")
            return
        }
    }
}

struct ChangePassword: Command {
    static let configuration = CommandConfiguration(
        commandName: "passwd",
        abstract: "Change somebody's password, which signs them out everywhere."
    )

    @Argument(help: "The name that they sign in with.")
    var name: String

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let settings = try await options.settings(for: .redis)
        let name = try UserName(name)
        let password = try Terminal.newPassword(of: name.value)
        try await Runtime.withThreadsRedis(settings) { redis in
            try await UserAccounts(redis: redis).changePassword(of: name, to: password)
        }
        Terminal.note("the password of \(name.value) is changed")
    }
}

struct ListUsers: Command {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List those who can sign in.")

    @Flag(help: "Print them as JSON.")
    var json = false

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let settings = try await options.settings(for: .redis)
        let rows = try await Runtime.withThreadsRedis(settings) { try await UserAccounts(redis: $0).list() }.map(
            Row.init
        )
        if json {
            try Terminal.printJSON(rows)
        } else {
            for row in rows {
                Terminal.tell("\(row.createdAt)  \(row.passwordChangedAt)  \(row.username)".escapingControls())
            }
        }
    }

    private struct Row: Encodable {
        let username: String
        let createdAt: String
        let passwordChangedAt: String

        init(_ account: UserAccount) {
            username = account.name.value
            createdAt = account.createdAt
            passwordChangedAt = account.passwordChangedAt
        }
    }
}

struct RemoveUser: Command {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Let somebody sign in no more, and sign them out everywhere.",
        discussion:
            "What they asked stays, for whoever signs in by that name, until DELETE /threads/{user_id} forgets it."
    )

    @Argument(help: "The name that they sign in with.")
    var name: String

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let settings = try await options.settings(for: .redis)
        let name = try UserName(name)
        try await Runtime.withThreadsRedis(settings) { try await UserAccounts(redis: $0).remove(name) }
        Terminal.note("\(name.value) can sign in no more")
    }
}
