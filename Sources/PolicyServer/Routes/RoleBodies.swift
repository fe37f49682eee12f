internal import PolicyAssistant

/// The body of a request that writes a role.
struct RoleRequest: Codable, Sendable {
    var text: String
    /// Of shared roles only.
    var model: String?

    static let textProperty = Schema.Property.required(
        "text",
        .string(1...Role.maximumTextCharacters, pattern: #"\S"#),
        "What the assistant shall be: a wish about tone and audience."
    )
}

/// A role.
struct RoleBody: Encodable {
    let name: String
    let text: String
    let scope: String
    let model: String?
    /// Whether the user has a thread in the role; in lists only.
    let hasThread: Bool?

    private enum CodingKeys: String, CodingKey {
        case name, text, scope, model
        case hasThread = "has_thread"
    }
}

extension RoleBody {
    init(_ role: Role, hasThread: Bool? = nil) {
        self.init(
            name: role.name.value,
            text: role.text,
            scope: role.scope.rawValue,
            model: role.model,
            hasThread: hasThread
        )
    }
}

extension RoleBody: Described {
    static let schema = Schema.named(
        "Role",
        .object(
            .required("name", .string, "The name, by which questions name the role."),
            .required("text", .string, "What the assistant shall be."),
            .required(
                "scope",
                .choice([Role.Scope.default, .shared, .own].map(\.rawValue)),
                "`default`: of questions that name no role. `shared`: of all users. `own`: of one user."
            ),
            .optional("model", .string, "The model that answers in this role."),
            .optional("has_thread", .boolean, "In lists: whether the user has a thread in this role.")
        ),
        "A role in which questions are answered."
    )

    static let example = RoleBody(
        name: "Teacher",
        text: "You are a patient teacher who explains each rule with an example.",
        scope: Role.Scope.own.rawValue,
        model: nil,
        hasThread: nil
    )
}

/// The roles of a user.
struct RolesBody: Encodable {
    let roles: [RoleBody]
    let hasThread: Bool

    private enum CodingKeys: String, CodingKey {
        case roles
        case hasThread = "has_thread"
    }
}

extension RolesBody: Described {
    static let schema = Schema.named(
        "Roles",
        .object(
            .required("roles", .array(of: RoleBody.schema), "The roles."),
            .required("has_thread", .boolean, "Whether the user has a thread in the default role, or without one.")
        ),
        "The roles in which a user may ask."
    )

    static let example = RolesBody(roles: [.example], hasThread: true)
}
