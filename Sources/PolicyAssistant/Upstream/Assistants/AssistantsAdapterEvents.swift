internal import OpenAI

/// The events of a streamed run, in the domain's terms; read once.
///
/// It takes from the connection only as it is read. Where the stream breaks off the run goes on upstream, and what was not
/// heard of it is fetched. A run that ends in any other way than whole throws, whatever came before.
struct AssistantsAdapterEvents: AsyncSequence, Sendable {
    private let stream: RunStream?
    private let turn: RunExecution
    private let begun: Run?

    init(_ stream: RunStream, of turn: RunExecution) {
        (self.stream, self.turn, begun) = (stream, turn, nil)
    }

    /// The events of a run that nobody listened to from its beginning.
    init(of turn: RunExecution, begun: Run) {
        (stream, self.turn, self.begun) = (nil, turn, begun)
    }

    func makeAsyncIterator() -> Iterator {
        Iterator(stream: stream?.makeAsyncIterator(), turn: turn, runID: begun?.id)
    }

    struct Iterator: AsyncIteratorProtocol {
        private var stream: RunStream.Iterator?
        private let turn: RunExecution
        private var runID: String?
        private var transcript = RunTranscript()
        private var messages: [OpenAI.ThreadMessage] = []
        private var passages: [UpstreamPassage] = []
        /// What is to be told next.
        private var waiting: ArraySlice<UpstreamEvent> = []
        private var isOver = false

        init(stream: RunStream.Iterator?, turn: RunExecution, runID: String?) {
            (self.stream, self.turn, self.runID) = (stream, turn, runID)
        }

        mutating func next() async throws -> UpstreamEvent? {
            while true {
                if let event = waiting.popFirst() { return event }
                if isOver { return nil }
                do {
                    try await listen()
                } catch {
                    isOver = true
                    throw error
                }
            }
        }

        private mutating func listen() async throws {
            guard stream != nil else { return try await fetch() }
            let event: RunEvent
            do throws(OpenAIError) {
                event = try await hear()
            } catch {
                stream = nil
                if error.losesTheThread {
                    if runID == nil { runID = await turn.find()?.id }
                    if runID != nil { return }
                } else {
                    await turn.abandon(runID)
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

        private mutating func hear() async throws(OpenAIError) -> RunEvent {
            guard let event = try await stream?.next() else { throw OpenAIError(.answerCutOff) }
            if case .error(let error) = event { throw error }
            return event
        }

        /// Waits for the end of a run that cannot be listened to, and brings what was not heard of it.
        private mutating func fetch() async throws {
            guard let runID else { throw PolicyAssistantError.noAnswer }
            let run: Run
            do {
                run = try await turn.end(of: runID)
            } catch {
                await turn.abandon(runID)
                throw error
            }
            if run.status == .completed {
                messages = try await turn.messages(of: runID)
                passages = try await turn.passages(of: runID)
                waiting.append(.found(passages))
            }
            try await conclude(run)
        }

        private mutating func conclude(_ run: Run) async throws {
            isOver = true
            if run.status == .requiresAction { await turn.abandon(run.id) }
            // Some servers tell a message's pieces only.
            if run.status == .completed, messages.isEmpty { messages = try await turn.messages(of: run.id) }
            let answer = try UpstreamAnswer(run, messages, passages)
            waiting += transcript.complete(with: answer)
            waiting.append(.ended(answer))
        }
    }
}

extension OpenAIError {
    /// Whether upstream may be at work on an answer that can no longer be heard.
    var losesTheThread: Bool { code == .answerCutOff || code == .malformedAnswer }
}
