import TestSupport
import Testing

@testable import DocumentText
@testable import LocalEngine

@Suite struct RunTests {
    private static let leave = "How many days of annual leave do full-time employees get?"
    private static let meals = "What is the daily meal allowance abroad?"
    private static let documents = ["leave.md": Policies.leave, "travel — EU.txt": Policies.travel]

    @Test func quotesTheDocumentWithAMark() async throws {
        let time = TestTime()
        try await withEngine(EngineTestHooks(clock: time.clock)) { engine in
            let store = try await engine.store(Self.documents)
            let assistant = try await engine.assistant(store.id, ["instructions": "Be brief."])
            let thread = try await engine.post("threads").id
            let run = try await engine.ask(Self.leave, assistant, in: thread, ["metadata": ["a": "b"]])
            let usage = try #require(run["usage"])
            #expect(usage["total_tokens"]?.double ?? 0 > usage["prompt_tokens"]?.double ?? 0)
            var wanted: JSONValue = [
                "id": .string(run.id), "object": "thread.run", "created_at": .integer(time.now),
                "thread_id": .string(thread), "assistant_id": .string(assistant), "status": "completed",
                "required_action": nil, "last_error": nil, "expires_at": nil, "started_at": .integer(time.now),
                "cancelled_at": nil, "failed_at": nil, "completed_at": .integer(time.now),
                "incomplete_details": nil, "model": "gpt-6-luna", "instructions": "Be brief.",
                "tools": [["type": "file_search"]], "metadata": ["a": "b"], "temperature": 1, "top_p": 1,
                "max_prompt_tokens": nil, "max_completion_tokens": nil, "tool_choice": "auto",
                "truncation_strategy": ["type": "auto", "last_messages": nil], "parallel_tool_calls": true,
                "response_format": "auto",
            ]
            wanted["usage"] = usage
            #expect(run.json == wanted)

            let answer = try await engine.answer(of: run)
            #expect(answer.messageText.contains("27 days"))
            #expect(answer["role"] == "assistant")
            #expect(answer["assistant_id"] == .string(assistant))
            let note = try #require(answer.messageNotes.first)
            #expect(note["text"] == "【1:0†leave.md】")
            #expect(note["file_citation"] == ["file_id": .string(store.files[0])])
            let (start, end) = (Int(note["start_index"]?.double ?? 0), Int(note["end_index"]?.double ?? 0))
            let scalars = Array(answer.messageText.unicodeScalars)
            #expect(String(String.UnicodeScalarView(scalars[start..<end])) == note["text"]?.string)
            #expect(try await engine.get("threads/\(thread)/runs").list == [run.json])
        }
    }

    @Test func showsItsSteps() async throws {
        try await withEngine { engine in
            let store = try await engine.store(Self.documents)
            let ranking: JSONValue = ["ranker": "auto", "score_threshold": 0.01]
            let tools: JSONValue = [
                ["type": "file_search", "file_search": ["max_num_results": 1, "ranking_options": ranking]]
            ]
            let assistant = try await engine.assistant(store.id, ["tools": tools])
            let thread = try await engine.post("threads").id
            let run = try await engine.ask(Self.leave, assistant, in: thread)
            let path = "threads/\(thread)/runs/\(run.id)/steps"
            let bare = try await engine.get("\(path)?order=asc")
            #expect(bare.list.map { $0["type"] } == ["tool_calls", "message_creation"])
            #expect(bare.list.allSatisfy { $0["status"] == "completed" && $0["run_id"] == .string(run.id) })
            let message = try await engine.answer(of: run)
            #expect(bare.list[1]["step_details"]?["message_creation"]?["message_id"] == message["id"])
            let search = try #require(bare.list[0]["step_details"]?["tool_calls"]?.array?.first?["file_search"])
            #expect(search["ranking_options"] == ranking)
            let results = try #require(search["results"]?.array)
            #expect(results.map { $0["file_name"] } == ["leave.md"])
            #expect(results[0]["content"] == nil)

            let content = "include%5B%5D=step_details.tool_calls%5B*%5D.file_search.results%5B*%5D.content"
            let full = try await engine.get("\(path)/\(bare.ids[0])?\(content)")
            let found = full["step_details"]?["tool_calls"]?.array?.first?["file_search"]?["results"]?.array?.first
            #expect(found?["content"]?.array?.first?["text"]?.string?.contains("27 days") == true)
            #expect(try await engine.get("\(path)?include[]=everything").param == "include")
            #expect(try await engine.get("\(path)?limit=1").ids == [bare.ids[1]])
            #expect(try await engine.get("\(path)/step_x").message == "No run step found with id 'step_x'.")
        }
    }

