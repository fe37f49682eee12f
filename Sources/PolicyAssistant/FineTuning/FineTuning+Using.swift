import OpenAI

extension FineTuning {
    /// Returns a job that has a model, and the model.
    ///
    /// - Parameter id: The job's ID.
    /// - Returns: The job and its model.
    /// - Throws: ``PolicyAssistantError`` with the code `jobUnfinished` for a job without a model, or as ``status(of:)``.
    public func trained(_ id: String) async throws -> (record: FineTuningRecord, model: String) {
        let record = try await status(of: id)
        guard let model = record.fineTunedModel else {
            throw PolicyAssistantError(
                .jobUnfinished,
                "The job has no model: its status is \(record.status). `finetune status \(id)` shows how it goes on."
            )
        }
        return (record, model)
    }

    /// Makes the model of a job that of a role, in place of the one it had.
    ///
    /// - Parameters:
    ///   - id: The job's ID.
    ///   - role: The role's name.
    /// - Returns: The job with its model.
    /// - Throws: ``PolicyAssistantError`` as ``trained(_:)``.
    public func use(_ id: String, for role: String) async throws -> FineTuningRecord {
        var (record, model) = try await trained(id)
        try await roles.provide(
            shared: RoleName(role),
            text: "Write in the manner that you were trained in.",
            model: model
        )
        try await records.bind(record, to: role)
        record.role = role
        return record
    }

    /// Deletes the model of a job upstream, and what is left there of its examples.
    ///
    /// Roles that use the model answer by the assistant's model again. The record of the job stays, without the model, so that
    /// the same order is trained anew. Interrupted, it is to be called again.
    ///
    /// - Parameter id: The job's ID.
    /// - Returns: The job.
    /// - Throws: ``PolicyAssistantError`` with the code `jobNotFound`, `jobUnfinished`, of an upstream error, or
    ///   `storeUnavailable`.
    public func forget(_ id: String) async throws -> FineTuningRecord {
        let record = try await records.record(of: id)
        try checkUpstream(of: record)
        try await translatingUpstreamErrors {
            // A job that upstream no longer knows has ended.
            let job = try await ifKnown { () throws(OpenAIError) in try await openAI.fineTuning.retrieve(id) }
            guard job?.status.isFinal != false else {
                throw PolicyAssistantError(
                    .jobUnfinished,
                    "The job has not ended: its status is \(job?.status.rawValue ?? ""). Forget it when it has."
                )
            }
            if let model = job?.fineTunedModel ?? record.fineTunedModel {
                try await roles.withdraw(model: model)
                try await openAI.models.delete(model)
            }
            if let file = record.file { try await openAI.files.delete(file) }
        }
        return try await records.forget(record)
    }

    /// Lets a model reply to a message, without documents.
    ///
    /// - Parameters:
    ///   - message: The message.
    ///   - model: The model.
    /// - Returns: The reply.
    /// - Throws: ``PolicyAssistantError`` of an upstream error.
    public func reply(to message: String, by model: String) async throws -> String {
        try await translatingUpstreamErrors {
            let messages = [InputMessage.user(message)]
            return try await openAI.chatCompletions.create(ChatCompletionRequest(model: model, messages: messages)).text
        }
    }

    /// Lets a model continue a text, without documents.
    ///
    /// - Parameters:
    ///   - prompt: The text with the marks of the training.
    ///   - stop: The text at which the model stops.
    ///   - model: The model.
    /// - Returns: The continuation.
    /// - Throws: ``PolicyAssistantError`` of an upstream error.
    public func continuation(of prompt: String, until stop: String, by model: String) async throws -> String {
        let request = CompletionRequest(model: model, prompt: prompt, stop: stop, maximumTokens: 256, temperature: 0.7)
        return try await translatingUpstreamErrors { try await openAI.completions.create(request).text }
    }
}
