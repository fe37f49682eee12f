/// What was said.
public struct Transcript: Sendable, Hashable {
    /// The words; empty if nobody speaks, or not to be understood.
    public var text: String
    /// The language, as a code of ISO 639-1, such as `en`; nil if nobody speaks.
    public var language: String?
    /// How probable the language is among all that the model knows, 0 to 1.
    public var languageProbability = 0.0
    /// The text in parts, in order, each of at most 30 seconds of sound.
    public var segments: [Segment]

    /// A part of a transcript.
    public struct Segment: Sendable, Hashable {
        /// Where the part begins and ends, from the beginning of the sound.
        ///
        /// It begins and ends with a pause, if there is one.
        public var time: Range<Duration>
        /// The words; not empty.
        public var text: String
        /// How sure the model is of a word: the geometric mean of the probabilities of the part's tokens, 0 to 1.
        public var confidence: Double
    }
}
