import OpenAI
import TestSupport
import Testing

@testable import LocalEngine

/// The engine with a scripted model that does what it is asked for.
@Suite struct WriterTests {
    @Test func citationsBecomeAnnotationsOfResponsesAndRuns() async throws {
        let written =
            "You get 27 days of paid annual leave [1]. Parents may take 18 weeks of fully paid parental leave [2]."
        try await ScriptedWriting.asking { _ in
            .written(written)
        } _: { engine, store, model in
            let text = written.replacing(#/ \[[0-9]\]/#, with: "")
            let reply = try await engine.post("responses", ScriptedWriting.ask(ScriptedWriting.question, store))
            #expect(ScriptedWriting.text(of: reply.json) == text)
            #expect(
                ScriptedWriting.notes(of: reply.json).compactMap { $0["filename"]?.string } == ["leave.md", "leave.md"]
            )
            let first = try #require(ScriptedWriting.notes(of: reply.json).first?["index"]?.double)
            #expect(text.prefix(Int(first)) == "You get 27 days of paid annual leave")
            #expect(reply["metadata"] == ["confidence": "sure", "written_by": .string(ScriptedModel.name)])
            let events = try await engine.stream(ScriptedWriting.ask(ScriptedWriting.question, store, ["stream": true]))
            let deltas = events.filter { $0["type"] == "response.output_text.delta" }.compactMap { $0["delta"]?.string }
            #expect(deltas.joined() == text)
            #expect(ScriptedWriting.text(of: events.last?["response"]) == text)
            #expect(events.compactMap { $0["sequence_number"]?.double } == (0..<events.count).map { Double($0) })
            let assistant = try await engine.assistant(store)
            let thread = try await engine.post("threads").id
            let message = try await engine.answer(
                of: try await engine.ask(ScriptedWriting.question, assistant, in: thread)
            )
            #expect(message.messageText.replacing(/【[^】]*】/, with: "") == text)
            #expect(message.messageNotes.count == 2)
            #expect(message["metadata"]?["written_by"] == .string(ScriptedModel.name))
            let call = try #require(model.calls.first)
            #expect(
                call.passages.contains { $0.place == "leave > Annual leave" && $0.text == ScriptedWriting.quotation }
            )
        }
    }

    @Test func aStreamedRunHasItsEventsInOrder() async throws {
        try await ScriptedWriting.asking { _ in
            .written("You get 27 days of paid annual leave [1].")
        } _: { engine, store, _ in
            let assistant = try await engine.assistant(store)
            let thread = try await engine.post("threads").id
            try await engine.post(
                "threads/\(thread)/messages",
                ["role": "user", "content": .string(ScriptedWriting.question)]
            )
            let events = try await engine.streamRun(
                "threads/\(thread)/runs",
                ["assistant_id": .string(assistant), "stream": true]
            )
            #expect(
                events.map(\.name).filter { $0 != "thread.message.delta" } == [
                    "thread.run.created", "thread.run.queued", "thread.run.in_progress", "thread.run.step.created",
                    "thread.run.step.in_progress", "thread.run.step.delta", "thread.run.step.completed",
                    "thread.run.step.created", "thread.run.step.in_progress", "thread.message.created",
                    "thread.message.in_progress", "thread.message.completed", "thread.run.step.completed",
                    "thread.run.completed",
                ]
            )
            let steps = events.filter { $0.name == "thread.run.step.completed" }
            let stored = try await engine.get("threads/\(thread)/runs/\(events[0].object["id"]?.string ?? "")/steps")
                .ids
            #expect(Set(steps.compactMap { $0.object["id"]?.string }) == Set(stored))
        }
    }

    @Test func theSearchAloneDecidesThatNothingIsFound() async throws {
        try await ScriptedWriting.asking { _ in
            .written("The match was won by 3 goals [1].")
        } _: { engine, store, model in
            let reply = try await engine.post("responses", ScriptedWriting.ask("Who won the football match?", store))
            #expect(ScriptedWriting.text(of: reply.json) == AnswerPhrases(in: .english).notFound)
            #expect(reply["metadata"] == ["confidence": "none", "written_by": "engine"])
            #expect(model.calls.isEmpty)
        }
    }

    @Test func aConversationKeepsWhoWroteItsAnswers() async throws {
        try await ScriptedWriting.asking { call in
            call.question == ScriptedWriting.question
                ? .written("You get 27 days of paid annual leave [1].") : .error(500)
        } _: { engine, store, _ in
            let conversation = try await engine.post("conversations").id
            for question in [ScriptedWriting.question, "How many weeks of parental leave do parents get?"] {
                let body = ScriptedWriting.ask(question, store, ["conversation": .string(conversation)])
                let reply = try await engine.post("responses", body)
                #expect(reply["output"]?.array?.last?["metadata"] == nil)
            }
            let items = try await engine.get("conversations/\(conversation)/items?order=asc").json["data"]?.array ?? []
            let metadata = items.filter { $0["role"] == "assistant" }.map { $0["metadata"] }
            #expect(
                metadata == [
                    ["confidence": "sure", "written_by": .string(ScriptedModel.name)],
                    ["confidence": "sure", "written_by": "engine", "writing_failure": "refused"],
                ]
            )
            #expect(items.filter { $0["role"] == "user" }.allSatisfy { $0["metadata"] == nil })
        }
    }
}
