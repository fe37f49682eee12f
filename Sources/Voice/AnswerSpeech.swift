/// What is said of an answer whose text arrives in pieces: sentence after sentence, and the sources at the end.
public struct AnswerSpeech: Sendable {
    /// A piece that is spoken at once.
    public struct Utterance: Sendable, Hashable {
        /// The number of the utterance; the first is 1.
        public let number: Int
        /// The words.
        public let text: String
        /// The language of the words.
        public let language: Language
    }

    private var cutter: SentenceCutter
    private var language: Language
    private var count = 0
    private var sources: [String] = []

    /// A table may have rows of any length.
    private static let maximumCharacters = 2000

    /// Creates the speech of an answer.
    ///
    /// - Parameter language: The language of the question, in which the answer most likely is.
    public init(language: Language) {
        self.language = language
        cutter = SentenceCutter(language: language)
    }

    /// Adds a piece of the answer's text.
    ///
    /// - Returns: The utterances that it completes.
    public mutating func add(_ text: String) -> [Utterance] {
        // Word by word, so that a sentence is cut by the rules of the language that the one before it is in.
        var (said, word) = ([Utterance](), "")
        for character in text {
            word.append(character)
            guard character.isWhitespace else { continue }
            said += utterances(cutter.add(word))
            word = ""
        }
        return said + utterances(cutter.add(word))
    }

    /// Adds the document of a citation.
    ///
    /// - Parameter filename: The document's path.
    public mutating func addSource(_ filename: String) { sources.append(filename) }

    /// Whether ``pause()`` may return something.
    public var isWaiting: Bool { cutter.isWaiting }

    /// Treats the end of what was received as the end of a sentence where it may be one: nothing more comes for a while.
    ///
    /// - Returns: The utterances that are thereby complete.
    public mutating func pause() -> [Utterance] { utterances(cutter.pause()) }

    /// Ends the answer.
    ///
    /// - Parameter isWhole: Whether the answer is complete, and its sources are named.
    /// - Returns: The remaining utterances: the rest of the text, and the sources.
    public mutating func finish(namingSources isWhole: Bool = true) -> [Utterance] {
        let rest = utterances(cutter.finish())
        guard isWhole else { return rest }
        let named = SpokenPhrase.sources(sources, in: language).map { [utterance($0)] } ?? []
        return rest + named
    }

    /// Returns an utterance of the assistant's own words, which are no part of the answer.
    ///
    /// - Parameter phrase: The words by language, such as ``SpokenPhrase/interrupted(in:)``.
    /// - Returns: The utterance.
    public mutating func utterance(saying phrase: (Language) -> String) -> Utterance { utterance(phrase(language)) }

    private mutating func utterances(_ sentences: [Sentence]) -> [Utterance] {
        var utterances: [Utterance] = []
        for sentence in sentences {
            language = Language(of: sentence.plainText, orElse: language)
            cutter.language = language
            guard let words = SpokenText.words(for: sentence, in: language) else { continue }
            utterances += Self.parts(of: words).map { utterance($0) }
        }
        return utterances
    }

    private mutating func utterance(_ text: String) -> Utterance {
        count += 1
        return Utterance(number: count, text: text, language: language)
    }

    /// The words in parts of a length that synthesizers accept.
    private static func parts(of words: String) -> [String] {
        var parts: [String] = []
        var rest = words[...]
        while rest.count > maximumCharacters {
            let part = rest.prefix(maximumCharacters)
            let end = part.lastIndex(where: \.isWhitespace) ?? part.endIndex
            parts.append(String(rest[..<end]))
            rest = rest[end...].drop(while: \.isWhitespace)
        }
        return rest.isEmpty ? parts : parts + [String(rest)]
    }
}

extension Sentence {
    /// The words of the sentence, by which its language is determined.
    fileprivate var plainText: String {
        guard case .row(_, let cells) = kind else { return text }
        return cells.joined(separator: " ")
    }
}