    @Test func streamsEveryEventInOrder() async throws {
        try await withEngine { engine in
            let store = try await engine.store(Self.documents)
            let assistant = try await engine.assistant(store.id)
            let thread = try await engine.post("threads").id
            let question: JSONValue = ["role": "user", "content": .string(Self.meals)]
            let events = try await engine.streamRun(
                "threads/\(thread)/runs",
                ["assistant_id": .string(assistant), "stream": true, "additional_messages": [question]]
            )
            let names = events.map(\.name)
            #expect(
                names.filter { $0 != "thread.message.delta" } == [
                    "thread.run.created", "thread.run.queued", "thread.run.in_progress", "thread.run.step.created",
                    "thread.run.step.in_progress", "thread.run.step.delta", "thread.run.step.completed",
                    "thread.run.step.created", "thread.run.step.in_progress", "thread.message.created",
                    "thread.message.in_progress", "thread.message.completed", "thread.run.step.completed",
                    "thread.run.completed",
                ]
            )
            let deltas = events.filter { $0.name == "thread.message.delta" }
                .compactMap { $0.object["delta"]?["content"]?.array?.first?["text"] }
            #expect(deltas.count > 2)
            let message = try #require(events.first { $0.name == "thread.message.completed" }?.object)
            #expect(message.messageText == deltas.compactMap { $0["value"]?.string }.joined())
            #expect(message.messageText.contains("64 euros"))
            #expect(message.messageNotes.map { $0["text"] } == ["【1:0†travel — EU.txt】"])
            let notes = deltas.flatMap { $0["annotations"]?.array ?? [] }
            #expect(notes.map { $0["start_index"] } == message.messageNotes.map { $0["start_index"] })
            #expect(notes.map { $0["index"] } == [0])
            #expect(events.map { $0.object["status"] }.prefix(3) == ["queued", "queued", "in_progress"])

            let run = try #require(events.last?.object)
            let id = run["id"]?.string ?? ""
            #expect(try await engine.get("threads/\(thread)/runs/\(id)").json == run)
            #expect(
                try await engine.get("threads/\(thread)/messages?order=asc").list.map { $0["role"] } == [
                    "user", "assistant",
                ]
            )
        }
    }

    @Test func startsAThreadAlongWithARun() async throws {
        try await withEngine { engine in
            let store = try await engine.store(Self.documents)
            let assistant = try await engine.assistant()
            let resources: JSONValue = ["file_search": ["vector_store_ids": [.string(store.id)]]]
            let thread: JSONValue = ["messages": [["role": "user", "content": .string(Self.leave)]]]
            let body: JSONValue = [
                "assistant_id": .string(assistant), "thread": thread, "tool_resources": resources, "stream": true,
            ]
            let events = try await engine.streamRun("threads/runs", body)
            #expect(events.first?.name == "thread.created")
            #expect(events.first?.object["tool_resources"] == resources)
            #expect(events.dropFirst().first?.name == "thread.run.created")
            let message = try #require(events.first { $0.name == "thread.message.completed" }?.object)
            #expect(message.messageText.contains("27 days"))

            let unstreamed = try await engine.post("threads/runs", ["assistant_id": .string(assistant)])
            #expect(unstreamed["status"] == "queued")
            let ended = try await engine.ended(unstreamed.id, in: unstreamed["thread_id"]?.string ?? "")
            #expect(ended["status"] == "completed")
        }
    }

    @Test func letsARunOverrideItsAssistant() async throws {
        try await withEngine { engine in
            let store = try await engine.store(Self.documents)
            let assistant = try await engine.assistant(store.id, ["instructions": "Be brief."])
            let thread = try await engine.post("threads").id
            let run = try await engine.ask(
                Self.leave,
                assistant,
                in: thread,
                [
                    "model": "other", "instructions": "Be long.", "additional_instructions": "Be kind.",
                    "temperature": 0.1, "max_prompt_tokens": 20_000, "max_completion_tokens": 1_024,
                    "truncation_strategy": ["type": "last_messages", "last_messages": 3], "tool_choice": "none",
                ]
            )
            #expect(run["status"] == "completed")
            #expect(run["model"] == "other")
            #expect(run["instructions"] == "Be long.\n\nBe kind.")
            #expect(run["temperature"] == 0.1)
            #expect(run["max_completion_tokens"] == 1_024)
            #expect(run["truncation_strategy"] == ["type": "last_messages", "last_messages": 3])
            // Without its tool it finds nothing, and has no step for it.
            #expect(try await engine.answer(of: run).messageNotes.isEmpty)
            let steps = try await engine.get("threads/\(thread)/runs/\(run.id)/steps")
            #expect(steps.list.map { $0["type"] } == ["message_creation"])
        }
    }

    @Test func continuesTheThread() async throws {
        try await withEngine { engine in
            let store = try await engine.store(Self.documents)
            let assistant = try await engine.assistant(store.id)
            let thread = try await engine.post("threads").id
            _ = try await engine.ask(Self.meals, assistant, in: thread)
            let followUp = try await engine.ask("And how much is that exactly?", assistant, in: thread)
            #expect(try await engine.answer(of: followUp).messageText.contains("64"))
            let forgetful = try await engine.ask(
                "And how much is that exactly?",
                assistant,
                in: thread,
                ["truncation_strategy": ["type": "last_messages", "last_messages": 1]]
            )
            #expect(try await !engine.answer(of: forgetful).messageText.contains("64"))
        }
    }

    @Test func searchesOnlyTheStoresOfItsAssistantAndItsThread() async throws {
        try await withEngine { engine in
            let leave = try await engine.store(["leave.md": Policies.leave])
            let travel = try await engine.store(["travel.md": Policies.travel])
            let assistant = try await engine.assistant(leave.id)
            let resources: JSONValue = ["file_search": ["vector_store_ids": [.string(travel.id)]]]
            let (own, other) = (
                try await engine.post("threads", ["tool_resources": resources]).id, try await engine.post("threads").id
            )
            let found = try await engine.ask(Self.meals, assistant, in: own)
            #expect(try await engine.answer(of: found).messageText.contains("64 euros"))
            let notFound = try await engine.ask(Self.meals, assistant, in: other)
            #expect(try await engine.answer(of: notFound).messageNotes.isEmpty)
        }
    }

    @Test func cutsAnAnswerToTheTokensAllowed() async throws {
        try await withEngine { engine in
            let words = (0..<120).map { "consideration\($0)" }.joined(separator: " ")
            let store = try await engine.store(["long.md": "The severance formula is \(words) and ends here."])
            let assistant = try await engine.assistant(store.id)
            let thread = try await engine.post("threads").id
            let run = try await engine.ask(
                "What is the severance formula?",
                assistant,
                in: thread,
                ["max_completion_tokens": 256]
            )
            #expect(run["status"] == "incomplete")
            #expect(run["incomplete_details"] == ["reason": "max_completion_tokens"])
            let answer = try await engine.answer(of: run)
            #expect(answer["status"] == "incomplete")
            #expect(answer["incomplete_details"] == ["reason": "max_tokens"])
            #expect(answer.messageText.utf8.count <= 1_100)
        }
    }

    @Test func waitsForTheFilesThatItsThreadBrought() async throws {
        let reading = Gate()
        let hooks = EngineTestHooks(extract: { path, filename async throws(ExtractionError) in
            await reading.wait()
            return try await ExtractedText.read(fileAt: path, filename: filename)
        })
        try await withEngine(hooks) { engine in
            let file = try await engine.upload("travel.md", Policies.travel).id
            let attachment: JSONValue = ["file_id": .string(file), "tools": [["type": "file_search"]]]
            let message: JSONValue = [
                "role": "user", "content": .string(Self.meals), "attachments": [attachment],
            ]
            let thread = try await engine.post("threads", ["messages": [message]]).id
            let body: JSONValue = ["assistant_id": .string(try await engine.assistant())]
            let run = try await engine.post("threads/\(thread)/runs", body)
            #expect(try await engine.get("threads/\(thread)/runs/\(run.id)")["status"] == "queued")
            reading.open()
            let answer = try await engine.answer(of: try await engine.ended(run.id, in: thread))
            #expect(answer.messageText.contains("64 euros"))
        }
    }

    @Test func failsWhenTheEngineFails() async throws {
        struct Fault: Error {}
        let hooks = EngineTestHooks(beforeAnswering: { throw Fault() })
        try await withEngine(hooks) { engine in
            let thread = try await engine.post("threads").id
            let assistant = try await engine.assistant()
            let run = try await engine.ask(Self.meals, assistant, in: thread)
            #expect(run["status"] == "failed")
            #expect(run["last_error"]?["code"] == "server_error")
            #expect(run["expires_at"] == JSONValue.null)
            let body: JSONValue = ["assistant_id": .string(assistant), "stream": true]
            let events = try await engine.streamRun("threads/\(thread)/runs", body)
            #expect(events.map(\.name).suffix(2) == ["thread.run.step.failed", "thread.run.failed"])
        }
    }

    @Test func reportsTheErrorsOfARequest() async throws {
        try await withEngine { engine in
            let assistant = JSONValue.string(try await engine.assistant())
            let thread = try await engine.post("threads").id
            let cases: [(body: JSONValue, status: Int, param: String?)] = [
                ([:], 400, "assistant_id"),
                (["assistant_id": "asst_x"], 404, nil),
                (["assistant_id": assistant, "max_prompt_tokens": 255], 400, "max_prompt_tokens"),
                (["assistant_id": assistant, "tool_choice": "sometimes"], 400, "tool_choice"),
                (["assistant_id": assistant, "truncation_strategy": ["type": "x"]], 400, "truncation_strategy.type"),
                (
                    ["assistant_id": assistant, "additional_messages": [["role": "x"]]], 400,
                    "additional_messages[0].role"
                ),
                (["assistant_id": assistant, "conversation": "x"], 400, "conversation"),
            ]
            for (body, status, param) in cases {
                let reply = try await engine.post("threads/\(thread)/runs", body)
                #expect(reply.status == status)
                #expect(reply.param == param)
            }
            #expect(try await engine.post("threads/thread_x/runs", ["assistant_id": assistant]).status == 404)
            let missing = try await engine.get("threads/\(thread)/runs/run_x")
            #expect(missing.message == "No run found with id 'run_x'.")
            #expect(try await engine.get("threads/\(thread)/runs").list.isEmpty)
        }
    }

    @Test func takesMetadataButNoToolOutputs() async throws {
        try await withEngine { engine in
            let thread = try await engine.post("threads").id
            let run = try await engine.ask("Hello?", try await engine.assistant(), in: thread)
            let path = "threads/\(thread)/runs/\(run.id)"
            #expect(try await engine.post(path, ["metadata": ["a": "b"]])["metadata"] == ["a": "b"])
            let outputs = try await engine.post("\(path)/submit_tool_outputs", ["tool_outputs": []])
            #expect(outputs.message == "Runs in status \"completed\" do not accept tool outputs.")
        }
    }
}
