import Redis
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct SignInTests {
    private let password = "correct horse battery"

    private func withSignIn(_ body: (SignIn, RedisClient) async throws -> Void) async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let signIn = SignIn(redis: redis, hasher: PasswordHasher(cost: .light))
                try await signIn.accounts.add(UserName("ana"), password: password)
                try await body(signIn, redis)
            }
        }
    }

    private func session(_ signIn: SignIn, _ password: String, as name: String = "ana") async throws -> Session? {
        try await signIn.begin(name: name, password: password, from: "192.0.2.1")
    }

    /// Tries names with a wrong password, which has to be let in and found wrong.
    private func fail(_ signIn: SignIn, as names: some Sequence<String>) async throws {
        for name in names { #expect(try await refusal(signIn, name, "wrong") == nil, "\(name)") }
    }

    /// Returns the refusal of an attempt; nil where there was none.
    private func refusal(
        _ signIn: SignIn,
        _ name: String,
        _ password: String,
        from address: String = "192.0.2.1"
    ) async throws -> PolicyAssistantError? {
        do {
            _ = try await signIn.begin(name: name, password: password, from: address)
            return nil
        } catch let error as PolicyAssistantError {
            return error
        }
    }

    @Test func opensToTheRightPasswordAndNoOther() async throws {
        try await withSignIn { signIn, _ in
            let session = try #require(try await session(signIn, password))
            #expect(session.user.value == "ana")
            #expect(try await signIn.sessions.isOpen(session))
            #expect(try await self.session(signIn, password, as: "  ANA ")?.user.value == "ana")
            for (name, wrong) in [
                ("ana", "correct horse"), ("ana", ""), ("ben", password), ("", password), ("a\0b", "x"),
            ] {
                #expect(try await self.session(signIn, wrong, as: name) == nil, "\(name) \(wrong)")
            }
        }
    }

    @Test func opensHoweverTheSameLettersAreTyped() async throws {
        try await withSignIn { signIn, _ in
            let (composed, decomposed) = ("zo\u{EB}", "Zoe\u{308}")
            try await signIn.accounts.add(UserName(decomposed), password: "correct horse \(decomposed)")
            let first = try await session(signIn, "correct horse Zo\u{EB}", as: composed)
            #expect(first?.user == (try UserID(composed)))
            try await signIn.accounts.changePassword(of: UserName(composed), to: "another horse \(composed)")
            let second = try #require(try await session(signIn, "another horse zoe\u{308}", as: decomposed))
            #expect(try await signIn.sessions.isOpen(second))
            #expect(try await signIn.accounts.list().count == 2)
        }
    }

    @Test func aSessionIsItsUsersAlone() async throws {
        try await withSignIn { signIn, _ in
            try await signIn.accounts.add(UserName("ben"), password: password)
            let session = try #require(try await session(signIn, password))
            #expect(try await !signIn.sessions.isOpen(Session(id: session.id, user: UserID("ben"))))
            #expect(try await !signIn.sessions.isOpen(Session(id: "unknown", user: UserID("ana"))))
            #expect(try await !signIn.sessions.isOpen(Session(id: session.id, user: UserID("ANA"))))
        }
    }

    @Test func aSessionEndsWithItsOwnEndAndNoOthers() async throws {
        try await withSignIn { signIn, redis in
            let first = try #require(try await session(signIn, password))
            let second = try #require(try await session(signIn, password))
            try await signIn.sessions.end(first)
            #expect(try await !signIn.sessions.isOpen(first))
            #expect(try await signIn.sessions.isOpen(second))
            let life = try await redis.send(RedisCommand("PTTL", ["session:\(second.id)"])).integer ?? 0
            #expect((86_000_000...86_400_000).contains(life))
        }
    }

    @Test func aNewPasswordEndsAllSessions() async throws {
        try await withSignIn { signIn, _ in
            let session = try #require(try await session(signIn, password))
            try await signIn.accounts.changePassword(of: UserName("ana"), to: "another good password")
            #expect(try await !signIn.sessions.isOpen(session))
            #expect(try await self.session(signIn, password) == nil)
            #expect(try await self.session(signIn, "another good password") != nil)
        }
    }

    @Test func whoIsRemovedAndAddedAgainHasNoSessionsOfBefore() async throws {
        try await withSignIn { signIn, _ in
            let session = try #require(try await session(signIn, password))
            try await signIn.accounts.remove(UserName("ana"))
            #expect(try await !signIn.sessions.isOpen(session))
            #expect(try await self.session(signIn, password) == nil)
            try await signIn.accounts.add(UserName("ana"), password: password)
            #expect(try await !signIn.sessions.isOpen(session))
        }
    }

    @Test(arguments: ["ana", "nobody"])
    func fiveFailuresHoldUpANameWhetherSomebodyHasItOrNot(_ name: String) async throws {
        try await withSignIn { signIn, redis in
            try await fail(signIn, as: repeatElement(name, count: 5))
            let refused = try #require(try await refusal(signIn, name, "wrong"))
            #expect(refused.code == .tooManyAttempts)
            let wait = try #require(refused.retryAfter)
            #expect(wait > .seconds(200) && wait <= .seconds(301))
            #expect(
                try await refusal(signIn, name.uppercased(), password)?.code == .tooManyAttempts,
                "the right one too"
            )
            #expect(try await refusal(signIn, name, password, from: "192.0.2.2")?.code == .tooManyAttempts)
            let keys = try await redis.keys(withPrefix: "signin:")
            #expect(keys.count == 2 && !keys.contains { $0.name.contains(name) })
            for key in keys {
                #expect(try await redis.send(RedisCommand("PTTL", [key.name])).integer ?? 0 > 0, "\(key.name)")
            }
        }
    }

    @Test func attemptsAtOnceAreNoWayRound() async throws {
        try await withSignIn { signIn, _ in
            let letIn = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<20 { group.addTask { try await refusal(signIn, "ana", "wrong") == nil } }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(letIn == 5)
        }
    }

    @Test func theRightPasswordMakesEarlierFailuresForgotten() async throws {
        try await withSignIn { signIn, redis in
            for _ in 0..<3 {
                try await fail(signIn, as: repeatElement("ana", count: 4))
                #expect(try await session(signIn, password) != nil)
            }
            #expect(try await redis.keys(withPrefix: "signin:name:").isEmpty)
        }
    }

    @Test func aNewPasswordEndsTheWait() async throws {
        try await withSignIn { signIn, _ in
            try await fail(signIn, as: repeatElement("ana", count: 5))
            try await signIn.accounts.changePassword(of: UserName("ana"), to: "another good password")
            #expect(try await session(signIn, "another good password") != nil)
        }
    }

    @Test func anAddressThatTriesManyNamesIsHeldUp() async throws {
        try await withSignIn { signIn, _ in
            try await fail(signIn, as: (0..<50).map { "user \($0)" })
            #expect(try await refusal(signIn, "ana", password)?.code == .tooManyAttempts)
            #expect(try await refusal(signIn, "ana", password, from: "192.0.2.2") == nil)
        }
    }

    @Test func whoHasAnAccountGetsNoMoreAttemptsByUsingIt() async throws {
        try await withSignIn { signIn, _ in
            for round in 0..<5 {
                try await fail(signIn, as: (0..<10).map { "user \(round) \($0)" })
                if round < 4 { #expect(try await session(signIn, password) != nil) }
            }
            #expect(try await refusal(signIn, "ana", password)?.code == .tooManyAttempts)
        }
    }

    @Test func everyAttemptCostsAHashAndIsHeldAgainstNobodyWhereNoneCouldBeMade() async throws {
        try await withSignIn { _, redis in
            // Nobody gets into a line that is full from the start.
            let signIn = SignIn(redis: redis, hasher: PasswordHasher(cost: .light, width: 0, longestLine: 0))
            for name in ["ana", "nobody", "", "a\0b"] {
                for _ in 0..<6 {
                    let refused = try #require(try await refusal(signIn, name, password), "\(name)")
                    #expect(refused.code == .signInBusy && refused.retryAfter != nil, "\(name)")
                }
            }
            #expect(try await redis.keys(withPrefix: "signin:").isEmpty)
        }
    }

    @Test func redisAwayIsNoWrongPassword() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let signIn = SignIn(redis: redis, hasher: PasswordHasher(cost: .light))
                await server.stop()
                let refused = try await refusal(signIn, "ana", password)
                #expect(refused?.code == .storeUnavailable)
            }
        }
    }
}
