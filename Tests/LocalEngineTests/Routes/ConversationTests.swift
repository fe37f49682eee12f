import HTTPTypes
import Testing

@testable import LocalEngine

@Suite struct ConversationTests {
    @Test func livesFromCreationToDeletion() async throws {
        let time = TestTime()
        try await withEngine(EngineTestHooks(clock: time.clock)) { engine in
            let conversation = try await engine.post(
                "conversations",
                ["metadata": ["user": "u1"], "items": [["role": "developer", "content": "Be brief."]]]
            )
            #expect(
                conversation.json == [
                    "id": .string(conversation.id), "object": "conversation", "created_at": .integer(time.now),
                    "metadata": ["user": "u1"],
                ]
            )
            #expect(try await engine.get("conversations/\(conversation.id)").json == conversation.json)
            let updated = try await engine.post("conversations/\(conversation.id)", ["metadata": ["user": "u2"]])
            #expect(updated["metadata"] == ["user": "u2"])
            let items = try await engine.get("conversations/\(conversation.id)/items")
            #expect(items.list.map { $0["role"] } == ["developer"])

            let deleted = try await engine.delete("conversations/\(conversation.id)")
            #expect(
                deleted.json == ["id": .string(conversation.id), "object": "conversation.deleted", "deleted": true]
            )
            let gone = try await engine.get("conversations/\(conversation.id)/items")
            #expect(gone.status == 404)
            #expect(gone.message == "Conversation with id '\(conversation.id)' not found.")
        }
    }

    @Test func needsNoBody() async throws {
        try await withEngine { engine in
            let conversation = try await engine.send(.post, "conversations")
            #expect(conversation.status == 200)
            #expect(conversation["metadata"] == [:])
        }
    }

    @Test func keepsItemsInOrderAndErasesThem() async throws {
        try await withEngine { engine in
            let path = "conversations/\(try await engine.post("conversations").id)"
            let added = try await engine.post(
                "\(path)/items",
                [
                    "items": [
                        ["role": "user", "content": "One?"],
                        [
                            "type": "message", "role": "assistant",
                            "content": [["type": "output_text", "text": "One."]],
                        ],
                        ["role": "user", "content": [["type": "input_text", "text": "Two?"]]],
                    ]
                ]
            )
            #expect(added.list.map { $0["content"]?.array?.first?["text"] } == ["One?", "One.", "Two?"])
            #expect(
                added.list.map { $0["content"]?.array?.first?["type"] } == ["input_text", "output_text", "input_text"]
            )
            #expect(added.list.allSatisfy { $0["status"] == "completed" && $0["type"] == "message" })
            let ids = added.ids
            #expect(try await engine.get("\(path)/items").ids == ids.reversed())
            let first = try await engine.get("\(path)/items?order=asc&limit=2")
            #expect(first.ids == [ids[0], ids[1]])
            #expect(first["has_more"] == true)
            #expect(try await engine.get("\(path)/items?order=asc&after=\(ids[1])").ids == [ids[2]])
            #expect(try await engine.get("\(path)/items/\(ids[1])").json == added.list[1])

            #expect(try await engine.delete("\(path)/items/\(ids[1])")["object"] == "conversation")
            #expect(try await engine.get("\(path)/items/\(ids[1])").status == 404)
            #expect(try await engine.delete("\(path)/items/\(ids[1])").status == 404)
            #expect(try await engine.get("\(path)/items").ids == [ids[2], ids[0]])
        }
    }

    @Test func includesSearchResultsOnRequest() async throws {
        try await withEngine { engine in
            let call: JSONValue = [
                "type": "file_search_call", "queries": ["leave"],
                "results": [["file_id": "file-1", "text": "27 days", "score": 0.5]],
            ]
            let path = "conversations/\(try await engine.post("conversations", ["items": [call]]).id)/items"
            #expect(try await engine.get(path).list[0]["results"] == JSONValue.null)
            for name in ["include", "include[]", "include%5B%5D"] {
                let items = try await engine.get(
                    "\(path)?\(name)=file_search_call.results&\(name)=reasoning.encrypted_content"
                )
                #expect(items.list[0]["results"]?.array?.count == 1)
                let id = items.ids[0]
                #expect(
                    try await engine.get("\(path)/\(id)?\(name)=file_search_call.results")["results"]?.array?.count == 1
                )
            }
            let unknown = try await engine.get("\(path)?include=everything")
            #expect(unknown.status == 400)
            #expect(unknown.param == "include")
        }
    }

    @Test func refusesItemsThatAreNone() async throws {
        try await withEngine { engine in
            let path = "conversations/\(try await engine.post("conversations").id)/items"
            let cases: [(items: JSONValue, param: String)] = [
                ([["role": "user"]], "items[0].content"),
                ([["content": "x"]], "items[0].role"),
                ([["role": "robot", "content": "x"]], "items[0].role"),
                ([["role": "user", "content": 5]], "items[0].content"),
                ([["role": "user", "content": [["type": "output_text", "text": "x"]]]], "items[0].content[0].type"),
                ([["role": "user", "content": [["type": "input_text"]]]], "items[0].content[0].text"),
                ([["role": "user", "content": "x"], ["type": "telepathy"]], "items[1].type"),
                (["x"], "items[0]"),
                (.array(Array(repeating: ["role": "user", "content": "x"], count: 21)), "items"),
            ]
            for (items, param) in cases {
                let reply = try await engine.post(path, ["items": items])
                #expect(reply.status == 400)
                #expect(reply.param == param)
            }
            #expect(try await engine.get(path).list.isEmpty)
        }
    }
}
