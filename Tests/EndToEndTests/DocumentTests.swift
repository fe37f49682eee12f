import Foundation
import HTTPTypes
import TestSupport
import Testing

/// What the server shows of the documents, the page's files, and how it keeps browsers from doing more with them.
@Suite struct DocumentTests {
    private struct Topics: Decodable {
        struct Topic: Decodable {
            let filename: String
            let heading: String
            let title: String?
            let question: String
        }

        let topics: [Topic]
    }

    private func header(_ name: String, of reply: API.Reply) throws -> String? {
        reply.headers[try #require(HTTPField.Name(name))]
    }

    @Test func showsTheTextOfDocumentsInForceAndOfNothingElse() async throws {
        try await withSyncedInstallation { installation, _ in
            try await installation.servingHere { api in
                let files: FileList = try await api.send(.get, "/files").decoded()
                let leave = try #require(files.files.first)
                let reply = try await api.send(.get, "/files/\(leave.fileId)/content")
                #expect(reply.status == 200)
                #expect(reply.headers[.contentType] == "text/plain; charset=utf-8")
                #expect(try header("x-content-type-options", of: reply) == "nosniff")
                let text = String(decoding: reply.body, as: UTF8.self)
                #expect(text.hasPrefix("# Annual leave\n\nFull-time employees receive 27 days"))

                try installation.write(Documents.leave(days: 31), to: "leave/annual-leave.md")
                _ = try await installation.sync()
                let gone = try await api.send(.get, "/files/\(leave.fileId)/content")
                #expect(gone.status == 404)
                #expect(try gone.decoded(ProblemDocument.self).code == "file_not_found")
            }
        }
    }

    @Test func aTextIsServedInPartsAndOnlyIfItIsNotKnown() async throws {
        try await withInstallation(documents: Documents.all) { installation, _ in
            _ = try await installation.sync()
            try await installation.serving { api in
                let files: FileList = try await api.send(.get, "/files").decoded()
                let path = "/files/\(try #require(files.files.first).fileId)/content"
                let whole = try await api.send(.get, path)
                let tag = try #require(whole.headers[.eTag])
                #expect(whole.headers[.acceptRanges] == "bytes")
                #expect(whole.headers[.cacheControl] == "private, no-cache")
                let known = try await api.send(.get, path, headers: [.ifNoneMatch: tag])
                #expect(known.status == 304 && known.body.isEmpty)
                #expect(known.headers[.eTag] == tag)

                let part = try await api.send(.get, path, headers: [.range: "bytes=2-13", .ifRange: tag])
                #expect(part.status == 206)
                #expect(String(decoding: part.body, as: UTF8.self) == "Annual leave")
                #expect(part.headers[.contentRange] == "bytes 2-13/\(whole.body.count)")
                let other = try await api.send(.get, path, headers: [.range: "bytes=2-13", .ifRange: "\"other\""])
                #expect(other.status == 200 && other.body == whole.body)
                let beyond = try await api.send(.get, path, headers: [.range: "bytes=1000000-"])
                #expect(beyond.status == 416)
                #expect(beyond.headers[.contentRange] == "bytes */\(whole.body.count)")
                #expect(try beyond.decoded(ProblemDocument.self).code == "range_not_satisfiable")
            }
        }
    }

    @Test func tellsWhatDocumentsAreAboutAfterEachSync() async throws {
        try await withInstallation(documents: Documents.all) { installation, _ in
            try await installation.servingHere { api in
                #expect(try await api.send(.get, "/topics").status == 503)
                _ = try await installation.sync()
                let topics = try await api.send(.get, "/topics").decoded(Topics.self).topics
                #expect(topics.map(\.heading).contains("Parental leave"))
                #expect(topics.map(\.question).contains("What are the rules for parental leave?"))
                try installation.remove("leave/annual-leave.md")
                _ = try await installation.sync()
                let fewer = try await api.send(.get, "/topics").decoded(Topics.self).topics
                #expect(!fewer.map(\.heading).contains("Parental leave"))
            }
        }
    }

    @Test func aDocumentThatUpstreamHasLostTakesNothingElseWithIt() async throws {
        let other = "# Parking\n\n## Bicycles\n\nThere is a shed."
        let documents = ["leave.md": Documents.leave(days: 27), "parking.md": other]
        try await withInstallation(documents: documents) { installation, _ in
            _ = try await installation.sync()
            let files: FileList = try await installation.servingHere { try await $0.send(.get, "/files").decoded() }
            let lost = try #require(files.files.first).fileId
            try await installation.servingEngine { port in
                try await API.with("127.0.0.1:\(port)") { engine in
                    let reply = try await engine.send(
                        .delete,
                        "/v1/files/\(lost)",
                        headers: [.authorization: "Bearer any"]
                    )
                    #expect(reply.status == 200)
                }
            }
            try await installation.servingHere { api in
                let topics = try await api.send(.get, "/topics").decoded(Topics.self).topics
                #expect(topics.map(\.heading) == ["Bicycles"])
                #expect(topics.map(\.title) == ["Parking"])
                #expect(try await api.send(.get, "/files/\(lost)/content").status == 502)
            }
        }
    }

    @Test func everyAnswerBindsTheBrowser() async throws {
        try await withInstallation { installation, _ in
            try await installation.servingHere { api in
                for path in ["/healthz", "/readyz", "/nothing", "/files"] {
                    let reply = try await api.send(.get, path)
                    #expect(try header("x-content-type-options", of: reply) == "nosniff")
                    let policy = try header("content-security-policy", of: reply)
                    #expect(policy == "default-src 'none'; frame-ancestors 'none'")
                    #expect(try header("referrer-policy", of: reply) == "no-referrer")
                    let permissions = try header("permissions-policy", of: reply)
                    #expect(permissions == "camera=(), geolocation=(), microphone=()")
                    #expect(reply.headers[.cacheControl] == "no-store")
                }
            }
        }
    }

    @Test func thePageIsAskedForAnewAndItsPartsAreKept() async throws {
        try await withInstallation { installation, _ in
            try await installation.servingHere { api in
                let page = try await api.send(.get, "/")
                #expect(page.status == 200)
                #expect(page.headers[.contentType] == "text/html; charset=utf-8")
                #expect(page.headers[.cacheControl] == "no-cache")
                #expect(try header("content-security-policy", of: page)?.contains("script-src 'self';") == true)
                let permissions = try header("permissions-policy", of: page)
                #expect(permissions == "camera=(), geolocation=(), microphone=(self)")
                let tag = try #require(page.headers[.eTag])
                let again = try await api.send(.get, "/", headers: [.ifNoneMatch: "\"other\", W/\(tag)"])
                #expect(again.status == 304 && again.body.isEmpty)

                let html = String(decoding: page.body, as: UTF8.self)
                let path = try #require(html.firstMatch(of: /page\/[0-9a-f]+\/main\.js/)).output
                let script = try await api.send(.get, "/\(path)")
                #expect(script.headers[.contentType] == "text/javascript; charset=utf-8")
                #expect(script.headers[.cacheControl]?.contains("immutable") == true)
                let other = try await api.send(.get, "/page/0/main.js")
                #expect(other.body == script.body)
                #expect(other.headers[.cacheControl] == "no-cache", "it is not what that version has")
                #expect(try await api.send(.post, "/").status == 405)
            }
        }
    }

    @Test func aTurnThatIsOverCanBeEndedWithoutHarm() async throws {
        try await withSyncedInstallation { installation, _ in
            try await installation.servingHere { api in
                let key = try #require(HTTPField.Name("idempotency-key"))
                let question = #"{"user_id":"ana","message":"How long is parental leave?"}"#
                let answer = try await api.send(.post, "/chat", body: question, headers: [key: "once"])
                let turn = try #require(try header("x-turn-id", of: answer))
                #expect(try await api.send(.delete, "/chat/\(turn)").status == 204)
                let again = try await api.send(.post, "/chat", body: question, headers: [key: "once"])
                #expect(again.body == answer.body)
            }
        }
    }
}
