import HTTPClient
import HTTPTypes
import TestSupport

/// Lends a client and shuts it down at the end.
func withClient<Result>(
    _ configuration: HTTPClient.Configuration = .forTests(),
    _ body: (HTTPClient) async throws -> Result
) async throws -> Result {
    let client = try HTTPClient(configuration: configuration)
    do {
        let result = try await body(client)
        await client.shutdown()
        return result
    } catch {
        await client.shutdown()
        throw error
    }
}

extension HTTPClient.Configuration {
    /// A configuration that the machine's environment has no part in.
    static func forTests(
        trustRootsFile: String? = nil,
        proxies: ProxyConfiguration = ProxyConfiguration(),
        maximumConnectionsPerHost: Int = 128,
        maximumTransfers: Int = 10_000,
        sharesHTTP2Connections: Bool = false
    ) -> Self {
        Self(
            trustRootsFile: trustRootsFile,
            proxies: proxies,
            maximumConnectionsPerHost: maximumConnectionsPerHost,
            maximumTransfers: maximumTransfers,
            sharesHTTP2Connections: sharesHTTP2Connections
        )
    }
}

extension ScriptedServer {
    /// A request to this server.
    func request(
        _ method: HTTPRequest.Method = .get,
        _ path: String = "/",
        fields: HTTPFields = [:],
        body: HTTPClientRequest.Body = .none,
        timeouts: HTTPClientRequest.Timeouts = .init()
    ) -> HTTPClientRequest {
        HTTPClientRequest(
            HTTPRequest(method: method, scheme: "http", authority: authority, path: path, headerFields: fields),
            body: body,
            timeouts: timeouts,
            unixSocketPath: unixSocketPath
        )
    }
}

extension HTTPClient {
    /// Sends a request and returns the status and the whole body as text.
    func text(_ request: HTTPClientRequest) async throws -> (status: Int, body: String) {
        let response = try await execute(request)
        let body = try await response.body.collect(upTo: 1 << 20)
        return (response.head.status.code, String(decoding: body, as: UTF8.self))
    }

    /// Sends a request that has to fail, with or after its head, and returns why.
    func failure(_ request: HTTPClientRequest) async -> HTTPClientError? {
        do throws(HTTPClientError) {
            _ = try await execute(request).body.collect(upTo: 1 << 30)
            return nil
        } catch {
            return error
        }
    }
}

extension ScriptedConnection {
    /// Answers with a body whose length is declared.
    func answer(_ status: String = "200 OK", _ body: String = "") async throws {
        try await send("HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }

    /// Answers every request alike until the client goes away.
    func answerAll(_ body: String = "") async throws {
        while try await request() != nil { try await answer("200 OK", body) }
    }
}

extension ScriptedConnection {
    /// Answers with a body that takes as long as its reader does, reporting each piece once it is sent.
    func answerSlowly(bytes: Int, _ report: (Int) -> Void = { _ in }) async throws {
        _ = try await request()
        try await send("HTTP/1.1 200 OK\r\nContent-Length: \(bytes)\r\n\r\n")
        let piece = [UInt8](repeating: 7, count: 64 * 1024)
        for _ in 0..<(bytes / piece.count) {
            try await send(piece)
            report(piece.count)
        }
        await closed()
    }
}

extension HTTPClientBody {
    /// Reads the body to its end, keeping none of it.
    func count() async throws(HTTPClientError) -> Int {
        var count = 0
        for try await chunk in self { count += chunk.count }
        return count
    }
}
