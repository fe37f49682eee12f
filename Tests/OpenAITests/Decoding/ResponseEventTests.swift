import Testing

@testable import OpenAI

@Suite struct ResponseEventTests {
    @Test func readsTheEventsOfAnAnswer() throws {
        let events = try WireSample.events.map { try decode(ResponseEvent.self, $0.data) }
        #expect(events.count == 16)
        var text = ""
        var summary: [String] = []
        for event in events {
            switch event {
            case .created(let response): summary.append("created \(response.id) \(response.status.rawValue)")
            case .outputItemAdded(let item, let index): summary.append("added \(item.id ?? "") \(index)")
            case .outputItemDone(let item, let index): summary.append("done \(item.id ?? "") \(index)")
            case .outputTextDelta(let delta): text += delta.text
            case .annotationAdded(let addition): summary.append("annotation \(addition.annotation)")
            case .completed(let response): summary.append("completed \(response.outputText == text)")
            case .other: break
            case .refusalDelta, .incomplete, .failed, .error: Issue.record("\(event)")
            }
        }
        let citation = Annotation.fileCitation(FileCitation(fileID: "file-a1", index: 32, filename: "faq.md"))
        #expect(text == "Returns are accepted for 30 days.")
        #expect(
            summary == [
                "created resp_1 in_progress", "added fs_1 0", "done fs_1 0", "added msg_2 1", "annotation \(citation)",
                "done msg_2 1", "completed true",
            ]
        )
    }

    @Test func readsTheIndicesOfADelta() throws {
        let json =
            #"{"type": "response.output_text.delta", "item_id": "m", "output_index": 2, "content_index": 1, "#
            + #""delta": "x"}"#
        guard case .outputTextDelta(let delta) = try decode(ResponseEvent.self, json) else {
            Issue.record("not a delta")
            return
        }
        #expect(delta.itemID == "m")
        #expect(delta.outputIndex == 2)
        #expect(delta.contentIndex == 1)
        #expect(delta.text == "x")
    }

    @Test(arguments: [
        WireSample.flatError, WireSample.nestedError,
        #"{"error": {"code": "rate_limit_exceeded", "message": "Rate limit reached"}}"#,
    ])
    func readsAnErrorInEveryShape(_ json: String) throws {
        guard case .error(let error) = try decode(ResponseEvent.self, json) else {
            Issue.record("not an error")
            return
        }
        #expect(error.code == .rateLimited)
        #expect(error.apiCode == "rate_limit_exceeded")
        #expect(error.apiType != "error")
        #expect(error.upstreamMessage == "Rate limit reached")
    }

    @Test func readsAnExhaustedQuotaInAStream() throws {
        let json = #"{"type": "error", "error": {"type": "insufficient_quota", "code": "credit_balance_exhausted"}}"#
        guard case .error(let error) = try decode(ResponseEvent.self, json) else {
            Issue.record("not an error")
            return
        }
        #expect(error.code == .quotaExhausted)
    }

    @Test(arguments: [
        "response.queued", "response.in_progress", "response.content_part.done", "response.reasoning_text.delta",
        "response.web_search_call.searching", "response.compaction.started", "keepalive", "",
    ])
    func keepsEventsUnknownToUs(_ type: String) throws {
        let event = try decode(ResponseEvent.self, #"{"type": "\#(type)", "delta": 1, "item": [], "response": 7}"#)
        #expect(event == .other(type: type))
        #expect(!event.isTerminal)
    }

    @Test(arguments: [
        ("response.completed", "completed"), ("response.incomplete", "incomplete"), ("response.failed", "failed"),
    ])
    func knowsTheEventsThatEndAStream(_ type: String, _ status: String) throws {
        let json = #"{"type": "\#(type)", "response": {"id": "r", "status": "\#(status)"}}"#
        #expect(try decode(ResponseEvent.self, json).isTerminal)
    }

    @Test func readsARefusal() throws {
        let json = #"{"type": "response.refusal.delta", "item_id": "m", "delta": "I cannot"}"#
        guard case .refusalDelta(let delta) = try decode(ResponseEvent.self, json) else {
            Issue.record("not a refusal")
            return
        }
        #expect(delta.text == "I cannot")
    }
}
