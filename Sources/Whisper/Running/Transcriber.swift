private import Foundation
internal import Inference

/// A model with all that it needs to make text of sound, on the calling thread.
///
/// Several threads may use it at the same time.
struct Transcriber: Sendable {
    /// Nobody speaks in a window with a higher probability of that, whatever words the model finds in it.
    private static let highestNoSpeechProbability: Float = 0.6
    /// A window whose tokens are less probable on average has not been understood.
    private static let lowestAverageLogProbability: Float = -1

    let model: WhisperModel
    let vocabulary: Vocabulary
    let spectrogram = MelSpectrogram()
    let search: GreedySearch

    /// Opens the model of a folder.
    ///
    /// - Throws: ``ModelError`` with the code `unreadable`, `malformed` or `unsupported`.
    init(folder: String) throws(ModelError) {
        model = try WhisperModel(folder: folder)
        vocabulary = try Vocabulary(folder: folder)
        guard vocabulary.count == model.shape.vocabulary else {
            throw ModelError(.malformed, "“\(folder)/vocabulary.txt” has not as many lines as the model has tokens")
        }
        search = GreedySearch(
            vocabulary: vocabulary,
            suppressed: try SuppressedTokens(folder: folder, count: vocabulary.count),
            longestText: model.shape.textLength / 2
        )
    }

    /// The tokens of languages, by their codes; those of all languages for no codes.
    ///
    /// - Throws: ``WhisperError`` with the code `unknownLanguage`.
    func tokens(ofLanguages codes: [String]) throws(WhisperError) -> [Int] {
        var tokens: [Int] = []
        for code in codes {
            guard let token = vocabulary.languages[code] else {
                throw WhisperError(.unknownLanguage, "the speech recogniser does not know the language “\(code)”")
            }
            tokens.append(token)
        }
        return tokens.isEmpty ? Array(vocabulary.languages.values) : tokens
    }

    /// Makes text of sound.
    ///
    /// The language of the first window in which somebody speaks is that of all.
    ///
    /// - Parameters:
    ///   - sound: The samples.
    ///   - languages: The tokens of the languages that it may be in.
    ///   - isCancelled: Whether the work is to end; asked before each layer and each token.
    /// - Returns: What was said.
    /// - Throws: `CancellationError`.
    func transcript(
        of sound: [Float],
        languages: [Int],
        isCancelled: () -> Bool
    ) throws(CancellationError) -> Transcript {
        var languages = languages
        var transcript = Transcript(text: "", language: nil, segments: [])
        for window in SoundWindows.windows(of: sound) where !SoundWindows.isSilent(sound[window]) {
            let result = try result(of: sound[window], languages: languages, isCancelled: isCancelled)
            let text = vocabulary.text(of: result.tokens).trimmingCharacters(in: .whitespacesAndNewlines)
            guard Self.isSpeech(result), !text.isEmpty else { continue }
            if transcript.language == nil {
                languages = [result.language]
                transcript.language = vocabulary.languages.first { $0.value == result.language }?.key
                transcript.languageProbability = Double(result.languageProbability)
            }
            transcript.segments.append(
                Transcript.Segment(
                    time: Self.time(window.lowerBound)..<Self.time(window.upperBound),
                    text: text,
                    confidence: Double(exp(result.averageLogProbability))
                )
            )
        }
        transcript.text = transcript.segments.map(\.text).joined(separator: " ")
        return transcript
    }

    /// What the model makes of one window.
    func result(
        of window: ArraySlice<Float>,
        languages: [Int],
        isCancelled: () -> Bool
    ) throws(CancellationError) -> GreedySearch.Result {
        let audio = AudioPass(model: model, samples: window.count)
        let states = try audio.run(window, spectrogram: spectrogram, isCancelled: isCancelled)
        var text = TextPass(model: model, states: states)
        return try withExtendedLifetime(audio) { () throws(CancellationError) in
            try search.run(&text, languages: languages, isCancelled: isCancelled)
        }
    }

    private static func isSpeech(_ result: GreedySearch.Result) -> Bool {
        result.noSpeechProbability <= highestNoSpeechProbability
            && result.averageLogProbability >= lowestAverageLogProbability && !result.isRepeating
    }

    private static func time(_ sample: Int) -> Duration {
        .microseconds(sample * 1_000_000 / MelSpectrogram.sampleRate)
    }
}
