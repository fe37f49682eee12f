import Foundation
import HTTPClient
import Synchronization
import TestSupport
import Testing

@testable import SMS

/// Files of messages: how they are fetched, listed and deleted.
@Suite struct MediaTests {
    private let path = "/2010-04-01/Accounts/AC1/Messages/SM3/Media/ME1"

    private func downloads(_ base: String, _ http: HTTPClient) -> MediaDownloads {
        MediaDownloads(http: http, baseURL: base, authorization: "Basic c2VjcmV0", domains: ["files.example"])
    }

    @Test(arguments: [
        ("https://api.example/2010/Media/ME1", MediaDownloads.Access.authorized),
        ("https://API.example/x", .authorized),
        ("https://files.example/x?signature=y", .open),
        ("https://mms.files.example:443/x", .open),
    ])
    func theProvidersHostsAreKnown(url: String, access: MediaDownloads.Access) throws {
        #expect(downloads("https://api.example", try HTTPClient()).access(to: url) == access)
    }

    @Test(arguments: [
        "http://api.example/x", "https://api.example:8443/x", "https://api.example.evil.example/x",
        "https://user:word@api.example/x", "http://files.example/x", "https://files.example:8443/x",
        "https://notfiles.example/x", "https://files.example.evil.example/x", "https://127.0.0.1/x",
        "file:///etc/passwd",
        "/x", "",
    ])
    func othersAreNot(url: String) throws {
        #expect(downloads("https://api.example", try HTTPClient()).access(to: url) == nil)
    }

    /// Fetches a file from a server that gives the replies.
    private func file(of replies: [String]) async throws -> (Result<[UInt8], SendingError>, [ReceivedRequest]) {
        let address = Mutex("")
        let make: @Sendable (String, HTTPClient) -> any SMSProvider = { base, http in
            address.withLock { $0 = base }
            return Twilio(.init(account: "AC1", authToken: "t", baseURL: base), http: http)
        }
        return try await answering(replies, with: make) { [path] provider in
            let media = IncomingMessage.Media(url: address.withLock(\.self) + path, contentType: "audio/amr")
            do throws(SendingError) {
                return .success(try await provider.file(media))
            } catch {
                return .failure(error)
            }
        }
    }

    @Test func redirectsAreFollowedAtTheProvider() async throws {
        let redirect = "HTTP/1.1 307 X\r\nLocation: /files/1?x=%20\r\nContent-Length: 0\r\n\r\n"
        let (content, requests) = try await file(of: [redirect, reply(200, "sound")])
        #expect(try content.get() == Array("sound".utf8))
        #expect(requests.map(\.line) == ["GET \(path) HTTP/1.1", "GET /files/1?x=%20 HTTP/1.1"])
        #expect(requests.first?["authorization"] == "Basic " + Data("AC1:t".utf8).base64EncodedString())
    }

    @Test(arguments: [
        "HTTP/1.1 307 X\r\nLocation: http://127.0.0.1:1/x\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 302 X\r\nLocation: https://example.com/x\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 302 X\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n",
    ])
    func whatIsNotAtTheProviderIsNotFetched(answer: String) async throws {
        let (content, requests) = try await file(of: [answer])
        let error = #expect(throws: SendingError.self) { try content.get() }
        #expect(error?.effect == .rejected && requests.count == 1)
    }

    @Test func redirectsEnd() async throws {
        let redirect = "HTTP/1.1 307 X\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n"
        let (content, requests) = try await file(of: [String](repeating: redirect, count: 9))
        #expect(throws: SendingError.self) { try content.get() }
        #expect(requests.count == 4)
    }

    @Test func aFileThatIsTooLargeIsNotReadToItsEnd() async throws {
        let head = "HTTP/1.1 200 X\r\nContent-Length: \(6 << 20)\r\n\r\n"
        let (content, _) = try await file(of: [head + String(repeating: "x", count: 6 << 20)])
        let error = #expect(throws: SendingError.self) { try content.get() }
        #expect(error?.effect == .rejected)
    }

    @Test(arguments: [(500, SendingError.Effect.unknown), (429, .later(after: nil)), (401, .unauthorized)])
    func theStatusDecides(status: Int, effect: SendingError.Effect) async throws {
        let (content, _) = try await file(of: [reply(status, "")])
        let error = #expect(throws: SendingError.self) { try content.get() }
        #expect(error?.effect == effect)
    }

    @Test func filesAreDeletedWithTheText() async throws {
        let replies = [
            reply(200, #"{"sid":"SM3","body":"","num_media":"2"}"#),
            reply(200, #"{"media_list":[{"sid":"ME1","content_type":"image/jpeg"},{"sid":"ME2"}]}"#),
            reply(404, #"{"code":20404}"#), "HTTP/1.1 204 X\r\n\r\n",
        ]
        let (_, requests) = try await answering(replies) { try await $0.redact("SM3") }
        let message = "/2010-04-01/Accounts/AC1/Messages/SM3"
        #expect(
            requests.map(\.line) == [
                "POST \(message).json HTTP/1.1", "GET \(message)/Media.json HTTP/1.1",
                "DELETE \(message)/Media/ME1.json HTTP/1.1", "DELETE \(message)/Media/ME2.json HTTP/1.1",
            ]
        )
    }

    @Test func whatArrivedIsListedWithItsFiles() async throws {
        let list = reply(
            200,
            #"""
            {"messages":[
            {"sid":"SM5","body":"","direction":"inbound","from":"+14155550123","to":"+18005551212","num_media":"0"},
            {"sid":"SM4","body":"","direction":"inbound","from":"+14155550123","to":"+18005551212","num_media":"1"},
            {"sid":"SM3","body":"Hi","direction":"inbound","from":"+14155550123","to":"+18005551212","num_media":"0"}]}
            """#
        )
        let media = reply(200, #"{"media_list":[{"sid":"ME1","content_type":"audio/amr"}]}"#)
        let (received, _) = try await answering([list, media]) { try await $0.received(since: .distantPast) }
        #expect(received?.map(\.id) == ["SM3", "SM4"], "SM5 was redacted")
        let file = try #require(received?.last?.media.first)
        #expect(
            file.url.hasSuffix("/2010-04-01/Accounts/AC1/Messages/SM4/Media/ME1") && file.contentType == "audio/amr"
        )
    }
}
