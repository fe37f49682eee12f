import Crypto
import Foundation
import HTTPTypes
import Redis
import TestSupport
import Testing

/// What webhooks get for an answer, and which are refused.
@Suite struct TextWebhookTests {
    private let form =
        "AccountSid=AC00000000000000000000000000000000&MessageSid=SM1&From=%2B14155550123&To=%2B15005550006&Body=Hi&NumMedia=0"
    private let empty = #"<?xml version="1.0" encoding="UTF-8"?><Response></Response>"#

    private func signed(
        _ form: String,
        _ path: String,
        key: String = "stand-in-auth-token",
        host: String = Phone.publicURL
    ) -> HTTPFields {
        var pairs: [(String, String)] = []
        for field in form.split(separator: "&") {
            let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
                $0.replacing("+", with: " ").removingPercentEncoding ?? ""
            }
            pairs.append((parts[0], parts[1]))
        }
        let text = host + path + pairs.sorted { $0.0 < $1.0 }.map { $0.0 + $0.1 }.joined()
        let code = HMAC<Insecure.SHA1>.authenticationCode(
            for: Data(text.utf8),
            using: SymmetricKey(data: Data(key.utf8))
        )
        return HTTPFields().with("x-twilio-signature", Data(code).base64EncodedString())
            .with("content-type", "application/x-www-form-urlencoded").with("X-Deliberately-Wrong", "1")
    }

    /// Serves without a worker's provider: nothing is ever sent.
    private func serving(_ settings: [String: String] = [:], _ body: (API, RedisServer) async throws -> Void)
        async throws
    {
        let own = [
            "SMS_PROVIDER": "twilio", "PUBLIC_URL": Phone.publicURL,
            "TWILIO_ACCOUNT_SID": "AC00000000000000000000000000000000",
            "TWILIO_AUTH_TOKEN": "stand-in-auth-token", "TWILIO_BASE_URL": "http://127.0.0.1:1",
        ]
        try await withScriptedInstallation(settings: own.merging(settings) { $1 }) { installation, _, redis in
            try await installation.servingHere { try await body($0, redis) }
        }
    }

    private func post(_ api: API, _ form: String, _ path: String, _ headers: HTTPFields) async throws -> API.Reply {
        try await api.send(.post, path, body: form, headers: headers)
    }

    @Test func messagesAreAcknowledgedWithEmptyTwiML() async throws {
        try await serving { api, _ in
            for path in ["/channels/twilio/sms", "/channels/twilio/sms?source=number+1"] {
                let reply = try await post(api, form, path, signed(form, path))
                #expect(reply.status == 200 && reply.headers[.contentType] == "text/xml")
                #expect(String(decoding: reply.body, as: UTF8.self) == empty)
            }
            let path = "/channels/twilio/sms"
            let port = try await post(api, form, path, signed(form, path, host: Phone.publicURL + ":443"))
            #expect(port.status == 200)
        }
    }

    @Test func forgeriesAreRefused() async throws {
        try await serving { api, redis in
            let path = "/channels/twilio/sms"
            let good = signed(form, path)
            let truncated = String(form.dropLast(11))
            let foreign = form.replacing("AC0", with: "AC1")
            let unsigned = good.with("x-twilio-signature", "")
            for (form, headers) in [
                (form, unsigned), (form, signed(form, path, key: "x")), (form + "&a=b", good), (truncated, good),
                (form, signed(form, path, host: "http://assistant.example")), (form, signed(form, "/sms")),
                (foreign, signed(foreign, path)),
                (form, good.with("x-twilio-webhooks-signature-settings", "key=a,algorithm=HMAC_SHA256")),
            ] {
                let reply = try await post(api, form, path, headers)
                #expect(reply.status == 403)
                #expect(
                    ["signature_invalid", "foreign_account"].contains(try reply.decoded(ProblemDocument.self).code)
                )
            }
            #expect(
                try await post(api, form, "/channels/twilio/sms/reports/\(String(repeating: "a", count: 32))", good)
                    .status == 403
            )
            let queued = try await redis.withClient { try await $0.send(.exists("queue:sms:messages")).integer }
            #expect(queued == 0)
        }
    }

    @Test(arguments: ["MessageSid", "From", "To", "Body"])
    func missingFieldsAreNamed(field: String) async throws {
        try await serving { api, _ in
            let fields = form.split(separator: "&").filter { !$0.hasPrefix("\(field)=") }.joined(separator: "&")
            let reply = try await post(api, fields, "/channels/twilio/sms", signed(fields, "/channels/twilio/sms"))
            #expect(reply.status == 400)
            let problem = try reply.decoded(ProblemDocument.self)
            #expect(problem.code == "incomplete_webhook" && problem.detail.contains(field))
            // As an earlier service answered.
            let former = try await post(api, fields, "/sms", signed(fields, "/sms"))
            #expect(former.status == 400)
            #expect(
                String(decoding: former.body, as: UTF8.self)
                    == #"{"error":"Invalid Request Content: ReceiveSms -- Required values are missing in the request body."}"#
            )
        }
    }

    @Test func theFormerPathAnswersAsItDid() async throws {
        try await serving { api, _ in
            let reply = try await post(api, form, "/sms", signed(form, "/sms"))
            #expect(reply.status == 200)
            #expect(String(decoding: reply.body, as: UTF8.self) == #"{"message":"Success! ConversationID: SM1."}"#)
            let target = "/sms?" + form
            let headers = signed("", target)
            let fetched = try await api.send(.get, target, headers: headers)
            #expect(fetched.status == 200 && fetched.headers[.contentType] == "text/xml")
            #expect(try await api.send(.get, target + "&x=1", headers: headers).status == 403)
            #expect(try await api.send(.put, "/sms", headers: headers).status == 405)
        }
    }

    @Test func withoutAProviderThereAreNoRoutes() async throws {
        try await withScriptedInstallation { installation, _, _ in
            try await installation.servingHere { api in
                for path in ["/sms", "/channels/twilio/sms", "/channels/sms/codes"] {
                    let status = try await api.send(.post, path, body: "").status
                    #expect(status == 404)
                }
            }
        }
    }

    @Test func withoutRedisTheProviderIsToldToComeAgain() async throws {
        try await serving { api, redis in
            await redis.stop()
            let reply = try await post(api, form, "/channels/twilio/sms", signed(form, "/channels/twilio/sms"))
            #expect(reply.status == 503)
            let former = try await post(api, form, "/sms", signed(form, "/sms"))
            #expect(former.status == 500)
            #expect(String(decoding: former.body, as: UTF8.self).hasPrefix(#"{"error":"Unexpected error: "#))
        }
    }

    @Test func otherNumbersOfTheAccountAreNotOurs() async throws {
        try await serving(["SMS_NUMBERS": "+15005550007"]) { api, _ in
            let path = "/channels/twilio/sms"
            let status = try await post(api, form, path, signed(form, path)).status
            #expect(status == 403)
        }
    }

    @Test func doctorSaysWhetherAMessageArrives() async throws {
        let port = try await freePort()
        let settings = [
            "SMS_PROVIDER": "twilio", "PUBLIC_URL": "http://127.0.0.1:\(port)", "WORKERS": "0",
            "TWILIO_ACCOUNT_SID": "AC00000000000000000000000000000000", "TWILIO_AUTH_TOKEN": "stand-in-auth-token",
            "TWILIO_BASE_URL": "http://127.0.0.1:1",
        ]
        try await withScriptedInstallation(settings: settings) { installation, _, _ in
            let url = "http://127.0.0.1:\(port)/channels/twilio/sms"
            let unreachable = try await installation.run(["doctor"])
            #expect(unreachable.output.contains("\(url) cannot be reached"), "\(unreachable)")
            try await installation.starting(["serve", "--port", "\(port)"], untilReadyAt: "serving") { _ in
                let good = try await installation.run(["doctor"])
                #expect(
                    good.output.contains("text messages: a message signed for \(url) arrives, and is accepted"),
                    "\(good)"
                )
                var other = installation
                other.settings["TWILIO_AUTH_TOKEN"] = "another"
                let refused = try await other.run(["doctor"])
                #expect(refused.output.contains("a message signed for \(url) arrives, and is refused"), "\(refused)")
            }
        }
    }
}
