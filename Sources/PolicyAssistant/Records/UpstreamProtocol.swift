/// A wire protocol that the product speaks to its upstream.
public enum UpstreamProtocol: String, Sendable, Codable, CaseIterable {
    /// Conversations and responses, OpenAI's protocol since 2026.
    case responses
    /// Assistants, threads and runs, which other servers still speak.
    case assistants
}
