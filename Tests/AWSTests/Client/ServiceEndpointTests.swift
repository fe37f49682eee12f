import Testing

@testable import AWS

/// Where services are.
@Suite
struct ServiceEndpointTests {
    @Test(
        arguments: [
            ("eu-central-1", nil, "https", "polly.eu-central-1.amazonaws.com"),
            ("cn-north-1", nil, "https", "polly.cn-north-1.amazonaws.com.cn"),
            (
                "eu-west-1", "https://vpce-1.polly.eu-west-1.vpce.amazonaws.com", "https",
                "vpce-1.polly.eu-west-1.vpce.amazonaws.com"
            ),
            ("eu-west-1", "https://localhost:443/", "https", "localhost"),
            ("eu-west-1", "http://localhost:8080", "http", "localhost:8080"),
            ("eu-west-1", "http://[::1]:80", "http", "[::1]"),
        ] as [(String, String?, String, String)]
    )
    func knowsTheAddress(_ region: String, _ url: String?, _ scheme: String, _ authority: String) throws {
        let endpoint = try ServiceEndpoint(host: "polly", signingName: "polly", region: region, baseURL: url)
        #expect(endpoint.scheme == scheme)
        #expect(endpoint.authority == authority)
    }

    @Test(
        arguments: [
            ("", nil), ("eu central", nil), ("evil.example.org/", nil), ("eu-west-1", "ftp://localhost"),
            ("eu-west-1", "https://localhost/path"), ("eu-west-1", "https://key@localhost"),
            ("eu-west-1", "localhost:80"),
            ("eu-west-1", "https://localhost?x=1"), ("eu-west-1", ""),
        ] as [(String, String?)]
    )
    func refusesWhatIsNoAddress(_ region: String, _ url: String?) {
        let error = #expect(throws: AWSError.self) {
            try ServiceEndpoint(host: "polly", signingName: "polly", region: region, baseURL: url)
        }
        #expect(error?.code == .invalidRequest)
    }
}
