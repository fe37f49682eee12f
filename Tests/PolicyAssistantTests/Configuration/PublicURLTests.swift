import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct PublicURLTests {
    @Test(arguments: [
        ("https://intranet.example", "https://intranet.example", ""),
        ("HTTPS://Intranet.Example:443/", "https://intranet.example", ""),
        ("http://intranet.example:8080/assistant/", "http://intranet.example:8080/assistant", "/assistant"),
        ("https://[2001:db8::1]:8443/a/b%20c", "https://[2001:db8::1]:8443/a/b%20c", "/a/b%20c"),
    ])
    func readsWhereTheServerIsReached(text: String, description: String, path: String) throws {
        let url = try PublicURL(text)
        #expect(url.description == description)
        #expect(url.path == path)
        #expect(url.isSecure == description.hasPrefix("https:"))
    }

    @Test(arguments: [
        "intranet.example", "/assistant", "ftp://intranet.example", "https://", "https://intranet.example/?a=b",
        "https://intranet.example/#a", "https://user@intranet.example", "https://intranet.example/a/../b",
        "https://intranet.example//a", "https://intranet.example/a;b", "https://intranet.example:0",
        "https://a b.example",
    ])
    func refusesWhatIsNoSuchURL(text: String) async throws {
        #expect(throws: PublicURL.Fault.self) { try PublicURL(text) }
        #expect(try await settingsFaults(["PUBLIC_URL": text]) == ["PUBLIC_URL"])
    }

    @Test func aPasswordInItIsNotShown() {
        #expect {
            try PublicURL("https://user:secret@intranet.example")
        } throws: {
            !"\($0)".contains("secret")
        }
    }

    @Test func decidesOnTheCookieOfASession() async throws {
        let users = [
            "AUTH_MODE": "jwt", "AUTH_USERS": "redis", "AUTH_JWT_SECRET": "a secret that has more than 32 bytes in it",
        ]
        for (settings, isSecure, path) in [
            ([:], true, "/"), (["PUBLIC_URL": "https://a.example/assistant"], true, "/assistant"),
            (["PUBLIC_URL": "http://a.example"], false, "/"),
            (["PUBLIC_URL": "http://a.example", "AUTH_COOKIE_SECURE": "true"], true, "/"),
            (["PUBLIC_URL": "https://a.example", "AUTH_COOKIE_SECURE": "false"], false, "/"),
        ] {
            let settings = try await readSettings(users.merging(settings) { $1 })
            guard case .token(let tokens) = settings.authentication, let signIn = tokens.signIn else {
                Issue.record("people do not sign in")
                continue
            }
            #expect(
                signIn.hasSecureCookie == isSecure && signIn.cookiePath == path,
                "\(settings.publicURL?.description ?? "")"
            )
        }
    }

    @Test func hostsAreNamesAndAddresses() async throws {
        let settings = try await readSettings(["ALLOWED_HOSTS": "assistant, *.intranet.example,10.0.0.5 2001:db8::1"])
        #expect(settings.allowedHosts == ["assistant", "*.intranet.example", "10.0.0.5", "2001:db8::1"])
        #expect(try await readSettings().allowedHosts.isEmpty)
        #expect(try await readSettings(["ALLOWED_HOSTS": "*"]).allowedHosts == ["*"])
        for entry in ["http://a.example", "a.example:8000", "a*.example", "*.", "a/b", "user@a"] {
            #expect(try await settingsFaults(["ALLOWED_HOSTS": entry]) == ["ALLOWED_HOSTS"], "\(entry)")
        }
    }
}
