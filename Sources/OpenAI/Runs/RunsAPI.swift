/// The runs of assistants in threads: `/threads/{id}/runs`.
public struct RunsAPI: Sendable {
    let transport: Transport

    /// Starts a run; ``wait(for:of:timeout:interval:)`` tells how it ends.
    ///
    /// If the answer is lost, the run may be made all the same: metadata that is ours alone lets it be found.
    ///
    /// - Throws: ``OpenAIError`` with code `threadBusy` while another run is active in the thread, which may be this one
    ///   if its answer was lost before; or as a call does.
    public func create(_ request: RunRequest, in threadID: String) async throws(OpenAIError) -> Run {
        var call = try APICall.post("threads", threadID, "runs", json: request).ofAssistants
        call.repeatability = .untilAnswered
        return try await transport.value(call)
    }

    /// Starts a run, and returns what happens in it as it happens.
    ///
    /// - Parameters:
    ///   - request: What the run is to do.
    ///   - threadID: The thread.
    ///   - include: The parts of steps that are there only if asked for.
    /// - Returns: The events, once the API has accepted the request.
    /// - Throws: ``OpenAIError`` as ``create(_:in:)`` does.
    public func stream(
        _ request: RunRequest,
        in threadID: String,
        include: [Include] = []
    ) async throws(OpenAIError) -> RunStream {
        var call = try APICall.post("threads", threadID, "runs", json: StreamedRunRequest(request: request))
            .ofAssistants
        call.query = .include(include)
        call.repeatability = .untilAnswered
        call.isStreamed = true
        return RunStream(try await transport.events(call))
    }

    /// What the API knows of a run.
    ///
    /// - Throws: ``OpenAIError``
    public func retrieve(_ id: String, of threadID: String) async throws(OpenAIError) -> Run {
        try await transport.value(.get("threads", threadID, "runs", id).ofAssistants)
    }

    /// One page of a thread's runs.
    ///
    /// - Throws: ``OpenAIError``
    public func list(
        of threadID: String,
        order: ListOrder? = nil,
        limit: Int? = nil,
        after: String? = nil
    ) async throws(OpenAIError) -> Page<Run> {
        let query: APICall.Query = .list(limit: limit, order: order, after: after)
        return try await transport.value(.get("threads", threadID, "runs", query: query).ofAssistants)
    }

    /// Ends a run before its time; the thread stays busy until the run's status is final.
    ///
    /// - Returns: The run, which is `cancelling`, or has ended by itself, which is not an error.
    /// - Throws: ``OpenAIError``
    @discardableResult
    public func cancel(_ id: String, of threadID: String) async throws(OpenAIError) -> Run {
        do throws(OpenAIError) {
            return try await transport.value(.post("threads", threadID, "runs", id, "cancel").ofAssistants)
        } catch {
            guard error.code == .invalidRequest else { throw error }
            let run = try await retrieve(id, of: threadID)
            guard run.status.isFinal || run.status == .cancelling else { throw error }
            return run
        }
    }

    /// Waits until a run has ended, or waits for us; asks as often as the API likes to be asked.
    ///
    /// - Parameters:
    ///   - id: The run.
    ///   - threadID: The thread.
    ///   - timeout: How long to wait at most.
    ///   - interval: The pause between questions, where the API does not say.
    /// - Returns: The run, whose status says how it went.
    /// - Throws: ``OpenAIError`` with code `deadlinePassed` if it takes too long, or as a call does.
    public func wait(
        for id: String,
        of threadID: String,
        timeout: Duration,
        interval: Duration = .seconds(1)
    ) async throws(OpenAIError) -> Run {
        try await Poller(transport: transport, interval: interval).wait(
            for: .get("threads", threadID, "runs", id).ofAssistants,
            timeout: timeout
        ) { (run: Run) in run.status.isFinal || run.status == .requiresAction }
    }

    /// All steps of a run, oldest first.
    public func steps(of id: String, in threadID: String, include: [Include] = []) -> PagedSequence<RunStep> {
        PagedSequence(after: \.data.last?.id) { cursor throws(OpenAIError) in
            let query = .list(limit: 100, order: .ascending, after: cursor) + .include(include)
            return try await transport.value(.get("threads", threadID, "runs", id, "steps", query: query).ofAssistants)
        }
    }
}
