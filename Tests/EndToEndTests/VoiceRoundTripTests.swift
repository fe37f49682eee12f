import Foundation
import HTTPTypes
import TestSupport
import Testing
import Voice

/// A question spoken by espeak-ng, heard by the Whisper model, answered from the documents, spoken by espeak-ng and heard again:
/// without an account.
///
/// The model is where scripts/fetch-whisper puts it; WHISPER_MODEL_DIR names it. The engine searches by meaning, as it does for
/// those who have set it up: ENCODER_MODEL_DIR names its encoders.
@Suite(.enabled(if: WhisperModel.folder != nil && WhisperModel.encoder != nil)) struct VoiceRoundTripTests {
    private static let german = """
        # Krankheit im Urlaub

        Wenn Sie im Urlaub krank werden, bekommen Sie 30 Tage gutgeschrieben.
        """

    @Test(arguments: [
        (Language.english, "How many days of annual leave do I get?", "leave/annual-leave.md", "27"),
        (.german, "Was passiert mit meinem Urlaub, wenn ich krank werde?", "krankheit.md", "30"),
    ])
    func aSpokenQuestionIsAnsweredAndTheAnswerHeard(
        language: Language,
        question: String,
        source: String,
        number: String
    ) async throws {
        let folder = try #require(WhisperModel.folder)
        let voice = Voice(speaking: Voice.localSpeaking(), hearing: Voice.localHearing(modelFolder: folder))
        let recording = try await Voice.recording(of: question, in: language)
        let documents = Documents.all.merging(["krankheit.md": Self.german]) { $1 }
        let settings = ["ENCODER_MODEL_DIR": try #require(WhisperModel.encoder)]
        try await withInstallation(documents: documents, settings: settings) { installation, _ in
            _ = try await installation.run(["sync"])
            try await installation.servingHere(voice: voice) { api in
                let events = try await api.askingAloud(recording) { try await $0.events() }
                let heard = try JSONDecoder().decode(HeardText.self, from: try #require(events.first?.data))
                #expect(heard.language == language.rawValue)
                let answer = try JSONDecoder.snakeCase.decode(ChatAnswer.self, from: try #require(events.last?.data))
                #expect(answer.answer.contains(number), "\(heard.text)")
                #expect(answer.citations.first?.filename == source, "\(heard.text)")
                // The stream of audio says it, too.
                let spoken = try await api.askAloud(recording, as: "ben").reply
                #expect(spoken.status == 200)
                let again = try await voice.hear(Array(spoken.body), in: language)
                #expect(again.text.contains(number), "\(again.text)")
            }
        }
    }

    /// Short questions, and what names the language or bounds it.
    @Test func theLanguageOfAQuestionIsTold() async throws {
        let folder = try #require(WhisperModel.folder)
        let hearing = Voice.localHearing(modelFolder: folder)
        let voice = Voice(hearing: hearing)
        let questions: [(Language, String)] = [
            (.english, "Parental leave?"), (.english, "How long is my notice period?"),
            (.german, "Wie lange ist meine Kündigungsfrist?"), (.german, "Bis wann muss ich den Resturlaub nehmen?"),
        ]
        for (language, question) in questions {
            let recording = try await Voice.recording(of: question, in: language)
            #expect(try await voice.hear(recording).language == language, "\(question)")
        }
        // Who names a language is believed, and one that the settings leave out is not heard.
        let recording = try await Voice.recording(of: "How long is my notice period?")
        let german = Voice(hearing: hearing, languages: [.german])
        let (named, bounded) = try await (voice.hear(recording, in: .german), german.hear(recording))
        #expect(named.language == .german && bounded == named)
    }

    @Test func whatIsNoSpeechIsNotUnderstood() async throws {
        let folder = try #require(WhisperModel.folder)
        let voice = Voice(hearing: Voice.localHearing(modelFolder: folder))
        let noise = (0..<64_000).map { _ in Int16.random(in: -6000...6000) }
        #expect(try await voice.hear(Recording(samples: noise).wav).text.isEmpty)
        let tone = (0..<64_000).map { Int16(9000 * sin(Double($0) * 0.17)) }
        #expect(try await voice.hear(Recording(samples: tone).wav).text.isEmpty)
    }
}

private enum WhisperModel {
    static let folder = ProcessInfo.processInfo.environment["WHISPER_MODEL_DIR"]
    static let encoder = ProcessInfo.processInfo.environment["ENCODER_MODEL_DIR"]
}
