import Foundation
import Redis
import TestSupport
import Testing

@Suite struct ImportLegacyTests {
    private struct LegacyReceipt: Decodable {
        struct Outcome: Decodable, Equatable {
            let kind: String
            let key: String
            let id: String
            let fate: String
        }

        let dryRun: Bool
        let outcomes: [Outcome]
    }

    private func receipt(_ result: ProgramResult) throws -> LegacyReceipt {
        try JSONDecoder.snakeCase.decode(LegacyReceipt.self, from: Data(result.output.utf8))
    }

    @Test func tellsWhatItDid() async throws {
        try await withInstallation(documents: Documents.all) { installation, redis in
            try await redis.withClient(database: 0) { _ = try await $0.send(.set("ana.private", "thread_abc")) }
            try await redis.withClient(database: 1) { client in
                _ = try await client.send(.set("gone.md", "file-abc"))
            }
            let preview = try receipt(try await installation.run(["import-legacy", "--dry-run", "--json"]))
            #expect(preview.dryRun)
            let expected = [
                LegacyReceipt.Outcome(kind: "thread", key: "ana.private", id: "thread_abc", fate: "retired"),
                .init(kind: "file", key: "gone.md", id: "file-abc", fate: "discarded"),
            ]
            #expect(preview.outcomes == expected)
            let result = try await installation.run(["import-legacy"])
            #expect(result.status == 0)
            for part in ["thread_abc", "gone.md (file-abc)", "1 thread: 1 retired; 1 file: 1 discarded"] {
                #expect(result.output.contains(part))
            }
            #expect(!(result.output + result.errors).contains("ana.private"))
            let again = try await installation.run(["import-legacy"])
            #expect(again.status == 0 && again.output.contains("nothing of an older deployment"))
        }
    }

    @Test func killedWithinARunAndRunAgainItEndsTheSame() async throws {
        let (isDeleting, mayGoOn) = (Gate(), Gate())
        try await withScriptedInstallation { call in
            guard call.request.line.hasPrefix("DELETE /v1/threads/") else { return .usual }
            if call.number == 3 {
                isDeleting.open()
                await mayGoOn.wait()
            }
            return .reply(.json(#"{"id": "x", "object": "thread.deleted", "deleted": true}"#))
        } _: { installation, _, redis in
            try await redis.withClient { client in
                for number in 1...5 { _ = try await client.send(.set("user-\(number)", "thread_\(number)")) }
                let command = ["import-legacy", "--delete-threads", "--json", "--concurrency", "1"]
                try await installation.starting(command) { program in
                    await isDeleting.wait()
                    await program.kill()
                }
                #expect(try await keys("user-*", client).count == 3)
                mayGoOn.open()
                let result = try await installation.run(command)
                #expect(result.status == 0)
                let told = try receipt(result)
                #expect(told.outcomes.map(\.key) == (1...5).map { "user-\($0)" })
                #expect(told.outcomes.allSatisfy { $0.fate == "retired" })
                #expect(try await keys("*", client).isEmpty)
            }
        }
    }

    @Test func whatUpstreamWouldNotDeleteIsKeptAndSaid() async throws {
        try await withScriptedInstallation { call in
            call.request.line.contains("/threads/") ? .reply(.error(400)) : .usual
        } _: { installation, _, redis in
            try await redis.withClient { client in
                _ = try await client.send(.set("ana", "thread_1"))
                let refused = try await installation.run(["import-legacy", "--delete-threads"])
                #expect(refused.status == 1)
                #expect(refused.output.contains("kept") && refused.output.contains("--delete-threads"))
                #expect(try await client.send(.get("ana")).string == "thread_1")
                #expect(try await installation.run(["import-legacy"]).status == 0)
                #expect(try await client.send(.exists("ana")).integer == 0)
            }
        }
    }
}
