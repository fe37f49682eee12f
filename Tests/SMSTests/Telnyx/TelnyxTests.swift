import Crypto
import Foundation
import HTTPClient
import HTTPTypes
import SMS
import Testing

@Suite struct TelnyxTests {
    private let key = Curve25519.Signing.PrivateKey()
    private let now = Date(timeIntervalSince1970: 1_796_000_000)
    private let received = #"""
        {"data":{"event_type":"message.received","id":"e1","payload":{"id":"40385f64-5717","direction":"inbound",
        "from":{"phone_number":"+14155550123","carrier":"X"},"to":[{"phone_number":"+18005551212","status":"webhook_delivered"}],
        "text":"How long is parental leave?","media":[]},"record_type":"event"}}
        """#

    private func telnyx<Result>(_ body: (Telnyx) throws -> Result) async throws -> Result {
        let http = try HTTPClient()
        let configuration = Telnyx.Configuration(
            apiKey: "KEY",
            publicKey: key.publicKey.rawRepresentation.base64EncodedString()
        )
        #expect(configuration.hasValidPublicKey)
        let result = Swift.Result { try body(Telnyx(configuration, http: http)) }
        await http.shutdown()
        return try result.get()
    }

    private func request(_ body: String, at time: Int, signing signed: String? = nil) throws -> WebhookRequest {
        let signature = try key.signature(for: Data((signed ?? "\(time)|\(body)").utf8)).base64EncodedString()
        var headers = HTTPFields()
        headers[.telnyxSignature] = signature
        headers[.telnyxTimestamp] = String(time)
        return WebhookRequest(method: .post, target: "/x", headers: headers, body: Array(body.utf8))
    }

    @Test func verifiesTheSignatureOfTimeAndBody() async throws {
        let time = Int(now.timeIntervalSince1970)
        try await telnyx { telnyx in
            try telnyx.verify(request(received, at: time), at: .example, now: now)
            try telnyx.verify(request(received, at: time - 300), at: .example, now: now)
            var changed = try request(received, at: time)
            changed.body.append(0x20)
            var truncated = try request(received, at: time)
            truncated.body.removeLast()
            var unsigned = try request(received, at: time)
            unsigned.headers[.telnyxSignature] = nil
            let forgeries = [
                changed, truncated, unsigned, try request(received, at: time - 301),
                try request(received, at: time + 301),
                try request(received, at: time, signing: "\(time - 1)|\(received)"),
                try request(received, at: time, signing: received),
            ]
            for forgery in forgeries {
                #expect(throws: WebhookRefusal.forged) { try telnyx.verify(forgery, at: .example, now: now) }
            }
        }
    }

    /// The key is the first of RFC 8032, section 7.1; OpenSSL has signed.
    @Test func aKnownSignatureIsValid() async throws {
        let http = try HTTPClient()
        let key = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
        let telnyx = Telnyx(.init(apiKey: "KEY", publicKey: key), http: http)
        var headers = HTTPFields()
        headers[.telnyxTimestamp] = "1796000000"
        headers[.telnyxSignature] =
            "5ApydOQHR5IVbKJksIBG6+MeTzYi6kHlTJLSCvGFodszfwSb8QhQEFdXe1V+dG76aLANzYUcQBJ9NjsB+PemCQ=="
        let body = Array(#"{"data":{"event_type":"message.received"}}"#.utf8)
        var request = WebhookRequest(method: .post, target: "/x", headers: headers, body: body)
        try telnyx.verify(request, at: .example, now: now)
        request.headers[.telnyxTimestamp] = "1796000001"
        #expect(throws: WebhookRefusal.forged) { try telnyx.verify(request, at: .example, now: now) }
        await http.shutdown()
    }

    @Test(arguments: [
        (40003, SendingError.Effect.rejected, true), (40004, .later(after: .seconds(300)), false),
        (40006, .later(after: .seconds(300)), false), (40008, .later(after: .seconds(300)), false),
        (40010, .rejected, true), (40300, .optedOut, false),
    ])
    func knowsTheCodes(code: Int, effect: SendingError.Effect, needsOperator: Bool) throws {
        let known = try #require(ProviderCode.all[code])
        #expect(known.effect == effect && known.needsOperator == needsOperator)
    }

    @Test func withoutAValidKeyNothingIsAccepted() async throws {
        let http = try HTTPClient()
        let telnyx = Telnyx(.init(apiKey: "KEY", publicKey: "AAAA"), http: http)
        let request = try request(received, at: Int(now.timeIntervalSince1970))
        #expect(throws: WebhookRefusal.forged) { try telnyx.verify(request, at: .example, now: now) }
        await http.shutdown()
    }

    @Test func readsMessagesAndReports() async throws {
        try await telnyx { telnyx in
            guard case .message(let message) = try telnyx.event(in: request(received, at: 0)) else {
                Issue.record("no message")
                return
            }
            #expect(
                message.id == "40385f64-5717" && message.from.value == "+14155550123"
                    && message.to.value == "+18005551212"
            )
            #expect(message.body == "How long is parental leave?")
            let final = #"""
                {"data":{"event_type":"message.finalized","payload":{"id":"m1","to":[{"phone_number":"+1415","status":"delivery_failed"}],
                "errors":[{"code":"40008","title":"Undeliverable"}]}}}
                """#
            guard case .report(let report) = try telnyx.event(in: request(final, at: 0)) else {
                Issue.record("no report")
                return
            }
            #expect(report == DeliveryReport(id: "m1", status: .undelivered, code: 40008))
            #expect(throws: WebhookRefusal.malformed) { try telnyx.event(in: request("{", at: 0)) }
            let empty = #"{"data":{"event_type":"message.received","payload":{}}}"#
            #expect(throws: WebhookRefusal.incomplete(["id", "from", "to", "text"])) {
                try telnyx.event(in: request(empty, at: 0))
            }
        }
    }
}
