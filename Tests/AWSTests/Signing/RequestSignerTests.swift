import Crypto
import Foundation
import HTTPTypes
import Testing

@testable import AWS

/// Signatures of requests, held against AWS' published test suite.
@Suite
struct RequestSignerTests {
    @Test
    func knowsAllPublishedCases() throws {
        #expect(try #require(SigningSuite.published).cases.count == 38)
    }

    @Test(arguments: SigningSuite.published?.cases ?? [])
    func signsAsPublished(_ published: SigningCase) throws {
        let suite = try #require(SigningSuite.published)
        let signer = RequestSigner(
            credentials: AWSCredentials(
                accessKeyID: suite.accessKeyID,
                secretAccessKey: suite.secretAccessKey,
                sessionToken: published.token
            ),
            region: suite.region,
            service: suite.service
        )
        var request = try published.request
        let body = Array((published.body ?? "").utf8)
        let bodyHash = SHA256.hash(data: body).hexadecimal
        if published.declaresBodyHash == true { request.headerFields[.amzContentSHA256] = bodyHash }
        let date = try Date(suite.time, strategy: .iso8601)

        let signed = signer.sign(request, .bytes(body), at: date, normalizesPath: published.normalizesPath ?? true)

        let canonical = CanonicalRequest(
            signed.head,
            payloadHash: bodyHash,
            normalizesPath: published.normalizesPath ?? true
        )
        #expect(canonical.text == published.canonicalRequest)
        #expect(signed.signature.hexadecimal == published.signature)
        let authorization = try #require(signed.head.headerFields[.authorization])
        #expect(
            authorization == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
                + "SignedHeaders=\(canonical.signedHeaders), Signature=\(published.signature)"
        )
    }

    @Test
    func signsNoFieldThatAProxyMayChange() throws {
        var request = HTTPRequest(method: .get, scheme: "https", authority: "example.org", path: "/")
        request.headerFields[.userAgent] = "tests"
        request.headerFields[.connection] = "close"
        let canonical = CanonicalRequest(request, payloadHash: "")
        #expect(canonical.signedHeaders == "host")
    }

    @Test
    func encodesEveryByteOfAQueryOnce() {
        let request = HTTPRequest(method: .get, scheme: "https", authority: "h", path: "/?b=%2b+&a=/%7E%zz&a=&c")
        let canonical = CanonicalRequest(request, payloadHash: "")
        #expect(canonical.text.split(separator: "\n")[2] == "a=&a=%2F~%25zz&b=%2B%2B&c=")
    }

    @Test
    func hidesTheSecretInDescriptions() {
        let credentials = AWSCredentials(accessKeyID: "AKID", secretAccessKey: "hush", sessionToken: "whisper")
        for text in ["\(credentials)", String(reflecting: credentials), "\([credentials])"] {
            #expect(text.contains("AKID"))
            #expect(!text.contains("hush") && !text.contains("whisper"))
        }
    }

    @Test
    func takesAnEmptySessionTokenForNone() {
        #expect(AWSCredentials(accessKeyID: "a", secretAccessKey: "b", sessionToken: "").sessionToken == nil)
    }
}
