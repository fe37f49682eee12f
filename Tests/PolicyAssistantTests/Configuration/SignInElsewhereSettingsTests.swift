import IPAddresses
import Testing

@testable import PolicyAssistant

/// The settings of those who are signed in by an identity provider or a proxy.
@Suite struct SignInElsewhereSettingsTests {
    private let provider = [
        "AUTH_MODE": "oidc", "OIDC_ISSUER": "https://idp.example/tenant", "OIDC_CLIENT_ID": "id",
        "PUBLIC_URL": "https://intranet.example/assistant",
    ]
    private let proxy = [
        "AUTH_MODE": "proxy", "AUTH_PROXY_SECRET": "a secret that has more than 32 bytes in it",
        "TRUSTED_PROXIES": "10.0.0.5, 10.1.0.0/16",
    ]

    @Test func readsAProvider() async throws {
        guard case .openID(let plain) = try await readSettings(provider).authentication else {
            Issue.record("no provider")
            return
        }
        #expect(plain.redirectURI == "https://intranet.example/assistant/login/oidc/callback")
        #expect(plain.clientSecret == nil && plain.userClaim == "sub" && plain.groupsClaim == "groups")
        #expect(plain.scopes == ["openid", "profile"] && plain.audience == nil && plain.administratorGroup == nil)
        let settings = try await readSettings(
            provider.merging([
                "OIDC_CLIENT_SECRET": "s3cret", "OIDC_SCOPES": "email groups", "OIDC_USER_CLAIM": "oid",
                "OIDC_GROUPS_CLAIM": "roles", "OIDC_ADMIN_GROUP": "HR", "OIDC_AUDIENCE": "api://policies",
            ]) { $1 }
        )
        guard case .openID(let full) = settings.authentication else {
            Issue.record("no provider")
            return
        }
        #expect(full.scopes == ["openid", "email", "groups"] && full.userClaim == "oid" && full.groupsClaim == "roles")
        #expect(full.administratorGroup == "HR" && full.audience == "api://policies")
        #expect(full.clientSecret?.value == "s3cret" && !"\(full)".contains("s3cret"))
        #expect(settings.authentication.mode == "oidc" && settings.warnings.isEmpty)
    }

    @Test(arguments: [
        ("OIDC_ISSUER", ""), ("OIDC_CLIENT_ID", ""), ("PUBLIC_URL", ""), ("OIDC_ISSUER", "http://idp.example"),
        ("OIDC_ISSUER", "https://user@idp.example"), ("OIDC_ISSUER", "https://idp.example?x=1"),
    ])
    func namesWhatAProviderLacks(_ name: String, _ value: String) async throws {
        #expect(try await settingsFaults(provider.merging([name: value]) { $1 }) == [name])
    }

    @Test func readsAProxy() async throws {
        let settings = try await readSettings(
            proxy.merging(["AUTH_PROXY_USER_HEADER": "remote-user", "AUTH_PROXY_SIGN_OUT_URL": "/oauth2/sign_out"]) {
                $1
            }
        )
        guard case .proxy(let proxy) = settings.authentication else {
            Issue.record("no proxy")
            return
        }
        #expect(proxy.userHeader == "remote-user" && proxy.groupsHeader == "x-forwarded-groups")
        #expect(proxy.signOutURL == "/oauth2/sign_out" && !"\(proxy)".contains("32 bytes"))
        let networks = ["10.0.0.5", "10.1.0.0/16"].compactMap(IPNetwork.init)
        #expect(settings.trustedProxies == .networks(networks))
    }

    @Test(arguments: [
        ("AUTH_PROXY_SECRET", ""), ("AUTH_PROXY_SECRET", "short"), ("TRUSTED_PROXIES", ""), ("TRUSTED_PROXIES", "1"),
        ("TRUSTED_PROXIES", "10.0.0.0/33"), ("AUTH_PROXY_SIGN_OUT_URL", "//evil.example"),
        ("AUTH_PROXY_SIGN_OUT_URL", "javascript:1"), ("AUTH_PROXY_USER_HEADER", "x y"),
    ])
    func namesWhatAProxyLacks(_ name: String, _ value: String) async throws {
        #expect(try await settingsFaults(proxy.merging([name: value]) { $1 }) == [name])
    }

    @Test func settingsOfAnotherModeAreNamed() async throws {
        let warnings = try await readSettings(["AUTH_MODE": "api-key", "OIDC_ISSUER": "https://idp.example"]).warnings
        #expect(warnings == ["OIDC_ISSUER does nothing under AUTH_MODE=api-key"])
    }
}
