import Testing

@testable import LocalEngine

@Suite struct VectorStoreTests {
    @Test func livesFromCreationToDeletion() async throws {
        let time = TestTime()
        try await withEngine(EngineTestHooks(clock: time.clock)) { engine in
            let store = try await engine.post(
                "vector_stores",
                ["name": "kb", "description": "Policies", "metadata": ["tenant": "t1"]]
            )
            #expect(
                store.json == [
                    "id": .string(store.id), "object": "vector_store", "created_at": .integer(time.now), "name": "kb",
                    "description": "Policies", "usage_bytes": 0, "status": "completed",
                    "file_counts": ["in_progress": 0, "completed": 0, "failed": 0, "cancelled": 0, "total": 0],
                    "expires_after": nil, "expires_at": nil, "last_active_at": .integer(time.now),
                    "metadata": ["tenant": "t1"],
                ]
            )
            let updated = try await engine.post("vector_stores/\(store.id)", ["name": "kb2", "metadata": ["a": "b"]])
            #expect(updated["name"] == "kb2")
            #expect(updated["metadata"] == ["a": "b"])
            #expect(try await engine.post("vector_stores/\(store.id)", ["name": nil])["name"] == "")
            #expect(try await engine.get("vector_stores/\(store.id)")["metadata"] == ["a": "b"])

            let deleted = try await engine.delete("vector_stores/\(store.id)")
            #expect(deleted.json == ["id": .string(store.id), "object": "vector_store.deleted", "deleted": true])
            #expect(try await engine.get("vector_stores/\(store.id)").status == 404)
            #expect(try await engine.delete("vector_stores/\(store.id)").status == 404)
        }
    }

    @Test func listsInBothDirections() async throws {
        try await withEngine { engine in
            var ids: [String] = []
            for _ in 0..<5 { ids.append(try await engine.post("vector_stores").id) }
            #expect(try await engine.get("vector_stores?limit=2").ids == [ids[4], ids[3]])
            #expect(try await engine.get("vector_stores?order=asc&after=\(ids[2])").ids == [ids[3], ids[4]])
            let before = try await engine.get("vector_stores?limit=2&before=\(ids[1])")
            #expect(before.ids == [ids[3], ids[2]])
            #expect(before["has_more"] == true)
            #expect(try await engine.get("vector_stores?order=asc&limit=3&before=\(ids[2])").ids == [ids[0], ids[1]])
            let unknown = try await engine.get("vector_stores?after=vs_none")
            #expect(unknown.status == 400)
            #expect(unknown.param == "after")
        }
    }

    @Test func countsItsFilesAndTheirBytes() async throws {
        try await withEngine { engine in
            let store = try await engine.store([
                "leave.md": Policies.leave, "photo.png": "\u{89}PNG", "travel.txt": Policies.travel,
            ])
            let reply = try await engine.get("vector_stores/\(store.id)")
            #expect(
                reply["file_counts"] == ["in_progress": 0, "completed": 2, "failed": 1, "cancelled": 0, "total": 3]
            )
            let files = try await engine.get("vector_stores/\(store.id)/files")
            let bytes = files.list.compactMap { $0["usage_bytes"]?.double }
            #expect(reply["usage_bytes"]?.double == bytes.reduce(0, +))
            #expect(bytes.filter { $0 > 0 }.count == 2)
            #expect(try await engine.get("vector_stores").list == [reply.json])
        }
    }

    @Test func isNotSearchedOnceExpired() async throws {
        let time = TestTime()
        try await withEngine(EngineTestHooks(clock: time.clock)) { engine in
            let store = try await engine.store(["leave.md": Policies.leave])
            let expiring = try await engine.post(
                "vector_stores/\(store.id)",
                ["expires_after": ["anchor": "last_active_at", "days": 2]]
            )
            #expect(expiring["expires_at"] == .integer(time.now + 2 * 86_400))

            // A search is a use, which postpones the expiry.
            time.advance(86_400)
            #expect(try await engine.search(store.id, "parental leave").isEmpty == false)
            #expect(try await engine.get("vector_stores/\(store.id)")["expires_at"] == .integer(time.now + 2 * 86_400))

            time.advance(2 * 86_400)
            #expect(try await engine.get("vector_stores/\(store.id)")["status"] == "expired")
            let request: JSONValue = [
                "model": "m", "input": "Leave?",
                "tools": [["type": "file_search", "vector_store_ids": [.string(store.id)]]],
            ]
            for reply in [
                try await engine.post("vector_stores/\(store.id)/search", ["query": "parental leave"]),
                try await engine.post("vector_stores/\(store.id)/files", ["file_id": .string(store.files[0])]),
                try await engine.post("responses", request),
            ] {
                #expect(reply.status == 400)
                #expect(reply.code == "vector_store_expired")
            }
        }
    }

    @Test func refusesFilesThatDoNotExist() async throws {
        try await withEngine { engine in
            let reply = try await engine.post("vector_stores", ["file_ids": ["file-none"]])
            #expect(reply.status == 404)
            #expect(try await engine.get("vector_stores").list.isEmpty)
        }
    }

    @Test func findsPassagesOfFilesThatPassTheFilter() async throws {
        try await withEngine { engine in
            let store = try await engine.store(["leave.md": Policies.leave, "travel.txt": Policies.travel])
            for (file, path) in zip(store.files, ["leave.md", "travel.txt"]) {
                try await engine.post(
                    "vector_stores/\(store.id)/files/\(file)",
                    ["attributes": ["path": .string(path)]]
                )
            }
            let page = try await engine.post(
                "vector_stores/\(store.id)/search",
                ["query": ["weeks of parental leave", "meal allowance"], "max_num_results": 5, "rewrite_query": true]
            )
            #expect(page["search_query"] == ["weeks of parental leave", "meal allowance"])
            #expect(Set(page.list.compactMap { $0["filename"]?.string }) == ["leave.md", "travel.txt"])
            let scores = page.list.compactMap { $0["score"]?.double }
            #expect(scores == scores.sorted(by: >))
            #expect(scores.allSatisfy { (0...1).contains($0) })

            let leave: [String: JSONValue] = ["filters": ["type": "eq", "key": "path", "value": "leave.md"]]
            #expect(try await engine.search(store.id, "meal allowance within", leave).allSatisfy { !$0.contains("64") })
            #expect(try await engine.search(store.id, "parental leave", leave).isEmpty == false)
            let none: [String: JSONValue] = ["filters": ["type": "eq", "key": "path", "value": "no.md"]]
            #expect(try await engine.search(store.id, "parental leave", none).isEmpty)
            #expect(try await engine.search(store.id, "leave", ["max_num_results": 1]).count == 1)
            #expect(try await engine.search(store.id, "leave", ["ranking_options": ["score_threshold": 1]]).isEmpty)
        }
    }
}
