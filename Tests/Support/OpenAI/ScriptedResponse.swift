/// The answer to a question, whole or as a stream of events, and the ways in which it can go wrong.
public struct ScriptedResponse: Sendable {
    /// How an answer ends, in both forms.
    public enum Ending: Sendable {
        /// It is whole.
        case completed
        /// The service says that it stopped, for this reason.
        case incomplete(reason: String)
        /// The service says that it failed, with this code.
        case failed(code: String)
        /// The service says that it ended otherwise, in its word for a status.
        case ended(status: String)
        /// The model refuses to answer.
        case refused
        /// It is whole, and holds nothing.
        case empty
        /// It is whole, with items, events and fields that nobody knows.
        case withUnknowns
        /// An `error` event; as a whole answer, an object that is none.
        case error(code: String, type: String?, isNested: Bool)
        /// What follows is no JSON.
        case garbled
        /// It ends as HTTP has it, and is not all there.
        case missing
        /// The connection is lost in the middle.
        case cutOff
        /// Nothing is heard of it at all, while the service goes on.
        case lost
        /// Nothing more comes until the caller leaves, which opens the gate.
        case silent(Gate)
    }

    /// The response's ID.
    public var id: String
    /// The conversation that it belongs to.
    public let conversation: String
    /// The text, as the pieces in which it is streamed.
    public var pieces: [String]
    /// How it ends, after the pieces where it is streamed.
    public var ending = Ending.completed
    /// What is waited for before a piece, by the piece's place, when streamed.
    public var pauses: [Int: Gate] = [:]

    init(to call: ScriptedOpenAI.Call) {
        id = "resp_\(call.number)"
        conversation = call.conversation
        pieces = Self.pieces(answering: call.question)
    }

    /// The pieces of the usual answer to a question.
    public static func pieces(answering question: String) -> [String] {
        ["Answer", " to ", "“", question, "”", "."]
    }

    /// The usual answer to a question.
    public static func text(answering question: String) -> String { pieces(answering: question).joined() }

    /// The whole text.
    public var text: String { pieces.joined() }

    func reply(isStreamed: Bool, whenWhole note: @escaping @Sendable () -> Void) -> ScriptedReply {
        isStreamed ? stream(whenWhole: note) : whole(whenWhole: note)
    }

    var isWhole: Bool {
        switch ending {
        case .completed, .refused, .withUnknowns: true
        default: false
        }
    }

    private func whole(whenWhole note: @escaping @Sendable () -> Void) -> ScriptedReply {
        switch ending {
        case .completed, .incomplete, .failed, .ended, .refused, .empty, .withUnknowns:
            var reply = ScriptedReply.json(object)
            if isWhole { reply.steps.insert(.run(note), at: 0) }
            return reply
        case .error(let code, let type, _): return .json(#"{"error": \#(OpenAIObject.error(code: code, type: type))}"#)
        case .garbled: return .json(#"{"id": "resp_1", "output": [}"#)
        case .missing: return .json("")
        case .cutOff: return .cutWithinBody
        case .lost: return .hangUp
        case .silent(let gate): return .silence(until: gate)
        }
    }

    /// The response as an object.
    var object: String {
        let (status, error, reason): (String, String, String) =
            switch ending {
            case .incomplete(let reason): ("incomplete", "null", #"{"reason": "\#(reason)"}"#)
            case .ended(let status): (status, "null", "null")
            case .failed(let code): ("failed", OpenAIObject.error(code: code, type: nil), "null")
            default: ("completed", "null", "null")
            }
        return object(status: status, error: error, incompleteDetails: reason, output: output)
    }

    /// The response before it has ended.
    var unfinishedObject: String {
        object(status: "in_progress", error: "null", incompleteDetails: "null", output: [])
    }

    private func object(status: String, error: String, incompleteDetails: String, output: [String]) -> String {
        """
        {"id": "\(id)", "object": "response", "created_at": 1795219200, "status": "\(status)", "error": \(error), \
        "incomplete_details": \(incompleteDetails), "model": "gpt-6-luna", "conversation": {"id": "\(conversation)"}, \
        "output": [\(output.joined(separator: ", "))], "usage": {"input_tokens": 7, "output_tokens": 5, \
        "total_tokens": 12}, "metadata": {}}
        """
    }

    private var output: [String] {
        switch ending {
        case .failed: []
        case .empty: [OpenAIObject.search]
        case .withUnknowns: [#"{"type": "crystal_ball", "id": "cb_1", "shade": 7}"#, OpenAIObject.search, message]
        default: [OpenAIObject.search, message]
        }
    }

    /// The item that holds the text.
    var message: String {
        if case .refused = ending {
            return OpenAIObject.message(#"{"type": "refusal", "refusal": \#(OpenAIObject.quoted(text))}"#)
        }
        return OpenAIObject.message(
            """
            {"type": "output_text", "text": \(OpenAIObject.quoted(text)), "logprobs": [], \
            "annotations": [\(OpenAIObject.annotation)]}
            """
        )
    }
}
