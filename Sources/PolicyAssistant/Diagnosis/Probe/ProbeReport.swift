/// What a probe has found out about a server.
public struct ProbeReport: Sendable, Encodable {
    /// The server's base URL.
    public let server: String
    /// The model that was asked; nil if none could be chosen.
    public let model: String?
    /// The findings, in the order of the calls.
    public let findings: [ProbeFinding]
    /// What the server can be used for.
    public let recommendation: ProbeRecommendation
    /// What the probe has created and could not delete, with reasons; empty if nothing is left.
    public let leftBehind: [String]
}

/// Whether a server has a capability.
public struct ProbeFinding: Sendable, Hashable, Encodable {
    /// The result of a check.
    public enum Result: String, Sendable, Encodable {
        /// The server did what was asked.
        case available
        /// It did not.
        case missing
        /// It was not asked.
        case notTested = "not_tested"
    }

    /// The capability.
    public let capability: ServerCapability
    /// Whether the server has it.
    public let result: Result
    /// What came, or why it was not asked.
    public let detail: String
}

/// What a server can be used for.
public struct ProbeRecommendation: Sendable, Hashable, Encodable {
    /// A use.
    public enum Use: String, Sendable, Encodable {
        /// As upstream for everything: files, search, threads and answers.
        case upstream
        /// As the model that writes the embedded engine's answers.
        case engineModel = "engine_model"
        /// For nothing.
        case none
    }

    /// The use.
    public let use: Use
    /// The protocol of an upstream.
    public let `protocol`: UpstreamProtocol?
    /// Why this use, and why not one that needs more.
    public let reason: String
    /// The lines of the settings, without the key.
    public let settings: [String]
}
