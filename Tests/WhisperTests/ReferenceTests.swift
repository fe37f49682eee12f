import Inference
import Testing

@testable import Whisper

/// Each step from sound to tokens against faster-whisper's.
@Suite(.enabled(if: modelFolder != nil, "WHISPER_MODEL_DIR names no folder"))
struct ReferenceTests {
    let transcriber: Transcriber

    init() throws {
        transcriber = try Transcriber(folder: #require(modelFolder))
    }

    @Test func hasReferences() {
        #expect(Reference.all.count == 5)
    }

    @Test(arguments: Reference.all)
    func computesTheSpectrogramOfTheReference(_ reference: Reference) throws {
        let memory = FloatMemory(capacity: MelSpectrogram.frames * MelSpectrogram.bands)
        let spectrogram = memory.matrix(rows: MelSpectrogram.frames, columns: MelSpectrogram.bands)
        transcriber.spectrogram.compute(try reference.sound[...], into: spectrogram)
        #expect(try greatestError(of: spectrogram, against: reference.spectrogram) < 1e-4)
    }

    @Test(arguments: Reference.all)
    func computesTheStatesAndChoosesTheTokensOfTheReference(_ reference: Reference) throws {
        let pass = AudioPass(model: transcriber.model, samples: reference.samples)
        let states = try pass.run(reference.sound[...], spectrogram: transcriber.spectrogram) { false }
        #expect(states.rows == reference.stateCount)
        #expect(try greatestError(of: states, against: reference.states) < 2e-3)

        var text = TextPass(model: transcriber.model, states: states)
        let languages = try transcriber.tokens(ofLanguages: ["en", "de"])
        let result = try transcriber.search.run(&text, languages: languages) { false }
        #expect(result.tokens == reference.tokens)
        #expect(transcriber.vocabulary.text(of: result.tokens) == " " + reference.text)
        #expect(result.language == transcriber.vocabulary.languages[reference.language])
        #expect(abs(result.noSpeechProbability - reference.noSpeechProbability) < 1e-3)
        #expect(abs(result.averageLogProbability - reference.averageLogProbability) < 5e-3)
    }

    private func greatestError(of matrix: Matrix, against rows: [Reference.Row]) throws -> Float {
        try #require(!rows.isEmpty)
        return rows.flatMap { row in
            row.values.enumerated().map { column, value in
                let number = unsafe matrix.row(row.row)[column]
                return number.isNaN ? .infinity : abs(number - value)
            }
        }.max() ?? .infinity
    }
}
