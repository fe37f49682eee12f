internal import HTTPTypes
internal import PolicyAssistant

extension RoleRoutes {
    static let name = Parameter.path(
        "name",
        .roleName,
        "The role's name.",
        example: "Teacher"
    )

    private var user: Parameter {
        .query(
            "user_id",
            .user,
            isUserRequired ? "The user." : "The user. Optional if the credentials belong to a user.",
            example: "ana",
            isRequired: isUserRequired
        )
    }

    /// The body of a user's own role.
    static let body = JSONBody(
        schema: .named("OwnRole", .object(RoleRequest.textProperty)),
        examples: [("teacher", RoleRequest(text: RoleBody.example.text))],
        maximumBytes: 16 * 1024
    )

    /// The body of a shared role.
    static let sharedBody = JSONBody(
        schema: .named(
            "SharedRole",
            .object(
                RoleRequest.textProperty,
                .omittable(
                    "model",
                    .string(1...Role.maximumModelCharacters),
                    "The model that answers in this role; without one, the usual model."
                )
            )
        ),
        examples: [("teacher", RoleRequest(text: RoleBody.example.text))],
        maximumBytes: 16 * 1024
    )

    var listing: Operation {
        Operation(
            method: .get,
            path: "/roles",
            id: "list-roles",
            tag: .roles,
            summary: "List the roles in which a user may ask",
            details: """
                The default role comes first, then the user's own, then the shared ones. A user's own role comes before a shared \
                one of the same name.
                """,
            access: .caller,
            parameters: [user],
            replies: [.json(RolesBody.self, "The roles.")],
            problems: Self.aboutUsers
        )
    }

    var showing: Operation {
        Operation(
            method: .get,
            path: "/roles/{name}",
            id: "show-role",
            tag: .roles,
            summary: "Show the role that a name stands for",
            access: .caller,
            parameters: [Self.name, user],
            replies: [.json(RoleBody.self, "The role.")],
            problems: Self.aboutUsers + Self.aboutRoles
        )
    }

    var saving: Operation {
        Operation(
            method: .put,
            path: "/roles/{name}",
            id: "save-role",
            tag: .roles,
            summary: "Write a role of the user's own",
            details: """
                The next question in this role has the new text, in a new thread: what was said under the old text is deleted. \
                A role is a wish about tone and audience. It does not change the documents, the sources or the refusals.
                """,
            access: .caller,
            parameters: [Self.name, user],
            body: Self.body.description,
            replies: Self.saved,
            problems: Self.aboutUsers + Self.body.problems + Self.aboutNumbers
        )
    }

    var deleting: Operation {
        Operation(
            method: .delete,
            path: "/roles/{name}",
            id: "delete-role",
            tag: .roles,
            summary: "Delete a role of the user's own",
            details: "Deletes its thread, and what is remembered in it, as well.",
            access: .caller,
            parameters: [Self.name, user],
            replies: [.noContent("The role is deleted.")],
            problems: Self.aboutUsers + Self.aboutRoles
        )
    }

    static let sharing = Operation(
        method: .put,
        path: "/shared-roles/{name}",
        id: "share-role",
        tag: .roles,
        summary: "Write a role that all users may ask in",
        access: .administrator,
        parameters: [name],
        body: sharedBody.description,
        replies: saved,
        problems: sharedBody.problems + aboutNumbers + [.storeUnavailable, ProblemKind(.notFound)]
    )

    static let unsharing = Operation(
        method: .delete,
        path: "/shared-roles/{name}",
        id: "unshare-role",
        tag: .roles,
        summary: "Delete a shared role",
        details: "Deletes the threads of all users in it as well; upstream, within some minutes.",
        access: .administrator,
        parameters: [name],
        replies: [.noContent("The role is deleted.")],
        problems: aboutRoles + [.storeUnavailable, .invalidField("The name of a role must have one line.")]
    )

    private static let saved: [Reply] = [
        .json(RoleBody.self, "The role, whose text is new."),
        .json(RoleBody.self, "The role, which is new.", status: .created),
    ]
    private static let aboutUsers: [ProblemKind] = [
        ProblemKind(.userMismatch), .invalidField("user_id is missing."), .storeUnavailable,
    ]
    private static let aboutRoles: [ProblemKind] = [
        ProblemKind(.notFound), ProblemKind(.roleNotFound, "There is no role of this name."),
    ]
    private static let aboutNumbers: [ProblemKind] = [
        ProblemKind(.tooManyRoles, "There are as many roles as may be.")
    ]
}
