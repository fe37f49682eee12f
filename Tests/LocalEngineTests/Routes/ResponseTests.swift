import Testing

@testable import LocalEngine

@Suite struct ResponseTests {
    private static func ask(_ question: JSONValue, _ store: String?, _ more: [String: JSONValue] = [:]) -> JSONValue {
        var body: [String: JSONValue] = ["model": "gpt-6-luna", "input": question]
        if let store { body["tools"] = [["type": "file_search", "vector_store_ids": [.string(store)]]] }
        return .object(body.merging(more) { _, new in new })
    }

    private static func text(_ response: JSONValue) -> String {
        (response["output"]?.array ?? []).compactMap { $0["content"]?.array?.first?["text"]?.string }.joined()
    }

    @Test func quotesTheDocumentAndCitesIt() async throws {
        try await withEngine { engine in
            let store = try await engine.store(["leave.md": Policies.leave, "travel.txt": Policies.travel])
            let response = try await engine.post(
                "responses",
                Self.ask(
                    "How many days of annual leave do full-time employees get?",
                    store.id,
                    ["include": ["file_search_call.results"], "metadata": ["a": "b"], "instructions": "Be brief."]
                )
            )
            #expect(response.status == 200)
            #expect(response["status"] == "completed")
            #expect(response["metadata"] == ["a": "b", "confidence": "sure", "written_by": "engine"])
            #expect(response["instructions"] == "Be brief.")
            #expect(Self.text(response.json).contains("27 days"))
            let output = try #require(response["output"]?.array)
            #expect(output.map { $0["type"] } == ["file_search_call", "message"])
            #expect(output[0]["results"]?.array?.first?["filename"] == "leave.md")
            let note = try #require(output[1]["content"]?.array?.first?["annotations"]?.array?.first)
            #expect(note["file_id"] == .string(store.files[0]))
            #expect(note["filename"] == "leave.md")
            let usage = try #require(response["usage"])
            #expect(
                usage["total_tokens"]?.double == (usage["input_tokens"]?.double ?? 0)
                    + (usage["output_tokens"]?.double ?? 0)
            )
            #expect(usage["output_tokens"]?.double ?? 0 > 0)

            var stored = response.json
            #expect(try await engine.get("responses/\(response.id)?include[]=file_search_call.results").json == stored)
            stored["output"] = .array(
                [output[0]].map { item in
                    var item = item
                    item["results"] = .null
                    return item
                } + output[1...]
            )
            #expect(try await engine.get("responses/\(response.id)").json == stored)
        }
    }

    @Test func searchesOnlyFilesThatPassTheToolsFilters() async throws {
        try await withEngine { engine in
            let store = try await engine.store(["leave.md": Policies.leave, "travel.txt": Policies.travel])
            try await engine.post(
                "vector_stores/\(store.id)/files/\(store.files[1])",
                ["attributes": ["area": "travel"]]
            )
            let tool: JSONValue = [
                "type": "file_search", "vector_store_ids": [.string(store.id)], "max_num_results": 3,
                "filters": ["type": "eq", "key": "area", "value": "travel"],
            ]
            let body = Self.ask(
                "How many weeks is parental leave?",
                nil,
                ["tools": [tool], "include": ["file_search_call.results"]]
            )
            let response = try await engine.post("responses", body)
            #expect(!Self.text(response.json).contains("18 weeks"))
            let results = response["output"]?.array?.first?["results"]?.array ?? []
            #expect(results.allSatisfy { $0["file_id"] == .string(store.files[1]) })
            #expect(response["tools"] == [tool])
        }
    }

    @Test func streamsEveryEventInOrder() async throws {
        try await withEngine { engine in
            let store = try await engine.store(["travel.txt": Policies.travel])
            let conversation = try await engine.post("conversations").id
            let events = try await engine.stream(
                Self.ask(
                    "What is the daily meal allowance abroad?",
                    store.id,
                    ["stream": true, "conversation": .string(conversation)]
                )
            )
            let types = events.compactMap { $0["type"]?.string }
            #expect(events.map { $0["sequence_number"] } == (0..<events.count).map { .integer($0) })
            let inner = types.drop { $0 != "response.output_text.delta" }.prefix {
                ["response.output_text.delta", "response.output_text.annotation.added"].contains($0)
            }
            #expect(
                types.filter { !inner.contains($0) } == [
                    "response.created", "response.in_progress", "response.output_item.added",
                    "response.file_search_call.in_progress", "response.file_search_call.searching",
                    "response.file_search_call.completed", "response.output_item.done", "response.output_item.added",
                    "response.content_part.added", "response.output_text.done", "response.content_part.done",
                    "response.output_item.done", "response.completed",
                ]
            )
            #expect(inner.filter { $0 == "response.output_text.delta" }.count > 1)
            #expect(inner.contains("response.output_text.annotation.added"))

            let text = events.compactMap { $0["delta"]?.string }.joined()
            let final = try #require(events.last?["response"])
            #expect(Self.text(final) == text)
            #expect(text.contains("64 euros"))
            let notes = events.compactMap { $0["annotation"] }
            #expect(final["output"]?.array?.last?["content"]?.array?.first?["annotations"] == .array(notes))
            #expect(events[0]["response"]?["status"] == "in_progress")
            #expect(events[0]["response"]?["usage"] == JSONValue.null)
            #expect(try await engine.get("responses/\(final["id"]?.string ?? "")").json == final)

            let items = try await engine.get("conversations/\(conversation)/items?order=asc")
            #expect(items.list.map { $0["type"] } == ["message", "file_search_call", "message"])
            var answer = items.list[2]
            #expect(answer["metadata"] == final["metadata"])
            answer["metadata"] = nil
            #expect([items.list[1], answer] == final["output"]?.array)
        }
    }

    @Test func continuesTheConversationOrThePreviousResponse() async throws {
        try await withEngine { engine in
            let store = try await engine.store(["leave.md": Policies.leave, "travel.txt": Policies.travel])
            let conversation = try await engine.post("conversations").id
            let context: [String: JSONValue] = ["conversation": ["id": .string(conversation)]]
            try await engine.post("responses", Self.ask("What is the daily meal allowance abroad?", store.id, context))
            let more = try await engine.post("responses", Self.ask("And how much is that exactly?", store.id, context))
            #expect(Self.text(more.json).contains("64"))
            #expect(more["conversation"] == ["id": .string(conversation)])

            let first = try await engine.post(
                "responses",
                Self.ask("What is the daily meal allowance abroad?", store.id)
            )
            let next = try await engine.post(
                "responses",
                Self.ask(
                    "And how much is that exactly?",
                    store.id,
                    ["previous_response_id": .string(first.id)]
                )
            )
            #expect(Self.text(next.json).contains("64"))
            #expect(next["previous_response_id"] == .string(first.id))
        }
    }

    @Test func saysThatItFoundNothingWithoutAToolOrAnAnswer() async throws {
        try await withEngine { engine in
            let store = try await engine.store(["leave.md": Policies.leave])
            for body in [
                Self.ask("How many days of annual leave do I get?", nil),
                Self.ask("How many days of annual leave do I get?", store.id, ["tool_choice": "none"]),
                Self.ask("What is the wifi password of the Oslo office?", store.id),
            ] {
                let response = try await engine.post("responses", body)
                #expect(response["status"] == "completed")
                #expect(Self.text(response.json).contains("find"))
                let message = response["output"]?.array?.last
                #expect(message?["content"]?.array?.first?["annotations"] == [])
            }
        }
    }

    @Test func isGoneIfNotStoredOrDeleted() async throws {
        try await withEngine { engine in
            let kept = try await engine.post("responses", Self.ask("Hello?", nil))
            let unkept = try await engine.post("responses", Self.ask("Hello?", nil, ["store": false]))
            #expect(unkept["store"] == false)
            #expect(try await engine.get("responses/\(unkept.id)").status == 404)
            let follow = try await engine.post(
                "responses",
                Self.ask("And?", nil, ["previous_response_id": .string(unkept.id)])
            )
            #expect(follow.status == 400)
            #expect(follow.code == "previous_response_not_found")

            let deleted = try await engine.delete("responses/\(kept.id)")
            #expect(deleted.json == ["id": .string(kept.id), "object": "response.deleted", "deleted": true])
            let gone = try await engine.get("responses/\(kept.id)")
            #expect(gone.message == "Response with id '\(kept.id)' not found.")
        }
    }

    @Test func listsItsInput() async throws {
        try await withEngine { engine in
            let input: JSONValue = [
                ["role": "user", "content": "One?"], ["role": "assistant", "content": "One."],
                ["role": "user", "content": "Two?"],
            ]
            let response = try await engine.post("responses", Self.ask(input, nil))
            let items = try await engine.get("responses/\(response.id)/input_items?order=asc&limit=2")
            #expect(items.list.map { $0["content"]?.array?.first?["text"] } == ["One?", "One."])
            #expect(items["has_more"] == true)
            let rest = try await engine.get("responses/\(response.id)/input_items?order=asc&after=\(items.ids[1])")
            #expect(rest.list.map { $0["content"]?.array?.first?["text"] } == ["Two?"])
        }
    }

    @Test func cannotBeCancelled() async throws {
        try await withEngine { engine in
            let response = try await engine.post("responses", Self.ask("Hello?", nil))
            let reply = try await engine.post("responses/\(response.id)/cancel")
            #expect(reply.status == 400)
            #expect(reply.message == "Cannot cancel a synchronous response.")
            #expect(try await engine.post("responses/resp_none/cancel").status == 404)
        }
    }

    @Test func isIncompleteWhenCutToTheTokensAllowed() async throws {
        try await withEngine { engine in
            let sentence =
                "Every employee receives a voucher for lunch that is worth ten euros on each day worked in an office of the company."
            let store = try await engine.store(["lunch.md": "# Lunch voucher\n\n\(sentence)"])
            let question: JSONValue = "What is the lunch voucher worth for every employee?"
            let response = try await engine.post("responses", Self.ask(question, store.id, ["max_output_tokens": 16]))
            #expect(response["status"] == "incomplete")
            #expect(response["incomplete_details"] == ["reason": "max_output_tokens"])
            #expect(Self.text(response.json).utf8.count <= 64)
            #expect(sentence.hasPrefix(Self.text(response.json)))
            let events = try await engine.stream(
                Self.ask(question, store.id, ["max_output_tokens": 16, "stream": true])
            )
            #expect(events.last?["type"] == "response.incomplete")
        }
    }

    @Test func failsInTheStreamWhenTheEngineFails() async throws {
        struct Fault: Error {}
        let hooks = EngineTestHooks(beforeAnswering: { throw Fault() })
        try await withEngine(hooks) { engine in
            let events = try await engine.stream(Self.ask("Hello?", nil, ["stream": true]))
            #expect(events.last?["type"] == "response.failed")
            #expect(events.last?["response"]?["error"]?["code"] == "server_error")
            let whole = try await engine.post("responses", Self.ask("Hello?", nil))
            #expect(whole.status == 500)
            #expect(whole.code == "server_error")
            #expect(!whole.text.contains("Fault"))
        }
    }
}
