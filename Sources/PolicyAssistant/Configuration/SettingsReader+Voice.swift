internal import OpenAI

extension SettingsReader {
    /// Reads how spoken questions are heard, and answers spoken.
    ///
    /// - Parameter dataDirectory: The folder of the program's data, in which the model may be.
    /// - Returns: The settings.
    mutating func voice(dataDirectory: String) -> VoiceSettings {
        let common = voiceBackend("VOICE", orElse: nil)
        let settings = VoiceSettings(
            speaking: voiceBackend("VOICE_SPEAKING", orElse: common),
            hearing: voiceBackend("VOICE_HEARING", orElse: common),
            languages: voiceLanguages(),
            voices: voiceNames(),
            instructions: text("VOICE_INSTRUCTIONS") ?? VoiceSettings.usualInstructions,
            server: voiceServer(),
            speakingModel: text("VOICE_SPEAKING_MODEL") ?? "gpt-4o-mini-tts",
            hearingModel: text("VOICE_HEARING_MODEL") ?? "gpt-transcribe",
            aws: .init(
                region: text("AWS_REGION") ?? text("AWS_DEFAULT_REGION"),
                pollyEngine: choice(
                    "VOICE_POLLY_ENGINE",
                    of: ["standard", "neural", "long-form", "generative"],
                    default: "neural"
                ),
                pollyURL: awsURL("VOICE_POLLY_URL"),
                transcribeURL: awsURL("VOICE_TRANSCRIBE_URL"),
                environment: awsEnvironment()
            ),
            whisperDirectory: text("WHISPER_MODEL_DIR") ?? "\(dataDirectory)/whisper"
        )
        check(settings)
        return settings
    }

    private mutating func voiceBackend(
        _ name: String,
        orElse fallback: VoiceSettings.Backend?
    ) -> VoiceSettings.Backend? {
        guard text(name) != nil else { return fallback }
        return choice(name, default: VoiceSettings.Backend.off)
    }

    private mutating func voiceLanguages() -> [String] {
        guard let text = text("VOICE_LANGUAGES") else { return VoiceSettings.knownLanguages }
        var languages: [String] = []
        for part in text.split(separator: ",") {
            let code = part.trimmingWhitespace().lowercased()
            guard VoiceSettings.knownLanguages.contains(code) else {
                fault(
                    "VOICE_LANGUAGES",
                    "\(quoted(String(part))) is not one of \(VoiceSettings.knownLanguages.joined(separator: ", "))"
                )
                continue
            }
            if !languages.contains(code) { languages.append(code) }
        }
        return languages.isEmpty ? VoiceSettings.knownLanguages : languages
    }

    private mutating func voiceNames() -> [String: String] {
        guard let text = text("VOICE_NAMES") else { return [:] }
        var names: [String: String] = [:]
        for part in text.split(separator: ",") {
            let halves = part.split(separator: "=", maxSplits: 1).map { String($0.trimmingWhitespace()) }
            // A name becomes an argument of a program, or part of a request.
            let isName = halves.last?.allSatisfy { $0.isLetter || $0.isNumber || "-_+ ".contains($0) } ?? false
            guard halves.count == 2, VoiceSettings.knownLanguages.contains(halves[0]), isName,
                halves[1].first?.isLetter == true
            else {
                fault("VOICE_NAMES", "is not a list of languages and voices such as en=Joanna,de=Vicki")
                return [:]
            }
            names[halves[0]] = halves[1]
        }
        return names
    }

    private mutating func voiceServer() -> OpenAIConfiguration {
        let address = text("VOICE_BASE_URL")
        let ownKey = headerValue("VOICE_API_KEY", isSecret: true)
        // A key is not sent to a server that it was not given for.
        let key = ownKey ?? (address == nil ? text("OPENAI_API_KEY", isSecret: true) : nil)
        let configuration = OpenAIConfiguration(
            baseURL: address ?? "https://api.openai.com/v1",
            apiKey: key,
            retry: RetryPolicy(maximumRetries: 1)
        )
        do throws(OpenAIError) {
            _ = try OpenAIBaseURL(configuration.baseURL)
        } catch {
            fault("VOICE_BASE_URL", "is not a URL such as http://127.0.0.1:8880/v1: \(error.message)")
        }
        return configuration
    }

    private mutating func awsURL(_ name: String) -> String? {
        guard let text = text(name) else { return nil }
        guard text.hasPrefix("https://"), !text.contains("@") else {
            fault(name, "is not a URL that begins with https://")
            return nil
        }
        return text
    }

    /// The variables from which AWS' own programs take credentials, too; they may be in the file of settings.
    private func awsEnvironment() -> [String: String] {
        let names = [
            "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_AUTHORIZATION_TOKEN",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "AWS_EC2_METADATA_DISABLED", "AWS_EC2_METADATA_SERVICE_ENDPOINT",
        ]
        let values = names.compactMap { name in text(name, isSecret: true).map { (name, $0) } }
        return Dictionary(uniqueKeysWithValues: values)
    }

    private mutating func check(_ settings: VoiceSettings) {
        if settings.uses(.openai), settings.isOpenAIsOwn, settings.server.apiKey == nil {
            fault("VOICE_API_KEY", "is needed with VOICE=openai, unless VOICE_BASE_URL names a server without keys")
        }
        if settings.uses(.openai), settings.server.isPlaintextRemote {
            warn("VOICE_BASE_URL sends recordings and answers over the network unencrypted")
        }
        if settings.uses(.aws), settings.aws.region == nil {
            fault("AWS_REGION", "is needed with VOICE=aws: the region of AWS, such as eu-central-1")
        }
    }
}
