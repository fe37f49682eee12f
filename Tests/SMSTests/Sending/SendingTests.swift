import Foundation
import HTTPClient
import SMS
import TestSupport
import Testing

@Suite struct SendingTests {
    private let from = number("+18005551212")
    private let to = number("+14155550123")

    private func message(_ body: String = "27 days & more") -> OutgoingMessage {
        OutgoingMessage(from: from, to: to, body: body, reportURL: "https://x.example/r/abc")
    }

    private func effect(of replies: [String]) async throws -> SendingError? {
        try await answering(replies) { provider in
            do throws(SendingError) {
                _ = try await provider.send(message())
                return nil as SendingError?
            } catch {
                return error
            }
        }.0
    }

    @Test func sendsAForm() async throws {
        let accepted = reply(
            201,
            #"{"sid":"SM7","status":"queued","body":"27 days & more","num_segments":"1","error_code":null}"#
        )
        let (sent, requests) = try await answering([accepted]) { try await $0.send(message()) }
        #expect(sent.id == "SM7" && sent.status == .queued)
        let request = try #require(requests.first)
        #expect(request.line == "POST /2010-04-01/Accounts/AC1/Messages.json HTTP/1.1")
        #expect(request["authorization"] == "Basic " + Data("SK1:s".utf8).base64EncodedString())
        #expect(request["content-type"] == "application/x-www-form-urlencoded")
        #expect(
            request.text
                == "To=%2B14155550123&From=%2B18005551212&StatusCallback=https%3A%2F%2Fx.example%2Fr%2Fabc&Body=27%20days%20%26%20more"
        )
    }

    @Test(arguments: [
        (429, #"{"code":20429}"#, "Retry-After: 7\r\n", SendingError.Effect.later(after: .seconds(7))),
        (429, "", "", .later(after: nil)),
        (400, #"{"code":21610,"message":"x","status":400}"#, "", .optedOut),
        (400, #"{"code":21611}"#, "", .later(after: .seconds(60))),
        (400, #"{"code":21211}"#, "", .rejected),
        (400, #"{"code":99999}"#, "", .rejected),
        (404, "<html>", "", .rejected),
        (401, #"{"code":20003}"#, "", .unauthorized),
        (403, "", "", .unauthorized),
        (500, #"{"code":20500}"#, "", .unknown),
        (503, #"{"code":21610}"#, "", .unknown),
        (201, "not JSON", "", .unknown),
    ])
    func theStatusDecidesFirst(status: Int, body: String, header: String, effect: SendingError.Effect) async throws {
        let error = try #require(try await self.effect(of: [reply(status, body, header)]))
        #expect(error.effect == effect && error.status == status)
    }

    @Test func aLostConnectionIsUnknown() async throws {
        #expect(try await effect(of: [""])?.effect == .unknown)
        #expect(try await effect(of: ["HTTP/1.1 201 X\r\nContent-Length: 100\r\n\r\n{"])?.effect == .unknown)
    }

    @Test func whatCouldNotConnectWasNotSent() async throws {
        let http = try HTTPClient()
        let twilio = Twilio(.init(account: "AC1", authToken: "t", baseURL: "http://127.0.0.1:1"), http: http)
        let error = await #expect(throws: SendingError.self) { try await twilio.send(message()) }
        #expect(error?.effect == .later(after: nil))
        await http.shutdown()
    }

    @Test func listsWhatWasSent() async throws {
        let list = reply(
            200,
            #"""
            {"messages":[{"sid":"SM3","body":"c","status":"sent","date_created":"Sun, 29 Nov 2026 10:52:03 +0000"},
            {"sid":"SM2","body":"b","status":"sent","date_created":"Sun, 29 Nov 2026 11:40:00 +0100"}],"next_page_uri":null}
            """#
        )
        let since = try Date("2026-11-29T10:45:00Z", strategy: .iso8601)
        let (sent, requests) = try await answering([list]) { [from, to] in
            try await $0.sent(from: from, to: to, since: since)
        }
        #expect(sent?.map(\.id) == ["SM3"], "the other was accepted at 10:40")
        #expect(
            requests.first?.line
                == "GET /2010-04-01/Accounts/AC1/Messages.json?From=%2B18005551212&To=%2B14155550123&DateSent%3E=2026-11-29&PageSize=1000 HTTP/1.1"
        )
    }

    @Test func redacts() async throws {
        let replies = [reply(200, #"{"sid":"SM3","body":""}"#), reply(404, #"{"code":20404}"#)]
        let (_, requests) = try await answering(replies) { provider in
            try await provider.redact("SM3")
            try await provider.redact("SM4")
        }
        #expect(requests.map(\.line).first == "POST /2010-04-01/Accounts/AC1/Messages/SM3.json HTTP/1.1")
        #expect(requests.first?.text == "Body=")
    }

    @Test func aSecondProviderSendsJSON() async throws {
        let replies = [
            reply(200, #"{"data":{"id":"m1","to":[{"status":"queued"}]}}"#),
            reply(403, #"{"errors":[{"code":"40300","title":"Blocked due to STOP message"}]}"#),
        ]
        let make: @Sendable (String, HTTPClient) -> any SMSProvider = {
            Telnyx(.init(apiKey: "KEY", publicKey: "", baseURL: $0), http: $1)
        }
        let (results, requests) = try await answering(replies, with: make) { provider in
            let sent = try await provider.send(message("x"))
            let error = await #expect(throws: SendingError.self) { try await provider.send(message("x")) }
            return (sent.id, error?.effect)
        }
        #expect(results.0 == "m1" && results.1 == .optedOut)
        #expect(
            requests.first?.line == "POST /v2/messages HTTP/1.1" && requests.first?["authorization"] == "Bearer KEY"
        )
        #expect(
            requests.first?.text
                == #"{"from":"+18005551212","text":"x","to":"+14155550123","webhook_url":"https://x.example/r/abc"}"#
        )
    }

    @Test func errorsShowNoNumber() {
        let text = "\(SendingError(.rejected, status: 400, code: 21211))"
        #expect(text == "status 400, code 21211, the recipient's number is not valid")
    }

    @Test func statesHaveRanks() {
        let order: [DeliveryStatus] = [.accepted, .queued, .sending, .sent, .delivered, .read]
        #expect(order.map(\.rank) == order.map(\.rank).sorted() && Set(order.map(\.rank)).count == order.count)
        #expect(DeliveryStatus.allCases.filter(\.isFailure).allSatisfy { $0.isFinal })
    }
}
