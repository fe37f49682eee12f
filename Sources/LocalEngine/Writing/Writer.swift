internal import HTTPClient
internal import OpenAI

/// Lets a model write answers from passages, and emits only what the passages support.
struct Writer: Sendable {
    /// The name of the model.
    let model: String
    let client: OpenAIClient
    let encoder: PassageEncoder?
    let contextTokens: Int
    /// The longest time until the model's first token, the wait for other questions included.
    let firstTokenTimeout: Duration
    /// The longest time of an answer.
    let timeout: Duration
    /// Bounds the answers that the model writes at a time, and alternates between conversations.
    private let queue: FairScheduler

    /// The longest time between two tokens.
    static let idleTimeout = Duration.seconds(15)
    /// How many answers may wait for each that is written.
    private static let waitingForEach = 16
    /// The most bytes of a text, whatever the server makes of the maximum of tokens.
    private static let maximumBytes = 16_384
    /// The most unsupported sentences.
    private static let maximumDropped = 40

    /// Creates a writer.
    ///
    /// - Throws: `LocalEngineError` if the server's address or key cannot be used, `HTTPClientError`.
    init(_ model: LocalEngine.Model, encoder: PassageEncoder?) throws {
        let http = try HTTPClient(
            configuration: .init(
                trustRootsFile: model.trustRootsFile,
                trustRootsDirectories: model.trustRootsDirectories,
                maximumConnectionsPerHost: model.concurrency,
                maximumTransfers: 2 * model.concurrency
            )
        )
        self.model = model.name
        var server = model.server
        // A late answer is replaced by a quotation, not asked for again; `TokenWatch` bounds its time.
        server.retry.maximumRetries = 0
        server.timeouts.stall = nil
        do throws(OpenAIError) {
            client = try OpenAIClient(configuration: server, http: http)
        } catch {
            throw LocalEngineError(code: .invalidConfiguration, detail: "the model's server: \(error.message)")
        }
        self.encoder = encoder
        contextTokens = model.contextTokens
        firstTokenTimeout = model.firstTokenTimeout
        timeout = model.timeout
        queue = FairScheduler(
            capacity: model.concurrency,
            longestQueue: model.concurrency * Self.waitingForEach
        )
    }

    /// Writes an answer.
    ///
    /// - Parameters:
    ///   - task: The question and the passages.
    ///   - asker: The conversation or user, by which waiting questions alternate.
    ///   - maximumTokens: The most tokens of the answer; nil for the usual maximum.
    ///   - onPart: Receives each part of the answer as soon as it is checked.
    /// - Throws: `WritingFailure`, after the parts that were emitted; `CancellationError` if the task was cancelled.
    func write(
        _ task: WritingTask,
        for asker: String,
        maximumTokens: Int?,
        onPart: @escaping @Sendable (WrittenText.Part, _ sources: [WritingSource]) -> Void
    ) async throws {
        let prompt = try WritingPrompt(task, contextTokens: contextTokens, maximumTokens: maximumTokens)
        let watch = TokenWatch(first: firstTokenTimeout, idle: Self.idleTimeout, total: timeout)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    try await queue.run(for: asker) { try await generate(prompt, task, watch, onPart) }
                } catch is FairScheduler.QueueFull {
                    throw WritingFailure.busy
                }
            }
            group.addTask { try await watch.expiry() }
            defer { group.cancelAll() }
            // The watch only ends by an error.
            try await group.next()
        }
    }

    private func generate(
        _ prompt: WritingPrompt,
        _ task: WritingTask,
        _ watch: TokenWatch,
        _ onPart: @Sendable (WrittenText.Part, _ sources: [WritingSource]) -> Void
    ) async throws {
        var thoughts = ThoughtFilter()
        var reader = SentenceReader()
        var text = WrittenText(
            SentenceCheck(prompt.sources, question: task.question, language: task.language, encoder: encoder)
        )
        var raw = ""
        var bytes = 0
        func add(_ sentences: [WrittenSentence]) {
            for sentence in sentences {
                for part in text.add(sentence) where !Task.isCancelled { onPart(part, prompt.sources) }
            }
        }
        // A stream may end with its mark instead of a reason.
        var reason = "stop"
        do {
            let request = ChatCompletionRequest(
                model: model,
                messages: prompt.messages,
                maximumTokens: prompt.maximumTokens,
                temperature: 0
            )
            for try await part in try await client.chatCompletions.stream(request) {
                try Task.checkCancellation()
                watch.tokenArrived()
                guard !part.callsTool else { throw WritingFailure.toolCall }
                bytes += part.text.utf8.count
                guard bytes <= Self.maximumBytes, text.dropped <= Self.maximumDropped else {
                    throw WritingFailure.tooLong
                }
                let piece = thoughts.feed(part.text)
                if raw.utf8.count < 256 { raw += piece }
                guard !Self.isWebPage(raw) else { throw WritingFailure.malformed }
                guard !raw.contains(WritingPrompt.declined) else { throw WritingFailure.declined }
                add(reader.feed(piece))
                if let finishReason = part.finishReason { reason = finishReason }
            }
        } catch let error as OpenAIError {
            if error.code == .cancelled { throw CancellationError() }
            throw WritingFailure(error, hasBegun: bytes > 0)
        }
        guard reason == "stop" else { throw reason == "length" ? WritingFailure.tooLong : .interrupted }
        add(reader.feed(thoughts.finish()))
        add(reader.finish())
        text.finish()
        // The quotation follows, so that what was emitted does not stand without what restricts it.
        guard !text.isMisleading else { throw WritingFailure.unsupported }
        guard text.text.isEmpty else { return }
        throw bytes == 0 || raw.allSatisfy(\.isWhitespace) ? WritingFailure.empty : .unsupported
    }

    /// Whether a text begins as a web page does.
    private static func isWebPage(_ text: String) -> Bool {
        let start = text.drop(while: \.isWhitespace).prefix(9).lowercased()
        return start.hasPrefix("<html") || start.hasPrefix("<!doctype")
    }
}

extension WritingFailure {
    fileprivate init(_ error: OpenAIError, hasBegun: Bool) {
        self =
            switch error.code {
            case .malformedAnswer: .malformed
            case .answerCutOff: .interrupted
            case .unreachable, .certificateUntrusted, .timedOut: hasBegun ? .interrupted : .unreachable
            default: .refused
            }
    }
}
