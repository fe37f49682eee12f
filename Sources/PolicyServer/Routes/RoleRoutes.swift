internal import Hummingbird
internal import PolicyAssistant

/// `/roles`: the roles in which a user may ask, and the user's own; `/shared-roles`: those that administrators share.
struct RoleRoutes: Sendable {
    let assistant: Assistant

    /// Whether a request has to name its user.
    var isUserRequired: Bool { assistant.settings.authentication.mode == "none" }

    var routes: [Route] {
        [
            Route(listing, list),
            Route(showing, show),
            Route(saving, save),
            Route(deleting, delete),
            Route(Self.sharing, share),
            Route(Self.unsharing, unshare),
        ]
    }

    @Sendable private func list(_ request: Request, _ context: APIContext) async throws -> Response {
        let user = try context.identity.user(claimed: request.claimedUser)
        let roles = try await assistant.roles.available(to: user)
        // The thread without a role comes first.
        let threads = try await assistant.threads.haveThreads(of: user, in: [nil] + roles)
        return try .json(
            RolesBody(
                roles: zip(roles, threads.dropFirst()).map { RoleBody($0, hasThread: $1) },
                hasThread: threads[0]
            )
        )
    }

    @Sendable private func show(_ request: Request, _ context: APIContext) async throws -> Response {
        let user = try context.identity.user(claimed: request.claimedUser)
        return try .json(RoleBody(try await assistant.roles.role(try name(context), of: user)))
    }

    @Sendable private func save(_ request: Request, _ context: APIContext) async throws -> Response {
        let user = try context.identity.user(claimed: request.claimedUser)
        var request = request
        let body = try await Self.body.decode(from: &request, context)
        return try await save(try Role(name: try name(context), text: body.text, scope: .own), of: user)
    }

    @Sendable private func share(_ request: Request, _ context: APIContext) async throws -> Response {
        try context.identity.requireAdmin()
        var request = request
        let body = try await Self.sharedBody.decode(from: &request, context)
        return try await save(
            try Role(name: try name(context), text: body.text, scope: .shared, model: body.model),
            of: nil
        )
    }

    private func save(_ role: Role, of user: UserID?) async throws -> Response {
        let isNew = try await assistant.roles.save(role, of: user)
        return try .json(RoleBody(role), status: isNew ? .created : .ok)
    }

    @Sendable private func delete(_ request: Request, _ context: APIContext) async throws -> Response {
        let user = try context.identity.user(claimed: request.claimedUser)
        try await assistant.deleteRole(try name(context), of: user)
        return Response(status: .noContent)
    }

    @Sendable private func unshare(_ request: Request, _ context: APIContext) async throws -> Response {
        try context.identity.requireAdmin()
        try await assistant.deleteSharedRole(try name(context))
        return Response(status: .noContent)
    }

    /// The name in the path; one that no role can have is not found.
    private func name(_ context: APIContext) throws -> RoleName {
        try RoleName(context.value(of: Self.name), field: "name")
    }
}

extension Request {
    /// The user that the query names.
    var claimedUser: String? { uri.queryParameters["user_id"].map(String.init) }

    /// The role that the query names.
    var claimedRole: String? { uri.queryParameters["role"].map(String.init) }
}

extension Assistant {
    /// Returns the role that a request names.
    ///
    /// - Parameters:
    ///   - name: The name; nil for the default role.
    ///   - user: The user of the request.
    /// - Returns: The role; nil for the default one.
    /// - Throws: `PolicyAssistantError`: there is no such role, its name is invalid, or nobody asks.
    func role(named name: String?, of user: UserID) async throws -> Role? {
        guard let name else { return nil }
        guard user != .anonymous else {
            throw PolicyAssistantError(.invalidField, "A request with a role has to name its user.", field: "user_id")
        }
        return try await roles.role(try RoleName(name), of: user)
    }
}
