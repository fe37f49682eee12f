internal import OpenAI

/// Making the assistant, or bringing it up to date.
extension AssistantsAdapter {
    func prepare(
        _ record: SyncedAssistant.Record,
        instructions: String,
        noting note: (_ tag: String) async throws -> Void
    ) async throws -> SyncedAssistant? {
        if let configuredAssistantID {
            guard let assistant = try await assistant(configuredAssistantID) else {
                throw PolicyAssistantError(
                    .upstreamRefused,
                    "Upstream has no such assistant as ASSISTANT_ID names. Correct it, or leave it out to have one made."
                )
            }
            return try await update(assistant, instructions)
        }
        if let id = record.id, let assistant = try await assistant(id) {
            return try await update(assistant, instructions)
        }
        if let tag = record.tag, let assistant = try await assistant(tagged: tag) {
            return try await update(assistant, instructions)
        }
        let tag = RandomToken.make()
        try await note(tag)
        var request = AssistantRequest(model: model, instructions: instructions)
        request.name = "policy-assistant"
        request.tools = [.fileSearch()]
        request.metadata = ["app": "policy-assistant", "sync": tag]
        // Made once: one whose answer is lost is found again by its tag, and a repetition would make another.
        let once = openAI.retrying(RetryPolicy(maximumRetries: 0))
        let made = try await once.assistants.create(request)
        return SyncedAssistant(id: made.id, changes: ["the assistant was made"])
    }

    /// Changes what differs; its name and metadata are its owner's.
    private func update(_ assistant: OpenAIAssistant, _ instructions: String) async throws -> SyncedAssistant {
        var request = AssistantRequest()
        var changes: [String] = []
        if assistant.model != model {
            request.model = model
            changes.append("the assistant was given the model \(model)")
        }
        if assistant.instructions != instructions {
            request.instructions = instructions
            changes.append("the assistant was given the instructions as they are now")
        }
        if !assistant.searchesOnly {
            request.tools = [.fileSearch()]
            changes.append("the assistant was given the file search as its one tool")
        }
        if !assistant.vectorStoreIDs.isEmpty {
            // A run would search it beside its thread's.
            request.vectorStoreIDs = []
            changes.append("the assistant had a vector store of its own, which was taken from it and not deleted")
        }
        if !changes.isEmpty { try await openAI.assistants.update(assistant.id, request) }
        return SyncedAssistant(id: assistant.id, changes: changes)
    }

    private func assistant(_ id: String) async throws -> OpenAIAssistant? {
        do {
            return try await openAI.assistants.retrieve(id)
        } catch  where error.code == .notFound {
            return nil
        }
    }

    private func assistant(tagged tag: String) async throws -> OpenAIAssistant? {
        for try await assistant in openAI.assistants.all() where assistant.metadata["sync"] == tag { return assistant }
        return nil
    }
}

extension OpenAIAssistant {
    /// Whether the file search is its one tool.
    fileprivate var searchesOnly: Bool {
        guard tools.count == 1, case .fileSearch = tools[0] else { return false }
        return true
    }
}
