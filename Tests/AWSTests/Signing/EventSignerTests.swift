import Foundation
import HTTPTypes
import Testing

@testable import AWS

/// Signatures of events, held against the known answers of aws-c-auth's test of event signing.
@Suite
struct EventSignerTests {
    private static let time = Date(timeIntervalSince1970: 348_474_600)
    private static let signer = RequestSigner(
        credentials: AWSCredentials(accessKeyID: "access", secretAccessKey: "secret"),
        region: "us-east-1",
        service: "demo"
    )

    @Test
    func chainsSignaturesFromTheRequestToTheEnd() throws {
        var request = HTTPRequest(
            method: .post,
            scheme: "https",
            authority: "demo.us-east-1.amazonaws.com",
            path: "/streaming"
        )
        request.headerFields[.contentEncoding] = "application/vnd.amazon.eventstream"
        let signed = Self.signer.sign(request, .events, at: Self.time)
        #expect(
            signed.head.headerFields[.authorization]
                == "AWS4-HMAC-SHA256 Credential=access/19810116/us-east-1/demo/aws4_request, "
                + "SignedHeaders=content-encoding;host;x-amz-content-sha256;x-amz-date, "
                + "Signature=e1d8e8c8815e60969f2a34765c9a15945ffc0badbaa4b7e3b163ea19131e949b"
        )
        var events = EventSigner(Self.signer, seed: signed.signature)
        let published = [
            ("A", "7aabf85b765e6a4d0d500b6e968657b14726fa3e1eb7e839302728ffd77629a5"),
            ("B", "f72aa9642f571d24a6e1ae42f10f073ad9448d8a028b6bcd82da081335adda02"),
            ("C", "632af120435b57ec241d8bfbb12e496dfd5e2730a1a02ac0ab6eaa230ae02e9a"),
            ("", "c6f679ddb3af68f5e82f0cf6761244cb2338cf11e7d01a24130aea1b7c17e53e"),
        ]
        for (index, (payload, signature)) in published.enumerated() {
            let message = events.sign(Array(payload.utf8), at: Self.time + TimeInterval(index + 1))
            #expect(message.payload == Array(payload.utf8))
            #expect(message.headers.map(\.name) == [":date", ":chunk-signature"])
            guard case .bytes(let bytes) = message.headers[1].value else { throw CancellationError() }
            #expect(bytes.hexadecimal == signature)
        }
    }
}
