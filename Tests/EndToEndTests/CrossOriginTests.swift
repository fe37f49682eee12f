import Foundation
import HTTPTypes
import TestSupport
import Testing

@Suite struct CrossOriginTests {
    private static let intranet = "https://intranet.example"
    private static let other = "https://elsewhere.example"

    private func serving(_ origins: String?, _ body: (API) async throws -> Void) async throws {
        let settings = ["AUTH_MODE": "api-key", "CORS_ALLOWED_ORIGINS": origins ?? ""]
        try await withInstallation(documents: Documents.all, settings: settings) { installation, _ in
            try await installation.servingHere(body)
        }
    }

    private func ask(_ api: API, from origin: String) async throws -> API.Reply {
        try await api.send(.get, "/healthz", headers: [.origin: origin])
    }

    private func preflight(_ api: API, from origin: String) async throws -> API.Reply {
        let headers: HTTPFields = [
            .origin: origin, .accessControlRequestMethod: "POST",
            .accessControlRequestHeaders: "authorization, content-type, idempotency-key",
        ]
        return try await api.send(.options, "/chat", headers: headers)
    }

    private func words(_ name: HTTPField.Name, of reply: API.Reply) -> Set<String> {
        Set((reply.headers[name] ?? "").split(separator: ", ").map { $0.lowercased() })
    }

    @Test func noOriginIsAllowedByDefault() async throws {
        try await serving(nil) { api in
            #expect(try await ask(api, from: Self.intranet).headers[.accessControlAllowOrigin] == nil)
            let preflight = try await preflight(api, from: Self.intranet)
            #expect(preflight.status == 401 && preflight.headers[.accessControlAllowOrigin] == nil)
        }
    }

    @Test func listedOriginsMayUseTheRoutes() async throws {
        try await serving("\(Self.intranet), http://localhost:3000") { api in
            for origin in [Self.intranet, "http://localhost:3000"] {
                let allowed = try await preflight(api, from: origin)
                #expect(allowed.status == 204 && allowed.body.isEmpty)
                #expect(allowed.headers[.accessControlAllowOrigin] == origin)
                #expect(allowed.headers[.accessControlAllowCredentials] == "true")
                #expect(allowed.headers[.accessControlMaxAge] == "3600")
                #expect(words(.accessControlAllowMethods, of: allowed) == ["delete", "get", "post", "put"])
                let sent: Set = ["authorization", "content-type", "idempotency-key", "last-event-id", "x-request-id"]
                #expect(words(.accessControlAllowHeaders, of: allowed).isSuperset(of: sent))
                #expect(words(.vary, of: allowed) == ["origin"])
            }
            // Whoever is refused learns it, and for how long.
            let refused = try await api.send(.get, "/files", headers: [.origin: Self.intranet])
            #expect(refused.status == 401)
            #expect(refused.headers[.accessControlAllowOrigin] == Self.intranet)
            let seen: Set = ["retry-after", "ratelimit", "ratelimit-policy", "x-request-id", "x-turn-id"]
            #expect(words(.accessControlExposeHeaders, of: refused).isSuperset(of: seen))
        }
    }

    @Test func otherOriginsGetNoFields() async throws {
        try await serving(Self.intranet) { api in
            for origin in [Self.other, "null", "\(Self.intranet).evil.example", "http://intranet.example"] {
                for reply in [try await ask(api, from: origin), try await preflight(api, from: origin)] {
                    #expect(reply.headers.allSatisfy { !$0.name.canonicalName.hasPrefix("access-control-") })
                    #expect(words(.vary, of: reply) == ["origin"])
                }
            }
            let own = try await api.send(.get, "/healthz")
            #expect(own.headers[.accessControlAllowOrigin] == nil && words(.vary, of: own) == ["origin"])
        }
    }

    @Test func anyOriginIsAllowedWithoutCookies() async throws {
        try await serving("*") { api in
            for reply in [try await ask(api, from: Self.other), try await preflight(api, from: Self.other)] {
                #expect(reply.headers[.accessControlAllowOrigin] == "*")
                #expect(reply.headers[.accessControlAllowCredentials] == nil)
            }
        }
    }
}
