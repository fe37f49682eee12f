import Foundation
import HTTPClient
import HTTPTypes
import Testing

@testable import SMS

@Suite struct TwilioSignatureTests {
    private let known: FormFields = [
        "CallSid": "CA1234567890ABCDE", "Caller": "+14158675309", "Digits": "1234", "From": "+14158675309",
        "To": "+18005551212",
    ]
    private let knownURL = "https://mycompany.com/myapp.php?foo=1&bar=2"

    @Test func hasTheMakersAnswer() {
        #expect(TwilioSignature.of(knownURL, known, key: "12345", .sha1) == "RSOYDt4T1cUTdK1PDd93/VVr8B8=")
        let sha256 = TwilioSignature.of(knownURL, known, key: "12345", .sha256)
        #expect(sha256 == "033hgUJA9M/hXIZsYjwkerEP/DBm35nEri5FhCYjA5s=")
    }

    @Test func doesNotDependOnTheOrderOfFields() {
        let reversed = FormFields(known.pairs.reversed().map { (key: $0.name, value: $0.value) })
        #expect(TwilioSignature.of(knownURL, reversed, key: "12345", .sha1) == "RSOYDt4T1cUTdK1PDd93/VVr8B8=")
    }

    @Test func repeatedFieldsCountOnceForEachValue() {
        #expect(TwilioSignature.text("u", ["b": "2", "a": "y", "a": "x", "a": "y", "B": "1"]) == "uB1axayb2")
    }

    @Test func sortsByCodeUnits() {
        #expect(TwilioSignature.text("", ["é": "3", "Z": "1", "a": "2", "_": "0"]) == "Z1_0a2é3")
    }

    @Test func hashesBodies() {
        let hash = "5ccde7145dfb8f56479710896586cb9d5911809d83afbe34627818790db0aec9"
        #expect(
            TwilioSignature.hash(of: Array(#"{"CallSid":"CA1234567890ABCDE","Caller":"+12349013030"}"#.utf8)) == hash
        )
    }
}

@Suite struct TwilioWebhookTests {
    private let form =
        "AccountSid=\(Secrets.account)&MessageSid=SM1&From=%2B14155550123&To=%2B18005551212&Body=Caf%C3%A9+%26+co&NumMedia=0"
    private let signedText =
        "AccountSid\(Secrets.account)BodyCafé & coFrom+14155550123MessageSidSM1NumMedia0To+18005551212"

    private func verify(
        _ request: WebhookRequest,
        at address: PublicAddress = .example,
        token: String? = Secrets.token
    ) throws(WebhookRefusal) {
        try TwilioWebhooks(account: Secrets.account, authToken: token, keys: Secrets.keys).verify(request, at: address)
    }

    private func refusal(_ request: WebhookRequest, token: String? = Secrets.token) -> WebhookRefusal? {
        do throws(WebhookRefusal) {
            try verify(request, token: token)
            return nil
        } catch {
            return error
        }
    }

    private func signed(_ url: String = "https://mycompany.com/sms", target: String = "/sms") -> WebhookRequest {
        twilioRequest(form, target: target, signature: hmac(url + signedText, Secrets.token, sha256: false))
    }

    @Test func acceptsTheURLWithAndWithoutTheStandardPort() throws {
        try verify(signed())
        try verify(signed("https://mycompany.com:443/sms"))
        #expect(refusal(signed("https://mycompany.com:444/sms")) == .forged)
        #expect(refusal(signed("http://mycompany.com/sms")) == .forged)
        let http = PublicAddress(isSecure: false, host: "mycompany.com", port: nil, path: "/a")
        try verify(signed("http://mycompany.com:80/a/sms"), at: http)
        try verify(signed("http://mycompany.com/a/sms"), at: http)
        let other = PublicAddress(isSecure: true, host: "mycompany.com", port: 8443, path: "")
        try verify(signed("https://mycompany.com:8443/sms"), at: other)
    }

    @Test func signsTheQueryByteForByte() throws {
        let target = "/sms?a=%7e&b=+%2B&c"
        try verify(signed("https://mycompany.com" + target, target: target))
        #expect(refusal(signed("https://mycompany.com/sms?a=~&b=+%2B&c", target: target)) == .forged)
    }

