import HTTPClient
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ProxyTests {
    @Test
    func readsTheUsualVariables() {
        let none = ProxyConfiguration(environment: ["HTTP_PROXY": "set-by-a-header", "https_proxy": ""])
        #expect(none == ProxyConfiguration())
        let each = ProxyConfiguration(environment: [
            "http_proxy": "a", "HTTPS_PROXY": "b", "ALL_PROXY": "c", "no_proxy": "d", "NO_PROXY": "e",
        ])
        #expect(each == ProxyConfiguration(http: "a", https: "b", exceptions: "d"))
        let all = ProxyConfiguration(environment: ["all_proxy": "c"])
        #expect(all == ProxyConfiguration(http: "c", https: "c"))
    }

    @Test
    func hidesThePasswordFromDescriptions() {
        let proxies = ProxyConfiguration(environment: ["all_proxy": "http://user:secret@proxy"])
        #expect(!"\(proxies)".contains("secret"))
        #expect(!String(reflecting: HTTPClient.Configuration.forTests(proxies: proxies)).contains("secret"))
    }

    @Test
    func asksTheProxyForPlainRequests() async throws {
        try await withScriptedServer { connection in
            while let request = try await connection.request() {
                try await connection.answer(
                    "200 OK",
                    "\(request.line) by \(request["proxy-authorization"] ?? "nobody")"
                )
            }
        } _: { proxy in
            let proxies = ProxyConfiguration(
                environment: ["http_proxy": "http://user:pass@\(proxy.authority)", "no_proxy": "127.0.0.1"]
            )
            try await withClient(.forTests(proxies: proxies)) { client in
                let head = HTTPRequest(method: .get, scheme: "http", authority: "far.test", path: "/x")
                let answer = try await client.text(HTTPClientRequest(head))
                #expect(answer.body == "GET http://far.test/x HTTP/1.1 by Basic dXNlcjpwYXNz")
                // An exception: the same server, asked for itself.
                #expect(try await client.text(proxy.request()).body == "GET / HTTP/1.1 by nobody")
            }
        }
    }

    @Test
    func asksTheProxyForATunnelToSecureHosts() async throws {
        let lines = Mutex<[String]>([])
        try await withScriptedServer { connection in
            guard let request = try await connection.request() else { return }
            lines.withLock { $0.append(request.line) }
            guard connection.number == 0 else { return try await connection.answer("403 Forbidden") }
            // A tunnel to something that speaks no TLS.
            try await connection.send("HTTP/1.1 200 Connection established\r\nX-From: proxy\r\n\r\n")
            _ = try await connection.receive()
            try await connection.send("HTTP/1.1 400 Bad Request\r\n\r\n")
        } _: { proxy in
            let proxies = ProxyConfiguration(environment: ["https_proxy": proxy.authority])
            try await withClient(.forTests(proxies: proxies)) { client in
                let head = HTTPRequest(method: .get, scheme: "https", authority: "far.test", path: "/x")
                let untrusted = await client.failure(HTTPClientRequest(head))
                #expect(untrusted?.code == .tlsFailed)
                let refused = await client.failure(HTTPClientRequest(head))
                #expect(refused?.code == .connectionFailed)
                #expect(refused?.progress == .unsent)
            }
        }
        #expect(lines.withLock { $0 } == Array(repeating: "CONNECT far.test:443 HTTP/1.1", count: 2))
    }
}
