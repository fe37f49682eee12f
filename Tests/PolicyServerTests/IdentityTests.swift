import Testing

@testable import PolicyAssistant
@testable import PolicyServer

@Suite struct IdentityTests {
    private static func key(admin: Bool = false, user: String? = nil) throws -> Identity {
        .key(
            APIKey(
                id: "0123456789abcdef",
                name: "test",
                isAdmin: admin,
                user: try user.map { name throws(PolicyAssistantError) in try UserID(name) },
                createdAt: nil,
                lastCharacters: "abcd"
            )
        )
    }

    private static func session(_ user: String) throws -> Identity {
        .session(Session(id: "0123456789abcdef", user: try UserID(user)))
    }

    /// What a decision came to: a user's name, or the code of the refusal.
    private func outcome(_ body: () throws -> String) -> String {
        do {
            return try body()
        } catch {
            return Problem(error).code
        }
    }

    @Test func actsAsTheAuthenticatedUser() throws {
        let cases: [(Identity, claimed: String?, expected: String)] = [
            (.anyone, "ana", "ana"), (.anyone, nil, "invalid_field"), (.anyone, "", "invalid_field"),
            (.user(try UserID("ana")), nil, "ana"), (.user(try UserID("ana")), "ana", "ana"),
            (.user(try UserID("ana")), "ben", "user_mismatch"), (.user(try UserID("ana")), "", "user_mismatch"),
            (try Self.session("ana"), nil, "ana"), (try Self.session("ana"), "ana", "ana"),
            (try Self.session("ana"), "ben", "user_mismatch"),
            (try Self.session("zo\u{EB}"), "zoe\u{308}", "user_mismatch"),
            (try Self.key(), "ben", "ben"), (try Self.key(), nil, "invalid_field"),
            (try Self.key(user: "ana"), nil, "ana"), (try Self.key(user: "ana"), "ben", "user_mismatch"),
            (try Self.key(admin: true), "ben", "ben"), (try Self.key(admin: true, user: "ana"), "ben", "user_mismatch"),
            (.unknown, "ana", "unauthorized"), (.unknown, nil, "unauthorized"),
        ]
        for (identity, claimed, expected) in cases {
            #expect(outcome { try identity.user(claimed: claimed).value } == expected)
        }
    }

    @Test func anonymousUserIsOnlyForCallersWithoutAUser() throws {
        let cases: [(Identity, claimed: String?, expected: UserID)] = [
            (.anyone, nil, .anonymous), (.anyone, "ana", try UserID("ana")), (try Self.key(), nil, .anonymous),
            (.user(try UserID("ana")), nil, try UserID("ana")), (try Self.key(user: "ana"), nil, try UserID("ana")),
        ]
        for (identity, claimed, expected) in cases {
            #expect(try identity.user(claimed: claimed, orElse: .anonymous) == expected)
        }
        #expect(outcome { try Identity.anyone.user(claimed: "", orElse: .anonymous).value } == "invalid_field")
        #expect(outcome { try Identity.unknown.user(claimed: nil, orElse: .anonymous).value } == "unauthorized")
    }

    @Test func anonymousTurnsAreForCallersWithoutAUser() throws {
        let cases: [(Identity, String)] = [
            (.anyone, "allowed"), (try Self.key(), "allowed"), (try Self.key(user: "ana"), "forbidden"),
            (.user(try UserID("ana")), "forbidden"), (.unknown, "unauthorized"),
        ]
        for (identity, expected) in cases {
            let found = outcome {
                try identity.requireAccess(toTurnOf: .anonymous)
                return "allowed"
            }
            #expect(found == expected)
        }
    }

    @Test func threadsAreForTheirUserAndAdministrators() throws {
        let ana = try UserID("ana")
        let cases: [(Identity, String)] = [
            (.anyone, "allowed"), (.unknown, "unauthorized"), (.user(ana), "allowed"),
            (.user(try UserID("ben")), "forbidden"), (try Self.key(), "forbidden"),
            (try Self.session("ana"), "allowed"), (try Self.session("ben"), "forbidden"),
            (try Self.key(user: "ana"), "allowed"), (try Self.key(user: "ben"), "forbidden"),
            (try Self.key(admin: true), "allowed"), (try Self.key(admin: true, user: "ben"), "allowed"),
        ]
        for (identity, expected) in cases {
            let found = outcome {
                try identity.requireAccess(toThreadOf: ana)
                return "allowed"
            }
            #expect(found == expected)
        }
    }

    @Test func turnsAreForCallersWhoCanActAsTheirUser() throws {
        let ana = try UserID("ana")
        let cases: [(Identity, String)] = [
            (.anyone, "allowed"), (.unknown, "unauthorized"), (.user(ana), "allowed"),
            (.user(try UserID("ben")), "forbidden"), (try Self.key(), "allowed"),
            (try Self.key(user: "ana"), "allowed"), (try Self.key(user: "ben"), "forbidden"),
            (try Self.key(admin: true, user: "ben"), "allowed"),
        ]
        for (identity, expected) in cases {
            let found = outcome {
                try identity.requireAccess(toTurnOf: ana)
                return "allowed"
            }
            #expect(found == expected)
        }
    }

    @Test func administrationNeedsAnAdministrator() throws {
        let cases: [(Identity, String)] = [
            (.anyone, "allowed"), (.unknown, "unauthorized"), (.user(try UserID("ana")), "forbidden"),
            (try Self.session("ana"), "forbidden"), (try Self.key(), "forbidden"),
            (try Self.key(admin: true), "allowed"),
        ]
        for (identity, expected) in cases {
            let found = outcome {
                try identity.requireAdmin()
                return "allowed"
            }
            #expect(found == expected)
        }
    }

    @Test(arguments: [
        ("Bearer abc.def-_9", "abc.def-_9"), ("bearer abc", "abc"), ("BEARER  abc", "abc"), ("Bearer", nil),
        ("Bearer ", nil), ("Basic abc", nil), ("Bearer a b", nil), ("Bearer a, Bearer b", nil), ("Bearer a\u{7F}", nil),
        ("Bearer é", nil), (nil, nil), ("Bearer " + String(repeating: "a", count: 17_000), nil),
    ])
    func acceptsOnlyOneBearerCredential(_ header: String?, _ word: String?) {
        #expect(RequestAuthenticator.bearer(header) == word)
    }
}