    @Test func refusesForgeries() {
        let good = signed()
        var changed = good
        changed.body = Array(form.replacing("Caf", with: "Caz").utf8)
        var longer = good
        longer.body = Array((form + "&Extra=1").utf8)
        var shorter = good
        shorter.body = Array(form.replacing("&NumMedia=0", with: "").utf8)
        var elsewhere = good
        elsewhere.target = "/sms?x=1"
        let unsigned = twilioRequest(form, signature: nil)
        let empty = twilioRequest(form, signature: "")
        let truncated = twilioRequest(
            form,
            signature: String(hmac("https://mycompany.com/sms" + signedText, "12345", sha256: false).dropLast())
        )
        let otherKey = twilioRequest(
            form,
            signature: hmac("https://mycompany.com/sms" + signedText, "12346", sha256: false)
        )
        for request in [changed, longer, shorter, elsewhere, unsigned, empty, truncated, otherKey] {
            #expect(refusal(request) == .forged)
        }
        #expect(refusal(signed(), token: nil) == .forged, "without a token nothing is verified with it")
    }

    @Test func fieldsThatNobodyKnowsAreSignedAsWell() throws {
        let text = "https://mycompany.com/sms" + signedText + "ZNewFieldx"
        try verify(twilioRequest(form + "&ZNewField=x", signature: hmac(text, Secrets.token, sha256: false)))
    }

    @Test func anotherAccountIsRefused() {
        let other = form.replacing(Secrets.account, with: "AC2")
        let text = "https://mycompany.com/sms" + signedText.replacing(Secrets.account, with: "AC2")
        #expect(refusal(twilioRequest(other, signature: hmac(text, Secrets.token, sha256: false))) == .foreignAccount)
    }

    @Test func keysOfOnesOwnRotate() throws {
        let text = "https://mycompany.com/sms" + signedText
        for (name, key) in Secrets.keys {
            let request = twilioRequest(
                form,
                signature: hmac(text, key, sha256: true),
                settings: "key=\(name),algorithm=HMAC_SHA256"
            )
            try verify(request)
            try verify(request, token: nil)
        }
    }

    @Test func aNamedKeyNeverFallsBackToTheToken() {
        let text = "https://mycompany.com/sms" + signedText
        let token = hmac(text, Secrets.token, sha256: false)
        for settings in [
            "key=unknown,algorithm=HMAC_SHA256", "key=new,algorithm=HMAC_SHA1", "key=new", "algorithm=HMAC_SHA256", "",
            "key=,algorithm=HMAC_SHA256", "key=new,algorithm=HMAC_SHA256",
        ] {
            #expect(refusal(twilioRequest(form, signature: token, settings: settings)) == .forged, "\(settings)")
        }
        let wrongKey = hmac(text, "first secret", sha256: true)
        #expect(refusal(twilioRequest(form, signature: wrongKey, settings: "key=new,algorithm=HMAC_SHA256")) == .forged)
    }

    @Test func bodiesInJSONAreCoveredByTheirHash() throws {
        let body =
            #"{"AccountSid":"\#(Secrets.account)","MessageSid":"SM1","From":"+14155550123","To":"+18005551212","Body":"hi"}"#
        let target = "/sms?bodySHA256=" + TwilioSignature.hash(of: Array(body.utf8))
        let signature = hmac("https://mycompany.com" + target, Secrets.token, sha256: false)
        let request = twilioRequest(body, target: target, signature: signature, contentType: "application/json")
        try verify(request)
        var changed = request
        changed.body += [0x20]
        #expect(refusal(changed) == .forged)
        let bare = hmac("https://mycompany.com/sms", Secrets.token, sha256: false)
        #expect(
            refusal(twilioRequest(body, signature: bare, contentType: "application/json; charset=utf-8")) == .forged
        )
        guard case .message(let message) = try TwilioWebhooks(account: "", authToken: nil, keys: [:]).event(in: request)
        else {
            Issue.record("no message")
            return
        }
        #expect(message.body == "hi" && message.id == "SM1")
    }

