internal import OpenAI

/// A whole answer of upstream's, whatever the protocol.
struct UpstreamAnswer: Sendable, Hashable {
    /// The turn's ID upstream.
    var id: String
    /// The text, without citation marks.
    var text: String
    /// The places of the text that cite a file, in order.
    var citations: [FileCitation]
    /// The passages that the searches found.
    var passages: [FileSearchResult]
    /// The tokens that the turn used; nil where upstream does not say.
    var usage: TokenUsage?
    /// How sure upstream says it is; nil where it does not say.
    var confidence: AnswerConfidence?
    /// Who upstream says wrote it; nil where it does not say.
    var author: AnswerAuthor?
    /// Whether it was cut at the length that its caller had asked for.
    var isCut = false
}

/// A message of a thread.
struct UpstreamMessage: Sendable, Hashable {
    /// Who wrote a message.
    enum Role: Sendable, Hashable {
        case user, assistant
    }

    var id: String
    var role: Role
    /// The text; that of an answer is without citation marks.
    var text: String
    /// The places of an answer that cite a file, in order.
    var citations: [FileCitation] = []
    /// The passages that the searches before an answer found.
    var passages: [FileSearchResult] = []
    /// How sure upstream says an answer is; nil where it does not say.
    var confidence: AnswerConfidence?
    /// Who upstream says wrote an answer; nil where it does not say.
    var author: AnswerAuthor?

    /// The message as a new thread can begin with it.
    var input: InputMessage {
        InputMessage(role: role == .user ? .user : .assistant, content: text)
    }
}

/// An event of a streamed answer.
///
/// Indirect, as some cases are large: a task that waits for an event has room for several.
indirect enum UpstreamEvent: Sendable, Hashable {
    /// More of the text, without citation marks.
    case text(String)
    /// A search ended and found these passages.
    case found([FileSearchResult])
    /// A place of the text cites a file.
    case citation(FileCitation)
    /// The answer is whole; nothing follows.
    case ended(UpstreamAnswer)
}

extension FileCitation {
    /// The citation in a text that this part's text follows after `offset` Unicode scalars.
    func moved(by offset: Int) -> FileCitation {
        FileCitation(fileID: fileID, index: offset + index, filename: filename)
    }
}

extension TokenUsage {
    init(_ usage: Usage) {
        self.init(input: usage.inputTokens, output: usage.outputTokens, total: usage.totalTokens)
    }
}
