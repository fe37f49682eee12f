internal import FoundationEssentials
internal import HTTPClient
internal import PolicyAssistant
internal import Voice

/// Checks what hears spoken questions and what speaks answers, as the settings have it.
enum VoiceProbe {
    private static let subject = "voice"
    /// The day on which OpenAI's own models of `/v1/audio/speech` end.
    private static let endOfSpeechModels = "2027-01-06"

    /// Speaks a sentence, and opens what hears; no finding if nothing is configured and nothing is installed.
    static func findings(_ settings: Settings) async -> [Finding] {
        let voice = settings.voice
        guard voice.speaking != .off || voice.hearing != .off else {
            return [Finding(level: .good, subject: subject, text: "off, as VOICE says")]
        }
        do {
            let http = try HTTPClient(
                configuration: .init(
                    trustRootsFile: settings.trustRootsFile,
                    trustRootsDirectories: settings.trustRootsDirectories
                )
            )
            let parts: Voice
            do {
                parts = try Voice(voice, http: http)
            } catch {
                await http.shutdown()
                throw error
            }
            let findings = await speaking(parts, voice) + [hearing(parts, voice)] + models(voice) + sandbox(parts)
            await http.shutdown()
            return findings
        } catch {
            return [Finding(level: .fault, subject: subject, text: "\(error)")]
        }
    }

    private static func speaking(_ voice: Voice, _ settings: VoiceSettings) async -> [Finding] {
        switch voice.speaking {
        case .off(let reason):
            return [Finding(level: level(of: settings.speaking), subject: subject, text: reason)]
        // Each call costs; another check asks AWS for its voices.
        case .on(let synthesizer) where settings.speaking == .aws || settings.speaking == .openai:
            return [Finding(level: .good, subject: subject, text: "\(synthesizer.name) speaks; that was not tried")]
        case .on(let synthesizer):
            do throws(VoiceError) {
                for language in voice.languages { _ = try await voice.speech(of: "1.", in: language, as: .mpeg) }
                let languages = voice.languages.map(\.name).joined(separator: " and ")
                return [Finding(level: .good, subject: subject, text: "\(synthesizer.name) speaks \(languages)")]
            } catch {
                return [Finding(level: .fault, subject: subject, text: error.message)]
            }
        }
    }

    private static func hearing(_ voice: Voice, _ settings: VoiceSettings) -> Finding {
        switch voice.hearing {
        case .off(let reason): Finding(level: level(of: settings.hearing), subject: subject, text: reason)
        case .on(let recognizer): Finding(level: .good, subject: subject, text: "\(recognizer.name) hears")
        }
    }

    /// What is missing is a fault only if the operator asked for it.
    private static func level(of backend: VoiceSettings.Backend?) -> Finding.Level {
        switch backend {
        case nil, .off?: .good
        case .local?, .aws?, .openai?: .fault
        }
    }

    /// Warns of the end of OpenAI's speech models, which other servers with the same wire do not share.
    private static func models(_ settings: VoiceSettings) -> [Finding] {
        guard settings.speaking == .openai, settings.isOpenAIsOwn else { return [] }
        let text = """
            OpenAI's own speech models, \(settings.speakingModel) among them, end on \(endOfSpeechModels) without a \
            successor for /v1/audio/speech; set VOICE_SPEAKING=local or aws, or VOICE_BASE_URL to another server, before
            """
        return [Finding(level: .warning, subject: subject, text: text.replacing("\n", with: " "))]
    }

    private static func sandbox(_ voice: Voice) -> [Finding] {
        guard case .on = voice.hearing, !DecoderSandbox.isAvailable else { return [] }
        let text = """
            recordings are decoded within limits, but with all of this user's access to files: Landlock, which needs \
            Linux 5.13 or later, is not available or disabled
            """
        return [Finding(level: .warning, subject: subject, text: text)]
    }
}
