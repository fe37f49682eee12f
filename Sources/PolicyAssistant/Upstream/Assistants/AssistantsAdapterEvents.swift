internal import OpenAI

/// The events of a streamed run; iterated once.
///
/// It reads from the connection only as it is iterated. Where the stream is cut off, the run goes on upstream, and its
/// result is fetched. It throws unless the run ends whole.
struct AssistantsAdapterEvents: AsyncSequence, Sendable {
    private let stream: RunStream?
    private let execution: RunExecution
    private let created: Run?

    init(_ stream: RunStream, of execution: RunExecution) {
        (self.stream, self.execution, created) = (stream, execution, nil)
    }

    /// The events of a run without a stream.
    init(of execution: RunExecution, created: Run) {
        (stream, self.execution, self.created) = (nil, execution, created)
    }

    func makeAsyncIterator() -> Iterator {
        Iterator(stream: stream?.makeAsyncIterator(), execution: execution, runID: created?.id)
    }

    /// A class, so that a task that waits for an event has a reference in its frame.
    final class Iterator: AsyncIteratorProtocol {
        private var stream: RunStream.Iterator?
        private let execution: RunExecution
        private var runID: String?
        private var transcript = RunTranscript()
        private var messages: [OpenAI.ThreadMessage] = []
        private var passages: [FileSearchResult] = []
        /// The events to yield next.
        private var waiting: ArraySlice<UpstreamEvent> = []
        private var isOver = false

        init(stream: RunStream.Iterator?, execution: RunExecution, runID: String?) {
            (self.stream, self.execution, self.runID) = (stream, execution, runID)
        }

        func next() async throws -> UpstreamEvent? {
            while true {
                if let event = waiting.popFirst() { return event }
                if isOver { return nil }
                do {
                    try await receive()
                } catch {
                    isOver = true
                    throw error
                }
            }
        }

        private func receive() async throws {
            guard stream != nil else { return try await fetch() }
            let event: RunEvent
            do throws(OpenAIError) {
                event = try await nextEvent()
            } catch {
                stream = nil
                if error.hidesTheRun {
                    if runID == nil { runID = await execution.find()?.id }
                    if runID != nil { return }
                } else {
                    await execution.cancel(runID)
                }
                throw error
            }
            switch event {
            case .created(let run):
                runID = run.id
            case .messageDelta(let delta):
                waiting += transcript.take(delta)
            case .messageEnded(let message):
                messages.append(message)
            case .stepEnded(let step):
                passages += step.passages
                if !step.passages.isEmpty { waiting.append(.found(step.passages)) }
            case .ended(let run):
                try await conclude(run)
            case .error, .messageCreated, .other:
                break
            }
        }

        private func nextEvent() async throws(OpenAIError) -> RunEvent {
            guard let event = try await stream?.next() else { throw OpenAIError(.answerCutOff) }
            if case .error(let error) = event { throw error }
            return event
        }

        /// Waits for the end of a run without a stream, and fetches its messages and passages.
        private func fetch() async throws {
            guard let runID else { throw PolicyAssistantError.noAnswer }
            let run: Run
            do {
                run = try await execution.end(of: runID)
            } catch {
                await execution.cancel(runID)
                throw error
            }
            if run.status == .completed || run.isCut {
                messages = try await execution.messages(of: runID)
                passages = try await execution.passages(of: runID)
                waiting.append(.found(passages))
            }
            try await conclude(run)
        }

        private func conclude(_ run: Run) async throws {
            isOver = true
            if run.status == .requiresAction { await execution.cancel(run.id) }
            // Some servers stream a message's deltas only.
            if run.status == .completed || run.isCut, messages.isEmpty {
                messages = try await execution.messages(of: run.id)
            }
            let answer = try UpstreamAnswer(run, messages, passages, acceptsCut: execution.acceptsCut)
            waiting += transcript.complete(with: answer)
            waiting.append(.ended(answer))
        }
    }
}

extension OpenAIError {
    /// Whether a run may go on upstream whose stream is cut off.
    var hidesTheRun: Bool { code == .answerCutOff || code == .malformedAnswer }
}
