public import OpenAI

/// How spoken questions are heard, and answers spoken.
///
/// | setting | value | default |
/// |---|---|---|
/// | `VOICE` | `off`, `local`, `aws`, `openai` | `local` where its parts are installed |
/// | `VOICE_SPEAKING`, `VOICE_HEARING` | the same, for one direction | `VOICE` |
/// | `VOICE_LANGUAGES` | `en` and `de`, the most likely first | `en,de` |
/// | `VOICE_NAMES` | the voice of each language, such as `en=Joanna,de=Vicki` | those of the backend |
/// | `VOICE_INSTRUCTIONS` | instructions to the model for answers that are spoken | ``usualInstructions`` |
/// | `VOICE_BASE_URL` | the base URL of a server with OpenAI's audio wire | OpenAI's |
/// | `VOICE_API_KEY` | a secret | `OPENAI_API_KEY` without a `VOICE_BASE_URL` |
/// | `VOICE_SPEAKING_MODEL`, `VOICE_HEARING_MODEL` | the models there | `gpt-4o-mini-tts`, `gpt-transcribe` |
/// | `VOICE_POLLY_ENGINE` | `standard`, `neural`, `long-form`, `generative` | `neural` |
/// | `VOICE_POLLY_URL`, `VOICE_TRANSCRIBE_URL` | other endpoints of AWS, by https | those of the region |
/// | `AWS_REGION` | the region of AWS, such as `eu-central-1` | `AWS_DEFAULT_REGION`; required with `aws` |
/// | `AWS_ACCESS_KEY_ID` and others | where credentials come from, as for AWS' own programs | the instance's role |
/// | `WHISPER_MODEL_DIR` | the folder of the model that hears on this machine | `DATA_DIR/whisper` |
public struct VoiceSettings: Sendable {
    /// What hears or speaks.
    public enum Backend: String, Sendable, CaseIterable {
        /// Nothing.
        case off
        /// Programs on this machine.
        case local
        /// Polly and Transcribe.
        case aws
        /// A server with OpenAI's audio wire.
        case openai
    }

    /// What speaks; nil for this machine where it can.
    public var speaking: Backend?
    /// What hears; nil for this machine where it can.
    public var hearing: Backend?
    /// The codes of the languages, the most likely first.
    public var languages: [String]
    /// The names of voices by the codes of languages.
    public var voices: [String: String]
    /// Instructions to the model for answers that are spoken; empty for none.
    public var instructions: String
    /// The server with OpenAI's audio wire.
    public var server: OpenAIConfiguration
    /// The model there that speaks.
    public var speakingModel: String
    /// The model there that hears.
    public var hearingModel: String
    /// What AWS needs besides credentials.
    public var aws: AWS
    /// The folder of the model that hears on this machine.
    public var whisperDirectory: String

    /// The settings of AWS.
    public struct AWS: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible {
        /// The region; nil if none is named.
        public var region: String?
        /// The engine of Polly.
        public var pollyEngine: String
        /// Another endpoint of Polly.
        public var pollyURL: String?
        /// Another endpoint of Transcribe.
        public var transcribeURL: String?
        /// The variables that credentials come from, secrets among them.
        public var environment: [String: String]

        /// The region; the description hides the variables.
        public var description: String { "AWS(region: \(region ?? "none"))" }

        /// The description.
        public var debugDescription: String { description }
    }

    /// The languages that can be heard and spoken.
    public static let knownLanguages = ["en", "de"]

    /// The instructions for spoken answers by default.
    public static let usualInstructions = """
        # This answer is read aloud

        Answer in at most three short sentences, without headings, lists, tables and addresses.
        """

    /// Whether a direction uses a backend.
    public func uses(_ backend: Backend) -> Bool { speaking == backend || hearing == backend }

    /// Whether the server is OpenAI's own.
    public var isOpenAIsOwn: Bool { server.baseURL.contains("//api.openai.com") }
}
