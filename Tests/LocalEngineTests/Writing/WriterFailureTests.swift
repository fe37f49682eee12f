import OpenAI
import TestSupport
import Testing

@testable import LocalEngine

/// What happens if a scripted model fails or lies.
@Suite struct WriterFailureTests {
    /// A model that does not do what it is asked for.
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let reply: ScriptedReply
        let failure: WritingFailure

        init(_ name: String, _ failure: WritingFailure, _ reply: ScriptedReply) {
            (testDescription, self.failure, self.reply) = (name, failure, reply)
        }
    }

    @Test(arguments: [
        Fault("invents a figure", .unsupported, .written("You get 30 days of paid annual leave [1].")),
        Fault("cites a wrong number", .unsupported, .written("You get 27 days of paid annual leave [9].")),
        Fault(
            "leaks the prompt",
            .unsupported,
            .written("You answer a question from numbered passages of documents. [1]")
        ),
        Fault("declines", .declined, .written("NOT_IN_PASSAGES")),
        Fault("declines in words", .unsupported, .written("I am sorry, but I do not know the answer.")),
        Fault("writes nothing", .empty, .written("")), Fault("writes blanks", .empty, .written(" \n ")),
        Fault(
            "writes a page",
            .malformed,
            .written("<!DOCTYPE html><html><body>27 days of annual leave</body></html>")
        ),
        Fault("is a page", .malformed, .page(status: 200)), Fault("is an error page", .refused, .page(status: 502)),
        Fault("refuses", .refused, .error(401)),
        Fault("reports an error", .refused, .model([.raw("data: {\"error\":{\"message\":\"x\"}}\n\n")])),
        Fault(
            "calls a tool",
            .toolCall,
            .model([
                .delta(#"{"tool_calls":[{"index":0,"function":{"name":"search","arguments":"{}"}}]}"#),
                .finish("tool_calls"),
            ])
        ),
        Fault(
            "calls a tool in text",
            .unsupported,
            .written(#"{"name": "search", "arguments": {"query": "annual leave"}}"#)
        ),
        Fault("writes German", .unsupported, .written("Die Angestellten bekommen in jedem Jahr 27 Tage Urlaub [1].")),
        Fault("is cut off", .interrupted, .model([.text("You get 27 days of paid")])),
        Fault("reaches its limit", .tooLong, .model([.text("You get 27 days of paid"), .finish("length")])),
        Fault(
            "never stops",
            .tooLong,
            .model([.text(String(repeating: "You get 30 days. And 31 days. ", count: 2_000))])
        ),
        Fault("hangs up", .unreachable, .hangUp), Fault("sends nonsense", .malformed, .model([.raw("data: {\n\n")])),
        Fault("only thinks", .empty, .model([.delta(#"{"reasoning_content":"27 days"}"#), .finish("stop")])),
    ])
    func aModelThatFailsIsReplacedByTheQuotation(_ fault: Fault) async throws {
        try await ScriptedWriting.asking { _ in
            fault.reply
        } _: { engine, store, model in
            let quoted: JSONValue = [
                "confidence": "sure", "written_by": "engine", "writing_failure": .string(fault.failure.rawValue),
            ]
            let reply = try await engine.post("responses", ScriptedWriting.ask(ScriptedWriting.question, store))
            #expect(ScriptedWriting.text(of: reply.json).contains(ScriptedWriting.quotation))
            #expect(reply["metadata"] == quoted)
            let events = try await engine.stream(ScriptedWriting.ask(ScriptedWriting.question, store, ["stream": true]))
            let deltas = events.filter { $0["type"] == "response.output_text.delta" }.compactMap { $0["delta"]?.string }
            #expect(deltas.joined() == ScriptedWriting.text(of: reply.json))
            #expect(events.last?["response"]?["metadata"] == quoted)
            #expect(model.calls.count == 2)
        }
    }

    @Test func aModelThatIsNotThereOrTooSlowIsReplaced() async throws {
        let left = Gate()
        try await ScriptedWriting.asking(firstToken: .milliseconds(100)) { _ in
            .silence(until: left)
        } _: { engine, store, _ in
            let reply = try await engine.post("responses", ScriptedWriting.ask(ScriptedWriting.question, store))
            #expect(ScriptedWriting.text(of: reply.json).contains(ScriptedWriting.quotation))
            #expect(reply["metadata"]?["writing_failure"] == "timeout")
            await left.wait()
        }
        let gone = try await withScriptedModel { _ in
            .hangUp
        } _: {
            ScriptedWriting.model(at: $0)
        }
        try await withEngine(model: gone) { engine in
            let store = try await engine.store(["leave.md": Policies.leave]).id
            let reply = try await engine.post("responses", ScriptedWriting.ask(ScriptedWriting.question, store))
            #expect(ScriptedWriting.text(of: reply.json).contains(ScriptedWriting.quotation))
            #expect(reply["metadata"]?["writing_failure"] == "unreachable")
        }
    }

    @Test func whatIsNotSupportedIsDroppedAndTheRestStays() async throws {
        try await ScriptedWriting.asking { _ in
            .written(
                "You get 27 days of paid annual leave [1]. You may also take 40 days unpaid [1]. The rest is invented!"
            )
        } _: { engine, store, _ in
            let events = try await engine.stream(ScriptedWriting.ask(ScriptedWriting.question, store, ["stream": true]))
            let deltas = events.filter { $0["type"] == "response.output_text.delta" }.compactMap { $0["delta"]?.string }
            #expect(deltas.joined() == "You get 27 days of paid annual leave.")
            #expect(events.last?["response"]?["metadata"]?["written_by"] == .string(ScriptedModel.name))
        }
    }

    @Test func aModelThatFailsInTheMiddleIsFollowedByTheQuotation() async throws {
        try await ScriptedWriting.asking { _ in
            .model([.text("Parents may take 18 weeks of fully paid parental leave [2]. You get")])
        } _: { engine, store, _ in
            // Most of the text is the quotation.
            let events = try await engine.stream(ScriptedWriting.ask(ScriptedWriting.question, store, ["stream": true]))
            let deltas = events.filter { $0["type"] == "response.output_text.delta" }.compactMap { $0["delta"]?.string }
            let parts = deltas.joined().split(separator: "\n\n")
            #expect(parts.first == "Parents may take 18 weeks of fully paid parental leave.")
            #expect(parts.last?.contains(ScriptedWriting.quotation) == true)
            #expect(ScriptedWriting.text(of: events.last?["response"]) == deltas.joined())
            #expect(ScriptedWriting.notes(of: events.last?["response"]).count == 2)
            #expect(
                events.last?["response"]?["metadata"] == [
                    "confidence": "sure", "written_by": "engine", "writing_failure": "interrupted",
                ]
            )
        }
    }

    @Test func aModelThatWroteMostIsTheAuthor() async throws {
        try await ScriptedWriting.asking { _ in
            .model([
                .text(
                    "Parents may take 18 weeks of fully paid parental leave [2]. You get 27 days of paid annual leave in each "
                        + "calendar year [1]. You"
                )
            ])
        } _: { engine, store, _ in
            let reply = try await engine.post("responses", ScriptedWriting.ask(ScriptedWriting.question, store))
            #expect(ScriptedWriting.text(of: reply.json).hasSuffix(ScriptedWriting.quotation))
            #expect(
                reply["metadata"] == [
                    "confidence": "sure", "written_by": .string(ScriptedModel.name), "writing_failure": "interrupted",
                ]
            )
        }
    }

    /// What was emitted cannot be taken back, so the quotation follows where it would mislead.
    @Test(arguments: [
        "You get 27 days of paid annual leave [1]. However, you get 40 days after ten years [1].",
        "- Full-time employees receive 27 days of annual leave [1].\n- Managers receive 40 days of annual leave [1].",
        "- Managers receive 40 days of annual leave [1].\n- Full-time employees receive 27 days of annual leave [1].",
    ])
    func whatMisleadsWithoutADroppedSentenceIsFollowedByTheQuotation(written: String) async throws {
        try await ScriptedWriting.asking { _ in
            .written(written)
        } _: { engine, store, _ in
            let reply = try await engine.post("responses", ScriptedWriting.ask(ScriptedWriting.question, store))
            let text = ScriptedWriting.text(of: reply.json)
            #expect(text.contains("27 days") && text.hasSuffix(ScriptedWriting.quotation) && !text.contains("40"))
            #expect(reply["metadata"]?["writing_failure"] == "unsupported")
            let events = try await engine.stream(ScriptedWriting.ask(ScriptedWriting.question, store, ["stream": true]))
            let deltas = events.filter { $0["type"] == "response.output_text.delta" }.compactMap { $0["delta"]?.string }
            #expect(deltas.joined() == text)
            #expect(events.last?["response"]?["metadata"] == reply["metadata"])
        }
    }
}
