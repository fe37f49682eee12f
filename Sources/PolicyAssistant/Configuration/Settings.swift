internal import FoundationEssentials
public import Logging
public import OpenAI
public import Redis

/// The configuration, checked.
///
/// The README has the table of the environment variables. See
/// ``Settings/read(overrides:environment:environmentFile:isFileRequired:programFolder:for:)``.
public struct Settings: Sendable {
    /// The server that answers.
    public enum Upstream: Sendable {
        /// The engine inside this program, which is used where no key is configured.
        case embedded
        /// A server with OpenAI's API.
        case remote(OpenAIConfiguration)
    }

    /// How much the model reasons before it answers, by the API's names.
    public enum ReasoningEffort: String, Sendable, CaseIterable {
        /// Not at all, for a quick answer.
        case none
        /// As little as possible.
        case minimal
        /// Little.
        case low
        /// The usual amount.
        case medium
        /// Much.
        case high
        /// Very much.
        case xhigh
        /// As much as the model can.
        case max
        /// Requests name no effort, for models that refuse the parameter.
        case omit

        /// The value in requests; nil for requests without the parameter.
        var parameter: String? { self == .omit ? nil : rawValue }
    }

    /// The format of log lines.
    public enum LogFormat: String, Sendable, CaseIterable {
        /// A line of text, for a person.
        case text
        /// A JSON object on each line, for a log collector.
        case json
    }

    /// The server that answers.
    public var upstream: Upstream
    /// The API key of the former upstream, with which a sync can delete the resources there.
    public var previousAPIKey: String?
    /// The wire protocol spoken to it.
    public var upstreamProtocol: UpstreamProtocol
    /// The ID of the assistant in the assistants protocol; nil for one that syncs create.
    public var assistantID: String?
    /// The ID of the thread upstream that callers without a user share; without one, requests have to name a user.
    public var sharedThread: String?
    /// The name of the model that answers.
    public var model: String
    /// How much the model reasons before it answers.
    public var reasoningEffort: ReasoningEffort
    /// The models that questions may name; the first is that of questions that name none.
    public var offeredModels: [OfferedModel] = []
    /// The role of questions that name none; nil without one.
    public var standardRole: Role?
    /// The Redis database that maps users to threads.
    public var threadsDatabase: RedisConfiguration
    /// The Redis database that tracks the uploaded documents.
    public var filesDatabase: RedisConfiguration
    /// A PEM file of certificates to trust upstream and at key set URLs, besides those of the system.
    public var trustRootsFile: String?
    /// Folders of certificates to trust instead of the system's, hashed as by OpenSSL, with colons between them.
    public var trustRootsDirectories: String?
    /// The address that the HTTP API listens on.
    public var host: String
    /// The port that the HTTP API listens on; 0 for a free one.
    public var port: Int
    /// The URL under which callers reach the HTTP API; nil where it is not known.
    public var publicURL: PublicURL?
    /// The additional hosts under whose names the HTTP API is served to callers without authentication: names, addresses,
    /// `*.example.com` for all names below one, or `*`.
    public var allowedHosts: [String] = []
    /// The folder of documents.
    public var assetsDirectory: String
    /// The file of the assistant's instructions; nil for the built-in ones.
    public var instructionsFile: String?
    /// The folder of the embedded engine's data.
    public var dataDirectory: String
    /// The key that the embedded engine requires as a server of other programs; nil where it accepts any key.
    ///
    /// A secret.
    public var engineAPIKey: String?
    /// The model that writes the embedded engine's answers; nil for an engine that quotes.
    public var engineModel: EngineModel?
    /// The folder of the sentence encoder with which the embedded engine searches; nil for a search by words.
    public var encoderDirectory: String?
    /// The languages in which the embedded engine reads scans, as names of tesseract's data with `+` between them; nil for
    /// those that each document is in.
    public var ocrLanguages: String?
    /// The longest message that is accepted, in Unicode scalars.
    public var maximumMessageCharacters: Int
    /// The longest time that a question waits for earlier ones of its user, and the longest time of its answer then.
    public var chatTimeout: Duration
    /// The longest time of a call to upstream, or between two bytes of a streamed answer.
    public var upstreamTimeout: Duration
    /// The largest number of turns upstream at the same time.
    public var maximumConcurrentTurns: Int
    /// How long running turns may go on after the server was told to stop.
    public var shutdownGrace: Duration
    /// How callers of the HTTP API authenticate.
    public var authentication: Authentication
    /// The proxies in front of the HTTP API whose forwarding fields are trusted.
    public var trustedProxies: TrustedProxies
    /// The number of questions per minute that are admitted.
    public var rateLimits: RateLimits
    /// The largest number of open connections to the HTTP API; others wait until one is closed.
    public var maximumConnections: Int
    /// The longest time in which a caller sends a request, or receives the next part of an answer.
    public var callerTimeout: Duration
    /// The other origins whose web pages may use the HTTP API; nil for none.
    public var allowedOrigins: AllowedOrigins?
    /// The folder of Swagger UI's files, which need not exist.
    public var docsDirectory: String
    /// The settings of text messages; nil without a provider of them.
    public var sms: SMSSettings?
    /// The number of messages of each stage of the queue that `serve` works on at the same time; 0 if other processes do it.
    public var workers: Int
    /// How spoken questions are heard, and answers spoken.
    public var voice: VoiceSettings
    /// How long a worker that died keeps its messages.
    public var queueLease: Duration
    /// The least severe level of the log lines that are written.
    public var logLevel: Logger.Level
    /// The format of log lines.
    public var logFormat: LogFormat
    /// Warnings for the operator: what is odd but no fault.
    public var warnings: [String] = []

    /// The identity of the embedded engine.
    static let embeddedIdentity = "embedded"

    /// How the embedded engine searches.
    public enum EngineSearch: String, Sendable {
        /// By meaning, with the sentence encoders for English and for other languages.
        case meaning
        /// By meaning, with the sentence encoder for English only, which reads other languages badly.
        case englishMeaning = "meaning_english"
        /// By the words of the question, without a sentence encoder.
        case words
    }

    /// How the embedded engine searches; nil for another upstream.
    public var engineSearch: EngineSearch? {
        guard case .embedded = upstream else { return nil }
        guard let encoderDirectory else { return .words }
        let readsOthers = FileManager.default.fileExists(atPath: "\(encoderDirectory)/multilingual/sp.model")
        return readsOthers ? .meaning : .englishMeaning
    }

    /// Who writes the answers: `engine` for the embedded engine's quotations, and otherwise the name of the model.
    public var answerAuthor: String {
        guard case .embedded = upstream else { return model }
        return engineModel?.name ?? AnswerAuthor.engine
    }

    /// The identity of the upstream, as it is recorded with uploads, threads and the corpus.
    public var upstreamIdentity: String {
        switch upstream {
        case .embedded: Self.embeddedIdentity
        case .remote(let configuration): configuration.baseURL
        }
    }
}

/// The other origins whose web pages may use the HTTP API.
public enum AllowedOrigins: Sendable, Hashable {
    /// Any origin, for requests without cookies.
    case any
    /// These origins, each such as `https://intranet.example`.
    case listed(Set<String>)
}
