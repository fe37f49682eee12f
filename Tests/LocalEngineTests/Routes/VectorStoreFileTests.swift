import TestSupport
import Testing

@testable import DocumentText
@testable import LocalEngine

@Suite struct StoreFileTests {
    @Test func isInProgressUntilItsTextIsRead() async throws {
        let gate = Gate()
        let hooks = EngineTestHooks(extract: { _, _ in
            await gate.wait()
            return .paragraph("The gate is open on Sundays.")
        })
        try await withEngine(hooks) { engine in
            let file = try await engine.upload("a.md", "x").id
            let store = try await engine.post("vector_stores").id
            let attached = try await engine.post(
                "vector_stores/\(store)/files",
                ["file_id": .string(file), "attributes": ["path": "a.md", "rev": 1, "public": true]]
            )
            #expect(attached["status"] == "in_progress")
            #expect(attached["usage_bytes"] == 0)
            #expect(attached["last_error"] == JSONValue.null)
            #expect(attached["attributes"] == ["path": "a.md", "rev": 1, "public": true])
            #expect(attached["chunking_strategy"]?["static"]?["max_chunk_size_tokens"] == 800)
            #expect(try await engine.get("vector_stores/\(store)")["status"] == "in_progress")
            #expect(try await engine.search(store, "gate Sundays").isEmpty)
            #expect(try await engine.get("vector_stores/\(store)/files?filter=in_progress").ids == [file])

            gate.open()
            try await engine.indexed(store)
            #expect(try await engine.get("vector_stores/\(store)/files?filter=completed").ids == [file])
            #expect(try await engine.search(store, "gate Sundays") == ["The gate is open on Sundays."])
            let content = try await engine.get("vector_stores/\(store)/files/\(file)/content")
            #expect(content.list == [["type": "text", "text": "The gate is open on Sundays."]])
        }
    }

    @Test func failsWithItsReason() async throws {
        try await withEngine { engine in
            let store = try await engine.store(["empty.md": "\n\n", "photo.png": "\u{89}PNG"])
            let failed = try await engine.get("vector_stores/\(store.id)/files?filter=failed&order=asc")
            #expect(failed.ids == store.files)
            #expect(failed.list.compactMap { $0["last_error"]?["code"] } == ["invalid_file", "unsupported_file"])
            #expect(failed.list.allSatisfy { $0["last_error"]?["message"]?.string?.isEmpty == false })
        }
    }

    @Test func isReadOnceForAllStores() async throws {
        let reads = Counter()
        let hooks = EngineTestHooks(extract: { path, name async throws(ExtractionError) in
            reads.increment()
            return try await ExtractedText.read(fileAt: path, filename: name)
        })
        try await withEngine(hooks) { engine in
            let store = try await engine.store(["leave.md": Policies.leave])
            let other = try await engine.post("vector_stores", ["file_ids": [.string(store.files[0])]])
            #expect(other["status"] == "completed")
            #expect(try await engine.search(other.id, "parental leave").isEmpty == false)
            #expect(reads.count == 1)
        }
    }

    @Test func triesAgainWhenAttachedAgain() async throws {
        let reads = Counter()
        let hooks = EngineTestHooks(extract: { _, _ async throws(ExtractionError) in
            guard reads.increment() > 1 else { throw .server("The reader is missing.") }
            return .paragraph("Second time lucky.")
        })
        try await withEngine(hooks) { engine in
            let store = try await engine.store(["a.md": "x"])
            let path = "vector_stores/\(store.id)/files"
            #expect(try await engine.get("\(path)/\(store.files[0])")["last_error"]?["code"] == "server_error")
            try await engine.post(path, ["file_id": .string(store.files[0])])
            try await engine.indexed(store.id)
            #expect(try await engine.get("\(path)/\(store.files[0])")["status"] == "completed")
        }
    }

    @Test func isNoLongerFoundOnceDetached() async throws {
        try await withEngine { engine in
            let store = try await engine.store(["leave.md": Policies.leave, "travel.txt": Policies.travel])
            let leave = store.files[0]
            let reply = try await engine.delete("vector_stores/\(store.id)/files/\(leave)")
            #expect(reply.json == ["id": .string(leave), "object": "vector_store.file.deleted", "deleted": true])
            #expect(
                try await engine.search(store.id, "weeks of parental leave").allSatisfy { !$0.contains("18 weeks") }
            )
            #expect(try await engine.get("files/\(leave)").status == 200)
            let gone = try await engine.get("vector_stores/\(store.id)/files/\(leave)")
            #expect(gone.status == 404)
            #expect(gone.message == "No file found with id '\(leave)' in vector store '\(store.id)'.")
        }
    }

    @Test func leavesEveryStoreWhenItsFileIsDeleted() async throws {
        try await withEngine { engine in
            let store = try await engine.store(["leave.md": Policies.leave, "travel.txt": Policies.travel])
            let other = try await engine.post("vector_stores", ["file_ids": [.string(store.files[0])]]).id
            try await engine.delete("files/\(store.files[0])")
            for id in [store.id, other] {
                #expect(try await engine.search(id, "weeks of parental leave").allSatisfy { !$0.contains("18 weeks") })
                #expect(try await engine.get("vector_stores/\(id)/files/\(store.files[0])").status == 404)
            }
            #expect(try await engine.get("vector_stores/\(other)")["file_counts"]?["total"] == 0)
        }
    }

    @Test func listsByPage() async throws {
        try await withEngine { engine in
            let store = try await engine.store(["a.md": "One.", "b.md": "Two.", "c.md": "Three.", "d.png": "x"])
            let path = "vector_stores/\(store.id)/files"
            #expect(try await engine.get(path).ids == store.files.reversed())
            let page = try await engine.get("\(path)?order=asc&limit=2&filter=completed&after=\(store.files[0])")
            #expect(page.ids == [store.files[1], store.files[2]])
            #expect(page["has_more"] == false)
            #expect(try await engine.get("\(path)?limit=1&before=\(store.files[0])").ids == [store.files[1]])
        }
    }
}
