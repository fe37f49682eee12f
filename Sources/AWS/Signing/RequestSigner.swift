import Crypto
import FoundationEssentials
import HTTPTypes

/// Signs the requests to one service in one region, by AWS Signature Version 4 in the `Authorization` header.
///
/// ```
/// string to sign = AWS4-HMAC-SHA256 ⏎ time ⏎ scope ⏎ SHA-256 of the canonical request
/// signature      = HMAC of it, by a key derived from secret, day, region and service
/// ```
struct RequestSigner: Sendable {
    let credentials: AWSCredentials
    let region: String
    /// The service's signing name, such as `polly`.
    let service: String

    /// The body of a request that is signed.
    enum Payload {
        /// Bytes, which the signature covers; empty for no body.
        case bytes([UInt8])
        /// Events, each with a signature of its own in a chain that begins with the request's.
        case events
    }

    /// A request with its signature.
    struct SignedRequest {
        var head: HTTPRequest
        /// The signature, with which a chain of events begins.
        var signature: [UInt8]
    }

    /// Signs a request: adds the time, the session token and the signature to its fields.
    func sign(
        _ request: HTTPRequest,
        _ payload: Payload,
        at date: Date,
        normalizesPath: Bool = true
    ) -> SignedRequest {
        let time = SigningTime(date)
        var request = request
        request.headerFields[.amzDate] = time.text
        request.headerFields[.amzSecurityToken] = credentials.sessionToken
        let payloadHash: String
        switch payload {
        case .bytes(let bytes):
            payloadHash = SHA256.hash(data: bytes).hexadecimal
        case .events:
            payloadHash = "STREAMING-AWS4-HMAC-SHA256-EVENTS"
            request.headerFields[.amzContentSHA256] = payloadHash
        }
        let canonical = CanonicalRequest(request, payloadHash: payloadHash, normalizesPath: normalizesPath)
        let stringToSign = """
            AWS4-HMAC-SHA256
            \(time.text)
            \(scope(time))
            \(SHA256.hash(data: Array(canonical.text.utf8)).hexadecimal)
            """
        let signature = signature(of: stringToSign, time)
        request.headerFields[.authorization] =
            "AWS4-HMAC-SHA256 Credential=\(credentials.accessKeyID)/\(scope(time)), "
            + "SignedHeaders=\(canonical.signedHeaders), Signature=\(signature.hexadecimal)"
        return SignedRequest(head: request, signature: signature)
    }

    /// The scope of a signature: day, region and service.
    func scope(_ time: SigningTime) -> String { "\(time.day)/\(region)/\(service)/aws4_request" }

    /// Signs a text by the key of the day.
    func signature(of text: String, _ time: SigningTime) -> [UInt8] {
        var key = Array("AWS4\(credentials.secretAccessKey)".utf8)
        for part in [time.day, region, service, "aws4_request", text] { key = Self.authenticate(part, by: key) }
        return key
    }

    private static func authenticate(_ text: String, by key: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: key)))
    }
}

extension Sequence<UInt8> {
    /// The bytes as two lower-case hexadecimal digits each.
    var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

extension HTTPField.Name {
    static let amzDate = amz("x-amz-date")
    static let amzSecurityToken = amz("x-amz-security-token")
    static let amzContentSHA256 = amz("x-amz-content-sha256")

    /// A name that is valid as it is written here.
    static func amz(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is no name of a header field") }
        return name
    }
}
