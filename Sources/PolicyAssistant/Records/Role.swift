/// A wish about the tone of answers and whom they address, such as “a patient teacher”.
///
/// It follows the assistant's instructions and cannot change them: not the documents, not the sources, and not the refusals.
public struct Role: Sendable, Hashable {
    /// The longest text, in Unicode scalars.
    public static let maximumTextCharacters = 200
    /// The longest name of a model, in Unicode scalars.
    public static let maximumModelCharacters = 200

    /// Whose a role is.
    public enum Scope: String, Sendable, Hashable, CaseIterable {
        /// The one of the settings, which questions have that name no role.
        case `default`
        /// One that administrators share with all users.
        case shared
        /// One of a single user.
        case own
        /// One that a single question brings with it, and that is kept nowhere.
        case unnamed
    }

    /// The name; that of a role that is kept nowhere is empty.
    public var name: RoleName
    /// What the assistant shall be.
    public var text: String
    /// Whose it is.
    public var scope: Scope
    /// The model that answers in this role; nil for the usual one.
    public var model: String?

    /// Checks a role.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `invalidField` where the text has no visible character or is longer
    ///   than ``maximumTextCharacters``, or the model's name is empty or longer than ``maximumModelCharacters``.
    public init(name: RoleName, text: String, scope: Scope, model: String? = nil) throws(PolicyAssistantError) {
        if let model, !(1...Self.maximumModelCharacters).contains(model.unicodeScalars.count) {
            throw PolicyAssistantError(
                .invalidField,
                "The name of a model must have from 1 to \(Self.maximumModelCharacters) characters.",
                field: "model"
            )
        }
        self.name = name
        self.text = try Self.checked(text)
        self.scope = scope
        self.model = model
    }

    /// Checks a role that a question brings with it.
    ///
    /// - Throws: ``PolicyAssistantError`` as ``init(name:text:scope:model:)``.
    public init(unnamed text: String) throws(PolicyAssistantError) {
        try self.init(name: RoleName(recorded: ""), text: text, scope: .unnamed)
    }

    private static func checked(_ text: String) throws(PolicyAssistantError) -> String {
        let scalars = text.unicodeScalars
        guard scalars.count <= maximumTextCharacters, scalars.contains(where: { !$0.properties.isWhitespace }) else {
            throw PolicyAssistantError(
                .invalidField,
                "The text of a role must have from 1 to \(maximumTextCharacters) characters.",
                field: "text"
            )
        }
        return text
    }
}

extension Role {
    /// Creates a role from a record, without checking it.
    init(recorded name: RoleName, text: String, scope: Scope, model: String?) {
        (self.name, self.text, self.scope, self.model) = (name, text, scope, model)
    }

    /// What tells the threads of a user's roles apart; nil for the default role, whose thread is the user's own.
    var key: RoleKey? {
        switch scope {
        case .default: nil
        case .shared, .own: RoleKey(of: name)
        case .unnamed: .unnamed
        }
    }

    /// What a thread records of the text of its role: a thread of another text is not used.
    var fingerprint: String { String(ContentHash.of(text).prefix(RoleKey.length)) }
}

/// A part of keys in Redis that tells the roles of a user apart: letters and digits of a fixed number.
struct RoleKey: Sendable, Hashable {
    static let length = 32

    let value: String

    init(of name: RoleName) {
        value = String(ContentHash.of("name:\(name.value)").prefix(Self.length))
    }

    /// That of all roles that questions bring with them: a user has one thread for them, which each other text replaces.
    static let unnamed = RoleKey(recorded: String(repeating: "0", count: length))

    /// Creates a key from a recorded one, without checking it.
    init(recorded value: String) {
        self.value = value
    }
}

/// Whose a thread is: a user, in one of the user's roles.
struct ThreadOwner: Sendable, Hashable {
    let user: UserID
    /// The role; nil for the default one.
    var role: RoleKey?
}
