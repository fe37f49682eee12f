import Crypto
import Foundation
import HTTPTypes

@testable import SMS

/// The account, the token and the keys of these tests.
enum Secrets {
    static let account = "AC00000000000000000000000000000001"
    static let token = "12345"
    static let keys = ["old": "first secret", "new": "second secret"]
}

extension PublicAddress {
    static let example = PublicAddress(isSecure: true, host: "mycompany.com", port: nil, path: "")
}

/// A signature written anew for the tests, without the code under test.
func hmac(_ text: String, _ key: String, sha256: Bool) -> String {
    let key = SymmetricKey(data: Data(key.utf8))
    return sha256
        ? Data(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key)).base64EncodedString()
        : Data(HMAC<Insecure.SHA1>.authenticationCode(for: Data(text.utf8), using: key)).base64EncodedString()
}

/// A form of Twilio with a signature over `signed`.
func twilioRequest(
    _ form: String,
    target: String = "/sms",
    signature: String?,
    settings: String? = nil,
    contentType: String = "application/x-www-form-urlencoded"
) -> WebhookRequest {
    var headers: HTTPFields = [.contentType: contentType]
    headers[TwilioWebhooks.signature] = signature
    headers[TwilioWebhooks.settings] = settings
    return WebhookRequest(method: .post, target: target, headers: headers, body: Array(form.utf8))
}

extension HTTPField.Name {
    static let telnyxSignature = HTTPField.Name(verified: "telnyx-signature-ed25519")
    static let telnyxTimestamp = HTTPField.Name(verified: "telnyx-timestamp")
}

/// A number of these tests.
func number(_ text: String) -> PhoneNumber {
    guard let number = PhoneNumber(text) else { preconditionFailure("\(text) is no number") }
    return number
}
