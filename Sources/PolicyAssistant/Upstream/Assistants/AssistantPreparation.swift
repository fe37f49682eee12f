internal import OpenAI

/// Creates the assistant that runs need, or brings it up to date, before a revision comes into force.
struct AssistantPreparation: Sendable {
    let openAI: OpenAIClient
    let model: String
    /// The ID of the configured assistant; nil for one that syncs create.
    let configuredAssistantID: String?

    /// Finds or creates the assistant.
    ///
    /// - Parameters:
    ///   - record: What is on record of it.
    ///   - instructions: The instructions as they are now.
    ///   - recordTag: Records the tag by which the assistant is found where the answer to its creation is lost; called
    ///     before it is created.
    /// - Returns: The assistant, and the changes that were made to it.
    /// - Throws: `OpenAIError`; ``PolicyAssistantError`` where upstream does not know the configured assistant; what
    ///   `recordTag` throws.
    func run(
        _ record: SyncedAssistant.Record,
        instructions: String,
        recordTag: (_ tag: String) async throws -> Void
    ) async throws -> SyncedAssistant {
        if let configuredAssistantID {
            guard let assistant = try await assistant(configuredAssistantID) else {
                throw PolicyAssistantError(
                    .upstreamRefused,
                    "Upstream has no such assistant as ASSISTANT_ID names. Correct it, or leave it out to have one created."
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
        try await recordTag(tag)
        var request = AssistantRequest(model: model, instructions: instructions)
        request.name = "policy-assistant"
        request.tools = [.fileSearch()]
        request.metadata = ["app": "policy-assistant", "sync": tag]
        // Without a retry, which would create another: one whose answer is lost is found by its tag.
        let once = openAI.retrying(RetryPolicy(maximumRetries: 0))
        let created = try await once.assistants.create(request)
        return SyncedAssistant(id: created.id, changes: ["the assistant was created"])
    }

    /// Changes what differs; the name and the metadata stay as their owner has set them.
    private func update(_ assistant: OpenAIAssistant, _ instructions: String) async throws -> SyncedAssistant {
        var request = AssistantRequest()
        var changes: [String] = []
        if assistant.model != model {
            request.model = model
            changes.append("the assistant's model was set to \(model)")
        }
        if assistant.instructions != instructions {
            request.instructions = instructions
            changes.append("the assistant's instructions were updated")
        }
        if !assistant.searchesOnly {
            request.tools = [.fileSearch()]
            changes.append("the assistant's tools were set to the file search alone")
        }
        if !assistant.vectorStoreIDs.isEmpty {
            // A run searches it beside its thread's.
            request.vectorStoreIDs = []
            changes.append("the assistant's own vector store was detached, and not deleted")
        }
        if !changes.isEmpty { try await openAI.assistants.update(assistant.id, request) }
        return SyncedAssistant(id: assistant.id, changes: changes)
    }

    private func assistant(_ id: String) async throws -> OpenAIAssistant? {
        try await ifKnown { () throws(OpenAIError) in try await openAI.assistants.retrieve(id) }
    }

    private func assistant(tagged tag: String) async throws -> OpenAIAssistant? {
        for try await assistant in openAI.assistants.all() where assistant.metadata["sync"] == tag { return assistant }
        return nil
    }
}

extension OpenAIAssistant {
    /// Whether the file search is its only tool.
    fileprivate var searchesOnly: Bool {
        guard tools.count == 1, case .fileSearch = tools[0] else { return false }
        return true
    }
}
