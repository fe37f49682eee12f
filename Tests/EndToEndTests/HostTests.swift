import HTTPTypes
import TestSupport
import Testing

/// Under which names the server and the engine are served where nothing authenticates callers.
@Suite(.timeLimit(.minutes(3))) struct HostTests {
    private func get(_ target: String, host: String, _ api: API) async throws -> String {
        try await api.sendRaw("GET \(target) HTTP/1.1\r\nhost: \(host)\r\nconnection: close\r\n\r\n")
    }

    @Test func refusalsOfOtherHostsNameTheSettings() async throws {
        let settings = ["PUBLIC_URL": "https://assistant.example/help", "ALLOWED_HOSTS": "*.intranet.example"]
        try await withInstallation(settings: settings) { installation, _ in
            try await installation.serving { api in
                let port = try api.port
                for host in [
                    "localhost:\(port)", "127.0.0.1:\(port)", "[::1]", "assistant.example", "a.intranet.example:1",
                ] {
                    #expect(try await get("/session", host: host, api).hasPrefix("HTTP/1.1 200 "), "\(host)")
                }
                for target in ["/session", "/files", "/threads/ana", "/", "/docs", "/nothing"] {
                    let reply = try await get(target, host: "evil.example:\(port)", api)
                    #expect(reply.hasPrefix("HTTP/1.1 421 "), "\(target)")
                    #expect(reply.contains(#""code":"host_not_allowed""#))
                    #expect(reply.contains("PUBLIC_URL") && reply.contains("ALLOWED_HOSTS"))
                }
                for target in ["/healthz", "/readyz"] {
                    #expect(!(try await get(target, host: "10.1.2.3", api)).hasPrefix("HTTP/1.1 421 "), "\(target)")
                }
                let absolute = try await get("http://evil.example/files", host: "localhost", api)
                #expect(absolute.hasPrefix("HTTP/1.1 421 "))
            }
        }
    }

    @Test(arguments: [["AUTH_MODE": "none"], ["AUTH_MODE": "api-key"]])
    func invalidHostsAreRefusedInEveryMode(settings: [String: String]) async throws {
        try await withInstallation(settings: settings) { installation, _ in
            try await installation.serving { api in
                for fields in ["", "host: a\r\nhost: b\r\n", "host: a b/c@d\r\n"] {
                    let reply = try await api.sendRaw("GET /healthz HTTP/1.1\r\n\(fields)\r\n")
                    #expect(reply.hasPrefix("HTTP/1.1 400 "), "\(reply)")
                    #expect(reply.contains(#""code":"invalid_host""#) && reply.contains("x-request-id: "))
                }
                #expect(
                    try await get("/session", host: "any.example", api).hasPrefix("HTTP/1.1 421 ")
                        == (settings["AUTH_MODE"] == "none")
                )
            }
        }
    }

    @Test func engineSendsContinueAndReportsMalformedBodies() async throws {
        try await withInstallation { installation, _ in
            try await installation.servingEngine { port in
                let head = "POST /v1/conversations HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                try await withRawConnection(toPort: port) { connection in
                    let fields = "authorization: Bearer x\r\ncontent-length: 2\r\nexpect: 100-continue\r\n"
                    try await connection.send("\(head)\(fields)\r\n")
                    #expect(try await connection.text() == "HTTP/1.1 100 Continue\r\n\r\n")
                    try await connection.send("{}")
                    #expect(try await connection.text().hasPrefix("HTTP/1.1 200 "))
                }
                for (fields, body, status) in [
                    ("authorization: Bearer x\r\ntransfer-encoding: chunked\r\n", "zz\r\n", 400),
                    ("content-length: 2\r\nexpect: 100-continue\r\n", "", 401),
                ] {
                    try await withRawConnection(toPort: port) { connection in
                        try await connection.send("\(head)\(fields)\r\n\(body)")
                        let reply = await connection.rest()
                        #expect(
                            reply.hasPrefix("HTTP/1.1 \(status) ") && reply.contains("invalid_request_error"),
                            "\(reply)"
                        )
                    }
                }
            }
        }
    }

    @Test func engineAllowsOnlyItsOwnHosts() async throws {
        try await withInstallation { installation, _ in
            try await installation.servingEngine { port in
                func status(_ host: String) async throws -> String {
                    try await withRawConnection(toPort: port) { connection in
                        let head = "GET /v1/files HTTP/1.1\r\nhost: \(host)\r\nauthorization: Bearer x\r\n"
                        try await connection.send("\(head)connection: close\r\n\r\n")
                        return await String(connection.rest().dropFirst(9).prefix(3))
                    }
                }
                for (host, expected) in [
                    ("127.0.0.1:\(port)", "200"), ("localhost", "200"), ("evil.example:\(port)", "421"), ("a b", "400"),
                ] {
                    let answer = try await status(host)
                    #expect(answer == expected, "\(host)")
                }
            }
        }
    }
}
