internal import Foundation
internal import HTTPClient
internal import OpenAI
internal import PolicyAssistant
internal import Voice

extension Voice {
    /// Creates the speech that the settings describe.
    ///
    /// - Throws: `OpenAIError` for an address or key that no request can have.
    init(_ settings: VoiceSettings, http: HTTPClient) throws {
        let voices = Dictionary(
            uniqueKeysWithValues: settings.voices.compactMap { code, name in
                Language(rawValue: code).map { ($0, name) }
            }
        )
        let server = try OpenAIClient(configuration: settings.server, http: http)
        self.init(
            speaking: Self.speaking(settings, voices, server),
            hearing: Self.hearing(settings, server),
            languages: settings.languages.compactMap { Language(rawValue: $0) },
            decoderCommand: ReaderCommand.decoder
        )
    }

    private static func speaking(
        _ settings: VoiceSettings,
        _ voices: [Language: String],
        _ server: OpenAIClient
    ) -> Part<any SpeechSynthesizer> {
        switch settings.speaking {
        case .off?: .off("Answers are not spoken here: VOICE or VOICE_SPEAKING is off.")
        case .local?, nil: localSpeaking(voices: voices)
        case .openai?: .on(OpenAISynthesizer(client: server, model: settings.speakingModel, voices: voices))
        case .aws?: .off("Answers cannot be spoken: this program has no part for AWS.")
        }
    }

    private static func hearing(_ settings: VoiceSettings, _ server: OpenAIClient) -> Part<any SpeechRecognizer> {
        if settings.hearing == .off { return .off("Questions are not heard here: VOICE or VOICE_HEARING is off.") }
        if let problem = decodingProblem { return .off("Questions cannot be heard: \(problem)") }
        switch settings.hearing {
        case .openai?: return .on(OpenAIRecognizer(client: server, model: settings.hearingModel))
        case .aws?: return .off("Questions cannot be heard: this program has no part for AWS.")
        case .off?, .local?, nil:
            return .off("Questions cannot be heard: scripts/run --with-voice fetches the model that hears.")
        }
    }
}
