import OpenAI
import TestSupport
import Testing

@testable import LocalEngine

/// When a scripted model writes: sentence by sentence, until it is stopped, and as many answers at a time as are allowed.
@Suite struct WriterStreamTests {
    @Test func sentencesAreStreamedWhileTheModelStillWrites() async throws {
        let goOn = Gate()
        try await ScriptedWriting.asking { _ in
            .model([
                .text("You get 27 days of paid annual leave [1]. Parents"), .wait(goOn),
                .text(" may take 18 weeks of parental leave [2]."), .finish("stop"),
            ])
        } _: { engine, store, _ in
            var before = ""
            let events = try await engine.stream(ScriptedWriting.ask(ScriptedWriting.question, store, ["stream": true]))
            { event in
                if !goOn.isOpen { before += event["delta"]?.string ?? "" }
                if before == "You get 27 days of paid annual leave." { goOn.open() }
                return true
            }
            #expect(events.last?["type"] == "response.completed")
        }
    }

    @Test func aClientThatLeavesStopsTheModel() async throws {
        let (begun, left) = (Gate(), Gate())
        try await ScriptedWriting.asking { _ in
            .model([.text("You get 27 days of paid annual leave [1]. And"), .open(begun), .untilLeft(left)])
        } _: { engine, store, _ in
            _ = try await engine.stream(ScriptedWriting.ask(ScriptedWriting.question, store, ["stream": true])) {
                $0["type"] != "response.output_text.delta"
            }
            await left.wait()
            #expect(begun.isOpen)
        }
    }

    @Test func acancelledRunStopsTheModel() async throws {
        let (begun, left) = (Gate(), Gate())
        try await ScriptedWriting.asking { _ in
            .model([.text("You get 27 days of paid annual leave [1]. And"), .open(begun), .untilLeft(left)])
        } _: { engine, store, _ in
            let assistant = try await engine.assistant(store)
            let thread = try await engine.post("threads").id
            try await engine.post(
                "threads/\(thread)/messages",
                ["role": "user", "content": .string(ScriptedWriting.question)]
            )
            let run = try await engine.post("threads/\(thread)/runs", ["assistant_id": .string(assistant)])
            await begun.wait()
            try await engine.post("threads/\(thread)/runs/\(run.id)/cancel")
            await left.wait()
            #expect(try await engine.ended(run.id, in: thread)["status"] == "cancelled")
        }
    }

    @Test func asManyAnswersAreWrittenAtATimeAsAreAllowed() async throws {
        let (goOn, running) = (Gate(), Counter())
        try await ScriptedWriting.asking(concurrency: 2) { _ in
            running.increment()
            await goOn.wait()
            return .written("You get 27 days of paid annual leave [1].")
        } _: { engine, store, model in
            // Two are written and 32 wait; the others are quoted at once.
            let texts = try await withThrowingTaskGroup(of: (String, String).self) { group in
                for number in 0..<40 {
                    group.addTask {
                        let reply = try await engine.post(
                            "responses",
                            ScriptedWriting.ask(ScriptedWriting.question, store, ["user": .string("\(number)")])
                        )
                        return (
                            ScriptedWriting.text(of: reply.json), reply["metadata"]?["writing_failure"]?.string ?? ""
                        )
                    }
                }
                var replies: [(String, String)] = []
                for try await reply in group {
                    replies.append(reply)
                    if replies.count == 6 {
                        #expect(replies.allSatisfy { $0.1 == "busy" && $0.0.contains(ScriptedWriting.quotation) })
                        #expect(model.calls.count == 2)
                        goOn.open()
                    }
                }
                return replies
            }
            #expect(texts.count { $0.1.isEmpty } == 34)
            #expect(model.calls.count == 34)
        }
    }
}
