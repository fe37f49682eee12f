/// A run that was opened: all that is needed to make its answer.
struct PreparedRun: Sendable {
    /// The run as it was queued.
    let run: Run
    /// The question, and what was said before.
    let dialogue: ChatHistory
    /// How many messages were read.
    let messageCount: Int
    /// The file search and where it looks, unless there is none or `tool_choice` forbids it.
    let search: (tool: AssistantTools.FileSearch, stores: VectorStoreSearch)?
    let maximumCompletionTokens: Int?
    /// The stores of the thread's own, whose files are waited for.
    let ownStoreIDs: [String]
}

/// What is kept of a run that was made.
struct KeptRun: Sendable {
    let run: Run
    let search: RunStep?
    let message: JSONValue
    /// The step that made the message, when it began.
    let begun: RunStep
    /// The step that made the message.
    let made: RunStep
}
