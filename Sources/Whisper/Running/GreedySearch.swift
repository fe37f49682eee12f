private import Foundation
internal import Inference

/// Writes down what is said in a window of sound: always the most probable token next.
struct GreedySearch {
    /// What became of a window.
    struct Result: Sendable, Hashable {
        /// The tokens of the text, without marks.
        var tokens: [Int]
        /// The token of the language.
        var language: Int
        /// How probable the language is among all.
        var languageProbability: Float
        /// How probable it is that nobody speaks.
        var noSpeechProbability: Float
        /// The mean of the logarithms of the tokens' probabilities, with that of the end.
        var averageLogProbability: Float
        /// Whether the text ends in a phrase that is repeated again and again, which ended the search.
        var isRepeating: Bool
    }

    /// How many times as probable as another expected language English has to be.
    ///
    /// The model takes unclear speech for English: of 80 short questions in German, by eight voices of espeak-ng, English was the
    /// more probable for 38, and more than four times as probable for 21. Of 50 in English it was six times as probable for all.
    private static let surplusOfEnglish: Float = 4

    let vocabulary: Vocabulary
    let suppressed: SuppressedTokens
    /// How many tokens a text may have: half of what the model can take.
    let longestText: Int

    /// Runs the search.
    ///
    /// - Parameters:
    ///   - pass: The decoder, which has taken no token.
    ///   - languages: The tokens of the languages that the sound may be in, not empty.
    ///   - isCancelled: Whether the search is to end; asked before each token.
    /// - Returns: What became of the window.
    /// - Throws: `CancellationError`.
    func run(
        _ pass: inout TextPass,
        languages: [Int],
        isCancelled: () -> Bool
    ) throws(CancellationError) -> Result {
        let marks = vocabulary.marks
        pass.take(marks.startOfTranscript)
        let probabilities = unsafe pass.nextScores()
        unsafe VectorMath.softmax(probabilities)
        let language = language(among: languages) { unsafe probabilities[$0] } ?? marks.startOfTranscript
        var result = Result(
            tokens: [],
            language: language,
            languageProbability: unsafe probabilities[language],
            noSpeechProbability: unsafe probabilities[marks.noSpeech],
            averageLogProbability: 0,
            isRepeating: false
        )
        for token in [language, marks.transcribe, marks.noTimestamps] { pass.take(token) }
        var sum: Float = 0
        while result.tokens.count < longestText {
            guard !isCancelled() else { throw CancellationError() }
            let (token, logProbability) = next(pass, isFirst: result.tokens.isEmpty)
            sum += logProbability
            guard token != marks.endOfText else { break }
            result.tokens.append(token)
            result.isRepeating = Repetition.ends(result.tokens)
            guard !result.isRepeating else { break }
            pass.take(token)
        }
        result.averageLogProbability = sum / Float(result.tokens.count + 1)
        return result
    }

    /// The language of a sound, by the probabilities of the languages' tokens.
    func language(among languages: [Int], probability: (Int) -> Float) -> Int? {
        let english = languages.count < vocabulary.languages.count ? vocabulary.languages["en"] : nil
        func weight(_ token: Int) -> Float { probability(token) / (token == english ? Self.surplusOfEnglish : 1) }
        return languages.max { weight($0) < weight($1) }
    }

    /// The most probable next token, and the logarithm of its probability among those that may be chosen.
    private func next(_ pass: TextPass, isFirst: Bool) -> (token: Int, logProbability: Float) {
        let scores = unsafe pass.nextScores()
        for token in suppressed.suppress_ids { unsafe scores[token] = -.infinity }
        for token in (vocabulary.marks.endOfText + 1)..<vocabulary.count { unsafe scores[token] = -.infinity }
        if isFirst {
            for token in suppressed.suppress_ids_begin { unsafe scores[token] = -.infinity }
        }
        var best = 0
        for token in scores.indices where unsafe scores[token] > scores[best] { best = token }
        // The greatest score's exponential is 1, so that its probability is the reciprocal of the sum.
        unsafe VectorMath.softmax(scores)
        return (best, unsafe log(scores[best]))
    }
}