    @Test func getIsSignedByItsURLAlone() throws {
        let target = "/sms?" + form
        var headers = HTTPFields()
        headers[TwilioWebhooks.signature] = hmac("https://mycompany.com" + target, Secrets.token, sha256: false)
        let request = WebhookRequest(method: .get, target: target, headers: headers, body: [])
        try verify(request)
        var changed = request
        changed.target += "&Body=x"
        #expect(refusal(changed) == .forged)
    }

    @Test func readsMessages() throws {
        let webhooks = TwilioWebhooks(account: Secrets.account, authToken: nil, keys: [:])
        func event(_ form: String) throws -> WebhookEvent {
            try webhooks.event(in: twilioRequest(form, signature: nil))
        }
        guard case .message(let message) = try event("Body=Test&To=%2B123456789&From=%2B198765432&MessageSid=123")
        else {
            Issue.record("no message")
            return
        }
        #expect(
            message
                == IncomingMessage(
                    id: "123",
                    from: number("+198765432"),
                    to: number("+123456789"),
                    body: "Test"
                )
        )
        guard
            case .message(let picture) = try event(
                "Body=&To=%2B12345&From=%2B19876&MessageSid=1&NumMedia=1&MediaUrl0=https%3A%2F%2Fx%2F1&MediaContentType0=image%2Fjpeg"
            )
        else {
            Issue.record("no message")
            return
        }
        #expect(picture.media == [.init(url: "https://x/1", contentType: "image/jpeg")])
    }

    @Test(arguments: [
        ("Body=Test&To=%2B12345&From=%2B19876", ["MessageSid"]),
        ("Body=&To=%2B12345&From=%2B19876&MessageSid=1", ["Body"]),
        ("To=%2B12345&MessageSid=1", ["From", "Body"]), ("", ["MessageSid", "From", "To", "Body"]),
        ("Body=&To=%2B12345&From=%2B19876&MessageSid=1&NumMedia=2", ["Body"]),
    ])
    func namesWhatIsMissing(form: String, names: [String]) {
        let webhooks = TwilioWebhooks(account: Secrets.account, authToken: nil, keys: [:])
        #expect(throws: WebhookRefusal.incomplete(names)) {
            try webhooks.event(in: twilioRequest(form, signature: nil))
        }
    }

    @Test(arguments: [
        "Body=%ZZ&To=%2B1&From=%2B1&MessageSid=1", "Body=%FF&To=%2B12", "Body=a&To=x&From=%2B19876&MessageSid=1",
        "Body=a&To=%2B12345&From=%2B19876&MessageSid=a%0Ab",
    ])
    func refusesWhatCannotBeRead(form: String) {
        let webhooks = TwilioWebhooks(account: Secrets.account, authToken: nil, keys: [:])
        #expect(throws: WebhookRefusal.malformed) { try webhooks.event(in: twilioRequest(form, signature: nil)) }
    }

    @Test func readsReports() throws {
        let webhooks = TwilioWebhooks(account: Secrets.account, authToken: nil, keys: [:])
        let request = twilioRequest("MessageSid=SM9&MessageStatus=undelivered&ErrorCode=30007", signature: nil)
        guard case .report(let report) = try webhooks.event(in: request) else {
            Issue.record("no report")
            return
        }
        #expect(report == DeliveryReport(id: "SM9", status: .undelivered, code: 30007))
    }

    @Test func theSampleIsValid() async throws {
        let http = try HTTPClient()
        for (token, keys) in [(Secrets.token as String?, [:]), (nil, Secrets.keys)] {
            let twilio = Twilio(.init(account: Secrets.account, authToken: token, signingKeys: keys), http: http)
            let sample = try #require(twilio.signedSample(to: "/sms?x=1", at: .example))
            try twilio.verify(sample, at: .example, now: .now)
            guard case .message(let message) = try twilio.event(in: sample) else {
                Issue.record("no message")
                continue
            }
            #expect(message.from.isTest)
        }
        await http.shutdown()
    }
}
