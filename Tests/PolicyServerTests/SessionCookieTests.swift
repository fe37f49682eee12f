import HTTPTypes
import Hummingbird
import PolicyAssistant
import Testing

@testable import PolicyServer

@Suite struct SessionCookieTests {
    private func cookie(secure: Bool, path: String) -> String {
        let settings = SignInSettings(
            secret: SigningSecret(String(repeating: "s", count: 32)),
            hasSecureCookie: secure,
            cookiePath: path
        )
        return SessionCredentials(settings, issuer: nil, audience: nil).cookie(carrying: "token").description
    }

    @Test func theNameSaysWhatBrowsersHoldTheCookieTo() {
        let host = cookie(secure: true, path: "/")
        #expect(
            host.hasPrefix("__Host-policy-assistant=token; ") && host.contains("Path=/;") && host.contains("Secure")
        )
        let below = cookie(secure: true, path: "/assistant")
        #expect(below.hasPrefix("__Secure-policy-assistant=token; "), "__Host- is for the path / only")
        #expect(below.contains("Path=/assistant;") && below.contains("Secure"))
        let plain = cookie(secure: false, path: "/assistant")
        #expect(plain.hasPrefix("policy-assistant=token; ") && !plain.contains("Secure"))
    }
}
