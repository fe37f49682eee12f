import TestSupport

extension Fault {
    /// Answers that are lost on the way, or are not OpenAI's.
    static let ofTheWire: [Fault] = [
        Fault("no answer at all", .hangUp, .unavailable.after(3)),
        Fault(
            "nothing is heard of it",
            .response { $0.ending = .lost },
            whole: .unavailable.after(3),
            streamed: .unavailable.after(3),
            ofRuns: (.answer.after(2), .answer.after(2))
        ),
        Fault("the head is cut", .cutWithinHead, .failed),
        Fault("the answer is cut", .cutOff, .failed, ofRuns: .answer),
        Fault("the answer is garbled", .garbled, .failed, ofRuns: .answer),
        Fault("the answer is missing its end", .missing, .failed, ofRuns: .answer),
        Fault("a gateway's page that says 200", .page(status: 200), .failed),
        Fault("a gateway's page that says 502", .page(status: 502, headers: soon), .failed.after(3)),
        Fault("a gateway's page that says 504", .page(status: 504, headers: soon), .timedOut.after(3)),
        Fault("a gateway's page that says 404", .page(status: 404), .failed),
        Fault("an empty body", .body(""), .failed),
        Fault(
            "another content type",
            .reply(.body("Good day.", type: "text/plain")),
            whole: .failed,
            streamed: .failed
        ),
        Fault("an answer that is no object", .body("[]"), .failed),
        Fault(untold: "a stream that stops before the text", .cutOff, .failed),
        Fault(untold: "a stream garbled before the text", .garbled, .failed),
    ]

    /// Requests that are refused with a status.
    static let ofStatus: [Fault] = [
        Fault("400 invalid_prompt", .error(400, code: "invalid_prompt"), .failed),
        Fault("400, and x-should-retry", .error(400, headers: soon.merging(retry) { $1 }), .failed.after(3)),
        Fault("401", .error(401, code: "invalid_api_key"), .refused),
        Fault("403", .error(403), .refused),
        Fault("404 model_not_found", .error(404, code: "model_not_found"), .refused),
        Fault("408", .error(408, headers: soon), .timedOut.after(3)),
        Fault("409", .error(409, headers: soon), .failed.after(3)),
        Fault("418", .error(418), .failed),
        Fault(
            "429 with retry-after-ms",
            .error(429, code: "rate_limit_exceeded", headers: soon),
            .unavailable.after(3)
        ),
        Fault("429 with retry-after", .error(429, headers: ["retry-after": "0.02"]), .unavailable.after(3)),
        Fault("429 that asks for minutes", .error(429, headers: ["retry-after": "121"]), .unavailable),
        Fault("429 and no retry", .error(429, headers: ["x-should-retry": "false"]), .unavailable),
        Fault("429 insufficient_quota", quota(code: "insufficient_quota"), .refused),
        Fault("429 of a spent balance", quota(code: "credit_balance_exhausted"), .refused),
        Fault("500", .error(500, code: "server_error", headers: soon), .failed.after(3)),
        Fault("500 and no retry", .error(500, headers: ["x-should-retry": "false"]), .failed),
        Fault(
            "503 server_is_overloaded",
            .error(503, code: "server_is_overloaded", headers: soon),
            .unavailable.after(3)
        ),
        Fault("503 slow_down", .error(503, code: "slow_down", headers: soon), .unavailable.after(3)),
    ]

    /// Answers that upstream ends in its own terms.
    static let ofTheAnswer: [Fault] = [
        Fault("it failed", .failed(code: "server_error"), .failed),
        Fault("it met a rate limit", .failed(code: "rate_limit_exceeded"), .unavailable),
        Fault("its search took too long", .failed(code: "vector_store_timeout"), .timedOut),
        Fault("its prompt was invalid", .failed(code: "invalid_prompt"), .failed),
        Fault("its policy forbade it", .failed(code: "bio_policy"), .refused),
        Fault("it grew too long", .incomplete(reason: "max_output_tokens"), .incomplete),
        Fault("it was filtered", .incomplete(reason: "content_filter"), .incomplete),
        Fault("it stopped for an unknown reason", .incomplete(reason: "lunch"), .incomplete),
        Fault("it took too long", .ended(status: "expired"), .failed, ofRuns: .timedOut),
        Fault("somebody ended it", .ended(status: "cancelled"), .failed),
        Fault("it waits for functions", .ended(status: "requires_action"), .failed, ofRuns: .refused),
        Fault("a refusal", .refused, .answer),
        Fault("unknown events and items", .withUnknowns, .answer),
        Fault(untold: "nothing was said", .empty, .failed),
        Fault(
            "an error event, flat",
            .error(code: "rate_limit_exceeded", type: nil, isNested: false),
            of: .unavailable
        ),
        Fault(
            "an error event, nested",
            .error(code: "rate_limit_exceeded", type: "tokens", isNested: true),
            of: .unavailable
        ),
        Fault("a quota error event", .error(code: "x", type: "insufficient_quota", isNested: true), of: .refused),
        Fault(
            untold: "a quota error event at once",
            .error(code: "x", type: "insufficient_quota", isNested: true),
            whole: .failed,
            .refused
        ),
        Fault(
            untold: "an error event at once",
            .error(code: "slow_down", type: nil, isNested: false),
            whole: .failed,
            .unavailable
        ),
    ]

    /// Answers that do not come in time.
    static let ofPatience: [Fault] = [
        Fault("silence", .silence(), .timedOut.after(3)),
        Fault(
            "silence in the middle",
            .response { $0.ending = .silent(Gate()) },
            whole: .timedOut.after(3),
            streamed: .timedOut.broken,
            ofRuns: (.timedOut, .timedOut.broken)
        ),
    ]

    /// An error event after some text; an object that holds no answer is none.
    private init(_ name: String, _ ending: ScriptedResponse.Ending, of heard: Heard) {
        self.init(
            name,
            .response { $0.ending = ending },
            whole: .failed,
            streamed: heard.broken,
            ofRuns: (heard, heard.broken)
        )
    }

    private static let soon = ["retry-after-ms": "5"]
    private static let retry = ["x-should-retry": "true"]

    private static func quota(code: String) -> ScriptedReply {
        .error(429, code: code, type: "insufficient_quota", headers: soon)
    }
}
