internal import FoundationEssentials
public import Logging
public import OpenAI
public import Redis

/// Everything that can be configured, checked and ready to use.
///
/// The names are those of environment variables; the README has the table of them. See
/// ``Settings/read(overrides:environment:environmentFile:isFileRequired:programFolder:for:)``.
public struct Settings: Sendable {
    /// Where answers come from.
    public enum Upstream: Sendable {
        /// The engine inside this program, used where no key is configured.
        case embedded
        /// A server that speaks OpenAI's API.
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
    }

    /// How log lines are written.
    public enum LogFormat: String, Sendable, CaseIterable {
        /// One line of text for a reader.
        case text
        /// One JSON object a line, for a log collector.
        case json
    }

    /// Where answers come from.
    public var upstream: Upstream
    /// The API key of the upstream before this one, with which a sync can delete what was left there.
    public var previousAPIKey: String?
    /// The wire protocol spoken to it.
    public var upstreamProtocol: UpstreamProtocol
    /// The assistant to use under the assistants protocol; nil for one that syncs make.
    public var assistantID: String?
    /// The thread upstream that all callers share who name no user; without one, a user has to be named.
    public var sharedThread: String?
    /// The model that answers, by its name upstream.
    public var model: String
    /// How much the model reasons before it answers.
    public var reasoningEffort: ReasoningEffort
    /// The Redis database that maps users to threads.
    public var threadsDatabase: RedisConfiguration
    /// The Redis database that tracks the uploaded documents.
    public var filesDatabase: RedisConfiguration
    /// A PEM file of certificates to trust upstream and at key set URLs, besides those of the system.
    public var trustRootsFile: String?
    /// Folders of certificates to trust in place of the system's, as OpenSSL names them: hashed, with colons between.
    public var trustRootsDirectories: String?
    /// The address that the HTTP API listens on.
    public var host: String
    /// The port that the HTTP API listens on; 0 takes a free one.
    public var port: Int
    /// The URL under which the HTTP API is reached; nil where nothing is known of it.
    public var publicURL: PublicURL?
    /// The hosts under whose names the HTTP API is served, beside those that are known anyway, where nothing authenticates
    /// callers: names, addresses, `*.example.com` for all names below one, or `*`.
    public var allowedHosts: [String] = []
    /// The folder of documents.
    public var assetsDirectory: String
    /// The file that holds the assistant's instructions; nil for those inside the program.
    public var instructionsFile: String?
    /// The folder of the embedded engine's state.
    public var dataDirectory: String
    /// The key that the embedded engine asks of other programs that it serves; nil where any key will do.
    ///
    /// A secret.
    public var engineAPIKey: String?
    /// The folder of the sentence encoder by which the embedded engine finds passages; nil to find them by their words.
    public var encoderDirectory: String?
    /// The languages in which the embedded engine reads scans, by the names of tesseract's data with `+` between them; nil
    /// for those that each document is in.
    public var ocrLanguages: String?
    /// The longest message accepted, in Unicode scalars.
    public var maximumMessageCharacters: Int
    /// The longest that a question waits for its user's earlier ones, and the longest that its answer then takes.
    public var chatTimeout: Duration
    /// The longest that one call to upstream may take, or may go without a byte where the answer is streamed.
    public var upstreamTimeout: Duration
    /// The most turns that are asked upstream at the same time.
    public var maximumConcurrentTurns: Int
    /// How long turns that run may go on when the server is told to end.
    public var shutdownGrace: Duration
    /// How callers of the HTTP API prove who they are.
    public var authentication: Authentication
    /// How many proxies stand before the HTTP API, whose word on where a request comes from is taken.
    public var trustedProxies: Int
    /// How many questions are let in a minute.
    public var rateLimits: RateLimits
    /// How many connections to the HTTP API are open at once; more wait until one closes.
    public var maximumConnections: Int
    /// The longest that a caller may take to send a request, or to take the next part of an answer.
    public var callerTimeout: Duration
    /// The web pages of other origins that may use the HTTP API; nil where none may.
    public var allowedOrigins: AllowedOrigins?
    /// The folder of Swagger UI's files, which may be absent.
    public var docsDirectory: String
    /// The least severe level of the log lines that are written.
    public var logLevel: Logger.Level
    /// How log lines are written.
    public var logFormat: LogFormat
    /// What is odd but no fault, for a person to read.
    public var warnings: [String] = []

    /// The identity of the embedded engine.
    static let embeddedIdentity = "embedded"

    /// How the embedded engine finds passages.
    public enum EngineSearch: String, Sendable {
        /// By their meaning, with the sentence encoders for English and for other languages.
        case meaning
        /// By their meaning, with the sentence encoder for English alone: it reads other languages, too, but badly.
        case englishMeaning = "meaning_english"
        /// By the words of the question: there is no sentence encoder.
        case words
    }

    /// How the embedded engine finds passages; nil where another upstream answers.
    public var engineSearch: EngineSearch? {
        guard case .embedded = upstream else { return nil }
        guard let encoderDirectory else { return .words }
        let readsOthers = FileManager.default.fileExists(atPath: "\(encoderDirectory)/multilingual/sp.model")
        return readsOthers ? .meaning : .englishMeaning
    }

    /// The identity of the upstream as it is recorded with the documents: an upload belongs to one upstream only.
    public var upstreamIdentity: String {
        switch upstream {
        case .embedded: Self.embeddedIdentity
        case .remote(let configuration): configuration.baseURL
        }
    }
}
