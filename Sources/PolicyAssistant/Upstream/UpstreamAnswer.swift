/// A whole answer as upstream gave it, in no protocol's words.
struct UpstreamAnswer: Sendable, Hashable {
    /// The turn's ID upstream.
    var id: String
    /// The text, without citation marks.
    var text: String
    /// The places of the text that lean on a file, in order.
    var sources: [UpstreamSource]
    /// What the searches found.
    var passages: [UpstreamPassage]
    /// What the turn cost, where upstream told it.
    var usage: TokenUsage?
    /// How sure upstream says it is, where it does.
    var confidence: AnswerConfidence?
}

/// A place of an answer's text that leans on a file.
struct UpstreamSource: Sendable, Hashable {
    var fileID: String
    /// How many Unicode scalars of the text come before the place.
    var index: Int
    /// The file's name upstream, where that is told.
    var filename: String?
}

/// A piece of a file that a search found.
struct UpstreamPassage: Sendable, Hashable {
    var fileID: String
    var text: String
    /// The file's name upstream, where that is told.
    var filename: String?
}

/// Something said in a thread, as upstream keeps it.
struct UpstreamMessage: Sendable, Hashable {
    var id: String
    var role: ThreadMessage.Role
    /// The text; that of an answer is without citation marks.
    var text: String
    /// The places of an answer that lean on a file, in order.
    var sources: [UpstreamSource] = []
    /// What the searches found that went before an answer.
    var passages: [UpstreamPassage] = []
    /// How sure upstream says an answer is, where it does.
    var confidence: AnswerConfidence?
}

/// Something that happened to an answer in the making.
///
/// Indirect, as some are large: a task that waits for one keeps room for several.
indirect enum UpstreamEvent: Sendable, Hashable {
    /// The text went on; it holds no citation marks.
    case text(String)
    /// A search ended.
    case found([UpstreamPassage])
    /// A place of the text leans on a file.
    case source(UpstreamSource)
    /// The answer is whole; nothing follows.
    case ended(UpstreamAnswer)
}
