import Foundation
import HTTPTypes
import Hummingbird
import PolicyAssistant
import Testing

@testable import PolicyServer

@Suite struct SessionCookieTests {
    /// The cookie's parts, of which the attributes come in any order.
    private func cookie(secure: Bool, path: String) -> [String] {
        let settings = SignInSettings(
            secret: SigningSecret(String(repeating: "s", count: 32)),
            hasSecureCookie: secure,
            cookiePath: path
        )
        return SessionCredentials(settings).cookie(carrying: "token").description
            .components(separatedBy: "; ")
    }

    @Test func cookieNameHasThePrefixForItsRestrictions() {
        let host = cookie(secure: true, path: "/")
        #expect(host.first == "__Host-policy-assistant=token" && host.contains("Path=/") && host.contains("Secure"))
        let below = cookie(secure: true, path: "/assistant")
        #expect(below.first == "__Secure-policy-assistant=token", "__Host- is for the path / only")
        #expect(below.contains("Path=/assistant") && below.contains("Secure"))
        let plain = cookie(secure: false, path: "/assistant")
        #expect(plain.first == "policy-assistant=token" && !plain.contains("Secure"))
    }
}
