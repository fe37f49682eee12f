import HTTPTypes
import Testing

@testable import LocalEngine

@Suite struct AssistantTests {
    @Test func livesFromCreationToDeletion() async throws {
        let time = TestTime()
        try await withEngine(EngineTestHooks(clock: time.clock)) { engine in
            let store = try await engine.post("vector_stores").id
            let resources: JSONValue = ["file_search": ["vector_store_ids": [.string(store)]]]
            let tools: JSONValue = [["type": "file_search", "file_search": ["max_num_results": 8]]]
            let assistant = try await engine.post(
                "assistants",
                [
                    "model": "gpt-6-luna", "name": "kb", "instructions": "Be brief.", "tools": tools,
                    "tool_resources": resources, "metadata": ["a": "b"], "temperature": 0.5,
                ]
            )
            #expect(
                assistant.json == [
                    "id": .string(assistant.id), "object": "assistant", "created_at": .integer(time.now),
                    "name": "kb", "description": nil, "model": "gpt-6-luna", "instructions": "Be brief.",
                    "tools": tools, "tool_resources": resources, "metadata": ["a": "b"], "temperature": 0.5,
                    "top_p": 1, "response_format": "auto",
                ]
            )
            let path = "assistants/\(assistant.id)"
            #expect(try await engine.get(path).json == assistant.json)

            let changed = try await engine.post(path, ["description": "For us", "name": nil, "tool_resources": nil])
            var wanted = assistant.json
            wanted["description"] = "For us"
            wanted["name"] = JSONValue.null
            wanted["tool_resources"] = [:]
            #expect(changed.json == wanted)
            #expect(try await engine.post(path, [:]).json == wanted)

            let deleted = try await engine.delete(path)
            #expect(deleted.json == ["id": .string(assistant.id), "object": "assistant.deleted", "deleted": true])
            let gone = try await engine.get(path)
            #expect(gone.status == 404)
            #expect(gone.message == "No assistant found with id '\(assistant.id)'.")
            #expect(try await engine.get("vector_stores/\(store)").status == 200)
        }
    }

    @Test func isListedInPages() async throws {
        try await withEngine { engine in
            var ids: [String] = []
            for _ in 0..<5 { ids.append(try await engine.post("assistants", ["model": "m"]).id) }
            #expect(try await engine.get("assistants").ids == ids.reversed())
            let first = try await engine.get("assistants?order=asc&limit=2")
            #expect(first.ids == Array(ids[..<2]))
            #expect(first["has_more"] == true)
            #expect(first["last_id"] == .string(ids[1]))
            #expect(try await engine.get("assistants?order=asc&after=\(ids[1])").ids == Array(ids[2...]))
            let before = try await engine.get("assistants?order=asc&limit=2&before=\(ids[3])")
            #expect(before.ids == Array(ids[1..<3]))
        }
    }

    @Test func createsAStoreOfFiles() async throws {
        try await withEngine { engine in
            let file = try await engine.upload("leave.md", Policies.leave).id
            let resources: JSONValue = ["file_search": ["vector_stores": [["file_ids": [.string(file)]]]]]
            let body: JSONValue = ["model": "m", "tool_resources": resources]
            let assistant = try await engine.post("assistants", body)
            let stores = try #require(assistant["tool_resources"]?.vectorStoreIDs)
            try #require(stores.count == 1)
            let store = try await engine.indexed(stores[0])
            #expect(store["file_counts"]?["completed"] == 1)
            #expect(store["expires_at"] == JSONValue.null)
        }
    }

    @Test func asksForTheVersion() async throws {
        try await withEngine { engine in
            for (method, path) in [
                (HTTPRequest.Method.get, "assistants"), (.post, "threads"), (.get, "threads/x/runs"),
            ] {
                let reply = try await engine.send(method, path, headers: [.authorization: "Bearer sk-local"])
                #expect(reply.status == 400)
                #expect(reply.code == "invalid_beta")
            }
        }
    }

    @Test func reportsTheErrorsOfARequest() async throws {
        try await withEngine { engine in
            let store: JSONValue = ["file_search": ["vector_store_ids": ["vs_x"]]]
            let both: JSONValue = ["file_search": ["vector_store_ids": ["vs_x"], "vector_stores": [[:]]]]
            let ranking: JSONValue = [["type": "file_search", "file_search": ["ranking_options": [:]]]]
            let search: JSONValue = ["type": "file_search"]
            let cases: [(body: JSONValue, status: Int, param: String?)] = [
                ([:], 400, "model"),
                (["model": 5], 400, "model"),
                (["model": "m", "temperament": 1], 400, "temperament"),
                (["model": "m", "name": .string(String(repeating: "x", count: 257))], 400, "name"),
                (["model": "m", "tools": [["type": "code_interpreter"]]], 400, "tools[0].type"),
                (["model": "m", "tools": [search, search]], 400, "tools"),
                (["model": "m", "tools": ranking], 400, "tools[0].file_search.ranking_options.score_threshold"),
                (["model": "m", "tool_resources": store], 404, nil),
                (["model": "m", "tool_resources": both], 400, "tool_resources.file_search.vector_stores"),
                (["model": "m", "response_format": ["type": "json_object"]], 400, "response_format.type"),
                (["model": "m", "metadata": ["a": 1]], 400, "metadata.a"),
            ]
            for (body, status, param) in cases {
                let reply = try await engine.post("assistants", body)
                #expect(reply.status == status)
                #expect(reply.param == param)
            }
            #expect(try await engine.get("assistants").list.isEmpty)
        }
    }
}
