import Foundation
import HTTPTypes
import Redis
import TestSupport
import Testing

@Suite struct RedisKeysAndOutageTests {
    private func keys(_ server: RedisServer, database: Int) async throws -> Set<String> {
        try await server.withClient(database: database) { redis in
            Set(try await EndToEndTests.keys("*", redis))
        }
    }

    private let fileKeys: Set = [
        "corpus", "documents", "file:leave/annual-leave.md", "file:notice.md", "file:travel.txt",
    ]

    @Test func oneServerHoldsTheTwoDatabasesWithTheirKeysAndNoOthers() async throws {
        try await withInstallation(documents: Documents.all) { installation, server in
            _ = try await installation.sync()
            try await installation.serving { api in
                _ = try await api.ask("How long is parental leave?", as: "ana")
            }
            #expect(try await keys(server, database: 1) == fileKeys)
            try await server.withClient(database: 0) { redis in
                let thread = try await redis.send(.hgetall("thread:ana")).dictionary ?? [:]
                let responses = "responses:\(thread["id"] ?? "")"
                #expect(try await keys(server, database: 0) == ["revision", "thread:ana", responses])
                let fields: Set = ["id", "protocol", "base_url", "revision", "created_at", "last_used_at"]
                #expect(Set(thread.keys) == fields)
            }
            try await server.withClient(database: 1) { redis in
                let file = try await redis.send(.hgetall("file:notice.md")).dictionary ?? [:]
                let fields: Set = [
                    "file_id", "sha256", "bytes", "modified", "uploaded_at", "revision", "upload_name", "changed",
                    "inode",
                ]
                #expect(Set(file.keys) == fields)
            }
        }
    }

    @Test func twoServersHoldOneDatabaseEach() async throws {
        try await withRedisServer { filesServer in
            guard case .unixSocket(let socket) = filesServer.configuration().endpoint else {
                Issue.record("not on a Unix socket")
                return
            }
            try await withInstallation(
                documents: Documents.all,
                settings: [
                    "REDIS_ENDPOINT_FILES_DB": socket, "REDIS_DATABASE_FILES_DB": "0",
                ]
            ) { installation, threadsServer in
                _ = try await installation.sync()
                try await installation.serving { api in
                    _ = try await api.ask("How long is parental leave?", as: "ana")
                }
                #expect(try await keys(threadsServer, database: 0).isSuperset(of: ["revision", "thread:ana"]))
                #expect(try await keys(threadsServer, database: 1).isEmpty)
                #expect(try await keys(filesServer, database: 0) == fileKeys)
            }
        }
    }

    @Test func anOutageIsToldAndEndsByItself() async throws {
        try await withInstallation(documents: Documents.all) { installation, server in
            _ = try await installation.sync()
            try await installation.serving { api in
                #expect(try await api.send(.get, "/readyz").status == 200)
                await server.stop()
                let question = #"{"user_id":"ana","message":"How long is parental leave?"}"#
                for _ in 0..<3 {
                    for reply in [
                        try await promptly { try await api.send(.get, "/readyz") },
                        try await promptly { try await api.send(.post, "/chat", body: question) },
                    ] {
                        #expect(reply.status == 503)
                        #expect(reply.headers[.retryAfter] != nil)
                        let problem: ProblemDocument = try reply.decoded()
                        #expect(problem.code == "store_unavailable")
                        #expect(!problem.detail.contains("/"), "no path or host is told")
                    }
                }
                #expect(try await api.send(.get, "/healthz").status == 200)
                let result = try await installation.run(["sync"])
                #expect(result.status == 69)
                #expect(result.errors.contains("Redis"))

                try await server.start()
                // The server that came back is empty, so the documents are synced anew, to the same upstream.
                let (receipt, again) = try await installation.sync()
                #expect(again.status == 0)
                #expect(receipt.added.count == 3)
                try await eventually { try await api.send(.get, "/readyz").status == 200 }
                #expect(try await api.ask("How long is parental leave?", as: "ana").answer.contains("18 weeks"))
            }
        }
    }

    @Test func aRedisThatDoesNotAnswerIsAnOutageToo() async throws {
        try await withInstallation(documents: Documents.all) { installation, server in
            _ = try await installation.sync()
            try await installation.serving { api in
                _ = try await api.ask("How long is parental leave?", as: "ana")
                server.freeze()
                let reply = try await promptly { try await api.send(.get, "/readyz") }
                #expect(reply.status == 503)
                server.thaw()
                try await eventually { try await api.send(.get, "/readyz").status == 200 }
                #expect(try await api.ask("How long is parental leave?", as: "ana").answer.contains("18 weeks"))
            }
        }
    }
}
