internal import AWS
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
        let aws = settings.uses(.aws) ? Self.client(settings.aws, http) : .failure(AWSError(.credentialsUnavailable))
        self.init(
            speaking: Self.speaking(settings, voices, server, aws),
            hearing: Self.hearing(settings, server, aws),
            languages: settings.languages.compactMap { Language(rawValue: $0) },
            decoderCommand: ReaderCommand.decoder
        )
    }

    private static func speaking(
        _ settings: VoiceSettings,
        _ voices: [Language: String],
        _ server: OpenAIClient,
        _ aws: Result<AWSClient, AWSError>
    ) -> Part<any SpeechSynthesizer> {
        switch settings.speaking {
        case .off?: .off("Answers are not spoken here: VOICE or VOICE_SPEAKING is off.")
        case .local?, nil: localSpeaking(voices: voices)
        case .openai?: .on(OpenAISynthesizer(client: server, model: settings.speakingModel, voices: voices))
        case .aws?:
            switch aws {
            case .success(let aws): .on(PollySynthesizer(aws.polly, voices: voices, engine: .init(settings.aws)))
            case .failure(let error): .off("Answers cannot be spoken: \(error.message)")
            }
        }
    }

    private static func client(_ settings: VoiceSettings.AWS, _ http: HTTPClient) -> Result<AWSClient, AWSError> {
        Result { () throws(AWSError) in try AWSClient(settings, http: http) }
    }

    private static func hearing(
        _ settings: VoiceSettings,
        _ server: OpenAIClient,
        _ aws: Result<AWSClient, AWSError>
    ) -> Part<any SpeechRecognizer> {
        if settings.hearing == .off { return .off("Questions are not heard here: VOICE or VOICE_HEARING is off.") }
        if let problem = decodingProblem { return .off("Questions cannot be heard: \(problem)") }
        switch settings.hearing {
        case .openai?: return .on(OpenAIRecognizer(client: server, model: settings.hearingModel))
        case .aws?:
            switch aws {
            case .success(let aws): return .on(TranscribeRecognizer(aws.transcribe))
            case .failure(let error): return .off("Questions cannot be heard: \(error.message)")
            }
        case .off?, .local?, nil: return localHearing(modelFolder: settings.whisperDirectory)
        }
    }
}
