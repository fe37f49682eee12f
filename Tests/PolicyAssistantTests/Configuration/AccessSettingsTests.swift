import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct AccessSettingsTests {
    private let secret = "a secret that has more than 32 bytes in it"

    @Test func byDefaultAnyoneOnThisMachineMayCallAtAModestRate() async throws {
        let settings = try await readSettings()
        #expect(settings.authentication.mode == "none")
        #expect(settings.rateLimits == RateLimits(perUser: 60, total: 0))
        #expect(settings.maximumConnections == 10_000)
        #expect(settings.callerTimeout == .seconds(30))
    }

    @Test func readsLimits() async throws {
        let settings = try await readSettings([
            "RATE_LIMIT_PER_MINUTE": "0", "RATE_LIMIT_TOTAL_PER_MINUTE": "600", "MAX_CONNECTIONS": "5",
            "CALLER_TIMEOUT_SECONDS": "7",
        ])
        #expect(settings.rateLimits == RateLimits(perUser: 0, total: 600))
        #expect(settings.maximumConnections == 5)
        #expect(settings.callerTimeout == .seconds(7))
        #expect(
            try await settingsFaults([
                "RATE_LIMIT_PER_MINUTE": "-1", "MAX_CONNECTIONS": "0", "CALLER_TIMEOUT_SECONDS": "0",
                "RATE_LIMIT_TOTAL_PER_MINUTE": "many",
            ]).count == 4
        )
    }

    @Test func opensToTheNetworkWhereCallersAreAuthenticated() async throws {
        #expect(try await settingsFaults(["HOST": "0.0.0.0", "AUTH_MODE": "api-key"]).isEmpty)
        let tokens = ["HOST": "0.0.0.0", "AUTH_MODE": "jwt", "AUTH_JWT_SECRET": secret]
        #expect(try await settingsFaults(tokens).isEmpty)
        #expect(try await settingsFaults(["HOST": "0.0.0.0", "AUTH_MODE": "none"]) == ["HOST"])
        #expect(try await settingsFaults(["AUTH_MODE": "basic"]) == ["AUTH_MODE"])
    }

    @Test(arguments: [
        (["AUTH_MODE": "jwt"], ["AUTH_MODE"]),
        (["AUTH_MODE": "jwt", "AUTH_JWT_SECRET": "short"], ["AUTH_JWT_SECRET"]),
        (["AUTH_MODE": "jwt", "AUTH_JWKS_URL": "https://idp.example/keys"], ["AUTH_ISSUER", "AUTH_AUDIENCE"]),
        (
            [
                "AUTH_MODE": "jwt", "AUTH_JWKS_URL": "http://idp.example/keys", "AUTH_ISSUER": "i",
                "AUTH_AUDIENCE": "a",
            ], ["AUTH_JWKS_URL"]
        ),
        (
            ["AUTH_MODE": "jwt", "AUTH_JWKS_FILE": "/nowhere.json", "AUTH_ISSUER": "i", "AUTH_AUDIENCE": "a"],
            ["AUTH_JWKS_FILE"]
        ),
        (
            [
                "AUTH_MODE": "jwt", "AUTH_JWKS_URL": "https://idp.example/keys", "AUTH_ISSUER": "i",
                "AUTH_AUDIENCE": "a", "AUTH_JWT_SECRET": "a secret that has more than 32 bytes in it",
            ], ["AUTH_MODE"]
        ),
    ])
    func reportsMissingSettingsOfTokens(_ environment: [String: String], _ names: [String]) async throws {
        #expect(try await settingsFaults(environment) == names)
    }

    @Test func aSecretIsRedacted() async throws {
        let settings = try await readSettings(["AUTH_MODE": "jwt", "AUTH_JWT_SECRET": secret])
        var dumped = ""
        dump(settings, to: &dumped)
        #expect(!dumped.contains(secret) && !"\(settings)".contains(secret))
        await #expect {
            _ = try await readSettings(["AUTH_MODE": "jwt", "AUTH_JWT_SECRET": "tooshort", "PORT": "x"])
        } throws: {
            !"\($0)".contains("tooshort")
        }
    }

    @Test func peopleSignInWhereTheirTokensCanBeSigned() async throws {
        let users = ["AUTH_MODE": "jwt", "AUTH_USERS": "redis"]
        #expect(try await settingsFaults(users) == ["AUTH_JWT_SECRET"])
        #expect(
            try await settingsFaults(users.merging(["AUTH_JWKS_URL": "https://idp.example/keys"]) { $1 }) == [
                "AUTH_JWT_SECRET"
            ]
        )
        #expect(try await settingsFaults(users.merging(["AUTH_JWT_SECRET": "short"]) { $1 }) == ["AUTH_JWT_SECRET"])
        #expect(
            try await settingsFaults(["AUTH_MODE": "jwt", "AUTH_JWT_SECRET": secret, "AUTH_USERS": "ldap"]) == [
                "AUTH_USERS"
            ]
        )

        let settings = try await readSettings(users.merging(["AUTH_JWT_SECRET": secret]) { $1 })
        guard case .token(let tokens) = settings.authentication else {
            Issue.record("no tokens")
            return
        }
        #expect(tokens.signIn?.secret.value == secret)
        #expect(tokens.signIn?.hasSecureCookie == true)
        #expect(settings.trustedProxies == .none)
    }

    @Test func nobodySignsInByDefault() async throws {
        let settings = try await readSettings(["AUTH_MODE": "jwt", "AUTH_JWT_SECRET": secret, "TRUSTED_PROXIES": "2"])
        guard case .token(let tokens) = settings.authentication else {
            Issue.record("no tokens")
            return
        }
        #expect(tokens.signIn == nil)
        #expect(settings.trustedProxies == .count(2))
        #expect(try await settingsFaults(["TRUSTED_PROXIES": "-1"]) == ["TRUSTED_PROXIES"])
        #expect(
            try await readSettings(["AUTH_USERS": "redis"]).warnings == ["AUTH_USERS does nothing under AUTH_MODE=none"]
        )
    }

    @Test func warnsOfTokenSettingsThatDoNothing() async throws {
        let warnings = try await readSettings(["AUTH_JWT_SECRET": secret]).warnings
        #expect(warnings == ["AUTH_JWT_SECRET does nothing under AUTH_MODE=none"])
    }

    @Test func letsPagesOfOtherOriginsInByName() async throws {
        #expect(try await readSettings().allowedOrigins == nil)
        #expect(try await readSettings(["CORS_ALLOWED_ORIGINS": "*"]).allowedOrigins == .any)
        let listed = "https://intranet.example, http://localhost:3000,http://[::1]:8080"
        #expect(
            try await readSettings(["CORS_ALLOWED_ORIGINS": listed]).allowedOrigins
                == .listed(["https://intranet.example", "http://localhost:3000", "http://[::1]:8080"])
        )
    }

    @Test(arguments: [
        "intranet.example", "https://intranet.example/", "https://Intranet.example", "https://*.example", "null",
        "ftp://intranet.example", "https://intranet.example:443", "*, https://intranet.example", "https://a@b.example",
    ])
    func refusesWhatIsNoOrigin(_ word: String) async throws {
        #expect(try await settingsFaults(["CORS_ALLOWED_ORIGINS": word]) == ["CORS_ALLOWED_ORIGINS"])
    }

    @Test func swaggerUIIsInTheDataFolderByDefault() async throws {
        #expect(try await readSettings(["DATA_DIR": "/data"]).docsDirectory == "/data/swagger-ui")
        #expect(try await readSettings(["DOCS_UI_DIR": "/usr/share/swagger"]).docsDirectory == "/usr/share/swagger")
    }
}
