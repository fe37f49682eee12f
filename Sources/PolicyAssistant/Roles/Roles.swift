internal import FoundationEssentials
public import Redis

/// The roles that users may ask in: their own, those that administrators share, and the one of the settings.
///
/// A user's own role comes before a shared one of the same name.
public struct Roles: Sendable {
    /// The most roles of a user.
    public static let maximumOwn = 20
    /// The most roles that are shared.
    public static let maximumShared = 100

    /// The role of questions that name none; nil without one.
    public let standard: Role?
    private let redis: RedisClient

    /// Creates the roles on a client of the threads database.
    ///
    /// - Parameters:
    ///   - redis: The client.
    ///   - standard: The role of questions that name none.
    public init(redis: RedisClient, standard: Role?) {
        self.redis = redis
        self.standard = standard
    }

    /// Returns the roles that a user may ask in, by name: the default one first, then the user's own, then the shared ones.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func available(to user: UserID) async throws -> [Role] {
        let hashes = try await redis.ask([.hgetall(RedisKey.roles(of: user).name), .hgetall(RedisKey.sharedRoles.name)])
        let own = Self.roles(in: hashes[0], .own)
        let names = Set(own.map(\.name))
        let shared = Self.roles(in: hashes[1], .shared).filter { !names.contains($0.name) }
        return [standard].compactMap(\.self) + own + shared
    }

    /// Returns the role that a name stands for when a user asks, in one round trip.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `roleNotFound` or `storeUnavailable`.
    public func role(_ name: RoleName, of user: UserID) async throws -> Role {
        let replies = try await redis.ask([
            .hget(RedisKey.roles(of: user).name, name.value), .hget(RedisKey.sharedRoles.name, name.value),
        ])
        if let own = Self.role(name, replies[0].string, .own) { return own }
        if let shared = Self.role(name, replies[1].string, .shared) { return shared }
        if let standard, standard.name == name { return standard }
        throw PolicyAssistantError.noRole
    }

    /// Returns a shared role.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `roleNotFound` or `storeUnavailable`.
    public func shared(_ name: RoleName) async throws -> Role {
        let content = try await redis.ask(.hget(RedisKey.sharedRoles.name, name.value)).string
        guard let role = Self.role(name, content, .shared) else { throw PolicyAssistantError.noRole }
        return role
    }

    /// Whether a user has a role of this name.
    func hasOwn(_ name: RoleName, _ user: UserID) async throws -> Bool {
        try await redis.ask(.hget(RedisKey.roles(of: user).name, name.value)).string != nil
    }

    /// Writes a role; questions have it from the next one on.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - user: The user whose own it is; nil for a shared one.
    /// - Returns: Whether it is new.
    /// - Throws: ``PolicyAssistantError`` with the code `tooManyRoles` or `storeUnavailable`.
    public func save(_ role: Role, of user: UserID?) async throws -> Bool {
        let call = RoleScripts.save(
            role.name,
            try Content(text: role.text, model: role.model).json,
            in: Self.key(user),
            upTo: user == nil ? Self.maximumShared : Self.maximumOwn
        )
        switch try await redis.run(call) {
        case .created: return true
        case .replaced: return false
        case .full:
            throw PolicyAssistantError(
                .tooManyRoles,
                "There are as many roles as may be. Delete one that is not needed."
            )
        }
    }

    /// Makes sure that there is a shared role, and lets a model answer in it.
    ///
    /// - Parameters:
    ///   - name: The role's name.
    ///   - text: Its text, unless there is such a role.
    ///   - model: The model, such as one that was trained for the role; nil leaves it as it is.
    /// - Throws: ``PolicyAssistantError`` with the code `invalidField`, `tooManyRoles` or `storeUnavailable`.
    func provide(shared name: RoleName, text: String, model: String? = nil) async throws {
        var role: Role
        do {
            role = try await shared(name)
            guard model != nil else { return }
        } catch let error as PolicyAssistantError where error.code == .roleNotFound {
            role = try Role(name: name, text: text, scope: .shared)
        }
        role.model = model ?? role.model
        _ = try await save(role, of: nil)
    }

    /// Deletes a shared role that was made with a text, if it still has that text and no model of its own.
    func withdraw(shared name: RoleName, unlessChangedFrom text: String) async throws {
        do {
            let role = try await shared(name)
            if role.text == text, role.model == nil { try await delete(name, of: nil) }
        } catch let error as PolicyAssistantError where error.code == .roleNotFound {
            // It is gone already.
        }
    }

    /// Lets the shared roles in which a model answers be answered by the assistant's model.
    ///
    /// - Parameter model: The model.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func withdraw(model: String) async throws {
        let roles = Self.roles(in: try await redis.ask(.hgetall(RedisKey.sharedRoles.name)), .shared)
        for var role in roles where role.model == model {
            role.model = nil
            _ = try await save(role, of: nil)
        }
    }

    /// Deletes a role.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - user: The user whose own it is; nil for a shared one.
    /// - Throws: ``PolicyAssistantError`` with the code `roleNotFound` or `storeUnavailable`.
    func delete(_ name: RoleName, of user: UserID?) async throws {
        guard try await redis.ask(.hdel(Self.key(user).name, [name.value])).integer == 1 else {
            throw PolicyAssistantError.noRole
        }
    }

    private static func key(_ user: UserID?) -> RedisKey { user.map { .roles(of: $0) } ?? .sharedRoles }

    // MARK: Records

    /// The JSON of a role.
    private struct Content: Codable {
        let text: String
        let model: String?

        var json: String {
            get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
        }
    }

    private static func roles(in hash: RedisValue, _ scope: Role.Scope) -> [Role] {
        (hash.dictionary ?? [:]).compactMap { role(RoleName(recorded: $0.key), $0.value, scope) }
            .sorted { $0.name.value < $1.name.value }
    }

    private static func role(_ name: RoleName, _ content: String?, _ scope: Role.Scope) -> Role? {
        guard let content, let read = try? JSONDecoder().decode(Content.self, from: Data(content.utf8)) else {
            return nil
        }
        return Role(recorded: name, text: read.text, scope: scope, model: read.model)
    }
}

extension PolicyAssistantError {
    static let noRole = PolicyAssistantError(
        .roleNotFound,
        "There is no role of this name. GET /roles lists those there are.",
        field: "role"
    )
}
