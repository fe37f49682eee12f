internal import ArgumentParser
internal import PolicyAssistant
internal import SMS

struct Numbers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Manage the phone numbers from which users ask by text message.",
        discussion: """
            A number is stored as a pseudonym with its last two digits. Users can also add their own number: the page shows \
            them a code, which they text from their phone.
            """,
        subcommands: [AddNumber.self, ListNumbers.self, RemoveNumber.self]
    )
}

struct AddNumber: Command {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Make a number a user's, whoever's it was."
    )

    @Argument(help: "The number, such as +14155550123.")
    var number: String

    @Argument(help: "The user_id.")
    var user: String

    @Option(help: "The role in which questions from this number are asked; without it, the default one.")
    var role: String?

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let settings = try await options.settings(for: [.redis, .channels])
        let number = try PhoneNumber(argument: number)
        let user = try UserID(user)
        let role = try role.map { try RoleName($0) }
        let hasRole = try await Runtime.withThreadsRedis(settings) { redis in
            try await PhoneNumbers(redis: redis, key: settings.sms?.numberKey).add(number, of: user, role: role)
            return try await Roles(redis: redis, standard: settings.standardRole).has(role, user)
        }
        Terminal.note("the number \(number) belongs to \(user.value)".escapingControls())
        if let role, !hasRole {
            Terminal.note(
                "but \(user.value) has no role “\(role.value)” yet: until then, questions are asked in the default one"
                    .escapingControls()
            )
        }
        if settings.sms == nil { Terminal.note("but text messages need SMS_PROVIDER and its settings") }
    }
}

struct ListNumbers: Command {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the users with numbers.")

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let settings = try await options.settings(for: [.redis, .channels])
        let rows = try await Runtime.withNumbers(settings) { try await $0.list() }.map(Row.init)
        try Terminal.output(rows: rows, asJSON: json) { row in
            "\(row.boundAt)  …\(row.lastDigits)  \(row.userID)" + (row.role.map { "  role \($0)" } ?? "")
        }
    }

    private struct Row: Encodable {
        let userID: String
        let role: String?
        let lastDigits: String
        let boundAt: String

        init(_ binding: PhoneNumbers.Binding) {
            userID = binding.user.value
            role = binding.role?.value
            lastDigits = binding.lastDigits
            boundAt = binding.boundAt.timestamp
        }
    }
}

struct RemoveNumber: Command {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Make a number nobody's.")

    @Argument(help: "The number, such as +14155550123.")
    var number: String

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let settings = try await options.settings(for: [.redis, .channels])
        let number = try PhoneNumber(argument: number)
        try await Runtime.withNumbers(settings) { try await $0.remove(number) }
        Terminal.note("the number \(number) belongs to nobody")
    }
}

extension PhoneNumber {
    /// Reads an argument of the command line.
    fileprivate init(argument text: String) throws {
        guard let number = PhoneNumber(text) else {
            throw ValidationError("A number has a plus sign and the country's code, such as +14155550123.")
        }
        self = number
    }
}

extension Roles {
    /// Whether a user may ask in a role; nil stands for the default one.
    fileprivate func has(_ name: RoleName?, _ user: UserID) async throws -> Bool {
        guard let name else { return true }
        do {
            _ = try await role(name, of: user)
            return true
        } catch let error as PolicyAssistantError where error.code == .roleNotFound {
            return false
        }
    }
}

extension Runtime {
    /// Runs `body` with the numbers of users.
    fileprivate static func withNumbers<Result: Sendable>(
        _ settings: Settings,
        _ body: (PhoneNumbers) async throws -> Result
    ) async throws -> Result {
        try await withThreadsRedis(settings) { try await body(PhoneNumbers(redis: $0, key: settings.sms?.numberKey)) }
    }
}
