import TestSupport
import Testing

@testable import LocalEngine

@Suite struct FileBatchTests {
    @Test func attachesFilesWithSharedOrOwnAttributes() async throws {
        try await withEngine { engine in
            let files = [try await engine.upload("a.md", "One.").id, try await engine.upload("b.png", "x").id]
            let store = try await engine.post("vector_stores").id
            let path = "vector_stores/\(store)/file_batches"
            let shared = try await engine.post(
                path,
                ["file_ids": .array(files.map(JSONValue.string)), "attributes": ["lang": "en"]]
            )
            #expect(shared["object"] == "vector_store.files_batch")
            #expect(shared["vector_store_id"] == .string(store))
            let done = try await engine.poll("\(path)/\(shared.id)") { $0["file_counts"]?["in_progress"] == 0 }
            #expect(done["status"] == "completed")
            #expect(done["file_counts"] == ["in_progress": 0, "completed": 1, "failed": 1, "cancelled": 0, "total": 2])
            #expect(try await engine.get("\(path)/\(shared.id)/files?filter=failed").ids == [files[1]])
            #expect(
                try await engine.get("\(path)/\(shared.id)/files").list.allSatisfy {
                    $0["attributes"] == ["lang": "en"]
                }
            )

            let own = try await engine.post(
                path,
                ["files": [["file_id": .string(files[0]), "attributes": ["lang": "de"]]]]
            )
            #expect(try await engine.get("\(path)/\(own.id)/files").ids == [files[0]])
            #expect(try await engine.get("vector_stores/\(store)/files/\(files[0])")["attributes"] == ["lang": "de"])
        }
    }

    @Test func namesTheFilesThatWereReadWithAWarning() async throws {
        try await withEngine { engine in
            let table = "<table><tr><td>Ida<td>12<td>Bern<tr><td>Max<td>14<td>Rome<tr><td>Eve<td>15<td>Oslo</table>"
            let files = [try await engine.upload("a.md", "One.").id, try await engine.upload("b.html", table).id]
            let store = try await engine.post("vector_stores").id
            let path = "vector_stores/\(store)/file_batches"
            let batch = try await engine.post(path, ["file_ids": .array(files.map(JSONValue.string))])
            let done = try await engine.poll("\(path)/\(batch.id)") { $0["status"] == "completed" }
            #expect(done["warned_files"] == [.string(files[1])])
            #expect(
                try await engine.get("vector_stores/\(store)/files/\(files[1])")["warnings"] == [
                    "A table has no header row: its rows are read without the names of their columns."
                ]
            )
            #expect(try await engine.get("vector_stores/\(store)/files/\(files[0])")["warnings"] == nil)
        }
    }

    @Test func cancelsFilesThatAreNotYetRead() async throws {
        let gate = Gate()
        let hooks = EngineTestHooks(extract: { _, name in
            if name == "slow.md" { await gate.wait() }
            return .paragraph("The text of \(name).")
        })
        try await withEngine(hooks) { engine in
            let quick = try await engine.upload("quick.md", "x").id
            let slow = try await engine.upload("slow.md", "x").id
            let store = try await engine.post("vector_stores").id
            let path = "vector_stores/\(store)/file_batches"
            let batch = try await engine.post(path, ["file_ids": [.string(quick), .string(slow)]])
            try await engine.poll("\(path)/\(batch.id)") { $0["file_counts"]?["completed"] == 1 }

            let cancelled = try await engine.post("\(path)/\(batch.id)/cancel")
            #expect(cancelled["status"] == "cancelled")
            #expect(
                cancelled["file_counts"] == ["in_progress": 0, "completed": 1, "failed": 0, "cancelled": 1, "total": 2]
            )
            gate.open()
            #expect(try await engine.get("\(path)/\(batch.id)/files?filter=cancelled").ids == [slow])
            #expect(try await engine.search(store, "text of slow").allSatisfy { !$0.contains("slow") })

            // Attached again, it is read after all.
            try await engine.post("vector_stores/\(store)/files", ["file_id": .string(slow)])
            try await engine.indexed(store)
            #expect(try await engine.get("vector_stores/\(store)/files/\(slow)")["status"] == "completed")
        }
    }

    @Test func failsOnlyIfAllItsFilesFail() async throws {
        try await withEngine { engine in
            let file = try await engine.upload("a.png", "x").id
            let store = try await engine.post("vector_stores").id
            let path = "vector_stores/\(store)/file_batches"
            let batch = try await engine.post(path, ["file_ids": [.string(file)]])
            let done = try await engine.poll("\(path)/\(batch.id)") { $0["status"] != "in_progress" }
            #expect(done["status"] == "failed")
        }
    }

    @Test func refusesBatchesThatAreNone() async throws {
        try await withEngine { engine in
            let file = try await engine.upload("a.md", "One.").id
            let store = try await engine.post("vector_stores").id
            let path = "vector_stores/\(store)/file_batches"
            let many = JSONValue.array(Array(repeating: .string(file), count: 2001))
            let cases: [(body: JSONValue, status: Int, param: String?)] = [
                ([:], 400, "file_ids"),
                (["file_ids": []], 400, "file_ids"),
                (["file_ids": many], 400, "file_ids"),
                (["file_ids": [.string(file)], "files": [["file_id": .string(file)]]], 400, "files"),
                (["files": [["file_id": .string(file)]], "attributes": ["a": "b"]], 400, "attributes"),
                (["files": [["attributes": ["a": "b"]]]], 400, "files[0].file_id"),
                (["files": [["file_id": .string(file), "attributes": ["a": []]]]], 400, "files[0].attributes.a"),
                (["file_ids": [.string(file), "file-none"]], 404, "file_id"),
            ]
            for (body, status, param) in cases {
                let reply = try await engine.post(path, body)
                #expect(reply.status == status)
                #expect(reply.param == param)
            }
            #expect(try await engine.get("vector_stores/\(store)")["file_counts"]?["total"] == 0)
            #expect(try await engine.get("\(path)/vsfb_none").status == 404)
        }
    }
}
