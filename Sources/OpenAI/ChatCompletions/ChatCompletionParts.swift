/// The parts of a generated text, in order, up to and including the one that ends it.
///
/// It can be read once. The release of its iterator, or the cancellation of the task that reads, closes the connection, at
/// which servers stop generating. A stream that ends without a reason and without `[DONE]` throws ``OpenAIError`` with code
/// `answerCutOff`, and one that reports an error, that error.
public struct ChatCompletionParts: AsyncSequence, Sendable {
    /// A part.
    public typealias Element = ChatCompletionPart
    /// What reading fails with.
    public typealias Failure = OpenAIError

    private let stream: EventStream<ChatCompletionPart>?
    private let whole: ChatCompletionPart?

    init(_ stream: EventStream<ChatCompletionPart>) {
        (self.stream, whole) = (stream, nil)
    }

    init(whole part: ChatCompletionPart) {
        (stream, whole) = (nil, part)
    }

    /// Whether the server has answered with the whole text at once.
    public var isWhole: Bool { whole != nil }

    /// Creates the iterator; a stream has only one.
    public func makeAsyncIterator() -> Iterator {
        Iterator(stream: stream?.makeAsyncIterator(), whole: whole)
    }

    /// Reads the parts.
    public struct Iterator: AsyncIteratorProtocol {
        private var stream: EventStream<ChatCompletionPart>.Iterator?
        private var whole: ChatCompletionPart?

        fileprivate init(stream: EventStream<ChatCompletionPart>.Iterator?, whole: ChatCompletionPart?) {
            self.stream = stream
            self.whole = whole
        }

        /// The next part, or nil after the last.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(OpenAIError)
            -> ChatCompletionPart?
        {
            if let whole = whole.take() { return whole }
            return try await stream?.next(isolation: actor)
        }

        /// The next part, or nil after the last.
        public mutating func next() async throws(OpenAIError) -> ChatCompletionPart? {
            try await next(isolation: nil)
        }
    }
}
