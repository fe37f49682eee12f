internal import AWS
internal import HTTPClient
internal import PolicyAssistant
internal import Voice

/// Asks Polly for its voices, to see whether AWS accepts the credentials and has the voices that the settings name.
///
/// Such a call costs nothing. Transcribe has none that does not cost.
struct AWSProbe: Sendable {
    let settings: VoiceSettings
    let client: AWSClient

    private static let subject = "voice by AWS"

    /// Asks with the credentials of the settings; no finding if they do not use AWS.
    static func findings(_ settings: Settings) async -> [Finding] {
        guard settings.voice.uses(.aws) else { return [] }
        do {
            let http = try HTTPClient(
                configuration: .init(
                    trustRootsFile: settings.trustRootsFile,
                    trustRootsDirectories: settings.trustRootsDirectories
                )
            )
            let findings: [Finding]
            do throws(AWSError) {
                let client = try AWSClient(settings.voice.aws, http: http)
                findings = await AWSProbe(settings: settings.voice, client: client).findings()
            } catch {
                findings = [finding(.fault, error.message)]
            }
            await http.shutdown()
            return findings
        } catch {
            return [finding(.fault, "\(error)")]
        }
    }

    private static func finding(_ level: Finding.Level, _ text: String) -> Finding {
        Finding(level: level, subject: subject, text: text)
    }

    private func findings() async -> [Finding] {
        let engine = PollySpeechRequest.Engine(settings.aws)
        let region = settings.aws.region ?? ""
        do throws(AWSError) {
            let voices = try await client.polly.voices(engine: engine)
            let accepted = "AWS accepts the credentials from \(client.credentialsSource) in \(region)"
            guard settings.speaking == .aws else { return [Self.finding(.good, accepted)] }
            let missing = wanted.filter { language, id in
                !voices.contains { $0.id == id && $0.language.hasPrefix(language.rawValue) }
            }
            guard missing.isEmpty else {
                let names = missing.map { "\($0.value) (\($0.key.rawValue))" }.sorted().joined(separator: ", ")
                let advice = "change VOICE_NAMES or VOICE_POLLY_ENGINE"
                let text = "Polly has no voice \(names) with the engine \(engine.rawValue) in \(region); \(advice)"
                return [Self.finding(.fault, text)]
            }
            return [
                Self.finding(
                    .good,
                    "\(accepted), and Polly has the voices \(wanted.values.sorted().joined(separator: ", "))"
                )
            ]
        } catch {
            guard error.code == .forbidden else { return [Self.finding(.fault, "\(error)")] }
            let text = """
                AWS accepts the credentials from \(client.credentialsSource) in \(region), but they do not allow \
                polly:DescribeVoices, with which this checks the voices
                """
            return [Self.finding(.warning, text)]
        }
    }

    /// The voices of the languages that are spoken.
    private var wanted: [Language: String] {
        let languages = settings.languages.compactMap { Language(rawValue: $0) }
        let pairs = languages.compactMap { language in
            (settings.voices[language.rawValue] ?? PollySynthesizer.defaultVoices[language]).map { (language, $0) }
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }
}
