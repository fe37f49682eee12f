import Foundation
import HTTPClient
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@testable import AWS

/// The stand-in for all tests of this target, which is started by the first that needs it.
enum StandIn {
    static let leave = "How many days of annual leave do I get?"
    static let leaveInGerman = "Wie viele Urlaubstage habe ich im Jahr?"
    static let hotel = "Who pays for a hotel in Zurich?"

    private static let phrases = [
        AWSStandIn.Phrase(leave, "en"), .init(leaveInGerman, "de"), .init(hotel, "en"),
    ]

    private static let unpaced = Task { try await AWSStandIn(phrases: phrases) }
    private static let paced = Task { try await AWSStandIn(phrases: phrases, isPaced: true) }

    /// Lends a client of the stand-in.
    ///
    /// - Parameters:
    ///   - region: The region, which names the fault.
    ///   - clock: The client's clock.
    ///   - isPaced: Whether the stand-in refuses audio that comes faster than it was spoken.
    ///   - environment: The environment, which names the credentials.
    ///   - change: Changes the configuration.
    ///   - body: Gets the client.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, or what keeps the stand-in from running.
    static func withClient<Result>(
        region: String = "eu-central-1",
        clock: any Clock<Duration> = SelfAdvancingClock(),
        isPaced: Bool = false,
        environment: [String: String] = AWSStandIn.environment,
        _ change: (inout AWSConfiguration) -> Void = { _ in },
        _ body: (AWSClient) async throws -> Result
    ) async throws -> Result {
        let server = try await (isPaced ? paced : unpaced).value
        let http = try client(of: server)
        var configuration = AWSConfiguration(
            region: region,
            credentials: try AWSCredentialsProvider(environment: environment),
            pollyURL: server.baseURL,
            transcribeURL: server.baseURL
        )
        change(&configuration)
        let aws = try AWSClient(configuration: configuration, http: http, clock: clock, randomness: { 0.5 })
        let result = try await body(aws)
        await http.shutdown()
        return result
    }

    /// What has happened in a region.
    static func report(_ region: String, isPaced: Bool = false) async throws -> StandInReport {
        let bytes = try await send(.get, "/report?\(region)", isPaced: isPaced)
        return try JSONDecoder().decode(StandInReport.self, from: Data(bytes))
    }

    /// Lets a request of a region go on that waits.
    static func release(_ region: String) async throws {
        _ = try await send(.post, "/release?\(region)", isPaced: false)
    }

    private static func send(_ method: HTTPRequest.Method, _ path: String, isPaced: Bool) async throws -> [UInt8] {
        let server = try await (isPaced ? paced : unpaced).value
        let http = try client(of: server)
        let authority = String(server.baseURL.dropFirst("https://".count))
        let head = HTTPRequest(method: method, scheme: "https", authority: authority, path: path)
        let response = try await http.execute(HTTPClientRequest(head))
        let bytes = try await response.body.collect(upTo: 1 << 20)
        await http.shutdown()
        return bytes
    }

    private static func client(of server: AWSStandIn) throws -> HTTPClient {
        try HTTPClient(
            configuration: .init(trustRootsFile: server.authority, proxies: ProxyConfiguration())
        )
    }
}

/// What the stand-in tells of a region.
struct StandInReport: Decodable {
    /// How many requests there were of each path.
    let attempts: [String: Int]
    /// The number of the connection of each request.
    let connections: [Int]?
    /// How many requests of all regions were given up by their clients.
    let abandoned: Int
    /// The sizes of the pieces of audio in the last stream.
    let pieces: [Int]?
    /// The message of the last exception frame.
    let exception: String?
    /// The last request of speech, without its text.
    let request: [String: String]?
}

extension Trait where Self == ConditionTrait {
    /// Skips a test where the stand-in cannot run.
    static var needsAWSStandIn: Self {
        .enabled(if: AWSStandIn.isAvailable, "botocore, h2, espeak-ng or ffmpeg is missing; scripts/test installs them")
    }
}
