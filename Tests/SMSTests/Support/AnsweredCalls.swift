import Foundation
import HTTPClient
import SMS
import Synchronization
import TestSupport

/// Answers each call with the next reply, and returns the requests beside what `body` returns.
func answering<Result: Sendable>(
    _ replies: [String],
    with make: @escaping @Sendable (String, HTTPClient) -> any SMSProvider = { base, http in
        Twilio(
            .init(account: "AC1", authToken: "t", apiKey: (id: "SK1", secret: "s"), baseURL: base),
            http: http
        )
    },
    _ body: (any SMSProvider) async throws -> Result
) async throws -> (Result, [ReceivedRequest]) {
    let requests = Mutex<[ReceivedRequest]>([])
    let left = Mutex(replies)
    let result = try await withScriptedServer { connection in
        while let request = try await connection.request() {
            requests.withLock { $0.append(request) }
            let reply = left.withLock { $0.isEmpty ? "" : $0.removeFirst() }
            guard !reply.isEmpty else { return }
            try await connection.send(reply)
        }
    } _: { server in
        let http = try HTTPClient()
        do {
            let result = try await body(make("http://\(server.authority)", http))
            await http.shutdown()
            return result
        } catch {
            await http.shutdown()
            throw error
        }
    }
    return (result, requests.withLock(\.self))
}

/// A response with JSON, or with another body.
func reply(_ status: Int, _ body: String, _ header: String = "") -> String {
    "HTTP/1.1 \(status) X\r\nContent-Type: application/json\r\n\(header)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
}
