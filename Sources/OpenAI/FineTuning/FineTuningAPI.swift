/// Jobs that train models with examples: `/fine_tuning/jobs`.
public struct FineTuningAPI: Sendable {
    let transport: Transport

    /// Creates a job.
    ///
    /// A call whose response is lost is not repeated, since the job may exist all the same: unique metadata identifies it
    /// in a list.
    ///
    /// - Parameter request: The job.
    /// - Returns: The new job.
    /// - Throws: ``OpenAIError``.
    public func create(_ request: FineTuningRequest) async throws(OpenAIError) -> FineTuningJob {
        var transport = transport
        transport.policy.maximumRetries = 0
        return try await transport.value(.post("fine_tuning", "jobs", json: request).ofFineTuning)
    }

    /// Retrieves a job.
    public func retrieve(_ id: String) async throws(OpenAIError) -> FineTuningJob {
        try await transport.value(.get("fine_tuning", "jobs", id).ofFineTuning)
    }

    /// One page of the jobs, newest first.
    public func list(limit: Int? = nil, after: String? = nil) async throws(OpenAIError) -> Page<FineTuningJob> {
        let query = APICall.Query.list(limit: limit, after: after)
        return try await transport.value(.get("fine_tuning", "jobs", query: query).ofFineTuning)
    }

    /// All jobs, newest first.
    public func all() -> PagedSequence<FineTuningJob> {
        PagedSequence(after: \.data.last?.id) { cursor throws(OpenAIError) in
            try await list(limit: 100, after: cursor)
        }
    }

    /// Cancels a job.
    public func cancel(_ id: String) async throws(OpenAIError) -> FineTuningJob {
        try await transport.value(.post("fine_tuning", "jobs", id, "cancel").ofFineTuning)
    }

    /// One page of a job's events, newest first.
    public func events(
        of id: String,
        limit: Int? = nil,
        after: String? = nil
    ) async throws(OpenAIError) -> Page<FineTuningEvent> {
        let query = APICall.Query.list(limit: limit, after: after)
        return try await transport.value(.get("fine_tuning", "jobs", id, "events", query: query).ofFineTuning)
    }

    /// One page of a job's checkpoints, newest first.
    public func checkpoints(
        of id: String,
        limit: Int? = nil,
        after: String? = nil
    ) async throws(OpenAIError) -> Page<FineTuningCheckpoint> {
        let query = APICall.Query.list(limit: limit, after: after)
        return try await transport.value(.get("fine_tuning", "jobs", id, "checkpoints", query: query).ofFineTuning)
    }
}

extension APICall {
    /// The call with the place at which kinds of objects and IDs begin to alternate in its path.
    fileprivate var ofFineTuning: APICall {
        var call = self
        call.firstKind = 1
        return call
    }
}
