import Foundation
import HTTPClient
import Synchronization
import TestSupport
import Testing

@testable import AWS

/// What a call corrects by itself, once: credentials that have ended, and the clock.
@Suite(.timeLimit(.minutes(1)))
struct AWSTransportTests {
    @Test
    func replacesCredentialsThatHaveEnded() async throws {
        let keys = Mutex<[String]>([])
        try await Self.withServer { connection, request in
            let key = Self.key(of: request)
            keys.withLock { $0.append(key) }
            guard key == "AKID2" else { return try await connection.refuse(403, "ExpiredTokenException") }
            try await connection.audio()
        } _: { polly in
            let speech = try await polly.speech(PollySpeechRequest(text: "Yes.", voice: "Amy"))
            let audio = try await speech.collect(upTo: 9)
            #expect(audio == [1, 2])
            #expect(keys.withLock { $0 } == ["AKID1", "AKID2"])
        }
    }

    @Test
    func replacesThemOnce() async throws {
        let count = Mutex(0)
        try await Self.withServer { connection, _ in
            count.withLock { $0 += 1 }
            try await connection.refuse(403, "ExpiredTokenException")
        } _: { polly in
            let error = await #expect(throws: AWSError.self) {
                try await polly.speech(PollySpeechRequest(text: "Yes.", voice: "Amy"))
            }
            #expect(error?.code == .unauthorized)
            #expect(error?.requestID == "request-1")
            #expect(count.withLock { $0 } == 2)
        }
    }

    @Test
    func correctsTheClockOnce() async throws {
        let count = Mutex(0)
        try await Self.withServer { connection, _ in
            count.withLock { $0 += 1 }
            let date = "Date: Thu, 28 Jan 2027 \(count.withLock { $0 } == 1 ? "09" : "12"):00:00 GMT\r\n"
            try await connection.refuse(403, "RequestTimeTooSkewed", date)
        } _: { polly in
            let error = await #expect(throws: AWSError.self) {
                try await polly.speech(PollySpeechRequest(text: "Yes.", voice: "Amy"))
            }
            #expect(error?.code == .clockSkewed)
            #expect(count.withLock { $0 } == 2)
        }
    }

    @Test
    func signsWithTheServersTime() async throws {
        let times = Mutex<[String]>([])
        try await Self.withServer { connection, request in
            let count = times.withLock { times in
                times.append(request["x-amz-date"] ?? "")
                return times.count
            }
            guard count == 1 else { return try await connection.audio() }
            let date = "Date: Fri, 15 Jan 2027 10:30:00 GMT\r\n"
            try await connection.refuse(403, "InvalidSignatureException", date)
        } _: { polly in
            _ = try await polly.speech(PollySpeechRequest(text: "Yes.", voice: "Amy"))
            #expect(times.withLock { $0 } == ["20270115T080000Z", "20270115T103000Z"])
        }
    }

    @Test
    func takesAWrongSignatureForOneWhereTheTimesAgree() async throws {
        let count = Mutex(0)
        try await Self.withServer { connection, _ in
            count.withLock { $0 += 1 }
            try await connection.refuse(403, "InvalidSignatureException", "Date: Fri, 15 Jan 2027 08:00:30 GMT\r\n")
        } _: { polly in
            let error = await #expect(throws: AWSError.self) {
                try await polly.speech(PollySpeechRequest(text: "Yes.", voice: "Amy"))
            }
            #expect(error?.code == .unauthorized)
            #expect(count.withLock { $0 } == 1)
        }
    }

    /// Lends Polly at a server that gives out credentials, too: `AKID1`, then `AKID2` and so on.
    private static func withServer(
        _ answer: @escaping @Sendable (ScriptedConnection, ReceivedRequest) async throws -> Void,
        _ body: (PollyAPI) async throws -> Void
    ) async throws {
        let fetches = Mutex(0)
        try await withScriptedServer { connection in
            while let request = try await connection.request() {
                guard request.line.hasPrefix("GET /credentials") else {
                    try await answer(connection, request)
                    continue
                }
                let number = fetches.withLock { count in
                    count += 1
                    return count
                }
                try await connection.answer(#"{"AccessKeyId":"AKID\#(number)","SecretAccessKey":"secret"}"#)
            }
        } _: { server in
            let url = "http://127.0.0.1:\(server.port)"
            let credentials = try AWSCredentialsProvider(environment: [
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": "\(url)/credentials"
            ])
            let http = try HTTPClient(configuration: .init(proxies: ProxyConfiguration()))
            let aws = try AWSClient(
                configuration: AWSConfiguration(region: "eu-west-1", credentials: credentials, pollyURL: url),
                http: http,
                clock: SelfAdvancingClock(),
                now: { Date(timeIntervalSince1970: 1_800_000_000) }
            )
            try await body(aws.polly)
            await http.shutdown()
        }
    }

    private static func key(of request: ReceivedRequest) -> String {
        let authorization = request["authorization"] ?? ""
        return authorization.split(separator: "Credential=").last?.split(separator: "/").first.map(String.init) ?? ""
    }
}

extension ScriptedConnection {
    fileprivate func refuse(_ status: Int, _ type: String, _ fields: String = "") async throws {
        let body = #"{"__type":"com.amazon.coral#\#(type)","message":"no"}"#
        try await send(
            "HTTP/1.1 \(status) No\r\nx-amzn-RequestId: request-1\r\n\(fields)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        )
    }

    fileprivate func audio() async throws {
        try await send("HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\nContent-Length: 2\r\n\r\n\u{1}\u{2}")
    }
}
