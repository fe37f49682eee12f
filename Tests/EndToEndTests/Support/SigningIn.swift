import Foundation
import HTTPTypes
import Redis
import TestSupport

/// People who sign in, for tests of what they may then do.
enum SigningIn {
    static let settings = [
        "AUTH_MODE": "jwt", "AUTH_USERS": "redis", "AUTH_JWT_SECRET": "a secret that has more than 32 bytes in it",
    ]
    static let password = "correct horse battery"

    /// Lets somebody sign in whose hash costs next to nothing.
    ///
    /// It is by Python's `hashlib.scrypt`, not by the library that checks it.
    static func add(_ name: String, to server: RedisServer) async throws {
        let hash = "$scrypt$ln=4,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$coHb6LlzckOeOHbDHR6JGt8ViaJ/p4LgT4TcMJHWRUI"
        try await server.withClient { redis in
            let fields = ["scrypt": hash, "generation": "g", "created_at": "2026-11-21T10:00:00Z", "changed_at": "-"]
            _ = try await redis.send(.hset("user:\(name)", fields))
        }
    }
}

extension API {
    /// What a sign-in left in a caller's hands.
    struct SignedIn: Decodable {
        let token: String
        let tokenType: String
        let expiresIn: Int
        let userId: String
        let csrfToken: String

        var bearer: HTTPFields { [.authorization: "Bearer \(token)"] }
    }

    func login(_ name: String, _ password: String, headers: HTTPFields = [:]) async throws -> Reply {
        let body = try JSONEncoder().encode(["username": name, "password": password])
        return try await send(.post, "/login", body: String(decoding: body, as: UTF8.self), headers: headers)
    }

    /// Signs somebody in, and demands that it works.
    func signIn(_ name: String, _ password: String = SigningIn.password) async throws -> (SignedIn, cookie: String) {
        let reply = try await login(name, password)
        guard reply.status == 200, let cookie = reply.headers[.setCookie] else {
            throw UnexpectedReply(status: reply.status, body: String(decoding: reply.body, as: UTF8.self))
        }
        return (try reply.decoded(), String(cookie.prefix { $0 != ";" }))
    }
}

extension HTTPFields {
    /// Returns the fields with one more, or as they are where it has no value.
    func with(_ name: String, _ value: String?) -> HTTPFields {
        var fields = self
        if let name = HTTPField.Name(name) { fields[name] = value }
        return fields
    }
}
