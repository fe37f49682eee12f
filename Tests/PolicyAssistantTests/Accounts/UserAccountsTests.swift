import Redis
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct UserAccountsTests {
    private let password = "correct horse battery"

    private func withAccounts(_ body: (UserAccounts, RedisClient) async throws -> Void) async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                try await body(UserAccounts(redis: redis, hasher: PasswordHasher(cost: .light)), redis)
            }
        }
    }

    private func code(_ body: () async throws -> Void) async -> PolicyAssistantError.Code? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? PolicyAssistantError)?.code
        }
    }

    @Test func thePasswordIsKeptNowhere() async throws {
        try await withAccounts { accounts, redis in
            try await accounts.add(UserName("ana"), password: password)
            let fields = try await redis.send(.hgetall("user:ana")).dictionary ?? [:]
            #expect(Set(fields.keys) == ["scrypt", "generation", "created_at", "changed_at"])
            #expect(!fields.values.contains { $0.contains(password) })
            #expect(fields["scrypt"].flatMap(PasswordHash.init) != nil)
        }
    }

    @Test func nobodyIsAddedTwiceNorChangedOrRemovedWithoutBeingThere() async throws {
        try await withAccounts { accounts, redis in
            let (ana, ben) = (try UserName("ana"), try UserName("ben"))
            try await accounts.add(ana, password: password)
            let before = try await redis.send(.hgetall("user:ana"))
            #expect(await code { try await accounts.add(UserName("ANA"), password: password) } == .accountExists)
            #expect(try await redis.send(.hgetall("user:ana")) == before)
            #expect(await code { try await accounts.changePassword(of: ben, to: password) } == .accountNotFound)
            #expect(await code { try await accounts.remove(ben) } == .accountNotFound)
            #expect(try await accounts.list().map(\.name) == [ana])
            try await accounts.remove(ana)
            #expect(try await accounts.list().isEmpty)
            #expect(try await redis.keys(withPrefix: "").isEmpty)
        }
    }

    @Test(arguments: ["", "eleven char", String(repeating: "x", count: 1025)])
    func refusesPasswordsThatAreTooShortOrTooLong(_ password: String) async throws {
        try await withAccounts { accounts, redis in
            let name = try UserName("ana")
            #expect(await code { try await accounts.add(name, password: password) } == .invalidField)
            #expect(try await accounts.list().isEmpty)
        }
    }

    @Test(arguments: [("Ana", "ana"), (" ana.lopez@example.com\u{A0}", "ana.lopez@example.com"), ("ÄNNE", "änne")])
    func namesAreInSmallLettersWithoutSpaceAroundThem(_ typed: String, _ name: String) throws {
        #expect(try UserName(typed).value == name)
    }

    @Test func oneNameMayBeTypedInSeveralWays() throws {
        for typed in ["Zo\u{EB}", "Zoe\u{308}", "ZO\u{CB}"] {
            #expect(Array(try UserName(typed).value.utf8) == Array("zo\u{EB}".utf8))
            #expect(try UserName(typed) == UserName("zoe\u{308}"))
        }
    }

    @Test(arguments: ["", "   ", "two\nlines", "nul\0", String(repeating: "x", count: 129)])
    func refusesWhatIsNoName(_ typed: String) {
        #expect(throws: PolicyAssistantError.self) { try UserName(typed) }
    }
}
