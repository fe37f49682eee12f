import Foundation
import HTTPTypes
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import AWS

/// Signatures of requests of many shapes, held against botocore's.
@Suite(.enabled(if: AWSStandIn.python != nil, "botocore is missing; scripts/test installs it"))
struct BotocoreTests {
    private struct Case: Encodable {
        var method, host, target, service, region, secret, time: String
        var token: String?
        var headers: [[String]]
        var body: [UInt8]
    }

    @Test
    func signsAsBotocoreDoes() async throws {
        var generator = SeededGenerator(0x5EED)
        let cases = (0..<500).map { _ in Self.random(using: &generator) }
        let expected = try await Self.botocore(cases)
        try #require(expected.count == cases.count)
        for (index, request) in cases.enumerated() {
            let signature = try Self.signature(of: request)
            #expect(signature == expected[index], "\(request.target) \(request.headers)")
        }
    }

    private static func random(using generator: inout SeededGenerator) -> Case {
        func text(_ alphabet: String, _ length: ClosedRange<Int>) -> String {
            String(
                (0..<Int.random(in: length, using: &generator)).compactMap { _ in
                    alphabet.randomElement(using: &generator)
                }
            )
        }
        let unreserved = "abcXYZ019-._~"
        let path = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
            text(unreserved + "+:@!$&'()*,;=", 0...6)
        }
        // botocore takes a query as it is encoded.
        let query = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
            let encoded = ["", "%20", "%C3%BC", "%2F"].randomElement(using: &generator) ?? ""
            return "\(text(unreserved, 1...4))=\(encoded)\(text(unreserved, 0...3))"
        }
        let headers = (0..<Int.random(in: 0...4, using: &generator)).map { number in
            ["X-\(text("abAB", 1...2))-\(number)", text("a \"=,;ü", 0...12)]
        }
        return Case(
            method: ["GET", "POST", "PUT", "DELETE"].randomElement(using: &generator) ?? "GET",
            host: "\(text("abc", 1...5)).example.org",
            target: "/" + path.joined(separator: "/") + (query.isEmpty ? "" : "?" + query.joined(separator: "&")),
            service: ["polly", "transcribe", "execute-api"].randomElement(using: &generator) ?? "polly",
            region: ["eu-central-1", "us-gov-west-1", "cn-north-1"].randomElement(using: &generator) ?? "eu-central-1",
            secret: text("abc/+=0", 1...40),
            time: "20261129T\(String(format: "%06d", Int.random(in: 0...5, using: &generator) * 40_000 + 1_159))Z",
            token: Bool.random(using: &generator) ? text("abc/+=", 1...20) : nil,
            headers: headers,
            body: (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
        )
    }

    private static func signature(of request: Case) throws -> String {
        var head = HTTPRequest(
            method: try #require(HTTPRequest.Method(request.method)),
            scheme: "https",
            authority: request.host,
            path: request.target
        )
        for header in request.headers {
            head.headerFields.append(HTTPField(name: try #require(.init(header[0])), value: header[1]))
        }
        let signer = RequestSigner(
            credentials: AWSCredentials(
                accessKeyID: "AKID",
                secretAccessKey: request.secret,
                sessionToken: request.token
            ),
            region: request.region,
            service: request.service
        )
        let format = Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted)
        return signer.sign(head, .bytes(request.body), at: try format.parse(request.time)).signature.hexadecimal
    }

    private static func botocore(_ cases: [Case]) async throws -> [String] {
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../Fixtures/botocore_signatures.py").path
        let result = try await run(
            .path(FilePath(try #require(AWSStandIn.python))),
            arguments: [script],
            input: .array(Array(try JSONEncoder().encode(cases))),
            output: .bytes(limit: 1 << 20),
            error: .string(limit: 4096)
        )
        guard result.terminationStatus.isSuccess else {
            throw ProgramFailure(program: "botocore", output: result.standardError)
        }
        return try JSONDecoder().decode([String].self, from: Data(result.standardOutput))
    }
}
