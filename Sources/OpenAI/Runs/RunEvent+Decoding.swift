extension RunEvent {
    /// Decodes an event, whose type stands beside its data and not in it.
    ///
    /// The data of events of no use is not looked at.
    init(_ event: ServerSentEvent) throws {
        func read<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
            try WireJSON.decode(type, from: event.data.utf8)
        }
        switch event.type {
        case "thread.run.created":
            self = .created(try read())
        case "thread.run.completed", "thread.run.failed", "thread.run.incomplete", "thread.run.cancelled",
            "thread.run.expired", "thread.run.requires_action":
            self = .ended(try read())
        case "thread.message.created":
            self = .messageCreated(try read())
        case "thread.message.delta":
            self = .messageDelta(try read())
        case "thread.message.completed", "thread.message.incomplete":
            self = .messageEnded(try read())
        case "thread.run.step.completed", "thread.run.step.failed", "thread.run.step.cancelled",
            "thread.run.step.expired":
            self = .stepEnded(try read())
        case "error":
            self = .error(OpenAIError(try read(ErrorEnvelope.self).detail))
        default:
            self = .other(type: event.type)
        }
    }
}
