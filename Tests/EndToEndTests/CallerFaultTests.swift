import Foundation
import HTTPTypes
import TestSupport
import Testing

/// What callers do wrong, and what they are answered: none of it counts as the server's failure.
@Suite(.timeLimit(.minutes(3))) struct CallerFaultTests {
    private static let login = "POST /login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"

    /// The lines of a metric.
    private func metric(_ name: String, _ api: API, _ headers: HTTPFields = [:]) async throws -> [String] {
        let reply = try await api.send(.get, "/metrics", headers: headers)
        return String(decoding: reply.body, as: UTF8.self).split(separator: "\n").map(String.init)
            .filter { $0.hasPrefix("\(name){") }
    }

    private func failures(_ api: API, _ headers: HTTPFields = [:]) async throws -> [String] {
        try await metric("policy_assistant_http_requests_total", api, headers).filter { $0.contains(#"status="5"#) }
    }

    @Test func malformedBodiesGetClientErrors() async throws {
        try await withInstallation(settings: SigningIn.settings) { installation, _ in
            let key = try await installation.run(["keys", "add", "ops", "--admin"]).output
            let admin: HTTPFields = [.authorization: "Bearer \(key.trimmingCharacters(in: .newlines))"]
            try await installation.runningReplica { replica in
                let api = replica.api
                let chunked = Self.login + "transfer-encoding: chunked\r\n\r\n"
                for (text, status) in [
                    (chunked + "zz\r\n{}\r\n0\r\n\r\n", 400), (chunked + "2\r\n{}xx\r\n0\r\n\r\n", 400),
                    (chunked + "2\r\n{}\r\n0\r\ncontent-length: 5\r\n\r\n", 400),
                    (Self.login + "transfer-encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 501),
                    (Self.login + "content-length: 2\r\ncontent-length: 5\r\n\r\n{}", 400),
                    (Self.login + "expect: miracles\r\ncontent-length: 2\r\n\r\n{}", 417),
                ] {
                    let reply = try await api.sendRaw(text)
                    #expect(reply.hasPrefix("HTTP/1.1 \(status) "), "\(text): \(reply)")
                    #expect(reply.contains("application/problem+json") && reply.contains("connection: close"))
                }
                // Callers who hang up in the middle of a body, orderly or not.
                for isReset in [false, true] {
                    try await withRawConnection(toPort: api.port) { connection in
                        try await connection.send(Self.login + "content-length: 500\r\n\r\n{")
                        if isReset { try await connection.reset() }
                    }
                }
                try await eventually {
                    let lines = try await metric("policy_assistant_http_requests_total", api, admin)
                    let counts = lines.filter { $0.contains(#"route="/login""#) }.compactMap {
                        Int($0.split(separator: " ").last ?? "")
                    }
                    return counts.reduce(0, +) == 5
                }
                #expect(try await failures(api, admin) == [])
                let refusals = try await metric("policy_assistant_http_refusals_total", api, admin)
                #expect(refusals.contains(#"policy_assistant_http_refusals_total{code="unknown_transfer_coding"} 1"#))
                await replica.program.terminate()
                let complaints = replica.program.output.filter { $0.contains(" warning ") || $0.contains(" error ") }
                #expect(complaints == [])
            }
        }
    }

    @Test func clientsThatExpectContinueGetAResponseAtOnce() async throws {
        try await withInstallation(settings: SigningIn.settings) { installation, _ in
            try await installation.serving { api in
                try await withRawConnection(toPort: api.port) { connection in
                    try await connection.send(Self.login + "content-length: 2\r\nexpect: 100-continue\r\n\r\n")
                    #expect(try await connection.text() == "HTTP/1.1 100 Continue\r\n\r\n")
                    try await connection.send("{}")
                    #expect(try await connection.text().hasPrefix("HTTP/1.1 422 "))
                }
                for (head, status) in [
                    (Self.login + "content-length: 50000000\r\n", 413),
                    (Self.login.replacing("application/json", with: "text/plain") + "content-length: 5\r\n", 415),
                    (Self.login.replacing("/login", with: "/chat") + "content-length: 5\r\n", 401),
                ] {
                    let reply = try await api.sendRaw(head + "expect: 100-continue\r\n\r\n")
                    #expect(reply.hasPrefix("HTTP/1.1 \(status) ") && reply.contains("connection: close"), "\(reply)")
                }
            }
        }
    }

    @Test func disconnectWithCancellationIsNotAFailure() async throws {
        let begun = ["First": Gate(), "Second": Gate()]
        try await withScriptedInstallation { call in
            guard let gate = begun[call.question] else { return .usual }
            gate.open()
            return .reply(.silence())
        } _: { installation, _, _ in
            try await installation.runningReplica { replica in
                for (question, key) in [("First", ""), ("Second", "idempotency-key: k1\r\n")] {
                    let body = #"{"user_id": "\#(question)", "message": "\#(question)", "on_disconnect": "cancel"}"#
                    try await withRawConnection(toPort: replica.api.port) { connection in
                        let head = "POST /chat HTTP/1.1\r\nhost: localhost\r\n\(key)content-type: application/json\r\n"
                        try await connection.send("\(head)content-length: \(body.utf8.count)\r\n\r\n\(body)")
                        await begun[question]?.wait()
                    }
                }
                try await eventually {
                    try await metric("policy_assistant_http_requests_total", replica.api)
                        .contains(#"policy_assistant_http_requests_total{method="POST",route="/chat",status="499"} 2"#)
                }
                #expect(try await failures(replica.api) == [])
                await replica.program.terminate()
                #expect(replica.program.output.filter { $0.contains(" warning ") || $0.contains(" error ") } == [])
                #expect(replica.program.output.contains { $0.contains("status=499") && $0.contains("request_id=") })
                #expect(!replica.program.output.contains { $0.contains("hb.request.id") })
            }
        }
    }

    @Test func aStreamForHTTP10EndsWithItsConnection() async throws {
        try await withScriptedInstallation { installation, _, _ in
            try await installation.serving { api in
                let body = #"{"user_id": "ana", "message": "Load", "stream": true}"#
                let head =
                    "POST /chat HTTP/1.0\r\ncontent-type: application/json\r\ncontent-length: \(body.utf8.count)\r\n\r\n"
                let reply = try await api.sendRaw(head + body)
                #expect(reply.hasPrefix("HTTP/1.0 200 ") && reply.contains("connection: close"))
                #expect(!reply.contains("transfer-encoding") && reply.contains("\r\n\r\nid: 1\nevent: "))
                #expect(reply.contains("event: done\n") && reply.hasSuffix("\n\n"))
                #expect(try await api.sendRaw("GET /healthz HTTP/1.0\r\n\r\n").hasPrefix("HTTP/1.0 200 "))
            }
        }
    }

    @Test func everyUserIDWorksInPaths() async throws {
        let users = [
            ("\u{FEFF}ana", "%EF%BB%BFana"), ("\u{200B}ana", "%E2%80%8Bana"), ("a/b", "a%2Fb"), ("a+b", "a+b"),
            ("a b", "a%20b"), ("%41", "%2541"), ("e\u{301}", "e%CC%81"), ("\u{E9}", "%C3%A9"), ("...", "..."),
            ("a?b#c", "a%3Fb%23c"), ("a\\b", "a%5Cb"), ("ana\u{FEFF}", "ana%EF%BB%BF"),
        ]
        try await withScriptedInstallation { installation, _, _ in
            try await installation.serving { api in
                for (user, _) in users {
                    #expect(try await api.ask("Load", as: user).userId.utf8.elementsEqual(user.utf8))
                }
                for (user, path) in users {
                    let thread = try await api.send(.get, "/threads/\(path)")
                    #expect(thread.status == 200, "\(path)")
                    #expect(try thread.decoded(ThreadBody.self).userId.utf8.elementsEqual(user.utf8), "\(path)")
                    #expect(try await api.send(.get, "/threads/\(path)/messages").status == 200, "\(path)")
                    #expect(try await api.send(.delete, "/threads/\(path)").status == 204, "\(path)")
                    #expect(try await api.send(.get, "/threads/\(path)").status == 404, "\(path)")
                }
                for user in [".", ".."] {
                    #expect(try await api.send(ChatQuestion("Load", by: user)).status == 422)
                }
            }
        }
    }
}
