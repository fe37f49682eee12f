/// The events of a run.
public typealias RunStream = EventStream<RunEvent>

/// The runs of assistants in threads: `/threads/{id}/runs`.
public struct RunsAPI: Sendable {
    let transport: Transport

    /// Starts a run; ``wait(for:of:timeout:interval:)`` waits for its end.
    ///
    /// If the response is lost, the run may exist all the same: unique metadata identifies it in a list.
    ///
    /// - Throws: ``OpenAIError`` with code `threadBusy` while another run is active in the thread, which may be this
    ///   one after a lost response; or as any call.
    public func create(_ request: RunRequest, in threadID: String) async throws(OpenAIError) -> Run {
        var call = try APICall.post("threads", threadID, "runs", json: request).ofAssistants
        call.repeatability = .untilAnswered
        return try await transport.value(call)
    }

    /// Starts a run, and returns its events as they happen.
    ///
    /// The end of the transfer does not end the run, which ``cancel(_:of:)`` does.
    ///
    /// - Parameters:
    ///   - request: The run to start.
    ///   - threadID: The thread.
    ///   - include: The parts of steps that the API returns only on request.
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
        return RunStream(try await transport.events(call)) { raw, requestID in
            // The last event of the protocol; before it, the run has to end.
            guard raw.data != "[DONE]" else { throw OpenAIError(.answerCutOff) }
            let event = try RunEvent(raw)
            guard case .error(let error) = event else { return (event, event.isTerminal) }
            return (.error(error.identified(by: requestID)), true)
        }
    }

    /// Retrieves a run.
    public func retrieve(_ id: String, of threadID: String) async throws(OpenAIError) -> Run {
        try await transport.value(.get("threads", threadID, "runs", id).ofAssistants)
    }

    /// One page of a thread's runs.
    public func list(
        of threadID: String,
        order: ListOrder? = nil,
        limit: Int? = nil,
        after: String? = nil
    ) async throws(OpenAIError) -> Page<Run> {
        let query: APICall.Query = .list(limit: limit, order: order, after: after)
        return try await transport.value(.get("threads", threadID, "runs", query: query).ofAssistants)
    }

    /// Cancels a run; the thread stays busy until the run's status is final.
    ///
    /// - Returns: The run, which is being cancelled, or has ended already, which is not an error.
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

    /// Waits until a run has ended, or requires an action; polls at the interval that the API asks for.
    ///
    /// - Parameters:
    ///   - id: The run.
    ///   - threadID: The thread.
    ///   - timeout: How long to wait at most.
    ///   - interval: The polling interval, where the API sets none.
    /// - Returns: The run with its status.
    /// - Throws: ``OpenAIError`` with code `deadlinePassed` after the timeout, or as any call.
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
