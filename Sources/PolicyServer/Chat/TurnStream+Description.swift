internal import NIOCore
internal import PolicyAssistant

/// The data of an event `delta`.
struct DeltaBody: Encodable, Described {
    let text: String
    let confidence: String?

    static let schema = Schema.named(
        "Delta",
        .object(
            .required("text", .string, "The next piece of the answer's text."),
            .optional(
                "confidence",
                .choice([AnswerConfidence.unsure.rawValue]),
                "In one piece at the beginning, where the answer may not be one, so that it can be shown as such while it "
                    + "comes."
            )
        ),
        "A piece of an answer."
    )

    static let example = DeltaBody(text: ChatResponse.example.answer, confidence: nil)
}

extension TurnStream {
    /// The schema of an event.
    static let eventSchema = Schema.named(
        "Event",
        .oneOf([
            event("delta", DeltaBody.schema), event("citation", ChatResponse.CitationBody.schema),
            event("done", ChatResponse.schema), event("error", Problem.Document.schema),
        ]),
        "An event of a streamed answer, in the form of the HTML standard: `delta` (a piece of the text), `citation` (a "
            + "source), and at the end `done` (the whole answer) or `error` (a problem)."
    )

    /// An example of a stream.
    static var example: String {
        let events = [
            ("delta", JSONText.ofConstant(DeltaBody.example)),
            ("citation", JSONText.ofConstant(ChatResponse.CitationBody.example)),
            ("done", JSONText.ofConstant(ChatResponse.example)),
        ]
        var buffer = ByteBuffer()
        for (offset, (name, data)) in events.enumerated() {
            ServerSentEvent.write(id: offset + 1, name: name, data: data, to: &buffer)
        }
        return String(buffer: buffer)
    }

    private static func event(_ name: String, _ data: Schema) -> Schema {
        .object(
            .required("id", .string(pattern: "^[1-9][0-9]*$"), "The event's number; the first is 1."),
            .required("event", .choice([name]), "The kind."),
            .required("data", .encoded(data), "The event's data.")
        )
    }
}
