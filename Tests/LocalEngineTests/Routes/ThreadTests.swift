import HTTPTypes
import Testing

@testable import LocalEngine

@Suite struct ThreadTests {
    private static func text(_ message: JSONValue) -> JSONValue? {
        message["content"]?.array?.first?["text"]?["value"]
    }

    @Test func livesFromCreationToDeletion() async throws {
        let time = TestTime()
        try await withEngine(EngineTestHooks(clock: time.clock)) { engine in
            let thread = try await engine.post(
                "threads",
                ["metadata": ["user": "u1"], "messages": [["role": "user", "content": "Hello?"]]]
            )
            #expect(
                thread.json == [
                    "id": .string(thread.id), "object": "thread", "created_at": .integer(time.now),
                    "tool_resources": [:], "metadata": ["user": "u1"],
                ]
            )
            let path = "threads/\(thread.id)"
            #expect(try await engine.get(path).json == thread.json)
            #expect(try await engine.post(path, ["metadata": ["user": "u2"]])["metadata"] == ["user": "u2"])
            #expect(try await engine.get("\(path)/messages").list.map(Self.text) == ["Hello?"])

            let deleted = try await engine.delete(path)
            #expect(deleted.json == ["id": .string(thread.id), "object": "thread.deleted", "deleted": true])
            for gone in [path, "\(path)/messages", "\(path)/runs", "\(path)/runs/run_x/steps"] {
                let reply = try await engine.get(gone)
                #expect(reply.status == 404)
                #expect(reply.message == "No thread found with id '\(thread.id)'.")
            }
            #expect(try await engine.post("\(path)/messages", ["role": "user", "content": "x"]).status == 404)
        }
    }

    @Test func needsNoBody() async throws {
        try await withEngine { engine in
            let thread = try await engine.send(.post, "threads")
            #expect(thread["metadata"] == [:])
        }
    }

    @Test func keepsMessagesInOrder() async throws {
        let time = TestTime()
        try await withEngine(EngineTestHooks(clock: time.clock)) { engine in
            let thread = try await engine.post("threads").id
            let path = "threads/\(thread)/messages"
            let first = try await engine.post(path, ["role": "user", "content": "One?", "metadata": ["a": "b"]])
            #expect(
                first.json == [
                    "id": .string(first.id), "object": "thread.message", "created_at": .integer(time.now),
                    "thread_id": .string(thread), "status": "completed", "incomplete_details": nil,
                    "completed_at": .integer(time.now), "incomplete_at": nil, "role": "user",
                    "content": [["type": "text", "text": ["value": "One?", "annotations": []]]],
                    "assistant_id": nil, "run_id": nil, "attachments": [], "metadata": ["a": "b"],
                ]
            )
            let parts: JSONValue = ["role": "assistant", "content": [["type": "text", "text": "One."]]]
            let ids = [
                first.id, try await engine.post(path, parts).id,
                try await engine.post(path, ["role": "user", "content": "Two?"]).id,
            ]
            #expect(try await engine.get(path).ids == ids.reversed())
            let page = try await engine.get("\(path)?order=asc&limit=2")
            #expect(page.list.map(Self.text) == ["One?", "One."])
            #expect(page["has_more"] == true)
            #expect(try await engine.get("\(path)?order=asc&after=\(ids[1])").ids == [ids[2]])
            #expect(try await engine.get("\(path)?before=\(ids[0])&limit=1").ids == [ids[1]])
            #expect(try await engine.get("\(path)?run_id=run_x").list.isEmpty)
            #expect(try await engine.get("\(path)?after=msg_x").status == 400)

            #expect(try await engine.get("\(path)/\(first.id)").json == first.json)
            #expect(try await engine.post("\(path)/\(first.id)", ["metadata": [:]])["metadata"] == [:])
            let deleted = try await engine.delete("\(path)/\(first.id)")
            #expect(deleted["object"] == "thread.message.deleted")
            #expect(try await engine.get("\(path)/\(first.id)").message == "No message found with id '\(first.id)'.")
            let other = try await engine.post("threads").id
            #expect(try await engine.get("threads/\(other)/messages/\(ids[1])").status == 404)
        }
    }

    @Test func putsAttachmentsIntoAStoreOfItsOwn() async throws {
        let time = TestTime()
        try await withEngine(EngineTestHooks(clock: time.clock)) { engine in
            let thread = try await engine.post("threads").id
            var stores: Set<[String]> = []
            for (name, text) in [("leave.md", Policies.leave), ("travel.md", Policies.travel)] {
                let file = try await engine.upload(name, text).id
                let attachment: JSONValue = ["file_id": .string(file), "tools": [["type": "file_search"]]]
                let message = try await engine.post(
                    "threads/\(thread)/messages",
                    ["role": "user", "content": "Read this.", "attachments": [attachment]]
                )
                #expect(message["attachments"] == [attachment])
                stores.insert(try await engine.get("threads/\(thread)")["tool_resources"]?.vectorStoreIDs ?? [])
            }
            let store = try #require(stores.first?.first)
            #expect(stores == [[store]])
            let indexed = try await engine.indexed(store)
            #expect(indexed["file_counts"]?["completed"] == 2)
            #expect(indexed["expires_at"] == .integer(time.now + 7 * 86_400))
        }
    }

    @Test func refusesMessagesThatAreNone() async throws {
        try await withEngine { engine in
            let thread = try await engine.post("threads").id
            let attachment: JSONValue = ["file_id": "file-x", "tools": [["type": "file_search"]]]
            let cases: [(body: JSONValue, status: Int, param: String)] = [
                (["role": "user"], 400, "content"),
                (["role": "user", "content": ""], 400, "content"),
                (["role": "user", "content": 5], 400, "content"),
                (["role": "user", "content": []], 400, "content"),
                (["role": "user", "content": [["type": "output_text", "text": "x"]]], 400, "content[0].type"),
                (["role": "user", "content": [["text": "x"]]], 400, "content[0].type"),
                (["role": "system", "content": "x"], 400, "role"),
                (["content": "x"], 400, "role"),
                (["role": "user", "content": "x", "mood": "y"], 400, "mood"),
                (["role": "user", "content": "x", "attachments": [attachment]], 404, "file_id"),
            ]
            for (body, status, param) in cases {
                let reply = try await engine.post("threads/\(thread)/messages", body)
                #expect(reply.status == status)
                #expect(reply.param == param)
            }
            #expect(try await engine.get("threads/\(thread)/messages").list.isEmpty)
            #expect(try await engine.post("threads", ["messages": [["role": "user"]]]).param == "messages[0].content")
        }
    }
}
