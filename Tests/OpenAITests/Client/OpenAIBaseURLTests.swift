import OpenAI
import Testing

@Suite struct OpenAIBaseURLTests {
    @Test(
        arguments: [
            ("https://api.openai.com/v1", "https", "api.openai.com", nil, "/v1"),
            ("https://api.openai.com/v1/", "https", "api.openai.com", nil, "/v1"),
            ("https://api.openai.com", "https", "api.openai.com", nil, ""),
            ("https://api.openai.com/", "https", "api.openai.com", nil, ""),
            ("http://127.0.0.1:8787/v1//", "http", "127.0.0.1", 8787, "/v1"),
            ("HTTPS://API.example.COM:443/a/b%20c", "https", "api.example.com", 443, "/a/b%20c"),
            ("http://[::1]:9000/v1", "http", "[::1]", 9000, "/v1"),
            ("http://localhost/v1", "http", "localhost", nil, "/v1"),
        ] as [(String, String, String, Int?, String)]
    )
    func parses(_ text: String, scheme: String, host: String, port: Int?, prefix: String) throws {
        let url = try OpenAIBaseURL(text)
        #expect(url.scheme == scheme)
        #expect(url.host == host)
        #expect(url.port == port)
        #expect(url.pathPrefix == prefix)
    }

    @Test(arguments: [
        "", "api.openai.com/v1", "localhost:8000", "ftp://api.openai.com", "https://", "https:///v1", "https:/v1",
        "https://api.openai.com:99999/v1", "https://api.openai.com:0/v1", "https://api.openai.com:x/v1",
        "https://user@api.openai.com/v1", "https://user:secret@api.openai.com/v1",
        "https://api.openai.com/v1?key=secret", "https://api.openai.com/v1#x", "https://api openai.com/v1",
        "https://api.openai.com/v 1", "https://api.openai.com/v1\nX-Evil: 1", "file:///etc/passwd", "https://[::1/v1",
    ])
    func refuses(_ text: String) throws {
        let error = #expect(throws: OpenAIError.self) { try OpenAIBaseURL(text) }
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.message.contains("secret") == false)
    }

    @Test(arguments: [
        ("http://localhost:1/v1", true), ("http://127.0.0.1/v1", true), ("http://127.9.8.7/v1", true),
        ("http://[::1]/v1", true), ("http://dev.localhost/v1", true), ("http://10.0.0.1/v1", false),
        ("http://127.0.0.1.example.com/v1", false), ("http://localhost.example.com/v1", false),
    ])
    func knowsThisMachine(_ text: String, _ isLoopback: Bool) throws {
        #expect(try OpenAIBaseURL(text).isLoopback == isLoopback)
    }
}
