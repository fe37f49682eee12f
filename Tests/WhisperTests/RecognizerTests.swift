import Foundation
import Testing

@testable import Whisper

/// The recogniser as its callers use it.
@Suite(.enabled(if: modelFolder != nil, "WHISPER_MODEL_DIR names no folder"))
struct RecognizerTests {
    private static let shared = modelFolder.flatMap { try? Recognizer(folder: $0) }
    private let recognizer: Recognizer

    init() throws {
        recognizer = try #require(Self.shared)
    }

    @Test func tellsTheLanguageAndTheWords() async throws {
        let english = try Reference.named("meals")
        let german = try Reference.named("krank")
        let heard = try await recognizer.transcript(of: english.sound, among: ["de", "en"])
        #expect(heard.text == english.text)
        #expect(heard.language == "en")
        let segment = try #require(heard.segments.first)
        #expect(segment.time == .zero ..< .microseconds(english.samples * 1_000_000 / 16_000))
        #expect((0.5...1).contains(segment.confidence))
        #expect(try await recognizer.transcript(of: german.sound, among: ["en", "de"]).language == "de")
        #expect(recognizer.languages.isSuperset(of: ["de", "en", "fr", "it"]))
    }

    /// English is what the model takes unclear speech for.
    @Test func choosesEnglishOnlyIfItIsMuchMoreProbable() throws {
        let transcriber = try Transcriber(folder: #require(modelFolder))
        let tokens = try ["en", "de", "fr"].map { try transcriber.tokens(ofLanguages: [$0])[0] }
        let (english, german, french) = (tokens[0], tokens[1], tokens[2])
        func language(_ probabilities: [Int: Float], among expected: [Int]) -> Int? {
            transcriber.search.language(among: expected) { probabilities[$0] ?? 0 }
        }
        for expected in [[english, german], [german, english]] {
            #expect(language([english: 0.6, german: 0.2], among: expected) == german)
            #expect(language([english: 0.6, german: 0.1], among: expected) == english)
        }
        #expect(language([german: 0.3, french: 0.4], among: [german, french]) == french)
        #expect(language([english: 0.1, german: 0.9], among: [english]) == english)
        // Of all languages, English is the most probable where it is.
        let all = try transcriber.tokens(ofLanguages: [])
        #expect(language([english: 0.6, german: 0.3], among: all) == english)
    }

    /// Two recordings with a long pause between them, and the first once more: three windows, cut in the pauses.
    @Test func joinsWindows() async throws {
        let sounds = try [Reference.named("leave").sound, Reference.named("meals").sound]
        let sound = sounds[0] + silence(seconds: 26) + sounds[1] + silence(seconds: 26) + sounds[0]
        let transcript = try await recognizer.transcript(of: sound, among: ["en"])
        let (leave, meals) = try (Reference.named("leave").said, Reference.named("meals").said)
        #expect(transcript.segments.map(\.text) == [leave, meals, leave])
        #expect(transcript.text == [leave, meals, leave].joined(separator: " "))
        for (earlier, later) in zip(transcript.segments, transcript.segments.dropFirst()) {
            #expect(earlier.time.upperBound <= later.time.lowerBound)
            #expect(earlier.time.upperBound - earlier.time.lowerBound <= .seconds(30))
        }
    }

    /// Where nobody speaks there are no words.
    @Test(arguments: SpeechlessSound.allCases)
    func makesUpNoWords(_ sound: SpeechlessSound) async throws {
        let transcript = try await recognizer.transcript(of: sound.samples(seconds: 3))
        #expect(transcript == Transcript(text: "", language: nil, segments: []))
    }

    @Test func findsNoWordsInNoSound() async throws {
        for sound in [[], [0.1], [Float](repeating: .nan, count: 16_000)] {
            let transcript = try await recognizer.transcript(of: sound)
            #expect(transcript.text == "")
        }
    }

    @Test func refusesWhatItCannotHear() async throws {
        let long = silence(seconds: 601)
        await #expect(throws: WhisperError.self) { try await recognizer.transcript(of: long) }
        do {
            _ = try await recognizer.transcript(of: silence(seconds: 1), among: ["en", "tlh"])
            Issue.record("It knows Klingon.")
        } catch let error as WhisperError {
            #expect(error.code == .unknownLanguage)
        }
    }

    @Test func recognisesSeveralAtOnce() async throws {
        try await withThrowingTaskGroup { group in
            for reference in Reference.all.prefix(3) {
                let sound = try reference.sound
                group.addTask { (reference, try await recognizer.transcript(of: sound, among: ["en"]).text) }
            }
            for try await (reference, text) in group { #expect(text == reference.text) }
        }
    }

    /// A task that is cancelled leaves before the work is done, and gives its place back.
    @Test func endsWhatIsCancelled() async throws {
        let folder = try #require(modelFolder)
        let recognizer = try Recognizer(folder: folder, recognitions: 1, waiting: 1)
        let sound = try Reference.named("leave").sound
        for _ in 0..<3 {
            let running = Task { try await recognizer.transcript(of: sound, among: ["en"]) }
            let waiting = Task { try await recognizer.transcript(of: sound, among: ["en"]) }
            running.cancel()
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await running.value }
            await #expect(throws: CancellationError.self) { try await waiting.value }
        }
        #expect(try await recognizer.transcript(of: sound, among: ["en"]).text == Reference.named("leave").text)
        try await recognizer.close()
    }

    @Test func asksTheCallerBeforeEachStep() throws {
        let transcriber = try Transcriber(folder: #require(modelFolder))
        let sound = try Reference.named("leave").sound
        let languages = try transcriber.tokens(ofLanguages: ["en"])
        var asked = 0
        _ = try transcriber.transcript(of: sound, languages: languages) {
            asked += 1
            return false
        }
        // The layers, the tokens and the end of the text.
        let steps = try transcriber.model.shape.encoderLayers + Reference.named("leave").tokens.count + 1
        #expect(asked == steps)
        for last in [1, asked] {
            var left = last
            #expect(throws: CancellationError.self) {
                try transcriber.transcript(of: sound, languages: languages) {
                    left -= 1
                    return left == 0
                }
            }
            #expect(left == 0)
        }
    }

    @Test func boundsHowManyWait() async throws {
        let recognizer = try Recognizer(folder: #require(modelFolder), recognitions: 1, waiting: 1)
        let sound = try Reference.named("leave").sound
        let outcomes = await withTaskGroup { group in
            for _ in 0..<5 {
                group.addTask { () -> WhisperError.Code? in
                    do {
                        _ = try await recognizer.transcript(of: sound, among: ["en"])
                        return nil
                    } catch {
                        return (error as? WhisperError)?.code ?? .unknownLanguage
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.filter { $0 == nil }.count >= 2)
        #expect(outcomes.contains(.busy))
        #expect(outcomes.allSatisfy { $0 == nil || $0 == .busy })
        try await recognizer.close()
        do {
            _ = try await recognizer.transcript(of: sound)
            Issue.record("A closed recogniser recognised.")
        } catch let error as WhisperError {
            #expect(error.code == .busy)
        }
    }

    private func silence(seconds: Int) -> [Float] { [Float](repeating: 0, count: seconds * Recognizer.sampleRate) }
}
