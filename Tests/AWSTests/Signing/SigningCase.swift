import AWS
import Foundation
import HTTPTypes
import Testing

/// The cases of AWS' published test suite for signatures.
struct SigningSuite: Decodable {
    let accessKeyID, secretAccessKey, region, service, time: String
    let cases: [SigningCase]

    enum CodingKeys: String, CodingKey {
        case accessKeyID = "access_key_id"
        case secretAccessKey = "secret_access_key"
        case region, service, time, cases
    }

    static let published: SigningSuite? = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../Fixtures/signature-cases.json"
        )
        return try? JSONDecoder().decode(SigningSuite.self, from: Data(contentsOf: file))
    }()
}

/// A request, with its canonical form and its signature.
struct SigningCase: Decodable, CustomTestStringConvertible {
    let name, method, target: String
    let headers: [[String]]
    let body, token: String?
    let normalizesPath, declaresBodyHash: Bool?
    let canonicalRequest, signature: String

    enum CodingKeys: String, CodingKey {
        case name, method, target, headers, body, token, signature
        case normalizesPath = "normalizes_path"
        case declaresBodyHash = "declares_body_hash"
        case canonicalRequest = "canonical_request"
    }

    var testDescription: String { name }

    var request: HTTPRequest {
        get throws {
            let method = try #require(HTTPRequest.Method(method))
            var request = HTTPRequest(method: method, scheme: "https", authority: nil, path: target)
            for header in headers {
                if header[0].lowercased() == "host" {
                    request.authority = header[1]
                } else {
                    request.headerFields.append(HTTPField(name: try #require(.init(header[0])), value: header[1]))
                }
            }
            return request
        }
    }
}
